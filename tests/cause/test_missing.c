/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What evidence is missing: each once, and what was given only where nothing else helps. */
#include "help/unit.h"

#include "cause/missing.h"

#include <string.h>

static const struct condition_kind exchange = {
	.wanted = WANTED_SOFTWARE | WANTED_MAPI32,
	.decided_by = "two options",
};
static const struct condition_kind service = {
	.wanted = WANTED_MODULES | WANTED_SYSTEM,
	.decided_by = "two others",
};
static const struct condition_kind events = { .wanted = WANTED_EVENTS,
					      .decided_by = "one option" };
static const struct condition_kind earlier = { .wanted = WANTED_EARLIER_HIVE,
					       .decided_by = "an earlier hive" };
static const struct condition_kind again = {
	.wanted = WANTED_EARLIER_HIVE | WANTED_LATER_HIVE, .decided_by = "an earlier hive"
};
static const struct condition_kind later = { .wanted = WANTED_LATER_HIVE,
					     .decided_by = "a later hive" };

/* An item is an option or a text, and never both. */
static void assert_items(const struct missing *missing, const char *const *expected,
			 size_t n)
{
	assert_int_equal(missing->n, n);
	for (size_t i = 0; i < n; i++) {
		const struct missing_item *item = &missing->items[i];
		assert_true(!item->option != !item->text);
		assert_string_equal(item->option ? item->option : item->text,
				    expected[i]);
	}
}

#define ASSERT_ITEMS(missing, ...)                                                       \
	assert_items(missing, (const char *const[]){ __VA_ARGS__ },                      \
		     sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *))

static void test_each_once_in_order(void **state)
{
	const struct condition all[] = {
		{ .kind = &events, .weight = CONDITION_TELLING },
		{ .kind = &later, .weight = CONDITION_NECESSARY },
		{ .kind = &exchange, .weight = CONDITION_TELLING },
		{ .kind = &earlier, .weight = CONDITION_TELLING },
		{ .kind = &again, .weight = CONDITION_TELLING },
		{ .kind = &events, .weight = CONDITION_TELLING },
	};
	struct missing missing;

	(void)state;
	missing_find(all, ARRAY_LEN(all), NULL, &missing);
	ASSERT_ITEMS(&missing, "a later hive", "an earlier hive", "--mapi32",
		     "--software", "--events");
	missing_find(all, 1, NULL, &missing);
	ASSERT_ITEMS(&missing, "--events");
	missing_find(all, 0, NULL, &missing);
	assert_int_equal(missing.n, 0);
}

/* What is known, and what does not count, asks for nothing. */
static void test_only_what_counts(void **state)
{
	const struct condition all[] = {
		{ .kind = &events, .weight = CONDITION_HINT },
		{ .kind = &later,
		  .weight = CONDITION_TELLING,
		  .state = CONDITION_NOT_MET },
		{ .kind = &exchange,
		  .weight = CONDITION_NECESSARY,
		  .state = CONDITION_MET },
	};
	struct missing missing;

	(void)state;
	missing_find(all, ARRAY_LEN(all), NULL, &missing);
	assert_int_equal(missing.n, 0);
}

static void test_what_was_given(void **state)
{
	struct mapi32 mapi32;
	struct machine_software software;
	struct machine_system system;
	struct companions companions = { .software = &software, .n_listings = 1 };
	const struct condition all[] = {
		{ .kind = &exchange, .weight = CONDITION_TELLING },
		{ .kind = &service, .weight = CONDITION_TELLING },
	};
	struct missing missing;

	(void)state;
	missing_find(all, 1, &companions, &missing);
	ASSERT_ITEMS(&missing, "--mapi32");
	assert_false(missing.items[0].given);
	/* Both were given and did not tell: better ones are needed. */
	companions.mapi32 = &mapi32;
	missing_find(all, 1, &companions, &missing);
	ASSERT_ITEMS(&missing, "--mapi32", "--software");
	assert_true(missing.items[0].given && missing.items[1].given);
	/* Another listing may be of use. */
	companions.system = &system;
	missing_find(all + 1, 1, &companions, &missing);
	ASSERT_ITEMS(&missing, "--modules");
	missing_find(all, 2, &companions, &missing);
	ASSERT_ITEMS(&missing, "--mapi32", "--modules", "--software");
}

/* There is room for a cause of which nothing at all is known. */
static void test_room(void **state)
{
	struct condition_kind kinds[CAUSE_MAX_CONDITIONS];
	struct condition all[CAUSE_MAX_CONDITIONS];
	char texts[CAUSE_MAX_CONDITIONS][2];
	struct missing missing;

	(void)state;
	memset(kinds, 0, sizeof(kinds));
	memset(all, 0, sizeof(all));
	for (size_t i = 0; i < CAUSE_MAX_CONDITIONS; i++) {
		texts[i][0] = (char)('a' + i);
		texts[i][1] = '\0';
		kinds[i].wanted = WANTED_LATER_HIVE;
		kinds[i].decided_by = texts[i];
		all[i].kind = &kinds[i];
	}
	missing_find(all, CAUSE_MAX_CONDITIONS, NULL, &missing);
	assert_int_equal(missing.n, CAUSE_MAX_CONDITIONS);
	assert_string_equal(missing.items[missing.n - 1].text, "p");
}

/* The option that most of what is unknown waits for, unless it was given. */
static void test_decisive(void **state)
{
	static const struct condition_kind by_events = { .wanted = WANTED_EVENTS,
							 .decided_by = "a log" };
	static const struct condition_kind by_system = { .wanted = WANTED_SYSTEM,
							 .decided_by = "a hive" };
	static const struct condition_kind by_hive = { .wanted = WANTED_LATER_HIVE,
						       .decided_by = "a later hive" };
	struct condition all[] = {
		{ .kind = &by_events, .weight = CONDITION_TELLING },
		{ .kind = &by_events, .weight = CONDITION_TELLING },
		{ .kind = &by_system, .weight = CONDITION_TELLING, .peculiar = true },
		{ .kind = &by_hive, .weight = CONDITION_NECESSARY },
	};
	struct machine_system system;
	struct companions given = { .system = &system };
	struct missing_item item = missing_decisive(all, 4, NULL);

	(void)state;
	/* What is peculiar counts threefold. */
	assert_string_equal(item.option, "--system");
	assert_string_equal(item.text, "a hive");
	all[2].peculiar = false;
	item = missing_decisive(all, 4, NULL);
	assert_string_equal(item.option, "--events");
	assert_string_equal(item.text, "a log");
	item = missing_decisive(all + 2, 2, &given);
	assert_null(item.option);
	assert_string_equal(item.text, "a later hive");
	all[3].state = CONDITION_MET;
	item = missing_decisive(all + 3, 1, NULL);
	assert_null(item.option);
	assert_null(item.text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_once_in_order),
		cmocka_unit_test(test_only_what_counts),
		cmocka_unit_test(test_what_was_given),
		cmocka_unit_test(test_room),
		cmocka_unit_test(test_decisive),
	};
	return UNIT_RUN(tests);
}
