/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The places above recovered keys: live keys on their paths, parents that only
 * another state of the hive knows, and nameless ones for parents that are lost.
 * Each is there once, whatever leads to it.  An offset that no cell can have names no
 * parent: what two keys have of that kind does not make them children of one.
 *
 * Before, steps become paths.  A path is as sure as its weakest step; one that leads back
 * into itself, or deeper than keys can be, is cut.  What stands only in pages of a log, or
 * in bytes that no map tells of, is possible at most.
 */
#include "regf/recover/placeholder.h"

#include "base/array.h"
#include "regf/record.h"

#include <stdlib.h>

/* ---- from steps to paths ---- */

static void lose_parent(struct deleted_key *key)
{
	key->parent_is = PARENT_LOST;
	key->certainty = RECOVERED_PARTIAL;
}

/* Levels below the root, or below a lost parent; too many cut the path. */
static void set_depth(const struct deleted_key *keys, struct deleted_key *key)
{
	if (key->parent_is == PARENT_RECOVERED &&
	    keys[key->above].depth >= RECORD_MAX_DEPTH)
		lose_parent(key);
	if (key->parent_is == PARENT_RECOVERED)
		key->depth = (uint16_t)(keys[key->above].depth + 1);
	else if (key->parent_is == PARENT_LOST)
		key->depth = 1;
	else
		key->depth = (uint16_t)(key->parent_key->depth + 1);
}

/* Keys whose parents are followed upwards, from one to the first that is settled. */
struct chain {
	uint8_t *state; /* of each key */
	uint32_t keys[RECORD_MAX_DEPTH + 1];
	uint32_t length;
};

enum { CHAIN_UNSEEN, CHAIN_OPEN, CHAIN_DONE };

/* A chain that leads back into itself, or deeper than keys can be, is cut. */
static void follow(struct chain *chain, struct deleted_key *keys, uint32_t at)
{
	chain->length = 0;
	while (chain->state[at] == CHAIN_UNSEEN) {
		chain->state[at] = CHAIN_OPEN;
		chain->keys[chain->length++] = at;
		if (keys[at].parent_is != PARENT_RECOVERED)
			return;
		if (chain->state[keys[at].above] == CHAIN_OPEN ||
		    chain->length > RECORD_MAX_DEPTH) {
			lose_parent(&keys[at]);
			return;
		}
		at = keys[at].above;
	}
}

/* From the top down: no path is more certain than the one above it. */
static void settle(struct chain *chain, struct deleted_key *keys)
{
	while (chain->length > 0) {
		uint32_t number = chain->keys[--chain->length];
		struct deleted_key *key = &keys[number];
		set_depth(keys, key);
		if ((key->origin == RECOVERED_LOG || key->origin == RECOVERED_UNMAPPED) &&
		    key->certainty < RECOVERED_POSSIBLE)
			key->certainty = RECOVERED_POSSIBLE;
		if (key->parent_is == PARENT_RECOVERED) {
			struct deleted_key *above = &keys[key->above];
			if (above->certainty > key->certainty)
				key->certainty = above->certainty;
			above->had_subkeys = true;
		}
		chain->state[number] = CHAIN_DONE;
	}
}

enum status placeholder_join_steps(struct search *search)
{
	struct chain chain = { .state = calloc(search->keys.n + 1, 1) };

	if (!chain.state)
		return STATUS_NOMEM;
	for (uint32_t i = 0; i < search->keys.n; i++) {
		follow(&chain, search->keys.items, i);
		settle(&chain, search->keys.items);
	}
	free(chain.state);
	return STATUS_OK;
}

/* ---- what stands above ---- */

/* Above all offsets: what stands for the parent of a key whose record names no cell. */
#define NO_CELL (UINT64_C(1) << 32)

static size_t slot_of(const struct placeholders *places, uint64_t what)
{
	size_t at = (size_t)(what * UINT64_C(0x9e3779b97f4a7c15) >> 20) &
		    (places->n_slots - 1);

	while (places->slots[at].what && places->slots[at].what != what)
		at = (at + 1) & (places->n_slots - 1);
	return at;
}

static enum status grow_slots(struct placeholders *places)
{
	struct placeholder_slot *old = places->slots;
	size_t n_old = places->n_slots;

	if (places->n_used * 2 < places->n_slots)
		return STATUS_OK;
	places->n_slots = n_old ? 2 * n_old : 256;
	places->slots = calloc(places->n_slots, sizeof(*places->slots));
	if (!places->slots) {
		places->slots = old;
		places->n_slots = n_old;
		return STATUS_NOMEM;
	}
	for (size_t i = 0; i < n_old; i++)
		if (old[i].what)
			places->slots[slot_of(places, old[i].what)] = old[i];
	free(old);
	return STATUS_OK;
}

static enum status add_node(struct placeholders *places, struct placeholder_node node,
			    uint32_t *number)
{
	RETURN_IF_FAILED(ARRAY_RESERVE(&places->nodes, UINT32_MAX - 1));
	*number = (uint32_t)places->nodes.n;
	places->nodes.items[places->nodes.n++] = node;
	return STATUS_OK;
}

/* The node that stands for `what`; *is_new if it was not there before. */
static enum status add_placeholder(struct placeholders *places, uint64_t what,
				   struct placeholder_node node, uint32_t *number)
{
	RETURN_IF_FAILED(grow_slots(places));
	struct placeholder_slot *slot = &places->slots[slot_of(places, what)];
	if (slot->what) {
		*number = slot->node;
		return STATUS_OK;
	}
	RETURN_IF_FAILED(add_node(places, node, number));
	*slot = (struct placeholder_slot){ what, *number };
	places->n_used++;
	return STATUS_OK;
}

/* True and the node if there is one for that key already. */
bool placeholder_find(const struct placeholders *places, const struct key *key,
		      uint32_t *number)
{
	if (places->n_slots == 0)
		return false;
	const struct placeholder_slot *slot =
		&places->slots[slot_of(places, (uintptr_t)key)];
	*number = slot->node;
	return slot->what != 0;
}

/* Live keys nest no deeper than the reader goes, so neither does this. */
static enum status node_of_live(struct placeholders *places, const struct key *key,
				uint32_t *number)
{
	uint32_t parent = PLACEHOLDER_ROOT;

	*number = PLACEHOLDER_ROOT;
	if (!key->parent || placeholder_find(places, key, number))
		return STATUS_OK;
	RETURN_IF_FAILED(node_of_live(places, key->parent, &parent));
	return add_placeholder(
		places, (uintptr_t)key,
		(struct placeholder_node){ .parent = parent, .other = key, .live = true },
		number);
}

/*
 * The place of a key that another state of the hive knows: the recovered key
 * or the live one that it is here, else a placeholder of its name.
 */
static enum status node_of_witness(struct placeholders *places, const struct key *key,
				   uint32_t *number)
{
	const struct deleted_key *deleted =
		search_key_at(places->search, search_rel(places->search, key));
	uint32_t parent = PLACEHOLDER_ROOT;

	*number = PLACEHOLDER_ROOT;
	if (!key->parent || placeholder_find(places, key, number))
		return STATUS_OK;
	if (deleted && deleted->witness == key) {
		*number = PLACEHOLDER_FIRST +
			  (uint32_t)(deleted - places->search->keys.items);
		return STATUS_OK;
	}
	RETURN_IF_FAILED(node_of_witness(places, key->parent, &parent));
	const struct placeholder_node *above = &places->nodes.items[parent];
	const struct key *live = above->live && above->other
					 ? key_child(above->other, key_name(key))
					 : NULL;
	/* Another cell: a key that was made anew under the old name. */
	if (live && live->record_off == key->record_off)
		return node_of_live(places, live, number);
	return add_placeholder(
		places, (uintptr_t)key,
		(struct placeholder_node){ .parent = parent, .other = key }, number);
}

static enum status place_key(struct placeholders *places, uint32_t i)
{
	const struct deleted_key *key = &places->search->keys.items[i];
	uint32_t parent = PLACEHOLDER_ADRIFT;
	bool is_cell = key->parent > 0 && key->parent % CELLMAP_UNIT == 0;

	switch ((enum parent_kind)key->parent_is) {
	case PARENT_LIVE:
		RETURN_IF_FAILED(node_of_live(places, key->parent_key, &parent));
		break;
	case PARENT_RECOVERED:
		parent = PLACEHOLDER_FIRST + key->above;
		break;
	case PARENT_WITNESS:
		RETURN_IF_FAILED(node_of_witness(places, key->parent_key, &parent));
		break;
	case PARENT_LOST:
		/* Pointers are even, so these are none. */
		RETURN_IF_FAILED(add_placeholder(
			places, (is_cell ? key->parent : NO_CELL + i) << 1 | 1,
			(struct placeholder_node){ .parent = PLACEHOLDER_ADRIFT,
						   .lost_rel = is_cell ? key->parent
								       : IMAGE_NIL },
			&parent));
		break;
	}
	places->nodes.items[PLACEHOLDER_FIRST + i].parent = parent;
	return STATUS_OK;
}

enum status placeholder_make_all(struct placeholders *places)
{
	const struct search *search = places->search;
	const struct key *root = search->source->keys ? search->source->keys->root : NULL;
	uint32_t number = 0;

	RETURN_IF_FAILED(add_node(places,
				  (struct placeholder_node){ .parent = PLACEHOLDER_ROOT,
							     .other = root,
							     .live = root },
				  &number));
	RETURN_IF_FAILED(add_node(
		places, (struct placeholder_node){ .parent = PLACEHOLDER_ADRIFT },
		&number));
	for (size_t i = 0; i < search->keys.n; i++)
		RETURN_IF_FAILED(
			add_node(places, (struct placeholder_node){ 0 }, &number));
	for (uint32_t i = 0; i < search->keys.n; i++)
		RETURN_IF_FAILED(place_key(places, i));
	for (size_t i = 0; i < search->values.n; i++)
		if (search->values.items[i].owner_live)
			RETURN_IF_FAILED(node_of_live(
				places, search->values.items[i].owner_live, &number));
	return STATUS_OK;
}

void placeholder_clear(struct placeholders *places)
{
	free(places->nodes.items);
	free(places->slots);
	*places = (struct placeholders){ 0 };
}
