/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Walking through folders.  One descriptor is open for the folder at hand, whatever the
 * depth; the way back up is "..", which must lead to the folder that it came from, and
 * else the path from the top.
 *
 * Names are sorted in memory.  Of a folder with more of them than there is room for, the
 * first in order are kept, and the folder is read again for those behind them.
 */
#include "collection/walk.h"

#include "base/array.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What a name costs beside its bytes. */
#define NAME_COST 32

/* The room of a level whatever the others have taken: a dozen names of 255 bytes. */
#define LEAST_MEMORY ((size_t)4096)

#define FOLDER_FLAGS (O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)

struct names {
	char **items;
	size_t n, cap;
	size_t bytes; /* that they cost */
};

struct level {
	dev_t dev;
	ino_t ino;
	size_t path_len;    /* of the folder's own path */
	struct names names; /* a part of what it holds, in order */
	size_t next;	    /* of them */
	char *last;	    /* the last name that was read; NULL: none */
	bool more;	    /* there are names behind them */
};

struct levels {
	struct level *items;
	size_t n, cap;
};

struct walk {
	const struct walk_visitor *visitor;
	int top; /* the folder that was given; borrowed */
	int at; /* the folder at hand: that of the last level; -1: it cannot be had again */
	struct levels levels;
	char *path;
	size_t path_size;
};

static size_t cost(const char *name)
{
	return strlen(name) + 1 + NAME_COST;
}

/* Forgets the names from n on. */
static void names_clip(struct names *names, size_t n)
{
	while (names->n > n) {
		names->bytes -= cost(names->items[--names->n]);
		free(names->items[names->n]);
	}
}

static void names_clear(struct names *names)
{
	names_clip(names, 0);
	free(names->items);
	*names = (struct names){ 0 };
}

static int by_bytes(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Sorts, and leaves as many of the first as fit.  Return: true if some were left out. */
static bool names_fit(struct names *names, size_t limit)
{
	size_t n = 0, bytes = 0;

	if (names->n > 1)
		qsort(names->items, names->n, sizeof(*names->items), by_bytes);
	/* At least one, or there would be no progress. */
	while (n < names->n && (n == 0 || bytes + cost(names->items[n]) <= limit))
		bytes += cost(names->items[n++]);
	bool more = n < names->n;
	names_clip(names, n);
	return more;
}

static enum status names_add(struct names *names, const char *name)
{
	RETURN_IF_FAILED(ARRAY_RESERVE(names, SIZE_MAX / sizeof(char *)));
	names->items[names->n] = strdup(name);
	if (!names->items[names->n])
		return STATUS_NOMEM;
	names->n++;
	names->bytes += cost(name);
	return STATUS_OK;
}

/* ---- the path ---- */

/* Makes the path that of a name in the folder of the last level. */
static enum status set_name(struct walk *walk, const char *name)
{
	size_t len = walk->levels.items[walk->levels.n - 1].path_len;
	size_t needed = len + strlen(name) + 2, size = 2 * needed;

	if (needed > walk->path_size) {
		char *path = realloc(walk->path, size);
		if (!path)
			return STATUS_NOMEM;
		walk->path = path;
		walk->path_size = size;
	}
	if (len > 0)
		walk->path[len++] = '/';
	memcpy(walk->path + len, name, strlen(name) + 1);
	return STATUS_OK;
}

static enum status lose(struct walk *walk, enum walk_loss loss, int error)
{
	if (error == ENOMEM)
		return STATUS_NOMEM;
	return walk->visitor->lost(walk->visitor->data, walk->path, loss, error);
}

static enum status lose_folder(struct walk *walk, enum walk_loss loss, int error)
{
	walk->path[walk->levels.items[walk->levels.n - 1].path_len] = '\0';
	return lose(walk, loss, error);
}

/* ---- the names of a folder ---- */

/* Room for the names of the last level: half of what the others left. */
static size_t room(const struct walk *walk)
{
	size_t all = walk->visitor->memory ? walk->visitor->memory : WALK_MEMORY;
	size_t used = 0;

	for (size_t i = 0; i + 1 < walk->levels.n; i++)
		used += walk->levels.items[i].names.bytes;
	size_t half = used < all ? (all - used) / 2 : 0;
	return half > LEAST_MEMORY ? half : LEAST_MEMORY;
}

/* Takes in the names of a folder that come behind the last one. */
static enum status read_names(DIR *dir, struct level *level, size_t limit, int *error)
{
	struct names *names = &level->names;
	struct dirent *entry;
	char *bound = NULL; /* no name behind it is kept any more; one of names */

	level->more = false;
	for (errno = 0; (entry = readdir(dir)); errno = 0) {
		const char *name = entry->d_name;
		if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0 ||
		    (level->last && strcmp(name, level->last) <= 0))
			continue;
		if (bound && strcmp(name, bound) > 0)
			continue;
		RETURN_IF_FAILED(names_add(names, name));
		if (names->bytes > 2 * limit && names_fit(names, limit)) {
			level->more = true;
			bound = names->items[names->n - 1];
		}
	}
	*error = errno;
	level->more |= names_fit(names, limit);
	return STATUS_OK;
}

/* Reads the next names of the last level. */
static enum status load(struct walk *walk)
{
	struct level *level = &walk->levels.items[walk->levels.n - 1];
	int fd = openat(walk->at, ".", FOLDER_FLAGS);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	int error = errno;

	names_clip(&level->names, 0);
	level->next = 0;
	level->more = false;
	if (!dir) {
		if (fd >= 0)
			close(fd);
		return lose_folder(walk, WALK_FOLDER_UNREADABLE, error);
	}
	enum status status = read_names(dir, level, room(walk), &error);
	closedir(dir);
	RETURN_IF_FAILED(status);
	if (level->names.n > 0) {
		free(level->last);
		level->last = strdup(level->names.items[level->names.n - 1]);
		if (!level->last)
			return STATUS_NOMEM;
	}
	return error ? lose_folder(walk, WALK_FOLDER_UNREADABLE, error) : STATUS_OK;
}

/* ---- down and up ---- */

static bool is_level(const struct level *level, const struct stat *st)
{
	return level->dev == st->st_dev && level->ino == st->st_ino;
}

/* True if the folder can be entered; else *loss says why not. */
static bool may_enter(const struct walk *walk, int fd, struct stat *st,
		      enum walk_loss *loss, int *error)
{
	*loss = WALK_FOLDER_UNREADABLE;
	*error = 0;
	if (fd < 0 || fstat(fd, st) != 0) {
		*error = errno;
		if (*error == ENOENT)
			*loss = WALK_GONE;
		return false;
	}
	*loss = WALK_DEPTH;
	if (walk->levels.n == WALK_MAX_DEPTH)
		return false;
	*loss = WALK_LOOP;
	for (size_t i = 0; i < walk->levels.n; i++)
		if (is_level(&walk->levels.items[i], st))
			return false;
	return true;
}

/* Begins the folder that the path leads to and fd is open for, which it takes. */
static enum status enter(struct walk *walk, int fd)
{
	enum walk_loss loss;
	struct stat st;
	int error;

	if (!may_enter(walk, fd, &st, &loss, &error)) {
		if (fd >= 0)
			close(fd);
		return lose(walk, loss, error);
	}
	enum status status = ARRAY_RESERVE(&walk->levels, WALK_MAX_DEPTH);
	if (status == STATUS_OK)
		status = walk->visitor->folder(walk->visitor->data, walk->path);
	if (status != STATUS_OK) {
		close(fd);
		return status;
	}
	walk->levels.items[walk->levels.n++] = (struct level){
		.dev = st.st_dev,
		.ino = st.st_ino,
		.path_len = strlen(walk->path),
	};
	if (walk->at >= 0)
		close(walk->at);
	walk->at = fd;
	return load(walk);
}

static void level_clear(struct level *level)
{
	names_clear(&level->names);
	free(level->last);
}

/* Opens the folder of the last level again: by "..", or from the top. */
static int reopen(struct walk *walk)
{
	const struct level *level = &walk->levels.items[walk->levels.n - 1];
	int fd = walk->at < 0 ? -1 : openat(walk->at, "..", FOLDER_FLAGS);
	struct stat st;

	if (fd >= 0 && fstat(fd, &st) == 0 && is_level(level, &st))
		return fd;
	if (fd >= 0)
		close(fd);
	walk->path[level->path_len] = '\0';
	fd = walk_open(walk->top, walk->path);
	if (fd < 0 || (fstat(fd, &st) == 0 && is_level(level, &st)))
		return fd;
	close(fd);
	return -1;
}

/* Ends the last level and goes back to the folder around it. */
static enum status leave(struct walk *walk)
{
	level_clear(&walk->levels.items[--walk->levels.n]);
	if (walk->levels.n == 0)
		return STATUS_OK;
	int fd = reopen(walk);
	if (walk->at >= 0)
		close(walk->at);
	walk->at = fd;
	if (fd >= 0)
		return STATUS_OK;
	/* What it holds behind the folder that was left cannot be had any more. */
	struct level *level = &walk->levels.items[walk->levels.n - 1];
	bool lost = level->next < level->names.n || level->more;
	level->next = level->names.n;
	level->more = false;
	return lost ? lose_folder(walk, WALK_MOVED, 0) : STATUS_OK;
}

/* What a name of the last level is. */
static enum status visit(struct walk *walk, const char *name)
{
	const struct walk_visitor *visitor = walk->visitor;
	struct stat st;

	RETURN_IF_FAILED(set_name(walk, name));
	if (fstatat(walk->at, name, &st, AT_SYMLINK_NOFOLLOW) != 0)
		return lose(walk, WALK_GONE, errno);
	if (S_ISDIR(st.st_mode))
		return enter(walk, openat(walk->at, name, FOLDER_FLAGS));
	if (!S_ISREG(st.st_mode))
		return visitor->other(visitor->data, walk->path, st.st_mode);
	return visitor->file(visitor->data, &(struct walk_file){
						    .path = walk->path,
						    .name = name,
						    .folder = walk->at,
						    .st = &st,
					    });
}

static enum status step(struct walk *walk)
{
	struct level *level = &walk->levels.items[walk->levels.n - 1];

	if (level->next == level->names.n)
		return level->more ? load(walk) : leave(walk);
	/* The array of levels may move, but the names stay where they are. */
	return visit(walk, level->names.items[level->next++]);
}

enum status walk_folder(int fd, const struct walk_visitor *visitor)
{
	struct walk walk = { .visitor = visitor, .top = fd, .at = -1 };

	walk.path = calloc(1, 1);
	walk.path_size = 1;
	if (!walk.path)
		return STATUS_NOMEM;
	enum status status = enter(&walk, openat(fd, ".", FOLDER_FLAGS));
	while (status == STATUS_OK && walk.levels.n > 0)
		status = step(&walk);
	while (walk.levels.n > 0)
		level_clear(&walk.levels.items[--walk.levels.n]);
	free(walk.levels.items);
	if (walk.at >= 0)
		close(walk.at);
	free(walk.path);
	return status;
}

int walk_open(int fd, const char *path)
{
	int at = openat(fd, ".", FOLDER_FLAGS);

	while (at >= 0 && *path) {
		char name[NAME_MAX + 1];
		size_t len = strcspn(path, "/");
		bool last = path[len] == '\0';
		if (len > NAME_MAX) {
			close(at);
			errno = ENAMETOOLONG;
			return -1;
		}
		memcpy(name, path, len);
		name[len] = '\0';
		/* O_NONBLOCK: what has become a FIFO must not wait for a writer. */
		int next = openat(at, name,
				  last ? O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY |
						  O_NONBLOCK
				       : FOLDER_FLAGS);
		int error = errno;
		close(at);
		errno = error;
		at = next;
		path += last ? len : len + 1;
	}
	return at;
}
