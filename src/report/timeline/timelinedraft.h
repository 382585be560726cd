/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A timeline in the making, which the collecting files add their events to. */
#ifndef REPORT_TIMELINE_TIMELINEDRAFT_H
#define REPORT_TIMELINE_TIMELINEDRAFT_H

#include <stdint.h>

#include "base/status.h"
#include "base/text.h"
#include "cause/diagnosis.h"
#include "compare/series.h"
#include "machine/companions.h"
#include "report/redact/redact.h"
#include "report/timeline/timelineevents.h"

/* In messages, in the place of a path. */
#define TIMELINE_LOST_LIST "a list that is lost"

/* A timeline in the making.  Lack of memory sticks. */
struct timeline_draft {
	struct timeline *timeline;
	const struct series *series;
	const struct companions *companions; /* or NULL */
	const struct diagnoses *diagnoses;   /* or NULL */
	struct redact *redact;		     /* texts of the evidence; or NULL */
	const struct evidence *file;	     /* the last one that was shown, as path */
	const char *path;
	uint64_t from_ft, to_ft; /* between which profiles went; 0: not known */
	enum status status;
};

/* Texts that live as long as the timeline; "" when memory ran out, which sticks. */
const char *timelinedraft_print(struct timeline_draft *draft, const char *format, ...)
	PRINTF_LIKE(2, 3);
const char *timelinedraft_text(struct timeline_draft *draft, struct text text);
/* A string of any bytes. */
const char *timelinedraft_string(struct timeline_draft *draft, const char *bytes);
/* How a file is called in messages and fields. */
const char *timelinedraft_path(struct timeline_draft *draft, const struct evidence *file);
/* Fills name and exact units of the event's profile. */
void timelinedraft_name(struct timeline_draft *draft, struct text name,
			struct timeline_event *event);
/* Fills list and path of the event's store; NULL: not known. */
void timelinedraft_store(struct timeline_draft *draft, const struct store *store,
			 struct timeline_event *event);
/* The path of a store, as messages name it. */
const char *timelinedraft_store_path(struct timeline_draft *draft,
				     const struct store *store);

/* Where a byte of the snapshot's image stands; 0: it is not known. */
void timelinedraft_place(const struct snapshot *snapshot, uint32_t offset,
			 struct timeline_event *event);

/* Adds the event; none if its time is 0. */
void timelinedraft_add(struct timeline_draft *draft, const struct timeline_event *event);

#endif
