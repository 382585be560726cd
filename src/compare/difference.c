/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Merging two sorted subtrees.  Both come sorted by upper-cased name, so a
 * name that changed only its case stays the same name.
 */
#include "compare/difference.h"

#include "base/array.h"

#include <stdlib.h>

const char *difference_word(enum difference_kind kind)
{
	switch (kind) {
	case DIFFERENCE_KEY_REMOVED:
		return "key_removed";
	case DIFFERENCE_KEY_ADDED:
		return "key_added";
	case DIFFERENCE_VALUE_REMOVED:
		return "value_removed";
	case DIFFERENCE_VALUE_ADDED:
		return "value_added";
	case DIFFERENCE_VALUE_CHANGED:
		return "value_changed";
	}
	return "?";
}

void differences_clear(struct differences *differences)
{
	free(differences->items);
	*differences = (struct differences){ 0 };
}

static enum status add(struct differences *differences, struct difference difference)
{
	enum status status = ARRAY_RESERVE(differences, DIFFERENCE_MAX);

	if (status == STATUS_LIMIT) {
		differences->n_left_out++;
		return STATUS_OK;
	}
	if (status == STATUS_OK)
		differences->items[differences->n++] = difference;
	return status;
}

static enum status add_value(struct differences *out, const struct key *before_key,
			     const struct key *after_key, const struct value *before,
			     const struct value *after)
{
	struct difference difference = {
		.kind = !after	  ? DIFFERENCE_VALUE_REMOVED
			: !before ? DIFFERENCE_VALUE_ADDED
				  : DIFFERENCE_VALUE_CHANGED,
		.before_key = before_key,
		.after_key = after_key,
		.before = before,
		.after = after,
	};

	return add(out, difference);
}

static int order(bool has_before, bool has_after, struct text before, struct text after)
{
	if (!has_before)
		return 1;
	if (!has_after)
		return -1;
	return text_compare(before, after);
}

static bool same_value(const struct value *a, const struct value *b)
{
	return a->type == b->type && a->declared_len == b->declared_len &&
	       span_equal(value_data(a), value_data(b));
}

static enum status compare_values(const struct key *before, const struct key *after,
				  struct differences *out)
{
	uint32_t n_before = before ? before->n_values : 0;
	uint32_t n_after = after ? after->n_values : 0;

	for (uint32_t b = 0, a = 0; b < n_before || a < n_after;) {
		const struct value *old = b < n_before ? &before->values[b] : NULL;
		const struct value *new = a < n_after ? &after->values[a] : NULL;
		int sign = order(old, new, old ? value_name(old) : text_of(""),
				 new ? value_name(new) : text_of(""));
		if (sign != 0 || !same_value(old, new))
			RETURN_IF_FAILED(add_value(out, before, after,
						   sign <= 0 ? old : NULL,
						   sign >= 0 ? new : NULL));
		out->n_bytes += (sign <= 0 ? value_data(old).len : 0) +
				(sign >= 0 ? value_data(new).len : 0);
		b += sign <= 0;
		a += sign >= 0;
	}
	return STATUS_OK;
}

/* One side only: the key and everything below it, in depth-first order. */
static enum status add_subtree(const struct key *top, bool removed,
			       struct differences *out)
{
	for (const struct key *key = top; key; key = key_next(top, key)) {
		struct difference difference = {
			.kind = removed ? DIFFERENCE_KEY_REMOVED : DIFFERENCE_KEY_ADDED,
			.before_key = removed ? key : NULL,
			.after_key = removed ? NULL : key,
		};
		RETURN_IF_FAILED(add(out, difference));
		RETURN_IF_FAILED(
			compare_values(removed ? key : NULL, removed ? NULL : key, out));
	}
	return STATUS_OK;
}

/* Both keys are there.  Bounded by the depth of the trees, RECORD_MAX_DEPTH. */
static enum status compare_keys(const struct key *before, const struct key *after,
				struct differences *out)
{
	RETURN_IF_FAILED(compare_values(before, after, out));
	for (uint32_t b = 0, a = 0; b < before->n_children || a < after->n_children;) {
		const struct key *old =
			b < before->n_children ? &before->children[b] : NULL;
		const struct key *new =
			a < after->n_children ? &after->children[a] : NULL;
		int sign = order(old, new, old ? key_name(old) : text_of(""),
				 new ? key_name(new) : text_of(""));
		if (sign < 0)
			RETURN_IF_FAILED(add_subtree(old, true, out));
		else if (sign > 0)
			RETURN_IF_FAILED(add_subtree(new, false, out));
		else
			RETURN_IF_FAILED(compare_keys(old, new, out));
		b += sign <= 0;
		a += sign >= 0;
	}
	return STATUS_OK;
}

enum status differences_find(const struct key *before, const struct key *after,
			     struct differences *out)
{
	struct differences found = { 0 };
	enum status status = STATUS_OK;

	if (before && after)
		status = compare_keys(before, after, &found);
	else if (before)
		status = add_subtree(before, true, &found);
	else if (after)
		status = add_subtree(after, false, &found);
	if (status == STATUS_OK)
		*out = found;
	else
		differences_clear(&found);
	return status;
}
