/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The page, from its head to its foot in one go.  Nothing is concluded here: events come from
 * fleetevents.c, all else from the reports, and each line leads to the one that says so.
 */
#include "fleet/fleetpage.h"

#include "base/text.h"
#include "cause/cause.h"
#include "fleet/fleetchart.h"
#include "fleet/fleeteventspage.h"
#include "fleet/fleetlinks.h"
#include "report/index/indexmarkup.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct counts {
	size_t machines, lost, unread, left, incomplete;
	size_t reports, unread_reports, faults;
	size_t unread_lines; /* of the table of what could not be read */
	size_t by_state[INDEX_N_STATES];
};

static const char *plural(size_t n)
{
	return n == 1 ? "" : "s";
}

/* A machine of which nothing was read, for whatever reason. */
static bool is_unread(const struct fleetdata_machine *machine)
{
	return machine->n_reports == machine->n_unread;
}

/* A unit that the plan has, and of which nothing is there yet. */
static bool is_left(const struct fleetdata_machine *machine)
{
	return machine->n_reports == 0 && !machine->outcome.outcome;
}

static bool has_failed(const struct fleetdata_machine *machine)
{
	return machine->outcome.outcome && !fleetoutcome_is_done(&machine->outcome);
}

static void count(const struct fleetdata *data, struct counts *out)
{
	*out = (struct counts){ .machines = data->machines.n,
				.reports = data->reports.n };
	for (size_t i = 0; i < data->machines.n; i++) {
		const struct fleetdata_machine *machine = &data->machines.items[i];
		out->lost += machine->lost;
		out->left += is_left(machine);
		out->unread += is_unread(machine) && !is_left(machine);
		out->unread_lines += is_unread(machine) || has_failed(machine);
		out->incomplete += !is_unread(machine) &&
				   (machine->incomplete || machine->n_unread > 0 ||
				    has_failed(machine));
	}
	for (size_t i = 0; i < data->reports.n; i++) {
		const struct fleetdata_report *report = &data->reports.items[i];
		out->unread_reports += report->trouble != NULL;
		out->unread_lines += report->trouble || report->incomplete;
		out->faults += report->has_fault;
		if (!report->trouble)
			out->by_state[report->state]++;
	}
}

/* ---- the sentence ---- */

static void put_sentence(FILE *out, const struct counts *counts,
			 const struct fleetevents *events)
{
	if (counts->machines == 0)
		fprintf(out, "no machine was found");
	else if (counts->lost > 0)
		fprintf(out, "%zu of %zu machine%s lost profiles", counts->lost,
			counts->machines, plural(counts->machines));
	else
		fprintf(out, "none of %zu machine%s is known to have lost profiles",
			counts->machines, plural(counts->machines));
	if (events->n > 0)
		fprintf(out, "; %zu event%s of several machines", events->n,
			plural(events->n));
	if (counts->unread > 0)
		fprintf(out, "; %zu could not be read", counts->unread);
	if (counts->left > 0)
		fprintf(out, "; %zu %s not done", counts->left,
			counts->left == 1 ? "is" : "are");
	if (counts->incomplete > 0)
		fprintf(out, "; %zu %s incomplete", counts->incomplete,
			counts->incomplete == 1 ? "is" : "are");
}

char *fleetpage_sentence(const struct fleetdata *data, const struct fleetevents *events)
{
	struct counts counts;
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	count(data, &counts);
	if (out)
		put_sentence(out, &counts, events);
	return text_of_stream(out, &text);
}

/* ---- head and foot ---- */

static void put_header(struct index_markup *page, const struct counts *counts,
		       const struct fleetevents *events, const char *sentence)
{
	char first = *sentence >= 'a' && *sentence <= 'z' ? (char)(*sentence - 'a' + 'A')
							  : *sentence;

	indexmarkup_put(page,
			"<header>\n<p class=\"brand\">wmsdiff: MAPI profiles in "
			"registry hives, over many machines</p>\n<h1>%c",
			first);
	indexmarkup_words(page, sentence + 1);
	indexmarkup_put(page, "</h1>\n<nav aria-label=\"Contents\">\n<ul>\n"
			      "<li><a href=\"#page-answer\">The answer</a></li>\n"
			      "<li><a href=\"#page-time\">Losses over time</a></li>\n");
	if (events->n > 0)
		indexmarkup_put(page, "<li><a href=\"#page-events\">Events</a></li>\n");
	if (counts->faults > 0)
		indexmarkup_put(page, "<li><a href=\"#page-fault\">KB 817375</a></li>\n");
	if (counts->unread_lines > 0)
		indexmarkup_put(page, "<li><a href=\"#page-unread\">Could not be "
				      "read</a></li>\n");
	indexmarkup_put(page, "<li><a href=\"#page-reports\">Reports</a></li>\n</ul>\n"
			      "</nav>\n</header>\n<main>\n");
}

static void put_foot(struct index_markup *page, const struct fleetpage_given *given)
{
	indexmarkup_put(page, "</main>\n<footer>\n<p>The same as a table: <a href=\"" //
			INDEX_CSV_FILE "\">" INDEX_CSV_FILE "</a>");
	if (given->has_database)
		indexmarkup_put(page,
				", and as a database: <a href=\"" FLEETLINKS_DATABASE
				"\">" FLEETLINKS_DATABASE "</a>");
	indexmarkup_put(
		page,
		". In a dispute the XML reports and the bytes count.</p>\n<p>All times "
		"are UTC, from the clocks of the machines that wrote them. A bound is no "
		"moment. “Not found” means not found, and no more. Events are concluded; "
		"all else is what the reports say. The page has no script and fetches "
		"nothing.</p>\n</footer>\n</body>\n</html>\n");
}

/* ---- the answer ---- */

static void put_count(struct index_markup *page, const char *what, size_t n)
{
	if (n > 0)
		indexmarkup_put(page,
				"<tr><th scope=\"row\">%s</th>"
				"<td data-label=\"How many\">%zu</td></tr>\n",
				what, n);
}

static void put_table(struct index_markup *page, const char *caption, const char *what)
{
	indexmarkup_put(page,
			"<table>\n<caption>%s</caption>\n<thead><tr>"
			"<th scope=\"col\">%s</th><th scope=\"col\">How many</th></tr>"
			"</thead>\n<tbody>\n",
			caption, what);
}

static void put_troubles(struct index_markup *page, const struct fleetdata *data,
			 const struct fleetpage_given *given)
{
	if (data->n_rows_left_out > 0)
		indexmarkup_put(page,
				"<p class=\"notice\"><strong>Caution: </strong>%zu "
				"findings are left out here and in the tables: the "
				"reports have them.</p>\n",
				data->n_rows_left_out);
	if (given->n_troubles == 0)
		return;
	indexmarkup_put(page,
			"<div class=\"notice\"><p><strong>Caution: </strong>not all "
			"of the folder could be looked at:</p>\n<ul>\n");
	for (size_t i = 0; i < given->n_troubles && i < FLEETPAGE_MAX_ROWS; i++) {
		indexmarkup_put(page, "<li>");
		indexmarkup_text(page, given->troubles[i], NULL);
		indexmarkup_put(page, "</li>\n");
	}
	indexmarkup_put(page, "</ul></div>\n");
}

static void put_answer(struct index_markup *page, const struct fleetdata *data,
		       const struct counts *counts, const struct fleetpage_given *given)
{
	indexmarkup_put(page, "<section id=\"page-answer\" "
			      "aria-labelledby=\"page-answer-h\">\n"
			      "<h2 id=\"page-answer-h\">The answer</h2>\n");
	put_table(page, "Machines", "What came of them");
	put_count(page, "all", counts->machines);
	put_count(page, "lost profiles", counts->lost);
	put_count(page, "could not be read", counts->unread);
	put_count(page, "are not done", counts->left);
	put_count(page, "are incomplete", counts->incomplete);
	indexmarkup_put(page, "</tbody>\n</table>\n");
	put_table(page, "Reports, one for each user", "What they say");
	for (unsigned i = 0; i < INDEX_N_STATES; i++)
		put_count(page, indexdata_state_title(i), counts->by_state[i]);
	put_count(page, "cannot be indexed", counts->unread_reports);
	indexmarkup_put(page, "</tbody>\n</table>\n");
	put_troubles(page, data, given);
	indexmarkup_put(page, "</section>\n");
}

static void put_time(struct index_markup *page, const struct fleetdata *data)
{
	struct fleetchart chart;

	fleetchart_count(data, &chart);
	indexmarkup_put(page, "<section id=\"page-time\" "
			      "aria-labelledby=\"page-time-h\">\n"
			      "<h2 id=\"page-time-h\">Losses over time</h2>\n");
	fleetchart_write(&chart, page);
	indexmarkup_put(page, "</section>\n");
}

/* ---- machines of the fault ---- */

static void put_advices(struct index_markup *page, const struct fleetdata *data,
			const struct fleetdata_report *report)
{
	if (report->n_advices == 0)
		indexmarkup_put(page, "the report says it");
	else
		indexmarkup_put(page, "<ol>\n");
	for (uint32_t i = 0; i < report->n_advices; i++) {
		indexmarkup_put(page, "<li>");
		indexmarkup_text(page, data->advices.items[report->first_advice + i],
				 NULL);
		indexmarkup_put(page, "</li>\n");
	}
	if (report->n_advices > 0)
		indexmarkup_put(page, "</ol>\n");
}

static void put_faults(struct index_markup *page, const struct fleetdata *data,
		       const struct counts *counts)
{
	size_t shown = 0;

	if (counts->faults == 0)
		return;
	indexmarkup_put(page, "<section id=\"page-fault\" "
			      "aria-labelledby=\"page-fault-h\">\n"
			      "<h2 id=\"page-fault-h\">KB 817375 is supported</h2>\n<p>");
	indexmarkup_words(page, cause_sentence(CAUSE_KB_817375));
	indexmarkup_put(page, ".</p>\n");
	for (size_t i = 0; i < data->reports.n && shown < FLEETPAGE_MAX_ROWS; i++) {
		const struct fleetdata_report *report = &data->reports.items[i];
		if (!report->has_fault)
			continue;
		shown++;
		indexmarkup_put(page, "<article>\n<h3>");
		fleetlinks_who(page, data, report);
		indexmarkup_put(page, "</h3>\n<p>%u profile%s lost. ", report->n_losses,
				plural(report->n_losses));
		fleetlinks_report(page, report);
		indexmarkup_put(page, "</p>\n<p>What to do there:</p>\n");
		put_advices(page, data, report);
		indexmarkup_put(page, "</article>\n");
	}
	fleetlinks_rest(page, counts->faults - shown);
	indexmarkup_put(page, "</section>\n");
}

/* ---- what could not be read ---- */

static void put_why(struct index_markup *page, const struct fleetdata_machine *machine)
{
	if (has_failed(machine)) {
		indexmarkup_text(page, machine->outcome.outcome, NULL);
		if (machine->outcome.reason) {
			indexmarkup_put(page, ": ");
			indexmarkup_text(page, machine->outcome.reason, NULL);
		}
	} else if (is_left(machine)) {
		indexmarkup_put(page, "it is not done");
	} else if (machine->n_unread > 0) {
		indexmarkup_put(page, "its reports cannot be indexed");
	} else {
		indexmarkup_put(page, "it has no report");
	}
}

static bool put_machine(struct index_markup *page,
			const struct fleetdata_machine *machine)
{
	if (!is_unread(machine) && !has_failed(machine))
		return false;
	indexmarkup_put(page, "<tr><th scope=\"row\" data-label=\"Machine\">");
	indexmarkup_text(page, machine->name, NULL);
	indexmarkup_put(page, "</th><td data-label=\"Why\">");
	put_why(page, machine);
	indexmarkup_put(page, "</td><td data-label=\"More\">");
	if (machine->errors)
		indexmarkup_link(page, machine->errors, "what was said");
	indexmarkup_put(page, "</td></tr>\n");
	return true;
}

/* A report that says itself that not all could be read: why, if its unit tells it. */
static bool put_incomplete(struct index_markup *page, const struct fleetdata *data,
			   const struct fleetdata_report *report)
{
	const struct fleetoutcome *outcome =
		&data->machines.items[report->machine].outcome;
	bool tells = outcome->reason && strcmp(outcome->outcome, "incomplete") == 0;

	indexmarkup_put(page, "<tr><th scope=\"row\" data-label=\"Machine\">");
	fleetlinks_who(page, data, report);
	indexmarkup_put(page, "</th><td data-label=\"Why\">incomplete: ");
	indexmarkup_text(page, tells ? outcome->reason : report->answer, NULL);
	indexmarkup_put(page, "</td><td data-label=\"More\">");
	fleetlinks_report(page, report);
	indexmarkup_put(page, "</td></tr>\n");
	return true;
}

static bool put_report(struct index_markup *page, const struct fleetdata *data,
		       const struct fleetdata_report *report)
{
	if (!report->trouble)
		return report->incomplete && put_incomplete(page, data, report);
	indexmarkup_put(page, "<tr><th scope=\"row\" data-label=\"Machine\">");
	indexmarkup_text(page, data->machines.items[report->machine].name, NULL);
	indexmarkup_put(page, "</th><td data-label=\"Why\">");
	indexmarkup_text(page, report->trouble, NULL);
	indexmarkup_put(page, "</td><td data-label=\"More\" class=\"mono path\">");
	indexmarkup_link(page, report->path, report->path);
	indexmarkup_put(page, "</td></tr>\n");
	return true;
}

static void put_unread(struct index_markup *page, const struct fleetdata *data,
		       const struct counts *counts)
{
	size_t shown = 0;

	if (counts->unread_lines == 0)
		return;
	indexmarkup_put(page, "<section id=\"page-unread\" "
			      "aria-labelledby=\"page-unread-h\">\n"
			      "<h2 id=\"page-unread-h\">Could not be read, or not "
			      "all</h2>\n<table>\n"
			      "<thead><tr><th scope=\"col\">Machine</th>"
			      "<th scope=\"col\">Why</th><th scope=\"col\">More</th></tr>"
			      "</thead>\n<tbody>\n");
	for (size_t i = 0; i < data->machines.n && shown < FLEETPAGE_MAX_ROWS; i++)
		shown += put_machine(page, &data->machines.items[i]);
	for (size_t i = 0; i < data->reports.n && shown < FLEETPAGE_MAX_ROWS; i++)
		shown += put_report(page, data, &data->reports.items[i]);
	indexmarkup_put(page, "</tbody>\n</table>\n");
	fleetlinks_rest(page, counts->unread_lines - shown);
	indexmarkup_put(page, "</section>\n");
}

/* ---- the reports ---- */

static void put_line(struct index_markup *page, const struct fleetdata *data,
		     const struct fleetdata_report *report)
{
	indexmarkup_put(page, "<tr><th scope=\"row\" data-label=\"Machine\">");
	fleetlinks_who(page, data, report);
	indexmarkup_put(page, "</th><td data-label=\"What\">");
	indexmarkup_badge(page, indexdata_state_word(report->state));
	if (report->incomplete) {
		indexmarkup_put(page, " ");
		indexmarkup_badge(page, "incomplete");
	}
	indexmarkup_put(page, "</td><td data-label=\"Answer\">");
	indexmarkup_text(page, report->answer, NULL);
	indexmarkup_put(page, "</td><td data-label=\"Report\">");
	fleetlinks_report(page, report);
	indexmarkup_put(page, "</td></tr>\n");
}

/* The worst first, and in each state by machine. */
static void put_reports(struct index_markup *page, const struct fleetdata *data,
			const struct counts *counts)
{
	size_t shown = 0;

	indexmarkup_put(page, "<section id=\"page-reports\" "
			      "aria-labelledby=\"page-reports-h\">\n"
			      "<h2 id=\"page-reports-h\">Reports</h2>\n<table>\n"
			      "<thead><tr><th scope=\"col\">Machine</th>"
			      "<th scope=\"col\">What</th><th scope=\"col\">Answer</th>"
			      "<th scope=\"col\">Report</th></tr></thead>\n<tbody>\n");
	for (unsigned state = 0; state < INDEX_N_STATES; state++)
		for (size_t i = 0; i < data->reports.n && shown < FLEETPAGE_MAX_ROWS;
		     i++) {
			const struct fleetdata_report *report = &data->reports.items[i];
			if (report->trouble || report->state != (enum index_state)state)
				continue;
			put_line(page, data, report);
			shown++;
		}
	indexmarkup_put(page, "</tbody>\n</table>\n");
	fleetlinks_rest(page, counts->reports - counts->unread_reports - shown);
	indexmarkup_put(page, "</section>\n");
}

enum status fleetpage_write(const struct fleetdata *data,
			    const struct fleetevents *events,
			    const struct fleetpage_given *given, struct output *output)
{
	struct index_markup page = { .output = output };
	char *sentence = fleetpage_sentence(data, events);
	struct counts counts;

	if (!sentence)
		return STATUS_NOMEM;
	count(data, &counts);
	indexmarkup_head(&page, sentence);
	put_header(&page, &counts, events, sentence);
	put_answer(&page, data, &counts, given);
	put_time(&page, data);
	fleeteventspage_write(&page, data, events);
	put_faults(&page, data, &counts);
	put_unread(&page, data, &counts);
	put_reports(&page, data, &counts);
	put_foot(&page, given);
	free(sentence);
	return page.nomem ? STATUS_NOMEM : STATUS_OK;
}
