/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Event logs of Windows Vista and later made for a test, and what is read of them held
 * against the recipe; and XML that no program writes.
 */
#ifndef TESTS_HELP_EVTXLOGS_H
#define TESTS_HELP_EVTXLOGS_H

#include "help/unit.h"

#include "companion/eventlog.h"

#include "samples/evtx.h"

/* Fields of a chunk, and of the header of the file (Windows XML Event Log). */
enum {
	CHUNK_LAST = 44,
	CHUNK_FREE = 48,
	CHUNK_DATA_SUM = 52,
	CHUNK_FLAGS = 120,
	FILE_NEXT = 24,
	FILE_MINOR = 36,
	FILE_CHUNKS = 42,
	FILE_FLAGS = 120,
	FILE_SUM = 124,
	RECORD_LENGTH = 4,
	RECORD_NUMBER = 8,
};

/* FILETIME of event i. */
uint64_t evtxlogs_ft(unsigned i);
/* Adds event i of the recipe: no two are of the same time. */
size_t evtxlogs_add(struct evtx *log, unsigned i);
/* A closed log of Application with the first n events. */
struct evtx *evtxlogs_new(unsigned n);
/* The same with so many long strings that a chunk holds about two. */
struct evtx *evtxlogs_long(unsigned n);

/* Reads it; it must come to STATUS_OK. */
struct eventlog *evtxlogs_read(struct evtx *log);

/* Event number k of what was read is event i of the recipe. */
void evtxlogs_check_event(const struct eventlog *log, size_t k, unsigned i);
/* All events are those from `from` up to before `to`, none of them recovered. */
void evtxlogs_check_run(const struct eventlog *log, unsigned from, unsigned to);

uint32_t evtxlogs_get32(struct evtx *log, size_t off);
void evtxlogs_put32(struct evtx *log, size_t off, uint32_t number);

/* ---- XML in bytes, as it stands at EVTXLOGS_AT of a chunk ---- */

enum { EVTXLOGS_AT = EVTX_RECORDS + EVTX_RECORD_HEAD, EVTXLOGS_ROOM = 60000 };

struct evtxlogs_xml {
	uint8_t bytes[EVTXLOGS_ROOM];
	size_t len;
};

void evtxlogs_xml_begin(struct evtxlogs_xml *xml);
void evtxlogs_xml_number(struct evtxlogs_xml *xml, uint64_t number, size_t bytes);
/* An offset of a name that stands behind it, and the name. */
void evtxlogs_xml_name(struct evtxlogs_xml *xml, const char *name);
/* `depth` elements inside each other, the innermost one empty. */
void evtxlogs_xml_nested(struct evtxlogs_xml *xml, unsigned depth);
/* An instance of a template, one element that holds value 0 `times` times; it has `len` bytes. */
void evtxlogs_xml_repeated(struct evtxlogs_xml *xml, unsigned times, uint16_t len);

/* A log with that record alone. */
struct evtx *evtxlogs_of_xml(const struct evtxlogs_xml *xml);

#endif
