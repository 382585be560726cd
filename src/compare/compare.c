/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From matched profiles to findings.  Nothing is counted twice: a profile
 * that was matched anywhere is neither deleted nor added.  Where another hive stands in
 * place of the earlier one, nobody took the profile from a list: it is told as such.
 */
#include "compare/compare.h"

#include "base/array.h"
#include "compare/certainty.h"
#include "compare/damage.h"
#include "compare/dating.h"
#include "compare/findingstate.h"
#include "compare/keypath.h"
#include "compare/match.h"
#include "compare/ownrecord.h"
#include "compare/snapshotpair.h"

#include <stdlib.h>

/* Each profile of both sides yields one finding at most, each store two. */
#define FINDINGS_MAX ((size_t)1 << 27)

static enum status add_finding(struct comparison *comparison, struct finding **out,
			       enum finding_kind kind, const struct store *store)
{
	void *items = comparison->findings;
	enum status status =
		array_reserve(&items, comparison->n_findings, &comparison->cap_findings,
			      sizeof(*comparison->findings), FINDINGS_MAX);

	comparison->findings = items;
	RETURN_IF_FAILED(status);
	*out = &comparison->findings[comparison->n_findings++];
	**out = (struct finding){ .kind = kind, .store = store };
	return STATUS_OK;
}

/* Differences with a word where there are too many to list. */
static enum status find_differences(const struct snapshot_pair *pair,
				    const struct key *before, const struct key *after,
				    struct differences *out)
{
	RETURN_IF_FAILED(differences_find(before, after, out));
	if (out->n_left_out > 0)
		diag_at(pair->diags, DIAG_COUNT_LIMIT, DIAG_NOWHERE,
			"more than %d differences below one key: %zu are not listed",
			DIFFERENCE_MAX, out->n_left_out);
	return STATUS_OK;
}

/* ---- one match ---- */

static enum finding_reason basis_reason(const struct match *match)
{
	switch (match->basis) {
	case MATCH_NONE:
	case MATCH_NAME:
		return FINDING_SAME_NAME;
	case MATCH_INSTANCE:
		return FINDING_SAME_INSTANCE;
	case MATCH_CONTENT:
		return FINDING_SAME_CONTENT;
	case MATCH_SECTIONS:
		return FINDING_SAME_SECTIONS;
	case MATCH_DISPUTED:
		return match->before->profile.has_instance &&
				       match->after->profile.has_instance
			       ? FINDING_OTHER_INSTANCE
			       : FINDING_OTHER_SECTIONS;
	case MATCH_OTHER_INSTANCE:
		return FINDING_OTHER_INSTANCE;
	case MATCH_OTHER_SECTIONS:
		return FINDING_OTHER_SECTIONS;
	}
	return FINDING_SAME_NAME;
}

static void add_claimants(const struct match *match, struct finding *finding)
{
	if (match->contested)
		finding_lower(finding, FINDING_POSSIBLE, FINDING_TWO_CLAIMANTS);
}

/* True if a key below both stands in one cell with one last write: nobody made it anew. */
static bool shares_record(const struct key *before, const struct key *after)
{
	for (uint32_t i = 0; i < before->n_children; i++) {
		const struct key *was = &before->children[i];
		const struct key *is = key_child(after, key_name(was));
		if (is && is->record_off == was->record_off &&
		    is->mtime_ft == was->mtime_ft && is->mtime_ft > 0)
			return true;
	}
	return false;
}

/* Both sides are one profile: unchanged, modified, damaged, renamed or moved. */
static enum status compare_partners(struct comparison *comparison,
				    const struct snapshot_pair *pair,
				    const struct match *match)
{
	const struct store *from = snapshot_store(pair->before, match->before);
	const struct store *to = snapshot_store(pair->after, match->after);
	bool same_list = store_is_same(from, to);
	bool same_name = text_equal(key_name(match->before->profile.key),
				    key_name(match->after->profile.key));
	bool changed =
		!profile_same_content(&match->before->profile, &match->after->profile);
	struct finding *finding;

	if (same_list && same_name && !changed)
		return STATUS_OK;
	RETURN_IF_FAILED(add_finding(comparison, &finding, FINDING_MODIFIED, from));
	add_claimants(match, finding);
	finding->before = match->before;
	finding->after = match->after;
	if (match->basis == MATCH_DISPUTED) {
		finding_add_reason(finding, FINDING_SAME_NAME);
		finding_lower(finding, FINDING_POSSIBLE, basis_reason(match));
	} else {
		finding_add_reason(finding, basis_reason(match));
	}
	if ((match->basis == MATCH_NAME || match->basis == MATCH_DISPUTED) &&
	    shares_record(match->before->profile.key, match->after->profile.key))
		finding_add_reason(finding, FINDING_SAME_RECORDS);
	if (changed) {
		finding_add_reason(finding, FINDING_CONTENT_DIFFERS);
		RETURN_IF_FAILED(find_differences(pair, match->before->profile.key,
						  match->after->profile.key,
						  &finding->differences));
		/* What may be another profile lacks nothing of this one. */
		if (match->basis != MATCH_DISPUTED)
			RETURN_IF_FAILED(
				damage_find(match->before, match->after, finding));
	}
	if (!same_list || !same_name) {
		finding->kind = same_list ? FINDING_RENAMED : FINDING_MOVED;
		if (ownrecord_was_written(pair, from, &match->before->profile,
					  &match->after->profile))
			finding_lower(finding, FINDING_POSSIBLE,
				      FINDING_ORIGINAL_WRITTEN);
		dating_find(pair, finding);
	}
	return STATUS_OK;
}

/* Reasons that only a lost profile has: what DefaultProfile says of it. */
static void add_default_reasons(const struct snapshot_pair *pair, struct finding *finding)
{
	const struct store *after = snapshot_same_store(pair->after, finding->store);

	if (finding->before->is_default)
		finding_add_reason(finding, FINDING_WAS_DEFAULT);
	if (after && after->has_default &&
	    text_equal(after->default_profile, key_name(finding->before->profile.key)))
		finding_add_reason(finding, FINDING_DEFAULT_DANGLES);
}

/*
 * True if only the name speaks for one profile, while the earlier one's own record is
 * freed: then the later one was made since.
 */
static bool is_namesake(const struct snapshot_pair *pair, const struct match *match)
{
	return match->basis == MATCH_NAME &&
	       ownrecord_was_replaced(pair, snapshot_store(pair->before, match->before),
				      &match->before->profile, &match->after->profile);
}

static enum status compare_match(struct comparison *comparison,
				 const struct snapshot_pair *pair,
				 const struct match *match)
{
	struct finding *finding;

	if (!match->before) {
		RETURN_IF_FAILED(add_finding(comparison, &finding, FINDING_ADDED,
					     snapshot_store(pair->after, match->after)));
		add_claimants(match, finding);
		finding->after = match->after;
		finding_add_reason(finding, FINDING_ABSENT_BEFORE);
		return STATUS_OK;
	}
	bool namesake = match->after && is_namesake(pair, match);
	if (match->after && match->basis < MATCH_OTHER_INSTANCE && !namesake)
		return compare_partners(comparison, pair, match);

	const struct store *store = snapshot_store(pair->before, match->before);
	const struct store *after = snapshot_same_store(pair->after, store);
	bool other = otherhive_explains(pair->other, match->before->profile.key);
	RETURN_IF_FAILED(add_finding(comparison, &finding,
				     match->after ? FINDING_RECREATED
				     : other	  ? FINDING_OTHER_HIVE
						  : FINDING_DELETED,
				     store));
	add_claimants(match, finding);
	finding->before = match->before;
	finding->after = match->after;
	if (match->after) {
		finding_add_reason(finding, FINDING_SAME_NAME);
		finding_add_reason(finding,
				   namesake ? FINDING_RECORD_FREED : basis_reason(match));
	} else {
		finding_add_reason(finding, FINDING_ABSENT_AFTER);
		if ((!after || !after->key) && !other)
			finding_add_reason(finding, FINDING_STORE_GONE);
		add_default_reasons(pair, finding);
	}
	if (other) {
		finding_lower(finding, FINDING_PROBABLE, FINDING_HIVE_REPLACED);
		dating_find_replaced(pair, finding);
	} else {
		dating_find(pair, finding);
	}
	return STATUS_OK;
}

/* ---- whole lists ---- */

/* A list that is gone is told once, besides each profile that went with it. */
static enum status compare_store(struct comparison *comparison,
				 const struct snapshot_pair *pair,
				 const struct store *before)
{
	const struct store *after = snapshot_same_store(pair->after, before);
	struct finding *finding;

	if (!before->key || (after && after->key))
		return STATUS_OK;
	for (size_t i = 0; i < comparison->n_findings; i++)
		if (comparison->findings[i].kind == FINDING_DELETED &&
		    comparison->findings[i].store == before) {
			RETURN_IF_FAILED(add_finding(comparison, &finding,
						     FINDING_STORE_REMOVED, before));
			finding_add_reason(finding, FINDING_STORE_GONE);
			return STATUS_OK;
		}
	return STATUS_OK;
}

static enum status compare_default(struct comparison *comparison,
				   const struct snapshot_pair *pair,
				   const struct store *before)
{
	const struct store *after = snapshot_same_store(pair->after, before);
	struct finding *finding;

	/* A list that comes or goes takes its DefaultProfile along; another hive has its own. */
	if (otherhive_is_another(pair->other))
		return STATUS_OK;
	if (before->list != STORE_PROFILES || !after || !before->key != !after->key)
		return STATUS_OK;
	if (before->has_default == after->has_default &&
	    (!before->has_default ||
	     text_equal(before->default_profile, after->default_profile)))
		return STATUS_OK;
	RETURN_IF_FAILED(
		add_finding(comparison, &finding, FINDING_DEFAULT_CHANGED, before));
	finding->old_default = before->default_profile;
	finding->new_default = after->default_profile;
	finding_add_reason(finding, FINDING_DEFAULT_DIFFERS);
	return STATUS_OK;
}

/* ---- keys asked for by path ---- */

static enum status compare_key(struct comparison *comparison,
			       const struct snapshot_pair *pair, const char *path)
{
	struct compared_key *key = &comparison->keys[comparison->n_keys++];

	key->path = path;
	key->before = keypath_find(pair->before, path);
	key->after = keypath_find(pair->after, path);
	if (!key->before && !key->after)
		diag_at(pair->diags, DIAG_KEY_ABSENT, DIAG_NOWHERE,
			"neither hive holds the key %s", path);
	RETURN_IF_FAILED(
		find_differences(pair, key->before, key->after, &key->differences));
	comparison->n_bytes += key->differences.n_bytes;
	return STATUS_OK;
}

/* ---- all of it ---- */

static uint64_t profile_bytes_of(const struct snapshot *snapshot)
{
	uint64_t bytes = 0;

	for (size_t i = 0; i < snapshot->n_profiles; i++)
		bytes += snapshot->profiles[i].profile.n_bytes;
	return bytes;
}

static enum status compare_profiles(struct comparison *comparison,
				    struct snapshot_pair *pair)
{
	struct matches matches = { 0 };
	enum status status = match_profiles(pair->before, pair->after, &matches);

	for (size_t i = 0; i < matches.n && status == STATUS_OK; i++)
		status = compare_match(comparison, pair, &matches.items[i]);
	matches_clear(&matches);
	if (status == STATUS_OK)
		status = ownrecord_assign(pair, comparison->findings,
					  comparison->n_findings);
	for (size_t i = 0; i < comparison->n_findings && status == STATUS_OK; i++)
		dating_add_recovered(pair, &comparison->findings[i]);
	for (size_t i = 0; i < pair->before->stores.n && status == STATUS_OK; i++) {
		const struct store *store = &pair->before->stores.items[i];
		status = compare_store(comparison, pair, store);
		if (status == STATUS_OK)
			status = compare_default(comparison, pair, store);
	}
	return status;
}

/* Which of the later hive's states each finding begins with. */
static void place_findings(struct comparison *comparison,
			   const struct snapshot_pair *pair)
{
	for (size_t i = 0; i < comparison->n_findings; i++) {
		struct finding *finding = &comparison->findings[i];
		finding->state = findingstate_first(
			&pair->after->states, finding, pair->before,
			finding->after ? snapshot_store(pair->after, finding->after)
				       : NULL);
	}
}

/* All findings, dated, placed and weighed. */
static enum status find_changes(struct comparison *comparison, struct snapshot_pair *pair)
{
	RETURN_IF_FAILED(compare_profiles(comparison, pair));
	place_findings(comparison, pair);
	for (size_t i = 0; i < comparison->n_findings; i++)
		certainty_weigh(pair, &comparison->findings[i]);
	return STATUS_OK;
}

static void freep(struct comparison **comparison)
{
	comparison_free(*comparison);
}

enum status compare_snapshots(const struct snapshot *before, const struct snapshot *after,
			      const struct recovery *recovery, size_t before_index,
			      const char *const *paths, size_t n_paths,
			      struct comparison **out)
{
	struct samebytes same = { 0 };

	RETURN_IF_FAILED(samebytes_read(before, after, &same));
	enum status status = compare_with(before, after, recovery, before_index, paths,
					  n_paths, &same, out);
	samebytes_clear(&same);
	return status;
}

enum status compare_with(const struct snapshot *before, const struct snapshot *after,
			 const struct recovery *recovery, size_t before_index,
			 const char *const *paths, size_t n_paths, struct samebytes *same,
			 struct comparison **out)
{
	AUTO(freep) struct comparison *comparison = calloc(1, sizeof(*comparison));
	if (!comparison)
		return STATUS_NOMEM;
	comparison->before_index = before_index;
	comparison->diags = diag_list_new();
	comparison->keys = calloc(n_paths + 1, sizeof(*comparison->keys));
	if (!comparison->diags || !comparison->keys)
		return STATUS_NOMEM;

	comparison->same = *same;
	*same = (struct samebytes){ 0 };
	otherhive_find(before, after, &comparison->same, recovery, &comparison->other);

	struct snapshot_pair pair = { .before = before,
				      .same = &comparison->same,
				      .other = &comparison->other,
				      .after = after,
				      .recovery = recovery,
				      .before_index = before_index,
				      .diags = comparison->diags };
	enum status status = snapshotpair_check(&pair);
	if (status == STATUS_OK)
		status = find_changes(comparison, &pair);
	snapshotpair_clear(&pair);
	RETURN_IF_FAILED(status);
	comparison->n_bytes += profile_bytes_of(before) + profile_bytes_of(after);
	for (size_t i = 0; i < n_paths; i++)
		RETURN_IF_FAILED(compare_key(comparison, &pair, paths[i]));
	*out = STEAL(comparison);
	return STATUS_OK;
}

void comparison_free(struct comparison *comparison)
{
	if (!comparison)
		return;
	for (size_t i = 0; i < comparison->n_findings; i++)
		finding_clear(&comparison->findings[i]);
	for (size_t i = 0; i < comparison->n_keys; i++)
		differences_clear(&comparison->keys[i].differences);
	samebytes_clear(&comparison->same);
	free(comparison->findings);
	free(comparison->keys);
	diag_list_free(comparison->diags);
	free(comparison);
}
