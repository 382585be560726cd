/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The shape of the tree of recovered keys, before its keys are made: a node for
 * each recovered key and for each placeholder above them.
 */
#ifndef REGF_RECOVER_PLACEHOLDER_H
#define REGF_RECOVER_PLACEHOLDER_H

#include "regf/recover/carve.h"

/* Nodes that are always there; that of recovered key i is STANDIN_FIRST + i. */
enum { STANDIN_ROOT, STANDIN_ADRIFT, STANDIN_FIRST };

struct placeholder_node {
	uint32_t parent; /* number of the node; its own for the two roots */
	const struct carve_key *carved; /* or NULL for a placeholder */
	const struct key *other;    /* what it stands for, live or a witness's; or NULL */
	bool live;		    /* the former */
	uint32_t lost_rel;	    /* of a lost parent */
	uint32_t first, n_children; /* filled by regrow.c, as are the next */
	uint32_t first_value, n_values;
};

/* Where the node of what is stood for is; what: a key, or a lost parent's cell. */
struct placeholder_slot {
	uint64_t what; /* 0: empty */
	uint32_t node;
};

struct placeholders {
	const struct carve *carve;
	struct {
		struct placeholder_node *items;
		size_t n, cap;
	} nodes;
	struct placeholder_slot *slots;
	size_t n_slots, n_used;
};

/*
 * Makes the nodes of all recovered keys and of what stands above them.
 * Return: STATUS_OK; STATUS_NOMEM.  To be cleared either way.
 */
MUST_CHECK enum status placeholder_place(struct placeholders *kin);
void placeholder_clear(struct placeholders *kin);

/* True and the number of the node if there is one for that live or witness's key. */
bool placeholder_known(const struct placeholders *kin, const struct key *key,
		       uint32_t *number);

#endif
