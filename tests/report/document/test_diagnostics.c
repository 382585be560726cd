/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Diagnostics in the report: of which input, and where in it. */
#include "help/unit.h"

#include "help/dirtyseries.h"
#include "help/hives.h"
#include "help/logs.h"
#include "help/written.h"

#include "report/document/diagnostics.h"

#include <stdio.h>
#include <stdlib.h>

/* The checksum of the later hive is wrong: what says so stands at byte 508. */
static void test_hive(void **state)
{
	struct pair *pair = *state;
	struct written w;

	pair_fork(pair);
	builder_finish(pair->after);
	builder_poke32(pair->after, BASE_CHECKSUM, 1);
	pair->spoilt_after = true;
	pair_compare(pair);
	written_start(&w);
	written_of_pair(&w, pair);
	diagnostics_snapshot(&w.parts, pair->old);
	diagnostics_snapshot(&w.parts, pair->new);
	written_end(&w);
	written_is(&w, "count(//w:diagnostic[@input='i1'])", "0");
	written_is(&w, "string(//w:diagnostic[@code='base_checksum']/@input)", "i2");
	written_is(&w, "string(//w:diagnostic[@code='base_checksum']/@severity)",
		   "error");
	written_is(&w, "string(//w:diagnostic[@code='base_checksum']/@offset)", "508");
	written_is(&w, "string-length(//w:diagnostic[@code='base_checksum']) > 0",
		   "true");
	written_free(&w);
}

/* Of a comparison as a whole no input is at fault. */
static void test_comparison(void **state)
{
	struct pair *pair = *state;
	struct comparison *same = NULL;
	struct written w;

	pair_fork(pair);
	pair_compare(pair);
	assert_int_equal(compare_snapshots(pair->old, pair->old, NULL, 2, NULL, 0, &same),
			 STATUS_OK);
	written_start(&w);
	written_of_pair(&w, pair);
	diagnostics_comparison(&w.parts, same);
	/* Behind another series with ten of them. */
	w.parts.first_comparison = 10;
	diagnostics_comparison(&w.parts, same);
	written_end(&w);
	written_is(&w, "count(//w:diagnostic)", "2");
	written_is(&w, "string(//w:diagnostic/@code)", "same_file");
	written_is(&w, "string(//w:diagnostic/@severity)", "warning");
	written_is(&w, "string(//w:diagnostic[1]/@comparison)", "d3");
	written_is(&w, "string(//w:diagnostic[2]/@comparison)", "d13");
	written_is(&w, "count(//w:diagnostic/@input | //w:diagnostic/@offset)", "0");
	written_free(&w);
	comparison_free(same);
}

/* A listing that is a DLL, and a SYSTEM hive that is a listing; the hives are not told. */
static void test_beside(void **state)
{
	struct world *world = *state;
	struct written w;

	world->source.listings[0] = world->paths[DLL];
	world->source.n_listings = 1;
	world->source.system.path = world->paths[MODULES];
	written_start_unweighed(&w, world);
	diagnostics_beside(&w.parts);
	written_end(&w);
	written_is(&w, "count(//w:diagnostic[@input='i1' or @input='i2'])", "0");
	written_is(&w, "count(//w:diagnostic[@input='i3'][@severity='error']) > 0",
		   "true");
	written_is(&w, "string(//w:diagnostic[@input='i4']/@code)", "wrong_kind");
	/* All of the file is meant. */
	written_is(&w, "count(//w:diagnostic[@input='i4']/@offset)", "0");
	written_free(&w);
}

static void test_nothing_to_tell(void **state)
{
	struct world *world = *state;
	struct written w;

	world_give_all(world);
	written_start_unweighed(&w, world);
	diagnostics_beside(&w.parts);
	written_end(&w);
	written_is(&w, "count(//w:diagnostic)", "0");
	written_free(&w);
}

/*
 * A cell is damaged in what the log brings, and sound in the hive: what is told of it
 * names the log, and where it stands there.
 */
static void test_log(void **state)
{
	struct builder_log_state hive = logs_dirty(&logs_story, LOGS_FIRST);
	struct builder_log log = logs_new(&logs_story, 0, 1, LOGS_FIRST);
	struct series_options options = { .n_threads = 1 };
	struct failure failure = { "" };
	struct series *series = NULL;
	struct written w;
	size_t page = builder_log_entry_pages(&log, log.entries[0]);

	(void)state;
	/* The first cell of the first page of the log: its size is none. */
	builder_log_put32(&log, page + 32, 0xFFFFFFFD);
	builder_log_rehash_entry(&log, log.entries[0]);
	char *paths[] = { hives_temporary(hive.bytes, hive.len),
			  hives_temporary(log.bytes, log.len) };
	const struct snapshot_source source = { .path = paths[0],
						.logs = { paths[1] },
						.n_logs = 1 };
	assert_int_equal(series_read(&source, 1, &options, &series, &failure), STATUS_OK);
	written_start(&w);
	written_of(&w, series, NULL, NULL);
	diagnostics_snapshot(&w.parts, series->snapshots[series->n_snapshots - 1]);
	written_end(&w);
	char where[24];
	(void)snprintf(where, sizeof(where), "%zu", page + 32);
	written_is(&w, "string(//w:diagnostic[@code='cell_damaged'][1]/@input)", "i2");
	written_is(&w, "string(//w:diagnostic[@code='cell_damaged'][1]/@offset)", where);
	written_free(&w);
	series_free(series);
	builder_log_free(&log);
	builder_log_state_free(&hive);
	for (size_t i = 0; i < 2; i++) {
		(void)remove(paths[i]);
		free(paths[i]);
	}
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_hive),
		TEST(test_comparison),
		WORLD_TEST(test_beside),
		WORLD_TEST(test_nothing_to_tell),
		cmocka_unit_test(test_log),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, logs_set_up, logs_tear_down);
}
