/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Windows NT\CurrentVersion\ProfileList\<SID>:
 *
 *   ProfileImagePath   folder of the profile
 *   State              bits; 0x8000 with ".bak" (PROFILE_THIS_IS_BAK), 0x800 for a
 *                      temporary profile (public lists of the bits)
 *   CentralProfile     where a roaming profile comes from
 *
 * Temporary folders are called TEMP, TEMP.DOMAIN, TEMP.DOMAIN.000 and so on.
 */
#include "machine/machineprofiles.h"

#include "machine/machinehive.h"
#include "snapshot/subject.h"

#include <stdlib.h>
#include <string.h>

#define BACKUP ".bak"

static void read_row(struct machine_owner *row)
{
	struct text name = key_name(row->key);

	row->backup = text_ends_with(name, BACKUP);
	row->sid = text_slice(name, 0,
			      text_length(name) - (row->backup ? strlen(BACKUP) : 0));
	row->path = machinehive_text(row->key, "ProfileImagePath");
	row->user = machinehive_last(row->path, MACHINEHIVE_BACKSLASH);
	row->central = machinehive_text(row->key, "CentralProfile");
	row->has_state = machinehive_number(row->key, "State", &row->state);
}

/* A value that is there and tells nothing is damaged; one that is not there tells nothing. */
static enum status tell_damage(const struct machine_owner *row, struct diag_list *diags)
{
	char *sid = text_to_utf8(row->sid, NULL);
	bool path = key_value(row->key, text_of("ProfileImagePath"));
	bool state = key_value(row->key, text_of("State"));

	if (!sid)
		return STATUS_NOMEM;
	if (subject_is_account(sid)) {
		if (path && text_length(row->path) == 0)
			diag_at(diags, DIAG_PROFILE_LIST, row->key->record_off,
				"ProfileImagePath of the row for %s in ProfileList is no "
				"path",
				sid);
		if (state && !row->has_state)
			diag_at(diags, DIAG_PROFILE_LIST, row->key->record_off,
				"State of the row for %s in ProfileList is no number",
				sid);
	}
	free(sid);
	return STATUS_OK;
}

enum status machineprofiles_read(const struct key *microsoft, struct diag_list *diags,
				 struct machine_profiles *out)
{
	const struct key *list =
		key_at(microsoft, "Windows NT\\CurrentVersion\\ProfileList");

	if (list && (list->flags & KEY_FLAG_SUBKEYS_PARTIAL))
		diag_at(diags, DIAG_PROFILE_LIST, list->record_off,
			"not all rows of ProfileList could be read: that a security id "
			"has none proves nothing");
	for (uint32_t i = 0; list && i < list->n_children; i++) {
		struct machine_owner row = { .key = &list->children[i] };
		void *items = out->items;
		bool full;
		if (!text_starts_with(key_name(row.key), "S-1-"))
			continue;
		read_row(&row);
		RETURN_IF_FAILED(tell_damage(&row, diags));
		if (text_length(row.path) == 0)
			continue;
		enum status status = machinehive_room(diags, list, &items, out->n,
						      &out->cap, sizeof(row), &full);
		out->items = items;
		if (status != STATUS_OK || full)
			return status;
		out->items[out->n++] = row;
	}
	return STATUS_OK;
}

void machineprofiles_clear(struct machine_profiles *profiles)
{
	free(profiles->items);
	*profiles = (struct machine_profiles){ 0 };
}

const struct machine_owner *machineprofiles_of(const struct machine_profiles *profiles,
					       const char *sid, bool backup)
{
	for (size_t i = 0; i < profiles->n; i++)
		if (profiles->items[i].backup == backup &&
		    text_is(profiles->items[i].sid, sid))
			return &profiles->items[i];
	return NULL;
}

bool machineprofiles_is_temporary(const struct machine_owner *owner)
{
	return (owner->has_state && (owner->state & MACHINEPROFILES_TEMPORARY)) ||
	       text_is(owner->user, "TEMP") || text_starts_with(owner->user, "TEMP.");
}
