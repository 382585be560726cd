/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * All of a snapshot's recovery, step by step: the hive itself, what its logs
 * hold of other states, then what DefaultProfile and the living profiles tell.
 */
#include "recovery/recover.h"

#include "mapi/recognize.h"
#include "recovery/livingprofile.h"
#include "recovery/logstates.h"
#include "recovery/moment.h"
#include "recovery/recoveredname.h"
#include "recovery/recoverstate.h"
#include "recovery/twolists.h"
#include "regf/recover/source.h"
#include "snapshot/snapshotread.h"

#include <stdlib.h>

/* Earlier snapshots that are asked what stood where. */
#define MAX_WITNESSES 8

/*
 * False for the file before its logs if it cannot be walked whole: Windows was writing it,
 * so that its pages are of two times, and a key of the one names cells of the other.
 */
static bool is_of_one_time(const struct snapshot *snapshot, const struct snapshot *other)
{
	const struct states *states = &snapshot->states;

	return other->evidence != snapshot->evidence || states->n == 0 ||
	       states->items[0].walkable;
}

static size_t list_witnesses(const struct snapshot *snapshot,
			     const struct snapshot *as_found,
			     const struct snapshot *const *earlier, size_t n_earlier,
			     struct recovered_witness *out)
{
	size_t n = 0;

	for (size_t i = 0; i <= n_earlier && n < MAX_WITNESSES; i++) {
		const struct snapshot *other = i < n_earlier ? earlier[i] : as_found;
		/* In an export nothing has a place. */
		if (other && other->image && !snapshot_is_export(other) &&
		    is_of_one_time(snapshot, other))
			out[n++] = (struct recovered_witness){
				other->image, other->keys, &other->usage,
				other->newest_ft, snapshot_is_damaged(other)
			};
	}
	return n;
}

/* Free cells between cells in use are what deletions leave. */
static bool has_holes(const struct image *image)
{
	uint32_t rel = 0, size = 0, after = 0;

	while (cellmap_next(&image->free, rel, &rel)) {
		if (!span_le32(image->bins, rel, &size))
			return false;
		after = rel + size;
		if (cellmap_has(&image->allocated, after) ||
		    cellmap_has(&image->free, after))
			return true;
		rel = after;
	}
	return false;
}

static void count_inside(struct recovery *recovery, const struct recovery_part *part)
{
	const struct key *top = part->recovered->tree->root;

	for (const struct key *key = top; key; key = key_next(top, key)) {
		if (recovery_place(part, key) != RECOVERY_IN_LIST)
			continue;
		recovery->n_inside_keys += !recovered_is_placeholder(key);
		recovery->n_inside_values += key->n_values;
	}
}

static enum status recover(struct recovery *recovery, const struct snapshot *snapshot,
			   const struct snapshot *const *earlier, size_t n_earlier,
			   unsigned n_threads, struct stage *stage)
{
	struct recovered_witness witnesses[MAX_WITNESSES];
	struct recovered_source source = {
		.image = snapshot->image,
		.free_cells = freecells_of(snapshot->image),
		.keys = snapshot->readers == SNAPSHOT_HIVEX ? NULL : snapshot->keys,
		.usage = &snapshot->usage,
		.witnesses = witnesses,
		.n_witnesses = list_witnesses(snapshot, recovery->as_found, earlier,
					      n_earlier, witnesses),
		.fit = recognize_fit,
		.has_rival = recognize_has_rival_list,
		.value_fit = recognize_value_fit,
		.data_fits = recognize_data_fits,
		.name_end = recognize_name_end,
		.is_common = recognize_is_common,
		.diags = snapshot->diags,
		.stage = stage,
		.n_threads = n_threads,
	};

	RETURN_IF_FAILED(recoverstate_search(recovery, snapshot, &source));
	RETURN_IF_FAILED(logstates_search(recovery, snapshot, &source));
	for (size_t i = 0; i < recovery->n_parts; i++)
		count_inside(recovery, &recovery->parts[i]);
	recoveredname_by_default(recovery, snapshot);
	moment_find(recovery, snapshot, earlier, n_earlier);
	RETURN_IF_FAILED(livingprofile_find(recovery, snapshot));
	recovery->cannot_tell = recovery->recovered->n_keys == 0 &&
				recovery->recovered->n_values == 0 &&
				recovery->recovered->n_lone == 0 &&
				recovery->n_profiles == 0 && !has_holes(snapshot->image);
	return STATUS_OK;
}

static enum status index_profiles(struct recovery *recovery)
{
	for (size_t i = 0; i < recovery->n_profiles; i++) {
		const struct recovered_profile *profile = &recovery->profiles[i];
		RETURN_IF_FAILED(profileindex_add(&recovery->names, profile->name, i));
		RETURN_IF_FAILED(profileindex_add_sections(&recovery->sections,
							   profile->profile.key, i));
	}
	profileindex_sort(&recovery->names);
	profileindex_sort(&recovery->sections);
	return STATUS_OK;
}

static enum status read_all(struct recovery *recovery, const struct snapshot *snapshot,
			    const struct snapshot *const *earlier, size_t n_earlier,
			    unsigned n_threads, struct failure *failure)
{
	bool given = n_earlier > 0 && earlier[0]->evidence == snapshot->evidence;
	struct stage stage;

	if (snapshot_is_replayed(snapshot) && !given)
		RETURN_IF_FAILED(
			snapshotread_as_found(snapshot, &recovery->as_found, failure));
	failure_set(failure, "out of memory");
	stage_begin(&stage, snapshot->watch, STAGE_RECOVER,
		    snapshot->evidence ? snapshot->evidence->path : NULL,
		    snapshot->number);
	enum status status =
		recover(recovery, snapshot, earlier, n_earlier, n_threads, &stage);
	if (status == STATUS_OK)
		status = index_profiles(recovery);
	if (status == STATUS_OK)
		twolists_find(recovery);
	if (status == STATUS_OK)
		stage_note(&stage, "%zu deleted keys, %zu values, %zu profile%s",
			   recovery->recovered->n_keys, recovery->recovered->n_values,
			   recovery->n_profiles, recovery->n_profiles == 1 ? "" : "s");
	stage_end(&stage, status == STATUS_OK ? recovery->recovered->n_searched : 0);
	return status;
}

enum status recover_profiles(const struct snapshot *snapshot,
			     const struct snapshot *const *earlier, size_t n_earlier,
			     unsigned n_threads, struct recovery **out,
			     struct failure *failure)
{
	struct recovery *recovery = calloc(1, sizeof(*recovery));
	enum status status;

	failure_set(failure, "out of memory");
	if (!recovery)
		return STATUS_NOMEM;
	status = read_all(recovery, snapshot, earlier, n_earlier, n_threads, failure);
	if (status == STATUS_OK)
		*out = recovery;
	else
		recovery_free(recovery);
	return status;
}
