/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The folder of a sweep, and what is moved about in it. */
#include "sweep/sweepfolder.h"

#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

char *sweepfolder_path(const char *folder, const char *format, ...)
{
	char *name = NULL, *path = NULL;
	va_list arguments;

	va_start(arguments, format);
	int n = vasprintf(&name, format, arguments);
	va_end(arguments);
	if (n < 0)
		return NULL;
	n = asprintf(&path, "%s/%s", folder, name);
	free(name);
	return n < 0 ? NULL : path;
}

static enum status refuse(struct failure *failure, const char *path, int error)
{
	char shown[4200];

	failure_set(failure, "%s: %s", failure_path(path, shown, sizeof(shown)),
		    strerror(error));
	return error == ENOMEM ? STATUS_NOMEM : STATUS_IO;
}

static enum status make_one(const char *path, struct failure *failure)
{
	struct stat st;

	if (mkdir(path, 0777) == 0)
		return STATUS_OK;
	if (errno != EEXIST)
		return refuse(failure, path, errno);
	if (stat(path, &st) != 0)
		return refuse(failure, path, errno);
	return S_ISDIR(st.st_mode) ? STATUS_OK : refuse(failure, path, ENOTDIR);
}

enum status sweepfolder_make(const char *folder, struct failure *failure)
{
	static const char *const parts[] = { "units", "outcomes", "errors", "engine",
					     "work" };

	RETURN_IF_FAILED(make_one(folder, failure));
	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		char *path = sweepfolder_path(folder, "%s", parts[i]);
		if (!path)
			return STATUS_NOMEM;
		enum status status = make_one(path, failure);
		free(path);
		RETURN_IF_FAILED(status);
	}
	return STATUS_OK;
}

bool sweepfolder_remove(const char *path)
{
	char *copy = strdup(path);
	char *paths[] = { copy, NULL };
	FTS *walk = copy ? fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR, NULL) : NULL;
	int error = walk ? 0 : ENOMEM;

	for (FTSENT *item; walk && (item = fts_read(walk));) {
		bool folder = item->fts_info == FTS_DP;
		if (item->fts_info == FTS_D)
			continue;
		if ((folder ? rmdir(item->fts_path) : unlink(item->fts_path)) != 0 &&
		    errno != ENOENT)
			error = errno;
	}
	if (walk)
		(void)fts_close(walk);
	free(copy);
	errno = error;
	return error == 0;
}

/* ---- results into their place ---- */

char *sweepfolder_of_unit(const char *folder, enum sweepfolder_part part,
			  const char *unit)
{
	switch (part) {
	case SWEEPFOLDER_REPORTS:
		return sweepfolder_path(folder, "units/%s", unit);
	case SWEEPFOLDER_ERRORS:
		return sweepfolder_path(folder, "errors/%s.txt", unit);
	case SWEEPFOLDER_OUTCOME:
		return sweepfolder_path(folder, "outcomes/%s.tsv", unit);
	}
	return NULL;
}

static enum status take_part(const char *folder, const char *from,
			     enum sweepfolder_part part, const char *unit,
			     struct failure *failure)
{
	char *old = sweepfolder_of_unit(from, part, unit);
	char *place = sweepfolder_of_unit(folder, part, unit);
	enum status status = STATUS_NOMEM;

	if (old && place)
		status = rename(old, place) == 0 || errno == ENOENT
				 ? STATUS_OK
				 : refuse(failure, place, errno);
	free(old);
	free(place);
	return status;
}

enum status sweepfolder_forget(const char *folder, const char *unit,
			       struct failure *failure)
{
	for (size_t i = SWEEPFOLDER_PARTS; i-- > 0;) {
		char *path = sweepfolder_of_unit(folder, (enum sweepfolder_part)i, unit);
		if (!path)
			return STATUS_NOMEM;
		enum status status = sweepfolder_remove(path)
					     ? STATUS_OK
					     : refuse(failure, path, errno);
		free(path);
		RETURN_IF_FAILED(status);
	}
	return STATUS_OK;
}

enum status sweepfolder_take(const char *folder, const char *from, const char *unit,
			     struct failure *failure)
{
	RETURN_IF_FAILED(sweepfolder_forget(folder, unit, failure));
	for (size_t i = 0; i < SWEEPFOLDER_PARTS; i++)
		RETURN_IF_FAILED(
			take_part(folder, from, (enum sweepfolder_part)i, unit, failure));
	return STATUS_OK;
}

enum status sweepfolder_write(const char *path, const char *bytes, size_t n,
			      struct failure *failure)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0666);
	int error = 0;

	if (fd < 0)
		return refuse(failure, path, errno);
	while (n > 0 && !error) {
		ssize_t done = write(fd, bytes, n);
		if (done < 0 && errno != EINTR)
			error = errno;
		if (done > 0) {
			bytes += done;
			n -= (size_t)done;
		}
	}
	if (close(fd) != 0 && !error)
		error = errno;
	if (!error)
		return STATUS_OK;
	(void)unlink(path);
	return refuse(failure, path, error);
}
