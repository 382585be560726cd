/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The hives of a collection by whose they are: for each subject its snapshots, each with
 * its logs, and what it means that one of the collections lacks it.
 */
#ifndef COLLECTION_SUBJECTS_PAIRING_H
#define COLLECTION_SUBJECTS_PAIRING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "collection/found.h"
#include "collection/subjects/whose.h"
#include "regf/log/replay.h"

/* What the collections, in the order given, have of a subject. */
enum pairing_gap {
	PAIRING_WHOLE,	   /* the last one has it, and one before, or there is but one */
	PAIRING_HIVE_GONE, /* the last lacks it: the place where it should be was read */
	PAIRING_CANNOT_TELL, /* the last lacks it, but that place was not read whole */
	PAIRING_ONLY_LATER,  /* none but the last has it */
};

struct pairing_source {
	const struct whose_hive *hive;
	const struct found *found;
	const char *logs[REPLAY_MAX_LOGS]; /* paths in the finds */
	size_t n_logs;
	bool lone_log; /* of LOG1 and LOG2 exactly one is there */
	/* Where times and numbers are equal: the number of its restore point and so on. */
	uint64_t rank;
};

struct pairing_subject {
	const char *sid;  /* "" if none is known */
	const char *name; /* the user's, UTF-8; NULL if none is known */
	char *file_name; /* for its outputs: the same from run to run, unlike all others */
	enum subject_role role;
	struct pairing_source *sources; /* by operand; the newest by their headers last */
	size_t n, cap;
	size_t n_left_out; /* older ones of the same operand, past the most */
	enum pairing_gap gap;
	char *why; /* of a gap: a sentence about where it is and is not; NULL: none */
	/* Known by its name alone, and several ids have that name: which, is not known. */
	bool ambiguous;
};

struct pairing {
	struct pairing_subject *items; /* by name, then security id */
	size_t n, cap;
};

/* Snapshots of one subject: series_read() takes no more. */
#define PAIRING_MOST 64

/*
 * Groups users' hives by subject, all as one if one_subject says so.  It borrows finds
 * and hives, which must outlive it.
 * Return: STATUS_OK and *out given; STATUS_NOMEM.
 */
MUST_CHECK enum status pairing_read(const struct finds *finds, const struct whose *whose,
				    bool one_subject, struct pairing **out);
void pairing_free(struct pairing *pairing);
void pairing_freep(struct pairing **pairing);

/*
 * True if a subject is the one that is asked for: by its security id, a name of any of its
 * hives or of the folder it lies in, without case, or the name of its outputs.
 */
bool pairing_is(const struct pairing_subject *subject, const char *asked);

/* What a person calls it: its name, else its security id, else a path; borrowed. */
const char *pairing_name(const struct pairing_subject *subject);

#endif
