/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "help/unit.h"

#include "help/entries.h"

#include <stdlib.h>
#include <string.h>

void entries_add_bytes(struct entries *s, const uint8_t *bytes, size_t len)
{
	uint8_t *copy = malloc(len);

	assert_non_null(copy);
	memcpy(copy, bytes, len);
	assert_int_equal(states_add(&s->states, span_of(copy, len), s->states.n == 0,
				    s->states.n == 0 ? 0 : s->next++, 1, NULL),
			 STATUS_OK);
	/* A state keeps nothing of the bytes: they go on changing. */
	memset(copy, 0xEE, len);
	free(copy);
}

void entries_next(struct entries *s)
{
	size_t len = 0;

	builder_finish(s->pair->after);
	const uint8_t *bytes = builder_bytes(s->pair->after, &len);
	entries_add_bytes(s, bytes, len);
}

struct entries entries_begin(void **state)
{
	struct entries s = { .pair = *state, .next = ENTRIES_FIRST };

	pair_fork(s.pair);
	entries_next(&s);
	return s;
}

struct entries entries_begin_with(void **state, const char *first, const char *second)
{
	struct pair *pair = *state;

	pair_add(pair->before, PAIR_PROFILES, first, 1);
	if (second)
		pair_add(pair->before, PAIR_PROFILES, second, 2);
	return entries_begin(state);
}

uint32_t entries_place(const struct entries *s, const struct finding *finding)
{
	const struct state *found = findingstate_first(
		&s->states, finding, s->pair->old,
		finding->after ? snapshot_store(s->pair->new, finding->after) : NULL);

	if (!found)
		return UINT32_MAX;
	assert_true(found->walkable);
	assert_true(found->first == (found == s->states.items));
	assert_int_equal(found->log, 1);
	return found->first ? 0 : found->sequence;
}

builder_key entries_profile(struct entries *s, const char *name)
{
	builder_key key = builder_key_find(s->pair->after,
					   pair_key(s->pair->after, PAIR_PROFILES), name);

	assert_int_not_equal(key, BUILDER_NO_KEY);
	return key;
}

void entries_copy(struct entries *s, const char *name, const char *copy)
{
	builder_key_copy(s->pair->after, entries_profile(s, name),
			 pair_key(s->pair->after, PAIR_PROFILES), copy, pair_changed());
}

void entries_make_anew(struct entries *s, const char *name)
{
	pair_add_at(s->pair->after, pair_key(s->pair->after, PAIR_PROFILES), name, 77,
		    pair_changed());
}

void entries_delete(struct entries *s, const char *name)
{
	builder_key_delete(s->pair->after, entries_profile(s, name), pair_changed());
}

void entries_other(struct entries *s)
{
	builder_value_dword(s->pair->after,
			    builder_path(s->pair->after, "Software\\Other", pair_made()),
			    "Count", s->next);
	entries_next(s);
}

const struct finding *entries_only(struct entries *s)
{
	pair_compare(s->pair);
	return pair_only(s->pair);
}

void entries_finish(struct entries *s)
{
	states_clear(&s->states);
	assert_int_equal(s->states.n, 0);
	states_clear(&s->states);
}

void entries_end(struct entries *s, enum finding_kind kind, uint32_t from)
{
	const struct finding *finding = entries_only(s);

	assert_int_equal(finding->kind, kind);
	assert_int_equal(entries_place(s, finding), from);
	entries_finish(s);
}

void entries_end_beside(struct entries *s, enum finding_kind kind, uint32_t from)
{
	pair_compare(s->pair);
	assert_int_equal(entries_place(s, pair_one(s->pair, kind)), from);
	entries_finish(s);
}
