/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a snapshot holds, and what can be asked of it. */
#include "snapshot/snapshot.h"

#include "base/array.h"
#include "snapshot/keytimes.h"

#include <stdlib.h>
#include <string.h>

const char *snapshot_readers_word(enum snapshot_readers readers)
{
	switch (readers) {
	case SNAPSHOT_AGREE:
		return "agree";
	case SNAPSHOT_DIFFER:
		return "differ";
	case SNAPSHOT_HIVEX:
		return "hivex";
	case SNAPSHOT_OWN:
		return "own";
	case SNAPSHOT_TEXT:
		return "text";
	}
	return "?";
}

void snapshot_free(struct snapshot *snapshot)
{
	if (!snapshot)
		return;
	free(snapshot->profiles);
	subject_clear(&snapshot->subject);
	stores_clear(&snapshot->stores);
	usage_clear(&snapshot->usage);
	if (!snapshot_is_export(snapshot))
		key_tree_free(snapshot->keys);
	if (!snapshot->export_lent)
		regtext_free(snapshot->export);
	image_free(snapshot->image);
	states_clear(&snapshot->states);
	memfile_clear(&snapshot->replayed);
	memfile_clear(&snapshot->relaid);
	replay_free(snapshot->replay);
	for (size_t i = 0; i < snapshot->n_logs; i++)
		evidence_free(snapshot->logs[i]);
	for (size_t i = 0; i < snapshot->n_twins; i++)
		free(snapshot->twins[i]);
	free(snapshot->twins);
	diag_list_free(snapshot->diags);
	if (!snapshot->borrowed)
		evidence_free(snapshot->evidence);
	free(snapshot);
}

void snapshot_freep(struct snapshot **snapshot)
{
	snapshot_free(*snapshot);
}

bool snapshot_time_holds(const struct snapshot *snapshot, uint64_t time_ft)
{
	return time_ft >= KEYTIMES_OLDEST && time_ft <= KEYTIMES_NEWEST &&
	       (time_ft <= snapshot->newest_ft ||
		time_ft == snapshot->image->base.last_written_ft);
}

const struct key *snapshot_newest_key(const struct snapshot *snapshot,
				      const struct key *top)
{
	const struct key *newest = NULL;

	for (const struct key *key = top; key; key = key_next(top, key))
		if ((!newest || key->mtime_ft > newest->mtime_ft) &&
		    snapshot_time_holds(snapshot, key->mtime_ft))
			newest = key;
	return newest;
}

bool snapshot_is_complete(const struct snapshot *snapshot)
{
	return diag_count_from(snapshot->diags, DIAG_ERROR) == 0;
}

bool snapshot_is_damaged(const struct snapshot *snapshot)
{
	return diag_count_from(snapshot->diags, DIAG_ERROR) >
	       diag_count_of(snapshot->diags, DIAG_LOG_REFUSED) +
		       diag_count_of(snapshot->diags, DIAG_LOG_CUT);
}

const struct store *snapshot_same_store(const struct snapshot *snapshot,
					const struct store *store)
{
	for (size_t i = 0; i < snapshot->stores.n; i++)
		if (store_is_same(&snapshot->stores.items[i], store))
			return &snapshot->stores.items[i];
	return NULL;
}

const struct snapshot_profile *snapshot_namesake(const struct snapshot *snapshot,
						 const struct store *store,
						 struct text name)
{
	const struct store *same = snapshot_same_store(snapshot, store);
	const struct key *key = same && same->key ? key_child(same->key, name) : NULL;

	if (!key)
		return NULL;
	/* Each list's profiles stand together, in the order of their keys. */
	size_t list = (size_t)(same - snapshot->stores.items);
	size_t first = ARRAY_COUNT_BEFORE(snapshot->profiles, snapshot->n_profiles,
					  profile, profile->store < list);
	return &snapshot->profiles[first + (size_t)(key - same->key->children)];
}

const struct evidence *snapshot_locate(const struct snapshot *snapshot, uint32_t *offset,
				       size_t *log)
{
	*log = SIZE_MAX;
	if (snapshot_is_replayed(snapshot))
		(void)replay_origin(snapshot->replay, *offset, 1, log, offset);
	/* What the file lacks has no place in it. */
	if (*log == SIZE_MAX)
		*offset -= *offset < snapshot->missing ? *offset : snapshot->missing;
	return *log == SIZE_MAX ? snapshot->evidence : snapshot->logs[*log];
}

const struct evidence *snapshot_diag_file(const struct snapshot *snapshot,
					  const struct diag *diag, uint64_t *offset)
{
	uint32_t place = (uint32_t)diag->offset;
	size_t log;

	*offset = diag->offset;
	if (diag->offset > UINT32_MAX)
		return snapshot->evidence;
	const struct evidence *file = snapshot_locate(snapshot, &place, &log);
	*offset = place;
	return file;
}

const struct key *snapshot_nearest_key(const struct snapshot *snapshot, struct text path,
				       bool *whole)
{
	struct text prefix =
		text_of(snapshot->stores.prefix ? snapshot->stores.prefix : "");
	size_t n = text_length(prefix);

	if (!snapshot->keys)
		return NULL;
	if (n > 0 && text_equal(text_slice(path, 0, n), prefix))
		path = text_slice(path, n, text_length(path) - n);
	return key_nearest(snapshot->keys->root, path, whole);
}
