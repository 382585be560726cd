/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The tree of recovered keys: the same plain keys and values that the readers
 * yield, so that all later stages read them alike.
 */
#include "regf/recover/placeholder.h"

#include <stdlib.h>

/* U+FFFD twice: what stands for the four bytes that are overwritten. */
static const uint8_t lost_head[VALUE_LOST_HEAD] = { 0xfd, 0xff, 0xfd, 0xff };

struct regrow {
	struct carve *carve;
	struct arena *arena;
	struct recovered_key *info;
	struct placeholders kin;
	uint32_t first;	  /* number of the first node */
	uint32_t *order;  /* nodes by parent */
	uint32_t *values; /* numbers of values by node */
};

/* ---- children and values by node ---- */

static enum status sort_nodes(struct regrow *regrow)
{
	struct placeholder_node *nodes = regrow->kin.nodes.items;
	uint32_t at = 0;

	regrow->order = calloc(regrow->kin.nodes.n, sizeof(*regrow->order));
	if (!regrow->order)
		return STATUS_NOMEM;
	for (size_t i = STANDIN_FIRST; i < regrow->kin.nodes.n; i++)
		nodes[nodes[i].parent].n_children++;
	for (size_t i = 0; i < regrow->kin.nodes.n; i++) {
		nodes[i].first = at;
		at += nodes[i].n_children;
		nodes[i].n_children = 0;
	}
	for (uint32_t i = STANDIN_FIRST; i < regrow->kin.nodes.n; i++) {
		struct placeholder_node *parent = &nodes[nodes[i].parent];
		regrow->order[parent->first + parent->n_children++] = i;
	}
	return STATUS_OK;
}

/* The node of a value's key; SIZE_MAX for a lone one. */
static size_t node_of_value(const struct regrow *regrow, const struct carve_value *value)
{
	uint32_t number = STANDIN_ROOT;

	if (value->owner != CARVE_NOBODY)
		return STANDIN_FIRST + (size_t)value->owner;
	if (!value->owner_live)
		return SIZE_MAX;
	if (value->owner_live->parent &&
	    !placeholder_known(&regrow->kin, value->owner_live, &number))
		return SIZE_MAX;
	return number;
}

static enum status sort_values(struct regrow *regrow)
{
	const struct carve *carve = regrow->carve;
	struct placeholder_node *nodes = regrow->kin.nodes.items;
	uint32_t at = 0;

	regrow->values = calloc(carve->values.n + 1, sizeof(*regrow->values));
	if (!regrow->values)
		return STATUS_NOMEM;
	for (size_t i = 0; i < carve->values.n; i++) {
		size_t node = node_of_value(regrow, &carve->values.items[i]);
		if (node != SIZE_MAX)
			nodes[node].n_values++;
	}
	for (size_t i = 0; i < regrow->kin.nodes.n; i++) {
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
			    const struct recovered_place **out)
{
	struct recovered_place *place = arena_calloc(regrow->arena, 1, sizeof(*place));
	struct recovered_run run =
		region_run(regrow->carve, rel + regrow->carve->cell_header, 0);

	if (!place)
		return STATUS_NOMEM;
	*place = (struct recovered_place){
		.origin = (enum recovered_origin)origin,
		.log = run.log,
		.offset = run.offset,
	};
	*out = place;
	return STATUS_OK;
}

/* The pages of another state are there only for the search. */
static enum status keep(struct regrow *regrow, const uint8_t **bytes, size_t len)
{
	if (!regrow->carve->source->overlay || len == 0)
		return STATUS_OK;
	uint8_t *copy = arena_calloc(regrow->arena, len, 1);
	if (!copy || !span_copy(span_of(*bytes, len), 0, copy, len))
		return STATUS_NOMEM;
	*bytes = copy;
	return STATUS_OK;
}

/* Data whose first bytes are a link get a copy in which they are not shown. */
static enum status hide_head(struct regrow *regrow, struct value *value,
			     struct recovered_value *info)
{
	uint8_t *copy = arena_calloc(regrow->arena, value->data_len, 1);

	if (!copy || !span_copy(value_data(value), 0, copy, value->data_len))
		return STATUS_NOMEM;
	value->data = copy;
	value->flags |= VALUE_FLAG_HEAD_LOST;
	info->n_head_lost = value_head_lost(value);
	memcpy(copy, lost_head, info->n_head_lost);
	return STATUS_OK;
}

static enum status make_value(struct regrow *regrow, const struct carve_value *carved,
			      uint32_t position, struct value *value,
			      struct recovered_value *info)
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
	*info = (struct recovered_value){
		.inferred = carved->inferred,
		.n_places = 1,
		.runs = carved->runs,
		.n_runs = carved->n_runs,
		.data_lost = carved->data_lost,
		.of_live_key = carved->owner_live != NULL,
	};
	RETURN_IF_FAILED(place_of(regrow, carved->origin, carved->rel, &info->places));
	RETURN_IF_FAILED(keep(regrow, &value->name, value->name_len));
	RETURN_IF_FAILED(keep(regrow, &value->data, value->data_len));
	return carved->head_lost ? hide_head(regrow, value, info) : STATUS_OK;
}

static enum status make_values(struct regrow *regrow, const struct placeholder_node *node,
			       struct key *key)
{
	struct recovered_value *infos =
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
	regrow->info[key->recovered - regrow->first].values = infos;
	return STATUS_OK;
}

static enum status make_recovered(struct regrow *regrow, const struct carve_key *carved,
				  struct key *key)
{
	struct recovered_key *info = &regrow->info[key->recovered - regrow->first];

	key->name = carved->name;
	key->name_len = carved->name_len;
	key->mtime_ft = carved->mtime_ft;
	key->record_off = carved->rel + IMAGE_BASE_SIZE + regrow->carve->cell_header;
	key->flags = (uint16_t)(KEY_FLAG_RECOVERED |
				(carved->utf16 ? KEY_FLAG_NAME_UTF16 : 0u));
	*info = (struct recovered_key){
		.certainty = (enum recovered_certainty)carved->certainty,
		.inferred = carved->inferred,
		.since = (enum recovered_since)carved->since,
		.n_places = 1,
		.rel = carved->rel,
		.parent_rel = carved->parent,
		.n_values_recorded = carved->n_values,
		.witness = carved->witness,
		.had_subkeys = carved->had_subkeys,
	};
	RETURN_IF_FAILED(keep(regrow, &key->name, key->name_len));
	return place_of(regrow, carved->origin, carved->rel, &info->places);
}

static void make_stand_in(struct regrow *regrow, const struct placeholder_node *node,
			  struct key *key)
{
	struct recovered_key *info = &regrow->info[key->recovered - regrow->first];

	key->flags = KEY_FLAG_PLACEHOLDER;
	*info = (struct recovered_key){ .rel = IMAGE_NIL, .parent_rel = IMAGE_NIL };
	if (node->lost_rel) {
		info->rel = node->lost_rel;
		info->certainty = RECOVERED_PARTIAL;
	}
	if (!node->other)
		return;
	key->name = node->other->name;
	key->name_len = node->other->name_len;
	key->flags |= node->other->flags & KEY_FLAG_NAME_UTF16;
	info->rel = carve_rel(regrow->carve, node->other);
	info->witness = node->other;
	if (node->live) {
		key->mtime_ft = node->other->mtime_ft;
		key->record_off = node->other->record_off;
	} else {
		info->inferred = RECOVERED_INFERRED_NAME;
	}
}

static enum status make_key(struct regrow *regrow, uint32_t number, struct key *parent,
			    struct key *key)
{
	const struct placeholder_node *node = &regrow->kin.nodes.items[number];

	*key = (struct key){ .parent = parent,
			     .depth = parent ? parent->depth + 1 : 0,
			     .recovered = regrow->first + number };
	if (node->carved)
		RETURN_IF_FAILED(make_recovered(regrow, node->carved, key));
	else
		make_stand_in(regrow, node, key);
	return node->n_values ? make_values(regrow, node, key) : STATUS_OK;
}

/* The children of a key that stands in its final place already. */
static enum status make_children(struct regrow *regrow, struct key *key)
{
	const struct placeholder_node *node =
		&regrow->kin.nodes.items[key->recovered - regrow->first];

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

/* Believable by itself. */
static bool is_lone(const struct carve_value *value)
{
	return value->owner == CARVE_NOBODY && !value->owner_live && value->strict;
}

static enum status make_lone(struct regrow *regrow, struct recovered_keys *out)
{
	const struct carve *carve = regrow->carve;
	size_t n = 0;

	/* In another state they may well be values of keys that are live. */
	if (carve->source->overlay)
		return STATUS_OK;
	for (size_t i = 0; i < carve->values.n; i++)
		n += is_lone(&carve->values.items[i]);
	struct recovered_value *infos = arena_calloc(regrow->arena, n, sizeof(*infos));
	out->lone = arena_calloc(regrow->arena, n, sizeof(*out->lone));
	if (!infos || !out->lone)
		return STATUS_NOMEM;
	out->lone_info = infos;
	for (size_t i = 0; i < carve->values.n; i++) {
		if (!is_lone(&carve->values.items[i]))
			continue;
		uint32_t at = (uint32_t)out->n_lone++;
		RETURN_IF_FAILED(make_value(regrow, &carve->values.items[i], at,
					    &out->lone[at], &infos[at]));
	}
	return STATUS_OK;
}

static enum status buildtree_all(struct regrow *regrow, struct recovered_keys *out)
{
	RETURN_IF_FAILED(placeholder_place(&regrow->kin));
	RETURN_IF_FAILED(sort_nodes(regrow));
	RETURN_IF_FAILED(sort_values(regrow));
	regrow->info =
		arena_calloc(regrow->arena, regrow->kin.nodes.n, sizeof(*regrow->info));
	if (!regrow->info)
		return STATUS_NOMEM;
	RETURN_IF_FAILED(make_tree(regrow, STANDIN_ROOT, &out->tree->root));
	RETURN_IF_FAILED(make_tree(regrow, STANDIN_ADRIFT, &out->adrift));
	out->keys = regrow->info;
	out->first = regrow->first;
	out->n_nodes = (uint32_t)regrow->kin.nodes.n;
	out->n_keys = regrow->carve->keys.n;
	for (size_t i = 0; i < regrow->kin.nodes.n; i++)
		out->n_values += regrow->kin.nodes.items[i].n_values;
	return make_lone(regrow, out);
}

enum status buildtree_tree(struct carve *carve, struct recovered_keys *out)
{
	struct regrow regrow = { .carve = carve,
				 .arena = carve->arena,
				 .kin = { .carve = carve },
				 .first = carve->source->first_number };
	enum status status = buildtree_all(&regrow, out);

	placeholder_clear(&regrow.kin);
	free(regrow.order);
	free(regrow.values);
	return status;
}
