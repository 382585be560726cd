/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Marks and bars of the page's timeline: gathered by pagetimeline.c, laid out by pagetimelinerows.c. */
#ifndef REPORT_PAGE_PAGEMARK_H
#define REPORT_PAGE_PAGEMARK_H

#include <stddef.h>

#include "base/status.h"

/* Bars beside one another; more would leave no room for words. */
#define PAGEMARK_MAX_BARS 5

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
	struct bar bars[PAGEMARK_MAX_BARS];
	size_t n_bars, n_bars_left;
	enum status status;
};

#endif
