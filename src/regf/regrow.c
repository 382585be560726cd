/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The tree of recovered keys: the same plain keys and values that the readers
 * yield, so that all later stages read them alike.  Above them stand-ins: of
 * the live keys on their paths, of parents that only another state of the hive
 * knows, and nameless ones of parents that are lost.
 */
#include "regf/carve.h"

#include "base/array.h"

#include <stdlib.h>

/* Nodes that are always there. */
enum { NODE_ROOT, NODE_ADRIFT, NODE_FIRST };

/* U+FFFD twice: what stands for the four bytes that are overwritten. */
static const uint8_t lost_head[4] = { 0xfd, 0xff, 0xfd, 0xff };

struct node {
	uint32_t parent; /* number of the node; its own for the two roots */
	const struct carve_key *carved; /* or NULL for a stand-in */
	const struct key
		*other;	   /* what it stands for: a live key or a witness's, or NULL */
	bool live;	   /* the former */
	uint32_t lost_rel; /* of a lost parent */
	struct key *key;   /* where it came to stand in the tree */
	uint32_t first, n_children;	/* in regrow.order */
	uint32_t first_value, n_values; /* in regrow.values */
};

struct slot {
	uint64_t what; /* 0: empty */
	uint32_t node;
};

struct regrow {
	struct carve *carve;
	struct arena *arena;
	struct remnant_key *info;
	struct {
		struct node *items;
		size_t n, cap;
	} nodes;
	struct slot *slots; /* nodes of stand-ins by what they stand for */
	size_t n_slots, n_used;
	uint32_t *order;  /* nodes by parent */
	uint32_t *values; /* numbers of values by node */
};

/* ---- stand-ins, each once ---- */

static size_t slot_of(const struct regrow *regrow, uint64_t what)
{
	size_t at = (size_t)(what * UINT64_C(0x9e3779b97f4a7c15) >> 20) &
		    (regrow->n_slots - 1);

	while (regrow->slots[at].what && regrow->slots[at].what != what)
		at = (at + 1) & (regrow->n_slots - 1);
	return at;
}

static enum status grow_slots(struct regrow *regrow)
{
	struct slot *old = regrow->slots;
	size_t n_old = regrow->n_slots;

	if (regrow->n_used * 2 < regrow->n_slots)
		return STATUS_OK;
	regrow->n_slots = n_old ? 2 * n_old : 256;
	regrow->slots = calloc(regrow->n_slots, sizeof(*regrow->slots));
	if (!regrow->slots) {
		regrow->slots = old;
		regrow->n_slots = n_old;
		return STATUS_NOMEM;
	}
	for (size_t i = 0; i < n_old; i++)
		if (old[i].what)
			regrow->slots[slot_of(regrow, old[i].what)] = old[i];
	free(old);
	return STATUS_OK;
}

static enum status add_node(struct regrow *regrow, struct node node, uint32_t *number)
{
	RETURN_IF_FAILED(ARRAY_RESERVE(&regrow->nodes, UINT32_MAX - 1));
	*number = (uint32_t)regrow->nodes.n;
	regrow->nodes.items[regrow->nodes.n++] = node;
	return STATUS_OK;
}

/* The node that stands for `what`; *is_new if it was not there before. */
static enum status stand_in(struct regrow *regrow, uint64_t what, struct node node,
			    uint32_t *number)
{
	RETURN_IF_FAILED(grow_slots(regrow));
	struct slot *slot = &regrow->slots[slot_of(regrow, what)];
	if (slot->what) {
		*number = slot->node;
		return STATUS_OK;
	}
	RETURN_IF_FAILED(add_node(regrow, node, number));
	*slot = (struct slot){ what, *number };
	regrow->n_used++;
	return STATUS_OK;
}

/* True and the node if there is one for that key already. */
static bool known(const struct regrow *regrow, const struct key *key, uint32_t *number)
{
	if (regrow->n_slots == 0)
		return false;
	const struct slot *slot = &regrow->slots[slot_of(regrow, (uintptr_t)key)];
	*number = slot->node;
	return slot->what != 0;
}

/* Live keys nest no deeper than the reader goes, so neither does this. */
static enum status node_of_live(struct regrow *regrow, const struct key *key,
				uint32_t *number)
{
	uint32_t parent = NODE_ROOT;

	*number = NODE_ROOT;
	if (!key->parent || known(regrow, key, number))
		return STATUS_OK;
	RETURN_IF_FAILED(node_of_live(regrow, key->parent, &parent));
	return stand_in(regrow, (uintptr_t)key,
			(struct node){ .parent = parent, .other = key, .live = true },
			number);
}

static uint32_t rel_of(const struct carve *carve, const struct key *key)
{
	return key->record_off ? key->record_off - IMAGE_BASE_SIZE - carve->cell_header
			       : IMAGE_NIL;
}

/*
 * The place of a key that another state of the hive knows: the recovered key
 * or the live one that it is here, else a stand-in of its name.
 */
static enum status node_of_witness(struct regrow *regrow, const struct key *key,
				   uint32_t *number)
{
	const struct carve_key *carved =
		carve_key_at(regrow->carve, rel_of(regrow->carve, key));
	uint32_t parent = NODE_ROOT;

	*number = NODE_ROOT;
	if (!key->parent || known(regrow, key, number))
		return STATUS_OK;
	if (carved && carved->witness == key) {
		*number = NODE_FIRST + (uint32_t)(carved - regrow->carve->keys.items);
		return STATUS_OK;
	}
	RETURN_IF_FAILED(node_of_witness(regrow, key->parent, &parent));
	const struct node *above = &regrow->nodes.items[parent];
	const struct key *live = above->live && above->other
					 ? key_child(above->other, key_name(key))
					 : NULL;
	/* Another cell: a key that was made anew under the old name. */
	if (live && live->record_off == key->record_off)
		return node_of_live(regrow, live, number);
	return stand_in(regrow, (uintptr_t)key,
			(struct node){ .parent = parent, .other = key }, number);
}

static enum status place_key(struct regrow *regrow, uint32_t i)
{
	const struct carve_key *key = &regrow->carve->keys.items[i];
	uint32_t parent = NODE_ADRIFT;

	switch ((enum carve_step)key->step) {
	case CARVE_STEP_LIVE:
		RETURN_IF_FAILED(node_of_live(regrow, key->parent_key, &parent));
		break;
	case CARVE_STEP_RECOVERED:
		parent = NODE_FIRST + key->above;
		break;
	case CARVE_STEP_WITNESS:
		RETURN_IF_FAILED(node_of_witness(regrow, key->parent_key, &parent));
		break;
	case CARVE_STEP_LOST:
		/* Pointers are even, so these are none. */
		RETURN_IF_FAILED(stand_in(
			regrow, (uint64_t)key->parent << 1 | 1,
			(struct node){ .parent = NODE_ADRIFT, .lost_rel = key->parent },
			&parent));
		break;
	}
	regrow->nodes.items[NODE_FIRST + i].parent = parent;
	return STATUS_OK;
}

static enum status make_nodes(struct regrow *regrow)
{
	const struct carve *carve = regrow->carve;
	const struct key *root = carve->source->keys ? carve->source->keys->root : NULL;
	uint32_t number = 0;

	RETURN_IF_FAILED(add_node(
		regrow, (struct node){ .parent = NODE_ROOT, .other = root, .live = root },
		&number));
	RETURN_IF_FAILED(
		add_node(regrow, (struct node){ .parent = NODE_ADRIFT }, &number));
	for (size_t i = 0; i < carve->keys.n; i++)
		RETURN_IF_FAILED(
			add_node(regrow, (struct node){ .carved = &carve->keys.items[i] },
				 &number));
	for (uint32_t i = 0; i < carve->keys.n; i++)
		RETURN_IF_FAILED(place_key(regrow, i));
	for (size_t i = 0; i < carve->values.n; i++)
		if (carve->values.items[i].owner_live)
			RETURN_IF_FAILED(node_of_live(
				regrow, carve->values.items[i].owner_live, &number));
	return STATUS_OK;
}

/* ---- children and values by node ---- */

static enum status sort_nodes(struct regrow *regrow)
{
	struct node *nodes = regrow->nodes.items;
	uint32_t at = 0;

	regrow->order = calloc(regrow->nodes.n, sizeof(*regrow->order));
	if (!regrow->order)
		return STATUS_NOMEM;
	for (size_t i = NODE_FIRST; i < regrow->nodes.n; i++)
		nodes[nodes[i].parent].n_children++;
	for (size_t i = 0; i < regrow->nodes.n; i++) {
		nodes[i].first = at;
		at += nodes[i].n_children;
		nodes[i].n_children = 0;
	}
	for (uint32_t i = NODE_FIRST; i < regrow->nodes.n; i++) {
		struct node *parent = &nodes[nodes[i].parent];
		regrow->order[parent->first + parent->n_children++] = i;
	}
	return STATUS_OK;
}

/* The node of a value's key; SIZE_MAX for a lone one. */
static size_t node_of_value(const struct regrow *regrow, const struct carve_value *value)
{
	uint32_t number = NODE_ROOT;

	if (value->owner != CARVE_NOBODY)
		return NODE_FIRST + (size_t)value->owner;
	if (!value->owner_live)
		return SIZE_MAX;
	if (value->owner_live->parent && !known(regrow, value->owner_live, &number))
		return SIZE_MAX;
	return number;
}

static enum status sort_values(struct regrow *regrow)
{
	const struct carve *carve = regrow->carve;
	struct node *nodes = regrow->nodes.items;
	uint32_t at = 0;

	regrow->values = calloc(carve->values.n + 1, sizeof(*regrow->values));
	if (!regrow->values)
		return STATUS_NOMEM;
	for (size_t i = 0; i < carve->values.n; i++) {
		size_t node = node_of_value(regrow, &carve->values.items[i]);
		if (node != SIZE_MAX)
			nodes[node].n_values++;
	}
	for (size_t i = 0; i < regrow->nodes.n; i++) {
		nodes[i].first_value = at;
		at += nodes[i].n_values;
		nodes[i].n_values = 0;
	}
	for (uint32_t i = 0; i < carve->values.n; i++) {
		size_t node = node_of_value(regrow, &carve->values.items[i]);
		if (node != SIZE_MAX)
			regrow->values[nodes[node].first_value + nodes[node].n_values++] =
				i;
	}
	return STATUS_OK;
}

/* ---- plain keys and values ---- */

static enum status place_of(struct regrow *regrow, uint8_t origin, uint32_t rel,
			    const struct remnant_place **out)
{
	struct remnant_place *place = arena_calloc(regrow->arena, 1, sizeof(*place));

	if (!place)
		return STATUS_NOMEM;
	*place = (struct remnant_place){
		.origin = (enum remnant_origin)origin,
		.log = SIZE_MAX,
		.offset = rel + IMAGE_BASE_SIZE + regrow->carve->cell_header,
	};
	*out = place;
	return STATUS_OK;
}

/* Data whose first bytes are a link get a copy in which they are not shown. */
static enum status hide_head(struct regrow *regrow, struct value *value,
			     struct remnant_value *info)
{
	uint8_t *copy = arena_calloc(regrow->arena, value->data_len, 1);

	if (!copy || !span_copy(value_data(value), 0, copy, value->data_len))
		return STATUS_NOMEM;
	info->n_head_lost = value->data_len < sizeof(lost_head)
				    ? value->data_len
				    : (uint32_t)sizeof(lost_head);
	memcpy(copy, lost_head, info->n_head_lost);
	value->data = copy;
	value->flags |= VALUE_FLAG_HEAD_LOST;
	return STATUS_OK;
}

static enum status make_value(struct regrow *regrow, const struct carve_value *carved,
			      uint32_t position, struct value *value,
			      struct remnant_value *info)
{
	*value = (struct value){
		.name = carved->name,
		.name_len = carved->name_len,
		.data = carved->bytes,
		.data_len = carved->known,
		.declared_len = carved->size & ~CARVE_DATA_INLINE,
		.type = carved->type,
		.record_off = carved->rel + IMAGE_BASE_SIZE + regrow->carve->cell_header,
		.position = position,
	};
	value->flags =
		(uint16_t)((carved->utf16 ? VALUE_FLAG_NAME_UTF16 : 0u) |
			   (carved->segmented ? VALUE_FLAG_SEGMENTED : 0u) |
			   (carved->size & CARVE_DATA_INLINE ? VALUE_FLAG_INLINE : 0u) |
			   (carved->known < value->declared_len ? VALUE_FLAG_SHORT : 0u));
	*info = (struct remnant_value){
		.inferred = carved->inferred,
		.n_places = 1,
		.runs = carved->runs,
		.n_runs = carved->n_runs,
		.data_lost = carved->data_lost,
		.of_live_key = carved->owner_live != NULL,
	};
	RETURN_IF_FAILED(place_of(regrow, carved->origin, carved->rel, &info->places));
	return carved->head_lost ? hide_head(regrow, value, info) : STATUS_OK;
}

static enum status make_values(struct regrow *regrow, const struct node *node,
			       struct key *key)
{
	struct remnant_value *infos =
		arena_calloc(regrow->arena, node->n_values, sizeof(*infos));

	key->values = arena_calloc(regrow->arena, node->n_values, sizeof(*key->values));
	if (!infos || !key->values)
		return STATUS_NOMEM;
	for (uint32_t i = 0; i < node->n_values; i++)
		RETURN_IF_FAILED(
			make_value(regrow,
				   &regrow->carve->values
					    .items[regrow->values[node->first_value + i]],
				   i, &key->values[i], &infos[i]));
	key->n_values = node->n_values;
	key_sort_values(key);
	regrow->info[key->remnant].values = infos;
	return STATUS_OK;
}

static enum status make_recovered(struct regrow *regrow, const struct carve_key *carved,
				  struct key *key)
{
	struct remnant_key *info = &regrow->info[key->remnant];

	key->name = carved->name;
	key->name_len = carved->name_len;
	key->mtime_ft = carved->mtime_ft;
	key->record_off = carved->rel + IMAGE_BASE_SIZE + regrow->carve->cell_header;
	key->flags = (uint16_t)(KEY_FLAG_RECOVERED |
				(carved->utf16 ? KEY_FLAG_NAME_UTF16 : 0u));
	*info = (struct remnant_key){
		.certainty = (enum remnant_certainty)carved->certainty,
		.inferred = carved->inferred,
		.since = (enum remnant_since)carved->since,
		.n_places = 1,
		.rel = carved->rel,
		.parent_rel = carved->parent,
		.n_values_told = carved->n_values,
		.witness = carved->witness,
		.had_subkeys = carved->had_subkeys,
	};
	return place_of(regrow, carved->origin, carved->rel, &info->places);
}

static void make_stand_in(struct regrow *regrow, const struct node *node, struct key *key)
{
	struct remnant_key *info = &regrow->info[key->remnant];

	key->flags = KEY_FLAG_STAND_IN;
	*info = (struct remnant_key){ .rel = IMAGE_NIL, .parent_rel = IMAGE_NIL };
	if (node->lost_rel) {
		info->rel = node->lost_rel;
		info->certainty = REMNANT_PARTIAL;
	}
	if (!node->other)
		return;
	key->name = node->other->name;
	key->name_len = node->other->name_len;
	key->flags |= node->other->flags & KEY_FLAG_NAME_UTF16;
	info->rel = rel_of(regrow->carve, node->other);
	info->witness = node->other;
	if (node->live) {
		key->mtime_ft = node->other->mtime_ft;
		key->record_off = node->other->record_off;
	} else {
		info->inferred = REMNANT_INFERRED_NAME;
	}
}

static enum status make_key(struct regrow *regrow, uint32_t number, struct key *parent,
			    struct key *key)
{
	const struct node *node = &regrow->nodes.items[number];

	*key = (struct key){ .parent = parent,
			     .depth = parent ? parent->depth + 1 : 0,
			     .remnant = number };
	if (node->carved)
		RETURN_IF_FAILED(make_recovered(regrow, node->carved, key));
	else
		make_stand_in(regrow, node, key);
	return node->n_values ? make_values(regrow, node, key) : STATUS_OK;
}

/* The children of a key that stands in its final place already. */
static enum status make_children(struct regrow *regrow, struct key *key)
{
	const struct node *node = &regrow->nodes.items[key->remnant];

	if (node->n_children == 0)
		return STATUS_OK;
	key->children =
		arena_calloc(regrow->arena, node->n_children, sizeof(*key->children));
	if (!key->children)
		return STATUS_NOMEM;
	for (uint32_t i = 0; i < node->n_children; i++)
		RETURN_IF_FAILED(make_key(regrow, regrow->order[node->first + i], key,
					  &key->children[i]));
	key->n_children = node->n_children;
	(void)key_sort_children(key);
	return STATUS_OK;
}

static enum status make_tree(struct regrow *regrow, uint32_t number, struct key **top)
{
	*top = arena_calloc(regrow->arena, 1, sizeof(**top));
	if (!*top)
		return STATUS_NOMEM;
	RETURN_IF_FAILED(make_key(regrow, number, NULL, *top));
	for (const struct key *key = *top; key; key = key_next(*top, key))
		RETURN_IF_FAILED(make_children(regrow, (struct key *)(uintptr_t)key));
	return STATUS_OK;
}

/* ---- values without a key ---- */

/* Believable by itself, and not inside what is known to be something else. */
static bool is_lone(const struct carve *carve, const struct carve_value *value)
{
	uint64_t len = carve->cell_header + READER_VALUE_SIZE + (uint64_t)value->name_len;

	return value->owner == CARVE_NOBODY && !value->owner_live && value->strict &&
	       region_is_untaken(carve, value->rel, len);
}

static enum status make_lone(struct regrow *regrow, struct remnants *out)
{
	const struct carve *carve = regrow->carve;
	size_t n = 0;

	for (size_t i = 0; i < carve->values.n; i++)
		n += is_lone(carve, &carve->values.items[i]);
	struct remnant_value *infos = arena_calloc(regrow->arena, n, sizeof(*infos));
	out->lone = arena_calloc(regrow->arena, n, sizeof(*out->lone));
	if (!infos || !out->lone)
		return STATUS_NOMEM;
	out->lone_info = infos;
	for (size_t i = 0; i < carve->values.n; i++) {
		if (!is_lone(carve, &carve->values.items[i]))
			continue;
		uint32_t at = (uint32_t)out->n_lone++;
		RETURN_IF_FAILED(make_value(regrow, &carve->values.items[i], at,
					    &out->lone[at], &infos[at]));
	}
	return STATUS_OK;
}

static enum status regrow_all(struct regrow *regrow, struct remnants *out)
{
	RETURN_IF_FAILED(make_nodes(regrow));
	RETURN_IF_FAILED(sort_nodes(regrow));
	RETURN_IF_FAILED(sort_values(regrow));
	regrow->info =
		arena_calloc(regrow->arena, regrow->nodes.n, sizeof(*regrow->info));
	if (!regrow->info)
		return STATUS_NOMEM;
	RETURN_IF_FAILED(make_tree(regrow, NODE_ROOT, &out->tree->root));
	RETURN_IF_FAILED(make_tree(regrow, NODE_ADRIFT, &out->adrift));
	out->keys = regrow->info;
	out->n_nodes = regrow->nodes.n;
	out->n_keys = regrow->carve->keys.n;
	for (size_t i = 0; i < regrow->nodes.n; i++)
		out->n_values += regrow->nodes.items[i].n_values;
	return make_lone(regrow, out);
}

enum status regrow_tree(struct carve *carve, struct remnants *out)
{
	struct regrow regrow = { .carve = carve, .arena = carve->arena };
	enum status status = regrow_all(&regrow, out);

	free(regrow.nodes.items);
	free(regrow.slots);
	free(regrow.order);
	free(regrow.values);
	return status;
}
