// SPDX-License-Identifier: GPL-2.0-or-later
/* The machine, and what all acts need; the acts themselves are in falsifier_acts.c. */
#include "whole/falsifier/world.h"

#include "samples/desktop.h"
#include "samples/mapi.h"
#include "whole/falsifier/acts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SECOND UINT64_C(10000000)
#define HOUR (3600 * SECOND)
#define OFFICE_KEY MAPI_OFFICE("16.0")

enum { FIRST_PROFILES = 3 };

uint64_t world_tick(struct world *w)
{
	if (!w->coarse)
		w->clock += 10000 + random_below(&w->random, 300000);
	else if (random_chance(&w->random, 20))
		w->clock += 156250;
	return w->clock;
}

void world_pause(struct world *w)
{
	w->clock += 60 * SECOND + random_time(&w->random, 72 * HOUR);
}

builder_key world_list(struct world *w, enum truth_list list)
{
	const char *path = truth_list_path(list);

	if (builder_key_find(w->b, builder_root(w->b), path) == BUILDER_NO_KEY)
		w->list_made[list] = ++w->lists_made;
	return builder_path(w->b, path, w->clock);
}

builder_key world_key(const struct world *w, uint32_t tenure)
{
	const struct truth_tenure *x = &w->truth->tenures[tenure];
	builder_key list =
		builder_key_find(w->b, builder_root(w->b), truth_list_path(x->list));

	return builder_key_find(w->b, list, x->name);
}

const struct walk *world_walk(struct world *w)
{
	struct walk *walk = arena_take(&w->truth->arena, 1, sizeof(*walk));
	size_t len;

	builder_finish(w->b);
	const uint8_t *bytes = builder_bytes(w->b, &len);
	walk_read(walk, &w->truth->arena, bytes, len);
	return walk;
}

static const char *default_of(struct truth *t, const struct walk *walk, const char *path)
{
	const struct walk_key *key = walk_find(walk, path);
	char text[TRUTH_NAME] = "";

	if (key == NULL)
		return NULL;
	const struct walk_value *value = walk_value_find(walk, key, "DefaultProfile");
	if (value == NULL)
		return NULL;
	for (size_t i = 0; i + 1 < value->len && i / 2 + 1 < sizeof(text); i += 2)
		text[i / 2] = (char)value->data[i];
	return arena_copy(&t->arena, text, strlen(text));
}

static uint32_t index_of(const struct walk *walk, const char *path)
{
	const struct walk_key *key = walk_find(walk, path);

	return key == NULL ? TRUTH_NONE : (uint32_t)(key - walk->keys);
}

static void find_lists(struct world *w, struct truth_state *s)
{
	for (unsigned i = 0; i < TRUTH_LISTS; i++) {
		const char *path = truth_list_path((enum truth_list)i);

		s->list_key[i] = index_of(&s->walk, path);
		s->list_made[i] = w->list_made[i];
		s->default_profile[i] = default_of(w->truth, &s->walk,
						   i == TRUTH_OFFICE ? OFFICE_KEY : path);
	}
}

uint32_t world_record(struct world *w, bool deletes_only)
{
	struct truth *t = w->truth;
	uint32_t state = t->n_states++;
	struct truth_state *s = &t->states[state];
	char path[512];

	if (state >= TRUTH_MAX_STATES)
		abort();
	*s = (struct truth_state){ .clock = w->clock,
				   .restores = t->restores,
				   .hive = w->hive,
				   .deletes_only = deletes_only };
	s->walk = *world_walk(w);
	for (size_t i = 0; i < s->walk.n_keys; i++)
		if (s->walk.keys[i].filetime > s->newest)
			s->newest = s->walk.keys[i].filetime;
	for (size_t i = 0; i < w->n_alive; i++) {
		const struct truth_tenure *x = &t->tenures[w->alive[i]];

		snprintf(path, sizeof(path), "%s\\%s", truth_list_path(x->list), x->name);
		s->alive[i].tenure = w->alive[i];
		s->alive[i].key = index_of(&s->walk, path);
		if (s->alive[i].key == TRUTH_NONE) {
			fprintf(stderr, "falsifier: %s is not where it should be\n",
				path);
			abort();
		}
	}
	s->n_alive = w->n_alive;
	find_lists(w, s);
	w->state = state;
	return state;
}

uint32_t world_begin(struct world *w, enum truth_list list, const char *name)
{
	struct truth *t = w->truth;
	uint32_t tenure = t->n_tenures++;

	if (tenure >= TRUTH_MAX_TENURES || w->n_alive >= TRUTH_MAX_ALIVE)
		abort();
	t->tenures[tenure] = (struct truth_tenure){
		.identity = t->n_identities,
		.family = t->n_identities,
		.copied_from = TRUTH_NONE,
		.list = list,
		.first_state = t->n_states,
		.gone_state = TRUTH_NONE,
	};
	t->n_identities++;
	snprintf(t->tenures[tenure].name, TRUTH_NAME, "%s", name);
	w->alive[w->n_alive++] = tenure;
	return tenure;
}

void world_end(struct world *w, uint32_t tenure, enum truth_end end)
{
	struct truth_tenure *x = &w->truth->tenures[tenure];
	size_t i = 0;

	x->end = end;
	x->gone = w->clock;
	if (!truth_is_copied(end))
		x->began = w->clock;
	x->gone_state = w->truth->n_states;
	while (i < w->n_alive && w->alive[i] != tenure)
		i++;
	if (i == w->n_alive)
		abort();
	w->alive[i] = w->alive[--w->n_alive];
}

uint32_t world_choose(struct world *w, enum truth_list list)
{
	uint32_t fit[TRUTH_MAX_ALIVE];
	size_t n = 0;

	for (size_t i = 0; i < w->n_alive; i++)
		if (list == TRUTH_LISTS || w->truth->tenures[w->alive[i]].list == list)
			fit[n++] = w->alive[i];
	return n == 0 ? TRUTH_NONE : fit[random_below(&w->random, n)];
}

/* Deletes the keys below a section; the state shows its last write. */
static void empty_section(struct world *w, const struct walk *walk, size_t index,
			  builder_key section)
{
	for (size_t i = index + 1; i < walk->n_keys; i++)
		if (walk->keys[i].parent == index)
			builder_key_delete(
				w->b, builder_key_find(w->b, section, walk->keys[i].name),
				world_tick(w));
	world_record(w, true);
}

/* Deletes what is below a profile, one key after the other. Return: whether it had any. */
static bool empty(struct world *w, builder_key profile, const char *path)
{
	const struct walk *walk = world_walk(w);
	const struct walk_key *key = walk_find(walk, path);
	bool had = false;

	for (size_t i = (size_t)(key - walk->keys) + 1; i < walk->n_keys; i++) {
		const struct walk_key *child = &walk->keys[i];

		if (!walk_is_below(path, child->path))
			break;
		if (&walk->keys[child->parent] != key)
			continue;
		builder_key section = builder_key_find(w->b, profile, child->name);
		if (child->n_subkeys != 0)
			empty_section(w, walk, i, section);
		builder_key_delete(w->b, section, world_tick(w));
		had = true;
	}
	return had;
}

void world_empty(struct world *w, uint32_t tenure)
{
	struct truth_tenure *x = &w->truth->tenures[tenure];
	char path[512];

	snprintf(path, sizeof(path), "%s\\%s", truth_list_path(x->list), x->name);
	if (!empty(w, world_key(w, tenure), path))
		return;
	x->has_emptied = true;
	x->emptied = w->clock;
	x->emptied_state = world_record(w, true);
}

void world_delete(struct world *w, uint32_t tenure, enum truth_end end)
{
	world_empty(w, tenure);
	builder_key_delete(w->b, world_key(w, tenure), world_tick(w));
	world_end(w, tenure, end);
	world_record(w, true);
}

static void set_options(struct world *w)
{
	static const char *const homes[] = {
		"\\??\\C:\\Documents and Settings\\mkeller\\NTUSER.DAT",
		"\\??\\C:\\Users\\mkeller\\ntuser.dat",
	};
	bool old = random_chance(&w->random, 50);

	w->stale_header = !old && random_chance(&w->random, 50);
	w->options = (struct builder_options){
		.minor = old ? 3 : 5,
		.windows_2000 = old && random_chance(&w->random, 40),
		.file_step = random_chance(&w->random, 50) ? 4096 : 0,
		.embedded_name = homes[old ? 0 : 1],
		.user_sid = "S-1-5-21-2004917736-1153282411-839522115-1604",
		.last_written = w->clock,
		.sequence = 100,
	};
}

void world_init(struct world *w, struct truth *truth, uint64_t seed)
{
	memset(w, 0, sizeof(*w));
	w->random.state = seed * 0x2545F4914F6CDD1D + 1;
	w->extra.state = seed * 0x9E3779B97F4A7C15 + 7;
	w->truth = truth;
	w->clock = builder_filetime(2012, 3, 5, 8, 0, 0) +
		   random_time(&w->random, 4 * 365 * 24 * HOUR);
	w->started = w->clock;
	w->coarse = random_chance(&w->random, 60);
	w->plain = random_chance(&w->random, 35);
	w->odd = random_chance(&w->extra, 30) && !w->plain;
	w->daily.state = seed * 0xD1342543DE82EF95 + 3;
	w->used = random_chance(&w->daily, 20);
	set_options(w);
	w->b = builder_new(&w->options);
	if (random_chance(&w->random, 30))
		desktop_fill(w->b, "C:\\Users\\mkeller", w->clock);
	world_list(w, TRUTH_PROFILES);
	world_record(w, false);
	for (size_t i = 0; i < FIRST_PROFILES; i++)
		acts_create(w);
}

void world_clear(struct world *w)
{
	builder_free(w->b);
	for (size_t i = 0; i < w->n_backups; i++)
		builder_free(w->backups[i].b);
	memset(w, 0, sizeof(*w));
}
