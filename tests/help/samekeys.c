/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "help/samekeys.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static const char *say(const struct key *key, const struct value *value, const char *what,
		       char *out, size_t size)
{
	struct text path = text_of("");
	char *utf8 = NULL;

	if (key_path(key, NULL, "", value, &path)) {
		utf8 = text_to_utf8(path, NULL);
		text_free(path);
	}
	(void)snprintf(out, size, "%s: %s", utf8 ? utf8 : "?", what);
	free(utf8);
	return out;
}

static const char *values_differ(const struct key *a, const struct key *b, char *out,
				 size_t size)
{
	char what[80];

	if (a->n_values != b->n_values) {
		(void)snprintf(what, sizeof(what), "%" PRIu32 " and %" PRIu32 " values",
			       a->n_values, b->n_values);
		return say(a, NULL, what, out, size);
	}
	for (uint32_t i = 0; i < a->n_values; i++) {
		const struct value *x = &a->values[i], *y = &b->values[i];
		if (!text_same(value_name(x), value_name(y)))
			return say(a, x, "another name of a value", out, size);
		if (x->type != y->type)
			return say(a, x, "another type", out, size);
		if (!span_equal(value_data(x), value_data(y))) {
			(void)snprintf(what, sizeof(what),
				       "other data: %" PRIu32 " and %" PRIu32
				       " bytes of type %" PRIx32,
				       x->data_len, y->data_len, x->type);
			return say(a, x, what, out, size);
		}
	}
	return NULL;
}

const char *samekeys_difference(const struct key *a, const struct key *b, char *out,
				size_t size)
{
	const struct key *top_a = a, *top_b = b;

	for (; a && b; a = key_next(top_a, a), b = key_next(top_b, b)) {
		const char *found = values_differ(a, b, out, size);
		if (found)
			return found;
		if (a != top_a && !text_same(key_name(a), key_name(b)))
			return say(a, NULL, "another name of a key", out, size);
		if (a->n_children != b->n_children)
			return say(a, NULL, "another number of subkeys", out, size);
	}
	return a || b ? say(a ? a : b, NULL, "more keys", out, size) : NULL;
}
