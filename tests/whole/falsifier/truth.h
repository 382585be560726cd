/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What really happened to the profiles of one user: every moment of the hive with all
 * its keys and values, and of every profile where it was, when it was made, emptied and
 * deleted by that machine's clock. Written down by the acts themselves (falsifier_world),
 * never read from the program's output.
 */
#ifndef FALSIFIER_TRUTH_H
#define FALSIFIER_TRUTH_H

#include "whole/falsifier/walk.h"

#include <stdbool.h>

#define TRUTH_NONE UINT32_MAX

enum truth_list {
	TRUTH_PROFILES, /* of Windows Messaging Subsystem */
	TRUTH_DELETED,	/* its `Deleted Profiles` */
	TRUTH_OFFICE,	/* of Outlook 2016 */
	TRUTH_LISTS,
};

enum {
	TRUTH_MAX_STARTS = 32,
	TRUTH_NAME = 64,
	TRUTH_MAX_TENURES = 256,
	TRUTH_MAX_STATES = 256,
	TRUTH_MAX_ALIVE = 32,
};

/* How a tenure ended. */
enum truth_end {
	TRUTH_STAYS,
	TRUTH_BY_DELETION,  /* its sections first, then the key, as Windows does */
	TRUTH_BY_MOVE,	    /* copied to another list, then deleted */
	TRUTH_BY_RENAME,    /* copied to another name, then deleted */
	TRUTH_BY_RESTORE,   /* an older state of the hive took its place */
	TRUTH_BY_OFFLINE,   /* its key was cut off by a tool, with what it held */
	TRUTH_WITH_LIST,    /* the whole list was deleted */
	TRUTH_BY_UPGRADE,   /* copied to another Outlook's list, then deleted */
	TRUTH_WITH_HIVE,    /* another hive took the place of its own */
	TRUTH_BY_FIRST_RUN, /* set aside as "BACKUP OF ...", and another took its name */
};

/* A profile's time as one key: under one name in one list. */
struct truth_tenure {
	uint32_t identity; /* the same for a profile that was moved, renamed, restored */
	uint32_t family;   /* the same for a profile and its copies */
	uint32_t copied_from; /* a tenure whose instance key it has kept, or TRUTH_NONE */
	enum truth_list list;
	char name[TRUTH_NAME];
	enum truth_end end;
	uint32_t first_state; /* in which it is */
	uint32_t gone_state;  /* the first one without it, TRUTH_NONE while it is there */
	bool has_emptied;     /* its last section or value went before it did */
	uint32_t emptied_state;
	uint64_t began;	  /* when the act began in which it went: a copy comes first */
	uint64_t emptied; /* what the clock showed then */
	uint64_t gone;	  /* and when the key itself went */
};

/* A profile that is there in a state. */
struct truth_alive {
	uint32_t tenure;
	uint32_t key; /* index into the state's keys */
};

/* A moment of the hive. */
struct truth_state {
	uint64_t clock;
	uint64_t newest; /* last write of its newest key */
	struct walk walk;
	struct truth_alive alive[TRUTH_MAX_ALIVE];
	size_t n_alive;
	uint32_t list_key[TRUTH_LISTS];	 /* index into keys, TRUTH_NONE: not there */
	uint32_t list_made[TRUTH_LISTS]; /* how often the list was made before */
	const char *default_profile[TRUTH_LISTS]; /* NULL: none */
	uint32_t restores; /* how often an older state had come back by then */
	uint32_t hive;	   /* which one it is: Windows may make another */
	bool deletes_only; /* the act that led here did nothing but delete */
};

struct truth {
	struct arena arena;
	struct truth_tenure tenures[TRUTH_MAX_TENURES];
	uint32_t n_tenures;
	struct truth_state states[TRUTH_MAX_STATES];
	uint32_t n_states;
	uint32_t n_identities;
	bool stepped;	   /* the clock was set */
	uint32_t restores; /* how often an older state came back */
	bool offline;	   /* a tool changed the hive offline */
	bool packed;	   /* the hive was written anew, its cells are in other places */
	uint64_t starts[TRUTH_MAX_STARTS]; /* of the Mail control panel, by that clock */
	size_t n_starts;
};

void truth_clear(struct truth *t);

/* Return: the path of a list from the user's root. */
const char *truth_list_path(enum truth_list list);

/* Return: the list of that path, or TRUTH_LISTS. */
enum truth_list truth_list_find(const char *path);

/* Return: whether a profile ever had that name in a list. */
bool truth_is_name(const struct truth *t, enum truth_list list, const char *name);

/* Return: the tenure of the profile of that name in a state's list, or TRUTH_NONE. */
uint32_t truth_find(const struct truth *t, uint32_t state, enum truth_list list,
		    const char *name);

/* Return: the tenure of that identity in a state, or TRUTH_NONE. */
uint32_t truth_identity(const struct truth *t, uint32_t state, uint32_t identity);

/*
 * Return: whether the bytes can tell that a profile of one state is that of another: both
 * have the same instance key, or a section whose name was made at random.
 */
bool truth_shares(const struct truth *t, uint32_t state_a, uint32_t a, uint32_t state_b,
		  uint32_t b);

/* Return: whether a section of that name is found in many profiles. */
bool truth_is_common(const char *section);

/* Return: whether what ended so lives on as a copy. */
bool truth_is_copied(enum truth_end end);

/* Return: a word for how a tenure ended. */
const char *truth_end_name(enum truth_end end);

/* Return: whether that very tenure is there in a state. */
bool truth_is_alive(const struct truth *t, uint32_t state, uint32_t tenure);

/* Return: the key of a tenure in a state where it is; NULL if it is not. */
const struct walk_key *truth_key(const struct truth *t, uint32_t state, uint32_t tenure);

/* Return: whether the profile keys hold the same below them, but for times. */
bool truth_same_content(const struct truth *t, uint32_t state_a, const struct walk_key *a,
			uint32_t state_b, const struct walk_key *b);

/* Return: whether a section of the first is not in the second. */
bool truth_section_lost(const struct truth *t, uint32_t state_a, const struct walk_key *a,
			uint32_t state_b, const struct walk_key *b);

/* Prints tenures and states for a person. */
void truth_print(const struct truth *t);

#endif
