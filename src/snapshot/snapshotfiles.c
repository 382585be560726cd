/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The data files of all profiles of a snapshot. */
#include "snapshot/snapshotfiles.h"

enum status snapshotfiles_attached(const struct snapshot *snapshot,
				   struct attachedfiles *out)
{
	enum status status = STATUS_OK;

	attachedfiles_start(out);
	if (snapshot_is_export(snapshot) || snapshot->stores.prefix[0] ||
	    !snapshot_is_complete(snapshot))
		out->is_whole = false;
	for (size_t i = 0; i < snapshot->n_profiles && status == STATUS_OK; i++)
		status = attachedfiles_add(out, snapshot->profiles[i].profile.key);
	if (status != STATUS_OK)
		attachedfiles_clear(out);
	else
		attachedfiles_sort(out);
	return status;
}
