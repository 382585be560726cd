/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A folder with all that is in it, at any depth.  Nothing is opened here but folders, and
 * no link is followed.  In memory stand the names of one folder at each level, as many
 * as there is room for; the others are read again when their turn comes.
 */
#ifndef COLLECTION_WALK_H
#define COLLECTION_WALK_H

#include <stddef.h>
#include <sys/stat.h>

#include "base/compiler.h"
#include "base/status.h"

/* Longer paths cannot be in Windows: 32767 characters, half of them dividers. */
#define WALK_MAX_DEPTH 16384

/* Bytes of names in memory: those of a folder of some 100,000 files and all around it. */
#define WALK_MEMORY ((size_t)16 << 20)

/* Why something was not looked at. */
enum walk_loss {
	WALK_FOLDER_UNREADABLE, /* error says why */
	WALK_GONE,		/* listed in its folder, and not there any more */
	WALK_LOOP,  /* a folder that is one of those that lead to it: a loop of mounts */
	WALK_DEPTH, /* below WALK_MAX_DEPTH folders */
	WALK_MOVED, /* the folder was moved while what is in it was looked at */
};

/* A regular file, at the moment it is visited. */
struct walk_file {
	const char *path; /* below the folder; '/' divides */
	const char *name; /* its last part, to be opened with O_NOFOLLOW in folder */
	int folder;	  /* descriptor */
	const struct stat *st;
};

/* Who is called; any status but STATUS_OK ends the walk.  Paths are borrowed for the call. */
struct walk_visitor {
	void *data;
	/* A folder, before what it holds; "" is the one that was given. */
	enum status (*folder)(void *data, const char *path);
	enum status (*file)(void *data, const struct walk_file *file);
	/* A link (S_ISLNK), device, FIFO or socket. */
	enum status (*other)(void *data, const char *path, mode_t mode);
	/* error: of errno, or 0. */
	enum status (*lost)(void *data, const char *path, enum walk_loss loss, int error);
	size_t memory; /* bytes of names; 0: WALK_MEMORY */
};

/*
 * Walks through the folder that fd is open for; it stays open.  In each folder names come
 * in the order of their bytes, so the order depends on nothing else.
 * Return: STATUS_OK, whatever was lost; STATUS_NOMEM; what the visitor said.
 */
MUST_CHECK enum status walk_folder(int fd, const struct walk_visitor *visitor);

/*
 * Opens what has this path below the folder for reading, part by part, so that no link is
 * followed and any length will do.  Return: a descriptor; -1 with errno set.
 */
int walk_open(int fd, const char *path);

#endif
