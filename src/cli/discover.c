/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Logs beside a hive.  NTUSER.DAT often lies beside ntuser.dat.LOG1, so the
 * folder is searched and names are compared without case.
 */
#include "cli/discover.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

static const char *const endings[] = { ".LOG", ".LOG1", ".LOG2" };
#define LOG1 1
#define LOG2 2

/* Which ending makes entry a log of name; -1 for none. */
static int log_ending(const char *name, const char *entry)
{
	size_t len = strlen(name);

	if (strncasecmp(entry, name, len) != 0)
		return -1;
	for (size_t i = 0; i < ARRAY_LEN(endings); i++)
		if (strcasecmp(entry + len, endings[i]) == 0)
			return (int)i;
	return -1;
}

static char *join(const char *folder, size_t folder_len, const char *entry)
{
	size_t size = folder_len + strlen(entry) + 1;
	char *path = malloc(size);

	if (path)
		(void)snprintf(path, size, "%.*s%s", (int)folder_len, folder, entry);
	return path;
}

/* Files whose names differ in case only can stand side by side: all are taken. */
static int by_ending_then_name(const void *a, const void *b)
{
	const char *x = *(const char *const *)a, *y = *(const char *const *)b;
	int order = strcasecmp(x, y);

	return order ? order : strcmp(x, y);
}

static enum status find_logs(struct snapshot_source *source)
{
	const char *slash = strrchr(source->path, '/');
	size_t folder_len = slash ? (size_t)(slash - source->path) + 1 : 0;
	const char *name = source->path + folder_len;
	bool seen[ARRAY_LEN(endings)] = { false };
	char *folder =
		join(folder_len ? source->path : "./", folder_len ? folder_len : 2, "");
	DIR *dir = folder ? opendir(folder) : NULL;
	enum status status = folder ? STATUS_OK : STATUS_NOMEM;
	struct dirent *entry;

	while (dir && status == STATUS_OK && (entry = readdir(dir))) {
		int ending = log_ending(name, entry->d_name);
		if (ending < 0)
			continue;
		char *path = join(source->path, folder_len, entry->d_name);
		if (!path)
			status = STATUS_NOMEM;
		else if (source->n_logs == REPLAY_MAX_LOGS)
			status = STATUS_LIMIT;
		else
			source->logs[source->n_logs++] = path;
		if (status == STATUS_LIMIT)
			free(path);
		seen[ending] = true;
	}
	if (dir)
		closedir(dir);
	free(folder);
	if (source->n_logs > 1)
		qsort(source->logs, source->n_logs, sizeof(*source->logs),
		      by_ending_then_name);
	source->lone_log = seen[LOG1] != seen[LOG2];
	return status;
}

/* True if both paths lead to the same file. */
static bool is_same_file(const char *a, const char *b)
{
	struct stat x, y;

	return strcmp(a, b) == 0 || (stat(a, &x) == 0 && stat(b, &y) == 0 &&
				     x.st_dev == y.st_dev && x.st_ino == y.st_ino);
}

/* A log that was found beside the hive is not taken twice. */
static enum status add_given(struct snapshot_source *source, const char *log)
{
	for (size_t i = 0; i < source->n_logs; i++)
		if (is_same_file(source->logs[i], log))
			return STATUS_OK;
	if (source->n_logs == REPLAY_MAX_LOGS)
		return STATUS_LIMIT;
	source->logs[source->n_logs] = strdup(log);
	if (!source->logs[source->n_logs])
		return STATUS_NOMEM;
	source->n_logs++;
	source->lone_log = false;
	return STATUS_OK;
}

static enum status add_logs(const struct options *options, size_t number,
			    struct snapshot_source *source)
{
	RETURN_IF_FAILED(find_logs(source));
	for (size_t i = 0; i < options->n_logs; i++)
		if (options->logs[i].snapshot == number)
			RETURN_IF_FAILED(add_given(source, options->logs[i].path));
	return STATUS_OK;
}

static enum status too_many(const char *hive, struct failure *failure)
{
	char path[4200];

	failure_set(failure, "%s: more than %d transaction logs",
		    failure_path(hive, path, sizeof(path)), REPLAY_MAX_LOGS);
	return STATUS_LIMIT;
}

enum status discover_sources(const struct options *options, struct stage_watch *watch,
			     struct snapshot_source *sources, struct failure *failure)
{
	for (size_t i = 0; i < options->n_snapshots; i++) {
		sources[i] = (struct snapshot_source){
			.path = options->snapshots[i],
			.watch = watch,
			.number = i,
			.group = i,
		};
		enum status status = options->skip_logs
					     ? STATUS_OK
					     : add_logs(options, i, &sources[i]);
		if (status == STATUS_LIMIT)
			return too_many(sources[i].path, failure);
		RETURN_IF_FAILED(status);
	}
	return STATUS_OK;
}

enum status discover_companions(const struct options *options, struct stage_watch *watch,
				struct companions_source *companions,
				struct failure *failure)
{
	struct snapshot_source *sources[] = { &companions->system,
					      &companions->software };

	*companions = options->companions;
	for (size_t i = 0; i < ARRAY_LEN(sources); i++) {
		sources[i]->watch = watch;
		sources[i]->number = STAGE_NO_HIVE;
		if (!sources[i]->path || options->skip_logs)
			continue;
		enum status status = find_logs(sources[i]);
		if (status == STATUS_LIMIT)
			return too_many(sources[i]->path, failure);
		RETURN_IF_FAILED(status);
	}
	return STATUS_OK;
}

void discover_clear(struct snapshot_source *sources, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < sources[i].n_logs; k++)
			free((void *)(uintptr_t)sources[i].logs[k]);
}
