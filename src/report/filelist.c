/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/filelist.h"

#include "base/array.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* More than the .reg files of all subjects together with all that is read. */
#define MAX_ITEMS 100000000

struct filelist {
	struct filelist_item *items;
	size_t n, cap;
	pthread_mutex_t lock; /* runs go side by side */
};

enum status filelist_new(struct filelist **out)
{
	*out = calloc(1, sizeof(**out));
	if (!*out)
		return STATUS_NOMEM;
	(void)pthread_mutex_init(&(*out)->lock, NULL);
	return STATUS_OK;
}

void filelist_free(struct filelist *list)
{
	if (!list)
		return;
	for (size_t i = 0; i < list->n; i++)
		free(list->items[i].path);
	free(list->items);
	(void)pthread_mutex_destroy(&list->lock);
	free(list);
}

void filelist_freep(struct filelist **list)
{
	filelist_free(*list);
}

static enum status add(struct filelist *list, struct filelist_item item)
{
	RETURN_IF_FAILED(ARRAY_RESERVE(list, MAX_ITEMS));
	list->items[list->n++] = item;
	return STATUS_OK;
}

enum status filelist_add(struct filelist *list, enum filelist_kind kind, const char *path,
			 const struct digest *sha256, struct filemark mark)
{
	struct filelist_item item = { .kind = kind,
				      .path = path ? strdup(path) : NULL,
				      .sha256 = *sha256,
				      .mark = mark };

	if (path && !item.path)
		return STATUS_NOMEM;
	(void)pthread_mutex_lock(&list->lock);
	enum status status = add(list, item);
	(void)pthread_mutex_unlock(&list->lock);
	if (status != STATUS_OK)
		free(item.path);
	return status;
}

void filelist_drop(struct filelist *list, struct filemark mark)
{
	(void)pthread_mutex_lock(&list->lock);
	/* It is among the last that came. */
	for (size_t i = list->n; i-- > 0;) {
		struct filelist_item *item = &list->items[i];
		if (item->kind != FILELIST_OUTPUT || !filemark_equal(item->mark, mark))
			continue;
		free(item->path);
		*item = list->items[--list->n];
		break;
	}
	(void)pthread_mutex_unlock(&list->lock);
}

static int compare(const void *one, const void *other)
{
	const struct filelist_item *a = one, *b = other;

	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	if (!a->path || !b->path)
		return (a->path != NULL) - (b->path != NULL);
	int order = strcmp(a->path, b->path);
	return order ? order : memcmp(&a->sha256, &b->sha256, sizeof(a->sha256));
}

const struct filelist_item *filelist_sorted(struct filelist *list, size_t *n)
{
	size_t kept = 0;

	if (list->n > 1)
		qsort(list->items, list->n, sizeof(*list->items), compare);
	/* What lies beside the hives is an input of each subject. */
	for (size_t i = 0; i < list->n; i++) {
		if (kept > 0 && compare(&list->items[kept - 1], &list->items[i]) == 0)
			free(list->items[i].path);
		else
			list->items[kept++] = list->items[i];
	}
	list->n = kept;
	*n = kept;
	return list->items;
}
