/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which profiles are brought back, and from which of their states.  A profile
 * that was damaged before it went is brought back as it was before that; one
 * that came back and went again, as it was the last time.
 */
#include "report/restore/restorechoice.h"

#include "base/array.h"
#include "compare/verdict.h"
#include "mapi/recognize.h"
#include "mapi/section.h"
#include "recovery/profileindex.h"

#include <stdlib.h>
#include <string.h>

/* Findings and recovered profiles of one run: each yields one at most. */
#define RESTORES_MAX ((size_t)1 << 27)

static bool is_candidate(const struct finding *finding)
{
	return finding_is_loss(finding) || finding->kind == FINDING_DAMAGED;
}

/* ---- one profile ---- */

struct rebuilt restorechoice_rebuilt(const struct series *series,
				     const struct restore_options *options,
				     struct restored *restored)
{
	const struct finding *finding = restored->finding;
	struct rebuilt rebuilt = {
		.source = restored->source,
		.recovery = series_recovery(series, restored->source),
		.last = series->snapshots[series->n_snapshots - 1],
		.options = options,
		.restored = restored,
	};

	if (finding) {
		rebuilt.store = finding->store;
		rebuilt.profile = &finding->before->profile;
		rebuilt.was = key_name(finding->before->profile.key);
	} else {
		rebuilt.store = restored->recovered->store;
		rebuilt.profile = &restored->recovered->profile;
		rebuilt.was = restored->recovered->name;
	}
	rebuilt.name = rebuilt.was;
	return rebuilt;
}

static bool is_same_place(const struct store *store, struct text name,
			  const struct store *other, struct text other_name)
{
	return store && other && text_length(name) > 0 && store_is_same(store, other) &&
	       text_equal(name, other_name);
}

/* ---- its place ---- */

/* What is there now; nothing stands at a place that is not known. */
static const struct snapshot_profile *find_live(const struct rebuilt *rebuilt)
{
	if (!rebuilt->store || text_length(rebuilt->name) == 0)
		return NULL;
	return snapshot_namesake(rebuilt->last, rebuilt->store, rebuilt->name);
}

static bool has_own_sections(const struct profile *profile)
{
	return recognize_shared_sections(profile->key, profile->key) > 0;
}

static bool is_other(const struct profile *a, const struct profile *b)
{
	if (a->has_instance && b->has_instance)
		return profile_is_other_instance(a, b);
	return has_own_sections(a) && has_own_sections(b) &&
	       recognize_shared_sections(a->key, b->key) == 0;
}

static bool is_known_same(const struct profile *a, const struct profile *b)
{
	if (is_other(a, b))
		return false;
	return (a->has_instance && b->has_instance) || profile_same_content(a, b) ||
	       recognize_shared_sections(a->key, b->key) > 0;
}

enum restore_reason restorechoice_place(const struct rebuilt *rebuilt)
{
	const struct snapshot_profile *live = find_live(rebuilt);
	const struct finding *finding = rebuilt->restored->finding;
	bool damaged = finding && finding->kind == FINDING_DAMAGED;
	const struct profile *own = rebuilt->profile;

	if (!live)
		return RESTORE_NO_REASON;
	if (!text_equal(rebuilt->name, rebuilt->was))
		return RESTORE_NAME_TAKEN;
	if (damaged && !is_other(own, &live->profile)) {
		rebuilt->restored->in_place = true;
		return profile_same_content(own, &live->profile) ? RESTORE_IS_BACK
								 : RESTORE_NO_REASON;
	}
	return is_known_same(own, &live->profile) ? RESTORE_IS_BACK : RESTORE_NAME_TAKEN;
}

bool restorechoice_is_elsewhere(const struct series *series, const struct living *living,
				const struct rebuilt *rebuilt)
{
	const struct restored *restored = rebuilt->restored;
	bool elsewhere = false;

	/* At its own place it is judged by what stands there; elsewhere it was asked for. */
	if (find_live(rebuilt) || !text_equal(rebuilt->name, rebuilt->was))
		return false;
	if (restored->recovered)
		return living_has(living, rebuilt->profile);
	for (size_t i = 0; i < series->n_comparisons; i++) {
		if (series->snapshots[i] != restored->source)
			continue;
		enum verdict_fate fate = verdict_follow(series, i, restored->finding);
		elsewhere = fate == VERDICT_BACK || fate == VERDICT_WHOLE ||
			    fate == VERDICT_DAMAGED;
	}
	return elsewhere;
}

/* ---- of several states one ---- */

/*
 * All that can be brought back, by names and sections, so that none has to be held
 * against all others.
 */
struct choice {
	const struct series *series;
	const struct restore_options *options;
	struct restores *out;
	/* Findings in the order of time; the index has their numbers in the array. */
	const struct finding **findings;
	size_t n_findings;
	struct profileindex findings_by_name;
	/* What was chosen before the snapshot that is looked at: numbers in out. */
	struct profileindex names, sections;
};

/* The finding that tells of the state to take, among all of one place. */
static const struct finding *best_state(const struct choice *choice,
					const struct finding *of)
{
	const struct finding *previous = NULL, *best = of;
	struct text name = key_name(of->before->profile.key);

	for (const struct profileindex_row *row = NULL;
	     (row = profileindex_next(&choice->findings_by_name, name, row));) {
		const struct finding *finding = choice->findings[row->profile];
		if (!is_same_place(of->store, name, finding->store, row->name))
			continue;
		/* After a loss it had come back: another life. */
		if (!previous || finding_is_loss(previous))
			best = finding;
		previous = finding;
	}
	return best;
}

/* The recovered profiles of one snapshot. */
struct recovered_choice {
	const struct snapshot *source;
	const struct recovery *recovery;
	const bool *reported; /* those that a change is about */
	bool *taken;	      /* those that were chosen */
};

/* True if something of the same place or with the same section was chosen already. */
static bool is_chosen(const struct choice *choice,
		      const struct recovered_profile *profile)
{
	const struct key *key = profile->profile.key;

	for (const struct profileindex_row *row = NULL;
	     (row = profileindex_next(&choice->names, profile->name, row));) {
		struct rebuilt other = restorechoice_rebuilt(
			choice->series, NULL, &choice->out->items[row->profile]);
		if (is_same_place(profile->store, profile->name, other.store, other.was))
			return true;
	}
	for (uint32_t i = 0; i < key->n_children; i++)
		if (section_is_own(&key->children[i]) &&
		    profileindex_next(&choice->sections, key_name(&key->children[i]),
				      NULL))
			return true;
	return false;
}

/* The same within one snapshot, where a later deletion at the same place comes first. */
static bool is_outlived(const struct recovered_choice *all,
			const struct recovered_profile *profile)
{
	const struct recovery *recovery = all->recovery;
	const struct key *key = profile->profile.key;

	for (const struct profileindex_row *row = NULL;
	     (row = profileindex_next(&recovery->names, profile->name, row));) {
		const struct recovered_profile *other = &recovery->profiles[row->profile];
		bool newer = other->profile.newest_ft > profile->profile.newest_ft;
		if (is_same_place(profile->store, profile->name, other->store,
				  other->name) &&
		    (all->taken[row->profile] ||
		     (newer && !other->lives_on && !all->reported[row->profile])))
			return true;
	}
	for (uint32_t i = 0; i < key->n_children; i++) {
		const struct profileindex_row *row = NULL;
		while (section_is_own(&key->children[i]) &&
		       (row = profileindex_next(&recovery->sections,
						key_name(&key->children[i]), row)))
			if (all->taken[row->profile])
				return true;
	}
	return false;
}

/* ---- all of them ---- */

/* *asked: it was asked for by its name, or nothing was. */
static enum status is_asked_for(const struct restore_options *options, struct text name,
				bool *asked)
{
	*asked = options->n_names == 0;
	for (size_t i = 0; i < options->n_names && !*asked; i++) {
		struct text wanted;
		if (!text_from_utf8(options->names[i], strlen(options->names[i]),
				    &wanted))
			return STATUS_NOMEM;
		*asked = text_equal(wanted, name);
		text_free(wanted);
	}
	return STATUS_OK;
}

static enum status choose(struct choice *choice, struct restored what, bool superseded)
{
	if (superseded) {
		what.outcome = RESTORE_LEFT_OUT;
		what.reason = RESTORE_OTHER_STATE;
	}
	RETURN_IF_FAILED(ARRAY_RESERVE(choice->out, RESTORES_MAX));
	choice->out->items[choice->out->n++] = what;
	return STATUS_OK;
}

static enum status choose_finding(struct choice *choice, const struct finding *finding,
				  const struct snapshot *source)
{
	bool asked;

	RETURN_IF_FAILED(is_asked_for(choice->options,
				      key_name(finding->before->profile.key), &asked));
	if (!asked)
		return STATUS_OK;
	return choose(choice, (struct restored){ .finding = finding, .source = source },
		      best_state(choice, finding) != finding);
}

static enum status choose_recovered(struct choice *choice,
				    const struct recovered_choice *all, bool last)
{
	const struct recovery *recovery = all->recovery;

	for (size_t i = 0; recovery && i < recovery->n_profiles; i++) {
		const struct recovered_profile *recovered = &recovery->profiles[i];
		bool asked, superseded;
		/* What has no name cannot be found again in a later hive. */
		if (recovered->lives_on || all->reported[i] ||
		    (!last && (!recovered->store || text_length(recovered->name) == 0)))
			continue;
		RETURN_IF_FAILED(is_asked_for(choice->options, recovered->name, &asked));
		if (!asked)
			continue;
		superseded = is_chosen(choice, recovered) || is_outlived(all, recovered);
		all->taken[i] = !superseded;
		RETURN_IF_FAILED(choose(choice,
					(struct restored){ .recovered = recovered,
							   .source = all->source },
					superseded));
	}
	return STATUS_OK;
}

/* What is chosen so far, but for states that another is preferred to. */
static enum status index_chosen(struct choice *choice)
{
	profileindex_clear(&choice->names);
	profileindex_clear(&choice->sections);
	for (size_t i = 0; i < choice->out->n; i++) {
		struct restored *restored = &choice->out->items[i];
		struct rebuilt rebuilt =
			restorechoice_rebuilt(choice->series, NULL, restored);
		if (restored->reason == RESTORE_OTHER_STATE)
			continue;
		RETURN_IF_FAILED(profileindex_add(&choice->names, rebuilt.was, i));
		RETURN_IF_FAILED(profileindex_add_sections(&choice->sections,
							   rebuilt.profile->key, i));
	}
	profileindex_sort(&choice->names);
	profileindex_sort(&choice->sections);
	return STATUS_OK;
}

static enum status choose_unreported(struct choice *choice, size_t snapshot)
{
	const struct series *series = choice->series;
	const struct recovery *recovery = series->recoveries[snapshot];
	bool *reported = series_reported(series, snapshot);
	bool *taken = calloc((recovery ? recovery->n_profiles : 0) + 1, sizeof(*taken));
	const struct recovered_choice all = { series->snapshots[snapshot], recovery,
					      reported, taken };
	enum status status = reported && taken ? index_chosen(choice) : STATUS_NOMEM;

	if (status == STATUS_OK)
		status = choose_recovered(choice, &all,
					  snapshot + 1 == series->n_snapshots);
	free(taken);
	free(reported);
	return status;
}

static enum status list_findings(struct choice *choice)
{
	const struct series *series = choice->series;
	size_t n = series_changes_before(series, series->n_comparisons);

	choice->findings = calloc(n + 1, sizeof(struct finding *));
	if (!choice->findings)
		return STATUS_NOMEM;
	for (size_t i = 0; i < series->n_comparisons; i++)
		for (size_t k = 0; k < series->comparisons[i]->n_findings; k++) {
			const struct finding *finding =
				&series->comparisons[i]->findings[k];
			if (!is_candidate(finding))
				continue;
			RETURN_IF_FAILED(
				profileindex_add(&choice->findings_by_name,
						 key_name(finding->before->profile.key),
						 choice->n_findings));
			choice->findings[choice->n_findings++] = finding;
		}
	profileindex_sort(&choice->findings_by_name);
	return STATUS_OK;
}

static enum status choose_all(struct choice *choice)
{
	const struct series *series = choice->series;

	RETURN_IF_FAILED(list_findings(choice));
	for (size_t i = 0; i < series->n_comparisons; i++)
		for (size_t k = 0; k < series->comparisons[i]->n_findings; k++)
			if (is_candidate(&series->comparisons[i]->findings[k]))
				RETURN_IF_FAILED(choose_finding(
					choice, &series->comparisons[i]->findings[k],
					series->snapshots[i]));
	/* The latest hive first: what an earlier one has besides was lost before. */
	for (size_t i = series->n_snapshots; i-- > 0;)
		RETURN_IF_FAILED(choose_unreported(choice, i));
	return STATUS_OK;
}

enum status restorechoice_find(const struct series *series,
			       const struct restore_options *options,
			       struct restores *out)
{
	struct choice choice = { .series = series, .options = options, .out = out };
	enum status status = choose_all(&choice);

	profileindex_clear(&choice.sections);
	profileindex_clear(&choice.names);
	profileindex_clear(&choice.findings_by_name);
	free(choice.findings);
	return status;
}
