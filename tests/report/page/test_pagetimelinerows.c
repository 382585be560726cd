/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The rows of the page's timeline: which marks share one, what each says, where it stands. */
#include "help/unit.h"

#include "help/xpath.h"

#include "report/page/pagetimelinerows.h"

#include <libxml/tree.h>

#include <stdio.h>
#include <string.h>

#define FIRST "2003-03-17T18:30:02.0000000Z"
#define SECOND "2003-03-18T09:14:07.1000000Z"
#define SAME_SECOND "2003-03-18T09:14:07.9000000Z"
#define THIRD "2003-03-18T09:14:08.0000000Z"

/* Lays out these marks and bars below a root of its own; to be freed. */
static struct _xmlDoc *lay_out(struct chart *chart)
{
	static const char root[] = "<report xmlns=\"urn:wmsdiff:report:1\"/>";
	struct _xmlDoc *tree = xpath_parse(root, sizeof(root) - 1);

	pagetimelinerows_put(chart, xmlDocGetRootElement(tree));
	assert_int_equal(chart->status, STATUS_OK);
	return tree;
}

static struct _xmlDoc *lay_out_marks(struct mark *marks, size_t n)
{
	struct chart chart = { .items = marks, .n = n };

	return lay_out(&chart);
}

/* One row for each second; what lies between two rows is written. */
static void test_rows(void **state)
{
	struct mark marks[] = {
		{ .time = FIRST, .kind = MARK_SNAPSHOT, .what = "written", .name = "A" },
		{ .time = SECOND, .kind = MARK_STORE, .what = "list", .name = "B" },
		{ .time = SAME_SECOND, .kind = MARK_EVENT, .what = "event", .name = "C" },
		{ .time = THIRD,
		  .kind = MARK_EVENT,
		  .what = "event",
		  .name = "D",
		  .id = "i7" },
	};
	struct _xmlDoc *tree = lay_out_marks(marks, 4);

	(void)state;
	xpath_is(tree, "count(//w:timeline/w:row)", "3");
	xpath_is(tree, "string(//w:row[1]/@time)", FIRST);
	xpath_is(tree, "count(//w:row[1]/@gap)", "0");
	xpath_is(tree, "string(//w:row[2]/@time)", SECOND);
	xpath_is(tree, "string(//w:row[2]/@gap)", "14 h 44 min later");
	xpath_is(tree, "count(//w:row[2]/w:item)", "2");
	xpath_is(tree, "string(//w:row[3]/@gap)", "1 s later");
	xpath_is(tree, "string(//w:row[1]/w:item/@kind)", "snapshot");
	xpath_is(tree, "string(//w:row[1]/w:item/@text)", "written: A");
	xpath_is(tree, "string(//w:row[2]/w:item[1]/@kind)", "store");
	xpath_is(tree, "string(//w:row[3]/w:item/@ref)", "i7");
	xpath_is(tree, "count(//w:item/@ref)", "1");
	/* They run downwards, lines below their row, and end above the height. */
	xpath_is(tree,
		 "//w:row[1]/@y < //w:row[1]//w:line/@y and "
		 "//w:row[1]//w:line/@y < //w:row[2]/@y and "
		 "//w:row[2]/w:item[2]/@y < //w:row[3]/@y and "
		 "//w:row[3]//w:line/@y < //w:timeline/@height",
		 "true");
	xpath_is(tree, "string(//w:timeline/@left)", "0");
	xpath_free(tree);
}

/* Deletions that say the same share a line: the names of three, the number of four. */
static void test_shared_lines(void **state)
{
	static const char *const names[] = { "A", "", "C", NULL };
	struct mark marks[4];
	struct _xmlDoc *tree;

	(void)state;
	for (size_t i = 0; i < 4; i++)
		marks[i] = (struct mark){ .time = FIRST,
					  .kind = MARK_MOMENT,
					  .what = "deleted",
					  .name = names[i] };
	tree = lay_out_marks(marks, 1);
	xpath_is(tree, "string(//w:item/@text)", "A: deleted");
	xpath_free(tree);
	tree = lay_out_marks(marks, 3);
	xpath_is(tree, "string(//w:item/@text)", "A, (name lost), C: deleted");
	xpath_is(tree, "string(//w:item/@n)", "3");
	xpath_free(tree);
	tree = lay_out_marks(marks, 4);
	xpath_is(tree, "string(//w:item/@text)", "4 profiles deleted");
	xpath_is(tree, "string(//w:item/@n)", "4");
	xpath_free(tree);
	/* One that only a log tells does not share the line of one that the hive does. */
	marks[1].log = "12";
	tree = lay_out_marks(marks, 2);
	xpath_is(tree, "count(//w:item)", "2");
	xpath_is(tree, "string(//w:item[2]/@log)", "12");
	xpath_is(tree, "string(//w:item[2]/@text)",
		 "(name lost): deleted (only the log tells, from entry 12 on)");
	xpath_free(tree);
}

/* Lines have 40 characters at most, not bytes; there are three, and the rest is cut. */
static void test_long_words(void **state)
{
	char name[600] = "";
	struct mark mark = {
		.time = FIRST, .kind = MARK_EVENT, .what = "e", .name = name
	};
	struct _xmlDoc *tree;

	(void)state;
	for (size_t i = 0; i < 30; i++)
		strcat(name, "\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9 ");
	tree = lay_out_marks(&mark, 1);
	xpath_is(tree, "count(//w:line)", "3");
	xpath_is(tree, "count(//w:line[string-length(@text) > 41])", "0");
	xpath_is(tree, "string-length(//w:line[1]/@text)", "37");
	xpath_is(tree, "substring(//w:line[3]/@text, string-length(//w:line[3]/@text))",
		 "\xE2\x80\xA6");
	xpath_is(tree, "count(//w:line[contains(@text, '  ')])", "0");
	/* The table has all of it. */
	xpath_is(tree, "string-length(//w:item/@text)", "153");
	xpath_free(tree);
	/* A word that no line holds is broken. */
	memset(name, 'x', 100);
	name[100] = '\0';
	tree = lay_out_marks(&mark, 1);
	xpath_is(tree, "string(//w:line[1]/@text)", "e:");
	xpath_is(tree, "string-length(//w:line[2]/@text)", "40");
	xpath_free(tree);
}

/* 60 rows are drawn; what is later is counted. */
static void test_many_rows(void **state)
{
	static char times[62][32];
	struct mark marks[62];
	struct _xmlDoc *tree;

	(void)state;
	for (size_t i = 0; i < 62; i++) {
		(void)snprintf(times[i], sizeof(times[i]),
			       "2003-03-17T18:%02zu:%02zu.0000000Z", i / 60, i % 60);
		marks[i] = (struct mark){ .time = times[i],
					  .kind = MARK_EVENT,
					  .what = "event" };
	}
	tree = lay_out_marks(marks, 60);
	xpath_is(tree, "count(//w:row)", "60");
	xpath_is(tree, "string(//w:timeline/@left)", "0");
	xpath_free(tree);
	tree = lay_out_marks(marks, 62);
	xpath_is(tree, "count(//w:row)", "60");
	xpath_is(tree, "string(//w:timeline/@left)", "2");
	xpath_free(tree);
}

/* Bars go from row to row; one that is open to a side has no end there. */
static void test_bars(void **state)
{
	struct mark marks[] = {
		{ .time = FIRST, .kind = MARK_EARLIEST, .what = "from", .name = "A" },
		{ .time = SECOND, .kind = MARK_LATEST, .what = "to", .name = "A" },
	};
	struct chart chart = {
		.items = marks,
		.n = 2,
		.bars = { { FIRST, SECOND, 3 }, { NULL, SECOND, 1 }, { FIRST, NULL, 1 } },
		.n_bars = 3,
		.n_bars_left = 4
	};
	struct _xmlDoc *tree = lay_out(&chart);

	(void)state;
	xpath_is(tree, "count(//w:bar)", "3");
	xpath_is(tree, "string(//w:bar[1]/@n)", "3");
	xpath_is(tree, "//w:bar[1]/@from = //w:row[1]/@y", "true");
	xpath_is(tree, "//w:bar[1]/@to = //w:row[2]/@y", "true");
	xpath_is(tree, "count(//w:bar[2]/@from)", "0");
	xpath_is(tree, "//w:bar[2]/@to = //w:row[2]/@y", "true");
	xpath_is(tree, "count(//w:bar[3]/@to)", "0");
	xpath_is(tree, "string(//w:bar[3]/@lane)", "2");
	xpath_is(tree, "string(//w:timeline/@bars_left)", "4");
	xpath_free(tree);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),	   cmocka_unit_test(test_shared_lines),
		cmocka_unit_test(test_long_words), cmocka_unit_test(test_many_rows),
		cmocka_unit_test(test_bars),
	};

	return UNIT_RUN(tests);
}
