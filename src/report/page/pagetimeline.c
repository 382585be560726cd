/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Gathering what has a time in a report. */
#include "report/page/pagetimeline.h"

#include "base/array.h"
#include "base/path.h"
#include "report/page/pagemark.h"
#include "report/page/pagetime.h"
#include "report/page/pagetimelinerows.h"
#include "report/page/pagexml.h"
#include "report/xmlmemory.h"

#include <libxml/tree.h>

#include <stdlib.h>
#include <string.h>

/* Entries that are gathered at most: far more than are drawn. */
#define MAX_MARKS 4000

static void add(struct chart *chart, struct mark mark)
{
	enum status status;

	if (!pagetime_is(mark.time))
		return;
	status = ARRAY_RESERVE(chart, MAX_MARKS);
	if (status == STATUS_NOMEM)
		chart->status = status;
	if (status != STATUS_OK)
		return;
	mark.order = chart->n;
	chart->items[chart->n++] = mark;
}

static void add_bar(struct chart *chart, const char *from, const char *to)
{
	for (size_t i = 0; i < chart->n_bars; i++)
		if (pagexml_same(chart->bars[i].from, from) &&
		    pagexml_same(chart->bars[i].to, to)) {
			chart->bars[i].n++;
			return;
		}
	if (chart->n_bars == PAGEMARK_MAX_BARS)
		chart->n_bars_left++;
	else
		chart->bars[chart->n_bars++] = (struct bar){ from, to, 1 };
}

/* What became of the profile that left its list, said of a moment and of bounds. */
struct saying {
	const char *change, *at, *earliest, *latest;
};

static const struct saying *saying_of(const char *change)
{
	static const struct saying sayings[] = {
		{ "deleted", "deleted at this moment", "deleted, but not before this",
		  "deleted, and not after this" },
		{ "moved", "moved to another list at this moment",
		  "moved to another list, but not before this",
		  "moved to another list, and not after this" },
		{ "renamed", "renamed at this moment", "renamed, but not before this",
		  "renamed, and not after this" },
		{ "recreated", "replaced by another at this moment",
		  "replaced by another, but not before this",
		  "replaced by another, and not after this" },
		{ "other_hive", "left with its hive at this moment",
		  "left with its hive, which another replaced, but not before this",
		  "left with its hive, which another replaced, and not after this" },
		{ "", "left its list at this moment",
		  "left its list, but not before this",
		  "left its list, and not after this" },
	};
	const struct saying *saying = sayings;

	while (*saying->change && !pagexml_same(saying->change, change))
		saying++;
	return saying;
}

/* True if a time that it rests on comes before what shows the profile still there. */
static bool is_contradicted(const xmlNode *change)
{
	for (const xmlNode *node = change->children; node; node = node->next)
		if (pagexml_is(node, "reason") &&
		    pagexml_same(pagexml_value(node, "code"), "bounds_conflict"))
			return true;
	return false;
}

/* The moment where one is known, else the bounds. */
static void add_deletion(struct chart *chart, const xmlNode *change,
			 const xmlNode *deletion)
{
	const struct saying *saying = saying_of(pagexml_value(change, "kind"));
	const char *from = pagexml_value(deletion, "earliest");
	const char *to = pagexml_value(deletion, "latest");
	bool in_log = pagexml_same(pagexml_value(change, "stands_in"), "log");
	struct mark mark = {
		.time = pagexml_value(deletion, "at"),
		.kind = MARK_MOMENT,
		.what = saying->at,
		.name = pagexml_value(change, "profile"),
		.id = pagexml_value(change, "id"),
		.log = in_log ? pagexml_value(change, "log_sequence") : NULL,
	};

	if (pagetime_is(mark.time)) {
		add(chart, mark);
		return;
	}
	from = pagetime_is(from) ? from : NULL;
	to = pagetime_is(to) ? to : NULL;
	mark.time = from;
	mark.kind = MARK_EARLIEST;
	mark.what = saying->earliest;
	add(chart, mark);
	mark.time = to;
	mark.kind = MARK_LATEST;
	mark.what = saying->latest;
	add(chart, mark);
	/* Times that contradict each other span nothing. */
	if ((from || to) && !(from && to && strcmp(from, to) > 0) &&
	    !is_contradicted(change))
		add_bar(chart, from, to);
}

static const char *text_of(const xmlNode *node)
{
	return node->children && node->children->type == XML_TEXT_NODE
		       ? c(node->children->content)
		       : "";
}

/* "DEFAULT" for "folder/DEFAULT". */
static const char *file_name(const xmlNode *input)
{
	const char *path = "";

	for (const xmlNode *file = input->children; file; file = file->next)
		for (const xmlNode *n = pagexml_is(file, "fileobject") ? file->children
								       : NULL;
		     n; n = n->next)
			if (pagexml_is(n, "filename"))
				path = text_of(n);
	return path_name(path);
}

static void add_event(struct chart *chart, const xmlNode *event, const char *input)
{
	if (pagexml_is(event, "event") &&
	    !pagexml_same(pagexml_value(event, "sign"), "look_alike"))
		add(chart, (struct mark){ .time = pagexml_value(event, "time"),
					  .kind = MARK_EVENT,
					  .what = text_of(event),
					  .name = pagexml_value(event, "source"),
					  .id = input });
}

static void add_input(struct chart *chart, const xmlNode *input)
{
	const char *id = pagexml_value(input, "id");
	bool is_hive = pagexml_same(pagexml_value(input, "role"), "hive");

	for (const xmlNode *child = input->children; child; child = child->next) {
		if (pagexml_is(child, "hive") && is_hive)
			add(chart,
			    (struct mark){ .time = pagexml_value(child, "last_written"),
					   .kind = MARK_SNAPSHOT,
					   .what = "hive last written",
					   .name = file_name(input),
					   .id = id });
		if (pagexml_is(child, "event_log"))
			for (const xmlNode *e = child->children; e; e = e->next)
				add_event(chart, e, id);
	}
}

static void add_recovered(struct chart *chart, const xmlNode *recovered)
{
	for (const xmlNode *p = recovered->children; p; p = p->next)
		if (pagexml_is(p, "profile"))
			add(chart, (struct mark){ .time = pagexml_value(p, "deleted_at"),
						  .kind = MARK_MOMENT,
						  .what = "deleted at this moment",
						  .name = pagexml_value(p, "name"),
						  .id = pagexml_value(p, "id") });
}

static void add_stores(struct chart *chart, const xmlNode *snapshot, const char *name)
{
	for (const xmlNode *store = snapshot->children; store; store = store->next)
		if (pagexml_is(store, "store"))
			add(chart,
			    (struct mark){
				    .time = pagexml_value(store, "mtime"),
				    .kind = MARK_STORE,
				    .what = pagexml_same(pagexml_value(store, "list"),
							 "profiles")
						    ? "list Profiles last written"
						    : "list Deleted Profiles last written",
				    .name = name,
				    .id = pagexml_value(store, "id") });
}

static size_t count_of(const xmlNode *parent, const char *name)
{
	size_t n = 0;

	for (const xmlNode *child = parent->children; child; child = child->next)
		n += pagexml_is(child, name);
	return n;
}

static void add_changes(struct chart *chart, const xmlNode *comparison)
{
	for (const xmlNode *change = comparison->children; change; change = change->next)
		for (const xmlNode *d = pagexml_is(change, "change") ? change->children
								     : NULL;
		     d; d = d->next)
			if (pagexml_is(d, "deletion"))
				add_deletion(chart, change, d);
}

/* Changes tell of deletions; recovered profiles do where nothing was compared. */
static void add_series(struct chart *chart, const xmlNode *series)
{
	bool compared = count_of(series, "comparison") > 0;
	size_t n_snapshots = count_of(series, "snapshot");
	size_t n = 0;

	for (const xmlNode *child = series->children; child; child = child->next) {
		if (pagexml_is(child, "comparison"))
			add_changes(chart, child);
		if (!pagexml_is(child, "snapshot"))
			continue;
		n++;
		add_stores(chart, child,
			   n_snapshots > 2    ? pagexml_value(child, "id")
			   : n_snapshots == 1 ? "the hive"
			   : n == 1	      ? "before"
					      : "after");
		for (const xmlNode *r = child->children; r && !compared; r = r->next)
			if (pagexml_is(r, "recovered"))
				add_recovered(chart, r);
	}
}

/* By second, then by what they say, so that what shares a line stands together. */
static int compare_marks(const void *a, const void *b)
{
	const struct mark *one = a, *other = b;
	int order = strncmp(one->time, other->time, PAGETIME_TO_SECOND);

	if (order == 0)
		order = (int)one->kind - (int)other->kind;
	if (order == 0)
		order = strcmp(one->what, other->what);
	if (order == 0)
		order = strcmp(one->log ? one->log : "", other->log ? other->log : "");
	if (order == 0)
		order = (one->order > other->order) - (one->order < other->order);
	return order;
}

enum status pagetimeline_add(struct _xmlDoc *tree)
{
	unsigned long begun = xmlmemory_begin();
	xmlNodePtr root = xmlDocGetRootElement(tree);
	struct chart chart = { .status = STATUS_OK };

	for (const xmlNode *child = root ? root->children : NULL; child;
	     child = child->next) {
		if (pagexml_is(child, "input"))
			add_input(&chart, child);
		if (pagexml_is(child, "series"))
			add_series(&chart, child);
	}
	if (chart.n > 0 && chart.status == STATUS_OK) {
		qsort(chart.items, chart.n, sizeof(*chart.items), compare_marks);
		pagetimelinerows_put(&chart, root);
	}
	free(chart.items);
	return xmlmemory_lacked(begun) ? STATUS_NOMEM : chart.status;
}
