/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Items by their paths. */
#include "collection/foundopener.h"

#include "base/array.h"
#include "collection/found.h"

#include <stdlib.h>
#include <string.h>

/* Enough for a path shown in a sentence; longer ones are cut there. */
#define SHOWN_PATH_SIZE 4200

static int open_item(const struct evidence_opener *self, const char *path,
		     struct failure *failure)
{
	/* The opener is the first member. */
	const struct foundopener *opener = (const struct foundopener *)self;
	const struct found *item = foundopener_find(opener, path);
	char shown[SHOWN_PATH_SIZE];
	int fd = -1;

	if (!item) {
		failure_set(failure, "%s: is not among what was found",
			    failure_path(path, shown, sizeof(shown)));
		return -1;
	}
	return found_open(item, &fd, failure) == STATUS_OK ? fd : -1;
}

/* The same operand can be given twice: the first one stands first. */
static int by_path(const void *a, const void *b)
{
	const struct found *x = *(const struct found *const *)a;
	const struct found *y = *(const struct found *const *)b;
	int order = strcmp(x->path, y->path);

	if (order == 0)
		order = (x->operand > y->operand) - (x->operand < y->operand);
	return order;
}

enum status foundopener_init(struct foundopener *out, const struct finds *finds)
{
	*out = (struct foundopener){ .opener = { .open = open_item } };
	out->by_path = calloc(finds->n + 1, sizeof(*out->by_path));
	if (!out->by_path)
		return STATUS_NOMEM;
	out->n = finds->n;
	for (size_t i = 0; i < finds->n; i++)
		out->by_path[i] = &finds->items[i];
	if (out->n > 1)
		qsort(out->by_path, out->n, sizeof(*out->by_path), by_path);
	return STATUS_OK;
}

void foundopener_clear(struct foundopener *opener)
{
	free(opener->by_path);
	*opener = (struct foundopener){ 0 };
}

const struct found *foundopener_find(const struct foundopener *opener, const char *path)
{
	size_t i = ARRAY_COUNT_BEFORE(opener->by_path, opener->n, item,
				      strcmp((*item)->path, path) < 0);

	return i < opener->n && strcmp(opener->by_path[i]->path, path) == 0
		       ? opener->by_path[i]
		       : NULL;
}
