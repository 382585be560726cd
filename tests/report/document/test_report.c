/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The report as a whole: in the order of the schema, valid, and the same for the same input. */
#include "help/unit.h"

#include "help/hives.h"
#include "help/recoveredhive.h"
#include "help/world.h"
#include "help/xpath.h"

#include "report/document/report.h"
#include "report/inputs.h"
#include "report/schema/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What a run writes; the file is gone again. */
struct whole {
	struct evidence *file;
	struct _xmlDoc *tree;
};

static struct whole write_whole(const struct series *series,
				const struct report_options *options)
{
	struct whole whole = { NULL, NULL };
	struct failure failure = { "" };
	struct output *output = NULL;
	char *path = hives_temporary("", 0);
	struct report_options judged = *options;
	struct verdict verdict;

	assert_int_equal(verdict_decide(series, &verdict), STATUS_OK);
	judged.verdict = &verdict;
	assert_int_equal(output_open(path, NULL, &output, &failure), STATUS_OK);
	assert_int_equal(report_write(series, &judged, output), STATUS_OK);
	assert_int_equal(output_commit(output, &failure), STATUS_OK);
	assert_int_equal(evidence_read(path, &whole.file, &failure), STATUS_OK);
	whole.tree =
		xpath_parse((const char *)whole.file->bytes.ptr, whole.file->bytes.len);
	(void)remove(path);
	free(path);
	return whole;
}

static void end(struct whole *whole)
{
	xpath_free(whole->tree);
	evidence_free(whole->file);
}

static void assert_valid(const struct whole *whole)
{
	static struct check check;

	assert_int_equal(check_report(whole->file->bytes, NULL, &check, NULL), STATUS_OK);
	if (check.n_faults > 0)
		fail_msg("%s", check.faults[0]);
}

static void read_world(struct world *world)
{
	world_give_all(world);
	world_read_companions(world);
	world_read_series(world);
	assert_int_equal(
		diagnoses_read(world->series, world->companions, &world->diagnoses),
		STATUS_OK);
}

/* With everything given, and again spelled out. */
static void test_valid(void **state)
{
	struct world *world = *state;
	struct inputs *inputs = NULL;

	read_world(world);
	assert_int_equal(inputs_list(world->series, world->companions, &inputs),
			 STATUS_OK);
	for (int full = 0; full < 2; full++) {
		const struct report_options options = { .full = full,
							.inputs = inputs,
							.companions = world->companions,
							.diagnoses = &world->diagnoses };
		struct whole whole = write_whole(world->series, &options);
		assert_valid(&whole);
		xpath_is(whole.tree, "string(/w:report/@version)", "1.0");
		xpath_is(whole.tree, "name(/w:report/*[1])", "dfxml:creator");
		xpath_is(whole.tree, "name(/w:report/*[2])", "input");
		xpath_is(whole.tree, "name(/w:report/*[last()])", "summary");
		xpath_is(whole.tree, "count(/w:report/w:input)", "9");
		xpath_is(whole.tree, "count(//w:snapshot)", "2");
		xpath_is(whole.tree, "count(//w:comparison)", "1");
		xpath_is(whole.tree, "count(//w:diagnosis) > 0", "true");
		/* The recipe: eight before, of which one survives. */
		xpath_is(whole.tree, "string(//w:summary/@profiles_before)", "8");
		xpath_is(whole.tree, "string(//w:summary/@profiles_after)", "1");
		xpath_is(whole.tree, "string(//w:summary/@deleted)", "7");
		xpath_is(whole.tree, "string(//w:summary/@exit_status)", "1");
		xpath_is(whole.tree, "string(//w:series/@role)", "local_system");
		end(&whole);
	}
	inputs_free(inputs);
}

static void test_same_bytes(void **state)
{
	struct world *world = *state;
	struct inputs *inputs = NULL;

	read_world(world);
	assert_int_equal(inputs_list(world->series, world->companions, &inputs),
			 STATUS_OK);
	const struct report_options options = { .inputs = inputs,
						.companions = world->companions,
						.diagnoses = &world->diagnoses };
	struct whole one = write_whole(world->series, &options);
	struct whole other = write_whole(world->series, &options);
	assert_int_equal(one.file->bytes.len, other.file->bytes.len);
	assert_memory_equal(one.file->bytes.ptr, other.file->bytes.ptr,
			    one.file->bytes.len);
	end(&one);
	end(&other);
	inputs_free(inputs);
}

/* ---- what was asked for ---- */

/* Two hives of a pair, as a series, with these options. */
static struct whole write_pair(struct pair *pair, struct report_options options)
{
	struct snapshot *snapshots[] = { pair->old, pair->new };
	struct series series = { .snapshots = snapshots,
				 .recoveries = pair->recoveries,
				 .n_snapshots = 2,
				 .comparisons = &pair->found,
				 .n_comparisons = 1 };
	struct inputs *inputs = NULL;

	assert_int_equal(inputs_list(&series, NULL, &inputs), STATUS_OK);
	options.inputs = inputs;
	struct whole whole = write_whole(&series, &options);
	assert_valid(&whole);
	inputs_free(inputs);
	return whole;
}

static void delete_work(struct pair *pair)
{
	recoveredhive_add_two(pair);
	pair_fork(pair);
	recoveredhive_delete(pair, WORK);
	pair_compare(pair);
}

/* The words of the command line are such that a shell takes them as they were. */
static void test_command_line(void **state)
{
	static const char *const arguments[] = { "wmsdiff", "--note", "it's",	  "",
						 "a b",	    "$(x)",   "plain/1.2" };

	delete_work(*state);
	struct whole whole = write_pair(
		*state, (struct report_options){ .arguments = arguments,
						 .n_arguments = ARRAY_LEN(arguments),
						 .started_ft = pair_made() });
	xpath_is(whole.tree, "string(//dfxml:command_line)",
		 "wmsdiff --note 'it'\\''s' '' 'a b' '$(x)' plain/1.2");
	xpath_is(whole.tree, "string(//dfxml:start_time)",
		 "2015-04-07T08:30:00.1234567Z");
	xpath_is(whole.tree, "string(//dfxml:program)", "wmsdiff");
	xpath_is(whole.tree, "string(//dfxml:library[@name='hivex']/@version) != ''",
		 "true");
	end(&whole);
}

static void test_case(void **state)
{
	struct pair *pair = *state;

	delete_work(*state);
	struct whole whole = write_pair(*state, (struct report_options){ 0 });
	xpath_is(whole.tree, "count(//w:case)", "0");
	end(&whole);
	whole = write_pair(*state, (struct report_options){ .case_id = "7 <x>",
							    .note = "a\x1b[31m" });
	xpath_is(whole.tree, "string(//w:case/@id)", "7 <x>");
	xpath_is(whole.tree, "string(//w:case/@note)", "a\xEF\xBF\xBD[31m");
	xpath_is(whole.tree, "count(//w:case/@examiner)", "0");
	xpath_is(whole.tree, "count(//w:custody)", "0");
	end(&whole);
	/* Of an input, and of what is none; what was not given is not there. */
	const struct custody custodies[] = {
		{ .path = pair->new->evidence->path, .evidence_number = "7 <x>" },
		{ .path = "folder", .received_from = "", .received_at = "a\x1b[31m" },
	};
	whole = write_pair(pair, (struct report_options){ .custodies = custodies,
							  .n_custodies = 2 });
	xpath_is(whole.tree, "count(//w:case/@*)", "0");
	xpath_is(whole.tree, "string(//w:custody[1]/@evidence_number)", "7 <x>");
	xpath_is(whole.tree, "string(//w:custody[1]/@input)", "i2");
	xpath_is(whole.tree, "count(//w:custody[1]/@*)", "2");
	xpath_is(whole.tree, "string(//w:custody[2]/w:path)", "folder");
	xpath_is(whole.tree, "string(//w:custody[2]/@received_at)", "a\xEF\xBF\xBD[31m");
	xpath_is(whole.tree, "count(//w:custody[2]/@received_from)", "1");
	xpath_is(whole.tree, "count(//w:custody[2]/@input)", "0");
	end(&whole);
}

/* The options of the pair's hive tell whose it is; what is found is counted. */
static void test_series_and_summary(void **state)
{
	delete_work(*state);
	struct whole whole = write_pair(*state, (struct report_options){ 0 });
	xpath_is(whole.tree, "string(//w:series/@sid)", PAIR_SID);
	xpath_is(whole.tree, "string(//w:series/@role)", "user");
	xpath_is(whole.tree, "string(//w:summary/@snapshots)", "2");
	xpath_is(whole.tree, "string(//w:summary/@profiles_before)", "2");
	xpath_is(whole.tree, "string(//w:summary/@profiles_after)", "1");
	xpath_is(whole.tree, "string(//w:summary/@deleted)", "1");
	xpath_is(whole.tree, "string(//w:summary/@moved)", "0");
	end(&whole);
}

/* ---- several series ---- */

/* The same pair twice, and between both nothing: numbers go on, sums are those of both. */
static void test_several_series(void **state)
{
	struct pair *pair = *state;
	struct whole whole = { NULL, NULL };
	struct failure failure = { "" };
	struct output *output = NULL;
	struct inputs *inputs = NULL;
	struct verdict verdict;
	char *path = hives_temporary("", 0);

	delete_work(pair);
	struct snapshot *snapshots[] = { pair->old, pair->new };
	struct series series = { .snapshots = snapshots,
				 .recoveries = pair->recoveries,
				 .n_snapshots = 2,
				 .comparisons = &pair->found,
				 .n_comparisons = 1 };
	const struct series *all[] = { &series, &series };
	assert_int_equal(inputs_list_all(all, 1, NULL, &inputs), STATUS_OK);
	assert_int_equal(verdict_decide(&series, &verdict), STATUS_OK);
	const struct report_options options = { .inputs = inputs, .verdict = &verdict };
	const struct report_options common = { .inputs = inputs, .case_id = "7" };
	const struct report_subject subjects[] = { { &series, &options },
						   { &series, &options } };
	char sentence[] = "what came of both";
	const struct report_answer answer = { sentence, 2 };
	assert_int_equal(output_open(path, NULL, &output, &failure), STATUS_OK);
	assert_int_equal(report_write_all(subjects, 2, &common, &answer, output),
			 STATUS_OK);
	assert_int_equal(output_commit(output, &failure), STATUS_OK);
	assert_int_equal(evidence_read(path, &whole.file, &failure), STATUS_OK);
	whole.tree =
		xpath_parse((const char *)whole.file->bytes.ptr, whole.file->bytes.len);
	assert_valid(&whole);
	xpath_is(whole.tree, "count(//w:series)", "2");
	xpath_is(whole.tree, "string(//w:case/@id)", "7");
	xpath_is(whole.tree, "string(//w:series[2]/@id)", "series2");
	xpath_is(whole.tree, "string(//w:series[1]/w:comparison/@after)", "s2");
	xpath_is(whole.tree, "string(//w:series[2]/w:snapshot[1]/@id)", "s3");
	xpath_is(whole.tree, "string(//w:series[2]/w:snapshot[1]/@input)", "i1");
	xpath_is(whole.tree, "string(//w:series[2]/w:comparison/@id)", "d2");
	xpath_is(whole.tree, "string(//w:series[2]/w:comparison/@after)", "s4");
	xpath_is(whole.tree, "string(//w:series[2]//w:change/@id)", "c2");
	xpath_is(whole.tree, "string(//w:series[2]//w:change/@last_seen)", "s3");
	xpath_is(whole.tree, "starts-with(//w:series[2]//w:store/@id, 's3.')", "true");
	xpath_is(whole.tree, "string(//w:summary/@series)", "2");
	xpath_is(whole.tree, "string(//w:summary/@snapshots)", "4");
	xpath_is(whole.tree, "string(//w:summary/@profiles_before)", "4");
	xpath_is(whole.tree, "string(//w:summary/@deleted)", "2");
	xpath_is(whole.tree, "string(//w:summary/@gone)", "2");
	xpath_is(whole.tree, "string(//w:summary/@exit_status)", "2");
	xpath_is(whole.tree, "string(//w:summary/@verdict)", sentence);
	end(&whole);
	inputs_free(inputs);
	(void)remove(path);
	free(path);
}

static void test_full_disk(void **state)
{
	struct pair *pair = *state;
	struct snapshot *snapshots[] = { NULL, NULL };
	struct failure failure = { "" };
	struct output *output = NULL;
	struct inputs *inputs = NULL;

	delete_work(pair);
	snapshots[0] = pair->old;
	snapshots[1] = pair->new;
	struct series series = { .snapshots = snapshots,
				 .recoveries = pair->recoveries,
				 .n_snapshots = 2,
				 .comparisons = &pair->found,
				 .n_comparisons = 1 };
	assert_int_equal(inputs_list(&series, NULL, &inputs), STATUS_OK);
	struct verdict verdict;
	assert_int_equal(verdict_decide(&series, &verdict), STATUS_OK);
	const struct report_options options = { .full = true,
						.inputs = inputs,
						.verdict = &verdict };
	assert_int_equal(output_open("/dev/full", NULL, &output, &failure), STATUS_OK);
	assert_int_equal(report_write(&series, &options, output), STATUS_IO);
	output_abort(output);
	inputs_free(inputs);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(test_valid),	       WORLD_TEST(test_same_bytes),
		TEST(test_command_line),       TEST(test_case),
		TEST(test_series_and_summary), TEST(test_full_disk),
		TEST(test_several_series),
	};

	return UNIT_RUN(tests);
}
