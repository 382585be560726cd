/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Entry ids of stores stand in many values: the store's own (0fff), where mail
 * is delivered ("Delivery Store EntryID"), the contacts of an address book
 * (6626), recently used folders and open windows of the client section (022a,
 * 032f, 039b, 0434, 044e).  The last ones stay when a file is detached.
 */
#include "mapi/content/namedfile.h"

#include "mapi/content/datafile.h"
#include "mapi/content/storeentry.h"
#include "mapi/secret.h"
#include "mapi/section.h"

#include <stdlib.h>

#define PR_ENTRYID 0x0fff

/* The store's own entry id, in the section of a provider that is in the profile's lists. */
static bool is_own_entry(struct contentstate *c, const struct key *key,
			 const struct value *value)
{
	struct proptag tag;

	return key->parent == c->profile && contentstate_section(c, key)->is_provider &&
	       proptag_parse(value_name(value), &tag) && tag.id == PR_ENTRYID;
}

static enum status read_value(struct contentstate *c, const struct key *key,
			      const struct value *value)
{
	struct profile_named_file file = { .section = key, .value = value };
	size_t off = value_head_lost(value);

	if (value->type != KEY_TYPE_BINARY || secret_is(value))
		return STATUS_OK;
	while (!c->out->truncated &&
	       storeentry_next(value_data(value), &off, &file.path)) {
		file.kind = datafile_store_kind(file.path);
		file.order = c->out->named_files.n;
		if (is_own_entry(c, key, value))
			file.attached = PROFILE_YES;
		RETURN_IF_FAILED(CONTENTSTATE_ADD(c, named_files, file));
	}
	return STATUS_OK;
}

/* Sorting may leave no order between equal ones: that of their places is kept. */
static int by_path(const void *left, const void *right)
{
	const struct profile_named_file *a = left, *b = right;
	int order = text_compare(a->path, b->path);

	if (order == 0)
		order = (a->order > b->order) - (a->order < b->order);
	return order;
}

static int file_of_path(const void *path, const void *file)
{
	return text_compare(*(const struct text *)path,
			    (*(const struct profile_file *const *)file)->path);
}

static int files_by_path(const void *left, const void *right)
{
	return file_of_path(&(*(const struct profile_file *const *)left)->path, right);
}

/* The attached stores, sorted by path; *n of them, to be freed.  NULL: out of memory. */
static const struct profile_file **attached_files(const struct content *out, size_t *n)
{
	const struct profile_file **files = calloc(out->files.n + 1, sizeof(*files));

	*n = 0;
	if (!files)
		return NULL;
	for (size_t i = 0; i < out->files.n; i++)
		if (out->files.items[i].attached == PROFILE_YES)
			files[(*n)++] = &out->files.items[i];
	qsort(files, *n, sizeof(*files), files_by_path);
	return files;
}

/* One path's entry ids, from..to: attached if one of them is, or a file of that path. */
static void decide(struct content *out, size_t from, size_t to, enum profile_known known)
{
	for (size_t i = from; i < to; i++)
		if (out->named_files.items[i].attached == PROFILE_YES)
			known = PROFILE_YES;
	for (size_t i = from; i < to; i++)
		out->named_files.items[i].attached = known;
}

static enum status decide_all(struct contentstate *c)
{
	struct content *out = c->out;
	struct profile_named_file *items = out->named_files.items;
	enum profile_known other =
		contentstate_is_whole(c) ? PROFILE_NO : PROFILE_UNKNOWN;
	size_t n, to;
	const struct profile_file **files = attached_files(out, &n);

	if (!files)
		return STATUS_NOMEM;
	for (size_t from = 0; from < out->named_files.n; from = to) {
		for (to = from + 1; to < out->named_files.n; to++)
			if (!text_equal(items[from].path, items[to].path))
				break;
		enum profile_known known = other;
		if (bsearch(&items[from].path, files, n, sizeof(*files), file_of_path))
			known = PROFILE_YES;
		/* A short name may be another spelling of a path that is attached. */
		else if (text_has(items[from].path, "~"))
			known = PROFILE_UNKNOWN;
		decide(out, from, to, known);
	}
	free(files);
	return STATUS_OK;
}

enum status namedfile_read(struct contentstate *c)
{
	for (const struct key *key = c->profile; key; key = key_next(c->profile, key))
		for (uint32_t i = 0; i < key->n_values; i++)
			RETURN_IF_FAILED(read_value(c, key, &key->values[i]));
	if (c->out->named_files.n == 0)
		return STATUS_OK;
	qsort(c->out->named_files.items, c->out->named_files.n,
	      sizeof(*c->out->named_files.items), by_path);
	return decide_all(c);
}
