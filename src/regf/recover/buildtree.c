/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The tree of recovered keys: the same plain keys and values that the readers
 * yield, so that all later stages read them alike.  Beside it the values of which no
 * key is known.  A name is much of what makes one of these believable; one that has
 * none, a key's default value, counts only if it is of a type that values with a name
 * have, and all of its data are there: in the record, or in a cell of their own that
 * tells a size which holds them, and which nothing else claims.
 */
#include "regf/recover/buildtree.h"

#include "regf/recover/placeholder.h"
#include "regf/recover/region.h"

#include <stdlib.h>

/* U+FFFD twice: what stands for the four bytes that are overwritten. */
static const uint8_t lost_head[VALUE_LOST_HEAD] = { 0xfd, 0xff, 0xfd, 0xff };

struct build {
	struct search *search;
	struct arena *arena;
	struct recovered_key *info;
	struct recovered_place *key_places; /* by number of the deleted key */
	struct placeholders places;
	uint32_t first;	  /* number of the first node */
	uint32_t *order;  /* nodes by parent */
	uint32_t *values; /* numbers of values by node */
};

/* ---- children and values by node ---- */

static enum status sort_nodes(struct build *build)
{
	struct placeholder_node *nodes = build->places.nodes.items;
	uint32_t at = 0;

	build->order = calloc(build->places.nodes.n, sizeof(*build->order));
	if (!build->order)
		return STATUS_NOMEM;
	for (size_t i = PLACEHOLDER_FIRST; i < build->places.nodes.n; i++)
		nodes[nodes[i].parent].n_children++;
	for (size_t i = 0; i < build->places.nodes.n; i++) {
		nodes[i].first = at;
		at += nodes[i].n_children;
		nodes[i].n_children = 0;
	}
	for (uint32_t i = PLACEHOLDER_FIRST; i < build->places.nodes.n; i++) {
		struct placeholder_node *parent = &nodes[nodes[i].parent];
		build->order[parent->first + parent->n_children++] = i;
	}
	return STATUS_OK;
}

/* The node of a value's key; SIZE_MAX for a lone one. */
static size_t node_of_value(const struct build *build, const struct deleted_value *value)
{
	uint32_t number = PLACEHOLDER_ROOT;

	if (value->owner != DELETED_NONE)
		return PLACEHOLDER_FIRST + (size_t)value->owner;
	if (!value->owner_live)
		return SIZE_MAX;
	if (value->owner_live->parent &&
	    !placeholder_find(&build->places, value->owner_live, &number))
		return SIZE_MAX;
	return number;
}

static enum status sort_values(struct build *build)
{
	const struct search *search = build->search;
	struct placeholder_node *nodes = build->places.nodes.items;
	uint32_t at = 0;

	build->values = calloc(search->values.n + 1, sizeof(*build->values));
	if (!build->values)
		return STATUS_NOMEM;
	for (size_t i = 0; i < search->values.n; i++) {
		size_t node = node_of_value(build, &search->values.items[i]);
		if (node != SIZE_MAX)
			nodes[node].n_values++;
	}
	for (size_t i = 0; i < build->places.nodes.n; i++) {
		nodes[i].first_value = at;
		at += nodes[i].n_values;
		nodes[i].n_values = 0;
	}
	for (uint32_t i = 0; i < search->values.n; i++) {
		size_t node = node_of_value(build, &search->values.items[i]);
		if (node != SIZE_MAX)
			build->values[nodes[node].first_value + nodes[node].n_values++] =
				i;
	}
	return STATUS_OK;
}

/* ---- plain keys and values ---- */

static struct recovered_place place_of(const struct build *build, uint8_t origin,
				       uint32_t rel)
{
	struct recovered_run run =
		region_run(build->search, rel + build->search->cell_header, 0);

	return (struct recovered_place){
		.origin = (enum recovered_origin)origin,
		.log = run.log,
		.offset = run.offset,
	};
}

/* The pages of another state are there only for the search. */
static enum status keep(struct build *build, const uint8_t **bytes, size_t len)
{
	if (!build->search->source->overlay || len == 0)
		return STATUS_OK;
	uint8_t *copy = arena_calloc(build->arena, len, 1);
	if (!copy || !span_copy(span_of(*bytes, len), 0, copy, len))
		return STATUS_NOMEM;
	*bytes = copy;
	return STATUS_OK;
}

/* Data whose first bytes are a link get a copy in which they are not shown. */
static enum status hide_head(struct build *build, struct value *value,
			     struct recovered_value *info)
{
	uint8_t *copy = arena_calloc(build->arena, value->data_len, 1);

	if (!copy || !span_copy(value_data(value), 0, copy, value->data_len))
		return STATUS_NOMEM;
	value->data = copy;
	value->flags |= VALUE_FLAG_HEAD_LOST;
	info->n_head_lost = (uint8_t)value_head_lost(value);
	memcpy(copy, lost_head, info->n_head_lost);
	return STATUS_OK;
}

static enum recovered_certainty value_certainty(const struct search *search,
						const struct deleted_value *value)
{
	uint8_t of_key = RECOVERED_PARTIAL;

	if (value->owner_live)
		of_key = RECOVERED_PROBABLE;
	else if (value->owner != DELETED_NONE)
		of_key = search->keys.items[value->owner].certainty;
	return (enum recovered_certainty)(of_key > value->certainty ? of_key
								    : value->certainty);
}

static enum status make_value(struct build *build, const struct deleted_value *deleted,
			      uint32_t position, struct value *value,
			      struct recovered_value *info, struct recovered_place *place)
{
	*value = (struct value){
		.name = deleted->name,
		.name_len = deleted->name_len,
		.data = deleted->bytes,
		.data_len = deleted->known,
		.declared_len = deleted->size & ~READER_DATA_INLINE,
		.type = deleted->type,
		.record_off = deleted->rel + IMAGE_BASE_SIZE + build->search->cell_header,
		.position = position,
	};
	value->flags =
		(uint16_t)((deleted->utf16 ? VALUE_FLAG_NAME_UTF16 : 0u) |
			   (deleted->segmented ? VALUE_FLAG_SEGMENTED : 0u) |
			   (deleted->size & READER_DATA_INLINE ? VALUE_FLAG_INLINE : 0u) |
			   (deleted->known < value->declared_len ? VALUE_FLAG_SHORT
								 : 0u));
	*info = (struct recovered_value){
		.certainty = value_certainty(build->search, deleted),
		.inferred = deleted->inferred,
		.n_places = 1,
		.places = place,
		.runs = deleted->runs,
		.n_runs = deleted->n_runs,
		.data_lost = deleted->data_lost,
		.of_live_key = deleted->owner_live != NULL,
	};
	*place = place_of(build, deleted->origin, deleted->rel);
	RETURN_IF_FAILED(keep(build, &value->name, value->name_len));
	RETURN_IF_FAILED(keep(build, &value->data, value->data_len));
	return deleted->head_lost ? hide_head(build, value, info) : STATUS_OK;
}

static enum status make_values(struct build *build, const struct placeholder_node *node,
			       struct key *key)
{
	struct recovered_value *infos =
		arena_calloc(build->arena, node->n_values, sizeof(*infos));
	struct recovered_place *places =
		arena_calloc(build->arena, node->n_values, sizeof(*places));

	key->values = arena_calloc(build->arena, node->n_values, sizeof(*key->values));
	if (!infos || !places || !key->values)
		return STATUS_NOMEM;
	for (uint32_t i = 0; i < node->n_values; i++)
		RETURN_IF_FAILED(
			make_value(build,
				   &build->search->values
					    .items[build->values[node->first_value + i]],
				   i, &key->values[i], &infos[i], &places[i]));
	key->n_values = node->n_values;
	key_sort_values(key);
	build->info[key->recovered - build->first].values = infos;
	return STATUS_OK;
}

static enum status make_recovered(struct build *build, uint32_t number, struct key *key)
{
	const struct deleted_key *deleted = &build->search->keys.items[number];
	struct recovered_key *info = &build->info[key->recovered - build->first];

	key->name = deleted->name;
	key->name_len = deleted->name_len;
	key->mtime_ft = deleted->mtime_ft;
	key->record_off = deleted->rel + IMAGE_BASE_SIZE + build->search->cell_header;
	key->flags = (uint16_t)(KEY_FLAG_RECOVERED |
				(deleted->utf16 ? KEY_FLAG_NAME_UTF16 : 0u));
	*info = (struct recovered_key){
		.certainty = (enum recovered_certainty)deleted->certainty,
		.inferred = deleted->inferred,
		.since = (enum recovered_since)deleted->since,
		.n_places = 1,
		.places = &build->key_places[number],
		.rel = deleted->rel,
		.parent_rel = deleted->parent,
		.n_values_recorded = deleted->n_values,
		.witness = deleted->witness,
		.had_subkeys = deleted->had_subkeys,
		.is_empty = deleted->is_empty,
		.values_cut = deleted->n_values == 0 &&
			      (deleted->largest_name > 0 || deleted->largest_data > 0),
	};
	build->key_places[number] = place_of(build, deleted->origin, deleted->rel);
	return keep(build, &key->name, key->name_len);
}

static void make_add_placeholder(struct build *build, const struct placeholder_node *node,
				 struct key *key)
{
	struct recovered_key *info = &build->info[key->recovered - build->first];

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
	info->rel = search_rel(build->search, node->other);
	info->witness = node->other;
	if (node->live) {
		key->mtime_ft = node->other->mtime_ft;
		key->record_off = node->other->record_off;
	} else {
		info->inferred = RECOVERED_INFERRED_NAME;
	}
}

static enum status make_key(struct build *build, uint32_t number, struct key *parent,
			    struct key *key)
{
	const struct placeholder_node *node = &build->places.nodes.items[number];

	*key = (struct key){ .parent = parent,
			     .depth = parent ? parent->depth + 1 : 0,
			     .recovered = build->first + number };
	if (placeholder_is_key(&build->places, number))
		RETURN_IF_FAILED(make_recovered(build, number - PLACEHOLDER_FIRST, key));
	else
		make_add_placeholder(build, node, key);
	return node->n_values ? make_values(build, node, key) : STATUS_OK;
}

/* The children of a key that stands in its final place already. */
static enum status make_children(struct build *build, struct key *key)
{
	uint32_t number = key->recovered - build->first;
	const struct placeholder_node *node = &build->places.nodes.items[number];

	build->info[number].key = key;
	if (node->n_children == 0)
		return STATUS_OK;
	key->children =
		arena_calloc(build->arena, node->n_children, sizeof(*key->children));
	if (!key->children)
		return STATUS_NOMEM;
	for (uint32_t i = 0; i < node->n_children; i++)
		RETURN_IF_FAILED(make_key(build, build->order[node->first + i], key,
					  &key->children[i]));
	key->n_children = node->n_children;
	(void)key_sort_children(key);
	return STATUS_OK;
}

static enum status make_tree(struct build *build, uint32_t number, struct key **top)
{
	*top = arena_calloc(build->arena, 1, sizeof(**top));
	if (!*top)
		return STATUS_NOMEM;
	RETURN_IF_FAILED(make_key(build, number, NULL, *top));
	for (struct key *key = *top; key; key = key_next_mutable(*top, key))
		RETURN_IF_FAILED(make_children(build, key));
	return STATUS_OK;
}

/* ---- values without a key ---- */

/* Believable by itself. */
static bool is_lone(const struct deleted_value *value)
{
	uint32_t len = value->size & ~READER_DATA_INLINE;

	if (value->owner != DELETED_NONE || value->owner_live || !value->strict)
		return false;
	return value->name_len > 0 || (!value->data_lost && value->known == len);
}

static enum status make_lone(struct build *build, struct recovered_keys *out)
{
	const struct search *search = build->search;
	size_t n = 0;

	/* In another state they may well be values of keys that are live. */
	if (search->source->overlay)
		return STATUS_OK;
	for (size_t i = 0; i < search->values.n; i++)
		n += is_lone(&search->values.items[i]);
	struct recovered_value *infos = arena_calloc(build->arena, n, sizeof(*infos));
	struct recovered_place *places = arena_calloc(build->arena, n, sizeof(*places));
	out->lone = arena_calloc(build->arena, n, sizeof(*out->lone));
	if (!infos || !places || !out->lone)
		return STATUS_NOMEM;
	out->lone_info = infos;
	for (size_t i = 0; i < search->values.n; i++) {
		if (!is_lone(&search->values.items[i]))
			continue;
		uint32_t at = (uint32_t)out->n_lone++;
		RETURN_IF_FAILED(make_value(build, &search->values.items[i], at,
					    &out->lone[at], &infos[at], &places[at]));
	}
	return STATUS_OK;
}

static enum status buildtree_all(struct build *build, struct recovered_keys *out)
{
	RETURN_IF_FAILED(placeholder_make_all(&build->places));
	RETURN_IF_FAILED(sort_nodes(build));
	RETURN_IF_FAILED(sort_values(build));
	build->info =
		arena_calloc(build->arena, build->places.nodes.n, sizeof(*build->info));
	build->key_places = arena_calloc(build->arena, build->search->keys.n,
					 sizeof(*build->key_places));
	if (!build->info || !build->key_places)
		return STATUS_NOMEM;
	RETURN_IF_FAILED(make_tree(build, PLACEHOLDER_ROOT, &out->tree->root));
	RETURN_IF_FAILED(make_tree(build, PLACEHOLDER_ADRIFT, &out->adrift));
	out->keys = build->info;
	out->first = build->first;
	out->n_nodes = (uint32_t)build->places.nodes.n;
	out->n_keys = build->search->keys.n;
	for (size_t i = 0; i < build->places.nodes.n; i++)
		out->n_values += build->places.nodes.items[i].n_values;
	return make_lone(build, out);
}

enum status buildtree_make(struct search *search, struct recovered_keys *out)
{
	struct build build = { .search = search,
			       .arena = search->arena,
			       .places = { .search = search },
			       .first = search->source->first_number };
	enum status status = buildtree_all(&build, out);

	placeholder_clear(&build.places);
	free(build.order);
	free(build.values);
	return status;
}
