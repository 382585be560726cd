/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "reportcli/evidencefinder.h"

#include "base/array.h"
#include "base/path.h"
#include "collection/found.h"
#include "collection/foundopener.h"
#include "collection/walk.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PIECE_SIZE ((size_t)1 << 17)

/* Archives that the paths of a report may lead into. */
#define MAX_ARCHIVES 256

/* A file below a folder, or a member of an archive. */
struct candidate {
	size_t folder; /* number of the path given */
	char *path;    /* below it, malloc'ed; "" for that itself; NULL for a member */
	const struct found *member;
	uint64_t size;
	bool hashed, unreadable;
	struct digest sha256;
};

/* An archive that was listed. */
struct archive {
	char *path; /* malloc'ed */
	struct finds *finds;
	struct foundopener opener;
};

struct evidencefinder {
	const char *const *paths;
	size_t n_paths;
	int *folders; /* a descriptor for each; -1: it is a file */
	struct candidates {
		struct candidate *items;
		size_t n, cap;
	} candidates;
	bool members_listed; /* those of archives below the folders */
	struct archives {
		struct archive *items;
		size_t n, cap;
	} archives;
	size_t folder; /* that is walked through */
};

/* ---- files ---- */

static enum status add(struct evidencefinder *finder, struct candidate candidate)
{
	RETURN_IF_FAILED(ARRAY_RESERVE(&finder->candidates, EVIDENCEFINDER_MAX));
	finder->candidates.items[finder->candidates.n++] = candidate;
	return STATUS_OK;
}

static enum status add_file(void *data, const struct walk_file *file)
{
	struct evidencefinder *finder = data;
	char *path = strdup(file->path);
	enum status status = STATUS_NOMEM;

	if (path)
		status = add(finder, (struct candidate){
					     .folder = finder->folder,
					     .path = path,
					     .size = (uint64_t)file->st->st_size,
				     });
	if (status != STATUS_OK)
		free(path);
	return status;
}

/* What cannot be looked at holds no file that can be. */
static enum status pass_folder(void *data, const char *path)
{
	(void)data, (void)path;
	return STATUS_OK;
}

static enum status pass_other(void *data, const char *path, mode_t mode)
{
	(void)data, (void)path, (void)mode;
	return STATUS_OK;
}

static enum status pass_loss(void *data, const char *path, enum walk_loss loss, int error)
{
	(void)data, (void)path, (void)loss, (void)error;
	return STATUS_OK;
}

static int open_file(const char *path)
{
	return open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
}

static enum status list_path(struct evidencefinder *finder, size_t i,
			     struct failure *failure)
{
	struct walk_visitor visitor = { finder,	    pass_folder, add_file,
					pass_other, pass_loss,	 0 };
	int fd = open_file(finder->paths[i]);
	char shown[4200];
	struct stat st;

	if (fd < 0 || fstat(fd, &st) != 0) {
		failure_set(failure, "%s: %s",
			    failure_path(finder->paths[i], shown, sizeof(shown)),
			    strerror(errno));
		if (fd >= 0)
			close(fd);
		return STATUS_IO;
	}
	finder->folder = i;
	if (S_ISDIR(st.st_mode)) {
		finder->folders[i] = fd;
		return walk_folder(fd, &visitor);
	}
	close(fd);
	return add_file(finder, &(struct walk_file){ .path = "", .st = &st });
}

enum status evidencefinder_new(const char *const *paths, size_t n,
			       struct evidencefinder **out, struct failure *failure)
{
	struct evidencefinder *finder = calloc(1, sizeof(*finder));
	enum status status = STATUS_OK;

	failure_set(failure, "out of memory");
	if (!finder)
		return STATUS_NOMEM;
	finder->paths = paths;
	finder->n_paths = n;
	finder->folders = calloc(n + 1, sizeof(*finder->folders));
	if (!finder->folders)
		status = STATUS_NOMEM;
	for (size_t i = 0; status == STATUS_OK && i < n; i++)
		finder->folders[i] = -1;
	for (size_t i = 0; status == STATUS_OK && i < n; i++)
		status = list_path(finder, i, failure);
	if (status == STATUS_LIMIT)
		failure_set(failure, "more than %d files are there", EVIDENCEFINDER_MAX);
	if (status == STATUS_OK)
		*out = finder;
	else
		evidencefinder_free(finder);
	return status;
}

void evidencefinder_free(struct evidencefinder *finder)
{
	if (!finder)
		return;
	for (size_t i = 0; i < finder->candidates.n; i++)
		free(finder->candidates.items[i].path);
	free(finder->candidates.items);
	for (size_t i = 0; i < finder->archives.n; i++) {
		foundopener_clear(&finder->archives.items[i].opener);
		finds_free(finder->archives.items[i].finds);
		free(finder->archives.items[i].path);
	}
	free(finder->archives.items);
	for (size_t i = 0; finder->folders && i < finder->n_paths; i++)
		if (finder->folders[i] >= 0)
			close(finder->folders[i]);
	free(finder->folders);
	free(finder);
}

/* ---- archives ---- */

/* Lists an archive, or all archives below a folder.  Return: NULL when it cannot be. */
static struct archive *list_archive(struct evidencefinder *finder, const char *path)
{
	struct failure failure;
	struct archive *archive;

	for (size_t i = 0; i < finder->archives.n; i++)
		if (strcmp(finder->archives.items[i].path, path) == 0)
			return &finder->archives.items[i];
	/* The openers point at themselves, so they may not be moved. */
	if (!finder->archives.items)
		finder->archives.items = calloc(MAX_ARCHIVES, sizeof(*archive));
	if (!finder->archives.items || finder->archives.n == MAX_ARCHIVES)
		return NULL;
	archive = &finder->archives.items[finder->archives.n];
	*archive = (struct archive){ .path = strdup(path) };
	if (!archive->path)
		return NULL;
	if (finds_read((const char *const *)&archive->path, 1, NULL, &archive->finds,
		       &failure) != STATUS_OK ||
	    foundopener_init(&archive->opener, archive->finds) != STATUS_OK) {
		foundopener_clear(&archive->opener);
		finds_free(archive->finds);
		free(archive->path);
		return NULL;
	}
	finder->archives.n++;
	return archive;
}

/* Members of all archives below the folders, once. */
static enum status list_members(struct evidencefinder *finder)
{
	if (finder->members_listed)
		return STATUS_OK;
	finder->members_listed = true;
	for (size_t i = 0; i < finder->n_paths; i++) {
		const struct archive *archive = list_archive(finder, finder->paths[i]);
		for (size_t k = 0; archive && k < archive->finds->n; k++) {
			const struct found *found = &archive->finds->items[k];
			if (found->in_archive)
				RETURN_IF_FAILED(add(finder, (struct candidate){
								     .folder = i,
								     .member = found,
								     .size = found->size,
							     }));
		}
	}
	return STATUS_OK;
}

/* ---- by size and hash ---- */

static int open_candidate(const struct evidencefinder *finder,
			  const struct candidate *candidate)
{
	struct failure failure;
	int fd = -1;

	if (candidate->member)
		return found_open(candidate->member, &fd, &failure) == STATUS_OK ? fd
										 : -1;
	if (finder->folders[candidate->folder] < 0)
		return open_file(finder->paths[candidate->folder]);
	return walk_open(finder->folders[candidate->folder], candidate->path);
}

static enum status hash(const struct evidencefinder *finder, struct candidate *candidate)
{
	static uint8_t piece[PIECE_SIZE];
	struct digest_stream *stream;
	int fd = open_candidate(finder, candidate);
	ssize_t n = fd < 0 ? -1 : 1;

	candidate->hashed = true;
	stream = digest_start();
	if (!stream) {
		if (fd >= 0)
			close(fd);
		return STATUS_NOMEM;
	}
	while (n > 0) {
		n = read(fd, piece, sizeof(piece));
		if (n < 0 && errno == EINTR)
			n = 1;
		else if (n > 0)
			digest_add(stream, span_of(piece, (size_t)n));
	}
	digest_finish(stream, &candidate->sha256);
	candidate->unreadable = n < 0;
	if (fd >= 0)
		close(fd);
	return STATUS_OK;
}

/* The one from a number on that has size and hash.  Return: STATUS_OK; STATUS_ABSENT; … */
static enum status find_same(struct evidencefinder *finder, size_t from,
			     const struct verify_wanted *wanted,
			     const struct candidate **out)
{
	for (size_t i = from; i < finder->candidates.n; i++) {
		struct candidate *candidate = &finder->candidates.items[i];
		if (candidate->size != wanted->size)
			continue;
		if (!candidate->hashed)
			RETURN_IF_FAILED(hash(finder, candidate));
		if (candidate->unreadable ||
		    memcmp(candidate->sha256.bytes, wanted->sha256.bytes, DIGEST_SIZE))
			continue;
		*out = candidate;
		return STATUS_OK;
	}
	return STATUS_ABSENT;
}

static const char *name_of(const struct evidencefinder *finder,
			   const struct candidate *candidate)
{
	if (candidate->member)
		return path_name(candidate->member->path);
	return path_name(candidate->path[0] ? candidate->path
					    : finder->paths[candidate->folder]);
}

/* A file of its name may be another one's: that is told, and not believed. */
static size_t count_namesakes(const struct evidencefinder *finder, const char *path)
{
	size_t n = 0;

	for (size_t i = 0; i < finder->candidates.n; i++)
		n += strcmp(name_of(finder, &finder->candidates.items[i]),
			    path_name(path)) == 0;
	return n;
}

static enum status open_below(struct evidencefinder *finder,
			      const struct verify_wanted *wanted, int *fd,
			      struct failure *why)
{
	const struct candidate *candidate = NULL;
	size_t n = finder->candidates.n;
	enum status status = find_same(finder, 0, wanted, &candidate);

	if (status == STATUS_ABSENT && !finder->members_listed) {
		status = list_members(finder);
		if (status == STATUS_OK)
			status = find_same(finder, n, wanted, &candidate);
	}
	if (status == STATUS_ABSENT && wanted->path)
		failure_set(why,
			    "no file there has its size and SHA-256; of its name there "
			    "are %zu",
			    count_namesakes(finder, wanted->path));
	RETURN_IF_FAILED(status);
	failure_set(why, "cannot be opened any more");
	*fd = open_candidate(finder, candidate);
	return *fd >= 0 ? STATUS_OK : STATUS_IO;
}

/* ---- by its path ---- */

/* The archive that the path leads into; NULL if none.  To be freed. */
static char *archive_on(const char *path)
{
	struct stat st;

	for (const char *slash = strchr(path + 1, '/'); slash;
	     slash = strchr(slash + 1, '/')) {
		char *front = strndup(path, (size_t)(slash - path));
		if (front && stat(front, &st) == 0 && S_ISREG(st.st_mode))
			return front;
		free(front);
	}
	return NULL;
}

/* Return: a descriptor of what stands in an archive at the path; -1 if nothing does. */
static int open_inside(struct evidencefinder *finder, const char *archive_path,
		       const char *path)
{
	struct archive *archive = list_archive(finder, archive_path);
	const struct found *found =
		archive ? foundopener_find(&archive->opener, path) : NULL;
	struct failure failure;
	int fd = -1;

	if (!found || !found->in_archive || found_open(found, &fd, &failure) != STATUS_OK)
		return -1;
	return fd;
}

/* A file that was packed by itself has no name of its own. */
static void unpack(struct evidencefinder *finder, const struct verify_wanted *wanted,
		   int *fd)
{
	struct stat st;
	int inside;

	if (fstat(*fd, &st) != 0 || !S_ISREG(st.st_mode) ||
	    (uint64_t)st.st_size == wanted->size)
		return;
	inside = open_inside(finder, wanted->path, wanted->path);
	if (inside < 0)
		return;
	close(*fd);
	*fd = inside;
}

static enum status open_at(struct evidencefinder *finder,
			   const struct verify_wanted *wanted, int *fd,
			   struct failure *why)
{
	const char *path = wanted->path ? wanted->path : "";
	char shown[4200], *front;
	int error = ENOENT;

	*fd = -1;
	if (*path) {
		*fd = open_file(path);
		error = errno;
	}
	if (*fd >= 0) {
		unpack(finder, wanted, fd);
		return STATUS_OK;
	}
	front = *path ? archive_on(path) : NULL;
	if (front)
		*fd = open_inside(finder, front, path);
	free(front);
	if (*fd >= 0)
		return STATUS_OK;
	failure_set(why, "%s: %s", failure_path(path, shown, sizeof(shown)),
		    strerror(error));
	return STATUS_ABSENT;
}

enum status evidencefinder_open(void *data, const struct verify_wanted *wanted, int *fd,
				struct failure *why)
{
	struct evidencefinder *finder = data;

	return finder->n_paths > 0 ? open_below(finder, wanted, fd, why)
				   : open_at(finder, wanted, fd, why);
}
