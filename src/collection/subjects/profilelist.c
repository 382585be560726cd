/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A user's folder is looked for by its name alone: collectors keep drives and folders
 * above it in ways of their own.  So the same name in two rows tells nothing.
 */
#include "collection/subjects/profilelist.h"

#include "base/array.h"
#include "machine/machinesoftware.h"
#include "snapshot/subject.h"

#include <stdlib.h>
#include <string.h>

/* A copy in UTF-16, whatever the hive has. */
static enum status copy_text(struct text text, struct text *out)
{
	char *utf8 = text_to_utf8(text, NULL);
	bool copied = utf8 && text_from_utf8(utf8, strlen(utf8), out);

	free(utf8);
	return copied ? STATUS_OK : STATUS_NOMEM;
}

static enum status add_row(struct profilelist *list, const struct found *found,
			   const struct machine_owner *owner)
{
	char *sid = text_to_utf8(owner->sid, NULL);
	struct profilelist_row row = {
		.operand = found->operand,
		.old = found->place.layout == PLACE_WINDOWS_OLD,
	};
	enum status status = sid ? STATUS_OK : STATUS_NOMEM;

	if (sid && subject_is_account(sid) && strlen(sid) < PLACE_SID_SIZE &&
	    text_length(owner->user) > 0) {
		memcpy(row.sid, sid, strlen(sid) + 1);
		status = ARRAY_RESERVE(list, PROFILELIST_MAX);
		if (status == STATUS_OK)
			status = copy_text(owner->user, &row.folder);
		if (status == STATUS_OK)
			list->items[list->n++] = row;
	}
	free(sid);
	return status;
}

enum status profilelist_add(struct profilelist *list, const struct found *found,
			    const struct evidence_opener *opener, struct failure *failure)
{
	AUTO(machinesoftware_freep) struct machine_software *software = NULL;
	struct snapshot_source source = snapshot_source_beside(found->path, opener);
	enum status status = machinesoftware_read(&source, &software, failure);

	if (status == STATUS_NOMEM)
		return status;
	if (status != STATUS_OK)
		return STATUS_OK;
	failure_set(failure, "out of memory");
	for (size_t i = 0; i < software->profiles.n; i++)
		RETURN_IF_FAILED(add_row(list, found, &software->profiles.items[i]));
	return STATUS_OK;
}

void profilelist_clear(struct profilelist *list)
{
	for (size_t i = 0; i < list->n; i++)
		text_free(list->items[i].folder);
	free(list->items);
	*list = (struct profilelist){ 0 };
}

/* ---- searching ---- */

/* Letter case of folders is not told apart. */
static int compare(const struct profilelist_row *a, const struct profilelist_row *b)
{
	if (a->operand != b->operand)
		return a->operand < b->operand ? -1 : 1;
	if (a->old != b->old)
		return a->old < b->old ? -1 : 1;
	return text_compare(a->folder, b->folder);
}

static int by_folder(const void *one, const void *other)
{
	const struct profilelist_row *a = one, *b = other;
	int order = compare(a, b);

	return order ? order : strcmp(a->sid, b->sid);
}

void profilelist_sort(struct profilelist *list)
{
	if (list->n > 1)
		qsort(list->items, list->n, sizeof(*list->items), by_folder);
}

enum status profilelist_sid(const struct profilelist *list, const struct found *found,
			    const char **sid)
{
	const char *user = found->place.user;
	struct profilelist_row wanted = {
		.operand = found->operand,
		.old = found->place.layout == PLACE_WINDOWS_OLD,
	};

	*sid = NULL;
	if (!user || list->n == 0)
		return STATUS_OK;
	if (!text_from_utf8(user, strlen(user), &wanted.folder))
		return STATUS_NOMEM;
	size_t i = ARRAY_COUNT_BEFORE(list->items, list->n, item,
				      compare(item, &wanted) < 0);
	for (; i < list->n && compare(&list->items[i], &wanted) == 0; i++) {
		if (*sid && strcmp(*sid, list->items[i].sid) != 0) {
			*sid = NULL;
			break;
		}
		*sid = list->items[i].sid;
	}
	text_free(wanted.folder);
	return STATUS_OK;
}
