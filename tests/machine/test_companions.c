/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * All that is given beside the hives, read as the program does it: what is listed,
 * what is not complete, and lack of memory at each single allocation.
 */
#define UNIT_OOM
#include "help/unit.h"

#include "help/world.h"

#include <string.h>

/* ---- reading ---- */

static void test_nothing_given(void **state)
{
	struct world *world = *state;
	struct companion all[COMPANIONS_MAX];

	world_read_companions(world);
	assert_int_equal(companions_list(world->companions, all), 0);
	assert_true(companions_are_complete(world->companions));
	assert_true(world->companions->names.n > 0);
}

static void test_all_given(void **state)
{
	static const char *const words[] = { "mapi32",	 "modules", "modules", "system",
					     "software", "events",  "patterns" };
	static const enum file files[] = { DLL,	     MODULES, PROCESSES, SYSTEM,
					   SOFTWARE, EVENTS,  ROWS };
	struct world *world = *state;
	struct companion all[COMPANIONS_MAX];
	size_t at = 0;

	world_give_all(world);
	world_read_companions(world);
	size_t n = companions_list(world->companions, all);
	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		assert_true(at < n);
		assert_string_equal(companions_role_word(all[at].role), words[i]);
		assert_string_equal(all[at].evidence->path, world->paths[files[i]]);
		assert_int_equal(all[at].snapshot != NULL,
				 files[i] == SYSTEM || files[i] == SOFTWARE);
		assert_int_equal(all[at].index, files[i] == PROCESSES);
		at++;
	}
	assert_int_equal(n, at);
	assert_true(companions_are_complete(world->companions));
}

/* A number stands for the file; there is no evidence to list. */
static void test_version_given(void **state)
{
	struct world *world = *state;
	struct companion all[COMPANIONS_MAX];

	world->source.mapi32 = "6.0.6249.0";
	world_read_companions(world);
	assert_int_equal(companions_list(world->companions, all), 0);
	assert_true(companions_are_complete(world->companions));
	assert_int_equal(world->companions->mapi32->verdict, MAPI32_AFFECTED);
}

static void test_files_of_another_kind(void **state)
{
	static const enum file wrong[] = { DLL, MODULES, SYSTEM, SOFTWARE, EVENTS };
	struct world *world = *state;

	for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
		world->source = (struct companions_source){ 0 };
		if (wrong[i] == DLL)
			world->source.mapi32 = world->paths[MODULES];
		else if (wrong[i] == MODULES)
			world->source.listings[world->source.n_listings++] =
				world->paths[DLL];
		else if (wrong[i] == SYSTEM)
			world->source.system.path = world->paths[SOFTWARE];
		else if (wrong[i] == SOFTWARE)
			world->source.software.path = world->paths[SYSTEM];
		else
			world->source.events[world->source.n_events++] =
				world->paths[SYSTEM];
		world_read_companions(world);
		assert_false(companions_are_complete(world->companions));
		world_forget(world);
	}
}

static void test_files_that_are_missing(void **state)
{
	struct world *world = *state;

	for (size_t i = 0; i < 6; i++) {
		struct failure failure = { 0 };
		world->source = (struct companions_source){ 0 };
		if (i == 0)
			world->source.mapi32 = "/nowhere/0";
		else if (i == 1)
			world->source.listings[world->source.n_listings++] = "/nowhere/1";
		else if (i == 2)
			world->source.system.path = "/nowhere/2";
		else if (i == 3)
			world->source.software.path = "/nowhere/3";
		else if (i == 4)
			world->source.patterns = "/nowhere/4";
		else
			world->source.events[world->source.n_events++] = "/nowhere/5";
		assert_int_equal(
			companions_read(&world->source, &world->companions, &failure),
			STATUS_IO);
		assert_null(world->companions);
		assert_non_null(strstr(failure.sentence, "/nowhere/"));
	}
}

/* ---- what event logs cover ---- */

static bool miss(bool wrapped, bool dirty, uint64_t first_latest, uint64_t last_earliest)
{
	struct eventlog log = {
		.wrapped = wrapped, .dirty = dirty, .first_ft = 1000, .last_ft = 2000
	};
	struct companions companions = { .n_events = 1 };

	companions.events[0] = &log;
	return companions_logs_miss(&companions, first_latest, last_earliest);
}

/* A loss before the oldest event of a full log, or behind the newest of an open one. */
static void test_losses_that_logs_miss(void **state)
{
	struct eventlog old = { .first_ft = 500, .last_ft = 900 };
	struct eventlog new = { .wrapped = true, .first_ft = 1000, .last_ft = 2000 };
	struct companions two = { .n_events = 2 };
	struct companions none = { 0 };

	(void)state;
	assert_false(miss(true, false, 1000, 2000));
	assert_true(miss(true, false, 999, 1500));
	assert_true(miss(true, false, 1500, 2001));
	assert_false(miss(false, true, 999, 2000));
	assert_true(miss(false, true, 1500, 2001));
	/* A log that was neither is whole: what it does not hold was not logged. */
	assert_false(miss(false, false, 1, 9999));
	/* No time is known. */
	assert_false(miss(true, true, 0, 0));
	assert_false(companions_logs_miss(&none, 1, 9999));
	/* Another log goes back further. */
	two.events[0] = &old;
	two.events[1] = &new;
	assert_false(companions_logs_miss(&two, 600, 1500));
	assert_true(companions_logs_miss(&two, 499, 1500));
}

/* ---- lack of memory ---- */

/*
 * Of each hive five allocations may fail and all is read: three for a path in a
 * sentence that nobody hears, two of the second reader, which is told then.
 */
static void test_reading_without_memory(void **state)
{
	struct world *world = *state;
	size_t n_spared = 0;

	world_give_all(world);
	struct unit_oom oom;
	UNIT_FAIL_EACH (oom) {
		struct failure failure = { 0 };
		enum status status =
			UNIT_FAILING(oom, companions_read(&world->source,
							  &world->companions, &failure));
		if (status == STATUS_OK) {
			assert_true(companions_are_complete(world->companions));
			if (!oom.failed)
				break;
			n_spared++;
			world_forget(world);
			continue;
		}
		assert_int_equal(status, STATUS_NOMEM);
		assert_true(strlen(failure.sentence) > 0);
		assert_null(world->companions);
	}
	assert_in_range(n_spared, 0, 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(test_nothing_given),
		WORLD_TEST(test_all_given),
		WORLD_TEST(test_version_given),
		WORLD_TEST(test_files_of_another_kind),
		WORLD_TEST(test_files_that_are_missing),
		cmocka_unit_test(test_losses_that_logs_miss),
		WORLD_TEST(test_reading_without_memory),
	};
	return UNIT_RUN(tests);
}
