// SPDX-License-Identifier: GPL-2.0-or-later
/* Answers about what really happened. */
#include "whole/falsifier/truth.h"

#include "samples/mapi.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { UID_DIGITS = 32 };

static const char *const paths[TRUTH_LISTS] = {
	[TRUTH_PROFILES] = MAPI_WMS "\\Profiles",
	[TRUTH_DELETED] = MAPI_WMS "\\Deleted Profiles",
	[TRUTH_OFFICE] = MAPI_OFFICE("16.0") "\\Profiles",
};

void truth_clear(struct truth *t)
{
	arena_clear(&t->arena);
	memset(t, 0, sizeof(*t));
}

const char *truth_list_path(enum truth_list list)
{
	return paths[list];
}

enum truth_list truth_list_find(const char *path)
{
	enum truth_list list = TRUTH_PROFILES;

	while (list < TRUTH_LISTS && strcasecmp(paths[list], path) != 0)
		list++;
	return list;
}

bool truth_is_name(const struct truth *t, enum truth_list list, const char *name)
{
	for (uint32_t i = 0; i < t->n_tenures; i++)
		if (t->tenures[i].list == list &&
		    strcasecmp(t->tenures[i].name, name) == 0)
			return true;
	return false;
}

uint32_t truth_find(const struct truth *t, uint32_t state, enum truth_list list,
		    const char *name)
{
	const struct truth_state *s = &t->states[state];

	for (size_t i = 0; i < s->n_alive; i++) {
		const struct truth_tenure *tenure = &t->tenures[s->alive[i].tenure];

		if (tenure->list == list && strcasecmp(tenure->name, name) == 0)
			return s->alive[i].tenure;
	}
	return TRUTH_NONE;
}

uint32_t truth_identity(const struct truth *t, uint32_t state, uint32_t identity)
{
	const struct truth_state *s = &t->states[state];

	for (size_t i = 0; i < s->n_alive; i++)
		if (t->tenures[s->alive[i].tenure].identity == identity)
			return s->alive[i].tenure;
	return TRUTH_NONE;
}

bool truth_is_common(const char *section)
{
	static const char *const common[] = {
		MAPI_ROOT,
		MAPI_EXCHANGE,
		MAPI_EXCHANGE_AB,
		MAPI_INSTANCE,
		MAPI_OUTLOOK,
		MAPI_ACCOUNTS,
		"3517490d76624c419a828607e2a54604",
		"f86ed2903a4a11cfb57e524153480001",
	};

	for (size_t i = 0; i < sizeof(common) / sizeof(common[0]); i++)
		if (strcasecmp(common[i], section) == 0)
			return true;
	return strlen(section) != UID_DIGITS ||
	       strspn(section, "0123456789abcdef") != UID_DIGITS;
}

static const struct walk_value *instance_of(const struct walk *walk,
					    const struct walk_key *section)
{
	return strcasecmp(section->name, MAPI_INSTANCE) == 0
		       ? walk_value_find(walk, section, "0102300b")
		       : NULL;
}

/* Whether two sections of one name make two profiles one. */
static bool is_witness(const struct walk *wa, const struct walk_key *a,
		       const struct walk *wb, const struct walk_key *b)
{
	const struct walk_value *x = instance_of(wa, a);
	const struct walk_value *y = instance_of(wb, b);

	if (strcasecmp(a->name, b->name) != 0)
		return false;
	if (!truth_is_common(a->name))
		return true;
	return x != NULL && y != NULL && x->len == y->len &&
	       memcmp(x->data, y->data, x->len) == 0;
}

bool truth_shares(const struct truth *t, uint32_t state_a, uint32_t a, uint32_t state_b,
		  uint32_t b)
{
	const struct walk *wa = &t->states[state_a].walk;
	const struct walk *wb = &t->states[state_b].walk;
	const struct walk_key *ka = truth_key(t, state_a, a);
	const struct walk_key *kb = truth_key(t, state_b, b);

	for (size_t i = 0; i < wa->n_keys; i++) {
		if (&wa->keys[wa->keys[i].parent] != ka)
			continue;
		for (size_t k = 0; k < wb->n_keys; k++)
			if (&wb->keys[wb->keys[k].parent] == kb &&
			    is_witness(wa, &wa->keys[i], wb, &wb->keys[k]))
				return true;
	}
	return false;
}

bool truth_is_alive(const struct truth *t, uint32_t state, uint32_t tenure)
{
	return truth_key(t, state, tenure) != NULL;
}

const struct walk_key *truth_key(const struct truth *t, uint32_t state, uint32_t tenure)
{
	const struct truth_state *s = &t->states[state];

	for (size_t i = 0; i < s->n_alive; i++)
		if (s->alive[i].tenure == tenure)
			return &s->walk.keys[s->alive[i].key];
	return NULL;
}

/* Return: the key behind `key` that is no longer below it. */
static size_t end_of(const struct walk *walk, size_t key)
{
	size_t end = key + 1;

	while (end < walk->n_keys &&
	       walk_is_below(walk->keys[key].path, walk->keys[end].path))
		end++;
	return end;
}

static bool same_values(const struct walk *wa, const struct walk_key *a,
			const struct walk *wb, const struct walk_key *b)
{
	if (a->n_values != b->n_values)
		return false;
	for (uint32_t i = 0; i < a->n_values; i++) {
		const struct walk_value *va = &wa->values[a->first_value + i];
		const struct walk_value *vb = walk_value_find(wb, b, va->name);

		if (vb == NULL || va->type != vb->type || va->len != vb->len ||
		    memcmp(va->data, vb->data, va->len) != 0)
			return false;
	}
	return true;
}

bool truth_same_content(const struct truth *t, uint32_t state_a, const struct walk_key *a,
			uint32_t state_b, const struct walk_key *b)
{
	const struct walk *wa = &t->states[state_a].walk;
	const struct walk *wb = &t->states[state_b].walk;
	size_t ia = (size_t)(a - wa->keys);
	size_t ib = (size_t)(b - wb->keys);
	size_t n = end_of(wa, ia) - ia;

	if (end_of(wb, ib) - ib != n)
		return false;
	for (size_t i = 0; i < n; i++) {
		const struct walk_key *ka = &wa->keys[ia + i];
		const struct walk_key *kb = &wb->keys[ib + i];

		if (strcasecmp(ka->path + strlen(a->path), kb->path + strlen(b->path)) !=
			    0 ||
		    !same_values(wa, ka, wb, kb))
			return false;
	}
	return true;
}

bool truth_section_lost(const struct truth *t, uint32_t state_a, const struct walk_key *a,
			uint32_t state_b, const struct walk_key *b)
{
	const struct walk *wa = &t->states[state_a].walk;
	char path[512];

	for (size_t i = (size_t)(a - wa->keys) + 1;
	     i < end_of(wa, (size_t)(a - wa->keys)); i++) {
		snprintf(path, sizeof(path), "%s%s", b->path,
			 wa->keys[i].path + strlen(a->path));
		if (walk_find(&t->states[state_b].walk, path) == NULL)
			return true;
	}
	return false;
}

static const char *const ends[] = {
	[TRUTH_STAYS] = "stays",
	[TRUTH_BY_DELETION] = "deleted",
	[TRUTH_BY_MOVE] = "moved",
	[TRUTH_BY_RENAME] = "renamed",
	[TRUTH_BY_RESTORE] = "restored",
	[TRUTH_BY_OFFLINE] = "offline",
	[TRUTH_WITH_LIST] = "with list",
	[TRUTH_BY_UPGRADE] = "upgrade",
	[TRUTH_WITH_HIVE] = "with its hive",
	[TRUTH_BY_FIRST_RUN] = "first run",
};

bool truth_is_copied(enum truth_end end)
{
	return end == TRUTH_BY_MOVE || end == TRUTH_BY_RENAME ||
	       end == TRUTH_BY_UPGRADE || end == TRUTH_BY_FIRST_RUN;
}

const char *truth_end_name(enum truth_end end)
{
	return ends[end];
}

void truth_print(const struct truth *t)
{
	printf("# stepped %d restores %u offline %d packed %d\n", t->stepped, t->restores,
	       t->offline, t->packed);
	for (uint32_t i = 0; i < t->n_tenures; i++) {
		const struct truth_tenure *x = &t->tenures[i];

		printf("# tenure %u identity %u family %u list %d '%s' states %u..%d %s "
		       "emptied %" PRIu64 " (state %u) gone %" PRIu64 "\n",
		       i, x->identity, x->family, (int)x->list, x->name, x->first_state,
		       (int)x->gone_state, ends[x->end], x->emptied, x->emptied_state,
		       x->gone);
	}
	for (uint32_t i = 0; i < t->n_states; i++) {
		const struct truth_state *s = &t->states[i];

		printf("# state %u clock %" PRIu64 " newest %" PRIu64 " alive", i,
		       s->clock, s->newest);
		for (size_t k = 0; k < s->n_alive; k++)
			printf(" %u@%u", s->alive[k].tenure,
			       s->walk.keys[s->alive[k].key].cell);
		printf("\n");
	}
}
