/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Times run downwards, one row for each second at which something stands; what
 * lies between two rows is written, not measured, since minutes matter beside
 * years.  Bounds are bars from row to row, moments are marks: the two are
 * never drawn alike.  Layout is done here, for a stylesheet cannot sort and
 * measure well.
 */
#include "report/pagechart.h"

#include "base/array.h"

#include <libxml/tree.h>

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Entries that are laid out at most, and rows that are drawn of them. */
#define MAX_MARKS 4000
#define MAX_ROWS 60
/* Bars beside one another; more would leave no room for words. */
#define MAX_BARS 5
/* Names that one line tells. */
#define MAX_NAMES 3
/* Characters of a line, and lines of an entry, in the drawing's width. */
#define LINE_CHARACTERS 40
#define MAX_LINES 3

/* "2003-03-18T09:14:07": what of a time makes a row. */
#define ROW_CHARACTERS 19

#define LINE_HEIGHT 17
#define ROW_GAP 34

enum mark_kind {
	MARK_MOMENT, /* a profile went at this time */
	MARK_EARLIEST,
	MARK_LATEST,
	MARK_STORE,
	MARK_SNAPSHOT,
	MARK_EVENT,
};

static const char *const kind_words[] = {
	[MARK_MOMENT] = "moment", [MARK_EARLIEST] = "earliest", [MARK_LATEST] = "latest",
	[MARK_STORE] = "store",	  [MARK_SNAPSHOT] = "snapshot", [MARK_EVENT] = "event",
};

struct mark {
	const char *time; /* borrowed from the tree, of the right form */
	enum mark_kind kind;
	const char *what; /* the words that marks of one line share */
	const char *name; /* what tells them apart; NULL if there is nothing */
	const char *id;	  /* where the page tells more; NULL if nowhere */
	size_t order;	  /* in the report */
};

struct bar {
	const char *from, *to; /* NULL: open to that side */
	size_t n;
};

struct chart {
	struct mark *items;
	size_t n, cap;
	struct bar bars[MAX_BARS];
	size_t n_bars, n_bars_left;
	enum status status;
};

static const xmlChar *x(const char *text)
{
	return (const xmlChar *)text;
}

/* ---- gathering ---- */

/* Attributes of the tree have one text or none. */
static const char *value_of(const xmlNode *node, const char *name)
{
	for (const xmlAttr *a = node->properties; a; a = a->next)
		if (strcmp((const char *)a->name, name) == 0)
			return a->children ? (const char *)a->children->content : "";
	return NULL;
}

static bool is_element(const xmlNode *node, const char *name)
{
	return node->type == XML_ELEMENT_NODE &&
	       strcmp((const char *)node->name, name) == 0;
}

/* "dddd-dd-ddTdd:dd:dd.": reports of others may hold anything. */
static bool is_time(const char *text)
{
	static const char form[] = "0000-00-00T00:00:00.";

	for (size_t i = 0; text && form[i]; i++)
		if (form[i] == '0' ? text[i] < '0' || text[i] > '9' : text[i] != form[i])
			return false;
	return text != NULL;
}

static void add(struct chart *chart, struct mark mark)
{
	enum status status;

	if (!is_time(mark.time))
		return;
	status = ARRAY_RESERVE(chart, MAX_MARKS);
	if (status == STATUS_NOMEM)
		chart->status = status;
	if (status != STATUS_OK)
		return;
	mark.order = chart->n;
	chart->items[chart->n++] = mark;
}

static bool same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static void add_bar(struct chart *chart, const char *from, const char *to)
{
	for (size_t i = 0; i < chart->n_bars; i++)
		if (same(chart->bars[i].from, from) && same(chart->bars[i].to, to)) {
			chart->bars[i].n++;
			return;
		}
	if (chart->n_bars == MAX_BARS)
		chart->n_bars_left++;
	else
		chart->bars[chart->n_bars++] = (struct bar){ from, to, 1 };
}

/* The moment where one is known, else the bounds. */
static void add_deletion(struct chart *chart, const xmlNode *change,
			 const xmlNode *deletion)
{
	const char *name = value_of(change, "profile"), *id = value_of(change, "id");
	const char *at = value_of(deletion, "at");
	const char *from = value_of(deletion, "earliest");
	const char *to = value_of(deletion, "latest");

	from = is_time(from) ? from : NULL;
	to = is_time(to) ? to : NULL;
	if (is_time(at)) {
		add(chart, (struct mark){ at, MARK_MOMENT, "deleted at this moment", name,
					  id, 0 });
		return;
	}
	add(chart, (struct mark){ from, MARK_EARLIEST, "deleted, but not before this",
				  name, id, 0 });
	add(chart,
	    (struct mark){ to, MARK_LATEST, "deleted, and not after this", name, id, 0 });
	if (from || to)
		add_bar(chart, from, to);
}

static void add_input(struct chart *chart, const xmlNode *input)
{
	const char *role = value_of(input, "role"), *id = value_of(input, "id");

	for (const xmlNode *child = input->children; child; child = child->next) {
		if (is_element(child, "hive") && same(role, "hive"))
			add(chart,
			    (struct mark){ value_of(child, "last_written"), MARK_SNAPSHOT,
					   "hive last written", id, id, 0 });
		if (!is_element(child, "event_log"))
			continue;
		for (const xmlNode *e = child->children; e; e = e->next)
			if (is_element(e, "event") &&
			    !same(value_of(e, "sign"), "look_alike"))
				add(chart,
				    (struct mark){
					    value_of(e, "time"), MARK_EVENT,
					    e->children
						    ? (const char *)e->children->content
						    : "event",
					    value_of(e, "source"), id, 0 });
	}
}

static void add_snapshot(struct chart *chart, const xmlNode *snapshot)
{
	for (const xmlNode *child = snapshot->children; child; child = child->next) {
		if (is_element(child, "store"))
			add(chart,
			    (struct mark){ value_of(child, "mtime"), MARK_STORE,
					   same(value_of(child, "list"), "profiles")
						   ? "list Profiles last written"
						   : "list Deleted Profiles last written",
					   value_of(snapshot, "id"),
					   value_of(child, "id"), 0 });
		if (!is_element(child, "remnants"))
			continue;
		for (const xmlNode *p = child->children; p; p = p->next)
			if (is_element(p, "profile"))
				add(chart,
				    (struct mark){ value_of(p, "deleted_at"), MARK_MOMENT,
						   "deleted at this moment",
						   value_of(p, "name"), value_of(p, "id"),
						   0 });
	}
}

static bool has_comparison(const xmlNode *series)
{
	for (const xmlNode *child = series->children; child; child = child->next)
		if (is_element(child, "comparison"))
			return true;
	return false;
}

/* Changes tell of deletions; recovered profiles do where nothing was compared. */
static void add_series(struct chart *chart, const xmlNode *series)
{
	bool compared = has_comparison(series);

	for (const xmlNode *child = series->children; child; child = child->next) {
		if (is_element(child, "snapshot")) {
			size_t from = chart->n;
			add_snapshot(chart, child);
			for (size_t i = from; compared && i < chart->n; i++)
				if (chart->items[i].kind == MARK_MOMENT)
					chart->items[i].time = NULL;
		}
		if (!is_element(child, "comparison"))
			continue;
		for (const xmlNode *change = child->children; change;
		     change = change->next)
			for (const xmlNode *d = is_element(change, "change")
							? change->children
							: NULL;
			     d; d = d->next)
				if (is_element(d, "deletion"))
					add_deletion(chart, change, d);
	}
}

static void drop_untimed(struct chart *chart)
{
	size_t n = 0;

	for (size_t i = 0; i < chart->n; i++)
		if (chart->items[i].time)
			chart->items[n++] = chart->items[i];
	chart->n = n;
}

/* By second, then by what they say, so that what shares a line stands together. */
static int compare_marks(const void *a, const void *b)
{
	const struct mark *one = a, *other = b;
	int order = strncmp(one->time, other->time, ROW_CHARACTERS);

	if (order == 0)
		order = (int)one->kind - (int)other->kind;
	if (order == 0)
		order = strcmp(one->what, other->what);
	if (order == 0)
		order = (one->order > other->order) - (one->order < other->order);
	return order;
}

/* ---- distances ---- */

static int64_t number(const char *text, size_t n)
{
	int64_t value = 0;

	for (size_t i = 0; i < n; i++)
		value = 10 * value + (text[i] - '0');
	return value;
}

/* Days of the proleptic Gregorian calendar, counted from March of year 0. */
static int64_t days(int64_t year, int64_t month, int64_t day)
{
	year -= month < 3;
	month += month < 3 ? 9 : -3;
	return 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 +
	       day;
}

static int64_t seconds(const char *time)
{
	return ((days(number(time, 4), number(time + 5, 2), number(time + 8, 2)) * 24 +
		 number(time + 11, 2)) *
			60 +
		number(time + 14, 2)) *
		       60 +
	       number(time + 17, 2);
}

/* "8 days 12 h later": two units, so that nobody reads more than was meant. */
static void distance(const char *from, const char *to, char *out, size_t size)
{
	int64_t s = seconds(to) - seconds(from);
	long long d = s / 86400, h = s / 3600 % 24, m = s / 60 % 60;

	if (d > 0)
		(void)snprintf(out, size, "%lld day%s %lld h later", d, d == 1 ? "" : "s",
			       h);
	else if (h > 0)
		(void)snprintf(out, size, "%lld h %lld min later", h, m);
	else if (m > 0)
		(void)snprintf(out, size, "%lld min %lld s later", m, (long long)s % 60);
	else
		(void)snprintf(out, size, "%lld s later", (long long)s);
}

/* ---- laying out ---- */

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
		return NULL;
	if (!deletion)
		fprintf(out, "%s: ", marks->what);
	if (n > MAX_NAMES && deletion)
		fprintf(out, "%zu profiles ", n);
	for (size_t i = 0; i < n && (n <= MAX_NAMES || !deletion); i++)
		fprintf(out, "%s%s", i > 0 ? ", " : "",
			marks[i].name && *marks[i].name ? marks[i].name : "(name lost)");
	if (deletion)
		fprintf(out, "%s%s", n > MAX_NAMES ? "" : ": ", marks->what);
	if (fclose(out) == 0)
		return text;
	free(text);
	return NULL;
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
	return a->kind == b->kind && strcmp(a->what, b->what) == 0;
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
		distance(marks[-1].time, marks->time, gap, sizeof(gap));
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
		if (is_element(row, "row") &&
		    strncmp(value_of(row, "time"), time, ROW_CHARACTERS) >= 0)
			return value_of(row, "y");
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

static void lay_out(struct chart *chart, xmlNodePtr root)
{
	xmlNodePtr timeline = child_of(chart, root, "timeline");
	size_t y = 16, rows = 0, from = 0, n = 0;

	for (; from < chart->n && rows < MAX_ROWS && chart->status == STATUS_OK;
	     from += n, rows++) {
		for (n = 1; from + n < chart->n; n++)
			if (strncmp(chart->items[from].time, chart->items[from + n].time,
				    ROW_CHARACTERS) != 0)
				break;
		y = put_row(chart, timeline, from, n, y);
	}
	if (chart->status == STATUS_OK)
		put_bars(chart, timeline);
	set_number(chart, timeline, "height", y);
	set_number(chart, timeline, "left", chart->n - from);
	set_number(chart, timeline, "bars_left", chart->n_bars_left);
}

enum status pagechart_add(struct _xmlDoc *tree)
{
	xmlNodePtr root = xmlDocGetRootElement(tree);
	struct chart chart = { .status = STATUS_OK };

	for (const xmlNode *child = root ? root->children : NULL; child;
	     child = child->next) {
		if (is_element(child, "input"))
			add_input(&chart, child);
		if (is_element(child, "series"))
			add_series(&chart, child);
	}
	drop_untimed(&chart);
	if (chart.n > 0 && chart.status == STATUS_OK) {
		qsort(chart.items, chart.n, sizeof(*chart.items), compare_marks);
		lay_out(&chart, root);
	}
	free(chart.items);
	return chart.status;
}
