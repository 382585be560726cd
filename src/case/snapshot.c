/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reading one snapshot, stage by stage: evidence, image, keys by both
 * readers, stores, profiles.  Each stage lends to the next; all are freed in
 * reverse order.
 */
#include "case/snapshot.h"

#include "regf/record.h"
#include "regf/tree.h"

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
	key_tree_free(snapshot->keys);
	image_free(snapshot->image);
	diag_list_free(snapshot->diags);
	evidence_free(snapshot->evidence);
	free(snapshot);
}

void snapshot_freep(struct snapshot **snapshot)
{
	snapshot_free(*snapshot);
}

bool snapshot_is_complete(const struct snapshot *snapshot)
{
	return diag_count_from(snapshot->diags, DIAG_ERROR) == 0;
}

const struct store *snapshot_same_store(const struct snapshot *snapshot,
					const struct store *store)
{
	for (size_t i = 0; i < snapshot->stores.n; i++)
		if (store_is_same(&snapshot->stores.items[i], store))
			return &snapshot->stores.items[i];
	return NULL;
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

/* Puts the path before a sentence that tells what is wrong inside the file. */
static void name_file(struct failure *failure, const char *path)
{
	struct failure inner = *failure;
	char shown[4200];

	failure_set(failure, "%s: %s", failure_path(path, shown, sizeof(shown)),
		    inner.sentence);
}

static enum status refuse_other_kinds(const struct evidence *evidence,
				      struct failure *failure)
{
	const char *why = NULL;

	switch (evidence->kind) {
	case EVIDENCE_HIVE:
		return STATUS_OK;
	case EVIDENCE_LOG:
		why = "0x1c: a transaction log, not a hive; give the hive it belongs to";
		break;
	case EVIDENCE_REG:
		why = "0x0: a .reg export, not a hive; only hive files can be compared";
		break;
	case EVIDENCE_TEXT:
		why = "0x0: a text file, not a registry hive";
		break;
	case EVIDENCE_OTHER:
		why = span_is_empty(evidence->bytes) ?
			      "0x0: the file is empty" :
			      "0x0: not a registry hive: it does not begin with \"regf\"";
		break;
	}
	failure_set(failure, "%s", why);
	return STATUS_UNSUPPORTED;
}

/*
 * Holds both readers against each other over the profile stores, and over the
 * way to them where there is none.
 */
static enum snapshot_readers check_readers(struct snapshot *snapshot, struct tree *tree)
{
	enum tree_verdict verdict = TREE_AGREES;
	const struct stores *stores = &snapshot->stores;

	for (size_t i = 0; i < stores->n; i++) {
		const struct store *store = &stores->items[i];
		bool second = i > 0 && store->parent == store[-1].parent;
		if (store->key)
			tree_check(tree, store->key, true, snapshot->diags, &verdict);
		if (store->parent && store->parent != store->key && !second)
			tree_check(tree, store->parent, false, snapshot->diags, &verdict);
	}
	switch (verdict) {
	case TREE_AGREES:
		return SNAPSHOT_AGREE;
	case TREE_REFUSES:
		return SNAPSHOT_OWN;
	case TREE_DIFFERS:
		return SNAPSHOT_DIFFER;
	}
	return SNAPSHOT_OWN;
}

/* Keys, stores and what both readers say of them. */
static enum status read_keys(struct snapshot *snapshot)
{
	AUTO(tree_closep) struct tree *tree = NULL;
	enum status own = record_read(snapshot->image, snapshot->diags, &snapshot->keys);
	enum status hivex;

	if (own != STATUS_OK && own != STATUS_MALFORMED)
		return own;
	hivex = tree_open(snapshot->image, &snapshot->evidence->file, snapshot->diags, &tree);
	if (hivex != STATUS_OK && hivex != STATUS_UNSUPPORTED)
		return hivex;
	snapshot->readers = SNAPSHOT_OWN;
	if (own == STATUS_MALFORMED && tree) {
		enum status status = tree_read(tree, snapshot->diags, &snapshot->keys);
		if (status != STATUS_OK && status != STATUS_MALFORMED)
			return status;
		snapshot->readers = SNAPSHOT_HIVEX;
	}
	if (!snapshot->keys)
		return STATUS_OK;
	RETURN_IF_FAILED(stores_find(snapshot->keys, snapshot->diags, &snapshot->stores));
	if (own == STATUS_OK && tree)
		snapshot->readers = check_readers(snapshot, tree);
	snapshot->newest_ft = key_newest(snapshot->keys->root);
	return STATUS_OK;
}

static enum status read_profiles(struct snapshot *snapshot)
{
	size_t n = 0;

	for (size_t i = 0; i < snapshot->stores.n; i++)
		if (snapshot->stores.items[i].key)
			n += snapshot->stores.items[i].key->n_children;
	snapshot->profiles = calloc(n ? n : 1, sizeof(*snapshot->profiles));
	if (!snapshot->profiles)
		return STATUS_NOMEM;
	for (size_t i = 0; i < snapshot->stores.n; i++) {
		const struct store *store = &snapshot->stores.items[i];
		for (uint32_t k = 0; store->key && k < store->key->n_children; k++) {
			struct snapshot_profile *profile =
				&snapshot->profiles[snapshot->n_profiles++];
			const struct key *key = &store->key->children[k];
			profile->store = i;
			profile->is_default = store->default_resolved &&
					      text_equal(key_name(key), store->default_profile);
			RETURN_IF_FAILED(profile_read(key, &profile->profile));
		}
	}
	return STATUS_OK;
}

enum status snapshot_read(const char *path, struct snapshot **out, struct failure *failure)
{
	AUTO(snapshot_freep) struct snapshot *snapshot = calloc(1, sizeof(*snapshot));

	failure_set(failure, "out of memory");
	if (snapshot)
		snapshot->diags = diag_list_new();
	if (!snapshot || !snapshot->diags)
		return STATUS_NOMEM;
	snapshot->subject.role = SUBJECT_UNKNOWN;
	RETURN_IF_FAILED(evidence_read(path, &snapshot->evidence, failure));
	enum status status = refuse_other_kinds(snapshot->evidence, failure);
	if (status == STATUS_OK)
		status = image_open(snapshot->evidence->bytes, snapshot->diags,
				    &snapshot->image, failure);
	if (status != STATUS_OK) {
		name_file(failure, path);
		return status;
	}
	failure_set(failure, "out of memory or of memory files");
	name_file(failure, path);
	RETURN_IF_FAILED(read_keys(snapshot));
	RETURN_IF_FAILED(subject_read(snapshot->image, snapshot->keys, &snapshot->subject));
	RETURN_IF_FAILED(read_profiles(snapshot));
	*out = STEAL(snapshot);
	return STATUS_OK;
}
