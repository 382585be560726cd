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

static enum status add_row(struct profilelist *list, const struct found *found,
			   const struct machine_owner *owner)
{
	char *sid = text_to_utf8(owner->sid, NULL), *folder;
	struct profilelist_row *row;

	if (!sid)
		return STATUS_NOMEM;
	if (!subject_is_account(sid) || strlen(sid) >= PLACE_SID_SIZE ||
	    text_length(owner->user) == 0) {
		free(sid);
		return STATUS_OK;
	}
	folder = text_to_utf8(owner->user, NULL);
	enum status status = folder ? ARRAY_RESERVE(list, PROFILELIST_MAX) : STATUS_NOMEM;
	if (status == STATUS_OK) {
		row = &list->items[list->n++];
		*row = (struct profilelist_row){
			.operand = found->operand,
			.old = found->place.layout == PLACE_WINDOWS_OLD,
			.folder = STEAL(folder),
		};
		memcpy(row->sid, sid, strlen(sid) + 1);
	}
	free(folder);
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
	for (size_t i = 0; i < software->n_owners; i++)
		RETURN_IF_FAILED(add_row(list, found, &software->owners[i]));
	return STATUS_OK;
}

void profilelist_clear(struct profilelist *list)
{
	for (size_t i = 0; i < list->n; i++)
		free(list->items[i].folder);
	free(list->items);
	*list = (struct profilelist){ 0 };
}

const char *profilelist_sid(const struct profilelist *list, const struct found *found)
{
	bool old = found->place.layout == PLACE_WINDOWS_OLD;
	const char *sid = NULL;

	for (size_t i = 0; found->place.user && i < list->n; i++) {
		const struct profilelist_row *row = &list->items[i];
		if (row->operand != found->operand || row->old != old ||
		    !subject_is_same_name(row->folder, found->place.user))
			continue;
		if (sid && strcmp(sid, row->sid) != 0)
			return NULL;
		sid = row->sid;
	}
	return sid;
}
