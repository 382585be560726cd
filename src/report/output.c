/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whole files or none.  A buffer of our own, so that a full disk is noticed
 * at the write that meets it and not lost in stdio.
 */
#include "report/output.h"

#include "base/sum/digest.h"
#include "report/filelist.h"
#include "report/outputplace.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BUFFER_SIZE 65536

struct output {
	int fd;
	int error;  /* errno of the first failure, 0 so far */
	char *path; /* as given; NULL for standard output */
	struct outputplace place;
	struct kept *kept;	      /* borrowed; NULL: nothing is kept */
	struct digest_stream *digest; /* of what is added; NULL: no list wants it */
	output_watcher *watcher;      /* NULL if nobody watches */
	void *watching;
	uint64_t written; /* bytes added so far */
	size_t n;
	uint8_t buffer[BUFFER_SIZE];
};

static void output_free(struct output *output)
{
	if (!output)
		return;
	outputplace_clear(&output->place);
	if (output->fd > STDERR_FILENO)
		close(output->fd);
	digest_finish(output->digest, NULL);
	free(output->path);
	free(output);
}

static void output_freep(struct output **output)
{
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

/* path: NULL for standard output. */
static enum status new_output(const char *path, struct kept *kept, struct output **out)
{
	AUTO(output_freep) struct output *output = calloc(1, sizeof(*output));

	if (!output)
		return STATUS_NOMEM;
	output->place = (struct outputplace){ .folder = -1, .leftover = -1 };
	output->kept = kept;
	output->fd = path ? -1 : STDOUT_FILENO;
	output->path = path ? strdup(path) : NULL;
	output->digest = kept_list(kept) ? digest_start() : NULL;
	if ((path && !output->path) || (kept_list(kept) && !output->digest))
		return STATUS_NOMEM;
	*out = STEAL(output);
	return STATUS_OK;
}

static enum status open_at(const char *path, enum outputplace_how how, struct kept *kept,
			   struct output **out, struct failure *failure)
{
	AUTO(output_freep) struct output *output = NULL;

	RETURN_IF_FAILED(new_output(path, kept, &output));
	RETURN_IF_FAILED(
		outputplace_open(path, how, kept, &output->place, &output->fd, failure));
	*out = STEAL(output);
	return STATUS_OK;
}

enum status output_open(const char *path, struct kept *kept, struct output **out,
			struct failure *failure)
{
	if (strcmp(path, "-") != 0)
		return open_at(path, OUTPUTPLACE_REPLACES, kept, out, failure);
	return new_output(NULL, kept, out);
}

enum status output_create(const char *path, const struct output_manner *manner,
			  struct kept *kept, struct output **out, struct failure *failure)
{
	AUTO(output_freep) struct output *output = NULL;

	RETURN_IF_FAILED(new_output(path, kept, &output));
	RETURN_IF_FAILED(outputplace_open_own(path, manner->is_own, manner->context,
					      manner->secret, kept, &output->place,
					      &output->fd, failure));
	*out = STEAL(output);
	return STATUS_OK;
}

enum status output_open_named(const char *path, struct kept *kept, char **temporary,
			      struct output **out, struct failure *failure)
{
	AUTO(output_freep) struct output *output = NULL;

	RETURN_IF_FAILED(open_at(path, OUTPUTPLACE_NAMED, kept, &output, failure));
	*temporary = outputplace_temporary(&output->place);
	if (!*temporary)
		return STATUS_NOMEM;
	*out = STEAL(output);
	return STATUS_OK;
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

enum status output_make_private(struct output *output, struct failure *failure)
{
	struct stat st;

	/* What is no file (a pipe, a device) is as it is. */
	if (fstat(output->fd, &st) != 0 ||
	    (S_ISREG(st.st_mode) && fchmod(output->fd, S_IRUSR | S_IWUSR) != 0)) {
		failure_set(failure, "the file could not be made private");
		return STATUS_IO;
	}
	return STATUS_OK;
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
	if (output->digest)
		digest_add(output->digest, bytes);
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

/* The path of the folder as the system has it now; malloc'ed or NULL. */
static char *folder_path(const struct outputplace *place)
{
	char link[40], path[PATH_MAX];
	char *given, *real;

	(void)snprintf(link, sizeof(link), "/proc/self/fd/%d", place->folder);
	ssize_t n = readlink(link, path, sizeof(path) - 1);
	if (n > 0 && path[0] == '/') {
		path[n] = '\0';
		return strdup(path);
	}
	given = place->name == place->path
			? strdup(".")
			: strndup(place->path, (size_t)(place->name - place->path));
	real = given ? realpath(given, NULL) : NULL;
	free(given);
	return real;
}

/*
 * The full path of the file, through no link.
 * Return: STATUS_OK and *out, to be freed; STATUS_NOMEM; STATUS_IO: another file stands
 * there by now.
 */
static enum status real_path(const struct output *output, struct filemark mark,
			     char **out, struct failure *failure)
{
	char *folder = folder_path(&output->place), *path = NULL;
	char shown[4200];
	struct stat st;

	if (!folder || asprintf(&path, "%s%s%s", folder, folder[1] ? "/" : "",
				output->place.name) < 0) {
		free(folder);
		return STATUS_NOMEM;
	}
	free(folder);
	*out = path;
	if (lstat(path, &st) == 0 && filemark_equal(mark, filemark_of(&st)))
		return STATUS_OK;
	free(path);
	failure_set(failure, "%s: another file took its place at once",
		    failure_path(output->path, shown, sizeof(shown)));
	return STATUS_IO;
}

/* The list has it under the path where it really stands. */
static enum status list(struct output *output, struct filemark mark,
			struct failure *failure)
{
	struct digest sha256;
	char *path = NULL;

	digest_finish(STEAL(output->digest), &sha256);
	if (output->place.folder < 0)
		return filelist_add(kept_list(output->kept), FILELIST_STREAM,
				    output->path, &sha256, mark);
	RETURN_IF_FAILED(real_path(output, mark, &path, failure));
	enum status status = filelist_add(kept_list(output->kept), FILELIST_OUTPUT, path,
					  &sha256, mark);
	free(path);
	return status;
}

/* No later output of the run may replace this one. */
static enum status keep(struct output *output, struct failure *failure)
{
	enum status status = STATUS_OK;
	struct stat st;

	if (!output->kept || fstat(output->fd, &st) != 0)
		return STATUS_OK;
	if (output->place.folder >= 0 && S_ISREG(st.st_mode))
		status = kept_add(output->kept, filemark_of(&st), KEPT_OUTPUT);
	if (status == STATUS_OK && output->digest)
		status = list(output, filemark_of(&st), failure);
	return status;
}

enum status output_commit(struct output *output, struct failure *failure)
{
	enum status status = STATUS_OK;

	if (status_had_nomem()) {
		output_free(output);
		failure_set(failure, "out of memory");
		return STATUS_NOMEM;
	}
	flush(output);
	/* Only a file of our own is synced: a pipe or device may refuse that. */
	if (!output->error && output->place.folder >= 0 && fsync(output->fd) != 0)
		output->error = errno;
	if (output->error)
		status = fail(failure, output->path, output->error);
	if (status == STATUS_OK)
		status = outputplace_put(&output->place, output->fd, output->kept,
					 output->path, failure);
	if (status == STATUS_OK)
		status = keep(output, failure);
	output_free(output);
	return status;
}

void output_remove(const char *path, struct kept *kept)
{
	struct stat st;

	if (lstat(path, &st) != 0 ||
	    (kept && kept_what(kept, filemark_of(&st)) != KEPT_OUTPUT))
		return;
	if (unlink(path) == 0 && kept_list(kept))
		filelist_drop(kept_list(kept), filemark_of(&st));
}

void output_abort(struct output *output)
{
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
