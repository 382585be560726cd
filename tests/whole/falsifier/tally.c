// SPDX-License-Identifier: GPL-2.0-or-later
/* Adding up and printing. */
#include "whole/falsifier/tally.h"

#include <inttypes.h>
#include <stdio.h>

static const char *const names[TALLY_N] = {
#define X(kind, name) name,
	TALLY_KINDS
#undef X
};

const char *tally_name(enum tally_kind kind)
{
	return names[kind];
}

/* Of two seeds that may be 0 for none, the lower one. */
static uint64_t first_of(uint64_t a, uint64_t b)
{
	return a == 0 || (b != 0 && b < a) ? b : a;
}

static void add_row(struct tally_row *sum, const struct tally_row *more)
{
	for (unsigned i = 0; i < TALLY_LEVELS; i++) {
		sum->made[i] += more->made[i];
		sum->wrong[i] += more->wrong[i];
		sum->seed[i] = first_of(sum->seed[i], more->seed[i]);
	}
	sum->undecided += more->undecided;
	sum->unsaid += more->unsaid;
	sum->unsaid_seed = first_of(sum->unsaid_seed, more->unsaid_seed);
}

void tally_add(struct tally *sum, const struct tally *more)
{
	for (unsigned i = 0; i < TALLY_N; i++)
		add_row(&sum->rows[i], &more->rows[i]);
	sum->histories += more->histories;
	sum->plain += more->plain;
	sum->runs += more->runs;
	sum->failed += more->failed;
	sum->gone += more->gone;
	sum->gone_said += more->gone_said;
	sum->gone_dated += more->gone_dated;
	sum->unsaid_seed = first_of(sum->unsaid_seed, more->unsaid_seed);
}

uint64_t tally_made(const struct tally *t, enum tally_level level)
{
	uint64_t sum = 0;

	for (unsigned i = 0; i < TALLY_N; i++)
		sum += t->rows[i].made[level];
	return sum;
}

uint64_t tally_wrong(const struct tally *t, enum tally_level level)
{
	uint64_t sum = 0;

	for (unsigned i = 0; i < TALLY_N; i++)
		sum += t->rows[i].wrong[level];
	return sum;
}

static void print_level(const struct tally_row *row, enum tally_level level)
{
	if (row->made[level] == 0) {
		printf(" %8s %6s %7s", "-", "-", "");
		return;
	}
	printf(" %8" PRIu64 " %6" PRIu64, row->made[level], row->wrong[level]);
	if (row->wrong[level] != 0)
		printf(" %7" PRIu64, row->seed[level]);
	else
		printf(" %7s", "");
}

void tally_print(const struct tally *t)
{
	printf("# %" PRIu64 " histories (%" PRIu64 " plain), %" PRIu64 " runs, %" PRIu64
	       " without a report\n",
	       t->histories, t->plain, t->runs, t->failed);
	printf("# %-32s %-23s %-23s %-23s\n", "", "certain or dated", "probable",
	       "possible, unresolved");
	printf("# %-32s", "kind of statement");
	for (unsigned i = 0; i < TALLY_LEVELS; i++)
		printf(" %8s %6s %7s", "made", "false", "seed");
	printf(" %9s %7s %7s\n", "undecided", "unsaid", "seed");
	for (unsigned i = 0; i < TALLY_N; i++) {
		const struct tally_row *row = &t->rows[i];

		printf("# %-32s", names[i]);
		for (unsigned k = 0; k < TALLY_LEVELS; k++)
			print_level(row, (enum tally_level)k);
		printf(" %9" PRIu64 " %7" PRIu64, row->undecided, row->unsaid);
		if (row->unsaid != 0)
			printf(" %7" PRIu64, row->unsaid_seed);
		printf("\n");
	}
	printf("# deletions after which nothing touched the bytes: %" PRIu64
	       ", told as deleted and certain: %" PRIu64 ", and dated: %" PRIu64,
	       t->gone, t->gone_said, t->gone_dated);
	if (t->gone_dated < t->gone)
		printf(" (first other one: seed %" PRIu64 ")", t->unsaid_seed);
	printf("\n");
}
