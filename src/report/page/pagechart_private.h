/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the timeline is gathered in (pagechart.c) and laid out from (pagelayout.c). */
#ifndef REPORT_PAGE_PAGECHART_PRIVATE_H
#define REPORT_PAGE_PAGECHART_PRIVATE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"

struct _xmlNode;

/* Bars beside one another; more would leave no room for words. */
#define PAGECHART_MAX_BARS 5

enum mark_kind {
	MARK_MOMENT, /* a profile went at this time */
	MARK_EARLIEST,
	MARK_LATEST,
	MARK_STORE,
	MARK_SNAPSHOT,
	MARK_EVENT,
};

struct mark {
	const char *time; /* borrowed from the tree, of the right form */
	enum mark_kind kind;
	const char *what; /* the words that marks of one line share */
	const char *name; /* what tells them apart; NULL if there is nothing */
	const char *id;	  /* where the page tells more; NULL if nowhere */
	const char
		*log; /* of deletions: the log entry that tells; NULL if the hive does */
	size_t order; /* in the report */
};

struct bar {
	const char *from, *to; /* NULL: open to that side */
	size_t n;
};

struct chart {
	struct mark *items;
	size_t n, cap;
	struct bar bars[PAGECHART_MAX_BARS];
	size_t n_bars, n_bars_left;
	enum status status;
};

/* The text of an attribute of the tree; NULL if it is not there. */
const char *pagechart_value(const struct _xmlNode *node, const char *name);

/* True for an element of that name. */
bool pagechart_is(const struct _xmlNode *node, const char *name);

/* The same text, or none both times. */
bool pagechart_same(const char *a, const char *b);

/* Adds what was gathered, in the order of time, to the root of the tree. */
void pagelayout_put(struct chart *chart, struct _xmlNode *root);

#endif
