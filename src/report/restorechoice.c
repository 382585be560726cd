/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which profiles are brought back, and from which of their states.  A profile
 * that was damaged before it went is brought back as it was before that; one
 * that came back and went again, as it was the last time.
 */
#include "report/restore_private.h"

#include "base/array.h"
#include "mapi/shape.h"

#include <stdlib.h>
#include <string.h>

/* Findings and recovered profiles of one run: each yields one at most. */
#define RESTORES_MAX ((size_t)1 << 27)

/*
 * Sections are compared with those of so many profiles: more are on no machine, and
 * the work grows with the square.
 */
#define MANY 1000

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
	return shape_shared_sections(profile->key, profile->key) > 0;
}

static bool is_other(const struct profile *a, const struct profile *b)
{
	if (a->has_instance && b->has_instance)
		return memcmp(a->instance, b->instance, sizeof(a->instance)) != 0;
	return has_own_sections(a) && has_own_sections(b) &&
	       shape_shared_sections(a->key, b->key) == 0;
}

static bool is_known_same(const struct profile *a, const struct profile *b)
{
	if (is_other(a, b))
		return false;
	return (a->has_instance && b->has_instance) || profile_same_content(a, b) ||
	       shape_shared_sections(a->key, b->key) > 0;
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

/* ---- of several states one ---- */

/* The finding that tells of the state to take, among all of one place. */
static const struct finding *best_state(const struct series *series,
					const struct finding *of)
{
	const struct finding *previous = NULL, *best = of;

	for (size_t i = 0; i < series->n_comparisons; i++)
		for (size_t k = 0; k < series->comparisons[i]->n_findings; k++) {
			const struct finding *finding =
				&series->comparisons[i]->findings[k];
			if (!is_candidate(finding) ||
			    !is_same_place(of->store, key_name(of->before->profile.key),
					   finding->store,
					   key_name(finding->before->profile.key)))
				continue;
			/* After a loss it had come back: another life. */
			if (!previous || finding_is_loss(previous))
				best = finding;
			previous = finding;
		}
	return best;
}

/* True if the other was deleted later at the same place. */
static bool is_newer(const struct recovered_profile *other,
		     const struct recovered_profile *profile)
{
	return is_same_place(profile->store, profile->name, other->store, other->name) &&
	       other->profile.newest_ft > profile->profile.newest_ft;
}

/* True if another state of the recovered profile is chosen, or will be. */
static bool is_superseded(const struct series *series, const struct snapshot *snapshot,
			  const struct recovered_profile *profile, const bool *told,
			  const struct restores *chosen)
{
	for (size_t i = 0; i < chosen->n; i++) {
		struct rebuilt other =
			restorechoice_rebuilt(series, NULL, &chosen->items[i]);
		if (chosen->items[i].reason == RESTORE_OTHER_STATE)
			continue;
		if (is_same_place(profile->store, profile->name, other.store,
				  other.was) ||
		    (chosen->n <= MANY &&
		     shape_shared_sections(profile->profile.key, other.profile->key) > 0))
			return true;
	}
	for (size_t i = 0; i < snapshot->recovery->n_profiles; i++) {
		const struct recovered_profile *other = &snapshot->recovery->profiles[i];
		if (!other->lives_on && !told[i] && is_newer(other, profile))
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

static enum status choose(const struct series *series,
			  const struct restore_options *options, struct restored what,
			  bool superseded, struct restores *out)
{
	bool asked;

	RETURN_IF_FAILED(is_asked_for(
		options, restorechoice_rebuilt(series, options, &what).was, &asked));
	if (!asked)
		return STATUS_OK;
	if (superseded) {
		what.outcome = RESTORE_LEFT_OUT;
		what.reason = RESTORE_OTHER_STATE;
	}
	RETURN_IF_FAILED(ARRAY_RESERVE(out, RESTORES_MAX));
	out->items[out->n++] = what;
	return STATUS_OK;
}

/* told: those of the snapshot that a change tells of. */
static enum status choose_recovered(const struct series *series, size_t snapshot,
				    const bool *told,
				    const struct restore_options *options,
				    struct restores *out)
{
	const struct snapshot *source = series->snapshots[snapshot];
	bool last = snapshot + 1 == series->n_snapshots;

	for (size_t i = 0; source->recovery && i < source->recovery->n_profiles; i++) {
		const struct recovered_profile *recovered =
			&source->recovery->profiles[i];
		/* What has no name cannot be found again in a later hive. */
		if (recovered->lives_on || told[i] ||
		    (!last && (!recovered->store || text_length(recovered->name) == 0)))
			continue;
		RETURN_IF_FAILED(choose(
			series, options,
			(struct restored){ .recovered = recovered, .source = source },
			is_superseded(series, source, recovered, told, out), out));
	}
	return STATUS_OK;
}

static enum status choose_untold(const struct series *series, size_t snapshot,
				 const struct restore_options *options,
				 struct restores *out)
{
	bool *told = series_told(series, snapshot);
	enum status status = STATUS_NOMEM;

	if (told)
		status = choose_recovered(series, snapshot, told, options, out);
	free(told);
	return status;
}

enum status restorechoice_find(const struct series *series,
			       const struct restore_options *options,
			       struct restores *out)
{
	for (size_t i = 0; i < series->n_comparisons; i++)
		for (size_t k = 0; k < series->comparisons[i]->n_findings; k++) {
			const struct finding *finding =
				&series->comparisons[i]->findings[k];
			if (is_candidate(finding))
				RETURN_IF_FAILED(choose(
					series, options,
					(struct restored){ .finding = finding,
							   .source =
								   series->snapshots[i] },
					best_state(series, finding) != finding, out));
		}
	/* The latest hive first: what an earlier one has besides was lost before. */
	for (size_t i = series->n_snapshots; i-- > 0;)
		RETURN_IF_FAILED(choose_untold(series, i, options, out));
	return STATUS_OK;
}
