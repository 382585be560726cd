/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Diagnoses and restoring in the report: the incident, and a profile that was written. */
#include "help/unit.h"

#include "help/hives.h"
#include "help/recoveredhive.h"
#include "help/restoring.h"
#include "help/written.h"

#include "report/document/causes.h"

#include <stdio.h>

/* ---- diagnoses ---- */

#define KB "//w:diagnosis[@cause='kb_817375']"

static void test_incident(void **state)
{
	struct world *world = *state;
	struct written w;
	char number[16];

	written_start_world(&w, world);
	causes_write(&w.parts);
	written_end(&w);
	(void)snprintf(number, sizeof(number), "%zu", world->diagnoses.n);
	written_is(&w, "count(//w:diagnosis)", number);
	written_is(&w, "count(//w:diagnosis[@comparison='d1'])", number);
	written_is(&w, "count(//w:diagnosis[not(@grade) or not(@says)])", "0");
	/* The event is what makes it more than possible. */
	written_is(&w, "string(" KB "/@grade)", "supported");
	written_is(&w, "string(" KB "/w:condition[@id='local_system_hive']/@state)",
		   "met");
	/* The name in the base block says whose hive it is. */
	written_is(&w,
		   "string(" KB
		   "/w:condition[@id='local_system_hive']/w:evidence/@input)",
		   "i2");
	written_is(&w,
		   "string(" KB
		   "/w:condition[@id='local_system_hive']/w:evidence/@offset)",
		   "48");
	/* All seven that went were in lists of Windows Messaging. */
	written_is(&w, "string(" KB "/w:condition[@id='wms_list']/@changes)",
		   "c1 c2 c3 c4 c5 c6 c7");
	written_is(&w, "count(" KB "/w:advice) > 0", "true");
	written_is(&w, "count(//w:advice[not(@code) or string-length(.) = 0])", "0");
	written_free(&w);
}

/* What is not known says what would decide it, and nothing else does. */
static void test_what_would_decide(void **state)
{
	struct world *world = *state;
	struct written w;

	world_read_companions(world);
	world_read_series(world);
	assert_int_equal(
		diagnoses_read(world->series, world->companions, &world->diagnoses),
		STATUS_OK);
	written_start(&w);
	written_of(&w, world->series, world->companions, &world->diagnoses);
	causes_write(&w.parts);
	written_end(&w);
	written_is(&w, "count(//w:condition[@state='unknown']) > 0", "true");
	written_is(&w, "count(//w:condition[@state='unknown'][not(@decided_by)])", "0");
	written_is(&w, "count(//w:condition[@state!='unknown'][@decided_by])", "0");
	written_free(&w);
}

static void test_no_diagnoses(void **state)
{
	struct written w;

	(void)state;
	written_start(&w);
	causes_write(&w.parts);
	written_end(&w);
	written_is(&w, "count(/w:report/*)", "0");
	written_free(&w);
}

/* ---- restoring ---- */

/* One profile went, and all of it is in the earlier hive. */
static void test_restored(void **state)
{
	struct snapshot *snapshots[2];
	struct pair *pair = *state;
	struct restoring run;
	struct written w;
	char hex[DIGEST_HEX_SIZE];

	recoveredhive_add_two(pair);
	pair_fork(pair);
	recoveredhive_delete(pair, WORK);
	restoring_start(&run);
	restoring_pair(&run, pair, snapshots);
	assert_int_equal(restoring_write(&run), STATUS_OK);
	written_start(&w);
	written_of_pair(&w, pair);
	/* Nothing was asked for. */
	causes_restore(&w.parts, &pair->found->findings[0], NULL);
	w.options.restores = &run.restores;
	causes_restore(&w.parts, &pair->found->findings[0], NULL);
	written_end(&w);
	const struct restored *restored = restoring_only(&run);
	struct evidence *file = NULL;
	assert_int_equal(evidence_read(restored->path, &file, &run.failure), STATUS_OK);
	digest_hex(&file->sha256, hex);
	written_is(&w, "count(//w:restore)", "1");
	written_is(&w, "string(//w:restore/@outcome)", "written");
	written_is(&w, "count(//w:restore/@reason)", "0");
	written_is(&w, "string(//w:restore/@file)", restored->path);
	written_is(&w, "string(//w:restore/@sha256)", hex);
	written_is(&w, "string(//w:restore/@reg_version)", "5");
	written_is(&w, "string(//w:restore/@left_out)", "0");
	written_is(&w, "string(//w:restore/@completeness)", "whole");
	written_is(&w, "count(//w:loss[not(@code) or string-length(.) = 0])", "0");
	evidence_free(file);
	written_free(&w);
	restoring_end(&run);
}

/* A name that no line of a .reg file can hold: why, and no file. */
static void test_refused(void **state)
{
	static const uint16_t units[] = { 'a', '\n', 'b' };
	struct snapshot *snapshots[2];
	struct pair *pair = *state;
	struct restoring run;
	struct written w;
	builder_key list = builder_path(pair->before, PAIR_PROFILES, pair_made());
	builder_key key =
		builder_key_add_units(pair->before, list, units, 3, pair_made());

	builder_value_dword(pair->before,
			    builder_key_add(pair->before, key, MAPI_ROOT, pair_made()),
			    "00033d01", 1);
	pair_fork(pair);
	restoring_delete_all(pair->after);
	restoring_start(&run);
	restoring_pair(&run, pair, snapshots);
	assert_int_equal(restoring_write(&run), STATUS_OK);
	written_start(&w);
	written_of_pair(&w, pair);
	w.options.restores = &run.restores;
	causes_restore(&w.parts, &pair->found->findings[0], NULL);
	written_end(&w);
	written_is(&w, "string(//w:restore/@outcome)", "refused");
	written_is(&w, "string(//w:restore/@reason)", "name_unfit");
	written_is(&w, "count(//w:restore/@file | //w:restore/*)", "0");
	written_free(&w);
	restoring_end(&run);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(test_incident),
		WORLD_TEST(test_what_would_decide),
		cmocka_unit_test(test_no_diagnoses),
		TEST(test_restored),
		TEST(test_refused),
	};

	return UNIT_RUN(tests);
}
