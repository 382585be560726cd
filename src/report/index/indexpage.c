/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The page of the index, written from its head to its foot in one go: what came of all, a
 * section for each state of subjects, the worst first, and in it each subject with what it
 * lost, when, why, and whether it can be brought back.  It has the look of the reports'
 * pages and their policy: no script, and nothing is fetched.
 */
#include "report/index/indexpage.h"

#include "cause/cause.h"
#include "report/index/indexmarkup.h"
#include "report/index/indexorder.h"

#include <stdlib.h>
#include <string.h>

/* Files of a subject, and names in the answer. */
#define MAX_PATHS 4
#define MAX_NAMES 8

#define UNREAD_TITLE "What could not be read"

static const char *plural(size_t n)
{
	return n == 1 ? "" : "s";
}

/* At the beginning of a headline. */
static char upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

/* ---- head and foot ---- */

static void put_header(struct index_markup *page, const struct index *index,
		       const struct index_counts *counts, const char *sentence)
{
	indexmarkup_put(page,
			"<header>\n<p class=\"brand\">wmsdiff: MAPI profiles in "
			"registry hives</p>\n<h1>%c",
			upper(*sentence));
	indexmarkup_words(page, sentence + 1);
	indexmarkup_put(page, "</h1>\n<nav aria-label=\"Contents\">\n<ul>\n"
			      "<li><a href=\"#page-answer\">The answer</a></li>\n");
	for (unsigned i = 0; i < INDEX_N_STATES; i++)
		if (counts->by_state[i] > 0)
			indexmarkup_put(page, "<li><a href=\"#page-%s\">%s</a></li>\n",
					indexdata_state_word(i),
					indexdata_state_title(i));
	if (indexdata_n_unread(index) > 0)
		indexmarkup_put(page, "<li><a href=\"#page-unread\">" UNREAD_TITLE
				      "</a></li>\n");
	indexmarkup_put(page, "</ul>\n</nav>\n</header>\n<main>\n");
}

static void put_foot(struct index_markup *page)
{
	indexmarkup_put(
		page,
		"</main>\n<footer>\n<p>The same as a table: <a href=\"" INDEX_CSV_FILE
		"\">" INDEX_CSV_FILE "</a> and <a href=\"" INDEX_JSONL_FILE
		"\">" INDEX_JSONL_FILE "</a>. In a dispute the XML reports and the bytes "
		"count.</p>\n<p>All times are UTC, from the clocks of the machines that "
		"wrote them. A bound is no moment. Characters that would not show, or "
		"would change the order of others, are written as "
		"<span class=\"mono\">\\u{…}</span>. “Not found” means not found, and no "
		"more. The page has no script and fetches nothing.</p>\n</footer>\n"
		"</body>\n</html>\n");
}

/* ---- the answer ---- */

static void put_name(struct index_markup *page, const struct index_subject *subject)
{
	if (*subject->name)
		indexmarkup_text(page, subject->name, NULL);
	else if (subject->n_paths > 0)
		indexmarkup_text(page, subject->paths[subject->n_paths - 1], NULL);
	else
		indexmarkup_put(page, "<span class=\"dim\">(name not known)</span>");
}

/* The first of those of one state, by name. */
static void put_names(struct index_markup *page,
		      const struct index_subject *const *subjects, size_t n)
{
	for (size_t i = 0; i < n && i < MAX_NAMES; i++) {
		indexmarkup_put(page, i > 0 ? ", " : "");
		put_name(page, subjects[i]);
	}
	if (n > MAX_NAMES)
		indexmarkup_put(page, " and %zu more", n - MAX_NAMES);
}

static void put_answer(struct index_markup *page, const struct index *index,
		       const struct index_counts *counts,
		       const struct index_subject *const *subjects)
{
	indexmarkup_put(page,
			"<section id=\"page-answer\" "
			"aria-labelledby=\"page-answer-h\">\n"
			"<h2 id=\"page-answer-h\">The answer</h2>\n"
			"<table>\n<caption>%zu subject%s, by what came of "
			"them</caption>\n<thead><tr><th scope=\"col\">What</th>"
			"<th scope=\"col\">Subjects</th><th scope=\"col\">Who</th></tr>"
			"</thead>\n<tbody>\n",
			counts->subjects, plural(counts->subjects));
	for (unsigned i = 0; i < INDEX_N_STATES; i++) {
		if (counts->by_state[i] == 0)
			continue;
		indexmarkup_put(page,
				"<tr><th scope=\"row\"><a href=\"#page-%s\">%s</a></th>"
				"<td data-label=\"Subjects\">%zu</td>"
				"<td data-label=\"Who\">",
				indexdata_state_word(i), indexdata_state_title(i),
				counts->by_state[i]);
		put_names(page, subjects, counts->by_state[i]);
		indexmarkup_put(page, "</td></tr>\n");
		subjects += counts->by_state[i];
	}
	indexmarkup_put(page, "</tbody>\n</table>\n");
	if (index->n_rows_left_out > 0)
		indexmarkup_put(page,
				"<p class=\"notice\"><strong>Caution: </strong>%zu "
				"findings are left out here and in the tables: the "
				"reports have them.</p>\n",
				index->n_rows_left_out);
	indexmarkup_put(page, "</section>\n");
}

/* ---- one row ---- */

static void put_when(struct index_markup *page, const struct index_row *row)
{
	bool conflict =
		row->time_certainty && strcmp(row->time_certainty, "contradictory") == 0;

	if (row->moment_ft && !conflict) {
		indexmarkup_put(page, "at <strong>");
		indexmarkup_time(page, row->moment_ft);
		indexmarkup_put(page,
				"</strong> (the moment: last write of the profile’s "
				"own key)");
		return;
	}
	if (conflict)
		indexmarkup_put(page, "the times contradict each other: ");
	if (row->from_ft) {
		indexmarkup_put(page, "not before ");
		indexmarkup_time(page, row->from_ft);
	}
	if (row->to_ft) {
		indexmarkup_put(page, row->from_ft ? " and not after " : "not after ");
		indexmarkup_time(page, row->to_ft);
	}
	if (row->from_ft || row->to_ft)
		indexmarkup_put(page, row->from_ft && row->to_ft
					      ? " (bounds; the moment is not known)"
					      : " (a bound; the moment is not known)");
	else
		indexmarkup_put(page, "nothing tells when");
}

static void put_why(struct index_markup *page, const struct index_row *row)
{
	bool open = row->fate ||
		    (row->certainty && strcmp(row->certainty, "unresolved") == 0);

	if (!row->weighed) {
		indexmarkup_put(page, open ? "not determined"
					   : "<span class=\"dim\">no loss</span>");
		return;
	}
	indexmarkup_put(page, "<bdi>%s</bdi> ", cause_word(row->cause));
	indexmarkup_badge(page, grade_word(row->grade));
	indexmarkup_put(page, "<br>");
	indexmarkup_words(page, cause_name(row->cause));
}

static void put_restored(struct index_markup *page, const struct index_row *row)
{
	if (!row->restore) {
		indexmarkup_put(page, "<span class=\"dim\">%s</span>",
				row->fate ? "no .reg file was made"
					  : "nothing to restore");
		return;
	}
	if (row->restore_file) {
		indexmarkup_put(page, "<span class=\"mono\">");
		indexmarkup_link(page, row->restore_file, row->restore_file);
		indexmarkup_put(page, "</span>");
		return;
	}
	indexmarkup_badge(page, row->restore);
	if (row->restore_reason) {
		indexmarkup_put(page, " because ");
		indexmarkup_words(page, row->restore_why);
	}
}

static void put_what(struct index_markup *page, const struct index_row *row)
{
	indexmarkup_badge(page, row->kind);
	if (row->certainty) {
		indexmarkup_put(page, " ");
		indexmarkup_badge(page, row->certainty);
	}
	/* What a later state made of it; "gone" goes without saying. */
	if (row->fate && strcmp(row->fate, "back") == 0)
		indexmarkup_put(page, " and is back since");
	else if (row->fate && strcmp(row->fate, "whole") == 0)
		indexmarkup_put(page, " and is whole since");
	else if (row->fate && strcmp(row->fate, "later") == 0)
		indexmarkup_put(page, " and was there again since");
	if (row->new_name) {
		indexmarkup_put(page, " now ");
		indexmarkup_text(page, row->new_name, NULL);
	}
	if (row->store_path) {
		indexmarkup_put(page, "<br><span class=\"dim path\">");
		indexmarkup_text(page, row->store_path, NULL);
		indexmarkup_put(page, "</span>");
	}
}

static void put_row(struct index_markup *page, const struct index_row *row)
{
	indexmarkup_put(page, "<tr><th scope=\"row\" data-label=\"Profile\">");
	if (row->profile)
		indexmarkup_text(page, row->profile, row->profile_utf16);
	else
		indexmarkup_put(page, "<span class=\"dim\">(%s)</span>",
				row->note ? "name lost" : "the list");
	indexmarkup_put(page, "</th><td data-label=\"What\">");
	put_what(page, row);
	indexmarkup_put(page, "</td><td data-label=\"When\">");
	put_when(page, row);
	indexmarkup_put(page, "</td><td data-label=\"Why, most likely\">");
	put_why(page, row);
	indexmarkup_put(page, "</td><td data-label=\"Can it be restored\">");
	put_restored(page, row);
	indexmarkup_put(page, "</td></tr>\n");
}

static void put_rows(struct index_markup *page, const struct index *index,
		     const struct index_subject *subject)
{
	size_t n = 0, n_others = 0;

	for (size_t i = 0; i < subject->n_rows; i++) {
		const struct index_row *row = &index->rows.items[subject->first_row + i];
		if (!row->on_page) {
			n_others += row->change > 0;
			continue;
		}
		if (n++ == 0)
			indexmarkup_put(
				page, "<table>\n<thead><tr><th scope=\"col\">Profile</th>"
				      "<th scope=\"col\">What</th><th scope=\"col\">When"
				      "</th><th scope=\"col\">Why, most likely</th>"
				      "<th scope=\"col\">Can it be restored</th></tr>"
				      "</thead>\n<tbody>\n");
		if (n <= INDEXPAGE_MAX_ROWS)
			put_row(page, row);
	}
	if (n > 0)
		indexmarkup_put(page, "</tbody>\n</table>\n");
	if (n > INDEXPAGE_MAX_ROWS)
		indexmarkup_put(page,
				"<p class=\"cut\">%zu more are in the table and in "
				"the report.</p>\n",
				n - INDEXPAGE_MAX_ROWS);
	if (n_others > 0)
		indexmarkup_put(page,
				"<p class=\"dim\">%zu other change%s: what was added or "
				"modified.</p>\n",
				n_others, plural(n_others));
}

/* ---- one subject ---- */

static void put_links(struct index_markup *page, const struct index_subject *subject)
{
	if (subject->page)
		indexmarkup_link(page, subject->page, "Page");
	if (subject->page && subject->report)
		indexmarkup_put(page, " · ");
	if (subject->report)
		indexmarkup_link(page, subject->report, "XML report");
}

static void put_who(struct index_markup *page, const struct index_subject *subject)
{
	const char *gap = "";

	if (!subject->sid && !subject->role)
		return;
	indexmarkup_put(page, "<p class=\"dim\">");
	if (subject->role) {
		indexmarkup_badge(page, subject->role);
		gap = " ";
	}
	if (subject->sid) {
		indexmarkup_put(page, "%s<span class=\"mono\">", gap);
		indexmarkup_text(page, subject->sid, NULL);
		indexmarkup_put(page, "</span>");
	}
	indexmarkup_put(page, "</p>\n");
}

static void put_paths(struct index_markup *page, const struct index_subject *subject)
{
	for (size_t i = 0; i < subject->n_paths && i < MAX_PATHS; i++) {
		indexmarkup_put(page, "<li class=\"mono path\">");
		indexmarkup_text(page, subject->paths[i], NULL);
		indexmarkup_put(page, "</li>\n");
	}
	if (subject->n_paths > MAX_PATHS)
		indexmarkup_put(page, "<li class=\"dim\">and %zu more</li>\n",
				subject->n_paths - MAX_PATHS);
}

/* With all that is known of what it lost. */
static void put_subject(struct index_markup *page, const struct index *index,
			const struct index_subject *subject)
{
	indexmarkup_put(page, "<article>\n<h3>");
	put_name(page, subject);
	indexmarkup_put(page, "</h3>\n");
	put_who(page, subject);
	indexmarkup_put(page, "<p>");
	indexmarkup_text(page, subject->answer, NULL);
	if (subject->exit_status == 2) {
		indexmarkup_put(page, " ");
		indexmarkup_badge(page, "incomplete");
	}
	indexmarkup_put(page, "</p>\n");
	if (subject->report || subject->page) {
		indexmarkup_put(page, "<p>");
		put_links(page, subject);
		indexmarkup_put(page, "</p>\n");
	}
	put_rows(page, index, subject);
	indexmarkup_put(page, "<ul class=\"plain dim\">\n");
	put_paths(page, subject);
	indexmarkup_put(page, "</ul>\n</article>\n");
}

/* Of those that are not known to have lost something: a line. */
static void put_line(struct index_markup *page, const struct index_subject *subject)
{
	indexmarkup_put(page, "<tr><th scope=\"row\" data-label=\"Subject\">");
	put_name(page, subject);
	indexmarkup_put(page, "</th><td data-label=\"Security id\" class=\"mono\">");
	if (subject->sid)
		indexmarkup_text(page, subject->sid, NULL);
	indexmarkup_put(page, "</td><td data-label=\"Answer\">");
	indexmarkup_text(page, subject->answer, NULL);
	if (subject->exit_status == 2) {
		indexmarkup_put(page, " ");
		indexmarkup_badge(page, "incomplete");
	}
	indexmarkup_put(page, "</td><td data-label=\"Report, or file\">");
	if (subject->report || subject->page) {
		put_links(page, subject);
	} else if (subject->n_paths > 0) {
		indexmarkup_put(page, "<span class=\"mono path\">");
		indexmarkup_text(page, subject->paths[subject->n_paths - 1], NULL);
		indexmarkup_put(page, "</span>");
	}
	indexmarkup_put(page, "</td></tr>\n");
}

/* ---- subjects of one state ---- */

/* Those of which there is no row of a profile to show. */
static bool is_brief(enum index_state state)
{
	switch (state) {
	case INDEX_LOST:
	case INDEX_MISSING:
	case INDEX_IN_DOUBT:
	case INDEX_BACK:
		return false;
	case INDEX_UNREADABLE:
	case INDEX_UNPAIRED:
	case INDEX_CHANGED:
	case INDEX_UNCHANGED:
	case INDEX_NONE_FOUND:
		break;
	}
	return true;
}

static void put_state(struct index_markup *page, const struct index *index,
		      const struct index_subject *const *subjects, size_t n)
{
	enum index_state state = subjects[0]->state;
	const char *word = indexdata_state_word(state);

	indexmarkup_put(page,
			"<section id=\"page-%s\" aria-labelledby=\"page-%s-h\">\n"
			"<h2 id=\"page-%s-h\">%s</h2>\n",
			word, word, word, indexdata_state_title(state));
	if (is_brief(state))
		indexmarkup_put(page,
				"<table>\n<thead><tr><th scope=\"col\">Subject</th>"
				"<th scope=\"col\">Security id</th>"
				"<th scope=\"col\">Answer</th>"
				"<th scope=\"col\">Report, or file</th></tr></thead>\n"
				"<tbody>\n");
	for (size_t i = 0; i < n && i < INDEXPAGE_MAX_SUBJECTS; i++) {
		if (is_brief(state))
			put_line(page, subjects[i]);
		else
			put_subject(page, index, subjects[i]);
	}
	if (is_brief(state))
		indexmarkup_put(page, "</tbody>\n</table>\n");
	if (n > INDEXPAGE_MAX_SUBJECTS)
		indexmarkup_put(page, "<p class=\"cut\">%zu more are in the table.</p>\n",
				n - INDEXPAGE_MAX_SUBJECTS);
	indexmarkup_put(page, "</section>\n");
}

/* Files and folders that could not be read, whoever they are of. */
static void put_unread(struct index_markup *page, const struct index *index)
{
	size_t n = indexdata_n_unread(index);

	if (n == 0)
		return;
	indexmarkup_put(page, "<section id=\"page-unread\" "
			      "aria-labelledby=\"page-unread-h\">\n"
			      "<h2 id=\"page-unread-h\">" UNREAD_TITLE "</h2>\n"
			      "<p>What these hold is not in the answer.</p>\n<ul>\n");
	for (size_t i = 0; i < n && i < INDEXPAGE_MAX_UNREAD; i++) {
		struct index_row row;
		indexdata_unread_row(index, i, &row);
		indexmarkup_put(page, "<li class=\"path\">");
		indexmarkup_text(page, row.note, NULL);
		indexmarkup_put(page, "</li>\n");
	}
	indexmarkup_put(page, "</ul>\n");
	if (n > INDEXPAGE_MAX_UNREAD)
		indexmarkup_put(page, "<p class=\"cut\">%zu more are in the table.</p>\n",
				n - INDEXPAGE_MAX_UNREAD);
	indexmarkup_put(page, "</section>\n");
}

/* Before all else, so that no stand-in is taken for a name. */
static void put_redaction(struct index_markup *page, const struct index *index)
{
	char *counts = index->redact ? redact_sentence(index->redact) : NULL;

	if (!index->redact)
		return;
	indexmarkup_put(
		page,
		"<p id=\"page-redaction\"><strong>Redacted.</strong> Stand-ins such "
		"as user-1 or path-2 are in place of personal data: ");
	indexmarkup_words(page, counts ? counts : "out of memory");
	indexmarkup_put(page, ".</p>\n");
	page->nomem |= !counts;
	free(counts);
}

enum status indexpage_write(const struct index *index, struct output *output)
{
	struct index_markup page = { .output = output };
	const struct index_subject **subjects = NULL;
	struct index_counts counts;
	char *sentence = indexdata_sentence(index);

	if (!sentence || indexorder_by_state(index, &subjects) != STATUS_OK) {
		free(sentence);
		return STATUS_NOMEM;
	}
	indexdata_count(index, &counts);
	indexmarkup_head(&page, sentence);
	put_header(&page, index, &counts, sentence);
	put_redaction(&page, index);
	put_answer(&page, index, &counts, subjects);
	for (size_t i = 0, n; i < index->subjects.n; i += n) {
		n = counts.by_state[subjects[i]->state];
		put_state(&page, index, subjects + i, n);
	}
	put_unread(&page, index);
	put_foot(&page);
	free(subjects);
	free(sentence);
	return page.nomem ? STATUS_NOMEM : STATUS_OK;
}
