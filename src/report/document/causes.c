/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Diagnoses with their conditions, and what to do; and what became of restoring. */
#include "report/document/causes.h"

#include "report/document/writer/inputids.h"

#include "report/restore/regfile.h"

#include <stdio.h>

/* ---- diagnoses ---- */

/* "c1 c2": ids of the changes that a condition is about. */
static void write_changes(struct parts *parts, const struct condition *condition)
{
	char ids[CONDITION_MAX_EVIDENCE * 24];
	size_t len = 0;

	for (size_t i = 0; i < condition->n_changes; i++)
		len += (size_t)snprintf(
			ids + len, sizeof(ids) - len, "%sc%zu", i > 0 ? " " : "",
			parts->first_change +
				series_change_number(parts->series,
						     condition->changes[i]));
	if (len > 0)
		xml_attribute(parts->xml, "changes", ids);
}

static void write_evidence(struct parts *parts, const struct condition_evidence *evidence)
{
	struct xml *xml = parts->xml;

	xml_open(xml, "evidence");
	if (evidence->file)
		inputids_put(parts, "input", evidence->file);
	if (evidence->offset != DIAG_NOWHERE)
		xml_number(xml, "offset", evidence->offset);
	xml_attribute(xml, "value", evidence->value);
	xml_close(xml);
}

static void write_condition(struct parts *parts, const struct condition *condition)
{
	struct xml *xml = parts->xml;

	xml_open(xml, "condition");
	xml_attribute(xml, "id", condition->kind->word);
	xml_attribute(xml, "state", condition_state_word(condition->state));
	xml_attribute(xml, "weight", condition_weight_word(condition->weight));
	if (condition->peculiar)
		xml_attribute(xml, "peculiar", "true");
	xml_attribute(xml, "basis", basis_word(condition->basis));
	xml_attribute(xml, "says", condition->kind->statement);
	xml_attribute(xml, "detail", condition->detail);
	if (condition->state == CONDITION_UNKNOWN)
		xml_attribute(xml, "decided_by", condition->kind->decided_by);
	write_changes(parts, condition);
	for (size_t i = 0; i < condition->n_evidence; i++)
		write_evidence(parts, &condition->evidence[i]);
	xml_close(xml);
}

static void write_advice(struct xml *xml, const struct advice *advice)
{
	xml_open(xml, "advice");
	xml_attribute(xml, "code", advice->code);
	xml_attribute(xml, "name", advice->name);
	xml_content(xml, advice->text);
	xml_close(xml);
}

static void write_missing(struct xml *xml, const struct missing *missing)
{
	for (size_t i = 0; i < missing->n; i++) {
		xml_open(xml, "missing");
		xml_attribute(xml, "option", missing->items[i].option);
		if (missing->items[i].given)
			xml_number(xml, "given", 1);
		if (missing->items[i].text)
			xml_content(xml, missing->items[i].text);
		xml_close(xml);
	}
}

static void write_diagnosis(struct parts *parts, const struct diagnosis *diagnosis)
{
	struct xml *xml = parts->xml;

	xml_open(xml, "diagnosis");
	xml_attribute(xml, "cause", cause_word(diagnosis->cause));
	xml_attribute(xml, "grade", grade_word(diagnosis->grade));
	xml_attribute(xml, "rank", diagnosis_rank_word(diagnosis->rank));
	if (diagnosis->comparison)
		parts_comparison_id(parts, "comparison",
				    diagnosis->comparison->before_index);
	xml_attribute(xml, "says", cause_sentence(diagnosis->cause));
	xml_attribute(xml, "contradiction", diagnosis->contradiction);
	xml_number(xml, "met", diagnosis->n_met);
	xml_number(xml, "not_met", diagnosis->n_not_met);
	xml_number(xml, "unknown", diagnosis->n_unknown);
	for (size_t i = 0; i < diagnosis->n_conditions; i++)
		write_condition(parts, &diagnosis->conditions[i]);
	write_missing(xml, &diagnosis->missing);
	for (size_t i = 0; i < diagnosis->advice.n; i++)
		write_advice(xml, &diagnosis->advice.items[i]);
	xml_close(xml);
}

/* Where no cause was weighed although something changed. */
static void write_unresolved(struct parts *parts, const struct comparison *comparison)
{
	struct xml *xml = parts->xml;

	xml_open(xml, "no_diagnosis");
	parts_comparison_id(parts, "comparison", comparison->before_index);
	xml_attribute(xml, "reason", "unresolved");
	xml_content(xml, "all changes are unresolved: what could not be read may hold "
			 "what seems to be gone, and no cause is weighed on that");
	xml_close(xml);
}

void causes_write(struct parts *parts)
{
	const struct diagnoses *diagnoses = parts->options->diagnoses;

	for (size_t i = 0; diagnoses && i < diagnoses->n; i++)
		write_diagnosis(parts, &diagnoses->items[i]);
	for (size_t i = 0; diagnoses && i < diagnoses->unresolved.n; i++)
		write_unresolved(parts, diagnoses->unresolved.items[i]);
}

/* ---- restoring ---- */

void causes_restore(struct parts *parts, const struct finding *finding,
		    const struct recovered_profile *recovered)
{
	const struct restored *restored =
		restored_of(parts->options->restores, finding, recovered);
	struct xml *xml = parts->xml;
	char hex[DIGEST_HEX_SIZE];

	if (!restored)
		return;
	xml_open(xml, "restore");
	xml_attribute(xml, "outcome", restored_outcome_word(restored->outcome));
	xml_attribute(xml, "reason", restored_reason_word(restored->reason));
	xml_attribute(xml, "why", restored_reason_why(restored->reason));
	xml_attribute(xml, "remedy", restored_reason_remedy(restored->reason));
	if (restored->reason == RESTORE_MADE_ANEW)
		xml_attribute(xml, "basis", basis_word(restored->pattern->basis));
	if (restored->path) {
		enum regfile_format format = parts->options->restores->format;
		digest_hex(&restored->sha256, hex);
		xml_attribute(xml, "file", restored->path);
		xml_attribute(xml, "sha256", hex);
		xml_attribute(xml, "reg_version", regfile_version_word(format));
		xml_attribute(xml, "encoding", regfile_encoding_word(format));
		xml_number(xml, "keys", restored->n_keys);
		xml_number(xml, "values", restored->n_values);
		xml_number(xml, "left_out", restored->n_left_out);
		xml_attribute(xml, "completeness",
			      recoveredshare_word(restored->incomplete
							  ? RECOVERED_SHARE_PARTIAL
							  : RECOVERED_SHARE_WHOLE));
	}
	for (int i = 0; restored->path && i < RESTORE_N_LOSSES; i++) {
		if (!(restored->losses >> i & 1))
			continue;
		xml_open(xml, "loss");
		xml_attribute(xml, "code", restored_loss_word((enum restore_loss)i));
		xml_content(xml, restored_loss_sentence((enum restore_loss)i));
		xml_close(xml);
	}
	xml_close(xml);
}
