/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From matched profiles to findings.  Nothing is counted twice: a profile
 * that was matched anywhere is neither deleted nor added.
 */
#include "compare/compare.h"

#include "base/array.h"
#include "compare/findingstate.h"
#include "compare/keypath.h"
#include "compare/match.h"
#include "mapi/content.h"
#include "mapi/profile.h"
#include "mapi/section.h"

#include <stdlib.h>
#include <string.h>

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

/* ---- the pair itself ---- */

static void check_order(struct finding_pair *pair)
{
	const struct image_base *b = &pair->before->image->base;
	const struct image_base *a = &pair->after->image->base;
	const char *what = NULL;

	if (b->last_written_ft && a->last_written_ft &&
	    a->last_written_ft < b->last_written_ft)
		what = "its header was written earlier";
	else if (pair->after->newest_ft < pair->before->newest_ft)
		what = "its newest key was written earlier";
	else if (a->last_written_ft == b->last_written_ft &&
		 pair->after->newest_ft == pair->before->newest_ft &&
		 (int32_t)(a->primary_sequence - b->primary_sequence) < 0)
		what = "its sequence number is lower";
	if (!what)
		return;
	pair->doubtful = true;
	diag_at(pair->diags, DIAG_AFTER_OLDER, DIAG_NOWHERE,
		"the hive given as the later one seems older than the other: %s", what);
}

static void check_pair(struct finding_pair *pair)
{
	const char *difference =
		subject_difference(&pair->before->subject, &pair->after->subject);

	/* A hive as found, against what its logs make of it, is one file by nature. */
	if (!pair->before->borrowed &&
	    memcmp(pair->before->evidence->sha256.bytes,
		   pair->after->evidence->sha256.bytes, DIGEST_SIZE) == 0)
		diag_at(pair->diags, DIAG_SAME_FILE, DIAG_NOWHERE,
			"both snapshots have the same content, byte for byte");
	if (difference) {
		pair->doubtful = true;
		diag_at(pair->diags, DIAG_SUBJECTS_DIFFER, DIAG_NOWHERE,
			"the two hives belong to different subjects: %s", difference);
	}
	check_order(pair);
}

/* Differences with a word where there are too many to list. */
static enum status find_differences(const struct finding_pair *pair,
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

static enum finding_reason basis_reason(enum match_basis basis)
{
	switch (basis) {
	case MATCH_NONE:
	case MATCH_NAME:
		return FINDING_SAME_NAME;
	case MATCH_INSTANCE:
		return FINDING_SAME_INSTANCE;
	case MATCH_CONTENT:
		return FINDING_SAME_CONTENT;
	case MATCH_SECTIONS:
		return FINDING_SAME_SECTIONS;
	case MATCH_OTHER_INSTANCE:
		return FINDING_OTHER_INSTANCE;
	case MATCH_OTHER_SECTIONS:
		return FINDING_OTHER_SECTIONS;
	}
	return FINDING_SAME_NAME;
}

/*
 * True if after names, and lacks, something that before had: a section by its
 * uid below the profile key, an account by its number below the account
 * manager.  What never was there is a spoilt list, not a loss.
 */
static bool lacks_what_was(const struct content *before, const struct content *after,
			   enum profile_problem_code code)
{
	const struct key *above = before->key;

	if (code == PROFILE_DANGLING_ACCOUNT)
		above = key_child(above, text_of(SECTION_ACCOUNTS));
	for (size_t i = 0; above && i < after->problems.n; i++)
		if (after->problems.items[i].code == code &&
		    key_child(above, text_of(after->problems.items[i].uid)))
			return true;
	return false;
}

static bool has_problem(const struct content *content, enum profile_problem_code code)
{
	for (size_t i = 0; i < content->problems.n; i++)
		if (content->problems.items[i].code == code)
			return true;
	return false;
}

static void damaged(struct finding *finding, enum finding_reason reason)
{
	finding->kind = FINDING_DAMAGED;
	finding_add_reason(finding, reason);
}

/*
 * Damage: what the profile's own chain still names is gone, or its root
 * section is; and it was there before.
 */
static enum status find_damage(const struct match *match, struct finding *finding)
{
	AUTO(content_freep) struct content *before = NULL;
	AUTO(content_freep) struct content *after = NULL;

	RETURN_IF_FAILED(content_read(match->before->profile.key, &before));
	RETURN_IF_FAILED(content_read(match->after->profile.key, &after));
	/* A profile key without anything has no root section either. */
	bool emptied = match->after->profile.n_sections == 0 &&
		       match->before->profile.n_sections > 0;
	if (lacks_what_was(before, after, PROFILE_DANGLING_UID))
		damaged(finding, FINDING_SECTIONS_MISSING);
	if (lacks_what_was(before, after, PROFILE_DANGLING_ACCOUNT))
		damaged(finding, FINDING_ACCOUNTS_MISSING);
	bool root_gone = has_problem(after, PROFILE_MISSING_ROOT_SECTION) &&
			 !has_problem(before, PROFILE_MISSING_ROOT_SECTION);
	if (root_gone || emptied)
		damaged(finding, FINDING_ROOT_SECTION_MISSING);
	return STATUS_OK;
}

/* Both sides are one profile: unchanged, modified, damaged, renamed or moved. */
static enum status compare_partners(struct comparison *comparison,
				    const struct finding_pair *pair,
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
	finding->before = match->before;
	finding->after = match->after;
	finding_add_reason(finding, basis_reason(match->basis));
	if (changed) {
		finding_add_reason(finding, FINDING_CONTENT_DIFFERS);
		RETURN_IF_FAILED(find_differences(pair, match->before->profile.key,
						  match->after->profile.key,
						  &finding->differences));
		RETURN_IF_FAILED(find_damage(match, finding));
	}
	if (!same_list || !same_name) {
		finding->kind = same_list ? FINDING_RENAMED : FINDING_MOVED;
		finding_date(pair, finding);
	}
	return STATUS_OK;
}

/* Reasons that only a lost profile has: what DefaultProfile says of it. */
static void add_default_reasons(const struct finding_pair *pair, struct finding *finding)
{
	const struct store *after = snapshot_same_store(pair->after, finding->store);

	if (finding->before->is_default)
		finding_add_reason(finding, FINDING_WAS_DEFAULT);
	if (after && after->has_default &&
	    text_equal(after->default_profile, key_name(finding->before->profile.key)))
		finding_add_reason(finding, FINDING_DEFAULT_DANGLES);
}

static enum status compare_match(struct comparison *comparison,
				 const struct finding_pair *pair,
				 const struct match *match)
{
	struct finding *finding;

	if (!match->before) {
		RETURN_IF_FAILED(add_finding(comparison, &finding, FINDING_ADDED,
					     snapshot_store(pair->after, match->after)));
		finding->after = match->after;
		finding_add_reason(finding, FINDING_ABSENT_BEFORE);
		return STATUS_OK;
	}
	if (match->after && match->basis < MATCH_OTHER_INSTANCE)
		return compare_partners(comparison, pair, match);

	const struct store *store = snapshot_store(pair->before, match->before);
	const struct store *after = snapshot_same_store(pair->after, store);
	RETURN_IF_FAILED(add_finding(comparison, &finding,
				     match->after ? FINDING_RECREATED : FINDING_DELETED,
				     store));
	finding->before = match->before;
	finding->after = match->after;
	if (match->after) {
		finding_add_reason(finding, FINDING_SAME_NAME);
		finding_add_reason(finding, basis_reason(match->basis));
	} else {
		finding_add_reason(finding, FINDING_ABSENT_AFTER);
		if (!after || !after->key)
			finding_add_reason(finding, FINDING_STORE_GONE);
		add_default_reasons(pair, finding);
	}
	finding_date(pair, finding);
	finding_recover(pair, finding);
	return STATUS_OK;
}

/* ---- whole lists ---- */

/* A list that is gone is told once, besides each profile that went with it. */
static enum status compare_store(struct comparison *comparison,
				 const struct finding_pair *pair,
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
				   const struct finding_pair *pair,
				   const struct store *before)
{
	const struct store *after = snapshot_same_store(pair->after, before);
	struct finding *finding;

	/* A list that comes or goes takes its DefaultProfile along. */
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
			       const struct finding_pair *pair, const char *path)
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
				    struct finding_pair *pair)
{
	struct matches matches = { 0 };
	enum status status = match_profiles(pair->before, pair->after, &matches);

	for (size_t i = 0; i < matches.n && status == STATUS_OK; i++)
		status = compare_match(comparison, pair, &matches.items[i]);
	matches_clear(&matches);
	for (size_t i = 0; i < pair->before->stores.n && status == STATUS_OK; i++) {
		const struct store *store = &pair->before->stores.items[i];
		status = compare_store(comparison, pair, store);
		if (status == STATUS_OK)
			status = compare_default(comparison, pair, store);
	}
	return status;
}

/* Which of the later hive's states each finding begins with. */
static void place_findings(struct comparison *comparison, const struct finding_pair *pair)
{
	for (size_t i = 0; i < comparison->n_findings; i++) {
		struct finding *finding = &comparison->findings[i];
		finding->state = findingstate_first(
			&pair->after->states, finding,
			finding->after ? snapshot_store(pair->after, finding->after)
				       : NULL);
	}
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
	AUTO(freep) struct comparison *comparison = calloc(1, sizeof(*comparison));
	if (!comparison)
		return STATUS_NOMEM;
	comparison->before_index = before_index;
	comparison->diags = diag_list_new();
	comparison->keys = calloc(n_paths + 1, sizeof(*comparison->keys));
	if (!comparison->diags || !comparison->keys)
		return STATUS_NOMEM;

	struct finding_pair pair = { .before = before,
				     .after = after,
				     .recovery = recovery,
				     .before_index = before_index,
				     .diags = comparison->diags };
	check_pair(&pair);
	RETURN_IF_FAILED(compare_profiles(comparison, &pair));
	comparison->n_bytes = profile_bytes_of(before) + profile_bytes_of(after);
	place_findings(comparison, &pair);
	for (size_t i = 0; i < comparison->n_findings; i++)
		finding_weigh(&pair, &comparison->findings[i]);
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
	free(comparison->findings);
	free(comparison->keys);
	diag_list_free(comparison->diags);
	free(comparison);
}
