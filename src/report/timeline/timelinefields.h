/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The fields of an event that all formats with columns have. */
#ifndef REPORT_TIMELINE_TIMELINEFIELDS_H
#define REPORT_TIMELINE_TIMELINEFIELDS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/sum/digest.h"
#include "base/timezone.h"
#include "report/timeline/timelineevents.h"

/* In the order of the columns: name, and whether it is a number. */
#define TIMELINE_FIELDS(X)                                                               \
	X(TIMELINE_FIELD_MESSAGE, "message", false)                                      \
	X(TIMELINE_FIELD_DATETIME, "datetime", false)                                    \
	X(TIMELINE_FIELD_TIMESTAMP, "timestamp", true)                                   \
	X(TIMELINE_FIELD_DESC, "timestamp_desc", false)                                  \
	X(TIMELINE_FIELD_KIND, "kind", false)                                            \
	X(TIMELINE_FIELD_PROFILE, "profile", false)                                      \
	X(TIMELINE_FIELD_PROFILE_UTF16, "profile_utf16", false)                          \
	X(TIMELINE_FIELD_LIST, "list", false)                                            \
	X(TIMELINE_FIELD_STORE_PATH, "store_path", false)                                \
	X(TIMELINE_FIELD_CHANGE_CERTAINTY, "change_certainty", false)                    \
	X(TIMELINE_FIELD_TIME_IS, "time_is", false)                                      \
	X(TIMELINE_FIELD_CHANGE, "change", false)                                        \
	X(TIMELINE_FIELD_SOURCE_FILE, "source_file", false)                              \
	X(TIMELINE_FIELD_SOURCE_SHA256, "source_sha256", false)                          \
	X(TIMELINE_FIELD_OFFSET, "offset", true)                                         \
	X(TIMELINE_FIELD_FILETIME, "filetime", false)                                    \
	X(TIMELINE_FIELD_HOST, "host", false)                                            \
	X(TIMELINE_FIELD_TAG, "tag", false)                                              \
	X(TIMELINE_FIELD_LOCAL, "local_time", false)

enum timeline_field {
#define X(constant, name, number) constant,
	TIMELINE_FIELDS(X)
#undef X
};

#define TIMELINE_N_FIELDS (TIMELINE_FIELD_LOCAL + 1)

/* "2003-03-18T09:14:07.296875+00:00", years have four digits. */
#define TIMELINE_DATETIME_SIZE 48
#define TIMELINE_NUMBER_SIZE 21

/* An event as texts; cells point into it and into the event. */
struct timeline_row {
	const char *cells[TIMELINE_N_FIELDS]; /* NULL: nothing there */
	char datetime[TIMELINE_DATETIME_SIZE];
	char timestamp[TIMELINE_NUMBER_SIZE]; /* microseconds since 1970 */
	char filetime
		[TIMELINE_NUMBER_SIZE]; /* no JSON number: it has more than 53 bits */
	char offset[TIMELINE_NUMBER_SIZE];
	char local[TIMEZONE_TEXT_SIZE];
	char sha256[DIGEST_HEX_SIZE];
};

/* The texts of an event; out points into both. */
void timelinefields_row(const struct timeline *timeline,
			const struct timeline_event *event, struct timeline_row *out);
/* The name of a column; static storage. */
const char *timelinefields_name(enum timeline_field field);
/* True if what stands there is a number. */
bool timelinefields_is_number(enum timeline_field field);

#endif
