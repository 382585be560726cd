/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Times run downwards, one row for each second at which something stands; what
 * lies between two rows is written, not measured, since minutes matter beside
 * years.  Bounds are bars from row to row, moments are marks: the two are
 * never drawn alike.  Layout is done here, for a stylesheet cannot sort and
 * measure well.
 */
#include "report/page/pagetimelinerows.h"

#include "base/text.h"
#include "report/page/pagetime.h"
#include "report/page/pagexml.h"

#include <libxml/tree.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Rows that are drawn. */
#define MAX_ROWS 60
/* Names that one line tells. */
#define MAX_NAMES 3
/* Characters of a line, and lines of an entry, in the drawing's width. */
#define LINE_CHARACTERS 40
#define MAX_LINES 3

#define LINE_HEIGHT 17
#define ROW_GAP 24

static const char *const kind_words[] = {
	[MARK_MOMENT] = "moment", [MARK_EARLIEST] = "earliest", [MARK_LATEST] = "latest",
	[MARK_STORE] = "store",	  [MARK_SNAPSHOT] = "snapshot", [MARK_EVENT] = "event",
};

static xmlNodePtr child_of(struct chart *chart, xmlNodePtr parent, const char *name)
{
	xmlNodePtr child = parent ? xmlNewChild(parent, NULL, x(name), NULL) : NULL;

	if (!child)
		chart->status = STATUS_NOMEM;
	return child;
}

static void set(struct chart *chart, xmlNodePtr node, const char *name, const char *value)
{
	if (!node || !xmlNewProp(node, x(name), x(value)))
		chart->status = STATUS_NOMEM;
}

static void set_number(struct chart *chart, xmlNodePtr node, const char *name, size_t n)
{
	char digits[24];

	(void)snprintf(digits, sizeof(digits), "%zu", n);
	set(chart, node, name, digits);
}

/* Bytes of the first `max` characters of a text, or of all of it. */
static size_t characters(const char *text, size_t max)
{
	size_t i = 0;

	for (size_t n = 0; text[i]; i++)
		if (((unsigned char)text[i] & 0xC0) != 0x80 && n++ == max)
			break;
	return i;
}

/* Lines of an entry, broken at blanks where there are any.  Return: how many. */
static size_t put_lines(struct chart *chart, xmlNodePtr item, const char *text, size_t y)
{
	size_t n = 0;

	while (*text && n < MAX_LINES) {
		char line[4 * LINE_CHARACTERS + 8];
		size_t fit = characters(text, LINE_CHARACTERS), end = fit;
		while (text[fit] && end > 0 && text[end] != ' ')
			end--;
		if (end == 0)
			end = fit;
		(void)snprintf(line, sizeof(line), "%.*s%s", (int)end, text,
			       n + 1 == MAX_LINES && text[end] ? "\xE2\x80\xA6" : "");
		xmlNodePtr node = child_of(chart, item, "line");
		set_number(chart, node, "y", y + n * LINE_HEIGHT);
		set(chart, node, "text", line);
		n++;
		text += end;
		text += strspn(text, " ");
	}
	return n;
}

/* "7 profiles: deleted at this moment", or the few names.  Return: malloc'ed or NULL. */
static char *words_of(const struct mark *marks, size_t n)
{
	bool deletion = marks->kind <= MARK_LATEST;
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	if (!out)
		return text_of_stream(out, &text);
	if (!deletion)
		fprintf(out, "%s: ", marks->what);
	if (n > MAX_NAMES && deletion)
		fprintf(out, "%zu profiles ", n);
	for (size_t i = 0; i < n && (n <= MAX_NAMES || !deletion); i++)
		fprintf(out, "%s%s", i > 0 ? ", " : "",
			marks[i].name && *marks[i].name ? marks[i].name : "(name lost)");
	if (deletion)
		fprintf(out, "%s%s", n > MAX_NAMES ? "" : ": ", marks->what);
	if (marks->log)
		fprintf(out, " (only the log tells, from entry %s on)", marks->log);
	return text_of_stream(out, &text);
}

/* One entry: marks of one kind and one saying.  Return: its lines. */
static size_t put_item(struct chart *chart, xmlNodePtr row, const struct mark *marks,
		       size_t n, size_t y)
{
	xmlNodePtr item = child_of(chart, row, "item");
	char *words = words_of(marks, n);
	size_t lines = 1;

	set(chart, item, "kind", kind_words[marks->kind]);
	set_number(chart, item, "y", y);
	set_number(chart, item, "n", n);
	if (marks->id)
		set(chart, item, "ref", marks->id);
	if (marks->log)
		set(chart, item, "log", marks->log);
	if (words) {
		set(chart, item, "text", words);
		lines = put_lines(chart, item, words, y);
	} else {
		chart->status = STATUS_NOMEM;
	}
	free(words);
	return lines;
}

static bool share_line(const struct mark *a, const struct mark *b)
{
	return a->kind == b->kind && strcmp(a->what, b->what) == 0 &&
	       pagexml_same(a->log, b->log);
}

/* The entries of one second, of which there are n.  Return: where the next row is. */
static size_t put_row(struct chart *chart, xmlNodePtr timeline, size_t from, size_t n,
		      size_t y)
{
	const struct mark *marks = &chart->items[from];
	xmlNodePtr row = child_of(chart, timeline, "row");
	char gap[64];

	set(chart, row, "time", marks->time);
	set_number(chart, row, "y", y);
	if (from > 0) {
		pagetime_distance(marks[-1].time, marks->time, gap, sizeof(gap));
		set(chart, row, "gap", gap);
	}
	for (size_t i = 0, same_line; i < n; i += same_line) {
		for (same_line = 1; i + same_line < n; same_line++)
			if (!share_line(&marks[i], &marks[i + same_line]))
				break;
		y += LINE_HEIGHT *
		     put_item(chart, row, &marks[i], same_line, y + LINE_HEIGHT);
	}
	return y + LINE_HEIGHT + ROW_GAP;
}

/* Where the row of that time is, or of the first behind it; 0 if there is none. */
static const char *row_at(const xmlNode *timeline, const char *time)
{
	for (const xmlNode *row = timeline->children; row; row = row->next)
		if (pagexml_is(row, "row") &&
		    strncmp(pagexml_value(row, "time"), time, PAGETIME_TO_SECOND) >= 0)
			return pagexml_value(row, "y");
	return "0";
}

static void put_bars(struct chart *chart, xmlNodePtr timeline)
{
	for (size_t i = 0; i < chart->n_bars && chart->status == STATUS_OK; i++) {
		const struct bar *bar = &chart->bars[i];
		xmlNodePtr node = child_of(chart, timeline, "bar");
		set_number(chart, node, "lane", i);
		set_number(chart, node, "n", bar->n);
		if (bar->from)
			set(chart, node, "from", row_at(timeline, bar->from));
		if (bar->to)
			set(chart, node, "to", row_at(timeline, bar->to));
	}
}

void pagetimelinerows_put(struct chart *chart, xmlNodePtr root)
{
	xmlNodePtr timeline = child_of(chart, root, "timeline");
	size_t y = 16, rows = 0, from = 0, n = 0;

	for (; from < chart->n && rows < MAX_ROWS && chart->status == STATUS_OK;
	     from += n, rows++) {
		for (n = 1; from + n < chart->n; n++)
			if (strncmp(chart->items[from].time, chart->items[from + n].time,
				    PAGETIME_TO_SECOND) != 0)
				break;
		y = put_row(chart, timeline, from, n, y);
	}
	if (chart->status == STATUS_OK)
		put_bars(chart, timeline);
	set_number(chart, timeline, "height", y - ROW_GAP + LINE_HEIGHT);
	set_number(chart, timeline, "left", chart->n - from);
	set_number(chart, timeline, "bars_left", chart->n_bars_left);
}
