/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libevtx, by which the values of events are read; with libbfio, by which it reads memory.
 * It trusts what it is given: it gets images only (evtximage.h), and is asked only for
 * records whose XML was found sound in them (evtxxml.h).
 */
#ifndef COMPANION_EVTX_EVTXLIBRARY_H
#define COMPANION_EVTX_EVTXLIBRARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/status.h"
#include "companion/evtx/evtxrecord.h"

struct evtxlibrary;

/* NULL if the program was built without the library: then nothing else may be called. */
const char *evtxlibrary_version(void);

/*
 * Opens an image of so many records, which is borrowed and must stay as it is.
 * Return: STATUS_OK and *out given; STATUS_MALFORMED if the library finds others in it;
 * STATUS_NOMEM.
 */
MUST_CHECK enum status evtxlibrary_open(uint8_t *bytes, size_t len, size_t records,
					struct evtxlibrary **out);
void evtxlibrary_free(struct evtxlibrary *library);
void evtxlibrary_freep(struct evtxlibrary **library);

/*
 * Reads a record of the image, the first being 0: number, time of writing, id, level,
 * provider, computer, user and strings; all text in the arena.  hidden: its texts were
 * given through evtxunits_hide().
 * Return: STATUS_OK and those members of *out set; STATUS_MALFORMED if the library cannot
 * read it; STATUS_NOMEM.
 */
MUST_CHECK enum status evtxlibrary_record(struct evtxlibrary *library, size_t index,
					  bool hidden, struct arena *arena,
					  struct evtxrecord *out);

#endif
