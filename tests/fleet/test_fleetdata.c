/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What stays of reports when they are freed. */
#include "help/fleets.h"

#include "fleet/fleetdata.h"

#include <stdlib.h>
#include <string.h>

static void test_report(void **state)
{
	const struct fleets_loss loss = { .machine = "pc1",
					  .at = "2003-03-18T09:14:07.0000000Z",
					  .cause = "kb_817375",
					  .grade = "supported",
					  .process = "BkAgent.exe",
					  .computer = "EXCH01",
					  .certainty = "probable",
					  .profile = "Work" };
	struct fleetdata *data = fleets_data(&loss, 1);

	(void)state;
	assert_int_equal(data->machines.n, 1);
	assert_string_equal(data->machines.items[0].name, "pc1");
	assert_string_equal(data->machines.items[0].computer_name, "EXCH01");
	assert_int_equal(data->machines.items[0].n_reports, 1);
	assert_int_equal(data->machines.items[0].n_unread, 0);
	assert_true(data->machines.items[0].lost);
	assert_false(data->machines.items[0].incomplete);
	assert_int_equal(data->reports.n, 1);
	assert_string_equal(data->reports.items[0].path, "pc1");
	assert_string_equal(data->reports.items[0].subject, "amy");
	assert_string_equal(data->reports.items[0].answer, "1 profile is gone");
	assert_int_equal(data->reports.items[0].state, INDEX_LOST);
	assert_int_equal(data->reports.items[0].n_losses, 1);
	assert_true(data->reports.items[0].has_fault);
	assert_int_equal(data->reports.items[0].n_advices, 1);
	assert_string_equal(data->advices.items[0], "stop it");
	assert_int_equal(data->reports.items[0].n_processes, 1);
	assert_string_equal(data->process_names.items[data->processes.items[0]],
			    "bkagent.exe");
	assert_int_equal(data->losses.n, 1);
	assert_true(data->losses.items[0].is_moment);
	assert_int_equal(data->losses.items[0].from_ft, data->losses.items[0].to_ft);
	assert_int_equal(data->losses.items[0].cause, CAUSE_KB_817375);
	assert_int_equal(data->losses.items[0].grade, GRADE_SUPPORTED);
	assert_string_equal(fleetdata_certainty_word(data->losses.items[0].certainty),
			    "probable");
	assert_string_equal(data->losses.items[0].profile, "Work");
	assert_int_equal(data->losses.items[0].finding, 1);
	assert_int_equal(data->n_findings, 1);
	fleetdata_free(data);
	fleetdata_free(NULL);
}

/* Possible is not supported: nothing is to be done there on that ground. */
static void test_no_fault(void **state)
{
	const struct fleets_loss losses[] = {
		{ .machine = "a", .cause = "kb_817375", .grade = "possible" },
		{ .machine = "b", .cause = "kb_818861", .grade = "supported" },
	};
	struct fleetdata *data = fleets_data(losses, 2);

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		assert_false(data->reports.items[i].has_fault);
		assert_int_equal(data->reports.items[i].n_advices, 0);
	}
	assert_int_equal(data->losses.items[1].finding, 2);
	assert_int_equal(data->losses.items[0].from_ft, 0);
	assert_int_equal(data->losses.items[0].to_ft, 0);
	fleetdata_free(data);
}

/* The same hive is the same evidence, in whatever report. */
static void test_evidence(void **state)
{
	const struct fleets_loss losses[] = {
		{ .machine = "a", .sha256 = "0102" },
		{ .machine = "b", .sha256 = "0102" },
		{ .machine = "c", .sha256 = "0103" },
	};
	struct fleetdata *data = fleets_data(losses, 3);
	const struct fleetdata_loss *loss = data->losses.items;

	(void)state;
	assert_true(loss[0].evidence != 0);
	assert_true(loss[0].evidence == loss[1].evidence);
	assert_true(loss[0].evidence != loss[2].evidence);
	fleetdata_free(data);
}

static void test_unread(void **state)
{
	struct fleetdata *data = NULL;
	char name[] = "pc1", why[] = "is no report of wmsdiff";

	(void)state;
	assert_int_equal(fleetdata_new(&data), STATUS_OK);
	assert_int_equal(fleetdata_add_machine(data,
					       &(struct fleetdata_machine){
						       .name = name,
						       .outcome = { .outcome = "failed",
								    .reason = why },
						       .errors = "errors/pc1.txt" }),
			 STATUS_OK);
	assert_int_equal(fleetdata_add_unread(data, "pc1/x.xml", why), STATUS_OK);
	/* Nothing of it is borrowed. */
	memset(name, 'x', 3);
	memset(why, 'x', 3);
	assert_string_equal(data->machines.items[0].name, "pc1");
	assert_string_equal(data->machines.items[0].outcome.reason,
			    "is no report of wmsdiff");
	assert_string_equal(data->machines.items[0].errors, "errors/pc1.txt");
	assert_int_equal(data->machines.items[0].n_reports, 1);
	assert_int_equal(data->machines.items[0].n_unread, 1);
	assert_string_equal(data->reports.items[0].trouble, "is no report of wmsdiff");
	assert_string_equal(data->reports.items[0].path, "pc1/x.xml");
	fleetdata_free(data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_report),
		cmocka_unit_test(test_no_fault),
		cmocka_unit_test(test_evidence),
		cmocka_unit_test(test_unread),
	};
	return UNIT_RUN(tests);
}
