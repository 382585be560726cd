/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The identity of a unit's inputs.  The time of the last change of status counts, too: it is
 * set by the kernel, so bytes that change under an old time of change are noticed.
 */
#include "sweep/identity.h"

#include <dirent.h>
#include <errno.h>
#include <fts.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/path.h"

struct taking {
	struct digest_stream *stream;
	uint64_t bytes;
};

/* A text with its NUL, so that two in a row are not another one. */
static void add_text(struct taking *t, const char *text)
{
	digest_add(t->stream, span_of(text, strlen(text) + 1));
}

/* Of a folder, size and times say nothing that what lies in it does not say. */
static void add_file(struct taking *t, const char *path, const struct stat *st, int error)
{
	char line[160];

	add_text(t, path);
	if (error)
		(void)snprintf(line, sizeof(line), "error %d", error);
	else if (S_ISDIR(st->st_mode))
		(void)snprintf(line, sizeof(line), "folder");
	else
		(void)snprintf(line, sizeof(line), "%o %jd %jd.%09ld %jd.%09ld",
			       (unsigned)(st->st_mode & S_IFMT), (intmax_t)st->st_size,
			       (intmax_t)st->st_mtim.tv_sec, st->st_mtim.tv_nsec,
			       (intmax_t)st->st_ctim.tv_sec, st->st_ctim.tv_nsec);
	add_text(t, line);
	if (!error && S_ISREG(st->st_mode))
		t->bytes += (uint64_t)st->st_size;
}

static int by_name(const FTSENT **a, const FTSENT **b)
{
	return strcmp((*a)->fts_name, (*b)->fts_name);
}

static enum status add_tree(struct taking *t, char *path)
{
	char *paths[] = { path, NULL };
	FTS *walk = fts_open(paths, FTS_PHYSICAL | FTS_COMFOLLOW | FTS_NOCHDIR, by_name);

	if (!walk)
		return STATUS_NOMEM;
	for (FTSENT *item; (item = fts_read(walk));) {
		bool failed = item->fts_info == FTS_ERR || item->fts_info == FTS_NS ||
			      item->fts_info == FTS_DNR;
		if (item->fts_info != FTS_DP)
			add_file(t, item->fts_path, item->fts_statp,
				 failed ? item->fts_errno : 0);
	}
	(void)fts_close(walk);
	return STATUS_OK;
}

/* ---- what lies beside a file ---- */

static int compare_names(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

/* Logs are found by the name of their hive, whatever its case. */
static void add_beside(struct taking *t, const char *path)
{
	const char *name = path_name(path);
	char *folder = strndup(path, (size_t)(name - path));
	struct dirent **items = NULL;
	int n = folder ? scandir(*folder ? folder : ".", &items, NULL, compare_names)
		       : -1;

	for (int i = 0; i < n; i++) {
		char *beside = NULL;
		struct stat st;
		if (strncasecmp(items[i]->d_name, name, strlen(name)) == 0 &&
		    strcmp(items[i]->d_name, name) != 0 &&
		    asprintf(&beside, "%s%s", folder, items[i]->d_name) >= 0) {
			int error = lstat(beside, &st) == 0 ? 0 : errno;
			add_file(t, beside, &st, error);
			free(beside);
		}
		free(items[i]);
	}
	free(items);
	free(folder);
}

/* What is no path at all adds that it is none. */
static enum status add_path(struct taking *t, const char *folder, const char *text)
{
	char *path = NULL;
	struct stat st;
	enum status status = STATUS_OK;

	if (asprintf(&path, "%s%s%s", text[0] == '/' ? "" : folder,
		     text[0] == '/' ? "" : "/", text) < 0)
		return STATUS_NOMEM;
	if (stat(path, &st) != 0)
		add_file(t, path, &st, errno);
	else if (S_ISDIR(st.st_mode))
		status = add_tree(t, path);
	else {
		add_file(t, path, &st, 0);
		add_beside(t, path);
	}
	free(path);
	return status;
}

enum status identity_of(const struct unit *unit, const char *folder, const char *version,
			struct identity *out)
{
	struct taking t = { .stream = digest_start() };
	struct digest digest;
	enum status status = STATUS_OK;

	if (!t.stream)
		return STATUS_NOMEM;
	add_text(&t, version);
	add_text(&t, folder);
	for (size_t i = 0; i < unit->n; i++)
		add_text(&t, unit->arguments[i]);
	for (size_t i = 0; i < unit->n && status == STATUS_OK; i++) {
		const char *value = strchr(unit->arguments[i], '=');
		status = add_path(&t, folder, unit->arguments[i]);
		if (status == STATUS_OK && unit->arguments[i][0] == '-' && value &&
		    value[1])
			status = add_path(&t, folder, value + 1);
	}
	digest_finish(t.stream, &digest);
	digest_hex(&digest, out->hex);
	out->bytes = t.bytes;
	return status;
}
