/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/kept.h"

#include "base/array.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>

struct entry {
	struct filemark mark;
	enum kept_as as;
};

struct kept {
	struct entry *items;
	size_t n, cap;
	pthread_mutex_t lock; /* runs go side by side */
};

enum status kept_new(struct kept **out)
{
	*out = calloc(1, sizeof(**out));
	if (!*out)
		return STATUS_NOMEM;
	(void)pthread_mutex_init(&(*out)->lock, NULL);
	return STATUS_OK;
}

void kept_free(struct kept *kept)
{
	if (!kept)
		return;
	(void)pthread_mutex_destroy(&kept->lock);
	free(kept->items);
	free(kept);
}

void kept_freep(struct kept **kept)
{
	kept_free(*kept);
}

static enum kept_as find(const struct kept *kept, struct filemark mark)
{
	for (size_t i = 0; i < kept->n; i++)
		if (filemark_equal(kept->items[i].mark, mark))
			return kept->items[i].as;
	return KEPT_NOT;
}

enum kept_as kept_what(struct kept *kept, struct filemark mark)
{
	if (!kept)
		return KEPT_NOT;
	(void)pthread_mutex_lock(&kept->lock);
	enum kept_as as = find(kept, mark);
	(void)pthread_mutex_unlock(&kept->lock);
	return as;
}

static enum status add(struct kept *kept, struct filemark mark, enum kept_as as)
{
	if (find(kept, mark) != KEPT_NOT)
		return STATUS_OK;
	RETURN_IF_FAILED(ARRAY_RESERVE(kept, SIZE_MAX / sizeof(*kept->items)));
	kept->items[kept->n++] = (struct entry){ .mark = mark, .as = as };
	return STATUS_OK;
}

enum status kept_add(struct kept *kept, struct filemark mark, enum kept_as as)
{
	(void)pthread_mutex_lock(&kept->lock);
	enum status status = add(kept, mark, as);
	(void)pthread_mutex_unlock(&kept->lock);
	return status;
}

enum status kept_add_path(struct kept *kept, const char *path)
{
	struct stat st;

	if (stat(path, &st) != 0)
		return STATUS_OK;
	return kept_add(kept, filemark_of(&st), KEPT_EVIDENCE);
}
