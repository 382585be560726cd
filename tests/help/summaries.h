/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the summary, or one part of it, puts: the lines that a person sees. */
#ifndef TESTS_HELP_SUMMARIES_H
#define TESTS_HELP_SUMMARIES_H

#include "help/unit.h"

#include "help/pair.h"

#include "report/summary/summarystate.h"

/* Snapshots of a page, at most. */
enum { SUMMARIES_MAX = 4 };

struct summaries_page {
	struct summary summary; /* what the parts take */
	struct series series;
	struct verdict verdict;
	struct report_options options; /* may be changed before a part is called */
	struct snapshot *snapshots[SUMMARIES_MAX];
	struct recovery *recoveries[SUMMARIES_MAX];
	bool reported[64];
	FILE *out;
	char text[1 << 16]; /* once it is ended */
};

/* Begins a page of no series: for parts that take a screen alone. */
void summaries_begin(struct summaries_page *page);
/*
 * Begins one of the first n_snapshots snapshots of a pair that is read: of 1 the earlier
 * hive alone, of 2 both with what was found.
 */
void summaries_begin_pair(struct summaries_page *page, struct pair *pair,
			  size_t n_snapshots);
/* Ends it: page->text is what was put. */
void summaries_end(struct summaries_page *page);

/* How often a string stands on a page that is ended. */
size_t summaries_count(const struct summaries_page *page, const char *what);
/* Fails the test unless it stands there, or if it does. */
void summaries_assert_has(const struct summaries_page *page, const char *what);
void summaries_assert_lacks(const struct summaries_page *page, const char *what);

/* Writes the whole summary of such snapshots of a pair, spelled out or in brief. */
void summaries_write(struct summaries_page *page, struct pair *pair, size_t n_snapshots,
		     bool full);

/* Adds n profiles "P000" and on, compares; the first n_gone are deleted after. */
void summaries_make(struct pair *pair, unsigned n, unsigned n_gone);
/* Adds a profile "Work", which is moved to Deleted Profiles after, and compares. */
void summaries_make_moved(struct pair *pair);

#endif
