/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A file is read outside of the lock by the first who wants it; others who want the same
 * wait for it, those who want another one do not.
 */
#include "collection/subjects/exportshare.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct shared {
	struct shared *next;
	char *path;
	size_t n_users;		 /* who have it, or wait for it */
	bool reading;		 /* somebody does, and the rest is not yet set */
	struct exportfile *file; /* NULL: not read, or not to be read */
	enum status status;
	struct failure failure;
};

struct exportshare {
	const struct evidence_opener *opener;
	struct stage_watch *watch;
	struct shared *first;
	pthread_mutex_t lock;
	pthread_cond_t read; /* one more was */
};

struct exportshare *exportshare_new(const struct evidence_opener *opener,
				    struct stage_watch *watch)
{
	struct exportshare *share = calloc(1, sizeof(*share));

	if (!share)
		return NULL;
	share->opener = opener;
	share->watch = watch;
	pthread_mutex_init(&share->lock, NULL);
	pthread_cond_init(&share->read, NULL);
	return share;
}

static void free_one(struct shared *one)
{
	exportfile_free(one->file);
	free(one->path);
	free(one);
}

/* Frees what nobody has. */
static void drop_unused(struct exportshare *share)
{
	struct shared **at = &share->first;

	while (*at) {
		struct shared *one = *at;
		if (one->n_users > 0) {
			at = &one->next;
			continue;
		}
		*at = one->next;
		free_one(one);
	}
}

void exportshare_free(struct exportshare *share)
{
	if (!share)
		return;
	drop_unused(share);
	pthread_cond_destroy(&share->read);
	pthread_mutex_destroy(&share->lock);
	free(share);
}

/* The one of that path, which is made if it is not there; NULL when out of memory. */
static struct shared *find(struct exportshare *share, const char *path)
{
	for (struct shared *one = share->first; one; one = one->next)
		if (strcmp(one->path, path) == 0)
			return one;
	struct shared *one = calloc(1, sizeof(*one));
	char *copy = strdup(path);
	if (!one || !copy) {
		free(one);
		free(copy);
		return NULL;
	}
	one->path = copy;
	one->reading = true;
	one->next = share->first;
	share->first = one;
	return one;
}

/* The lock is held but while this thread reads. */
static void read_one(struct exportshare *share, struct shared *one)
{
	struct exportfile *file = NULL;

	pthread_mutex_unlock(&share->lock);
	enum status status = exportfile_read(one->path, share->opener, share->watch,
					     &file, &one->failure);
	pthread_mutex_lock(&share->lock);
	one->status = status;
	one->file = file;
	one->reading = false;
	pthread_cond_broadcast(&share->read);
}

static void give_back(struct exportshare *share, const struct exportfile *file)
{
	for (struct shared *one = share->first; one; one = one->next)
		if (one->file == file)
			one->n_users--;
}

static enum status take(struct exportshare *share, struct shared *const *wanted,
			const bool *is_first, size_t n, const struct exportfile **out,
			struct failure *failure)
{
	enum status status = STATUS_OK;

	/* Before it waits for others, who may wait for what this thread is to read. */
	for (size_t i = 0; i < n; i++)
		if (is_first[i])
			read_one(share, wanted[i]);
	for (size_t i = 0; i < n; i++) {
		while (wanted[i]->reading)
			pthread_cond_wait(&share->read, &share->lock);
		out[i] = wanted[i]->file;
		if (wanted[i]->status != STATUS_OK && status == STATUS_OK) {
			status = wanted[i]->status;
			*failure = wanted[i]->failure;
		}
	}
	return status;
}

enum status exportshare_take(struct exportshare *share, const char *const *paths,
			     size_t n, const struct exportfile **out,
			     struct failure *failure)
{
	struct shared **wanted = calloc(n + 1, sizeof(struct shared *));
	bool *is_first = calloc(n + 1, sizeof(*is_first));
	enum status status = wanted && is_first ? STATUS_OK : STATUS_NOMEM;

	failure_set(failure, "out of memory");
	pthread_mutex_lock(&share->lock);
	size_t n_found = 0;
	for (; status == STATUS_OK && n_found < n; n_found++) {
		wanted[n_found] = find(share, paths[n_found]);
		if (!wanted[n_found]) {
			status = STATUS_NOMEM;
			break;
		}
		/* Who reads it holds it: so it is new if nobody had it and it is not read. */
		is_first[n_found] =
			wanted[n_found]->reading && wanted[n_found]->n_users == 0;
		wanted[n_found]->n_users++;
	}
	drop_unused(share);
	if (status == STATUS_OK)
		status = take(share, wanted, is_first, n, out, failure);
	for (size_t i = 0; status != STATUS_OK && i < n_found; i++)
		wanted[i]->n_users--;
	pthread_mutex_unlock(&share->lock);
	free(is_first);
	free(wanted);
	return status;
}

void exportshare_return(struct exportshare *share, const struct exportfile *const *files,
			size_t n)
{
	pthread_mutex_lock(&share->lock);
	for (size_t i = 0; i < n; i++)
		give_back(share, files[i]);
	pthread_mutex_unlock(&share->lock);
}
