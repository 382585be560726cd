/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Events that tell something of lost profiles, and those that look as if they
 * did: src/cause/incident/signs.tsv.
 */
#ifndef CAUSE_INCIDENT_SIGN_H
#define CAUSE_INCIDENT_SIGN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/basis.h"
#include "base/status.h"
#include "machine/companions.h"

enum sign_strength {
	SIGN_STRONG, /* supports a cause */
	SIGN_WEAK,   /* says nothing of profiles by itself: a look-alike */
};

struct sign_kind {
	const char *word;   /* of the kind: "event_9202"; "look_alike" for many */
	const char *source; /* without case */
	uint32_t code;	    /* 0: any */
	const char *string; /* that one of its strings must hold; "" for any */
	enum sign_strength strength;
	enum basis basis;
	bool of_user;	     /* it only tells of the user whose SID the event has */
	const char *reading; /* what it says */
};

struct sign {
	const struct eventlog *log;
	const struct eventlog_event *event;
	struct sign_kind kind;
	bool of_unknown; /* it tells of a user, and not of which */
};

struct signs {
	struct sign *items; /* by log, then time */
	size_t n, cap;
	size_t n_left_out;
	size_t n_of_others; /* that would be signs, but were logged by another computer */
	bool gap;      /* numbers missing in a log, or its clock, leave the time open */
	bool covered;  /* a sound log covers the time, and what is searched behind it */
	bool exchange; /* such a log holds events of Exchange */
};

/* Signs kept of one window: more tell nothing new. */
#define SIGNS_MAX 1000

/* What failed is logged before long: at the next run of what needs the profile. */
#define SIGN_BEFORE (UINT64_C(600) * 10000000)	/* 10 minutes */
#define SIGN_AFTER (UINT64_C(86400) * 10000000) /* a day */

/*
 * The signs among the events of the machine, if the SYSTEM hive tells its name, else of
 * all, and of the user with that SID, "" if it is not known: from SIGN_BEFORE before `from_ft` to SIGN_AFTER
 * behind `to_ft`; none if both are 0.
 * Return: STATUS_OK and *out filled (to be cleared); STATUS_NOMEM.
 */
MUST_CHECK enum status signs_find(const struct companions *companions, const char *sid,
				  uint64_t from_ft, uint64_t to_ft, struct signs *out);
void signs_clear(struct signs *signs);

/* "strong" or "weak". */
const char *sign_strength_word(enum sign_strength strength);

#endif
