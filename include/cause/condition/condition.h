/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A condition that causes are weighed by, and what came of checking it.  What there
 * are, with their checks: the table in conditions.def.
 */
#ifndef CAUSE_CONDITION_CONDITION_H
#define CAUSE_CONDITION_CONDITION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/basis.h"
#include "cause/condition/wanted.h"

struct evidence;
struct finding;
struct incident;
struct condition;

enum condition_id {
#define CONDITION(id, ...) CONDITION_##id,
#include "cause/condition/conditions.def"
#undef CONDITION
	CONDITION_N_IDS
};

enum condition_state { CONDITION_UNKNOWN, CONDITION_MET, CONDITION_NOT_MET };

enum condition_weight {
	CONDITION_NECESSARY, /* not met: the cause is ruled out */
	CONDITION_TELLING,   /* speaks for the cause or against it */
	CONDITION_EXPECTED,  /* speaks against it where it is not met; else not counted */
	CONDITION_HINT,	     /* shown, never counted */
};

/* What a condition speaks of. */
enum condition_scope {
	CONDITION_OF_CHANGE, /* how one hive went on from its earlier state to its later one */
	CONDITION_OF_ANY, /* anything else */
};

/* A row of the table. */
struct condition_kind {
	enum condition_id id;
	const char *word; /* in the report */
	enum condition_scope scope;
	enum basis basis;      /* what it rests on at best */
	const char *statement; /* what it says */
	unsigned wanted;       /* enum wanted: what would decide it where it is unknown */
	const char *decided_by; /* the same as a sentence */
	/* Sets state, detail and evidence; leaves alone what the evidence does not tell. */
	void (*check)(struct incident *incident, struct condition *condition);
};

/* A place, and what stands there. */
struct condition_evidence {
	const struct evidence *file; /* NULL: no file, told on the command line */
	uint64_t offset;	     /* bytes in that file; DIAG_NOWHERE if it is none */
	const char *value;	     /* UTF-8; never a secret */
};

/* Pieces of evidence that one condition shows; more are counted in its sentence. */
#define CONDITION_MAX_EVIDENCE 16

struct condition {
	const struct condition_kind *kind;
	enum condition_weight weight;
	bool peculiar; /* only this cause leaves it: nothing is supported without one */
	enum condition_state state;
	enum basis basis;   /* of the weakest rule that the state rests on */
	const char *detail; /* what was seen, UTF-8; NULL if there is nothing to say */
	struct condition_evidence evidence[CONDITION_MAX_EVIDENCE];
	size_t n_evidence;
	const struct finding *changes[CONDITION_MAX_EVIDENCE];
	size_t n_changes;
};

/* "unknown", "met", "not_met". */
const char *condition_state_word(enum condition_state state);
/* "necessary", "telling", "expected", "hint". */
const char *condition_weight_word(enum condition_weight weight);

/* True if it counts in the grade: no hint, and no expected one unless it is not met. */
bool condition_counts(const struct condition *condition);

/* How many of those that count are in that state. */
size_t condition_count(const struct condition *conditions, size_t n,
		       enum condition_state state);

#endif
