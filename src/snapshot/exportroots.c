/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A root without lists is a snapshot only if the file exports the place where they would
 * be: the nearest key on the way to them is exported whole, and it is the key of MAPI
 * itself or has other keys below it.  A file that somebody wrote to set one value names
 * no such key.  What Windows shows under two names is one hive: HKEY_USERS\S-1-5-18 is
 * .DEFAULT, and HKEY_CURRENT_USER is the key of a user in HKEY_USERS; the latter is passed
 * over only if the lists of both are the same, for the file does not tell whose it is.
 */
#include "snapshot/exportroots.h"

#include "base/array.h"
#include "mapi/store.h"
#include "snapshot/exportfile.h"

#include <stdlib.h>
#include <string.h>

#define MAPI_KEY "Windows Messaging Subsystem"

/* ---- one root ---- */

static bool has_lists(const struct stores *stores)
{
	for (size_t i = 0; i < stores->n; i++)
		if (stores->items[i].key)
			return true;
	return false;
}

static bool covers_lists(const struct regtext_root *root, const struct stores *stores)
{
	/* A hive that was loaded by hand may be any. */
	if (root->kind == REGTEXT_MACHINE)
		return false;
	for (size_t i = 0; i < stores->n; i++) {
		const struct key *nearest = stores->items[i].parent;
		if (nearest && !(nearest->flags & KEY_FLAG_SUBKEYS_PARTIAL) &&
		    (nearest->n_children > 0 || text_is(key_name(nearest), MAPI_KEY)))
			return true;
	}
	return false;
}

static enum status find_lists(const struct regtext_root *root, struct stores *stores)
{
	AUTO(diag_list_freep) struct diag_list *diags = diag_list_new();

	return diags ? stores_find(&root->keys, diags, stores) : STATUS_NOMEM;
}

enum status exportroots_choose(const struct regtext *export, struct regtext_root **chosen,
			       size_t *n)
{
	*n = 0;
	for (size_t i = 0; i < export->n_roots; i++) {
		struct stores stores = { 0 };
		RETURN_IF_FAILED(find_lists(&export->roots[i], &stores));
		if (has_lists(&stores))
			chosen[(*n)++] = &export->roots[i];
		stores_clear(&stores);
	}
	for (size_t i = 0; *n == 0 && i < export->n_roots; i++)
		chosen[i] = &export->roots[i];
	*n = *n == 0 ? export->n_roots : *n;
	return STATUS_OK;
}

/* ---- two names of one hive ---- */

static bool has_same_values(const struct key *a, const struct key *b)
{
	if (a->n_values != b->n_values)
		return false;
	for (uint32_t i = 0; i < a->n_values; i++) {
		const struct value *x = &a->values[i], *y = &b->values[i];
		if (x->type != y->type || x->data_len != y->data_len ||
		    !text_equal(value_name(x), value_name(y)) ||
		    (x->data_len > 0 && memcmp(x->data, y->data, x->data_len) != 0))
			return false;
	}
	return true;
}

static bool is_same_tree(const struct key *a, const struct key *b)
{
	const struct key *x = a, *y = b;

	while (x && y) {
		if (x->depth - a->depth != y->depth - b->depth ||
		    (x != a && !text_equal(key_name(x), key_name(y))) ||
		    x->n_children != y->n_children || !has_same_values(x, y))
			return false;
		x = key_next(a, x);
		y = key_next(b, y);
	}
	return !x && !y;
}

static bool has_same_lists(const struct stores *a, const struct stores *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++) {
		const struct store *x = &a->items[i], *y = &b->items[i];
		if (!store_is_same(x, y) || !x->key != !y->key ||
		    (x->key && !is_same_tree(x->key, y->key)))
			return false;
	}
	return has_lists(a);
}

/* True if that of HKEY_USERS says all that this one of HKEY_CURRENT_USER says. */
static enum status is_repeated(const struct regtext *export,
			       const struct regtext_root *root,
			       const struct stores *stores, bool *repeated)
{
	*repeated = false;
	for (size_t i = 0;
	     root->kind == REGTEXT_CURRENT_USER && i < export->n_roots && !*repeated;
	     i++) {
		struct stores others = { 0 };
		if (export->roots[i].kind != REGTEXT_USERS)
			continue;
		RETURN_IF_FAILED(find_lists(&export->roots[i], &others));
		*repeated = has_same_lists(stores, &others);
		stores_clear(&others);
	}
	return STATUS_OK;
}

static bool has_local_system(const struct exportroots *roots)
{
	for (size_t i = 0; i < roots->n; i++)
		if (roots->items[i].subject.role == SUBJECT_LOCAL_SYSTEM &&
		    roots->items[i].kind == REGTEXT_USERS)
			return true;
	return false;
}

/* ---- all of them ---- */

static enum status add(struct exportroots *out, const struct regtext_root *root)
{
	struct exportroot item = { .kind = root->kind };

	RETURN_IF_FAILED(subject_of_export(root, &item.subject));
	bool again = root->kind == REGTEXT_USERS &&
		     item.subject.role == SUBJECT_LOCAL_SYSTEM && has_local_system(out);
	if (again || out->n == EXPORTROOTS_MOST) {
		out->n_left_out += !again;
		subject_clear(&item.subject);
		return STATUS_OK;
	}
	item.path = strdup(root->path);
	enum status status =
		item.path ? ARRAY_RESERVE(out, EXPORTROOTS_MOST) : STATUS_NOMEM;
	if (status != STATUS_OK) {
		subject_clear(&item.subject);
		free(item.path);
		return status;
	}
	out->items[out->n++] = item;
	return STATUS_OK;
}

static enum status add_all(struct exportroots *out, const struct regtext *export)
{
	for (size_t i = 0; i < export->n_roots; i++) {
		const struct regtext_root *root = &export->roots[i];
		struct stores stores = { 0 };
		bool repeated = false;
		RETURN_IF_FAILED(find_lists(root, &stores));
		bool wanted = has_lists(&stores) || covers_lists(root, &stores);
		enum status status =
			wanted ? is_repeated(export, root, &stores, &repeated)
			       : STATUS_OK;
		stores_clear(&stores);
		if (status == STATUS_OK && wanted && !repeated)
			status = add(out, root);
		RETURN_IF_FAILED(status);
	}
	return STATUS_OK;
}

void exportroots_clear(struct exportroots *roots)
{
	for (size_t i = 0; i < roots->n; i++) {
		free(roots->items[i].path);
		subject_clear(&roots->items[i].subject);
	}
	free(roots->items);
	*roots = (struct exportroots){ 0 };
}

enum status exportroots_read(const char *path, const struct evidence_opener *opener,
			     struct exportroots *out, struct failure *failure)
{
	AUTO(exportfile_freep) struct exportfile *file = NULL;

	*out = (struct exportroots){ 0 };
	RETURN_IF_FAILED(exportfile_read(path, opener, NULL, &file, failure));
	failure_set(failure, "out of memory");
	enum status status = add_all(out, file->text);
	if (status != STATUS_OK)
		exportroots_clear(out);
	return status;
}
