/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The elements hive and log, against the recipes of hives and logs. */
#include "help/unit.h"

#include "help/dirtyseries.h"
#include "help/hives.h"
#include "help/logs.h"
#include "help/written.h"

#include "report/document/hiveelement.h"
#include "snapshot/snapshotread.h"

#include <stdio.h>

/* The base block as the recipe has it; three keys of the recipe, and two values. */
static void test_clean_hive(void **state)
{
	struct builder_options options = pair_options();
	struct builder *b = builder_new(&options);
	builder_key key = builder_path(b, "Some\\Key", pair_made());
	struct written w;

	(void)state;
	builder_value_dword(b, key, "a", 1);
	builder_value_dword(b, key, "b", 2);
	builder_stamp(b, pair_saved(), 20);
	builder_finish(b);
	struct snapshot *snapshot = pair_read(b);
	written_start(&w);
	hiveelement_write(w.parts.xml, snapshot);
	written_end(&w);
	written_is(&w, "string(//w:hive/@version)", "1.5");
	written_is(&w, "string(//w:hive/@primary_sequence)", "20");
	written_is(&w, "string(//w:hive/@secondary_sequence)", "20");
	written_is(&w, "string(//w:hive/@checksum)", "ok");
	written_is(&w, "string(//w:hive/@state)", "clean");
	written_is(&w, "string(//w:hive/@last_written)", "2016-02-01T17:00:00.7654321Z");
	written_is(&w, "string(//w:hive/@embedded_name)",
		   "\\??\\C:\\Users\\tester\\ntuser.dat");
	written_is(&w, "string(//w:hive/@keys)", "3");
	written_is(&w, "string(//w:hive/@values)", "2");
	written_free(&w);
	snapshot_free(snapshot);
	builder_free(b);
}

/* Reads a hive with one field of the base block poked, and asks for a word of it. */
static void assert_poked(size_t offset, uint32_t number, bool sum, const char *attribute,
			 const char *expected)
{
	struct builder_options options = pair_options();
	struct builder *b = builder_new(&options);
	char expression[64];
	struct written w;

	builder_finish(b);
	builder_poke32(b, offset, number);
	if (sum)
		builder_checksum(b);
	struct snapshot *snapshot = pair_read(b);
	written_start(&w);
	hiveelement_write(w.parts.xml, snapshot);
	written_end(&w);
	(void)snprintf(expression, sizeof(expression), "string(//w:hive/@%s)", attribute);
	written_is(&w, expression, expected);
	written_free(&w);
	snapshot_free(snapshot);
	builder_free(b);
}

static void test_unsound_hives(void **state)
{
	(void)state;
	assert_poked(BASE_CHECKSUM, 1, false, "checksum", "bad");
	assert_poked(BASE_CHECKSUM, 1, false, "state", "damaged");
	/* One more than the other: a writing was begun and not ended. */
	assert_poked(BASE_PRIMARY, 11, true, "state", "dirty");
	assert_poked(BASE_PRIMARY, 11, true, "primary_sequence", "11");
	assert_poked(BASE_PRIMARY, 11, true, "secondary_sequence", "10");
	assert_poked(BASE_PRIMARY, 10, true, "state", "clean");
}

/* Those of Windows 2000 lose four bytes to a list of free cells. */
static void test_free_cells(void **state)
{
	static const char *const words[] = { "plain", "windows_2000" };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct builder *b = builder_new(
			&(struct builder_options){ .minor = 3,
						   .windows_2000 = i == 1,
						   .last_written = pair_made() });
		struct written w;
		builder_key gone = BUILDER_NO_KEY;
		for (unsigned k = 0; k < 40; k++) {
			char name[16];
			(void)snprintf(name, sizeof(name), "Key %u", k);
			gone = builder_path(b, name, pair_made());
			builder_value_string(b, gone, "value", "some text of the value");
		}
		for (unsigned k = 0; k < 40; k += 2) {
			char name[16];
			(void)snprintf(name, sizeof(name), "Key %u", k);
			builder_key_delete(b, pair_key(b, name), pair_changed());
		}
		builder_finish(b);
		struct snapshot *snapshot = pair_read(b);
		written_start(&w);
		hiveelement_write(w.parts.xml, snapshot);
		written_end(&w);
		written_is(&w, "string(//w:hive/@free_cells)", words[i]);
		written_free(&w);
		snapshot_free(snapshot);
		builder_free(b);
	}
}

/* The base block is that of the file; the state says that logs were applied. */
static void test_replayed_hive_and_log(void **state)
{
	struct dirtyseries dirty;
	struct written w;
	size_t n = 0;

	(void)state;
	dirtyseries_read(&dirty);
	const struct snapshot *snapshot = dirtyseries_replayed(&dirty);
	const struct replay_log *logs = replay_logs(snapshot->replay, &n);
	assert_int_equal(n, 1);
	written_start(&w);
	hiveelement_write(w.parts.xml, snapshot);
	hiveelement_log(w.parts.xml, logs);
	written_end(&w);
	written_is(&w, "string(//w:hive/@state)", "replayed");
	written_is(&w, "string(//w:hive/@primary_sequence)", "8");
	written_is(&w, "string(//w:hive/@secondary_sequence)", "7");
	written_is(&w, "string(//w:log/@format)", "new");
	written_is(&w, "string(//w:log/@outcome)", "applied");
	written_is(&w, "string(//w:log/@first_sequence)", "7");
	written_is(&w, "string(//w:log/@last_sequence)", "8");
	written_is(&w, "string(//w:log/@entries)", "2");
	written_is(&w, "string(//w:log/@stale_entries)", "0");
	written_free(&w);
	dirtyseries_clear(&dirty);
}

/* What is no log at all has no format, and the fault stands for the reason. */
static void test_refused_log(void **state)
{
	static const uint8_t zeros[512];
	struct builder_log_state hive = logs_dirty(&logs_story, LOGS_FIRST);
	struct memfile file = logs_file(hive.bytes, hive.len);
	struct span bytes = span_of(zeros, sizeof(zeros));
	struct replay *replay = NULL;
	struct written w;
	size_t n = 0;

	(void)state;
	assert_int_equal(replay_plan(&file, &bytes, 1, &replay), STATUS_OK);
	const struct replay_log *logs = replay_logs(replay, &n);
	written_start(&w);
	hiveelement_log(w.parts.xml, logs);
	written_end(&w);
	written_is(&w, "string(//w:log/@outcome)", "refused");
	written_is(&w, "string(//w:log/@reason)", "no_base_block");
	written_is(&w, "count(//w:log/@format | //w:log/@entries)", "0");
	written_free(&w);
	replay_free(replay);
	memfile_clear(&file);
	builder_log_state_free(&hive);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_clean_hive),
		cmocka_unit_test(test_unsound_hives),
		cmocka_unit_test(test_free_cells),
		cmocka_unit_test(test_replayed_hive_and_log),
		cmocka_unit_test(test_refused_log),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, logs_set_up, logs_tear_down);
}
