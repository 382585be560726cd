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
#include "report/document/parts.h"
#include "report/document/snapshots.h"

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

	if (!line)
		return NULL;
	for (size_t i = 0; i < options->n_arguments; i++) {
		if (i > 0)
			fputc(' ', line);
		put_argument(line, options->arguments[i]);
	}
	if (fclose(line) == 0)
		return text;
	free(text);
	return NULL;
}

static void write_environment(struct xml *xml, const struct report_options *options)
{
	struct utsname system;
	char time[FILETIME_TEXT_SIZE];
	char *line = command_line(options);

	filetime_format(options->started_ft, time);
	xml_open(xml, "dfxml:execution_environment");
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

static void write_case(struct xml *xml, const struct report_options *options)
{
	if (!options->case_id && !options->examiner && !options->note)
		return;
	xml_open(xml, "case");
	xml_attribute(xml, "id", options->case_id);
	xml_attribute(xml, "examiner", options->examiner);
	xml_attribute(xml, "note", options->note);
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
	return machinesoftware_owner_of(companions->software, subject->sid);
}

static void write_series(struct parts *parts)
{
	const struct series *series = parts->series;
	const struct subject *subject = series_subject(series);
	const struct machine_owner *owner = owner_of(parts, subject);
	struct xml *xml = parts->xml;

	xml_open(xml, "series");
	xml_attribute(xml, "id", "series1");
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

static void write_summary(const struct parts *parts)
{
	struct xml *xml = parts->xml;
	const struct series *series = parts->series;
	const struct verdict *verdict = parts->options->verdict;
	struct series_counts counts;

	series_count(series, &counts);
	xml_open(xml, "summary");
	xml_number(xml, "series", 1);
	xml_number(xml, "snapshots", series->n_snapshots);
	xml_number(xml, "profiles_before", counts.profiles_before);
	xml_number(xml, "profiles_after", counts.profiles_after);
	xml_number(xml, "deleted", counts.by_kind[FINDING_DELETED]);
	xml_number(xml, "moved", counts.by_kind[FINDING_MOVED]);
	xml_number(xml, "renamed", counts.by_kind[FINDING_RENAMED]);
	xml_number(xml, "recreated", counts.by_kind[FINDING_RECREATED]);
	xml_number(xml, "added", counts.by_kind[FINDING_ADDED]);
	xml_number(xml, "modified", counts.by_kind[FINDING_MODIFIED]);
	xml_number(xml, "damaged", counts.by_kind[FINDING_DAMAGED]);
	xml_number(xml, "recovered", counts.recovered);
	xml_number(xml, "unpaired", collectionelements_n_unpaired(parts));
	xml_number(xml, "exit_status", (uint64_t)verdict_exit_status(verdict));
	xml_number(xml, "gone", verdict->gone + verdict->recovered);
	xml_number(xml, "back", verdict->back);
	xml_number(xml, "unresolved", verdict->unknown + verdict->unknown_damaged);
	xml_owned(xml, "verdict", verdict_sentence(verdict));
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

enum status report_write(const struct series *series,
			 const struct report_options *options, struct output *output)
{
	struct xml *xml = NULL;

	RETURN_IF_FAILED(xml_start(output, &xml));
	struct parts parts = {
		.xml = xml,
		.series = series,
		.options = options,
		.n_items = count_items(series),
	};
	xml_open(xml, "report");
	xml_attribute(xml, "xmlns", REPORT_NAMESPACE);
	xml_attribute(xml, "xmlns:dfxml", XML_DFXML);
	xml_attribute(xml, "xmlns:regxml", XML_REGXML);
	xml_attribute(xml, "xmlns:delta", XML_DELTA);
	xml_attribute(xml, "version", REPORT_VERSION);
	write_creator(xml, options);
	write_case(xml, options);
	collectionelements_write(&parts);
	inputelements_write(&parts);
	write_series(&parts);
	for (size_t i = 0; i < series->n_snapshots; i++)
		diagnostics_snapshot(&parts, series->snapshots[i]);
	for (size_t i = 0; i < series->n_comparisons; i++)
		diagnostics_comparison(&parts, series->comparisons[i], i + 1);
	diagnostics_beside(&parts);
	collectionelements_diagnostics(&parts);
	write_summary(&parts);
	xml_close(xml);
	return xml_finish(xml);
}
