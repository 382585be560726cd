/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Pages of the summary in memory. */
#include "help/summaries.h"

#include "report/summary/summary.h"

#include <string.h>

static void open_page(struct summaries_page *page)
{
	*page = (struct summaries_page){ .out = NULL };
	page->out = fmemopen(page->text, sizeof(page->text), "w");
	assert_non_null(page->out);
}

static void take_pair(struct summaries_page *page, struct pair *pair, size_t n_snapshots)
{
	page->snapshots[0] = pair->old;
	page->snapshots[1] = pair->new;
	page->recoveries[0] = pair->recoveries[0];
	page->recoveries[1] = pair->recoveries[1];
	page->series = (struct series){
		.snapshots = page->snapshots,
		.recoveries = page->recoveries,
		.n_snapshots = n_snapshots,
		.comparisons = &pair->found,
		.n_comparisons = n_snapshots - 1,
	};
	assert_int_equal(verdict_decide(&page->series, &page->verdict), STATUS_OK);
	page->options.verdict = &page->verdict;
}

void summaries_begin(struct summaries_page *page)
{
	open_page(page);
	page->summary = (struct summary){
		.screen = screen_new(page->out, (struct summary_look){ 0 }),
		.series = &page->series,
		.options = &page->options,
		.reported = page->reported,
	};
	assert_non_null(page->summary.screen);
}

void summaries_begin_pair(struct summaries_page *page, struct pair *pair,
			  size_t n_snapshots)
{
	summaries_begin(page);
	take_pair(page, pair, n_snapshots);
}

void summaries_end(struct summaries_page *page)
{
	assert_int_equal(screen_free(page->summary.screen), STATUS_OK);
	assert_int_equal(fclose(page->out), 0);
}

size_t summaries_count(const struct summaries_page *page, const char *what)
{
	size_t n = 0;

	for (const char *at = strstr(page->text, what); at; at = strstr(at + 1, what))
		n++;
	return n;
}

void summaries_assert_has(const struct summaries_page *page, const char *what)
{
	if (!strstr(page->text, what))
		fail_msg("not there: %s\n%s", what, page->text);
}

void summaries_assert_lacks(const struct summaries_page *page, const char *what)
{
	if (strstr(page->text, what))
		fail_msg("is there: %s\n%s", what, page->text);
}

void summaries_write(struct summaries_page *page, struct pair *pair, size_t n_snapshots,
		     bool full)
{
	open_page(page);
	take_pair(page, pair, n_snapshots);
	page->options.full = full;
	assert_int_equal(summary_write(&page->series, &page->options, NULL,
				       (struct summary_look){ 0 }, page->out),
			 STATUS_OK);
	assert_int_equal(fclose(page->out), 0);
}

void summaries_make(struct pair *pair, unsigned n, unsigned n_gone)
{
	char name[16];

	for (unsigned i = 0; i < n; i++) {
		(void)snprintf(name, sizeof(name), "P%03u", i);
		pair_add(pair->before, PAIR_PROFILES, name, i + 1);
	}
	pair_fork(pair);
	for (unsigned i = 0; i < n_gone; i++) {
		char path[256];

		(void)snprintf(path, sizeof(path), PAIR_PROFILES "\\P%03u", i);
		builder_key_delete(pair->after, pair_key(pair->after, path),
				   pair_changed());
	}
	pair_compare(pair);
}

void summaries_make_moved(struct pair *pair)
{
	pair_add(pair->before, PAIR_PROFILES, "Work", 1);
	pair_fork(pair);
	mapi_profile_move(pair->after, pair_key(pair->after, PAIR_PROFILES "\\Work"),
			  builder_path(pair->after, PAIR_DELETED, pair_changed()), "Work",
			  pair_changed());
	pair_compare(pair);
}
