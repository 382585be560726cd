/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "collection/subjects/pairinglog.h"

#include "base/array.h"
#include "base/path.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static int by_path(const void *left, const void *right)
{
	const struct found *a = *(const struct found *const *)left;
	const struct found *b = *(const struct found *const *)right;
	int order = strcasecmp(a->path, b->path);

	return order ? order : strcmp(a->path, b->path);
}

enum status pairinglog_read(const struct finds *finds, struct pairinglog *out)
{
	*out = (struct pairinglog){ .items = calloc(finds->n + 1, sizeof(*out->items)) };
	if (!out->items)
		return STATUS_NOMEM;
	for (size_t i = 0; i < finds->n; i++)
		if (finds->items[i].kind == FILEKIND_LOG)
			out->items[out->n++] = &finds->items[i];
	qsort(out->items, out->n, sizeof(*out->items), by_path);
	return STATUS_OK;
}

void pairinglog_clear(struct pairinglog *logs)
{
	free(logs->items);
	*logs = (struct pairinglog){ 0 };
}

/* The order of a log's path to that of a hive and an ending, without case. */
static int compare(const char *log, const char *hive, const char *ending)
{
	size_t len = strlen(hive);
	int order = strncasecmp(log, hive, len);

	return order ? order : strcasecmp(log + len, ending);
}

/* Folders whose names differ in case only are two. */
static bool is_beside(const struct found *log, const struct found *hive)
{
	size_t len = (size_t)(path_name(hive->path) - hive->path);

	return log->operand == hive->operand && strncmp(log->path, hive->path, len) == 0;
}

/* Return: true if there is one. */
static bool add_ending(const struct pairinglog *logs, const char *ending,
		       struct pairing_source *source)
{
	const char *hive = source->found->path;
	bool any = false;
	size_t i = ARRAY_COUNT_BEFORE(logs->items, logs->n, item,
				      compare((*item)->path, hive, ending) < 0);

	for (; i < logs->n && compare(logs->items[i]->path, hive, ending) == 0; i++) {
		if (!is_beside(logs->items[i], source->found) ||
		    source->n_logs == REPLAY_MAX_LOGS)
			continue;
		source->logs[source->n_logs++] = logs->items[i]->path;
		any = true;
	}
	return any;
}

void pairinglog_add(const struct pairinglog *logs, struct pairing_source *source)
{
	(void)add_ending(logs, ".LOG", source);
	bool first = add_ending(logs, ".LOG1", source);
	bool second = add_ending(logs, ".LOG2", source);
	source->lone_log = first != second;
}
