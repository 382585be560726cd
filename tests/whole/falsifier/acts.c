// SPDX-License-Identifier: GPL-2.0-or-later
/* What Windows, Outlook and people do every day, to profiles and to keys near by. */
#include "whole/falsifier/acts.h"

#include "samples/mailuser.h"
#include "samples/mapi.h"
#include "whole/falsifier/world.h"

#include <stdio.h>
#include <string.h>

enum { TEXT = 128, MAX_DATA = 900, PROFILES_MAX = 12 };

static const char *const names[] = {
	"Outlook", "Work", "Private", "MS Exchange Settings", "Archive", "Sales", "Team",
};

bool acts_is_free(const struct world *w, enum truth_list list, const char *name)
{
	builder_key key =
		builder_key_find(w->b, builder_root(w->b), truth_list_path(list));

	return key == BUILDER_NO_KEY ||
	       builder_key_find(w->b, key, name) == BUILDER_NO_KEY;
}

/* A name that is free in a list: one of a few, so that names come back. */
static void choose_name(struct world *w, enum truth_list list, char *name, size_t size)
{
	if (random_chance(&w->random, 15)) {
		mapi_generated_name(name, size, "Fax Gateway",
				    (uint32_t)random_below(&w->random, 4000) & ~3u,
				    w->clock);
		return;
	}
	snprintf(name, size, "%s",
		 names[random_below(&w->random, sizeof(names) / sizeof(names[0]))]);
	for (unsigned i = 2; !acts_is_free(w, list, name); i++)
		snprintf(name, size, "Profile %u", i);
}

static enum truth_list choose_list(struct world *w)
{
	if (w->plain || random_chance(&w->random, 75))
		return TRUTH_PROFILES;
	return random_chance(&w->random, 50) ? TRUTH_OFFICE : TRUTH_DELETED;
}

static void fill(struct world *w, struct mapi_profile *p)
{
	char path[TEXT];

	snprintf(path, sizeof(path), "C:\\Users\\mkeller\\file %u.pst",
		 (unsigned)random_below(&w->random, 1000));
	switch (random_below(&w->random, 8)) {
	case 0:
		mapi_exchange2000(p, &(struct mapi_mailbox){
					     .server = "EXCH01",
					     .domain = "example.com",
					     .organization = "Example",
					     .site = "First",
					     .user = "mkeller",
					     .display = "Martina Keller",
					     .config_flags = 1,
				     });
		break;
	case 1:
		mailuser_pop3(p,
			      &(struct mapi_pop3){ "Mail", "Martina Keller",
						   "mkeller@example.com", "mail" },
			      path);
		break;
	case 2:
		mailuser_exchange(p, "mkeller", "Martina Keller", path);
		break;
	default:
		mapi_pst_add(p, "Folders", path, true);
		break;
	}
	if (random_chance(&w->random, 85))
		mapi_instance(p);
}

void acts_create_as(struct world *w, enum truth_list list, const char *name)
{
	struct mapi_profile p =
		mapi_profile_new(w->b, world_list(w, list), name,
				 w->options.minor == 3 ? MAPI_ANSI_32 : MAPI_UNICODE_64,
				 w->clock, random_next(&w->random));
	uint32_t tenure = world_begin(w, list, name);
	if (!w->plain && random_chance(&w->random, 10))
		world_record(w, false); /* nothing in it yet */
	world_tick(w);
	p.filetime = w->clock;
	fill(w, &p);
	/* The recipe stamps all with one time; the last section came then. */
	builder_key_touch(w->b, world_key(w, tenure), w->clock);
	world_record(w, false);
}

void acts_create(struct world *w)
{
	enum truth_list list = choose_list(w);
	char name[TRUTH_NAME];

	if (w->n_alive >= PROFILES_MAX)
		return;
	choose_name(w, list, name, sizeof(name));
	acts_create_as(w, list, name);
}

/* Return: a section of the profile at random, or BUILDER_NO_KEY; its path is told. */
static builder_key choose_section(struct world *w, uint32_t tenure)
{
	const struct walk *walk = world_walk(w);
	const struct truth_tenure *x = &w->truth->tenures[tenure];
	builder_key fit[64];
	char path[512];
	size_t n = 0;

	snprintf(path, sizeof(path), "%s\\%s", truth_list_path(x->list), x->name);
	const struct walk_key *profile = walk_find(walk, path);
	for (size_t i = 0; i < walk->n_keys && n < 64; i++)
		if (&walk->keys[i] != profile &&
		    &walk->keys[walk->keys[i].parent] == profile)
			fit[n++] = walk->keys[i].cell;
	return n == 0 ? BUILDER_NO_KEY : fit[random_below(&w->random, n)];
}

static void random_value(struct world *w, builder_key key, const char *name)
{
	uint8_t data[MAX_DATA];
	size_t len =
		random_below(&w->random, random_chance(&w->random, 20) ? MAX_DATA : 80);

	for (size_t i = 0; i < len; i++)
		data[i] = (uint8_t)random_next(&w->random);
	builder_value_set(w->b, key, name, BUILDER_BINARY, data, len);
}

static void write_profile(struct world *w)
{
	uint32_t tenure = world_choose(w, TRUTH_LISTS);
	char name[TEXT];

	if (tenure == TRUTH_NONE)
		return;
	builder_key section = choose_section(w, tenure);
	if (section == BUILDER_NO_KEY || random_chance(&w->random, 10)) {
		snprintf(name, sizeof(name), "%016llx%016llx",
			 (unsigned long long)random_next(&w->random),
			 (unsigned long long)random_next(&w->random));
		section = builder_key_add(w->b, world_key(w, tenure), name, w->clock);
		w->truth->tenures[tenure].has_emptied = false;
	}
	snprintf(name, sizeof(name), "0102%04x",
		 0x6600 + (unsigned)random_below(&w->random, 12));
	random_value(w, section, name);
	builder_key_touch(w->b, section, w->clock);
	world_record(w, false);
}

/* Takes a section or a value away from a profile that stays. */
static void shrink_profile(struct world *w)
{
	uint32_t tenure = world_choose(w, TRUTH_LISTS);

	if (tenure == TRUTH_NONE || builder_key_count(w->b, world_key(w, tenure)) < 2)
		return;
	builder_key section = choose_section(w, tenure);
	builder_key_delete(w->b, section, w->clock);
	world_record(w, false);
}

static void delete_profile(struct world *w, enum truth_list list)
{
	uint32_t tenure = world_choose(w, list);

	if (tenure == TRUTH_NONE)
		return;
	world_delete(w, tenure, TRUTH_BY_DELETION);
	/* Several at one instant, as a purge does. */
	while (!w->plain && random_chance(&w->random, 25) &&
	       (tenure = world_choose(w, list)) != TRUTH_NONE)
		world_delete(w, tenure, TRUTH_BY_DELETION);
}

static uint32_t copy_profile(struct world *w, uint32_t from, enum truth_list list,
			     const char *name)
{
	const struct truth_tenure *x = &w->truth->tenures[from];

	builder_key_copy(w->b, world_key(w, from), world_list(w, list), name, w->clock);
	uint32_t made = world_begin(w, list, name);
	w->truth->tenures[made].family = x->family;
	w->truth->tenures[made].copied_from = from;
	return made;
}

void acts_move(struct world *w, uint32_t from, enum truth_list to, const char *name,
	       enum truth_end end)
{
	struct truth_tenure *x = &w->truth->tenures[from];

	if (!acts_is_free(w, to, name))
		return;
	x->began = w->clock;
	uint32_t made = copy_profile(w, from, to, name);
	/* From here on it is the new key that is the profile; the old one is a shell. */
	w->truth->tenures[made].identity = x->identity;
	world_record(w, false);
	world_tick(w);
	world_delete(w, from, end);
}

static void move_profile(struct world *w, enum truth_list to, enum truth_end end)
{
	uint32_t from =
		world_choose(w, end == TRUTH_BY_RENAME ? TRUTH_LISTS : TRUTH_PROFILES);
	char name[TRUTH_NAME];

	if (from == TRUTH_NONE)
		return;
	struct truth_tenure *x = &w->truth->tenures[from];
	if (end == TRUTH_BY_RENAME) {
		to = x->list;
		choose_name(w, to, name, sizeof(name));
	} else {
		snprintf(name, sizeof(name), "%s", x->name);
	}
	acts_move(w, from, to, name, end);
}

static void make_copy(struct world *w)
{
	uint32_t from = world_choose(w, TRUTH_LISTS);
	char name[TRUTH_NAME];

	if (from == TRUTH_NONE || w->n_alive >= PROFILES_MAX)
		return;
	enum truth_list list = w->truth->tenures[from].list;
	choose_name(w, list, name, sizeof(name));
	if (!acts_is_free(w, list, name))
		return;
	uint32_t made = copy_profile(w, from, list, name);
	if (random_chance(&w->random, 60)) { /* an instance key of its own */
		struct mapi_profile p = {
			.b = w->b,
			.key = world_key(w, made),
			.filetime = w->clock,
			.seed = random_next(&w->random),
		};
		mapi_instance(&p);
		w->truth->tenures[made].copied_from = TRUTH_NONE;
	}
	world_record(w, false);
}

/* Keys of other programs come and go, and use cells again. */
static void foreign(struct world *w, bool away)
{
	char path[TEXT];

	snprintf(path, sizeof(path), "Software\\Vendor\\Product %u",
		 (unsigned)random_below(&w->random, 6));
	builder_key key = builder_key_find(w->b, builder_root(w->b), path);
	if (away && key != BUILDER_NO_KEY) {
		builder_key_delete(w->b, key, w->clock);
		world_record(w, true);
		return;
	}
	key = builder_path(w->b, path, w->clock);
	for (size_t i = 0, n = 1 + random_below(&w->random, 6); i < n; i++) {
		snprintf(path, sizeof(path), "Setting %u",
			 (unsigned)random_below(&w->random, 12));
		random_value(w, key, path);
		if (random_chance(&w->random, 40))
			builder_key_add(w->b, key, path, w->clock);
	}
	builder_key_touch(w->b, key, w->clock);
	world_record(w, false);
}

static void set_default(struct world *w)
{
	uint32_t tenure = world_choose(w, TRUTH_PROFILES);

	if (tenure == TRUTH_NONE)
		return;
	builder_key list = world_list(w, TRUTH_PROFILES);
	builder_value_string(w->b, list, "DefaultProfile",
			     w->truth->tenures[tenure].name);
	builder_key_touch(w->b, list, w->clock);
	world_record(w, false);
}

static void rename_profile(struct world *w)
{
	move_profile(w, TRUTH_PROFILES, TRUTH_BY_RENAME);
}

static void move_to_deleted(struct world *w)
{
	move_profile(w, TRUTH_DELETED, TRUTH_BY_MOVE);
}

static void delete_any(struct world *w)
{
	delete_profile(w, w->plain ? TRUTH_PROFILES : TRUTH_LISTS);
}

static void purge(struct world *w)
{
	delete_profile(w, TRUTH_DELETED);
}

static void foreign_come(struct world *w)
{
	foreign(w, false);
}

static void foreign_go(struct world *w)
{
	foreign(w, true);
}

/* Everything in a profile goes, and its key stays. */
static void empty_profile(struct world *w)
{
	uint32_t tenure = world_choose(w, TRUTH_LISTS);

	if (tenure != TRUTH_NONE)
		world_empty(w, tenure);
}

enum { EVERYDAY = 5 }; /* those of a plain history come first */

static const struct {
	void (*act)(struct world *w);
	unsigned weight;
} acts[] = {
	{ acts_create, 14 },  { write_profile, 12 },  { delete_any, 20 },
	{ foreign_come, 10 }, { set_default, 4 },     { rename_profile, 7 },
	{ make_copy, 5 },     { move_to_deleted, 7 }, { purge, 6 },
	{ foreign_go, 4 },    { shrink_profile, 4 },  { empty_profile, 2 },
	{ acts_backup, 4 },   { acts_restore, 4 },    { acts_reorganise, 2 },
	{ acts_offline, 3 },  { acts_clock, 3 },      { acts_drop_list, 1 },
};

enum { ACTS = sizeof(acts) / sizeof(acts[0]) };

void acts_one(struct world *w)
{
	unsigned weights[ACTS];

	acts_use(w);
	if (w->used && random_chance(&w->daily, 8)) {
		world_pause(w);
		acts_new_hive(w);
		return;
	}
	if (w->odd && random_chance(&w->extra, 20)) {
		world_pause(w);
		oddacts_one(w);
		return;
	}
	for (size_t i = 0; i < ACTS; i++)
		weights[i] = acts[i].weight;
	world_pause(w);
	acts[random_pick(&w->random, weights, w->plain ? EVERYDAY : ACTS)].act(w);
}
