/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How the summary names files: people keep evidence deep in folders that are the same
 * for all of it, and what differs has to fit a line.
 */
#include "report/summary/pathname.h"

#include <stdlib.h>
#include <string.h>

/* Bytes at the end of a path, from the beginning of a name on, that the other lacks. */
static size_t own_end(const char *path, const char *other)
{
	size_t n = strlen(path), k = strlen(other);

	while (n > 0 && k > 0 && path[n - 1] == other[k - 1]) {
		n--;
		k--;
	}
	/* One of them is the end of the other: no end of it is its own. */
	if (n == 0 || (k == 0 && path[n - 1] == '/'))
		return strlen(path);
	while (n > 0 && path[n - 1] != '/')
		n--;
	return strlen(path + n);
}

void pathname_put(struct summary *summary, const char *path, size_t taken)
{
	const struct report_options *options = summary->options;
	size_t least = 0;

	if (options->full) {
		screen_path(summary->screen, path);
		return;
	}
	for (size_t i = 0; options->inputs && i < options->inputs->n; i++) {
		const char *other = options->inputs->paths[i];
		size_t own = strcmp(path, other) == 0 ? 0 : own_end(path, other);
		if (own > least)
			least = own;
	}
	screen_path_end(summary->screen, path,
			taken < SUMMARY_COLUMNS ? SUMMARY_COLUMNS - (unsigned)taken : 0,
			least);
}

void pathname_put_folder(struct summary *summary, const char *path, size_t taken)
{
	const char *slash = strrchr(path, '/');
	/* That of "/x.reg" is "/". */
	size_t n = slash ? (size_t)(slash - path) + (slash == path) : 0;
	char *folder = strndup(path, n);

	pathname_put(summary, folder && *folder ? folder : ".", taken);
	free(folder);
}
