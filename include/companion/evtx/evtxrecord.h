/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An event as a log of Windows Vista and later tells it. */
#ifndef COMPANION_EVTX_EVTXRECORD_H
#define COMPANION_EVTX_EVTXRECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Levels as Windows defines them; 0 stands for information in older providers. */
enum evtxrecord_level {
	EVTXRECORD_ALWAYS = 0,
	EVTXRECORD_CRITICAL = 1,
	EVTXRECORD_ERROR = 2,
	EVTXRECORD_WARNING = 3,
	EVTXRECORD_INFORMATION = 4,
	EVTXRECORD_VERBOSE = 5,
};

/* Text is UTF-8, fit for XML, in an arena; NULL: it does not tell. */
struct evtxrecord {
	uint64_t offset;     /* in the file */
	uint64_t number;     /* of the record */
	uint64_t told;	     /* EventRecordID of the event; 0: not told */
	uint64_t written_ft; /* when the log wrote it, FILETIME */
	uint64_t created_ft; /* when the event was; 0: not told */
	uint32_t id;	     /* EventID, with its qualifiers in the upper half */
	uint8_t level;
	char *provider, *computer, *channel, *sid;
	char **strings;
	size_t n_strings;
	bool live; /* it belongs to the log, and its chunk is sound */
};

#endif
