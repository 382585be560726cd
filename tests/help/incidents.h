/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An incident of a pair of hives, or of nothing but what a test puts into it. */
#ifndef TESTS_HELP_INCIDENTS_H
#define TESTS_HELP_INCIDENTS_H

#include "help/unit.h"

#include "cause/condition/conditiontable.h"
#include "cause/incident/incident.h"

#include "help/pair.h"

struct incidents {
	struct companions companions;
	struct holders holders;
	struct incident incident;
};

/* Nothing is known. */
static inline void incidents_start(struct incidents *t)
{
	*t = (struct incidents){ 0 };
	t->incident = (struct incident){ .arena = arena_new(),
					 .companions = &t->companions,
					 .holders = &t->holders };
	assert_non_null(t->incident.arena);
}

/* What the pair's comparison, or what was recovered from its later hive, is about. */
static inline void incidents_of_pair(struct incidents *t, const struct pair *pair)
{
	incidents_start(t);
	t->incident.comparison = pair->found;
	t->incident.before = pair->old;
	t->incident.after = pair->new;
	assert_int_equal(incident_find(&t->incident), STATUS_OK);
}

/* The same of a pair that is compared first. */
static inline void incidents_compare(struct incidents *t, struct pair *pair)
{
	pair_compare(pair);
	incidents_of_pair(t, pair);
}

static inline void incidents_of_single(struct incidents *t, const struct pair *pair)
{
	incidents_start(t);
	t->incident.after = pair->new;
	t->incident.recovery = pair->recoveries[1];
	assert_int_equal(incident_find(&t->incident), STATUS_OK);
}

static inline void incidents_end(struct incidents *t)
{
	assert_false(t->incident.nomem);
	incident_clear(&t->incident);
	arena_free(t->incident.arena);
}

/* The condition as its check leaves it. */
static inline struct condition incidents_check(struct incidents *t, enum condition_id id)
{
	struct condition condition = { .kind = conditiontable_kind(id) };

	condition.basis = condition.kind->basis;
	condition.kind->check(&t->incident, &condition);
	return condition;
}

/* Its state, and what is said of it; detail NULL: whatever it is. */
static inline void incidents_assert(struct incidents *t, enum condition_id id,
				    enum condition_state state, const char *detail)
{
	struct condition condition = incidents_check(t, id);

	if (condition.state != state)
		fail_msg("%s is %s: %s", condition.kind->word,
			 condition_state_word(condition.state),
			 condition.detail ? condition.detail : "");
	if (detail) {
		assert_non_null(condition.detail);
		assert_string_equal(condition.detail, detail);
	}
}

#endif
