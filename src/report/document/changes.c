/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Comparisons: each change with why, when, what it held and what differs. */
#include "report/document/changes.h"

#include "base/basis.h"
#include "compare/verdict.h"
#include "mapi/property_render.h"
#include "mapi/proptag.h"
#include "mapi/secret.h"
#include "report/document/causes.h"
#include "report/document/cell.h"
#include "report/document/profiles.h"
#include "report/document/recoveries.h"
#include "report/document/writer/inputids.h"

#include <stdlib.h>

/* Where the moment stands: in the profile's own record, which was freed then. */
static void write_moment_place(struct parts *parts, const struct snapshot *after,
			       const struct finding *finding)
{
	const struct key *record =
		finding->recovered.profile
			? recovery_own_record(finding->recovered.profile)
			: NULL;

	if (record && record->mtime_ft == finding->at_ft)
		inputids_time(parts, after, record->record_off);
}

static void write_deletion(struct parts *parts, const struct snapshot *after,
			   const struct finding *finding)
{
	struct xml *xml = parts->xml;

	if (!finding->dated)
		return;
	xml_open(xml, "deletion");
	if (finding->at_ft) {
		xml_time(xml, "at", finding->at_ft);
		xml_number(xml, "filetime", finding->at_ft);
		xml_number(xml, "confirmed", finding->at_confirmed);
		write_moment_place(parts, after, finding);
	}
	xml_time(xml, "earliest", finding->earliest_ft);
	xml_time(xml, "latest", finding->latest_ft);
	for (size_t i = 0; i < finding->n_bounds; i++) {
		const struct finding_bound *bound = &finding->bounds[i];
		xml_open(xml, "bound");
		xml_attribute(xml, "which", bound->latest ? "latest" : "earliest");
		xml_time(xml, "time", bound->time_ft);
		xml_number(xml, "filetime", bound->time_ft);
		xml_attribute(xml, "source", finding_source_word(bound->source));
		if (bound->source == FINDING_HEADER_TIME)
			inputids_place(parts, parts->series->snapshots[bound->snapshot],
				       bound->offset);
		else
			inputids_time(parts, parts->series->snapshots[bound->snapshot],
				      bound->offset);
		xml_close(xml);
	}
	xml_close(xml);
}

/* Whether the change stands in the hive file, or from which log entry on. */
static void write_state(struct parts *parts, const struct snapshot *after,
			const struct finding *finding)
{
	const struct state *state = finding->state;
	struct xml *xml = parts->xml;

	if (!state)
		return;
	xml_attribute(xml, "stands_in", state->first ? "file" : "log");
	if (state->first)
		return;
	inputids_put(parts, "log", after->logs[state->log]);
	xml_number(xml, "log_sequence", state->sequence);
	/* The state before this one may have been unreadable; then it was there or here. */
	xml_number(xml, "log_exact", state[-1].walkable && after->states.n_left_out == 0);
}

static void write_reasons(struct xml *xml, const struct finding *finding)
{
	for (size_t i = 0; i < finding->n_reasons; i++) {
		xml_open(xml, "reason");
		xml_attribute(xml, "code", finding_reason_word(finding->reasons[i]));
		xml_content(xml, finding_reason_sentence(finding->reasons[i]));
		xml_close(xml);
	}
}

/* The value as people read it; a secret only by its length. */
static void write_rendered(struct xml *xml, const char *name, const struct value *value)
{
	struct proptag tag;

	if (!value || secret_is(value))
		return;
	xml_owned(xml, name,
		  proptag_parse(value_name(value), &tag) ? property_render(value, tag)
							 : property_render_plain(value));
}

static void write_difference(struct parts *parts, const struct comparison *comparison,
			     const struct difference *difference)
{
	const struct snapshot *before =
		parts->series->snapshots[comparison->before_index];
	const struct snapshot *after =
		parts->series->snapshots[comparison->before_index + 1];
	bool in_after = difference->kind == DIFFERENCE_KEY_ADDED ||
			difference->kind == DIFFERENCE_VALUE_ADDED;
	const struct snapshot *where = in_after ? after : before;
	const struct key *key = in_after ? difference->after_key : difference->before_key;
	const struct value *value = in_after ? difference->after : difference->before;
	enum cell_state state = in_after ? CELL_NEW : CELL_DELETED;
	struct xml *xml = parts->xml;
	struct text path;

	xml_open(xml, "difference");
	xml_attribute(xml, "kind", difference_word(difference->kind));
	if (cell_path(parts, where, key, NULL, &path)) {
		xml_text(xml, "path", path);
		text_free(path);
	} else {
		xml_fail(xml, STATUS_NOMEM);
	}
	if (value) {
		xml_text(xml, "name", value_name(value));
		write_rendered(xml, "before", difference->before);
		write_rendered(xml, "after", difference->after);
	}
	if (difference->kind == DIFFERENCE_VALUE_CHANGED)
		cell_changed_value(parts, before, difference->before_key,
				   difference->before, after, difference->after_key,
				   difference->after);
	else if (value)
		cell_value(parts, where, key, value, state);
	else
		cell_key(parts, where, key, state);
	xml_close(xml);
}

static void write_differences(struct parts *parts, const struct comparison *comparison,
			      const struct differences *differences)
{
	for (size_t i = 0; i < differences->n; i++)
		write_difference(parts, comparison, &differences->items[i]);
}

static void write_names(struct xml *xml, const struct finding *finding)
{
	const struct snapshot_profile *profile =
		finding->before ? finding->before : finding->after;

	if (finding->kind == FINDING_DEFAULT_CHANGED) {
		xml_text_if_any(xml, "profile", finding->old_default);
		xml_text_if_any(xml, "new_name", finding->new_default);
		return;
	}
	if (profile)
		xml_text(xml, "profile", key_name(profile->profile.key));
	if ((finding->kind == FINDING_RENAMED || finding->kind == FINDING_MOVED) &&
	    !text_same(key_name(finding->before->profile.key),
		       key_name(finding->after->profile.key)))
		xml_text(xml, "new_name", key_name(finding->after->profile.key));
}

/* What has become of a profile that was lost or damaged, at the end of the series. */
static void write_fate(struct parts *parts, const struct comparison *comparison,
		       const struct finding *finding)
{
	enum verdict_fate fate =
		verdict_follow(parts->series, comparison->before_index, finding);

	xml_attribute(parts->xml, "fate", verdict_fate_word(fate));
}

/* Where a change took place, and for a move where it led. */
static void write_places(struct parts *parts, const struct comparison *comparison,
			 const struct finding *finding)
{
	const struct snapshot *after =
		parts->series->snapshots[comparison->before_index + 1];
	struct xml *xml = parts->xml;

	xml_attribute(xml, "list", store_list_word(finding->store->list));
	xml_attribute(xml, "store_path", finding->store->path);
	if (finding->kind == FINDING_MOVED) {
		const struct store *to = snapshot_store(after, finding->after);
		xml_attribute(xml, "new_list", store_list_word(to->list));
		xml_attribute(xml, "new_store_path", to->path);
	}
	xml_attribute(xml, "certainty", finding_certainty_word(finding->certainty));
	if (finding_is_loss(finding))
		parts_snapshot_id(parts, "last_seen", comparison->before_index);
	write_fate(parts, comparison, finding);
	write_state(parts, after, finding);
}

static void write_change(struct parts *parts, const struct comparison *comparison,
			 const struct finding *finding)
{
	const struct snapshot *before =
		parts->series->snapshots[comparison->before_index];
	const struct snapshot *after =
		parts->series->snapshots[comparison->before_index + 1];
	struct xml *xml = parts->xml;
	bool lost = finding_is_loss(finding);

	xml_open(xml, "change");
	xml_id(xml, "id", "c", parts->first_change + ++parts->n_changes);
	xml_attribute(xml, "kind", finding_kind_word(finding->kind));
	write_names(xml, finding);
	write_places(parts, comparison, finding);
	write_deletion(parts, after, finding);
	write_reasons(xml, finding);
	if (finding->before)
		profiles_write(parts, before, finding->before,
			       lost || parts->options->full,
			       lost ? CELL_DELETED : CELL_PLAIN);
	else if (finding->after)
		profiles_write(parts, after, finding->after, parts->options->full,
			       CELL_NEW);
	if (lost && series_recovery(parts->series, after))
		recoveries_share(parts, &finding->recovered);
	write_differences(parts, comparison, &finding->differences);
	causes_restore(parts, finding, NULL);
	xml_close(xml);
}

static void write_compared_key(struct parts *parts, const struct comparison *comparison,
			       const struct compared_key *key)
{
	struct xml *xml = parts->xml;

	xml_open(xml, "compared_key");
	xml_attribute(xml, "path", key->path);
	xml_number(xml, "before", key->before != NULL);
	xml_number(xml, "after", key->after != NULL);
	xml_number(xml, "differences", key->differences.n + key->differences.n_left_out);
	write_differences(parts, comparison, &key->differences);
	xml_close(xml);
}

/* That the later hive does not continue the earlier one, and the keys that tell so. */
static void write_other_hive(struct parts *parts, const struct comparison *comparison)
{
	const struct otherhive *other = &comparison->other;
	struct xml *xml = parts->xml;

	if (!otherhive_is_no_later_state(other))
		return;
	xml_open(xml, "other_hive");
	xml_attribute(xml, "is", otherhive_word(other->kind));
	xml_attribute(xml, "basis", basis_word(BASIS_INFERRED));
	xml_time(xml, "used_from", other->used_ft);
	xml_number(xml, "own_keys", other->n_own);
	xml_number(xml, "kept", other->n_kept);
	xml_number(xml, "absent", other->n_absent);
	xml_number(xml, "between", other->n_between);
	xml_number(xml, "since", other->n_since);
	if (other->kind == OTHERHIVE_OLDER_COPY) {
		xml_time(xml, "branch", other->branch_ft);
		xml_number(xml, "undone", other->n_undone);
	}
	if (other->begun) {
		xml_time(xml, "first_since", other->begun->mtime_ft);
		inputids_time(parts,
			      parts->series->snapshots[comparison->before_index + 1],
			      other->begun->record_off);
	}
	xml_close(xml);
}

void changes_write(struct parts *parts, const struct comparison *comparison)
{
	struct xml *xml = parts->xml;

	xml_open(xml, "comparison");
	parts_comparison_id(parts, "id", comparison->before_index);
	parts_snapshot_id(parts, "before", comparison->before_index);
	parts_snapshot_id(parts, "after", comparison->before_index + 1);
	write_other_hive(parts, comparison);
	for (size_t i = 0; i < comparison->n_findings; i++) {
		write_change(parts, comparison, &comparison->findings[i]);
		parts_step(parts);
	}
	for (size_t i = 0; i < comparison->n_keys; i++)
		write_compared_key(parts, comparison, &comparison->keys[i]);
	xml_close(xml);
}
