/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The deleted profiles of one snapshot, put together from its unreferenced
 * bytes: whole ones, and torn ones whose own key is overwritten while their
 * sections are still there.
 */
#ifndef RECOVERY_RECOVERY_H
#define RECOVERY_RECOVERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "base/text.h"
#include "mapi/profile.h"
#include "mapi/store.h"
#include "recovery/profileindex.h"
#include "regf/recover/recovered.h"

struct snapshot;

/* What tells the name of a recovered profile, the surest first. */
enum recovery_name {
	RECOVERY_NAME_RECORD,	/* its own key record */
	RECOVERY_NAME_SNAPSHOT, /* an earlier snapshot, or the hive before its logs */
	RECOVERY_NAME_SRS, /* the base name of its .srs file: Outlook takes the profile's */
	RECOVERY_NAME_DEFAULT, /* DefaultProfile names one that is gone, and it is the only one */
	RECOVERY_NAME_ACCOUNT, /* an account's name: no name of the profile, but people know it */
	RECOVERY_NAME_NONE,
};

/* Keys, stores and texts are borrowed from its part, or from the snapshot. */
struct recovered_profile {
	struct profile profile;	   /* the key may be a placeholder, nameless too */
	const struct store *store; /* of its part; NULL if the list is not known */
	struct text name;	   /* as name_from tells; may be empty */
	enum recovery_name name_from;
	enum recovered_certainty name_certainty;
	uint32_t rel; /* cell of its key record, lost or not */
	/*
	 * The same key record in the hive itself, where the profile was taken from a
	 * log that has more of it; NULL else.
	 */
	const struct key *in_hive;
	bool torn;			    /* its own key record is lost */
	enum recovered_certainty certainty; /* of the path */
	enum recovered_since since;
	bool is_default; /* DefaultProfile of its list still names it */
	/*
	 * A live profile that has sections of it: it was moved, renamed or copied,
	 * and this is what it left behind.  NULL for one that is gone.
	 */
	const struct key *lives_on;
	/*
	 * Another recovered profile: this one went on there, in the other list of its
	 * place, and was lost there.  NULL if it did not.  The rule:
	 * src/recovery/twolists.c.
	 */
	const struct key *went_on;
	struct text went_on_as; /* the name there; may be empty */
	bool goes_on_from;	/* it is what another one went on as */
	/*
	 * What is below it cannot all have been there at one time: remnants of more than
	 * one profile may be in it.  The rule: src/recovery/mixture.c.
	 */
	bool mixed;
	/*
	 * Its bytes are in no free cell: a damaged list or bin can hide a profile
	 * that is still there.  Such a one is not counted as gone, and has no times.
	 */
	bool may_be_alive;
	size_t n_keys, n_values; /* recovered, the profile's own key included */
	size_t n_values_lost;	 /* told by key records, not found */
	size_t n_data_lost;	 /* values that lack all or the end of their data */
	size_t n_heads_lost;	 /* values that lack only the first bytes of them */
	bool values_cut;	 /* a key had values that its record names no more */
	bool has_no_gaps;	 /* nothing is missing, as far as its own records tell */
	/*
	 * When it was deleted, FILETIME: its last write, where that is proved to be
	 * the end of its last section or value; 0 if it is not.  The rule:
	 * src/recovery/moment.c.
	 */
	uint64_t deleted_ft;
	/* The list's last write, where removing the profile stamped it; 0 if not. */
	uint64_t not_after_ft;
};

/* Where a key of the recovered tree stands. */
enum recovery_place {
	RECOVERY_ELSEWHERE,
	RECOVERY_IN_LIST,      /* in a list of profiles, inside one that is live */
	RECOVERY_IN_PROFILE,   /* in a recovered profile */
	RECOVERY_FOUND_BEFORE, /* found in another part already */
};

/* What was found in one state: of the hive itself, or of a log. */
struct recovery_part {
	struct recovered_keys *recovered;
	struct stores stores; /* lists that recovered profiles were in */
	uint8_t *places;    /* enum recovery_place, by key.recovered - recovered->first */
	bool gives_profile; /* some recovered profile is made of its keys */
};

struct recovery {
	/* The hive before its logs, where they were applied: owned; NULL else. */
	struct snapshot *as_found;
	struct recovered_keys
		*recovered; /* of the hive itself: those of the first part */
	struct recovery_part *parts;
	size_t n_parts, cap_parts;
	struct recovered_profile *profiles; /* of all parts, each once */
	size_t n_profiles, cap_profiles;
	/* Of them, those that do not, and cannot, live on, nor went on as another. */
	size_t n_gone;
	struct profileindex names, sections; /* of the profiles, by their numbers */
	/* Recovered keys and values inside lists and profiles that are still there. */
	size_t n_inside_keys, n_inside_values;
	/*
	 * True if the hive has no room between its cells: reorganised or saved
	 * anew, so that nothing of what was deleted can be left in it.
	 */
	bool cannot_tell;
};

/* Takes the recovery and all that it owns; NULL is allowed. */
void recovery_free(struct recovery *recovery);
/* Frees what a part owns, and leaves it empty. */
void recovery_part_clear(struct recovery_part *part);

/* The part that a key of one of the recovered trees belongs to, borrowed. */
const struct recovery_part *recovery_part_of(const struct recovery *recovery,
					     const struct key *key);

/* The profile's own key record: that of the hive itself, if it still has it. */
static inline const struct key *recovery_own_record(
	const struct recovered_profile *profile)
{
	return profile->in_hive ? profile->in_hive : profile->profile.key;
}

/* True if it is what a profile left behind that is told elsewhere: no loss by itself. */
static inline bool recovery_is_left_behind(const struct recovered_profile *profile)
{
	return profile->lives_on || profile->went_on;
}

/* Where a key of that part stands. */
static inline enum recovery_place recovery_place(const struct recovery_part *part,
						 const struct key *key)
{
	return (enum recovery_place)part->places[key->recovered - part->recovered->first];
}

/* "record" and so on: words of the report. */
const char *recovery_name_word(enum recovery_name from);

#endif
