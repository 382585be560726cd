/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The places above recovered keys: live keys on their paths, parents that only
 * another state of the hive knows, and nameless ones for parents that are lost.
 * Each is there once, whatever leads to it.
 */
#include "regf/recover/placeholder.h"

#include "base/array.h"

#include <stdlib.h>

static size_t slot_of(const struct placeholders *kin, uint64_t what)
{
	size_t at =
		(size_t)(what * UINT64_C(0x9e3779b97f4a7c15) >> 20) & (kin->n_slots - 1);

	while (kin->slots[at].what && kin->slots[at].what != what)
		at = (at + 1) & (kin->n_slots - 1);
	return at;
}

static enum status grow_slots(struct placeholders *kin)
{
	struct placeholder_slot *old = kin->slots;
	size_t n_old = kin->n_slots;

	if (kin->n_used * 2 < kin->n_slots)
		return STATUS_OK;
	kin->n_slots = n_old ? 2 * n_old : 256;
	kin->slots = calloc(kin->n_slots, sizeof(*kin->slots));
	if (!kin->slots) {
		kin->slots = old;
		kin->n_slots = n_old;
		return STATUS_NOMEM;
	}
	for (size_t i = 0; i < n_old; i++)
		if (old[i].what)
			kin->slots[slot_of(kin, old[i].what)] = old[i];
	free(old);
	return STATUS_OK;
}

static enum status add_node(struct placeholders *kin, struct placeholder_node node,
			    uint32_t *number)
{
	RETURN_IF_FAILED(ARRAY_RESERVE(&kin->nodes, UINT32_MAX - 1));
	*number = (uint32_t)kin->nodes.n;
	kin->nodes.items[kin->nodes.n++] = node;
	return STATUS_OK;
}

/* The node that stands for `what`; *is_new if it was not there before. */
static enum status stand_in(struct placeholders *kin, uint64_t what,
			    struct placeholder_node node, uint32_t *number)
{
	RETURN_IF_FAILED(grow_slots(kin));
	struct placeholder_slot *slot = &kin->slots[slot_of(kin, what)];
	if (slot->what) {
		*number = slot->node;
		return STATUS_OK;
	}
	RETURN_IF_FAILED(add_node(kin, node, number));
	*slot = (struct placeholder_slot){ what, *number };
	kin->n_used++;
	return STATUS_OK;
}

/* True and the node if there is one for that key already. */
bool placeholder_known(const struct placeholders *kin, const struct key *key,
		       uint32_t *number)
{
	if (kin->n_slots == 0)
		return false;
	const struct placeholder_slot *slot = &kin->slots[slot_of(kin, (uintptr_t)key)];
	*number = slot->node;
	return slot->what != 0;
}

/* Live keys nest no deeper than the reader goes, so neither does this. */
static enum status node_of_live(struct placeholders *kin, const struct key *key,
				uint32_t *number)
{
	uint32_t parent = STANDIN_ROOT;

	*number = STANDIN_ROOT;
	if (!key->parent || placeholder_known(kin, key, number))
		return STATUS_OK;
	RETURN_IF_FAILED(node_of_live(kin, key->parent, &parent));
	return stand_in(
		kin, (uintptr_t)key,
		(struct placeholder_node){ .parent = parent, .other = key, .live = true },
		number);
}

/*
 * The place of a key that another state of the hive knows: the recovered key
 * or the live one that it is here, else a placeholder of its name.
 */
static enum status node_of_witness(struct placeholders *kin, const struct key *key,
				   uint32_t *number)
{
	const struct carve_key *carved =
		carve_key_at(kin->carve, carve_rel(kin->carve, key));
	uint32_t parent = STANDIN_ROOT;

	*number = STANDIN_ROOT;
	if (!key->parent || placeholder_known(kin, key, number))
		return STATUS_OK;
	if (carved && carved->witness == key) {
		*number = STANDIN_FIRST + (uint32_t)(carved - kin->carve->keys.items);
		return STATUS_OK;
	}
	RETURN_IF_FAILED(node_of_witness(kin, key->parent, &parent));
	const struct placeholder_node *above = &kin->nodes.items[parent];
	const struct key *live = above->live && above->other
					 ? key_child(above->other, key_name(key))
					 : NULL;
	/* Another cell: a key that was made anew under the old name. */
	if (live && live->record_off == key->record_off)
		return node_of_live(kin, live, number);
	return stand_in(kin, (uintptr_t)key,
			(struct placeholder_node){ .parent = parent, .other = key },
			number);
}

static enum status place_key(struct placeholders *kin, uint32_t i)
{
	const struct carve_key *key = &kin->carve->keys.items[i];
	uint32_t parent = STANDIN_ADRIFT;

	switch ((enum carve_step)key->step) {
	case CARVE_STEP_LIVE:
		RETURN_IF_FAILED(node_of_live(kin, key->parent_key, &parent));
		break;
	case CARVE_STEP_RECOVERED:
		parent = STANDIN_FIRST + key->above;
		break;
	case CARVE_STEP_WITNESS:
		RETURN_IF_FAILED(node_of_witness(kin, key->parent_key, &parent));
		break;
	case CARVE_STEP_LOST:
		/* Pointers are even, so these are none. */
		RETURN_IF_FAILED(
			stand_in(kin, (uint64_t)key->parent << 1 | 1,
				 (struct placeholder_node){ .parent = STANDIN_ADRIFT,
							    .lost_rel = key->parent },
				 &parent));
		break;
	}
	kin->nodes.items[STANDIN_FIRST + i].parent = parent;
	return STATUS_OK;
}

enum status placeholder_place(struct placeholders *kin)
{
	const struct carve *carve = kin->carve;
	const struct key *root = carve->source->keys ? carve->source->keys->root : NULL;
	uint32_t number = 0;

	RETURN_IF_FAILED(add_node(kin,
				  (struct placeholder_node){ .parent = STANDIN_ROOT,
							     .other = root,
							     .live = root },
				  &number));
	RETURN_IF_FAILED(add_node(
		kin, (struct placeholder_node){ .parent = STANDIN_ADRIFT }, &number));
	for (size_t i = 0; i < carve->keys.n; i++)
		RETURN_IF_FAILED(add_node(
			kin, (struct placeholder_node){ .carved = &carve->keys.items[i] },
			&number));
	for (uint32_t i = 0; i < carve->keys.n; i++)
		RETURN_IF_FAILED(place_key(kin, i));
	for (size_t i = 0; i < carve->values.n; i++)
		if (carve->values.items[i].owner_live)
			RETURN_IF_FAILED(node_of_live(
				kin, carve->values.items[i].owner_live, &number));
	return STATUS_OK;
}

void placeholder_clear(struct placeholders *kin)
{
	free(kin->nodes.items);
	free(kin->slots);
	*kin = (struct placeholders){ 0 };
}
