/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A subject of a collection: its snapshots, and what it means that a collection lacks it. */
#ifndef COLLECTION_SUBJECTS_PAIRED_H
#define COLLECTION_SUBJECTS_PAIRED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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

/*
 * True if a subject is the one that is asked for: by its security id, a name of any of its
 * hives or of the folder it lies in, without case, or the name of its outputs.
 */
bool paired_is(const struct pairing_subject *subject, const char *asked);

/* What a person calls it: its name, else its security id, else a path; borrowed. */
const char *paired_name(const struct pairing_subject *subject);

#endif
