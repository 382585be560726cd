/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The document as a whole, part by part, in the order that the schema fixes. */
#include "report/document/report.h"

#include "base/filetime.h"
#include "report/document/causes.h"
#include "report/document/changes.h"
#include "report/document/collectionelements.h"
#include "report/document/diagnostics.h"
#include "report/document/inputelements.h"
#include "report/document/namespaces.h"
#include "report/document/snapshots.h"
#include "report/document/writer/parts.h"
#include "report/document/zoneelement.h"
#include "report/redact/redacttext.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>

static void write_library(struct xml *xml, const char *name, const char *version)
{
	xml_open(xml, "dfxml:library");
	xml_attribute(xml, "name", name);
	xml_attribute(xml, "version", version);
	xml_close(xml);
}

/* True if a shell reads the argument as one word as it is. */
static bool is_plain_word(const char *argument)
{
	return *argument && strspn(argument, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
					     "abcdefghijklmnopqrstuvwxyz"
					     "0123456789_-+=:,./@%") == strlen(argument);
}

static void put_argument(FILE *line, const char *argument)
{
	if (is_plain_word(argument)) {
		fputs(argument, line);
		return;
	}
	fputc('\'', line);
	for (; *argument; argument++)
		if (*argument == '\'')
			fputs("'\\''", line);
		else
			fputc(*argument, line);
	fputc('\'', line);
}

/* The arguments as a shell would take them; malloc'ed or NULL. */
static char *command_line(const struct report_options *options)
{
	char *text = NULL;
	size_t size = 0;
	FILE *line = open_memstream(&text, &size);

	for (size_t i = 0; line && i < options->n_arguments; i++) {
		char *shown = redacttext_argument(options->redact, options->arguments[i]);
		if (i > 0)
			fputc(' ', line);
		if (shown)
			put_argument(line, shown);
		else
			status_note_nomem();
		free(shown);
	}
	return text_of_stream(line, &text);
}

static void write_environment(struct xml *xml, const struct report_options *options)
{
	struct utsname system;
	char time[FILETIME_TEXT_SIZE];
	char *line = command_line(options);

	filetime_format(options->started_ft, time);
	xml_open(xml, "dfxml:execution_environment");
	xml_attribute(xml, "sandbox", sandbox_state_word(options->sandbox));
	if (uname(&system) == 0) {
		xml_element(xml, "dfxml:os_sysname", system.sysname);
		xml_element(xml, "dfxml:os_release", system.release);
		xml_element(xml, "dfxml:host", system.nodename);
		xml_element(xml, "dfxml:arch", system.machine);
	}
	xml_element(xml, "dfxml:command_line", line ? line : "");
	xml_element(xml, "dfxml:start_time", time);
	xml_close(xml);
	free(line);
}

static void write_creator(struct xml *xml, const struct report_options *options)
{
	xml_open(xml, "dfxml:creator");
	xml_element(xml, "dfxml:program", PACKAGE_NAME);
	xml_element(xml, "dfxml:version", PACKAGE_VERSION);
	write_environment(xml, options);
	write_library(xml, "hivex", HIVEX_VERSION);
	write_library(xml, "libxml2", LIBXML2_VERSION);
	write_library(xml, "nettle", NETTLE_VERSION);
	xml_close(xml);
}

/* The input with this path; 0: none has it, as where it is a folder. */
static size_t number_of(const struct inputs *inputs, const char *path)
{
	for (size_t i = 0; i < inputs->n; i++)
		if (strcmp(inputs->paths[i], path) == 0)
			return inputs->items[i].number;
	return 0;
}

static void write_custody(struct xml *xml, const struct custody *custody, size_t number)
{
	xml_open(xml, "custody");
	if (number > 0)
		xml_id(xml, "input", "i", number);
	xml_attribute(xml, "evidence_number", custody->evidence_number);
	xml_attribute(xml, "received_from", custody->received_from);
	xml_attribute(xml, "received_at", custody->received_at);
	xml_element_path(xml, "path", custody->path);
	xml_close(xml);
}

static void write_case(struct xml *xml, const struct report_options *options)
{
	const struct custody *custodies = options->custodies;

	if (!options->case_id && !options->examiner && !options->note &&
	    options->n_custodies == 0)
		return;
	xml_open(xml, "case");
	xml_attribute(xml, "id", options->case_id);
	xml_attribute(xml, "examiner", options->examiner);
	xml_attribute(xml, "note", options->note);
	for (size_t i = 0; i < options->n_custodies; i++)
		write_custody(xml, &custodies[i],
			      number_of(options->inputs, custodies[i].path));
	xml_close(xml);
}

/* The first snapshot that tells whose hive it is speaks for the series. */
static const struct subject *series_subject(const struct series *series)
{
	for (size_t i = 0; i < series->n_snapshots; i++)
		if (series->snapshots[i]->subject.role != SUBJECT_UNKNOWN)
			return &series->snapshots[i]->subject;
	return &series->snapshots[0]->subject;
}

/* Whose security id it is, where the SOFTWARE hive of the machine tells. */
static const struct machine_owner *owner_of(const struct parts *parts,
					    const struct subject *subject)
{
	const struct companions *companions = parts->options->companions;

	if (!companions || !companions->software || !subject->sid[0])
		return NULL;
	return machineprofiles_of(&companions->software->profiles, subject->sid, false);
}

static void write_series(struct parts *parts, size_t number)
{
	const struct series *series = parts->series;
	const struct subject *subject = series_subject(series);
	const struct machine_owner *owner = owner_of(parts, subject);
	struct xml *xml = parts->xml;

	xml_open(xml, "series");
	xml_id(xml, "id", "series", number);
	xml_owned(xml, "subject", subject_describe(subject));
	xml_attribute(xml, "role", subject_role_word(subject->role));
	xml_attribute(xml, "sid", subject->sid[0] ? subject->sid : NULL);
	if (subject->user || !owner)
		xml_attribute(xml, "user", subject->user);
	else
		xml_text(xml, "user", owner->user);
	xml_attribute(xml, "paired_by", collectionelements_paired_by(parts));
	xml_flag(xml, "ambiguous", collectionelements_is_ambiguous(parts));
	for (size_t i = 0; i < series->n_snapshots; i++)
		snapshots_write(parts, i);
	for (size_t i = 0; i < series->n_comparisons; i++)
		changes_write(parts, series->comparisons[i]);
	causes_write(parts);
	collectionelements_unpaired(parts);
	xml_close(xml);
}

/* What is counted over all series. */
struct sums {
	struct series_counts counts;
	size_t snapshots, gone, back, unresolved;
	uint64_t unpaired;
};

static void add_up(struct parts *parts, struct sums *sums)
{
	const struct verdict *verdict = parts->options->verdict;
	struct series_counts counts;

	series_count(parts->series, &counts);
	for (size_t i = 0; i < ARRAY_LEN(counts.by_kind); i++)
		sums->counts.by_kind[i] += counts.by_kind[i];
	sums->counts.profiles_before += counts.profiles_before;
	sums->counts.profiles_after += counts.profiles_after;
	sums->counts.recovered += counts.recovered;
	sums->snapshots += parts->series->n_snapshots;
	sums->gone += verdict->gone + verdict->recovered;
	sums->back += verdict->back;
	sums->unresolved += verdict->unknown + verdict->unknown_damaged;
	sums->unpaired += collectionelements_n_unpaired(parts);
}

static void write_summary(const struct parts *parts, const struct sums *sums,
			  const struct report_answer *answer)
{
	struct xml *xml = parts->xml;
	const struct series_counts *counts = &sums->counts;

	xml_open(xml, "summary");
	xml_number(xml, "series", parts->n_subjects);
	xml_number(xml, "snapshots", sums->snapshots);
	xml_number(xml, "profiles_before", counts->profiles_before);
	xml_number(xml, "profiles_after", counts->profiles_after);
	xml_number(xml, "deleted", counts->by_kind[FINDING_DELETED]);
	xml_number(xml, "moved", counts->by_kind[FINDING_MOVED]);
	xml_number(xml, "renamed", counts->by_kind[FINDING_RENAMED]);
	xml_number(xml, "recreated", counts->by_kind[FINDING_RECREATED]);
	xml_number(xml, "added", counts->by_kind[FINDING_ADDED]);
	xml_number(xml, "modified", counts->by_kind[FINDING_MODIFIED]);
	xml_number(xml, "damaged", counts->by_kind[FINDING_DAMAGED]);
	xml_number(xml, "recovered", counts->recovered);
	xml_number(xml, "unpaired", sums->unpaired);
	xml_number(xml, "exit_status", (uint64_t)answer->exit_status);
	if (counts->by_kind[FINDING_OTHER_HIVE] > 0)
		xml_number(xml, "other_hive", counts->by_kind[FINDING_OTHER_HIVE]);
	xml_number(xml, "gone", sums->gone);
	xml_number(xml, "back", sums->back);
	xml_number(xml, "unresolved", sums->unresolved);
	xml_attribute(xml, "verdict", answer->sentence);
	xml_close(xml);
}

/* ---- how far it is ---- */

static size_t count_items(const struct series *series)
{
	size_t n = 0;

	for (size_t i = 0; i < series->n_snapshots; i++) {
		const struct snapshot *snapshot = series->snapshots[i];
		n += snapshot->n_profiles;
		n += series->recoveries[i] ? series->recoveries[i]->n_profiles : 0;
	}
	for (size_t i = 0; i < series->n_comparisons; i++)
		n += series->comparisons[i]->n_findings;
	return n;
}

/* ---- what is redacted ---- */

/* What a redacted report never holds; with how much of it there was, where that is known. */
static void write_left_out(struct xml *xml)
{
	xml_open(xml, "left_out");
	xml_attribute(xml, "what", "cells");
	xml_number(xml, "count", xml_n_left_out(xml));
	xml_close(xml);
	xml_open(xml, "left_out");
	xml_attribute(xml, "what", "digests");
	xml_close(xml);
	xml_open(xml, "left_out");
	xml_attribute(xml, "what", "reg_files");
	xml_close(xml);
}

/* What has stand-ins so far, counted by kind, and what is left out. */
static void write_redaction(struct xml *xml, const struct redact *redact)
{
	if (!redact)
		return;
	xml_open(xml, "redaction");
	for (size_t i = 0; i < REDACT_N_KINDS; i++) {
		enum redact_kind kind = (enum redact_kind)i;
		if (redact_n_texts(redact, kind) == 0)
			continue;
		xml_open(xml, "redacted");
		xml_attribute(xml, "kind", redact_kind_word(kind));
		xml_number(xml, "texts", redact_n_texts(redact, kind));
		xml_number(xml, "places", redact_n_places(redact, kind));
		xml_close(xml);
	}
	write_left_out(xml);
	xml_close(xml);
}

/* ---- all of it ---- */

void report_prepare(void)
{
	xml_prepare();
}

/* What belongs to no series. */
static void turn_to_all(struct parts *parts, const struct report_options *common)
{
	parts->series = NULL;
	parts->options = common;
}

static void turn_to(struct parts *parts, const struct report_subject *subject)
{
	parts->series = subject->series;
	parts->options = subject->options;
	parts->n_changes = 0;
}

/* What comes behind it is counted on. */
static void turn_from(struct parts *parts)
{
	const struct series *series = parts->series;

	parts->first_snapshot += series->n_snapshots;
	parts->first_comparison += series->n_comparisons;
	parts->first_change += series_changes_before(series, series->n_comparisons);
}

static void begin_counting(struct parts *parts)
{
	parts->first_snapshot = parts->first_comparison = parts->first_change = 0;
}

static void write_all_series(struct parts *parts)
{
	begin_counting(parts);
	for (size_t i = 0; i < parts->n_subjects; i++) {
		turn_to(parts, &parts->subjects[i]);
		write_series(parts, i + 1);
		turn_from(parts);
	}
}

static void write_diagnostics(struct parts *parts)
{
	begin_counting(parts);
	for (size_t i = 0; i < parts->n_subjects; i++) {
		turn_to(parts, &parts->subjects[i]);
		for (size_t k = 0; k < parts->series->n_snapshots; k++)
			diagnostics_snapshot(parts, parts->series->snapshots[k]);
		for (size_t k = 0; k < parts->series->n_comparisons; k++)
			diagnostics_comparison(parts, parts->series->comparisons[k]);
		turn_from(parts);
	}
}

static void sum_up(struct parts *parts, struct sums *sums)
{
	for (size_t i = 0; i < parts->n_subjects; i++) {
		turn_to(parts, &parts->subjects[i]);
		add_up(parts, sums);
	}
}

enum status report_write_all(const struct report_subject *subjects, size_t n,
			     const struct report_options *common,
			     const struct report_answer *answer, struct output *output)
{
	struct xml *xml = NULL;
	struct sums sums = { 0 };

	RETURN_IF_FAILED(xml_start(output, common->redact, &xml));
	if (common->redact)
		redact_count_anew(common->redact);
	struct parts parts = { .xml = xml, .subjects = subjects, .n_subjects = n };
	for (size_t i = 0; i < n; i++)
		parts.n_items += count_items(subjects[i].series);
	turn_to_all(&parts, common);
	xml_open(xml, "report");
	xml_attribute(xml, "xmlns", REPORT_NAMESPACE);
	xml_attribute(xml, "xmlns:dfxml", XML_DFXML);
	xml_attribute(xml, "xmlns:regxml", XML_REGXML);
	xml_attribute(xml, "xmlns:delta", XML_DELTA);
	xml_attribute(xml, "version", REPORT_VERSION);
	xml_flag(xml, "redacted", common->redact != NULL);
	write_creator(xml, common);
	write_case(xml, common);
	zoneelement_write(&parts);
	collectionelements_write(&parts);
	inputelements_write(&parts);
	write_all_series(&parts);
	write_diagnostics(&parts);
	sum_up(&parts, &sums);
	turn_to_all(&parts, common);
	diagnostics_beside(&parts);
	collectionelements_diagnostics(&parts);
	write_summary(&parts, &sums, answer);
	write_redaction(xml, common->redact);
	xml_close(xml);
	return xml_finish(xml);
}

enum status report_write(const struct series *series,
			 const struct report_options *options, struct output *output)
{
	const struct report_subject only = { series, options };
	struct report_answer answer = {
		.sentence = verdict_sentence(options->verdict),
		.exit_status = verdict_exit_status(options->verdict),
	};
	enum status status = STATUS_NOMEM;

	if (answer.sentence)
		status = report_write_all(&only, 1, options, &answer, output);
	free(answer.sentence);
	return status;
}
