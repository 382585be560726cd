/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The stores found in keys made by hand. */
#ifndef TESTS_HELP_FOUND_H
#define TESTS_HELP_FOUND_H

#include "help/unit.h"

#include "mapi/store.h"

#include "help/keys.h"

struct found {
	struct keys *keys;
	const struct key *root;
	struct diag_list *diags;
	struct stores stores;
};

/* Takes the keys. */
static inline struct found find(struct keys *keys)
{
	struct key *root = keys_root(keys);
	struct found found = { .keys = keys, .root = root };
	struct key_tree tree = { .root = root };

	found.diags = diag_list_new();
	assert_non_null(found.diags);
	assert_int_equal(stores_find(&tree, found.diags, &found.stores), STATUS_OK);
	assert_non_null(found.stores.prefix);
	return found;
}

static inline void done(struct found *found)
{
	stores_clear(&found->stores);
	assert_int_equal(found->stores.n, 0);
	diag_list_free(found->diags);
	keys_free(found->keys);
}

#endif
