/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A folder: what a walk through it meets. */
#include "collection/foundfolder.h"

#include "collection/foundfile.h"
#include "collection/walk.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static enum status folder(void *data, const char *inside)
{
	const struct foundlist *list = data;
	char *path = foundlist_path(list, inside);

	if (!path)
		return foundlist_no_memory(list);
	foundlist_see(list, FILEKIND_FOLDER);
	/* The folder that was given counts too; what leads to it was not looked through. */
	size_t first = strlen(path) - strlen(inside) - (*inside != '\0');
	enum status status = foundlist_folders(list, path, true, first);
	free(path);
	return status;
}

static enum status lose_file(const struct foundlist *list, const char *path, int error)
{
	foundlist_note(list, DIAG_FILE_UNREADABLE, path, "cannot be read: %s",
		       error == ENOENT ? "it vanished meanwhile" : strerror(error));
	return foundlist_lose(list, path, false,
			      error == ENOENT ? "it vanished" : strerror(error));
}

/* Opens the file, if it is still the one that was listed.  Return: -1 with errno set. */
static int open_same(const struct walk_file *found, struct stat *st)
{
	int fd = openat(found->folder, found->name,
			O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

	if (fd < 0)
		return -1;
	if (fstat(fd, st) == 0 && S_ISREG(st->st_mode) &&
	    st->st_dev == found->st->st_dev && st->st_ino == found->st->st_ino)
		return fd;
	close(fd);
	errno = ENOENT;
	return -1;
}

static enum status file(void *data, const struct walk_file *found)
{
	const struct foundlist *list = data;
	char *path = foundlist_path(list, found->path);
	enum status status;
	struct stat st;

	if (!path)
		return foundlist_no_memory(list);
	int fd = open_same(found, &st);
	if (fd < 0) {
		status = lose_file(list, path, errno);
	} else {
		status = foundfile_read(list, fd, &st, path, true);
		close(fd);
	}
	free(path);
	return status;
}

static enum status other(void *data, const char *inside, mode_t mode)
{
	const struct foundlist *list = data;
	enum filekind kind = S_ISLNK(mode) ? FILEKIND_LINK : FILEKIND_SPECIAL;
	char *path = foundlist_path(list, inside);

	if (!path)
		return foundlist_no_memory(list);
	foundlist_see(list, kind);
	enum status status =
		foundlist_link(list, path, strlen(path) - strlen(inside) - 1);
	if (status == STATUS_OK)
		status = foundlist_no_hive(list, path, false, kind);
	free(path);
	return status;
}

static enum status lose(const struct foundlist *list, const char *path,
			enum walk_loss loss, int error)
{
	switch (loss) {
	case WALK_GONE:
		return lose_file(list, path, error);
	case WALK_FOLDER_UNREADABLE:
		foundlist_note(list, DIAG_FOLDER_UNREADABLE, path,
			       "the folder cannot be read: %s", strerror(error));
		break;
	case WALK_LOOP:
		/* All that it holds is looked at where it stands first. */
		foundlist_note(list, DIAG_FOLDER_LOOP, path,
			       "the folder is one of those that lead to it, so it is not "
			       "looked into again");
		return STATUS_OK;
	case WALK_DEPTH:
		foundlist_note(list, DIAG_DEPTH_LIMIT, path,
			       "more than %d folders lead to it: it is not looked into",
			       WALK_MAX_DEPTH);
		break;
	case WALK_MOVED:
		foundlist_note(
			list, DIAG_FOLDER_UNREADABLE, path,
			"the folder was moved while it was looked through: what is "
			"left of it cannot be read");
		break;
	}
	foundlist_incomplete(list, path, true);
	return STATUS_OK;
}

static enum status lost(void *data, const char *inside, enum walk_loss loss, int error)
{
	const struct foundlist *list = data;
	char *path = foundlist_path(list, inside);

	if (!path)
		return foundlist_no_memory(list);
	enum status status = lose(list, path, loss, error);
	free(path);
	return status;
}

enum status foundfolder_read(const struct foundlist *list, int fd)
{
	struct foundlist copy = *list;
	struct walk_visitor visitor = { .data = &copy,
					.folder = folder,
					.file = file,
					.other = other,
					.lost = lost };

	enum status status = walk_folder(fd, &visitor);
	return status == STATUS_NOMEM ? foundlist_no_memory(list) : status;
}
