/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is to be explained, and how a condition says what it found.  Facts of
 * the hives and of the companions are looked at in rooms of their own; each
 * fills one condition at a time.
 */
#ifndef CAUSE_INCIDENT_PRIVATE_H
#define CAUSE_INCIDENT_PRIVATE_H

#include "base/arena.h"
#include "cause/holder.h"
#include "cause/incident.h"
#include "mapi/profilename.h"

/* Times this close are one instant: deleting even many keys takes less. */
#define INCIDENT_INSTANT (UINT64_C(2) * 10000000)

/* A profile that is gone. */
struct loss {
	const struct finding *finding;		   /* NULL for a recovered one */
	const struct recovered_profile *recovered; /* NULL for one known from before */
	const struct snapshot *where;		   /* in which its keys stand */
	const struct store *store;		   /* NULL if its list is not known */
	const struct profile *profile;
	struct text name;		 /* may be empty for a recovered one */
	uint64_t at_ft;			 /* the moment; 0 if not known */
	uint64_t earliest_ft, latest_ft; /* bounds; 0 if there is none */
	struct profile_generated_name generated;
	const struct servicename *pattern; /* that its name fits, or NULL */
};

/* A profile below an Office key that was not there before, and what it is a copy of. */
struct copy {
	const struct snapshot_profile *copy, *original;
};

#define CONDITION_N_IDS (CONDITION_ROOTS_DIFFER + 1)

struct incident {
	struct arena *arena; /* for texts; not owned */
	bool nomem;	     /* some text could not be made */
	const struct series *series;
	const struct comparison *comparison;   /* NULL: a single snapshot */
	const struct snapshot *before, *after; /* before: NULL for a single one */
	const struct companions *companions;
	const struct holders *holders;
	struct loss *losses;
	size_t n;	   /* of losses */
	uint64_t *moments; /* of those losses that have one, in order */
	size_t n_moments;
	struct copy *copies; /* in the order of the later hive */
	size_t n_copies;
	/* In which time those with a moment or bounds went; 0 if none has. */
	uint64_t from_ft, to_ft;
	bool some_untimed; /* others went at some other time, or in it */
	struct signs signs;
	/* Several causes ask for the same: each is looked at once. */
	struct condition conditions[CONDITION_N_IDS];
	bool is_checked[CONDITION_N_IDS];
};

/* ---- loss.c ---- */

/* Fills losses and their time.  Return: STATUS_OK; STATUS_NOMEM. */
MUST_CHECK enum status loss_find(struct incident *incident);

/* The list that a loss was in, by name; false if it is not known. */
bool loss_is_from(const struct loss *loss, enum store_list list);

void loss_clear(struct incident *incident);

/* ---- copies.c ---- */

/* Fills copies, which loss_clear() frees.  Return: STATUS_OK; STATUS_NOMEM. */
MUST_CHECK enum status copies_find(struct incident *incident);

/* ---- condition.c ---- */

/* Texts in the incident's arena; NULL when out of memory, which is noted. */
const char *condition_print(struct incident *incident, const char *format, ...)
	PRINTF_LIKE(2, 3);
const char *condition_utf8(struct incident *incident, struct text text);
/* A FILETIME cut to seconds: "2003-03-18 09:14:07 UTC". */
const char *condition_time(struct incident *incident, uint64_t ft);

/* Sets the state and says what was seen. */
void condition_is(struct incident *incident, struct condition *condition,
		  enum condition_state state, const char *format, ...) PRINTF_LIKE(4, 5);

/* The state rests on no more than this: the weakest counts. */
void condition_rests_on(struct condition *condition, enum basis basis);

/* Adds a place: in the image of a snapshot, or in another file. */
void condition_show_key(struct condition *condition, const struct snapshot *snapshot,
			const struct key *key, const char *value);
void condition_show_value(struct condition *condition, const struct snapshot *snapshot,
			  const struct value *value, const char *text);
void condition_show_base(struct condition *condition, const struct snapshot *snapshot,
			 uint32_t offset, const char *value);
void condition_show_file(struct condition *condition, const struct evidence *file,
			 uint64_t offset, const char *value);
/* Adds a change, and where its profile's key stands. */
void condition_show_loss(struct incident *incident, struct condition *condition,
			 const struct loss *loss);
void condition_add_change(struct condition *condition, const struct finding *finding);
/* Adds the changes by which profiles went to Deleted Profiles.  Return: how many. */
size_t condition_add_moved(const struct incident *incident, struct condition *condition);

/* ---- the facts ---- */

struct condition_check {
	enum condition_id id;
	void (*check)(struct incident *incident, struct condition *condition);
};

/* Runs the check of that condition.  Return: false if the table has none. */
bool condition_run(const struct condition_check *checks, size_t n,
		   struct incident *incident, struct condition *condition);

/* Each fills the condition if it is one of its own.  Return: false if it is not. */
bool hivefacts_check(struct incident *incident, struct condition *condition);
bool timefacts_check(struct incident *incident, struct condition *condition);
bool listfacts_check(struct incident *incident, struct condition *condition);
bool pairfacts_check(struct incident *incident, struct condition *condition);
bool usertrace_check(struct incident *incident, struct condition *condition);
bool machinefacts_check(struct incident *incident, struct condition *condition);
bool eventfacts_check(struct incident *incident, struct condition *condition);

/* ---- advice.c ---- */

/* What to do, given the diagnosis.  Return: STATUS_OK; STATUS_NOMEM. */
MUST_CHECK enum status advice_give(struct incident *incident,
				   struct diagnosis *diagnosis);

#endif
