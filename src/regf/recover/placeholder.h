/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The nodes of the tree of recovered keys, before its keys are made: one for each
 * recovered key and one for each placeholder above them.
 */
#ifndef REGF_RECOVER_PLACEHOLDER_H
#define REGF_RECOVER_PLACEHOLDER_H

#include "regf/recover/search.h"

/* Nodes that are always there; that of recovered key i is PLACEHOLDER_FIRST + i. */
enum { PLACEHOLDER_ROOT, PLACEHOLDER_ADRIFT, PLACEHOLDER_FIRST };

struct placeholder_node {
	const struct key *other;    /* what it stands for, live or a witness's; or NULL */
	bool live;		    /* the former */
	uint32_t parent;	    /* number of the node; its own for the two roots */
	uint32_t lost_rel;	    /* of a lost parent */
	uint32_t first, n_children; /* filled by buildtree.c, as are the next */
	uint32_t first_value, n_values;
};

/* Where the node of what is stood for is; what: a key, or a lost parent's cell. */
struct placeholder_slot {
	uint64_t what; /* 0: empty */
	uint32_t node;
};

struct placeholders {
	const struct search *search;
	struct {
		struct placeholder_node *items;
		size_t n, cap;
	} nodes;
	struct placeholder_slot *slots;
	size_t n_slots, n_used;
};

/*
 * Makes the certainty of each key's step that of its whole path, and finds its depth and
 * which keys had subkeys.  To be done before any node is made.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status placeholder_join_steps(struct search *search);

/*
 * Makes the nodes of all recovered keys and of what stands above them.
 * Return: STATUS_OK; STATUS_NOMEM.  To be cleared either way.
 */
MUST_CHECK enum status placeholder_make_all(struct placeholders *places);
void placeholder_clear(struct placeholders *places);

/* True for the node of a deleted key, false for a placeholder. */
static inline bool placeholder_is_key(const struct placeholders *places, size_t number)
{
	return number >= PLACEHOLDER_FIRST &&
	       number - PLACEHOLDER_FIRST < places->search->keys.n;
}

/* True and the number of the node if there is one for that live or witness's key. */
bool placeholder_find(const struct placeholders *places, const struct key *key,
		      uint32_t *number);

#endif
