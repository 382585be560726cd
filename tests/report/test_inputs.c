/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The list of all that was read: its order, its numbers, what is known of each file. */
#include "help/unit.h"

#include "help/dirtyseries.h"
#include "help/hives.h"
#include "help/logs.h"
#include "help/world.h"

#include "report/inputs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct inputs *list(const struct series *series,
			   const struct companions *companions)
{
	struct inputs *inputs = NULL;

	assert_int_equal(inputs_list(series, companions, &inputs), STATUS_OK);
	for (size_t i = 0; i < inputs->n; i++) {
		const struct input *input = &inputs->items[i];
		assert_int_equal(input->number, i + 1);
		assert_ptr_equal(inputs->paths[i], input->evidence->path);
		assert_int_equal(inputs_number(inputs, input->evidence), i + 1);
	}
	return inputs;
}

/* The hives first, then what the world gives, in the order of the report. */
static void test_all_files(void **state)
{
	static const struct {
		enum file file;
		const char *role;
		bool is_hive;
	} expected[] = {
		{ BEFORE, "hive", true },	 { AFTER, "hive", true },
		{ DLL, "mapi32", false },	 { MODULES, "modules", false },
		{ PROCESSES, "modules", false }, { SYSTEM, "system", true },
		{ SOFTWARE, "software", true },	 { EVENTS, "events", false },
		{ ROWS, "patterns", false },
	};
	struct world *world = *state;
	uint64_t beside = 0;
	size_t at = 0;

	world_give_all(world);
	world_read_companions(world);
	world_read_series(world);
	struct inputs *inputs = list(world->series, world->companions);
	for (size_t i = 0; i < ARRAY_LEN(expected); i++) {
		assert_true(at < inputs->n);
		const struct input *input = &inputs->items[at++];
		assert_string_equal(input->evidence->path,
				    world->paths[expected[i].file]);
		assert_string_equal(inputs_role_word(input), expected[i].role);
		assert_int_equal(input->snapshot != NULL, expected[i].is_hive);
		assert_int_equal(input->beside, i >= 2);
		assert_int_equal(input->diags != NULL, expected[i].file != ROWS);
		assert_int_equal(input->index, expected[i].file == PROCESSES);
		beside += i >= 2 ? input->evidence->bytes.len : 0;
	}
	assert_int_equal(inputs->n, at);
	assert_true(beside > 0);
	assert_int_equal(companions_bytes(world->companions), beside);
	inputs_free(inputs);
}

static void test_without_companions(void **state)
{
	struct world *world = *state;

	world_read_series(world);
	struct inputs *inputs = list(world->series, NULL);
	assert_int_equal(inputs->n, 2);
	assert_int_equal(inputs_number(inputs, NULL), 0);
	/* A file that nobody read for this. */
	struct evidence other = { .path = world->paths[BEFORE] };
	assert_int_equal(inputs_number(inputs, &other), 0);
	inputs_free(inputs);
	inputs_free(NULL);
}

/* The hive as it was found and as its log completes it is one file. */
static void test_logs(void **state)
{
	struct dirtyseries dirty;

	(void)state;
	dirtyseries_read(&dirty);
	struct inputs *inputs = list(dirty.series, NULL);
	assert_int_equal(inputs->n, 2);
	assert_string_equal(inputs->paths[0], dirty.hive);
	assert_string_equal(inputs_role_word(&inputs->items[0]), "hive");
	assert_ptr_equal(inputs->items[0].snapshot, dirtyseries_replayed(&dirty));
	assert_non_null(inputs->items[0].diags);
	assert_string_equal(inputs->paths[1], dirty.log);
	assert_string_equal(inputs_role_word(&inputs->items[1]), "log");
	assert_ptr_equal(inputs->items[1].snapshot, dirtyseries_replayed(&dirty));
	assert_null(inputs->items[1].diags);
	assert_int_equal(inputs->items[1].index, 0);
	assert_false(inputs->items[1].beside);
	/* That of the hive as it was found is that of the file. */
	assert_int_equal(inputs_number(inputs, dirty.series->snapshots[0]->evidence), 1);
	inputs_free(inputs);
	dirtyseries_clear(&dirty);
}

/* A machine's hive brings its logs behind it, which were given beside the hives too. */
static void test_logs_of_a_machine(void **state)
{
	struct builder_log_state hive = logs_dirty(&logs_story, LOGS_FIRST);
	struct builder_log log = logs_new(&logs_story, 0, 1, LOGS_FIRST);
	char *paths[] = { hives_temporary(hive.bytes, hive.len),
			  hives_temporary(log.bytes, log.len) };
	struct world *world = *state;

	world->source.system = (struct snapshot_source){
		.path = paths[0], .logs = { paths[1] }, .n_logs = 1, .machine = true
	};
	world->source.patterns = world->paths[ROWS];
	world_read_companions(world);
	world_read_series(world);
	struct inputs *inputs = list(world->series, world->companions);
	assert_int_equal(inputs->n, 5);
	assert_string_equal(inputs->paths[2], paths[0]);
	assert_string_equal(inputs_role_word(&inputs->items[2]), "system");
	assert_string_equal(inputs->paths[3], paths[1]);
	assert_string_equal(inputs_role_word(&inputs->items[3]), "log");
	assert_true(inputs->items[3].beside);
	assert_ptr_equal(inputs->items[3].snapshot, world->companions->system->snapshot);
	assert_string_equal(inputs_role_word(&inputs->items[4]), "patterns");
	assert_int_equal(companions_bytes(world->companions),
			 hive.len + log.len + inputs->items[4].evidence->bytes.len);
	inputs_free(inputs);
	builder_log_free(&log);
	builder_log_state_free(&hive);
	for (size_t i = 0; i < 2; i++) {
		(void)remove(paths[i]);
		free(paths[i]);
	}
}

/* Of several series first all hives, then what was given beside them, once. */
static void test_several_series(void **state)
{
	struct world *world = *state;
	struct dirtyseries dirty;
	struct inputs *inputs = NULL;

	dirtyseries_read(&dirty);
	world->source.patterns = world->paths[ROWS];
	world_read_companions(world);
	world_read_series(world);
	const struct series *series[] = { dirty.series, world->series };
	assert_int_equal(inputs_list_all(series, 2, world->companions, &inputs),
			 STATUS_OK);
	const char *const expected[] = { dirty.hive, dirty.log, world->paths[BEFORE],
					 world->paths[AFTER], world->paths[ROWS] };
	assert_int_equal(inputs->n, ARRAY_LEN(expected));
	for (size_t i = 0; i < inputs->n; i++) {
		assert_int_equal(inputs->items[i].number, i + 1);
		assert_string_equal(inputs->paths[i], expected[i]);
		assert_int_equal(inputs->items[i].beside, i == 4);
	}
	inputs_free(inputs);
	assert_int_equal(inputs_list_all(NULL, 0, world->companions, &inputs), STATUS_OK);
	assert_int_equal(inputs->n, 1);
	inputs_free(inputs);
	dirtyseries_clear(&dirty);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(test_all_files),	 WORLD_TEST(test_without_companions),
		cmocka_unit_test(test_logs),	 WORLD_TEST(test_logs_of_a_machine),
		WORLD_TEST(test_several_series),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, logs_set_up, logs_tear_down);
}
