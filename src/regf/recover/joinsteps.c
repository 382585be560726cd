/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From steps to paths.  A path is as sure as its weakest step; one that leads back into
 * itself, or deeper than keys can be, is cut.  What stands only in pages of a log, or in
 * bytes that no map tells of, is possible at most.
 */
#include "regf/recover/joinsteps.h"

#include "regf/record.h"

#include <stdlib.h>

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

enum status joinsteps_all(struct search *search)
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
