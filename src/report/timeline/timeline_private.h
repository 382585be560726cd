/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Between the files of the timeline: making it (timeline), what becomes an event
 * (timelineprofile: keys of profiles and lists, hives, files; timelinechange: when
 * profiles went; timelinebeside: events and hotfixes), and the formats
 * (timelinejson, timelinecsv, timelinebody).
 */
#ifndef REPORT_TIMELINE_TIMELINE_PRIVATE_H
#define REPORT_TIMELINE_TIMELINE_PRIVATE_H

#include "report/timeline/timeline.h"

/* In messages, in the place of a path. */
#define TIMELINE_LOST_LIST "a list that is lost"

/* A timeline in the making.  Lack of memory sticks. */
struct timeline_draft {
	struct timeline *timeline;
	const struct series *series;
	const struct companions *companions; /* or NULL */
	const struct diagnoses *diagnoses;   /* or NULL */
	const struct evidence *file;	     /* the last one that was shown, as path */
	const char *path;
	uint64_t from_ft, to_ft; /* between which profiles went; 0: not known */
	enum status status;
};

/* Texts that live as long as the timeline; "" when memory ran out, which sticks. */
const char *timeline_print(struct timeline_draft *draft, const char *format, ...)
	PRINTF_LIKE(2, 3);
const char *timeline_text(struct timeline_draft *draft, struct text text);
/* A string of any bytes. */
const char *timeline_string(struct timeline_draft *draft, const char *bytes);
/* How a file is called in messages and fields. */
const char *timeline_path(struct timeline_draft *draft, const struct evidence *file);
/* Fills name and exact units of the event's profile. */
void timeline_name(struct timeline_draft *draft, struct text name,
		   struct timeline_event *event);
/* Fills list and path of the event's store; NULL: not known. */
void timeline_store(const struct store *store, struct timeline_event *event);

/* Where a byte of the snapshot's image stands; 0: it is not known. */
void timeline_place(const struct snapshot *snapshot, uint32_t offset,
		    struct timeline_event *event);

/* Adds the event; none if its time is 0. */
void timeline_add(struct timeline_draft *draft, const struct timeline_event *event);

/* The events of profiles, lists, hives and their files. */
void timelineprofile_collect(struct timeline_draft *draft);
/*
 * The making of a profile whose name tells it, as programs name the profiles that
 * they make for themselves; event is that of the key that has the name.
 */
void timelineprofile_made(struct timeline_draft *draft, struct text name,
			  struct timeline_event event);
/*
 * Those of changes and recovered profiles: when they went; fills from_ft and to_ft.
 */
void timelinechange_collect(struct timeline_draft *draft);
/* Those of event logs and hotfixes. */
void timelinecompanion_collect(struct timeline_draft *draft);

/* ---- formats ---- */

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
	X(TIMELINE_FIELD_CERTAINTY, "certainty", false)                                  \
	X(TIMELINE_FIELD_CHANGE, "change", false)                                        \
	X(TIMELINE_FIELD_SOURCE_FILE, "source_file", false)                              \
	X(TIMELINE_FIELD_SOURCE_SHA256, "source_sha256", false)                          \
	X(TIMELINE_FIELD_OFFSET, "offset", true)                                         \
	X(TIMELINE_FIELD_FILETIME, "filetime", false)                                    \
	X(TIMELINE_FIELD_HOST, "host", false)                                            \
	X(TIMELINE_FIELD_TAG, "tag", false)

enum timeline_field {
#define X(constant, name, number) constant,
	TIMELINE_FIELDS(X)
#undef X
};

#define TIMELINE_N_FIELDS (TIMELINE_FIELD_TAG + 1)

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
	char sha256[DIGEST_HEX_SIZE];
};

void timeline_row(const struct timeline *timeline, const struct timeline_event *event,
		  struct timeline_row *out);
const char *timeline_field_name(enum timeline_field field);
bool timeline_field_is_number(enum timeline_field field);

/* The same as timeline_write() for one format each. */
MUST_CHECK enum status timelinejson_write(const struct timeline *timeline,
					  struct output *output);
MUST_CHECK enum status timelinecsv_write(const struct timeline *timeline,
					 struct output *output);
MUST_CHECK enum status timelinebody_write(const struct timeline *timeline,
					  struct output *output);

#endif
