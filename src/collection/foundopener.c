/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "collection/foundopener.h"

#include "base/array.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

/* An archive can have a name twice: the first one is taken, every time. */
static int by_path(const void *left, const void *right)
{
	const struct found *a = *(const struct found *const *)left;
	const struct found *b = *(const struct found *const *)right;
	int order = strcmp(a->path, b->path);

	return order ? order : (a > b) - (a < b);
}

static int open_by_path(const struct evidence_opener *self, const char *path,
			struct failure *failure)
{
	const struct foundopener *opener = (const struct foundopener *)self;
	size_t i = ARRAY_COUNT_BEFORE(opener->by_path, opener->n, item,
				      strcmp((*item)->path, path) < 0);
	char shown[4200];
	int fd = -1;

	if (i < opener->n && strcmp(opener->by_path[i]->path, path) == 0)
		return found_open(opener->by_path[i], &fd, failure) == STATUS_OK ? fd
										 : -1;
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (fd < 0)
		failure_set(failure, "%s: %s", failure_path(path, shown, sizeof(shown)),
			    strerror(errno));
	return fd;
}

enum status foundopener_init(struct foundopener *opener, const struct finds *finds)
{
	*opener = (struct foundopener){
		.opener.open = open_by_path,
		.by_path = calloc(finds->n + 1, sizeof(*opener->by_path)),
		.n = finds->n,
	};
	if (!opener->by_path)
		return STATUS_NOMEM;
	for (size_t i = 0; i < finds->n; i++)
		opener->by_path[i] = &finds->items[i];
	qsort(opener->by_path, opener->n, sizeof(*opener->by_path), by_path);
	return STATUS_OK;
}

void foundopener_clear(struct foundopener *opener)
{
	free(opener->by_path);
	opener->by_path = NULL;
	opener->n = 0;
}
