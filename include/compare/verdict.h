/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What comes of a whole run, decided once: the first line, the exit status and the
 * report's headline are all made from it, so that they say the same.
 */
#ifndef COMPARE_VERDICT_H
#define COMPARE_VERDICT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/status.h"
#include "compare/series.h"

/* Profiles, at the end of the series; every one is counted once. */
struct verdict {
	bool single;	   /* one hive: what its bytes show to be deleted counts */
	size_t profiles;   /* that are there */
	size_t gone;	   /* were there before, and are not */
	size_t other_hive; /* of these: not in the hive that stands in place of theirs */
	size_t back;	   /* were gone in between, and are there */
	size_t recreated;  /* another one stands in their place */
	size_t damaged;	   /* are there, with less than they had */
	size_t unknown, unknown_damaged; /* the bytes do not tell whether they are so */
	size_t recovered; /* of a single hive: deleted before, put together again */
	/* What took the place of a hive whose profiles are gone or recreated; inferred. */
	bool another_hive, older_copy;
	bool looked;	     /* deleted ones were looked for in a single hive */
	bool cannot_recover; /* it has no room in which deleted ones could be left */
	/*
	 * Of the losses whose times are known: the first one was over by the one, the
	 * last began no earlier than the other; FILETIME, 0 if none is known.
	 */
	uint64_t first_latest_ft, last_earliest_ft;
	/*
	 * The later one of two collections has no hive of the subject: its place was read,
	 * or nothing tells whether one was there.  The caller adds both.
	 */
	bool hive_gone, hive_unknown;
	/* What else makes the answer incomplete; the caller adds the last three. */
	bool unread;	    /* something of the hives or their logs */
	bool unread_beside; /* of what was given beside them */
	bool uncovered; /* the event logs that were given end before a loss, or begin after */
	bool unwritten; /* a .reg file that was asked for */
};

/*
 * Decides; everything but what the caller adds is filled in.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status verdict_decide(const struct series *series, struct verdict *out);

/* What has become, at the end of the series, of a profile that was lost or damaged. */
enum verdict_fate {
	VERDICT_NO_FATE, /* the change is neither a loss nor damage */
	VERDICT_GONE,
	VERDICT_BACK,
	VERDICT_RECREATED, /* another one stands in its place */
	VERDICT_DAMAGED,
	VERDICT_WHOLE,	 /* it was damaged, and is as it was */
	VERDICT_LATER,	 /* it was there again; a later change tells */
	VERDICT_UNKNOWN, /* the bytes do not tell whether it is lost */
};

/*
 * What has become of the profile of a change of that comparison, as verdict_decide()
 * counts it.
 */
enum verdict_fate verdict_follow(const struct series *series, size_t comparison,
				 const struct finding *finding);

/* "gone" and so on; NULL for none; static storage. */
const char *verdict_fate_word(enum verdict_fate fate);

/* 0 nothing is lost, 1 something is, 2 it cannot be told, or something was not read. */
int verdict_exit_status(const struct verdict *verdict);

/* True if something is lost, or may be. */
bool verdict_is_bad(const struct verdict *verdict);

/* The first line, UTF-8 without "wmsdiff: " and full stop; malloc'ed, or NULL. */
char *verdict_sentence(const struct verdict *verdict) MUST_CHECK;

#endif
