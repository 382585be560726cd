/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whole files or none.  A buffer of our own, so that a full disk is noticed
 * at the write that meets it and not lost in stdio.
 */
#include "report/output.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#define BUFFER_SIZE 65536
#define TEMPORARY "/.wmsdiff-XXXXXXXX"
#define RANDOM_DIGITS 8
#define MOST_NAMES 100 /* tried: somebody may have made some of them */

struct output {
	int fd;
	int error;		 /* errno of the first failure, 0 so far */
	char *path;		 /* where it shall stand; NULL for standard output */
	char *temporary;	 /* where it is written; NULL if in its place */
	bool created;		 /* in its place, and to be removed if it fails */
	output_watcher *watcher; /* NULL if nobody watches */
	void *watching;
	uint64_t written; /* bytes added so far */
	size_t n;
	uint8_t buffer[BUFFER_SIZE];
};

static void output_free(struct output *output)
{
	if (output->fd > STDERR_FILENO)
		close(output->fd);
	free(output->path);
	free(output->temporary);
	free(output);
}

static void output_freep(struct output **output)
{
	if (*output)
		output_free(*output);
}

static enum status fail(struct failure *failure, const char *path, int error)
{
	char shown[4200];

	failure_set(failure, "%s: %s",
		    failure_path(path ? path : "standard output", shown, sizeof(shown)),
		    strerror(error));
	return STATUS_IO;
}

/* True if path is one of the files that must stay as they are, under any name. */
static bool is_protected(const struct stat *target, const char *const *protected,
			 size_t n_protected)
{
	struct stat st;

	for (size_t i = 0; i < n_protected; i++)
		if (stat(protected[i], &st) == 0 && st.st_dev == target->st_dev &&
		    st.st_ino == target->st_ino)
			return true;
	return false;
}

/* "folder/.wmsdiff-XXXXXXXX" for "folder/name"; the digits are to be filled in. */
static char *temporary_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *folder = slash ? path : ".";
	int len = slash ? (int)(slash - path) : 1;
	size_t size = (size_t)len + sizeof(TEMPORARY);
	char *name = malloc(size);

	if (name)
		(void)snprintf(name, size, "%.*s" TEMPORARY, len, folder);
	return name;
}

/*
 * Opens the temporary file with the rights that a plain new file gets; mkstemp() would
 * give it others, and to ask for the mask means to change it for all threads.
 */
static int open_temporary(char *name)
{
	char *end = name + strlen(name) - RANDOM_DIGITS;

	for (int i = 0; i < MOST_NAMES; i++) {
		uint32_t number = 0;
		if (getrandom(&number, sizeof(number), 0) != sizeof(number))
			return -1;
		(void)snprintf(end, RANDOM_DIGITS + 1, "%08" PRIx32, number);
		int fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
		if (fd >= 0 || errno != EEXIST)
			return fd;
	}
	return -1;
}

static enum status open_target(struct output *output, const char *path,
			       const char *const *protected, size_t n_protected,
			       struct failure *failure)
{
	struct stat st;
	bool exists = stat(path, &st) == 0;
	char shown[4200];

	if (exists && is_protected(&st, protected, n_protected)) {
		failure_set(failure, "%s: is evidence; it is never written to",
			    failure_path(path, shown, sizeof(shown)));
		return STATUS_IO;
	}
	if (!*path)
		return fail(failure, "''", ENOENT);
	if (exists && S_ISDIR(st.st_mode))
		return fail(failure, path, EISDIR);
	/* A symbolic link stays one: the file it leads to is replaced. */
	output->path = exists ? realpath(path, NULL) : strdup(path);
	if (!output->path)
		return fail(failure, path, errno);
	if (exists && !S_ISREG(st.st_mode)) {
		output->fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
		return output->fd < 0 ? fail(failure, path, errno) : STATUS_OK;
	}
	output->temporary = temporary_name(output->path);
	if (!output->temporary)
		return fail(failure, path, ENOMEM);
	output->fd = open_temporary(output->temporary);
	if (output->fd < 0) {
		free(output->temporary);
		output->temporary = NULL;
		return fail(failure, path, errno);
	}
	return STATUS_OK;
}

enum status output_open(const char *path, const char *const *protected,
			size_t n_protected, struct output **out, struct failure *failure)
{
	AUTO(output_freep) struct output *output = calloc(1, sizeof(*output));
	if (!output)
		return STATUS_NOMEM;
	output->fd = -1;
	if (strcmp(path, "-") == 0)
		output->fd = STDOUT_FILENO;
	else
		RETURN_IF_FAILED(
			open_target(output, path, protected, n_protected, failure));
	*out = STEAL(output);
	return STATUS_OK;
}

enum status output_create(const char *path, struct output **out, struct failure *failure)
{
	AUTO(output_freep) struct output *output = calloc(1, sizeof(*output));
	if (!output)
		return STATUS_NOMEM;
	output->path = strdup(path);
	output->fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (!output->path || output->fd < 0)
		return fail(failure, path, output->fd < 0 ? errno : ENOMEM);
	output->created = true;
	*out = STEAL(output);
	return STATUS_OK;
}

static void remove_remains(const struct output *output)
{
	if (output->temporary)
		unlink(output->temporary);
	else if (output->created)
		unlink(output->path);
}

static void flush(struct output *output)
{
	size_t done = 0;

	while (done < output->n && !output->error) {
		ssize_t n = write(output->fd, output->buffer + done, output->n - done);
		if (n < 0 && errno != EINTR)
			output->error = errno;
		else if (n > 0)
			done += (size_t)n;
	}
	output->n = 0;
}

void output_watch(struct output *output, output_watcher *watcher, void *context)
{
	output->watcher = watcher;
	output->watching = context;
}

bool output_write(struct output *output, struct span bytes)
{
	if (output->watcher && !output->error)
		output->watcher(output->watching, bytes);
	output->written += bytes.len;
	while (bytes.len > 0 && !output->error) {
		struct span piece = span_clip(bytes, BUFFER_SIZE - output->n);
		if (span_copy(piece, 0, output->buffer + output->n, piece.len))
			output->n += piece.len;
		bytes = span_from(bytes, piece.len);
		if (output->n == BUFFER_SIZE)
			flush(output);
	}
	return output->error == 0;
}

uint64_t output_written(const struct output *output)
{
	return output->written;
}

enum status output_commit(struct output *output, struct failure *failure)
{
	enum status status = STATUS_OK;

	flush(output);
	/* Only a file of our own is synced: a pipe or device may refuse that. */
	if (!output->error && (output->temporary || output->created) &&
	    fsync(output->fd) != 0)
		output->error = errno;
	if (output->fd > STDERR_FILENO && close(output->fd) != 0 && !output->error)
		output->error = errno;
	output->fd = -1;
	if (!output->error && output->temporary &&
	    rename(output->temporary, output->path) != 0)
		output->error = errno;
	if (output->error) {
		status = fail(failure, output->path, output->error);
		remove_remains(output);
	}
	output_free(output);
	return status;
}

void output_abort(struct output *output)
{
	if (!output)
		return;
	remove_remains(output);
	output_free(output);
}

/* ---- folders ---- */

static bool is_in(const char *path, const struct stat *st)
{
	const char *slash = strrchr(path, '/');
	char *folder = slash ? strndup(path, (size_t)(slash - path) + 1) : strdup(".");
	struct stat own;
	bool same = folder && stat(folder, &own) == 0 && own.st_dev == st->st_dev &&
		    own.st_ino == st->st_ino;

	free(folder);
	return same;
}

/* True if the file, or what a link by its name leads to, lies in the folder of st. */
static bool lies_in(const char *path, const struct stat *st)
{
	char *real = realpath(path, NULL);
	bool found = is_in(path, st) || (real && is_in(real, st));

	free(real);
	return found;
}

enum status output_folder(const char *folder, bool make, const char *const *evidence,
			  size_t n_evidence, struct failure *failure)
{
	char shown[4200];
	struct stat st;

	failure_path(folder, shown, sizeof(shown));
	if (make && mkdir(folder, 0777) != 0 && errno != EEXIST)
		return fail(failure, folder, errno);
	if (stat(folder, &st) != 0)
		return fail(failure, folder, errno);
	if (!S_ISDIR(st.st_mode))
		return fail(failure, folder, ENOTDIR);
	for (size_t i = 0; i < n_evidence; i++)
		if (lies_in(evidence[i], &st)) {
			failure_set(failure,
				    "%s: holds evidence; nothing is written beside it",
				    shown);
			return STATUS_IO;
		}
	return STATUS_OK;
}
