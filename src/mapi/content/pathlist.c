/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sorted by file name, then by all else, so that both can be looked for. */
#include "mapi/content/pathlist.h"

#include "base/array.h"

#include <stdlib.h>
#include <string.h>

/* Programs may write either. */
static bool is_separator(uint16_t unit)
{
	return unit == '\\' || unit == '/';
}

/* What follows the last separator. */
static struct text name_of(struct text path)
{
	size_t n = text_length(path), at = n;

	while (at > 0 && !is_separator(text_unit(path, at - 1)))
		at--;
	return text_slice(path, at, n);
}

static int by_name(const void *left, const void *right)
{
	const struct pathlist_item *a = left, *b = right;

	return text_compare(name_of(a->path), name_of(b->path));
}

static int by_all(const void *left, const void *right)
{
	const struct pathlist_item *a = left, *b = right;
	int order = by_name(a, b);

	if (order == 0)
		order = text_compare(a->path, b->path);
	return order ? order : a->is_doubtful - b->is_doubtful;
}

static bool has_short_name(struct text path)
{
	return text_has(path, "~");
}

bool pathlist_is_vague(struct text path)
{
	if (path.encoding == TEXT_LATIN1)
		for (size_t i = 0; i < path.bytes.len; i++)
			if (path.bytes.ptr[i] >= 0x80)
				return true;
	return has_short_name(path);
}

static enum status add(struct pathlist *list, struct text path, bool is_doubtful)
{
	RETURN_IF_FAILED(ARRAY_RESERVE(list, PROFILE_MAX_ITEMS));
	list->items[list->n++] = (struct pathlist_item){ path, is_doubtful };
	list->has_vague |= pathlist_is_vague(path);
	return STATUS_OK;
}

enum status pathlist_add(struct pathlist *list, struct text path)
{
	return add(list, path, false);
}

static enum status add_store(struct pathlist *list, struct text path,
			     enum profile_known attached)
{
	enum status status = STATUS_OK;

	if (attached != PROFILE_NO)
		status = add(list, path, attached == PROFILE_UNKNOWN);
	if (status != STATUS_LIMIT)
		return status;
	list->has_vague = true;
	return STATUS_OK;
}

enum status pathlist_add_stores(struct pathlist *list, const struct content *content)
{
	for (size_t i = 0; i < content->files.n; i++) {
		const struct profile_file *file = &content->files.items[i];
		if (strcmp(file->kind, "pst") == 0 || strcmp(file->kind, "ost") == 0)
			RETURN_IF_FAILED(add_store(list, file->path, file->attached));
	}
	for (size_t i = 0; i < content->named_files.n; i++) {
		const struct profile_named_file *file = &content->named_files.items[i];
		if (file->attached == PROFILE_YES)
			RETURN_IF_FAILED(add_store(list, file->path, PROFILE_YES));
	}
	return STATUS_OK;
}

void pathlist_sort(struct pathlist *list)
{
	if (list->n > 1)
		qsort(list->items, list->n, sizeof(*list->items), by_all);
}

void pathlist_clear(struct pathlist *list)
{
	free(list->items);
	*list = (struct pathlist){ 0 };
}

enum profile_known pathlist_has(const struct pathlist *list, struct text path)
{
	const struct pathlist_item wanted = { .path = path };

	if (list->n == 0)
		return PROFILE_NO;
	if (bsearch(&wanted, list->items, list->n, sizeof(*list->items), by_all))
		return PROFILE_YES;
	if (list->has_vague || has_short_name(path) ||
	    bsearch(&wanted, list->items, list->n, sizeof(*list->items), by_name))
		return PROFILE_UNKNOWN;
	return PROFILE_NO;
}
