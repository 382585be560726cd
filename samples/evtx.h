/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Recipes for event logs of Windows Vista and later (.evtx): a file header, and chunks of
 * 64 KiB whose records are binary XML on templates. Written from the public description
 * of the format (J. Metz, "Windows XML Event Log (EVTX)"; A. Schuster, "Introducing the
 * Microsoft Vista event log file format"), apart from the program's own reader. The same
 * calls give the same bytes. As in builder.h, lack of memory and wrong use stop the
 * process.
 *
 *	struct evtx *log = evtx_new("PC01", "Application");
 *	evtx_event(log, "Microsoft-Windows-User Profiles Service", 1511, EVTX_ERROR,
 *		   builder_filetime(2024, 3, 1, 8, 0, 0), "S-1-5-21-1-2-3-1001", NULL);
 *	evtx_close(log);
 *	evtx_write(log, path);
 *	evtx_free(log);
 */
#ifndef EVTX_H
#define EVTX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	EVTX_HEADER = 0x1000, /* bytes before the first chunk */
	EVTX_CHUNK = 0x10000, /* bytes of a chunk */
	EVTX_RECORDS = 0x200, /* where the records of a chunk begin */
	EVTX_RECORD_HEAD = 24,
	EVTX_MAX_STRINGS = 16, /* of an event */
};

enum evtx_level {
	EVTX_CRITICAL = 1,
	EVTX_ERROR = 2,
	EVTX_WARNING = 3,
	EVTX_INFORMATION = 4,
};

struct evtx;

/*
 * Begins a closed log without events, borrowing the two names for the call.
 * Return: the log, given to the caller, who frees it with evtx_free().
 */
struct evtx *evtx_new(const char *computer, const char *channel);
void evtx_free(struct evtx *log);

/*
 * So many chunks at most: then the oldest one is overwritten. To be called before there
 * are events; without it a log grows.
 */
void evtx_limit(struct evtx *log, size_t chunks);

/*
 * Adds an event with the next number. The log is open then: the chunk is as it should be,
 * but the header of the file is that of the last closing, and marked dirty.
 *
 * provider	a name that begins with "Microsoft-Windows-" is one of a manifest: its
 *		strings are named Data elements; all others are of the older kind: an
 *		array of strings in one Data element, and qualifiers beside the number
 * filetime	FILETIME in UTC
 * sid		of the user, as text; NULL: none
 * ...		strings in UTF-8; NULL ends them
 *
 * Return: the offset of the record in the file.
 */
size_t evtx_event(struct evtx *log, const char *provider, uint16_t id, uint8_t level,
		  uint64_t filetime, const char *sid, ...) __attribute__((sentinel));

/*
 * Adds a record whose binary XML is given: what no program writes.  It begins
 * EVTX_RECORD_HEAD bytes behind the record, and offsets in it count from the beginning of
 * the chunk.  Return: the offset of the record in the file.
 */
size_t evtx_raw(struct evtx *log, uint64_t filetime, const void *xml, size_t len);

/* The events from here on are of another computer, as in a log that was put together. */
void evtx_computer(struct evtx *log, const char *computer);

/* The next event has this number, as if those before it were never written. */
void evtx_number(struct evtx *log, uint64_t number);

/*
 * From here on the records are numbered from 1 on, and only the events have the numbers of
 * evtx_number(), as in a copy of chosen events.
 */
void evtx_renumber(struct evtx *log);

/* Closes the log: the header tells what the chunks tell. */
void evtx_close(struct evtx *log);

/*
 * The bytes of the file, borrowed until the next call; may be changed to do damage.
 * evtx_seal() then makes both sums of a chunk, and that of the file's header, fit again.
 */
uint8_t *evtx_bytes(struct evtx *log, size_t *len);
void evtx_seal(struct evtx *log, size_t chunk);

/* Number of chunks, and number of the next event. */
size_t evtx_chunks(const struct evtx *log);
uint64_t evtx_next(const struct evtx *log);

/* Writes the file. Return: false if that failed; errno says why. */
bool evtx_write(const struct evtx *log, const char *path);

#endif
