/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Entry ids of stores stand in many values: the store's own (0fff), where mail
 * is delivered ("Delivery Store EntryID"), the contacts of an address book
 * (6626), recently used folders and open windows of the client section (022a,
 * 032f, 039b, 0434, 044e).  The last ones stay when a file is detached.
 */
#include "mapi/content/namedfile.h"

#include "mapi/content/datafile.h"
#include "mapi/content/pathlist.h"
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

static enum status decide(struct contentstate *c)
{
	AUTO(pathlist_clear) struct pathlist list = { 0 };
	bool is_whole = contentstate_is_whole(c);

	RETURN_IF_FAILED(pathlist_add_stores(&list, c->out));
	pathlist_sort(&list);
	for (size_t i = 0; i < c->out->named_files.n; i++) {
		struct profile_named_file *file = &c->out->named_files.items[i];
		enum profile_known known = pathlist_has(&list, file->path);
		if (known == PROFILE_NO && (!is_whole || pathlist_is_vague(file->path)))
			known = PROFILE_UNKNOWN;
		file->attached = known;
	}
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
	return decide(c);
}
