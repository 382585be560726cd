/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The binary XML of one event, checked before a library sees it: every offset, size and
 * count, the nesting, and how much it becomes when all values are put into its templates.
 * Source of the format: J. Metz, "Windows XML Event Log (EVTX)", chapters 4 and 5.
 */
#ifndef COMPANION_EVTX_EVTXXML_H
#define COMPANION_EVTX_EVTXXML_H

#include <stdint.h>

#include "base/span.h"
#include "base/text.h"
#include "companion/evtx/evtxsystem.h"
#include "companion/evtx/evtxunits.h"

/* Elements inside each other; events of Windows have some 4, UserData some 10. */
#define EVTXXML_MAX_DEPTH 32
/* Fragments inside values of fragments; Windows has one. */
#define EVTXXML_MAX_NESTED 4
/* Values of one template: Windows takes 128 of an event, and adds some 20. */
#define EVTXXML_MAX_VALUES 256
/*
 * Bytes that an event may become: one has 64 KiB at most, and only a value that is put in
 * many times makes it so much larger.
 */
#define EVTXXML_MAX_BYTES ((uint32_t)1 << 20)

struct evtxxml {
	const char *fault;	  /* why it is refused, static; NULL: it is sound */
	size_t fault_off;	  /* where, in the chunk */
	size_t end;		  /* where its XML ends, in the chunk */
	uint32_t bytes;		  /* what it becomes with all its values, about */
	struct evtxsystem system; /* borrowed from the chunk */
	struct evtxunits units;	  /* of all its texts */
};

/* Is called with each text of it, UTF-16LE from `off` of the chunk on. */
typedef void evtxxml_text(void *data, size_t off, size_t bytes);

/*
 * Checks the event whose XML stands in a chunk from `begin` to before `end`.  What is
 * beside the XML, names and templates, is read from the chunk, whose records begin at
 * `first`; nothing behind `end` is looked at.
 */
void evtxxml_check(struct span chunk, size_t first, size_t begin, size_t end,
		   struct evtxxml *out);

/* Walks over one that was found sound: calls take for its texts.  The chunk may change. */
void evtxxml_texts(struct span chunk, size_t first, size_t begin, size_t end,
		   evtxxml_text *take, void *data);

#endif
