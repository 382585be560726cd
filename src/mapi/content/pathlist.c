/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sorted by file name, then by the whole path, so that both can be looked for. */
#include "mapi/content/pathlist.h"

#include "base/array.h"

#include <stdlib.h>

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
	return text_compare(name_of(*(const struct text *)left),
			    name_of(*(const struct text *)right));
}

static int by_name_and_path(const void *left, const void *right)
{
	int order = by_name(left, right);

	return order ? order
		     : text_compare(*(const struct text *)left,
				    *(const struct text *)right);
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

enum status pathlist_add(struct pathlist *list, struct text path)
{
	RETURN_IF_FAILED(ARRAY_RESERVE(list, PROFILE_MAX_ITEMS));
	list->items[list->n++] = path;
	list->has_vague |= pathlist_is_vague(path);
	return STATUS_OK;
}

void pathlist_sort(struct pathlist *list)
{
	if (list->n > 1)
		qsort(list->items, list->n, sizeof(*list->items), by_name_and_path);
}

void pathlist_clear(struct pathlist *list)
{
	free(list->items);
	*list = (struct pathlist){ 0 };
}

enum profile_known pathlist_has(const struct pathlist *list, struct text path)
{
	if (list->n == 0)
		return PROFILE_NO;
	if (bsearch(&path, list->items, list->n, sizeof(*list->items), by_name_and_path))
		return PROFILE_YES;
	if (list->has_vague || has_short_name(path) ||
	    bsearch(&path, list->items, list->n, sizeof(*list->items), by_name))
		return PROFILE_UNKNOWN;
	return PROFILE_NO;
}
