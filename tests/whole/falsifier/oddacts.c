// SPDX-License-Identifier: GPL-2.0-or-later
/* Acts that are no everyday ones: older states, packed hives, tools, clocks. */
#include "whole/falsifier/acts.h"

#include "samples/desktop.h"
#include "samples/mapi.h"
#include "samples/usedhive.h"
#include "whole/falsifier/packed.h"
#include "whole/falsifier/world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SECOND UINT64_C(10000000)
#define HOUR (3600 * SECOND)

void acts_backup(struct world *w)
{
	if (w->n_backups == WORLD_BACKUPS)
		return;
	struct world_backup *backup = &w->backups[w->n_backups++];
	backup->b = builder_clone(w->b);
	memcpy(backup->alive, w->alive, sizeof(backup->alive));
	memcpy(backup->list_made, w->list_made, sizeof(backup->list_made));
	backup->n_alive = w->n_alive;
	backup->hive = w->hive;
}

/* Return: the one of these tenures that is the same profile in the same place. */
static uint32_t same_place(const struct truth *t, const uint32_t *tenures, size_t n,
			   uint32_t tenure)
{
	const struct truth_tenure *x = &t->tenures[tenure];

	for (size_t i = 0; i < n; i++) {
		const struct truth_tenure *y = &t->tenures[tenures[i]];

		if (y->identity == x->identity && y->list == x->list &&
		    strcmp(y->name, x->name) == 0)
			return tenures[i];
	}
	return TRUTH_NONE;
}

static void bring_back(struct world *w, uint32_t old)
{
	struct truth *t = w->truth;
	uint32_t stays = same_place(t, w->alive, w->n_alive, old);

	if (stays != TRUTH_NONE) {
		t->tenures[stays].has_emptied = false;
		return;
	}
	uint32_t back = world_begin(w, t->tenures[old].list, t->tenures[old].name);
	t->tenures[back].identity = t->tenures[old].identity;
	t->tenures[back].family = t->tenures[old].family;
}

void acts_restore(struct world *w)
{
	if (w->n_backups == 0)
		return;
	const struct world_backup *backup =
		&w->backups[random_below(&w->random, w->n_backups)];

	for (size_t i = w->n_alive; i-- > 0;)
		if (same_place(w->truth, backup->alive, backup->n_alive, w->alive[i]) ==
		    TRUTH_NONE)
			world_end(w, w->alive[i], TRUTH_BY_RESTORE);
	for (size_t i = 0; i < backup->n_alive; i++)
		bring_back(w, backup->alive[i]);
	builder_free(w->b);
	w->b = builder_clone(backup->b);
	memcpy(w->list_made, backup->list_made, sizeof(w->list_made));
	w->hive = backup->hive;
	w->truth->restores++;
	w->replaced++;
	world_record(w, false);
}

void acts_reorganise(struct world *w)
{
	struct builder *packed = packed_copy(world_walk(w), &w->options);

	builder_free(w->b);
	w->b = packed;
	w->truth->packed = true;
	w->replaced++;
	world_record(w, false);
}

void acts_offline(struct world *w)
{
	uint32_t tenure = world_choose(w, TRUTH_LISTS);

	if (tenure == TRUTH_NONE)
		return;
	w->truth->offline = true;
	w->replaced++;
	if (random_chance(&w->random, 50)) {
		/*
		 * A value is written, and no key is told of it: of one that was emptied
		 * before, the record goes on telling of that.
		 */
		uint8_t number[4] = { 1, (uint8_t)random_next(&w->random) };

		builder_value_set(w->b, world_key(w, tenure), "Edited", BUILDER_BINARY,
				  number, sizeof(number));
		world_record(w, false);
		return;
	}
	packed_cut(w->b, world_walk(w), world_key(w, tenure),
		   random_chance(&w->random, 70));
	if (random_chance(&w->random, 50))
		builder_key_touch(w->b, world_list(w, w->truth->tenures[tenure].list),
				  w->clock);
	world_end(w, tenure, TRUTH_BY_OFFLINE);
	world_record(w, false);
}

void acts_use(struct world *w)
{
	if (!w->used)
		return;
	w->clock = usedhive_use(w->b, w->clock, 1, 0, ++w->programs) + SECOND;
	/* What is written takes room of what was freed. */
	world_record(w, false);
}

void acts_new_hive(struct world *w)
{
	while (w->n_alive > 0)
		world_end(w, w->alive[w->n_alive - 1], TRUTH_WITH_HIVE);
	builder_free(w->b);
	w->b = builder_new(&w->options);
	/* The template is as old as the first hive. */
	desktop_fill(w->b, "C:\\Users\\mkeller", w->started);
	memset(w->list_made, 0, sizeof(w->list_made));
	w->hive = ++w->hives;
	w->replaced++;
	world_record(w, false);
	for (uint64_t i = random_below(&w->daily, 5); i < 6; i++) {
		acts_use(w);
		w->clock += HOUR + random_time(&w->daily, 30 * HOUR);
	}
	world_record(w, false);
}

void acts_clock(struct world *w)
{
	uint64_t step = HOUR + random_time(&w->random, 24 * 300 * HOUR);

	if (random_chance(&w->random, 50))
		w->clock += step;
	else
		w->clock -= step;
	w->truth->stepped = true;
}

void acts_drop_list(struct world *w)
{
	enum truth_list list = (enum truth_list)random_below(&w->random, TRUTH_LISTS);
	builder_key key =
		builder_key_find(w->b, builder_root(w->b), truth_list_path(list));
	uint32_t tenure;

	if (key == BUILDER_NO_KEY)
		return;
	while ((tenure = world_choose(w, list)) != TRUTH_NONE)
		world_delete(w, tenure, TRUTH_WITH_LIST);
	builder_key_delete(w->b, key, world_tick(w));
	world_record(w, true);
}

/* --- what only odd histories have --- */

#define USER_ASSIST                                                                      \
	"Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\UserAssist\\"           \
	"{75048700-EF1F-11D0-9888-006097DEACF9}\\Count"

/* An Outlook comes that keeps its profiles elsewhere, and takes those that are there. */
static void upgrade(struct world *w)
{
	uint32_t all[TRUTH_MAX_ALIVE];
	size_t n = w->n_alive;

	memcpy(all, w->alive, sizeof(all));
	for (size_t i = 0; i < n; i++) {
		const struct truth_tenure *x = &w->truth->tenures[all[i]];
		char name[TRUTH_NAME];

		if (x->list != TRUTH_PROFILES)
			continue;
		memcpy(name, x->name, sizeof(name));
		acts_move(w, all[i], TRUTH_OFFICE, name, TRUTH_BY_UPGRADE);
	}
}

/* Somebody, or a first run, gives a profile the name of a backup; a first run makes it anew. */
static void set_aside(struct world *w, bool first_run)
{
	uint32_t tenure = world_choose(w, TRUTH_PROFILES);
	char name[TRUTH_NAME];
	char aside[TRUTH_NAME + 16];

	if (tenure == TRUTH_NONE)
		return;
	memcpy(name, w->truth->tenures[tenure].name, sizeof(name));
	snprintf(aside, sizeof(aside), "BACKUP OF %s", name);
	if (strlen(aside) >= TRUTH_NAME || !acts_is_free(w, TRUTH_PROFILES, aside))
		return;
	acts_move(w, tenure, TRUTH_PROFILES, aside,
		  first_run ? TRUTH_BY_FIRST_RUN : TRUTH_BY_RENAME);
	if (!first_run)
		return;
	world_tick(w);
	builder_value_set(w->b,
			  builder_path(w->b, MAPI_OFFICE("16.0") "\\Setup", w->clock),
			  "First-Run", BUILDER_BINARY, "\x01\0\0\0", 4);
	acts_create_as(w, TRUTH_PROFILES, name);
}

/* Explorer counts the start of the Mail control panel: MLCFG32.CPL in ROT13, and when. */
static void start_panel(struct world *w)
{
	builder_key count = builder_path(w->b, USER_ASSIST, w->clock);
	uint8_t data[16] = { 1, 0, 0, 0, 6 };

	if (w->truth->n_starts == TRUTH_MAX_STARTS)
		return;
	w->truth->starts[w->truth->n_starts++] = w->clock;
	for (unsigned i = 0; i < 8; i++)
		data[8 + i] = (uint8_t)(w->clock >> 8 * i);
	builder_value_set(w->b, count, "HRZR_EHAPCY:ZYPST32.PCY", BUILDER_BINARY, data,
			  sizeof(data));
	builder_key_touch(w->b, count, w->clock);
	world_record(w, false);
}

/* A person deletes one in the control panel, or only looks at it. */
static void use_panel(struct world *w)
{
	start_panel(w);
	if (random_chance(&w->extra, 40))
		return;
	w->clock += 10 * SECOND + random_time(&w->extra, 100 * SECOND);
	uint32_t tenure = world_choose(w, TRUTH_PROFILES);
	if (tenure != TRUTH_NONE)
		world_delete(w, tenure, TRUTH_BY_DELETION);
}

void oddacts_one(struct world *w)
{
	static const unsigned weights[] = { 25, 30, 15, 30 };

	switch (random_pick(&w->extra, weights, 4)) {
	case 0:
		upgrade(w);
		return;
	case 1:
		set_aside(w, true);
		return;
	case 2:
		set_aside(w, false);
		return;
	default:
		use_panel(w);
		return;
	}
}
