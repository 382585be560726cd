/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is to do, and what no longer belongs to the plan. */
#include "sweep/sweeptodo.h"

#include "base/hashtable.h"
#include "sweep/identity.h"
#include "sweep/outcome.h"
#include "sweep/sweepfolder.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* ---- what is to do ---- */

static enum status read_outcome(const char *folder, const char *name, struct outcome *out)
{
	char *path = sweepfolder_of_unit(folder, SWEEPFOLDER_OUTCOME, name);
	enum status status = path ? outcome_read(path, out) : STATUS_NOMEM;

	free(path);
	return status;
}

static enum status look_at(const struct unit *unit, const struct plan *plan,
			   const char *folder, const char *version, struct sweeptodo *out,
			   struct failure *failure)
{
	struct identity identity;
	struct outcome outcome;

	RETURN_IF_FAILED(identity_of(unit, plan->folder, version, &identity));
	enum status status = read_outcome(folder, unit->name, &outcome);
	if (status == STATUS_NOMEM)
		return status;
	if (status == STATUS_OK) {
		bool same = strcmp(outcome.identity, identity.hex) == 0 &&
			    strcmp(outcome.unit, unit->name) == 0;
		if (same && outcome_is_final(outcome.kind))
			return STATUS_OK;
		out->again += same;
		out->changed += !same;
	}
	out->items[out->n].unit = *unit;
	memcpy(out->items[out->n].identity, identity.hex, sizeof(identity.hex));
	out->bytes[out->n++] = identity.bytes;
	return sweepfolder_forget(folder, unit->name, failure);
}

enum status sweeptodo_find(const struct plan *plan, const char *folder,
			   const char *version, struct sweeptodo *out,
			   struct failure *failure)
{
	*out = (struct sweeptodo){ .items = calloc(plan->n + 1, sizeof(*out->items)),
				   .bytes = calloc(plan->n + 1, sizeof(*out->bytes)) };
	enum status status = out->items && out->bytes ? STATUS_OK : STATUS_NOMEM;

	for (size_t i = 0; i < plan->n && status == STATUS_OK; i++)
		status = look_at(&plan->items[i], plan, folder, version, out, failure);
	if (status != STATUS_OK)
		sweeptodo_clear(out);
	return status;
}

enum status sweeptodo_settle(struct sweeptodo *todo, const char *folder)
{
	size_t kept = 0;

	for (size_t i = 0; i < todo->n; i++) {
		struct outcome outcome;
		enum status status =
			read_outcome(folder, todo->items[i].unit.name, &outcome);
		if (status == STATUS_NOMEM)
			return status;
		if (status == STATUS_OK)
			continue;
		todo->items[kept] = todo->items[i];
		todo->bytes[kept++] = todo->bytes[i];
	}
	todo->n = kept;
	return STATUS_OK;
}

void sweeptodo_clear(struct sweeptodo *todo)
{
	free(todo->items);
	free(todo->bytes);
	*todo = (struct sweeptodo){ 0 };
}

/* ---- what the plan does not name ---- */

struct dropping {
	struct hashtable names;
	const char *folder;
	size_t n; /* outcomes that were moved */
	struct failure *failure;
};

static uint64_t hash_of(const char *name, size_t n)
{
	return hashtable_hash(0, span_of(name, n));
}

static enum status refuse(struct failure *failure, const char *path)
{
	char shown[4200];

	failure_set(failure, "%s: %s", failure_path(path, shown, sizeof(shown)),
		    strerror(errno));
	return STATUS_IO;
}

/* A result of that name from an earlier time gives way. */
static enum status move_away(const struct dropping *d, const char *part, const char *name)
{
	char *from = sweepfolder_path(d->folder, "%s/%s", part, name);
	char *root = sweepfolder_path(d->folder, "dropped");
	char *to = root ? sweepfolder_path(root, "%s", part) : NULL;
	char *place = to ? sweepfolder_path(to, "%s", name) : NULL;
	enum status status = from && place ? STATUS_OK : STATUS_NOMEM;

	if (status == STATUS_OK) {
		(void)mkdir(root, 0777);
		(void)mkdir(to, 0777);
		if (!sweepfolder_remove(place) || rename(from, place) != 0)
			status = refuse(d->failure, place);
	}
	free(from);
	free(root);
	free(to);
	free(place);
	return status;
}

/* ending: what stands behind the unit's name in the names of this part. */
static enum status drop_part(struct dropping *d, const char *part, const char *ending)
{
	char *path = sweepfolder_path(d->folder, "%s", part);
	DIR *folder = path ? opendir(path) : NULL;
	enum status status = !path    ? STATUS_NOMEM
			     : folder ? STATUS_OK
				      : refuse(d->failure, path);

	for (struct dirent *item; status == STATUS_OK && (item = readdir(folder));) {
		size_t len = strlen(item->d_name), tail = strlen(ending);
		size_t number = SIZE_MAX;
		bool known = false;
		if (item->d_name[0] == '.' || len <= tail ||
		    strcmp(item->d_name + len - tail, ending) != 0)
			continue;
		status = hashtable_add(&d->names, hash_of(item->d_name, len - tail),
				       &number, &known);
		if (status != STATUS_OK || (known && number != SIZE_MAX))
			continue;
		status = move_away(d, part, item->d_name);
		d->n += *ending == '.' && strcmp(part, "outcomes") == 0;
	}
	if (folder)
		(void)closedir(folder);
	free(path);
	return status;
}

enum status sweeptodo_drop(const struct plan *plan, const char *folder, size_t *n,
			   struct failure *failure)
{
	struct dropping d = { .folder = folder, .failure = failure };
	enum status status = STATUS_OK;

	for (size_t i = 0; i < plan->n && status == STATUS_OK; i++) {
		const char *name = plan->items[i].name;
		size_t number = i;
		bool known;
		status = hashtable_add(&d.names, hash_of(name, strlen(name)), &number,
				       &known);
	}
	if (status == STATUS_OK)
		status = drop_part(&d, "outcomes", ".tsv");
	if (status == STATUS_OK)
		status = drop_part(&d, "errors", ".txt");
	if (status == STATUS_OK)
		status = drop_part(&d, "units", "");
	hashtable_clear(&d.names);
	*n = d.n;
	return status;
}
