/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Timelines of pairs of hives made for a test. */
#ifndef TESTS_HELP_TIMELINES_H
#define TESTS_HELP_TIMELINES_H

#include "help/unit.h"

#include "help/pair.h"

#include "base/filetime.h"
#include "report/timeline/timeline.h"

/* Each gives what timeline_read() makes; it must come to STATUS_OK. */
struct timeline *timelines_read(const struct series *series);
/* That of the later hive alone. */
struct timeline *timelines_read_one(struct pair *pair);

/* That of both hives of a pair, which are compared first. */
struct timeline *timelines_pair(struct pair *pair);
/* Files are written and gone again at once; what they held is in timelines_content. */
extern char timelines_content[1 << 20];
size_t timelines_write(const struct timeline *timeline, enum timeline_format format);
/* How often a string stands there; fails the test unless it does. */
size_t timelines_content_count(const char *what);
void timelines_assert_holds(const char *what);

/*
 * An event one second past 1970, with that message and all else that a cell can hold; and
 * one that holds least.
 */
#define TIMELINES_TWO(text)                                                              \
	{                                                                                \
		{ .time_ft = FILETIME_UNIX_EPOCH + 10000000,                             \
		  .kind = TIMELINE_MADE,                                                 \
		  .message = (text),                                                     \
		  .profile = "p",                                                        \
		  .tags = "a,b",                                                         \
		  .offset = 0 },                                                         \
			{ .time_ft = FILETIME_UNIX_EPOCH + 25000000,                     \
			  .kind = TIMELINE_HIVE,                                         \
			  .message = "",                                                 \
			  .offset = DIAG_NOWHERE },                                      \
	}
/* Fails the test unless the file of these two is that text. */
void timelines_assert_two(struct timeline_event events[2], enum timeline_format format,
			  const char *text);

/* The only event of that kind and profile (NULL: of none). */
const struct timeline_event *timelines_only(const struct timeline *timeline,
					    enum timeline_kind kind, const char *profile);
/* Fails the test unless the event's message has the words. */
void timelines_assert_says(const struct timeline_event *event, const char *what);

/*
 * A name of A"|,LF CR, right-to-left override, %\, a control, a lone surrogate, U+2028,
 * U+1F600, DEL and CSI.
 */
extern const uint16_t timelines_hostile[16];
/* Reads the later hive, with one more profile of that name. */
struct timeline *timelines_read_units(struct pair *pair, const uint16_t *units, size_t n);

/* How many events of the kind there are. */
size_t timelines_count(const struct timeline *timeline, enum timeline_kind kind);

#endif
