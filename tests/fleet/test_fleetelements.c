/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Elements of a report, each with what it brings. */
#include "help/fleets.h"

#include "base/filetime.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEXT                                                                              \
	FLEETS_BEGIN                                                                      \
	"<dfxml:creator><dfxml:version>0.1.0</dfxml:version></dfxml:creator>"             \
	"<collection kind=\"folder\" whole=\"0\" left=\"1\"/>"                            \
	"<input id=\"i1\" role=\"hive\"><dfxml:fileobject>"                               \
	"<dfxml:filename>a/NTUSER.DAT</dfxml:filename><dfxml:filesize>8192"               \
	"</dfxml:filesize><dfxml:hashdigest type=\"sha256\">ab</dfxml:hashdigest>"        \
	"</dfxml:fileobject></input>"                                                     \
	"<input id=\"i2\" role=\"system\"><system computer_name=\"PC1\"/></input>"        \
	"<input id=\"i3\" role=\"modules\"><listing><holder image=\"a.exe\" "             \
	"class=\"third_party\"/></listing></input>"                                       \
	"<series id=\"series1\" subject=\"the user amy\" role=\"user\" sid=\"S-1-5\" "    \
	"user=\"amy\"><snapshot id=\"s1\" input=\"i1\"/><snapshot id=\"s2\" "             \
	"input=\"i1\"><recovered><profile name=\"Old\" name_utf16=\"4f00\" "              \
	"store_path=\"P\" path_certainty=\"probable\" name_from=\"srs\" "                 \
	"name_certainty=\"possible\" deleted_at=\"2016-03-14T13:31:52.6200811Z\" "        \
	"deleted_not_after=\"2016-03-14T13:31:53.0000000Z\" may_be_alive=\"1\" "          \
	"reported=\"1\" lives_on=\"x\" went_on=\"\"><restore outcome=\"refused\" "        \
	"reason=\"name_lost\"/></profile></recovered></snapshot>"                         \
	"<comparison id=\"d1\" before=\"s1\" after=\"s2\">"                               \
	"<change id=\"c1\" kind=\"moved\" profile=\"Work\" profile_utf16=\"57\" "         \
	"new_name=\"New\" new_name_utf16=\"4e\" store_path=\"P\" "                        \
	"new_store_path=\"Q\" certainty=\"certain\" fate=\"gone\">"                       \
	"<deletion at=\"2016-03-14T13:31:52.6200811Z\" confirmed=\"1\" "                  \
	"earliest=\"2016-03-14T13:31:50.0000000Z\" "                                      \
	"latest=\"2016-03-14T13:31:55.0000000Z\"/>"                                       \
	"<reason code=\"absent_after\">x</reason>"                                        \
	"<reason code=\"bounds_conflict\">x</reason>"                                     \
	"<restore outcome=\"written\" reason=\"r\" why=\"w\" file=\"f.reg\"/></change>"   \
	"<change id=\"c2\" kind=\"added\"/></comparison>"                                 \
	"<diagnosis cause=\"kb_817375\" grade=\"supported\" rank=\"best\" "               \
	"comparison=\"d1\" says=\"s\" contradiction=\"k\">"                               \
	"<advice code=\"stop_service\" name=\"Svc\">stop &lt;it&gt;</advice></diagnosis>" \
	"<unpaired kind=\"hive_missing\">it is gone</unpaired></series>"                  \
	"<diagnostic code=\"dirty_hive\" severity=\"warning\" input=\"i1\">it is dirty"   \
	"</diagnostic><summary exit_status=\"2\" gone=\"3\" back=\"4\" "                  \
	"unresolved=\"5\" verdict=\"v\"/>" FLEETS_END

static uint64_t ft(const char *text)
{
	uint64_t time = 0;

	assert_true(filetime_parse(text, &time));
	return time;
}

static void test_whole_run(void **state)
{
	struct fleetreport *r = fleets_read(TEXT);

	(void)state;
	assert_string_equal(r->program_version, "0.1.0");
	assert_true(r->partly);
	assert_string_equal(r->computer_name, "PC1");
	assert_int_equal(r->inputs.n, 3);
	assert_string_equal(r->inputs.items[0].id, "i1");
	assert_string_equal(r->inputs.items[0].role, "hive");
	assert_string_equal(r->inputs.items[0].path, "a/NTUSER.DAT");
	assert_string_equal(r->inputs.items[0].size, "8192");
	assert_string_equal(r->inputs.items[0].sha256, "ab");
	assert_null(r->inputs.items[1].path);
	assert_int_equal(r->processes.n, 1);
	assert_string_equal(r->processes.items[0].image, "a.exe");
	assert_string_equal(r->processes.items[0].class, "third_party");
	assert_int_equal(r->diagnostics.n, 1);
	assert_string_equal(r->diagnostics.items[0].code, "dirty_hive");
	assert_string_equal(r->diagnostics.items[0].severity, "warning");
	assert_string_equal(r->diagnostics.items[0].input, "i1");
	assert_string_equal(r->diagnostics.items[0].sentence, "it is dirty");
	assert_int_equal(r->exit_status, 2);
	assert_int_equal(r->n_gone, 3);
	assert_int_equal(r->n_back, 4);
	assert_int_equal(r->n_unresolved, 5);
	assert_string_equal(r->verdict, "v");
	fleetreport_free(r);
}

static void test_series(void **state)
{
	struct fleetreport *r = fleets_read(TEXT);

	(void)state;
	assert_string_equal(r->subject, "the user amy");
	assert_string_equal(r->role, "user");
	assert_string_equal(r->sid, "S-1-5");
	assert_string_equal(r->user, "amy");
	assert_string_equal(r->unpaired, "hive_missing");
	assert_string_equal(r->unpaired_why, "it is gone");
	assert_int_equal(r->snapshots.n, 2);
	assert_string_equal(r->snapshots.items[1].id, "s2");
	assert_string_equal(r->snapshots.items[1].input, "i1");
	assert_int_equal(r->comparisons.n, 1);
	assert_string_equal(r->comparisons.items[0].before, "s1");
	assert_string_equal(r->comparisons.items[0].after, "s2");
	assert_int_equal(r->causes.n, 1);
	assert_string_equal(r->causes.items[0].comparison, "d1");
	assert_string_equal(r->causes.items[0].cause, "kb_817375");
	assert_string_equal(r->causes.items[0].grade, "supported");
	assert_string_equal(r->causes.items[0].rank, "best");
	assert_string_equal(r->causes.items[0].says, "s");
	assert_string_equal(r->causes.items[0].contradiction, "k");
	assert_int_equal(r->advices.n, 1);
	assert_int_equal(r->advices.items[0].cause, 0);
	assert_string_equal(r->advices.items[0].name, "Svc");
	assert_string_equal(r->advices.items[0].text, "stop <it>");
	fleetreport_free(r);
}

static void test_changes(void **state)
{
	struct fleetreport *r = fleets_read(TEXT);
	const struct fleetreport_change *c = r->changes.items;

	(void)state;
	assert_int_equal(r->changes.n, 3);
	assert_true(c[0].recovered && c[0].lives_on && c[0].went_on);
	assert_true(c[0].may_be_alive && c[0].reported);
	assert_int_equal(c[0].at, 1);
	assert_string_equal(c[0].kind, "recovered");
	assert_string_equal(c[0].profile, "Old");
	assert_string_equal(c[0].profile_utf16, "4f00");
	assert_string_equal(c[0].certainty, "probable");
	assert_string_equal(c[0].name_from, "srs");
	assert_string_equal(c[0].name_certainty, "possible");
	assert_int_equal(c[0].at_ft, ft("2016-03-14T13:31:52.6200811Z"));
	assert_int_equal(c[0].latest_ft, ft("2016-03-14T13:31:53.0000000Z"));
	assert_int_equal(c[0].earliest_ft, 0);
	assert_string_equal(c[0].restore, "refused");
	assert_string_equal(c[0].restore_reason, "name_lost");
	assert_false(c[1].recovered || c[1].lives_on || c[1].reported);
	assert_string_equal(c[1].id, "c1");
	assert_string_equal(c[1].profile, "Work");
	assert_string_equal(c[1].new_name, "New");
	assert_string_equal(c[1].new_name_utf16, "4e");
	assert_string_equal(c[1].store_path, "P");
	assert_string_equal(c[1].new_store_path, "Q");
	assert_string_equal(c[1].certainty, "certain");
	assert_string_equal(c[1].fate, "gone");
	assert_true(c[1].confirmed && c[1].conflict);
	assert_int_equal(c[1].at_ft, ft("2016-03-14T13:31:52.6200811Z"));
	assert_int_equal(c[1].earliest_ft, ft("2016-03-14T13:31:50.0000000Z"));
	assert_int_equal(c[1].latest_ft, ft("2016-03-14T13:31:55.0000000Z"));
	assert_string_equal(c[1].restore_why, "w");
	assert_string_equal(c[1].restore_file, "f.reg");
	assert_false(c[2].conflict);
	assert_null(c[2].restore);
	assert_null(c[2].profile);
	fleetreport_free(r);
}

/* What is no number or no time is none; an exit status that there is not is no answer. */
static void test_odd_values(void **state)
{
	struct fleetreport *r = fleets_read(
		FLEETS_BEGIN "<series id=\"s\"><comparison id=\"d1\"><change id=\"c1\">"
			     "<deletion at=\"yesterday\" latest=\"2016-13-14T13:31:50."
			     "0000000Z\"/></change></comparison></series>"
			     "<summary exit_status=\"7\" gone=\"-1\" "
			     "back=\"99999999999999999999999\"/>" FLEETS_END);

	(void)state;
	assert_int_equal(r->exit_status, 2);
	assert_int_equal(r->n_gone, 0);
	assert_int_equal(r->n_back, 0);
	assert_int_equal(r->changes.items[0].at_ft, 0);
	assert_int_equal(r->changes.items[0].latest_ft, 0);
	fleetreport_free(r);
}

/* More snapshots than a series has: nothing of the report is taken. */
static void test_too_many(void **state)
{
	static const char piece[] = "<snapshot id=\"s\"/>";

	(void)state;
	for (size_t more = 0; more < 2; more++) {
		size_t n = FLEETREPORT_MAX_SNAPSHOTS + more;
		char *text = malloc(n * sizeof(piece) + 1000), *at;
		assert_non_null(text);
		at = stpcpy(text, FLEETS_BEGIN "<series id=\"series1\">");
		for (size_t i = 0; i < n; i++)
			at = stpcpy(at, piece);
		(void)stpcpy(at, "</series><summary/>" FLEETS_END);
		if (more)
			assert_non_null(strstr(fleets_refused(text, STATUS_LIMIT),
					       "1024 snapshots"));
		else
			fleetreport_free(fleets_read(text));
		free(text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_whole_run), cmocka_unit_test(test_series),
		cmocka_unit_test(test_changes),	  cmocka_unit_test(test_odd_values),
		cmocka_unit_test(test_too_many),
	};
	return UNIT_RUN(tests);
}
