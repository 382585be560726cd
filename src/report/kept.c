/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/kept.h"

#include "base/compiler.h"

#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct entry {
	struct filemark mark;
	enum kept_as as; /* KEPT_NOT: nothing stands here */
};

/* An index keeps each of its reports, so a table: more than half of it is never filled. */
struct kept {
	struct entry *items;
	size_t n, cap;	       /* cap: 0 or a power of two */
	struct filelist *list; /* of outputs; NULL: nobody wants it */
	pthread_mutex_t lock;  /* runs go side by side */
};

#define FIRST_CAP ((size_t)64)

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

void kept_list_outputs(struct kept *kept, struct filelist *list)
{
	kept->list = list;
}

struct filelist *kept_list(const struct kept *kept)
{
	return kept ? kept->list : NULL;
}

/* Where the mark stands, or would: there is always room. */
static struct entry *find(struct entry *items, size_t cap, struct filemark mark)
{
	/* A multiplier of many odd bits, so that inodes in a row lie apart. */
	uint64_t hash = ((uint64_t)mark.inode ^ (uint64_t)mark.device << 40) *
			UINT64_C(0x9e3779b97f4a7c15);
	size_t at = (size_t)(hash >> 20) & (cap - 1);

	while (items[at].as != KEPT_NOT && !filemark_equal(items[at].mark, mark))
		at = (at + 1) & (cap - 1);
	return &items[at];
}

static enum status grow(struct kept *kept)
{
	size_t cap = kept->cap ? 2 * kept->cap : FIRST_CAP;
	struct entry *items = calloc(cap, sizeof(*items));

	if (!items)
		return STATUS_NOMEM;
	for (size_t i = 0; i < kept->cap; i++)
		if (kept->items[i].as != KEPT_NOT)
			*find(items, cap, kept->items[i].mark) = kept->items[i];
	free(kept->items);
	kept->items = items;
	kept->cap = cap;
	return STATUS_OK;
}

enum kept_as kept_what(struct kept *kept, struct filemark mark)
{
	if (!kept)
		return KEPT_NOT;
	(void)pthread_mutex_lock(&kept->lock);
	enum kept_as as = kept->n > 0 ? find(kept->items, kept->cap, mark)->as : KEPT_NOT;
	(void)pthread_mutex_unlock(&kept->lock);
	return as;
}

static enum status add(struct kept *kept, struct filemark mark, enum kept_as as)
{
	if (2 * kept->n >= kept->cap)
		RETURN_IF_FAILED(grow(kept));
	struct entry *entry = find(kept->items, kept->cap, mark);
	if (entry->as != KEPT_NOT)
		return STATUS_OK;
	*entry = (struct entry){ .mark = mark, .as = as };
	kept->n++;
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

/* ---- what lies beside a hive ---- */

/*
 * Windows writes these beside a hive: its logs, those of the transactions of its file, and
 * copies from its setup; whatever bytes they hold.
 */
static bool belongs_to(const char *name, size_t len, const char *entry)
{
	static const char *const endings[] = { ".LOG", ".LOG1", ".LOG2",       ".blf",
					       ".sav", ".alt",	".regtrans-ms" };

	size_t n = strlen(entry);

	if (strncasecmp(entry, name, len) != 0)
		return false;
	for (size_t i = 0; i < ARRAY_LEN(endings); i++) {
		size_t n_ending = strlen(endings[i]);
		if (n >= len + n_ending &&
		    strcasecmp(entry + n - n_ending, endings[i]) == 0)
			return true;
	}
	return false;
}

static enum status add_all_of(struct kept *kept, DIR *dir, const char *name)
{
	size_t len = strlen(name);
	struct dirent *entry;
	struct stat st;

	while ((entry = readdir(dir)))
		if (belongs_to(name, len, entry->d_name) &&
		    fstatat(dirfd(dir), entry->d_name, &st, 0) == 0)
			RETURN_IF_FAILED(kept_add(kept, filemark_of(&st), KEPT_EVIDENCE));
	return STATUS_OK;
}

enum status kept_add_beside(struct kept *kept, const char *hive)
{
	const char *slash = strrchr(hive, '/');
	char *folder = slash ? strndup(hive, (size_t)(slash - hive) + 1) : strdup(".");
	DIR *dir = folder ? opendir(folder) : NULL;
	enum status status = folder ? STATUS_OK : STATUS_NOMEM;

	if (dir) {
		status = add_all_of(kept, dir, slash ? slash + 1 : hive);
		closedir(dir);
	}
	free(folder);
	return status;
}
