/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whose the listings and event logs are that were given together. */
#include "help/unit.h"

#include "machine/companionbinding.h"

#include "base/array.h"

#include <stdio.h>
#include <string.h>

/* Two listings and two logs; in each log, events of the computers parted by blanks. */
struct given {
	const char *system;	 /* NULL: no hive */
	const char *listings[2]; /* NULL: it does not say */
	const char *logs[2];	 /* NULL: there is no such log */
	const char *foreign;	 /* a letter for each: listing, listing, log, log */
};

static size_t fill(struct eventlog_event events[], char *names)
{
	size_t n = 0;

	for (char *name = strtok(names, " "); name; name = strtok(NULL, " "))
		events[n++] = (struct eventlog_event){ .computer = name };
	return n;
}

static void check(const struct given *given)
{
	struct listing listings[2] = { 0 };
	struct eventlog logs[2] = { 0 };
	struct eventlog_event events[2][40] = { 0 };
	struct machine_system system = { .computer_name = text_of(
						 given->system ? given->system : "") };
	struct listing *all_listings[2] = { &listings[0], &listings[1] };
	struct eventlog *all_logs[2] = { &logs[0], &logs[1] };
	struct companionbinding binding = { .system = given->system ? &system : NULL,
					    .listings = all_listings,
					    .n_listings = 2,
					    .events = all_logs };
	char names[2][400], foreign[5] = "----";
	struct diag_list *diags[4];

	for (size_t i = 0; i < 4; i++)
		diags[i] = diag_list_new();
	for (size_t i = 0; i < 2; i++) {
		listings[i].machine = (char *)(uintptr_t)given->listings[i];
		listings[i].diags = diags[i];
		if (!given->logs[i])
			continue;
		(void)snprintf(names[i], sizeof(names[i]), "%s", given->logs[i]);
		logs[i].events = events[i];
		logs[i].n_events = fill(events[i], names[i]);
		logs[i].diags = diags[2 + i];
		binding.n_events++;
	}
	assert_int_equal(companionbinding_decide(&binding), STATUS_OK);
	for (size_t i = 0; i < 4; i++) {
		bool is = i < 2 ? listings[i].foreign : logs[i - 2].foreign;
		foreign[i] = is ? 'f' : '-';
		/* what is not used is told */
		assert_int_equal(diag_count_of(diags[i], DIAG_MACHINES_DIFFER), is);
		assert_int_equal(diag_count(diags[i]), is);
		diag_list_free(diags[i]);
	}
	assert_string_equal(foreign, given->foreign);
}

static void test_with_a_hive(void **state)
{
	static const struct given rows[] = {
		{ "PC1", { "PC1", NULL }, { "PC1", "pc1.example.com" }, "----" },
		{ "PC1", { "PC2", NULL }, { "PC1", NULL }, "f---" },
		{ "PC1", { NULL, NULL }, { "PC2 PC2", "PC1" }, "--f-" },
		/* it was renamed: one of its names is enough */
		{ "PC1", { NULL, NULL }, { "OLD OLD PC1", NULL }, "----" },
		/* two agree, and both are another's */
		{ "PC1", { "PC2", "PC2" }, { "PC2", NULL }, "fff-" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		check(&rows[i]);
}

static void test_without_a_hive(void **state)
{
	static const struct given rows[] = {
		{ NULL, { "PC1", NULL }, { "PC1", "PC1" }, "----" },
		{ NULL, { "PC2", NULL }, { NULL, NULL }, "----" },
		/* which of two, nothing tells */
		{ NULL, { "PC2", NULL }, { "PC1", NULL }, "f-f-" },
		{ NULL, { "PC1", "PC2" }, { NULL, NULL }, "ff--" },
		{ NULL, { NULL, NULL }, { "PC1", "PC2" }, "--ff" },
		/* the majority proves nothing; what says nothing is not contradicted */
		{ NULL, { "PC1", NULL }, { "PC1", "PC2" }, "f-ff" },
		{ NULL, { NULL, NULL }, { "OLD PC1", "PC1 NEW" }, "----" },
		/* a hive that does not tell its name is like none */
		{ "", { "PC2", NULL }, { "PC1", NULL }, "f-f-" },
		/* in which the events of many are gathered */
		{ NULL,
		  { "PC9", NULL },
		  { "A B C D E F G H I J K L M N O P Q", NULL },
		  "----" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		check(&rows[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_with_a_hive),
		cmocka_unit_test(test_without_a_hive),
	};

	return UNIT_RUN(tests);
}
