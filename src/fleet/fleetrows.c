/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fleet/fleetrows.h"

#include "compare/finding.h"
#include "compare/verdict.h"
#include "report/index/indextext.h"

#include <stdlib.h>
#include <string.h>

/* A report whose rows are made. */
struct making {
	const struct fleetreport *report;
	const struct fleetrows_files *files;
	struct index *index;
	struct index_texts texts;
	struct making_comparison {
		const char *before, *after;	      /* files */
		const struct fleetreport_cause *best; /* NULL: none is possible */
	} * comparisons;
	const struct fleetreport_cause *best_of_single;
	const char **paths; /* of the snapshots */
	bool lost;
};

static bool same(const char *a, const char *b)
{
	return a && b && strcmp(a, b) == 0;
}

/* ---- words ---- */

/* Return: false for a word that this version does not know. */
static bool kind_of(const char *word, struct finding *out)
{
	for (int i = FINDING_DELETED; i <= FINDING_DEFAULT_CHANGED; i++) {
		out->kind = (enum finding_kind)i;
		if (same(finding_kind_word(out->kind), word))
			return true;
	}
	return false;
}

static bool cause_of(const char *word, enum cause *out)
{
	for (int i = 0; i < CAUSE_N_CAUSES; i++) {
		*out = (enum cause)i;
		if (same(cause_word(*out), word))
			return true;
	}
	return false;
}

static bool grade_of_word(const char *word, enum grade *out)
{
	for (int i = GRADE_SUPPORTED; i <= GRADE_RULED_OUT; i++) {
		*out = (enum grade)i;
		if (same(grade_word(*out), word))
			return true;
	}
	return false;
}

/* ---- the series ---- */

static bool is_best(const struct fleetreport_cause *cause)
{
	return same(cause->rank, diagnosis_rank_word(DIAGNOSIS_BEST)) ||
	       same(cause->rank, diagnosis_rank_word(DIAGNOSIS_BEST_OF_ALL));
}

static void find_causes(struct making *making)
{
	const struct fleetreport *report = making->report;

	for (size_t i = 0; i < report->causes.n; i++) {
		const struct fleetreport_cause *cause = &report->causes.items[i];
		size_t at = fleetreport_comparison_at(report, cause->comparison);
		const struct fleetreport_cause **best = &making->best_of_single;
		if (!is_best(cause) || (cause->comparison && at == SIZE_MAX))
			continue;
		if (cause->comparison)
			best = &making->comparisons[at].best;
		if (!*best)
			*best = cause;
	}
}

static const char *path_of(const struct fleetreport *report, const char *snapshot)
{
	const struct fleetreport_input *input = fleetreport_input_of(report, snapshot);

	return input ? input->path : NULL;
}

static enum status read_series(struct making *making)
{
	const struct fleetreport *report = making->report;
	struct arena *arena = making->index->arena;

	making->comparisons = arena_calloc(arena, report->comparisons.n + 1,
					   sizeof(*making->comparisons));
	making->paths =
		arena_calloc(arena, report->snapshots.n + 1, sizeof(*making->paths));
	if (!making->comparisons || !making->paths)
		return STATUS_NOMEM;
	for (size_t i = 0; i < report->comparisons.n; i++) {
		const struct fleetreport_comparison *pair = &report->comparisons.items[i];
		making->comparisons[i].before = path_of(report, pair->before);
		making->comparisons[i].after = path_of(report, pair->after);
	}
	for (size_t i = 0; i < report->snapshots.n; i++) {
		const char *path = path_of(report, report->snapshots.items[i].id);
		making->paths[i] = path ? path : "";
	}
	find_causes(making);
	return STATUS_OK;
}

/* ---- a row ---- */

/* Exactly as the table of that run has it, hidden characters too. */
static const char *name_of(struct making *making, const char *utf8, const char *utf16,
			   const char **hex)
{
	struct text units;
	const char *name;

	*hex = NULL;
	if (!utf8 || !*utf8)
		return NULL;
	if (!indextext_units(utf8, utf16, &units)) {
		making->texts.nomem = true;
		return NULL;
	}
	name = indextext_name(&making->texts, units, hex);
	text_free(units);
	return name;
}

static void put_cause(const struct fleetreport_cause *best, struct index_row *row)
{
	row->weighed = best && cause_of(best->cause, &row->cause) &&
		       grade_of_word(best->grade, &row->grade) &&
		       grade_is_an_answer(row->grade);
}

static void put_restored(struct making *making, const struct fleetreport_change *change,
			 struct index_row *row)
{
	char *found = NULL;

	row->restore = change->restore;
	row->restore_reason = change->restore_reason;
	row->restore_why = change->restore_why;
	row->restore_file = change->restore_file;
	if (change->restore_file && making->files->find)
		found = making->files->find(making->files->data, change->restore_file);
	if (found)
		row->restore_file = indextext_keep(&making->texts, found);
	free(found);
}

/* "c12" is 12; what is no such id is 0. */
static size_t number_of(const char *id)
{
	size_t number = 0;

	if (!id || *id != 'c')
		return 0;
	for (id++; *id; id++)
		if (*id < '0' || *id > '9' || ckd_mul(&number, number, (size_t)10) ||
		    ckd_add(&number, number, (size_t)(*id - '0')))
			return 0;
	return number;
}

static enum status add_change(struct making *making,
			      const struct fleetreport_change *change)
{
	const struct making_comparison *pair = &making->comparisons[change->at];
	struct finding finding = { .kind = FINDING_ADDED };
	bool known = kind_of(change->kind, &finding), needs_cause;
	const char *hex;
	struct index_row row = {
		.kind = change->kind ? change->kind : "",
		.certainty = change->certainty,
		.fate = change->fate,
		.change = number_of(change->id),
		.before_file = pair->before,
		.after_file = pair->after,
		.store_path = change->store_path,
		.new_store_path = change->new_store_path,
		.from_ft = change->earliest_ft,
		.to_ft = change->latest_ft,
		.moment_ft = change->at_ft,
	};

	needs_cause = known && finding_needs_cause(&finding);
	row.on_page = needs_cause;
	row.profile = name_of(making, change->profile, change->profile_utf16,
			      &row.profile_utf16);
	row.new_name = name_of(making, change->new_name, change->new_name_utf16, &hex);
	row.time_certainty =
		indexdata_time_certainty(&row, change->confirmed, change->conflict);
	if (needs_cause && finding.kind != FINDING_MOVED &&
	    finding.kind != FINDING_RENAMED &&
	    !same(change->certainty, finding_certainty_word(FINDING_UNRESOLVED)))
		put_cause(pair->best, &row);
	put_restored(making, change, &row);
	making->lost |= fleetrows_is_loss(&row);
	return index_put_row(making->index, &row);
}

static enum status add_recovered(struct making *making,
				 const struct fleetreport_change *change)
{
	bool single = making->report->comparisons.n == 0;
	struct index_row row = {
		.kind = "recovered",
		.certainty = change->may_be_alive
				     ? finding_certainty_word(FINDING_UNRESOLVED)
				     : change->certainty,
		.moment_ft = change->at_ft,
		.to_ft = change->latest_ft,
		.on_page = single,
		/* It went on as another one, and is lost as that. */
		.told_elsewhere = change->went_on,
		.after_file = making->paths[change->at],
		.store_path = change->store_path,
	};

	if (single)
		row.fate = verdict_fate_word(change->may_be_alive ? VERDICT_UNKNOWN
								  : VERDICT_GONE);
	row.time_certainty = indexdata_time_certainty(&row, false, false);
	if (!same(change->name_from, recovery_name_word(RECOVERY_NAME_ACCOUNT)))
		row.profile = name_of(making, change->profile, change->profile_utf16,
				      &row.profile_utf16);
	if (!row.profile)
		row.note = "its name is lost";
	else if (change->name_certainty &&
		 !same(change->name_certainty,
		       recovered_certainty_word(RECOVERED_CERTAIN)))
		row.note = "its name is concluded";
	if (!change->may_be_alive)
		put_cause(making->best_of_single, &row);
	put_restored(making, change, &row);
	making->lost |= fleetrows_is_loss(&row);
	return index_put_row(making->index, &row);
}

bool fleetrows_is_loss(const struct index_row *row)
{
	static const enum verdict_fate lost[] = { VERDICT_GONE, VERDICT_RECREATED,
						  VERDICT_DAMAGED };

	if (row->told_elsewhere ||
	    same(row->certainty, finding_certainty_word(FINDING_UNRESOLVED)))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(lost); i++)
		if (same(row->fate, verdict_fate_word(lost[i])))
			return true;
	return false;
}

/* Changes first; of recovered profiles those of the last snapshot that no change tells of. */
static enum status add_rows(struct making *making)
{
	const struct fleetreport *report = making->report;

	for (size_t i = 0; i < report->changes.n; i++)
		if (!report->changes.items[i].recovered)
			RETURN_IF_FAILED(add_change(making, &report->changes.items[i]));
	for (size_t i = 0; i < report->changes.n; i++) {
		const struct fleetreport_change *change = &report->changes.items[i];
		if (change->recovered && change->at + 1 == report->snapshots.n &&
		    !change->reported && !change->lives_on)
			RETURN_IF_FAILED(add_recovered(making, change));
	}
	return STATUS_OK;
}

/* ---- the subject ---- */

static const char *subject_name(const struct fleetreport *report)
{
	if (same(report->role, subject_role_word(SUBJECT_LOCAL_SYSTEM)))
		return "LocalSystem";
	if (same(report->role, subject_role_word(SUBJECT_TEMPLATE)))
		return "template";
	if (report->user && *report->user)
		return report->user;
	if (report->sid)
		return report->sid;
	return report->subject ? report->subject : "";
}

/* Return: true if nothing was compared, and the subject stands for itself. */
static bool put_unpaired(const struct fleetreport *report, struct index_subject *subject)
{
	if (!report->unpaired)
		return false;
	subject->answer = report->unpaired_why;
	subject->side = INDEX_EARLIER_SIDE;
	subject->state = INDEX_UNPAIRED;
	subject->exit_status = 2;
	if (same(report->unpaired, "hive_missing")) {
		subject->state = INDEX_MISSING;
		subject->exit_status = report->exit_status == 2 ? 2 : 1;
	} else if (same(report->unpaired, "only_later")) {
		subject->side = INDEX_LATER_SIDE;
		subject->exit_status = report->exit_status == 2 ? 2 : 0;
	}
	return true;
}

/* What could not be read proves nothing: neither that it lost something, nor the contrary. */
static enum index_state state_of(const struct making *making)
{
	const struct fleetreport *report = making->report;

	if (making->lost)
		return INDEX_LOST;
	if (report->exit_status == 2 || report->n_unresolved > 0)
		return INDEX_IN_DOUBT;
	if (report->n_back > 0)
		return INDEX_BACK;
	if (making->index->rows.n > 0)
		return INDEX_CHANGED;
	return report->comparisons.n == 0 ? INDEX_NONE_FOUND : INDEX_UNCHANGED;
}

enum status fleetrows_add(const struct fleetreport *report,
			  const struct fleetrows_files *files, struct index *index)
{
	struct making making = { .report = report,
				 .files = files,
				 .index = index,
				 .texts = { .arena = index->arena, .folder = "" } };
	struct index_subject subject = {
		.name = subject_name(report),
		.sid = report->sid,
		.role = same(report->role, subject_role_word(SUBJECT_UNKNOWN))
				? NULL
				: report->role,
		.answer = report->verdict,
		.exit_status = (int)report->exit_status,
		.report = files->report,
		.page = files->page,
		.n_paths = report->snapshots.n,
	};

	RETURN_IF_FAILED(read_series(&making));
	subject.paths = making.paths;
	if (!put_unpaired(report, &subject)) {
		RETURN_IF_FAILED(add_rows(&making));
		subject.state = state_of(&making);
	}
	if (!subject.answer)
		subject.answer = "";
	if (making.texts.nomem)
		return STATUS_NOMEM;
	return index_put_subject(index, subject);
}
