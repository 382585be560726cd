/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Hotfixes and rollups that a SOFTWARE hive tells.  Three places:
 *
 *   Windows NT\CurrentVersion\Hotfix\Q246009      article 180002 of the knowledge
 *       base: the program that installed hotfixes of Exchange 4.0 to 5.5 wrote
 *       here too; and Windows up to XP and 2003
 *   Updates\<product>\SP<n>\<article>             public checks know
 *       "Exchange Server 2000\SP3\Q320436" and "Exchange Server 2003\SP3\KB907747";
 *       some products have no key SP<n>
 *   Windows\CurrentVersion\Uninstall\<program>    the article stands in the name
 *       or in DisplayName
 *
 * Where exactly rollup 824282 and hotfix 817375 write is not confirmed; either
 * form of the second would be found.
 */
#include "machine/machinehotfix.h"

#include "machine/machinehive.h"

#include <stdlib.h>

/* Digits of an article's number. */
#define ARTICLE_MIN 6
#define ARTICLE_MAX 7

/* ---- the article in a name ---- */

/* A number of 6 or 7 digits at `at` that ends there; 0 if there is none. */
static uint32_t number_at(struct text name, size_t at)
{
	uint32_t number = 0;
	size_t n = 0;

	for (; n <= ARTICLE_MAX; n++) {
		uint16_t unit = text_unit(name, at + n);
		if (unit < '0' || unit > '9')
			break;
		number = 10 * number + (uint32_t)(unit - '0');
	}
	return n >= ARTICLE_MIN && n <= ARTICLE_MAX ? number : 0;
}

static bool is_word_unit(uint16_t unit)
{
	unit = text_upcase(unit);
	return (unit >= 'A' && unit <= 'Z') || (unit >= '0' && unit <= '9');
}

/* The first Q or KB at the beginning of a word with a number behind it; 0: none. */
static uint32_t article_in(struct text name)
{
	for (size_t i = 0; i < text_length(name); i++) {
		uint32_t number = 0;
		if (i > 0 && is_word_unit(text_unit(name, i - 1)))
			continue;
		if (text_is(text_slice(name, i, 1), "Q"))
			number = number_at(name, i + 1);
		else if (text_is(text_slice(name, i, 2), "KB"))
			number = number_at(name, i + 2);
		if (number)
			return number;
	}
	return 0;
}

/* A name that is nothing but such a number. */
static uint32_t bare_article(struct text name)
{
	uint16_t last = text_unit(name, text_length(name) - 1);

	if (text_length(name) > ARTICLE_MAX || last < '0' || last > '9')
		return 0;
	return number_at(name, 0);
}

/* ---- rows ---- */

/* Where rows are added to, and what is said of those of a product. */
struct place {
	struct machine_hotfixes *out;
	struct diag_list *diags;
	const struct key *list;
	bool exchange;
	bool full;
};

static enum status add(struct place *place, const struct key *key, struct text name,
		       uint32_t article)
{
	struct machine_hotfixes *out = place->out;
	void *items = out->items;
	uint32_t installed = 1;

	/* Written by what installs hotfixes of Windows; 0 would say that it is not. */
	if (place->full ||
	    (machinehive_number(key, "Installed", &installed) && !installed))
		return STATUS_OK;
	enum status status =
		machinehive_room(place->diags, place->list, &items, out->n, &out->cap,
				 sizeof(*out->items), &place->full);
	out->items = items;
	if (status != STATUS_OK || place->full)
		return status;
	out->items[out->n++] = (struct machine_hotfix){
		.key = key,
		.name = name,
		.article = article,
		.installed_ft = key->mtime_ft,
		.exchange = place->exchange || text_has(name, "Exchange"),
	};
	return STATUS_OK;
}

/* ---- the three places ---- */

/* A key of a service pack: "SP4". */
static bool is_service_pack(struct text name)
{
	uint16_t digit = text_unit(name, 2);

	return text_starts_with(name, "SP") && text_length(name) == 3 && digit >= '0' &&
	       digit <= '9';
}

/* What stands below a product or one of its groups; of the latter, by number only. */
static enum status add_updates(struct place *place, const struct key *group, bool all)
{
	for (uint32_t i = 0; i < group->n_children; i++) {
		const struct key *key = &group->children[i];
		struct text name = key_name(key);
		uint32_t article = article_in(name);
		if (!article && place->exchange)
			article = bare_article(name);
		if (article || all)
			RETURN_IF_FAILED(add(place, key, name, article));
	}
	return STATUS_OK;
}

static enum status add_product(struct place *place, const struct key *product)
{
	place->exchange = text_has(key_name(product), "Exchange");
	RETURN_IF_FAILED(add_updates(place, product, false));
	for (uint32_t i = 0; i < product->n_children; i++) {
		const struct key *group = &product->children[i];
		if (!article_in(key_name(group)) && !bare_article(key_name(group)))
			RETURN_IF_FAILED(add_updates(place, group,
						     is_service_pack(key_name(group))));
	}
	return STATUS_OK;
}

static enum status add_programs(const struct key *list, struct diag_list *diags,
				struct machine_hotfixes *out)
{
	struct place place = { .out = out, .diags = diags, .list = list };

	for (uint32_t i = 0; list && i < list->n_children; i++) {
		const struct key *key = &list->children[i];
		struct text display = machinehive_text(key, "DisplayName");
		uint32_t article = article_in(display);
		struct text name = article ? display : key_name(key);
		if (!article)
			article = article_in(name);
		place.exchange = text_has(display, "Exchange");
		if (article)
			RETURN_IF_FAILED(add(&place, key, name, article));
	}
	return STATUS_OK;
}

enum status machinehotfix_read(const struct key *microsoft, const struct key *wow,
			       struct diag_list *diags, struct machine_hotfixes *out)
{
	struct place updates = { .out = out, .diags = diags }, hotfix = updates;

	updates.list = key_child(microsoft, text_of("Updates"));
	for (uint32_t i = 0; updates.list && i < updates.list->n_children; i++)
		RETURN_IF_FAILED(add_product(&updates, &updates.list->children[i]));
	hotfix.list = key_at(microsoft, "Windows NT\\CurrentVersion\\Hotfix");
	for (uint32_t i = 0; hotfix.list && i < hotfix.list->n_children; i++) {
		const struct key *key = &hotfix.list->children[i];
		RETURN_IF_FAILED(
			add(&hotfix, key, key_name(key), article_in(key_name(key))));
	}
	RETURN_IF_FAILED(add_programs(
		key_at(microsoft, "Windows\\CurrentVersion\\Uninstall"), diags, out));
	return wow ? add_programs(key_at(wow, "Windows\\CurrentVersion\\Uninstall"),
				  diags, out)
		   : STATUS_OK;
}

void machinehotfix_clear(struct machine_hotfixes *hotfixes)
{
	free(hotfixes->items);
	*hotfixes = (struct machine_hotfixes){ 0 };
}

/* ---- looking one up ---- */

const struct machine_hotfix *machinehotfix_of(const struct machine_hotfixes *hotfixes,
					      uint32_t article)
{
	for (size_t i = 0; article && i < hotfixes->n; i++)
		if (hotfixes->items[i].article == article)
			return &hotfixes->items[i];
	return NULL;
}

/* ---- what brings the fix ---- */

uint32_t machinehotfix_mapi32_fix(size_t i)
{
	static const uint32_t fixes[MACHINEHOTFIX_MAPI32_FIXES] = { 817375, 824282,
								    870540 };

	return fixes[i];
}

bool machinehotfix_is_mapi32_fix(uint32_t article)
{
	for (size_t i = 0; i < MACHINEHOTFIX_MAPI32_FIXES; i++)
		if (machinehotfix_mapi32_fix(i) == article)
			return true;
	return false;
}
