/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The file of an event log of Windows Vista and later (.evtx): its header, its chunks of
 * 64 KiB with their sums, and where each record begins.  Source: J. Metz, "Windows XML
 * Event Log (EVTX)", chapters 2 to 4; flags of chunks: O. Ben-Amram's reader, which calls
 * them dirty (1) and without sums (4).
 */
#ifndef COMPANION_EVTX_EVTXFILE_H
#define COMPANION_EVTX_EVTXFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/span.h"
#include "base/status.h"

#define EVTXFILE_CHUNK 0x10000u	 /* bytes of a chunk */
#define EVTXFILE_RECORDS 0x200u	 /* where its records begin */
#define EVTXFILE_HEADER 0x1000u	 /* bytes before the first chunk */
#define EVTXFILE_RECORD_HEAD 24u /* of a record, before its XML */
#define EVTXFILE_LENGTH_SIZE 4u	 /* behind its XML */
/* The shortest record: a fragment that holds nothing. */
#define EVTXFILE_LEAST (EVTXFILE_RECORD_HEAD + 5 + EVTXFILE_LENGTH_SIZE)

enum evtxfile_flag { /* of the header */
		     EVTXFILE_DIRTY = 1,
		     EVTXFILE_FULL = 2,
};

struct evtxfile_record {
	uint64_t number;
	uint64_t written_ft;
	uint32_t off; /* in its chunk */
	uint32_t len;
	bool live; /* in a sound chunk, before its free space */
};

struct evtxfile_chunk {
	size_t offset;	 /* in the file */
	size_t len;	 /* EVTXFILE_CHUNK, or less where the file is cut */
	size_t first, n; /* its records */
};

struct evtxfile {
	uint32_t flags;
	bool told;     /* the header is sound and was written when the log was closed: */
	uint64_t next; /* number of the next record */
	struct evtxfile_chunk *chunks; /* from the oldest on, as their numbers tell */
	size_t n_chunks;
	struct evtxfile_record
		*items; /* of chunk after chunk as they stand in the file */
	size_t n, cap;
};

/* Records of one log: 4 GB of common ones of 400 bytes. */
#define EVTXFILE_MAX_RECORDS 10000000

/* True if the bytes begin as such a file of version 3 does; else DIAG_WRONG_KIND. */
bool evtxfile_is_log(struct span bytes, struct diag_list *diags);

/*
 * Finds the chunks and records of bytes that evtxfile_is_log().  A header or chunk that is
 * damaged or cut, and bytes of a chunk that should hold records and hold none, are
 * DIAG_EVENTLOG_RECORD; of a damaged chunk those records are found whose frames are whole,
 * and are not live.  Past EVTXFILE_MAX_RECORDS: DIAG_COUNT_LIMIT, and the rest is left out.
 * Return: STATUS_OK and *out given; STATUS_NOMEM.
 */
MUST_CHECK enum status evtxfile_read(struct span bytes, struct diag_list *diags,
				     struct evtxfile **out);
void evtxfile_free(struct evtxfile *file);
void evtxfile_freep(struct evtxfile **file);

#endif
