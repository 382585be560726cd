/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From nodes in order of the file to sorted keys.  What an export names only on the way,
 * and what could not be read of it, is left open: subkeys and values of such a key may be
 * more than those that are there.  So are the subkeys of a key if the code page of one of
 * their names is not known.
 */
#include "regtext/regtree.h"

#include <stdlib.h>

/* A key that was made, and the node whose subkeys and values it gets. */
struct pending {
	struct key *key;
	uint32_t node;
	bool whole_above; /* the key above it is exported with all that is below */
};

struct making {
	struct regforest *forest;
	struct diag_list *diags;
	struct key_tree *tree;
	struct pending *pending;
	size_t n_pending, cap_pending;
	size_t *n_branches;
};

struct text regtree_name(const struct regnode *node)
{
	return (struct text){ span_of(node->name, node->name_len),
			      node->utf16 ? TEXT_UTF16LE : TEXT_LATIN1 };
}

static struct text value_name_of(const struct regvalue *value)
{
	return (struct text){ span_of(value->name, value->name_len),
			      value->utf16 ? TEXT_UTF16LE : TEXT_LATIN1 };
}

bool regtree_is_whole(const struct regnode *node)
{
	return node->n_named > node->n_ways;
}

/* ---- sorting ---- */

static int compare_nodes(const void *left, const void *right, void *data)
{
	const struct regnode *nodes = data;
	uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
	int order = text_compare(regtree_name(&nodes[a]), regtree_name(&nodes[b]));

	return order ? order : (a > b) - (a < b);
}

static int compare_values(const void *left, const void *right, void *data)
{
	const struct regvalue *values = data;
	uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
	int order = text_compare(value_name_of(&values[a]), value_name_of(&values[b]));

	return order ? order : (a > b) - (a < b);
}

static void sort(uint32_t *numbers, size_t n,
		 int (*compare)(const void *, const void *, void *), void *items)
{
	for (size_t i = 1; i < n; i++)
		if (compare(&numbers[i - 1], &numbers[i], items) > 0) {
			qsort_r(numbers, n, sizeof(*numbers), compare, items);
			return;
		}
}

/* ---- keys ---- */

/* All that the other has comes to the node, which has the same name. */
static void merge(struct regforest *forest, struct regnode *node, struct regnode *other)
{
	if (node->last_child == REGFOREST_NONE)
		node->first_child = other->first_child;
	else
		forest->nodes.items[node->last_child].next = other->first_child;
	if (other->last_child != REGFOREST_NONE)
		node->last_child = other->last_child;
	if (node->last_value == REGFOREST_NONE)
		node->first_value = other->first_value;
	else
		forest->values.items[node->last_value].next = other->first_value;
	if (other->last_value != REGFOREST_NONE)
		node->last_value = other->last_value;
	node->n_named += other->n_named;
	node->n_ways += other->n_ways;
	node->doubtful |= other->doubtful;
	node->values_short |= other->values_short;
}

enum status regtree_children(struct regforest *forest, uint32_t node, uint32_t **out,
			     size_t *n)
{
	struct regnode *nodes = forest->nodes.items;
	uint32_t *numbers;
	size_t count = 0, kept = 0;

	for (uint32_t i = nodes[node].first_child; i != REGFOREST_NONE; i = nodes[i].next)
		count++;
	numbers = calloc(count + 1, sizeof(*numbers));
	if (!numbers)
		return STATUS_NOMEM;
	count = 0;
	for (uint32_t i = nodes[node].first_child; i != REGFOREST_NONE; i = nodes[i].next)
		numbers[count++] = i;
	sort(numbers, count, compare_nodes, nodes);
	for (size_t i = 0; i < count; i++) {
		if (kept > 0 && text_equal(regtree_name(&nodes[numbers[kept - 1]]),
					   regtree_name(&nodes[numbers[i]])))
			merge(forest, &nodes[numbers[kept - 1]], &nodes[numbers[i]]);
		else
			numbers[kept++] = numbers[i];
	}
	*out = numbers;
	*n = kept;
	return STATUS_OK;
}

static enum status add_pending(struct making *making, struct key *key, uint32_t node,
			       bool whole_above)
{
	if (making->n_pending == making->cap_pending) {
		size_t cap = making->cap_pending ? making->cap_pending * 2 : 256;
		struct pending *grown =
			reallocarray(making->pending, cap, sizeof(*making->pending));
		if (!grown)
			return STATUS_NOMEM;
		making->pending = grown;
		making->cap_pending = cap;
	}
	making->pending[making->n_pending++] = (struct pending){ key, node, whole_above };
	return STATUS_OK;
}

static void fill_key(struct key *key, const struct regnode *node, struct key *parent)
{
	key->parent = parent;
	key->name = node->name;
	key->name_len = node->name_len;
	key->depth = parent ? parent->depth + 1 : 0;
	key->security_rel = UINT32_MAX;
	if (node->utf16)
		key->flags |= KEY_FLAG_NAME_UTF16;
	if (!regtree_is_whole(node))
		key->flags |= KEY_FLAG_SUBKEYS_PARTIAL | KEY_FLAG_VALUES_PARTIAL;
	if (node->values_short)
		key->flags |= KEY_FLAG_VALUES_PARTIAL;
}

static enum status make_children(struct making *making, struct key *key, uint32_t node)
{
	struct regforest *forest = making->forest;
	bool whole = regtree_is_whole(&forest->nodes.items[node]);
	uint32_t *numbers = NULL;
	size_t n = 0;
	enum status status = regtree_children(forest, node, &numbers, &n);

	if (status == STATUS_OK && n > 0) {
		key->children = arena_calloc(forest->arena, n, sizeof(*key->children));
		status = key->children ? STATUS_OK : STATUS_NOMEM;
	}
	for (size_t i = 0; i < n && status == STATUS_OK; i++) {
		const struct regnode *child = &forest->nodes.items[numbers[i]];
		fill_key(&key->children[i], child, key);
		key->n_children++;
		making->tree->n_keys++;
		if (child->doubtful)
			key->flags |= KEY_FLAG_SUBKEYS_PARTIAL;
		status = add_pending(making, &key->children[i], numbers[i], whole);
	}
	free(numbers);
	return status;
}

/* ---- values ---- */

static bool same_data(const struct regvalue *a, const struct regvalue *b)
{
	return a->type == b->type &&
	       span_equal(span_of(a->data, a->data_len), span_of(b->data, b->data_len));
}

static void add_value(struct making *making, struct key *key,
		      const struct regvalue *value)
{
	key->values[key->n_values] = (struct value){
		.name = value->name,
		.name_len = value->name_len,
		.data = value->data,
		.data_len = value->data_len,
		.declared_len = value->data_len,
		.type = value->type,
		.position = key->n_values,
		.flags = VALUE_FLAG_COPIED | (value->utf16 ? VALUE_FLAG_NAME_UTF16 : 0),
	};
	key->n_values++;
	making->tree->n_values++;
	if (value->doubtful)
		key->flags |= KEY_FLAG_VALUES_PARTIAL;
}

static enum status make_values(struct making *making, struct key *key, uint32_t node)
{
	struct regforest *forest = making->forest;
	const struct regvalue *values = forest->values.items;
	uint32_t first = forest->nodes.items[node].first_value;
	size_t n = 0;

	for (uint32_t i = first; i != REGFOREST_NONE; i = values[i].next)
		n++;
	if (n == 0)
		return STATUS_OK;
	uint32_t *numbers = calloc(n, sizeof(*numbers));
	key->values = arena_calloc(forest->arena, n, sizeof(*key->values));
	if (!numbers || !key->values) {
		free(numbers);
		return STATUS_NOMEM;
	}
	n = 0;
	for (uint32_t i = first; i != REGFOREST_NONE; i = values[i].next)
		numbers[n++] = i;
	sort(numbers, n, compare_values, forest->values.items);
	for (size_t i = 0; i < n; i++) {
		const struct regvalue *value = &values[numbers[i]];
		const struct regvalue *next = i + 1 < n ? &values[numbers[i + 1]] : NULL;
		if (!next || !text_equal(value_name_of(value), value_name_of(next))) {
			add_value(making, key, value);
			continue;
		}
		if (!same_data(value, next))
			diag_at(making->diags, DIAG_EXPORT_REPEATED, next->offset,
				"a value is there again with other data; the last one "
				"counts");
	}
	free(numbers);
	return STATUS_OK;
}

/* ---- the tree ---- */

static enum status make_all(struct making *making)
{
	while (making->n_pending > 0) {
		struct pending next = making->pending[--making->n_pending];
		const struct regnode *node = &making->forest->nodes.items[next.node];
		*making->n_branches += regtree_is_whole(node) && !next.whole_above;
		RETURN_IF_FAILED(make_values(making, next.key, next.node));
		RETURN_IF_FAILED(make_children(making, next.key, next.node));
	}
	return STATUS_OK;
}

enum status regtree_make(struct regforest *forest, uint32_t node, struct diag_list *diags,
			 struct key_tree *out, size_t *n_branches)
{
	struct making making = {
		.forest = forest, .diags = diags, .tree = out, .n_branches = n_branches
	};
	struct key *root = arena_calloc(forest->arena, 1, sizeof(*root));

	*n_branches = 0;
	if (!root)
		return STATUS_NOMEM;
	*out = (struct key_tree){ .arena = forest->arena, .root = root, .n_keys = 1 };
	fill_key(root, &forest->nodes.items[node], NULL);
	enum status status = add_pending(&making, root, node, false);
	if (status == STATUS_OK)
		status = make_all(&making);
	free(making.pending);
	return status;
}
