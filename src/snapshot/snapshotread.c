/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reading one snapshot, stage by stage: evidence, image, keys by both
 * readers, stores, profiles.  Each stage lends to the next; all are freed in
 * reverse order.
 */
#include "snapshot/snapshotread.h"

#include "snapshot/hivekind.h"
#include "snapshot/keytimes.h"
#include "snapshot/snapshotexport.h"
#include "snapshot/snapshotlog.h"
#include "snapshot/snapshotprofiles.h"

#include "regf/baseblock.h"
#include "regf/record.h"
#include "regf/tree.h"
#include "regf/treecheck.h"

#include <inttypes.h>
#include <stdlib.h>

/* Puts the path before a sentence that tells what is wrong inside the file. */
static void name_file(struct failure *failure, const char *path)
{
	struct failure inner = *failure;
	char shown[4200];

	failure_set(failure, "%s: %s", failure_path(path, shown, sizeof(shown)),
		    inner.sentence);
}

/* True if it is read as an export; a machine's settings are only read from its hives. */
static bool is_export(const struct snapshot *snapshot)
{
	return snapshot->evidence->kind == EVIDENCE_REG && !snapshot->machine;
}

static enum status refuse_other_kinds(const struct snapshot *snapshot, size_t n_logs,
				      struct failure *failure)
{
	const struct evidence *evidence = snapshot->evidence;
	const char *why = NULL;

	switch (evidence->kind) {
	case EVIDENCE_HIVE:
		return STATUS_OK;
	case EVIDENCE_LOG:
		why = "0x1c: a transaction log, not a hive; give the hive it belongs to";
		break;
	case EVIDENCE_REG:
		if (is_export(snapshot) && n_logs == 0)
			return STATUS_OK;
		why = snapshot->machine
			      ? "0x0: a .reg export, not a hive of the machine"
			      : "0x0: a .reg export, to which no transaction log belongs";
		break;
	case EVIDENCE_TEXT:
		why = "0x0: a text file, not a registry hive";
		break;
	case EVIDENCE_OTHER:
		why = span_is_empty(evidence->bytes)
			      ? "0x0: the file is empty"
			      : "0x0: not a registry hive: it does not begin with \"regf\"";
		break;
	}
	failure_set(failure, "%s", why);
	return STATUS_UNSUPPORTED;
}

/* The keys on the way to lists, each of which may be there for one reader alone. */
static enum status hold_way(struct tree *tree, const struct key *key,
			    struct diag_list *diags, enum treecheck_verdict *verdict)
{
	RETURN_IF_FAILED(treecheck_key(tree, key, false, diags, verdict));
	/* What is below such a key hivex is not asked for. */
	if (key->flags & KEY_FLAG_SUBKEYS_REFUSED)
		return STATUS_OK;
	for (uint32_t i = 0; i < key->n_children; i++)
		if (store_is_on_the_way(&key->children[i]))
			RETURN_IF_FAILED(
				hold_way(tree, &key->children[i], diags, verdict));
	return STATUS_OK;
}

/*
 * Holds both readers against each other over the profile stores, and over the
 * way to them, whether there are any or not.
 */
static enum status hold_against(struct snapshot *snapshot, struct tree *tree,
				enum treecheck_verdict *verdict)
{
	const struct stores *stores = &snapshot->stores;
	const struct key *root = snapshot->keys->root;
	struct diag_list *diags = snapshot->diags;

	if (snapshot->machine)
		return treecheck_key(tree, root, false, diags, verdict);
	RETURN_IF_FAILED(hold_way(tree, root, diags, verdict));
	for (size_t i = 0; i < stores->n; i++)
		if (stores->items[i].key)
			RETURN_IF_FAILED(treecheck_key(tree, stores->items[i].key, true,
						       diags, verdict));
	return STATUS_OK;
}

static enum status check_readers(struct snapshot *snapshot, struct tree *tree)
{
	enum treecheck_verdict verdict = TREECHECK_AGREES;

	RETURN_IF_FAILED(hold_against(snapshot, tree, &verdict));
	switch (verdict) {
	case TREECHECK_AGREES:
		snapshot->readers = SNAPSHOT_AGREE;
		break;
	case TREECHECK_REFUSES:
		snapshot->readers = SNAPSHOT_OWN;
		break;
	case TREECHECK_DIFFERS:
		snapshot->readers = SNAPSHOT_DIFFER;
	}
	return STATUS_OK;
}

/* The bytes that the image is made of. */
static const struct memfile *image_file(const struct snapshot *snapshot)
{
	return snapshot_is_replayed(snapshot) ? &snapshot->replayed
	       : snapshot->missing > 0	      ? &snapshot->relaid
					      : &snapshot->evidence->file;
}

/* Puts a file that begins in the middle of its hive to its place. */
static enum status relay(struct snapshot *snapshot)
{
	static const uint8_t zeros[4096];
	struct span file = snapshot->evidence->bytes;
	uint32_t missing = 0;

	if (!baseblock_is_lost(file, &missing) || missing == 0)
		return STATUS_OK;
	RETURN_IF_FAILED(memfile_init(&snapshot->relaid));
	for (uint32_t done = 0; done < missing; done += sizeof(zeros))
		RETURN_IF_FAILED(
			memfile_append(&snapshot->relaid, span_of(zeros, sizeof(zeros))));
	RETURN_IF_FAILED(memfile_append(&snapshot->relaid, file));
	snapshot->missing = missing;
	return memfile_seal(&snapshot->relaid);
}

/* How far the work on an image is, in steps that take about the same time. */
enum { STEP_IMAGE = 1, STEP_OWN, STEPS = 4 };

/* What of a snapshot is read, and by how much; see struct snapshot_source. */
struct wanted {
	const char *root;
	bool profiles_later;
	bool beside; /* another thread is free, though one hashes already */
};

/* Keys, stores and what both readers say of them. */
static enum status read_keys(struct snapshot *snapshot, const struct wanted *wanted,
			     struct stage *stage)
{
	AUTO(tree_closep) struct tree *tree = NULL;
	AUTO(tree_opening_freep) struct tree_opening *opening = NULL;
	RETURN_IF_FAILED(tree_begin(snapshot->image, image_file(snapshot), wanted->beside,
				    &opening));
	enum status own = record_read(snapshot->image, snapshot->diags, &snapshot->usage,
				      &snapshot->keys);
	enum status hivex;

	if (own != STATUS_OK && own != STATUS_MALFORMED)
		return own;
	stage_advance(stage, STEP_OWN, STEPS);
	hivex = tree_opened(opening, snapshot->diags, &tree);
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
	if (!snapshot->machine)
		RETURN_IF_FAILED(
			stores_find(snapshot->keys, snapshot->diags, &snapshot->stores));
	if (own == STATUS_OK && tree)
		RETURN_IF_FAILED(check_readers(snapshot, tree));
	snapshot->newest_ft =
		keytimes_newest(snapshot->keys->root,
				snapshot->image->base.last_written_ft, snapshot->diags);
	return STATUS_OK;
}

static enum status read_profiles(struct snapshot *snapshot, bool later)
{
	RETURN_IF_FAILED(snapshotprofiles_list(snapshot));
	return later ? STATUS_OK : snapshotprofiles_read(snapshot, NULL, NULL, 1);
}

/* ---- all of it ---- */

static struct snapshot *new_snapshot(void)
{
	struct snapshot *snapshot = calloc(1, sizeof(*snapshot));

	if (!snapshot)
		return NULL;
	snapshot->replayed.fd = -1;
	snapshot->relaid.fd = -1;
	snapshot->subject.role = SUBJECT_UNKNOWN;
	snapshot->diags = diag_list_new();
	if (!snapshot->diags) {
		snapshot_free(snapshot);
		return NULL;
	}
	return snapshot;
}

/*
 * The run goes on without a machine's hive that is no hive at all: that is told
 * in the snapshot, which has no image then.  Return: the status otherwise.
 */
static enum status tell_no_hive(struct snapshot *snapshot, enum status status,
				const struct failure *failure)
{
	if (status != STATUS_UNSUPPORTED || !snapshot->machine)
		return status;
	diag_at(snapshot->diags, DIAG_WRONG_KIND, DIAG_NOWHERE, "%s", failure->sentence);
	return STATUS_OK;
}

/* From the image on, which is the file's or what the logs made of it. */
static enum status read_image_in(struct snapshot *snapshot, const struct wanted *wanted,
				 struct stage *stage, struct failure *failure)
{
	enum status status;

	if (is_export(snapshot)) {
		status = snapshotexport_read(snapshot, wanted->root, failure);
		name_file(failure, snapshot->evidence->path);
		return status == STATUS_OK
			       ? read_profiles(snapshot, wanted->profiles_later)
			       : status;
	}
	status = image_open(image_file(snapshot)->bytes, snapshot->diags,
			    &snapshot->image, failure);
	if (status != STATUS_OK) {
		status = tell_no_hive(snapshot, status, failure);
		name_file(failure, snapshot->evidence->path);
		return status;
	}
	failure_set(failure, "out of memory or of memory files");
	name_file(failure, snapshot->evidence->path);
	stage_advance(stage, STEP_IMAGE, STEPS);
	RETURN_IF_FAILED(read_keys(snapshot, wanted, stage));
	RETURN_IF_FAILED(
		subject_read(snapshot->image, snapshot->keys, &snapshot->subject));
	return read_profiles(snapshot, wanted->profiles_later);
}

static enum status read_image(struct snapshot *snapshot, const struct wanted *wanted,
			      struct failure *failure)
{
	struct stage stage;

	stage_begin(&stage, snapshot->watch, STAGE_KEYS, snapshot->evidence->path,
		    snapshot->number);
	enum status status = read_image_in(snapshot, wanted, &stage, failure);
	stage_note(&stage,
		   "%" PRIu64 " keys, %" PRIu64 " values, %zu profile%s, readers: %s",
		   snapshot->keys ? snapshot->keys->n_keys : 0,
		   snapshot->keys ? snapshot->keys->n_values : 0, snapshot->n_profiles,
		   snapshot->n_profiles == 1 ? "" : "s",
		   snapshot_readers_word(snapshot->readers));
	stage_end(&stage, is_export(snapshot) ? snapshot->evidence->bytes.len
			  : snapshot->image   ? snapshot->image->bytes.len
					      : 0);
	return status;
}

static enum status read_file(struct snapshot *snapshot,
			     const struct snapshot_source *source,
			     struct failure *failure)
{
	struct stage stage;

	stage_begin(&stage, snapshot->watch, STAGE_READ, source->path, snapshot->number);
	enum status status =
		source->spare_threads > 0
			? evidence_read_beside(source->opener, source->path, &stage,
					       &snapshot->evidence, failure)
			: evidence_read_through(source->opener, source->path, &stage,
						&snapshot->evidence, failure);
	stage_end(&stage, status == STATUS_OK ? snapshot->evidence->bytes.len : 0);
	return status;
}

/* Another hive holds no lists: what it lacks must not look like a loss. */
static enum status refuse_other_hives(const struct snapshot *snapshot,
				      struct failure *failure)
{
	struct hivekind kind;
	char shown[4200];

	if (snapshot->machine ||
	    !hivekind_is_other(snapshot->image, snapshot->keys, &snapshot->stores, &kind))
		return STATUS_OK;
	const char *path = failure_path(snapshot->evidence->path, shown, sizeof(shown));
	if (kind.marks)
		failure_set(failure,
			    "%s: this is a %s hive (%s), not a user's: its root key "
			    "holds %s",
			    path, kind.name, kind.what, kind.marks);
	else
		failure_set(failure,
			    "%s: this is a %s hive (%s), not a user's: that is the name "
			    "it keeps itself",
			    path, kind.name, kind.what);
	return STATUS_UNSUPPORTED;
}

enum status snapshotread_file(const char *path, struct snapshot **out,
			      struct failure *failure)
{
	struct snapshot_source source = { .path = path, .number = STAGE_NO_HIVE };

	return snapshotread_source(&source, out, failure);
}

enum status snapshotread_source(const struct snapshot_source *source,
				struct snapshot **out, struct failure *failure)
{
	AUTO(snapshot_freep) struct snapshot *snapshot = new_snapshot();

	failure_set(failure, "out of memory");
	if (!snapshot)
		return STATUS_NOMEM;
	snapshot->machine = source->machine;
	snapshot->watch = source->watch;
	snapshot->number = source->number;
	RETURN_IF_FAILED(source->export ? snapshotexport_lend(snapshot, source->export)
					: read_file(snapshot, source, failure));
	enum status status = refuse_other_kinds(snapshot, source->n_logs, failure);
	if (status != STATUS_OK) {
		status = tell_no_hive(snapshot, status, failure);
		name_file(failure, source->path);
		evidence_settle(snapshot->evidence);
		*out = status == STATUS_OK ? STEAL(snapshot) : NULL;
		return status;
	}
	(void)!baseblock_read(snapshot->evidence->bytes, &snapshot->found);
	failure_set(failure, "out of memory");
	RETURN_IF_FAILED(relay(snapshot));
	RETURN_IF_FAILED(snapshotlog_read(snapshot, source));
	const struct wanted wanted = { source->root, source->profiles_later,
				       source->spare_threads > 1 };
	RETURN_IF_FAILED(read_image(snapshot, &wanted, failure));
	RETURN_IF_FAILED(refuse_other_hives(snapshot, failure));
	evidence_settle(snapshot->evidence);
	*out = STEAL(snapshot);
	return STATUS_OK;
}

enum status snapshotread_as_found(const struct snapshot *snapshot, struct snapshot **out,
				  struct failure *failure)
{
	AUTO(snapshot_freep) struct snapshot *found = new_snapshot();

	failure_set(failure, "out of memory");
	if (!found)
		return STATUS_NOMEM;
	found->evidence = snapshot->evidence;
	found->borrowed = true;
	found->machine = snapshot->machine;
	found->watch = snapshot->watch;
	found->number = snapshot->number;
	found->found = snapshot->found;
	RETURN_IF_FAILED(read_image(found, &(struct wanted){ 0 }, failure));
	*out = STEAL(found);
	return STATUS_OK;
}
