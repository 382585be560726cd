/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The times that the evidence tells, as events: their kinds, what one holds, and the
 * list of them.
 */
#ifndef REPORT_TIMELINE_TIMELINEEVENTS_H
#define REPORT_TIMELINE_TIMELINEEVENTS_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/timezone.h"
#include "regf/evidence.h"

/* By order at the same time: word in the file, what the time is (timestamp_desc). */
#define TIMELINE_KINDS(X)                                                                \
	X(TIMELINE_MADE, "profile_made", "Profile made")                                 \
	X(TIMELINE_NOTED_START, "noted_start",                                           \
	  "Local time noted by Outlook window start")                                    \
	X(TIMELINE_NOTED, "noted", "Time noted by Outlook")                              \
	X(TIMELINE_NOTED_END, "noted_end", "Local time noted by Outlook window end")     \
	X(TIMELINE_PROFILE_KEY, "profile_key", "Profile key last written")               \
	X(TIMELINE_LIST_KEY, "list_key", "List of profiles last written")                \
	X(TIMELINE_HIVE, "hive", "Hive last written")                                    \
	X(TIMELINE_FILE, "file", "File last modified")                                   \
	X(TIMELINE_HOTFIX, "hotfix", "Hotfix key last written")                          \
	X(TIMELINE_DELETION_START, "deletion_start", "Deletion window start")            \
	X(TIMELINE_MOVE_START, "move_start", "Move window start")                        \
	X(TIMELINE_HIVE_START, "hive_replaced_start", "Hive replacement window start")   \
	X(TIMELINE_DELETED, "deleted", "Profile deleted")                                \
	X(TIMELINE_MOVED, "moved", "Profile moved or renamed")                           \
	X(TIMELINE_DELETION_END, "deletion_end", "Deletion window end")                  \
	X(TIMELINE_MOVE_END, "move_end", "Move window end")                              \
	X(TIMELINE_HIVE_END, "hive_replaced_end", "Hive replacement window end")         \
	X(TIMELINE_EVENT, "event", "Event logged")

enum timeline_kind {
#define X(constant, word, desc) constant,
	TIMELINE_KINDS(X)
#undef X
};

/* All texts are well-formed UTF-8, fit for XML; NULL where there is none. */
struct timeline_event {
	uint64_t time_ft;
	enum timeline_kind kind;
	size_t order; /* in which it was found */
	const char *message;
	/* name_utf16: every unit of the name in hex, if UTF-8 cannot show it. */
	const char *profile, *profile_utf16;
	const char *list, *store_path; /* word and path of the list */
	/* Of the change, or of a recovered profile's path: it says nothing of the time. */
	const char *certainty;
	/* "not_before", "not_after", "moment", "confirmed"; NULL: of no change */
	const char *time_is;
	const char *changes;	     /* their ids in the report: "c1", or "c1 c2" */
	const char *tags;	     /* "bound", "deleted,bound", ... */
	const struct evidence *file; /* that tells the time */
	const char *path;	     /* of that file */
	uint64_t offset; /* of what tells it in that file; DIAG_NOWHERE: of nothing */
};

struct timeline {
	struct arena *arena;	     /* owns all texts */
	const char *host;	     /* the computer's name, or NULL */
	const struct timezone *zone; /* of local times beside UTC; NULL: none; borrowed */
	struct timeline_event *items; /* by time, then kind, then profile and list */
	size_t n, cap;
	size_t n_left_out; /* see timeline_read() */
};

/* Events of one run: more than any tool shows, and 160 MB of them. */
#define TIMELINE_MAX 1000000

/* The kind in the files; static storage. */
const char *timelineevents_kind_word(enum timeline_kind kind);
/* What the time is, for people: timestamp_desc of the files; static storage. */
const char *timelineevents_kind_desc(enum timeline_kind kind);

#endif
