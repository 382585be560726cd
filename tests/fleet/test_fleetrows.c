/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rows of the table that a report makes; tests/fleet/index.sh holds them against wmsdiff's. */
#include "help/fleets.h"

#include "fleet/fleetrows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *find(void *data, const char *file)
{
	(void)data;
	return strcmp(file, "x/f.reg") == 0 ? strdup("here/f.reg") : NULL;
}

/* A report and its index, to be ended. */
struct made {
	struct fleetreport *report;
	struct index *index;
	const struct index_subject *subject;
	const struct index_row *rows;
	size_t n;
};

static struct made make(const char *text)
{
	struct made made = { .report = fleets_read(text) };
	const struct fleetrows_files files = { .report = "pc1/report.xml",
					       .page = "pc1/page.html",
					       .find = find };

	assert_int_equal(index_new(NULL, &made.index), STATUS_OK);
	assert_int_equal(fleetrows_add(made.report, &files, made.index), STATUS_OK);
	assert_int_equal(made.index->subjects.n, 1);
	made.subject = made.index->subjects.items;
	made.rows = made.index->rows.items;
	made.n = made.index->rows.n;
	assert_int_equal(made.subject->n_rows, made.n);
	return made;
}

static void end(struct made *made)
{
	index_free(made->index);
	fleetreport_free(made->report);
}

#define SNAPSHOTS                                                                        \
	"<input id=\"i1\" role=\"hive\"><dfxml:fileobject><dfxml:filename>old"           \
	"</dfxml:filename></dfxml:fileobject></input>"                                   \
	"<input id=\"i2\" role=\"hive\"><dfxml:fileobject><dfxml:filename>new"           \
	"</dfxml:filename></dfxml:fileobject></input>"                                   \
	"<series id=\"x\" role=\"user\" user=\"amy\"><snapshot id=\"s1\" input=\"i1\"/>" \
	"<snapshot id=\"s2\" input=\"i2\">"
#define PAIR SNAPSHOTS "</snapshot><comparison id=\"d1\" before=\"s1\" after=\"s2\">"
#define SINGLE                                                                           \
	"<input id=\"i1\" role=\"hive\"><dfxml:fileobject><dfxml:filename>old"           \
	"</dfxml:filename></dfxml:fileobject></input>"                                   \
	"<series id=\"x\" role=\"user\" user=\"amy\"><snapshot id=\"s1\" input=\"i1\">"  \
	"<recovered>"
#define SUMMARY(status)                                                                  \
	"</series><summary exit_status=\"" status "\" verdict=\"v\"/>" FLEETS_END

static void test_lost(void **state)
{
	struct made made = make(
		FLEETS_BEGIN PAIR
		"<change id=\"c1\" kind=\"deleted\" profile=\"Work\" store_path=\"P\" "
		"certainty=\"certain\" fate=\"gone\"><deletion "
		"at=\"2016-03-14T13:31:52.0000000Z\" confirmed=\"1\" "
		"earliest=\"2016-03-14T13:31:52.0000000Z\"/>"
		"<restore outcome=\"written\" file=\"x/f.reg\"/></change>"
		"</comparison><diagnosis cause=\"user_deletion\" grade=\"possible\" "
		"rank=\"best_of_all\" comparison=\"d1\"/>" SUMMARY("1"));

	(void)state;
	assert_string_equal(made.subject->name, "amy");
	assert_string_equal(made.subject->role, "user");
	assert_string_equal(made.subject->report, "pc1/report.xml");
	assert_string_equal(made.subject->page, "pc1/page.html");
	assert_string_equal(made.subject->answer, "v");
	assert_int_equal(made.subject->exit_status, 1);
	assert_int_equal(made.subject->state, INDEX_LOST);
	assert_int_equal(made.subject->n_restored, 1);
	assert_int_equal(made.n, 1);
	assert_string_equal(made.rows[0].kind, "deleted");
	assert_string_equal(made.rows[0].profile, "Work");
	assert_null(made.rows[0].profile_utf16);
	assert_string_equal(made.rows[0].before_file, "old");
	assert_string_equal(made.rows[0].after_file, "new");
	assert_string_equal(made.rows[0].time_certainty, "confirmed");
	assert_string_equal(made.rows[0].restore_file, "here/f.reg");
	assert_true(made.rows[0].weighed);
	assert_int_equal(made.rows[0].cause, CAUSE_USER_DELETION);
	assert_int_equal(made.rows[0].grade, GRADE_POSSIBLE);
	assert_int_equal(made.rows[0].change, 1);
	assert_true(fleetrows_is_loss(&made.rows[0]));
	end(&made);
}

/* What of a change is a loss, and what state that makes, by fate and certainty. */
static void test_states(void **state)
{
	static const struct {
		const char *kind, *certainty, *fate, *status;
		enum index_state expected;
	} cases[] = {
		{ "deleted", "certain", "gone", "1", INDEX_LOST },
		{ "deleted", "possible", "recreated", "1", INDEX_LOST },
		{ "damaged", "probable", "damaged", "1", INDEX_LOST },
		/* Something could not be read as well: it is lost all the same. */
		{ "deleted", "certain", "gone", "2", INDEX_LOST },
		{ "deleted", "unresolved", "unknown", "2", INDEX_IN_DOUBT },
		/* A contradiction proves nothing. */
		{ "deleted", "unresolved", "gone", "2", INDEX_IN_DOUBT },
		{ "deleted", "certain", "back", "0", INDEX_CHANGED },
		{ "damaged", "certain", "whole", "0", INDEX_CHANGED },
		{ "deleted", "certain", "later", "0", INDEX_CHANGED },
		{ "added", "certain", NULL, "0", INDEX_CHANGED },
		{ "of_a_later_version", "certain", NULL, "0", INDEX_CHANGED },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		char text[2000];
		(void)snprintf(
			text, sizeof(text),
			FLEETS_BEGIN PAIR
			"<change id=\"c1\" kind=\"%s\" certainty=\"%s\"%s%s%s/>"
			"</comparison></series><summary exit_status=\"%s\"/>" FLEETS_END,
			cases[i].kind, cases[i].certainty,
			cases[i].fate ? " fate=\"" : "",
			cases[i].fate ? cases[i].fate : "", cases[i].fate ? "\"" : "",
			cases[i].status);
		struct made made = make(text);
		assert_int_equal(made.subject->state, cases[i].expected);
		assert_int_equal(fleetrows_is_loss(&made.rows[0]),
				 cases[i].expected == INDEX_LOST);
		assert_false(made.rows[0].weighed);
		end(&made);
	}
}

/* A cause explains losses only, and one that this version does not know explains nothing. */
static void test_causes(void **state)
{
	static const struct {
		const char *kind, *certainty, *cause, *grade, *rank;
		bool expected;
	} cases[] = {
		{ "deleted", "certain", "kb_817375", "supported", "best", true },
		{ "store_removed", "certain", "kb_817375", "possible", "best", true },
		{ "deleted", "certain", "kb_817375", "supported", "other", false },
		{ "deleted", "certain", "kb_1", "supported", "best", false },
		{ "deleted", "certain", "kb_817375", "sure", "best", false },
		{ "deleted", "certain", "kb_817375", "unlikely", "best", false },
		{ "deleted", "unresolved", "kb_817375", "possible", "best", false },
		{ "renamed", "certain", "kb_817375", "possible", "best", false },
		{ "added", "certain", "kb_817375", "possible", "best", false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		char text[2000];
		(void)snprintf(
			text, sizeof(text),
			FLEETS_BEGIN PAIR
			"<change id=\"c1\" kind=\"%s\" certainty=\"%s\"/>"
			"</comparison><diagnosis cause=\"%s\" grade=\"%s\" "
			"rank=\"%s\" comparison=\"d1\"/></series><summary/>" FLEETS_END,
			cases[i].kind, cases[i].certainty, cases[i].cause, cases[i].grade,
			cases[i].rank);
		struct made made = make(text);
		assert_int_equal(made.rows[0].weighed, cases[i].expected);
		end(&made);
	}
}

/* Of a pair, one that no change tells of is a row and no loss; of a single hive it is one. */
static void test_recovered(void **state)
{
#define PROFILES                                                                         \
	"<profile name=\"A\" path_certainty=\"certain\" reported=\"1\"/>"                \
	"<profile name=\"B\" path_certainty=\"probable\" name_from=\"srs\" "             \
	"name_certainty=\"probable\" deleted_at=\"2016-03-14T13:31:52.0000000Z\"/>"      \
	"<profile name=\"C\" path_certainty=\"certain\" lives_on=\"x\"/>"                \
	"<profile name=\"\" path_certainty=\"certain\" may_be_alive=\"1\"/>"             \
	"<profile name=\"E\" name_from=\"account\" path_certainty=\"certain\" "          \
	"went_on=\"x\"/></recovered></snapshot>"
	struct made pair = make(FLEETS_BEGIN SNAPSHOTS
				"<recovered>" PROFILES
				"<comparison id=\"d1\" before=\"s1\" after=\"s2\">"
				"</comparison>" SUMMARY("0"));
	struct made single = make(FLEETS_BEGIN SINGLE PROFILES SUMMARY("2"));

	(void)state;
	assert_int_equal(pair.n, 3);
	assert_int_equal(pair.subject->state, INDEX_CHANGED);
	assert_string_equal(pair.rows[0].profile, "B");
	assert_string_equal(pair.rows[0].note, "its name is concluded");
	assert_string_equal(pair.rows[0].time_certainty, "moment");
	assert_string_equal(pair.rows[0].after_file, "new");
	assert_null(pair.rows[0].fate);
	assert_false(fleetrows_is_loss(&pair.rows[0]));
	end(&pair);
	/* The row that says that not all could be read comes beside them. */
	assert_int_equal(single.n, 4);
	assert_int_equal(single.subject->state, INDEX_LOST);
	assert_string_equal(single.rows[0].fate, "gone");
	assert_true(fleetrows_is_loss(&single.rows[0]));
	assert_string_equal(single.rows[1].certainty, "unresolved");
	assert_string_equal(single.rows[1].note, "its name is lost");
	assert_false(fleetrows_is_loss(&single.rows[1]));
	assert_null(single.rows[2].profile);
	/* It is lost as the one that it went on as. */
	assert_false(fleetrows_is_loss(&single.rows[2]));
	assert_string_equal(single.rows[3].kind, "incomplete");
	end(&single);
}

/* A subject that one side lacks is told as a whole. */
static void test_unpaired(void **state)
{
	static const struct {
		const char *kind;
		enum index_state expected;
		int exit_status;
	} cases[] = {
		{ "hive_missing", INDEX_MISSING, 1 },
		{ "unknown", INDEX_UNPAIRED, 2 },
		{ "only_later", INDEX_UNPAIRED, 0 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		char text[1500];
		(void)snprintf(
			text, sizeof(text),
			FLEETS_BEGIN SINGLE
			"</recovered></snapshot><unpaired kind=\"%s\">why"
			"</unpaired></series><summary exit_status=\"0\"/>" FLEETS_END,
			cases[i].kind);
		struct made made = make(text);
		assert_int_equal(made.subject->state, cases[i].expected);
		assert_int_equal(made.subject->exit_status, cases[i].exit_status);
		assert_string_equal(made.subject->answer, "why");
		assert_int_equal(made.n, 1);
		assert_string_equal(made.rows[0].note, "why");
		end(&made);
	}
}

static void test_names(void **state)
{
	struct made made = make(
		FLEETS_BEGIN "<series id=\"x\" role=\"local_system\" subject=\"words\"/>"
			     "<summary exit_status=\"0\"/>" FLEETS_END);
	struct made other =
		make(FLEETS_BEGIN PAIR
		     "<change id=\"c1\" kind=\"deleted\" profile=\"A\xEF\xBF\xBD\" "
		     "profile_utf16=\"410000d8\" certainty=\"certain\"/>"
		     "<change id=\"c2\" kind=\"deleted\" "
		     "profile=\"A\xE2\x80\xAE\" certainty=\"certain\"/>"
		     "</comparison>" SUMMARY("1"));

	(void)state;
	assert_string_equal(made.subject->name, "LocalSystem");
	assert_int_equal(made.subject->state, INDEX_NONE_FOUND);
	assert_string_equal(made.rows[0].kind, "none_found");
	end(&made);
	assert_string_equal(other.rows[0].profile_utf16, "410000d8");
	/* It does not show, so its units are told. */
	assert_string_equal(other.rows[1].profile, "A\xE2\x80\xAE");
	assert_string_equal(other.rows[1].profile_utf16, "41002e20");
	end(&other);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lost),	 cmocka_unit_test(test_states),
		cmocka_unit_test(test_causes),	 cmocka_unit_test(test_recovered),
		cmocka_unit_test(test_unpaired), cmocka_unit_test(test_names),
	};
	return UNIT_RUN(tests);
}
