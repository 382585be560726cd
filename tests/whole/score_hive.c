/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Random hives: a user's hive grows, then several rounds of deletions follow,
 * and in half of them writes after each round that use freed cells again.  As
 * in a real system time never stands still: every operation has a FILETIME of
 * its own, and setting a value stamps its key.
 */
#include "help/unit.h"

#include "whole/score.h"

#include "samples/desktop.h"
#include "samples/mailuser.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LIST MAPI_WMS "\\Profiles"

uint64_t score_random(uint64_t *state)
{
	uint64_t z = *state += 0x9E3779B97F4A7C15;

	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
	return z ^ (z >> 31);
}

uint32_t score_below(uint64_t *state, uint32_t n)
{
	return (uint32_t)((score_random(state) >> 32) * n >> 32);
}

bool score_chance(uint64_t *state, uint32_t percent)
{
	return score_below(state, 100) < percent;
}

static uint32_t below(struct score_hive *hive, uint32_t n)
{
	return score_below(&hive->random, n);
}

static bool chance(struct score_hive *hive, uint32_t percent)
{
	return score_chance(&hive->random, percent);
}

/* The time of the next operation, up to twenty minutes later. */
static uint64_t tick(struct score_hive *hive)
{
	return hive->clock += 1 + score_random(&hive->random) % 12000000000;
}

/* ---- names ---- */

enum { NAME_MAX_LEN = 512 }; /* three bytes for each unit of the longest */

static const char *const words[] = {
	"Settings",
	"Recent File List",
	"Toolbars",
	"x",
	"Größe",
	"Ελλάδα",
	"Настройки",
	"Printers",
	"Identities",
	"User Shell Folders",
	"Übung",
	"1",
	"MRUList",
	"Internet Settings",
	"{2EC6F76E-0B5C-4AAE-9E1C-6A6F3B0D0A11}",
};

static void random_digits(struct score_hive *hive, char *out, size_t n)
{
	const char *digits = chance(hive, 80) ? "0123456789abcdef" : "0123456789ABCDEF";

	for (size_t i = 0; i < n; i++)
		out[i] = digits[below(hive, 16)];
	out[n] = '\0';
}

static void random_name(struct score_hive *hive, char *out)
{
	const char *word = words[below(hive, sizeof(words) / sizeof(words[0]))];

	if (chance(hive, 30))
		(void)snprintf(out, NAME_MAX_LEN, "%s", word);
	else
		(void)snprintf(out, NAME_MAX_LEN, "%s %u", word, below(hive, 1000));
}

static void random_value_name(struct score_hive *hive, char *out)
{
	uint32_t kind = below(hive, 100);

	if (kind < 6)
		*out = '\0';
	else if (kind < 40)
		random_digits(hive, out, 8);
	else if (kind < 44)
		(void)snprintf(out, NAME_MAX_LEN,
			       "C:\\Program Files\\Common Files\\System\\MSMAPI\\1033\\"
			       "a rather long name of a file, number %u.dll",
			       below(hive, 1000));
	else
		random_name(hive, out);
}

/* ---- data ---- */

enum { DATA_MAX_LEN = 40000 };

static size_t random_len(struct score_hive *hive)
{
	uint32_t kind = below(hive, 1000);

	if (kind < 250)
		return below(hive, 5); /* in the record itself */
	if (kind < 850)
		return 5 + below(hive, 60);
	if (kind < 980)
		return 65 + below(hive, 600);
	if (kind < 997)
		return 665 + below(hive, 4000);
	return 16000 + below(hive, DATA_MAX_LEN - 16000);
}

/* Bytes that could be taken for something else: records, lists, text. */
static void random_data(struct score_hive *hive, uint8_t *data, size_t len)
{
	uint32_t kind = below(hive, 100);

	for (size_t i = 0; i < len; i++)
		data[i] = (uint8_t)below(hive, 256);
	if (kind < 30 && len > 1)
		for (size_t i = 0; i < len; i++)
			data[i] = i % 2 ? 0 : (uint8_t)(i + 2 < len ? 'a' + i % 26 : 0);
	else if (kind < 35)
		memset(data, 0, len);
	else if (kind < 38)
		memset(data, 0xFF, len);
	else if (kind < 43)
		memcpy(data, kind < 40 ? "nk\x20" : "vk\x08", len < 4 ? len : 4);
	else if (kind < 48)
		for (size_t i = 0; i + 4 <= len; i += 4) {
			uint32_t rel = 0x20 + 8 * below(hive, 4000);

			for (size_t k = 0; k < 4; k++)
				data[i + k] = (uint8_t)(rel >> (8 * k));
		}
}

static void set_value(struct score_hive *hive, uint32_t key, const char *name)
{
	static const uint32_t types[] = { 1, 1, 1, 3, 3, 3, 4, 2, 7, 11, 0, 0xFFFF0012 };
	static uint8_t data[DATA_MAX_LEN];
	uint32_t type = types[below(hive, sizeof(types) / sizeof(types[0]))];
	size_t len = type == BUILDER_DWORD   ? 4
		     : type == BUILDER_QWORD ? 8
					     : random_len(hive);

	random_data(hive, data, len);
	builder_value_set(hive->b, key, name, type, data, len);
	builder_key_touch(hive->b, key, tick(hive));
}

static void add_values(struct score_hive *hive, uint32_t key, uint32_t most)
{
	char name[NAME_MAX_LEN];

	for (uint32_t n = below(hive, most + 1); n > 0; n--) {
		random_value_name(hive, name);
		set_value(hive, key, name);
	}
}

/* ---- writing ---- */

static void add_tree(struct score_hive *hive, uint32_t parent, uint32_t depth)
{
	char name[NAME_MAX_LEN];

	random_name(hive, name);
	uint32_t key = builder_key_add(hive->b, parent, name, tick(hive));
	add_values(hive, key, chance(hive, 90) ? 6 : 40);
	if (chance(hive, 5))
		builder_key_class(hive->b, key, "Class");
	if (chance(hive, 3))
		builder_key_security(hive->b, key, "S-1-5-21-1-2-3-1001");
	for (uint32_t n = below(hive, depth + 1); n > 0; n--)
		add_tree(hive, key, depth - 1);
}

/* A profile of some sections, with what only its form has in common with real ones. */
static void add_form(struct score_hive *hive, uint32_t profiles, const char *name)
{
	uint32_t profile = builder_key_add(hive->b, profiles, name, tick(hive));
	char digits[33];

	for (uint32_t n = 1 + below(hive, 7); n > 0; n--) {
		random_digits(hive, digits, 32);
		uint32_t section = builder_key_add(hive->b, profile, digits, tick(hive));
		for (uint32_t k = below(hive, 12); k > 0; k--) {
			random_digits(hive, digits, 8);
			set_value(hive, section, digits);
		}
	}
}

/* A profile as Exchange 2000 or Outlook leaves it. */
static void add_whole(struct score_hive *hive, uint32_t profiles, const char *name)
{
	static const struct mapi_mailbox mailbox = {
		.server = "EXCH01",
		.domain = "example.com",
		.organization = "Example",
		.site = "First Administrative Group",
		.user = "service",
		.display = "Service",
		.public_store = true,
	};
	static const struct mapi_pop3 account = { "user@example.com", "A. User",
						  "user@example.com",
						  "mail.example.com" };
	struct score_rels keys = { 0 };
	uint32_t kind = below(hive, 3);
	struct mapi_profile p = mapi_profile_new(hive->b, profiles, name,
						 kind ? MAPI_UNICODE_32 : MAPI_ANSI_32,
						 tick(hive), score_random(&hive->random));

	if (kind == 0)
		mapi_exchange2000(&p, &mailbox);
	else if (kind == 1)
		mailuser_pop3(&p, &account, "C:\\mail\\user@example.com.pst");
	else
		mailuser_exchange(&p, "auser", "A. User", "C:\\mail\\auser.ost");
	mailuser_client(&p);
	score_subtree(hive->b, p.key, &keys);
	for (size_t i = 0; i < keys.n; i++)
		builder_key_touch(hive->b, keys.items[i], tick(hive));
	free(keys.items);
}

static void add_profile(struct score_hive *hive)
{
	uint32_t profiles = builder_path(hive->b, LIST, tick(hive));
	char name[NAME_MAX_LEN];

	if (chance(hive, 30))
		(void)snprintf(name, sizeof(name), "Outlook");
	else if (chance(hive, 30))
		mapi_generated_name(name, sizeof(name), "Profile", below(hive, 9999),
				    hive->clock);
	else
		random_name(hive, name);
	if (builder_key_find(hive->b, profiles, name) != BUILDER_NO_KEY)
		return;
	if (chance(hive, 35))
		add_whole(hive, profiles, name);
	else
		add_form(hive, profiles, name);
}

/* Any live key but the root, `BUILDER_NO_KEY` if there is no other. */
static uint32_t any_key(struct score_hive *hive, uint32_t top)
{
	struct score_rels keys = { 0 };

	score_subtree(hive->b, top, &keys);
	uint32_t key = keys.n > 1 ? keys.items[1 + below(hive, (uint32_t)keys.n - 1)]
				  : BUILDER_NO_KEY;
	free(keys.items);
	return key;
}

/* A live value of the key by its place.  Return: false if it has none. */
static bool any_value(struct score_hive *hive, uint32_t key, uint32_t *slot, char *name)
{
	struct score_truth now;

	score_truth_init(&now);
	score_truth_note_key(&now, hive->b, key);
	uint32_t n = (uint32_t)now.values.n;
	*slot = n ? below(hive, n) : 0;
	*name = '\0';
	if (n)
		score_utf8(now.values.items[*slot].name, name);
	score_truth_clear(&now);
	return n > 0;
}

static void write_something(struct score_hive *hive)
{
	uint32_t kind = below(hive, 100), slot,
		 key = any_key(hive, builder_root(hive->b));
	char name[NAME_MAX_LEN];

	if (kind < 25 || key == BUILDER_NO_KEY)
		add_profile(hive);
	else if (kind < 50)
		add_tree(hive, key, 2);
	else if (kind < 75)
		add_values(hive, key, 3);
	else if (kind < 95 && any_value(hive, key, &slot, name))
		set_value(hive, key, name);
	else
		builder_key_touch(hive->b, key, tick(hive));
}

/* ---- deleting ---- */

static void delete_key(struct score_hive *hive, uint32_t key)
{
	score_truth_delete(&hive->truth, hive->b, key, tick(hive));
}

static void delete_value(struct score_hive *hive, uint32_t key)
{
	char name[NAME_MAX_LEN];
	uint32_t slot;

	if (!any_value(hive, key, &slot, name))
		return;
	score_truth_delete_value(&hive->truth, hive->b, key, slot);
	builder_key_touch(hive->b, key, tick(hive));
}

static uint32_t any_child(struct score_hive *hive, uint32_t parent)
{
	struct score_rels keys = { 0 };

	score_children(hive->b, parent, &keys);
	uint32_t key =
		keys.n ? keys.items[below(hive, (uint32_t)keys.n)] : BUILDER_NO_KEY;
	free(keys.items);
	return key;
}

static void delete_something(struct score_hive *hive)
{
	uint32_t root = builder_root(hive->b);
	uint32_t list = builder_key_find(hive->b, root, LIST), kind = below(hive, 100);
	uint32_t profile =
		list != BUILDER_NO_KEY ? any_child(hive, list) : BUILDER_NO_KEY;
	uint32_t key = any_key(hive, root);

	if (key == BUILDER_NO_KEY)
		return;
	if (kind < 35 && profile != BUILDER_NO_KEY)
		delete_key(hive, profile);
	else if (kind < 55 && profile != BUILDER_NO_KEY && hive->reuse) {
		/* MAPI renames by a copy and a deletion. */
		char name[NAME_MAX_LEN];

		random_name(hive, name);
		if (builder_key_find(hive->b, list, name) == BUILDER_NO_KEY) {
			builder_key_copy(hive->b, profile, list, name, tick(hive));
			delete_key(hive, profile);
		}
	} else if (kind < 70)
		delete_value(hive, key);
	else
		delete_key(hive, key);
}

/* ---- the whole ---- */

static void grow(struct score_hive *hive)
{
	uint32_t trees = 1 + below(hive, 5), profiles = below(hive, 7);

	if (chance(hive, 60))
		desktop_fill(hive->b, "C:\\Documents and Settings\\user", tick(hive));
	for (uint32_t i = 0; i < trees; i++)
		add_tree(hive, builder_root(hive->b), 3);
	for (uint32_t i = 0; i < profiles; i++)
		add_profile(hive);
	for (uint32_t i = below(hive, 10); i > 0; i--)
		write_something(hive);
}

static void play(struct score_hive *hive)
{
	uint32_t rounds = 1 + below(hive, 4);

	for (uint32_t round = 0; round < rounds; round++) {
		if (round + 1 == rounds) {
			builder_stamp(hive->b, hive->clock, 2 * round + 1);
			hive->earlier = builder_clone(hive->b);
			hive->n_keys_earlier = hive->truth.keys.n;
		}
		for (uint32_t i = 1 + below(hive, 8); i > 0; i--) {
			if (hive->upgraded && chance(hive, 20))
				builder_upgrade(hive->b);
			builder_finish(hive->b);
			delete_something(hive);
		}
		if (!hive->reuse || chance(hive, round + 1 == rounds ? 50 : 10))
			continue;
		if (chance(hive, 10))
			builder_trim(hive->b);
		for (uint32_t i = below(hive, 12); i > 0; i--)
			write_something(hive);
	}
}

void score_hive_make(struct score_hive *hive, uint64_t seed)
{
	*hive = (struct score_hive){ .seed = seed, .random = seed };
	score_truth_init(&hive->truth);
	hive->windows_2000 = seed & SCORE_WINDOWS_2000;
	hive->reuse = seed & SCORE_REUSE;
	hive->upgraded = seed & SCORE_UPGRADED;
	hive->clock = builder_filetime(2001, 3, 5, 8, 0, 0);
	hive->minor = hive->windows_2000 || chance(hive, 50) ? 3 : 5;
	hive->b = builder_new(&(struct builder_options){
		.minor = hive->minor,
		.windows_2000 = hive->windows_2000,
		.file_step = chance(hive, 50) ? 0x4000 : 0,
		.user_sid = chance(hive, 50) ? "S-1-5-21-1-2-3-1000" : NULL,
		.last_written = hive->clock,
		.sequence = 1,
	});
	grow(hive);
	play(hive);
	builder_stamp(hive->b, hive->clock, 99);
	builder_finish(hive->earlier);
	builder_finish(hive->b);
	score_truth_sort(&hive->truth);
}

void score_hive_clear(struct score_hive *hive)
{
	builder_free(hive->b);
	builder_free(hive->earlier);
	score_truth_clear(&hive->truth);
	*hive = (struct score_hive){ 0 };
}
