/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What of a report has a time, and comes to the page's timeline. */
#define UNIT_OOM
#include "help/unit.h"

#include "help/smallreport.h"
#include "help/xpath.h"

#include "report/page/pagetimeline.h"

#include <libxml/tree.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAY(n) "2003-03-" n "T00:00:00.0000000Z"
#define REPORT(content) "<report xmlns=\"urn:wmsdiff:report:1\">" content "</report>"
#define CHANGES(changes) REPORT("<series><comparison>" changes "</comparison></series>")
#define CHANGE(kind, deletion)                                                           \
	"<change kind=\"" kind "\" profile=\"P\" id=\"c1\"><deletion " deletion          \
	"/></change>"
#define REASONED(code)                                                                   \
	"<change kind=\"deleted\"><deletion earliest=\"" DAY("04") "\" latest=\"" DAY(   \
		"05") "\"/><reason code=\"" code "\"/></change>"

/* The tree with its timeline; to be freed. */
static struct _xmlDoc *add(const char *text)
{
	struct _xmlDoc *tree = xpath_parse(text, strlen(text));

	assert_int_equal(pagetimeline_add(tree), STATUS_OK);
	return tree;
}

/* The hive, its list and the earliest bound of one second; the latest bound of another. */
static void test_small_report(void **state)
{
	struct _xmlDoc *tree = add(smallreport);

	(void)state;
	xpath_is(tree, "count(//w:row)", "2");
	xpath_is(tree, "count(//w:row[1]/w:item)", "3");
	xpath_is(tree, "string(//w:row[1]/w:item[1]/@kind)", "earliest");
	xpath_is(tree, "string(//w:row[1]/w:item[1]/@ref)", "c1");
	xpath_is(tree, "string(//w:row[1]/w:item[2]/@kind)", "store");
	xpath_is(tree, "string(//w:row[1]/w:item[2]/@text)",
		 "list Profiles last written: the hive");
	xpath_is(tree, "string(//w:row[1]/w:item[3]/@kind)", "snapshot");
	xpath_is(tree, "string(//w:row[1]/w:item[3]/@ref)", "i1");
	xpath_is(tree, "string(//w:row[2]/w:item/@kind)", "latest");
	xpath_is(tree, "count(//w:bar)", "1");
	xpath_free(tree);
}

/* Where the moment is known, bounds tell nothing more. */
static void test_moment(void **state)
{
	struct _xmlDoc *tree = add(
		CHANGES(CHANGE("moved", "at=\"" DAY("02") "\" earliest=\"" DAY(
						"01") "\" latest=\"" DAY("03") "\"")));

	(void)state;
	xpath_is(tree, "count(//w:item)", "1");
	xpath_is(tree, "string(//w:item/@kind)", "moment");
	xpath_is(tree, "string(//w:item/@text)",
		 "P: moved to another list at this moment");
	xpath_is(tree, "count(//w:bar)", "0");
	xpath_free(tree);
}

static void test_bounds(void **state)
{
	/* Open to one side; then two that contradict each other, and span nothing. */
	struct _xmlDoc *tree =
		add(CHANGES(CHANGE("deleted", "earliest=\"" DAY("05") "\"")));

	(void)state;
	xpath_is(tree, "string(//w:item/@text)", "P: deleted, but not before this");
	xpath_is(tree, "count(//w:bar[@from][not(@to)])", "1");
	xpath_free(tree);
	tree = add(CHANGES(CHANGE(
		"deleted", "earliest=\"" DAY("05") "\" latest=\"" DAY("04") "\"")));
	xpath_is(tree, "count(//w:item)", "2");
	xpath_is(tree, "count(//w:bar)", "0");
	xpath_free(tree);
	/* Two in order that another time contradicts; any other reason is none against them. */
	tree = add(CHANGES(REASONED("bounds_conflict")));
	xpath_is(tree, "count(//w:item)", "2");
	xpath_is(tree, "count(//w:bar)", "0");
	xpath_free(tree);
	tree = add(CHANGES(REASONED("absent_after")));
	xpath_is(tree, "count(//w:bar)", "1");
	xpath_free(tree);
}

/* Five spans are drawn beside one another; the same one again is counted there. */
static void test_many_bars(void **state)
{
#define SPAN(to) CHANGE("deleted", "earliest=\"" DAY("01") "\" latest=\"" DAY(to) "\"")
	struct _xmlDoc *tree = add(CHANGES(SPAN("02") SPAN("03") SPAN("04") SPAN("05")
						   SPAN("06") SPAN("07") SPAN("02")));

	(void)state;
	xpath_is(tree, "count(//w:bar)", "5");
	xpath_is(tree, "string(//w:bar[1]/@n)", "2");
	xpath_is(tree, "string(//w:timeline/@bars_left)", "1");
	xpath_free(tree);
}

/* What only looks like a sign is not drawn. */
static void test_events(void **state)
{
	struct _xmlDoc *tree = add(REPORT(
		"<input id=\"i3\" role=\"events\"><event_log>"
		"<event time=\"" DAY(
			"01") "\" source=\"S\" sign=\"event_9202\">it said</event>"
			      "<event time=\"" DAY(
				      "02") "\" source=\"T\" sign=\"look_alike\">no</event>"
					    "</event_log></input>"));

	(void)state;
	xpath_is(tree, "count(//w:item)", "1");
	xpath_is(tree, "string(//w:item/@text)", "it said: S");
	xpath_is(tree, "string(//w:item/@ref)", "i3");
	xpath_free(tree);
}

/* Changes tell of deletions; recovered profiles do where nothing was compared. */
static void test_recovered(void **state)
{
#define SNAPSHOT                                                                         \
	"<snapshot id=\"s1\"><recovered><profile id=\"p\" name=\"R\" deleted_at=\"" DAY( \
		"02") "\"/></recovered></snapshot>"
	struct _xmlDoc *tree = add(REPORT("<series>" SNAPSHOT "</series>"));

	(void)state;
	xpath_is(tree, "string(//w:item/@text)", "R: deleted at this moment");
	xpath_free(tree);
	tree = add(REPORT("<series>" SNAPSHOT "<comparison/></series>"));
	xpath_is(tree, "count(//w:timeline)", "0");
	xpath_free(tree);
}

/* Only hives of the series are snapshots; a machine's is none, and no time is no mark. */
static void test_no_times(void **state)
{
	struct _xmlDoc *tree = add(REPORT("<input role=\"system\"><hive last_written=\"" DAY(
		"01") "\"/></input>"
		      "<input role=\"hive\"><hive last_written=\"yesterday\"/></input>"
		      "<series><snapshot><store list=\"profiles\"/></snapshot></series>"));

	(void)state;
	xpath_is(tree, "count(//w:timeline)", "0");
	xpath_free(tree);
	tree = add("<report xmlns=\"urn:wmsdiff:report:1\"/>");
	xpath_is(tree, "count(//w:timeline)", "0");
	xpath_free(tree);
}

/* More than are gathered: the drawing stays as small as ever. */
static void test_hostile_number(void **state)
{
	enum { EVENTS = 4100 };
	char *text = malloc(EVENTS * 100 + 200), *at = text;
	struct _xmlDoc *tree;

	(void)state;
	assert_non_null(text);
	at += sprintf(at, "<report xmlns=\"urn:wmsdiff:report:1\"><input id=\"i1\">"
			  "<event_log>");
	for (unsigned i = 0; i < EVENTS; i++)
		at += sprintf(at, "<event time=\"2003-03-01T%02u:%02u:%02u.0000000Z\"/>",
			      i / 3600, i / 60 % 60, i % 60);
	strcpy(at, "</event_log></input></report>");
	tree = add(text);
	xpath_is(tree, "count(//w:row)", "60");
	xpath_is(tree, "//w:timeline/@left > 3000 and //w:timeline/@left < 4100", "true");
	xpath_free(tree);
	free(text);
}

/* Our own allocations fail one after the other. */
static void test_out_of_memory(void **state)
{
	struct unit_oom oom;

	(void)state;
	UNIT_FAIL_EACH (oom) {
		struct _xmlDoc *tree = xpath_parse(smallreport, strlen(smallreport));
		enum status status = UNIT_FAILING(oom, pagetimeline_add(tree));
		xpath_free(tree);
		if (status == STATUS_OK)
			break;
		assert_int_equal(status, STATUS_NOMEM);
	}
	assert_true(oom.n > 0 && oom.n < 1000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_small_report),
		cmocka_unit_test(test_moment),
		cmocka_unit_test(test_bounds),
		cmocka_unit_test(test_many_bars),
		cmocka_unit_test(test_events),
		cmocka_unit_test(test_recovered),
		cmocka_unit_test(test_no_times),
		cmocka_unit_test(test_hostile_number),
		cmocka_unit_test(test_out_of_memory),
	};

	return UNIT_RUN(tests);
}
