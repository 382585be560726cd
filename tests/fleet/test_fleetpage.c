/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The page of the index: what it counts, what it says, and that nothing in it acts. */
#include "help/fleets.h"

#include "fleet/fleetpage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *written(const struct fleetdata *data,
			   const struct fleetpage_given *given)
{
	struct fleetevents *events = NULL;
	struct output *output = caught_begin();

	assert_int_equal(fleetevents_find(data, &events), STATUS_OK);
	assert_int_equal(fleetpage_write(data, events, given, output), STATUS_OK);
	fleetevents_free(events);
	return caught_end();
}

static void expect_sentence(const struct fleetdata *data, const char *expected)
{
	struct fleetevents *events = NULL;
	char *sentence;

	assert_int_equal(fleetevents_find(data, &events), STATUS_OK);
	sentence = fleetpage_sentence(data, events);
	assert_string_equal(sentence, expected);
	free(sentence);
	fleetevents_free(events);
}

static const struct fleets_loss losses[] = {
	{ .machine = "pc1",
	  .at = "2003-03-18T09:14:07.0000000Z",
	  .cause = "kb_817375",
	  .grade = "supported" },
	{ .machine = "pc2",
	  .at = "2003-03-18T09:15:07.0000000Z",
	  .cause = "kb_817375",
	  .grade = "possible" },
};

static void add_machine(struct fleetdata *data, struct fleetdata_machine machine)
{
	assert_int_equal(fleetdata_add_machine(data, &machine), STATUS_OK);
}

/* Five machines: two lost, one has nothing lost, one hangs, one has a bad report. */
static struct fleetdata *five(void)
{
	struct fleetdata *data = fleets_data(losses, 2);

	fleets_add(data, "pc3", FLEETS_BEGIN FLEETS_NOTHING FLEETS_END);
	add_machine(data, (struct fleetdata_machine){
				  .name = "pc4",
				  .outcome = { .outcome = "timed_out",
					       .reason = "<no end> after 60 s" },
				  .errors = "errors/pc4.txt" });
	add_machine(data, (struct fleetdata_machine){ .name = "pc5" });
	assert_int_equal(fleetdata_add_unread(data, "units/pc5/x.xml", "is cut <short>"),
			 STATUS_OK);
	return data;
}

static void test_sentence(void **state)
{
	struct fleetdata *data = NULL;

	(void)state;
	assert_int_equal(fleetdata_new(&data), STATUS_OK);
	expect_sentence(data, "no machine was found");
	fleets_add(data, "pc3", FLEETS_BEGIN FLEETS_NOTHING FLEETS_END);
	expect_sentence(data, "none of 1 machine is known to have lost profiles");
	add_machine(data, (struct fleetdata_machine){ .name = "pc4" });
	expect_sentence(data,
			"none of 2 machines is known to have lost profiles; 1 is not "
			"done");
	data->machines.items[1].outcome.outcome = "compared";
	expect_sentence(data,
			"none of 2 machines is known to have lost profiles; 1 could "
			"not be read");
	fleetdata_free(data);
	data = five();
	expect_sentence(data,
			"2 of 5 machines lost profiles; 1 event of several machines; "
			"2 could not be read");
	/* What a unit could not end is not whole, though there is a report. */
	fleets_add(data, "pc6", FLEETS_BEGIN FLEETS_NOTHING FLEETS_END);
	data->machines.items[5].outcome.outcome = "crashed";
	expect_sentence(data,
			"2 of 6 machines lost profiles; 1 event of several machines; "
			"2 could not be read; 1 is incomplete");
	fleetdata_free(data);
}

static void test_whole(void **state)
{
	const char *const troubles[] = { "a<b: is a link, and is not followed" };
	const struct fleetpage_given given = { troubles, 1, true };
	struct fleetdata *data = five();
	const char *text = written(data, &given);

	(void)state;
	caught_has(text, "<h1>2 of 5 machines lost profiles");
	caught_has(text, "<th scope=\"row\">lost profiles</th><td data-label=\"How "
			 "many\">2</td>");
	caught_has(text, "<svg");
	caught_has(text, "2 machines within 1 minute on 2003-03-18");
	/* The fault where it is supported, and not where it is possible. */
	assert_int_equal(caught_count(text, "What to do there"), 1);
	caught_has(text, "<h3><bdi>pc1</bdi>: <bdi>amy</bdi></h3>\n<p>1 profile lost. <a "
			 "href=\"pc1\">");
	caught_has(text, "<li><bdi>stop it</bdi></li>");
	caught_has(text, "<bdi>timed_out</bdi>: <bdi>&lt;no end&gt; after 60 s</bdi>");
	caught_has(text, "<a href=\"errors/pc4.txt\">");
	caught_has(text, "<bdi>is cut &lt;short&gt;</bdi>");
	caught_has(text, "<a href=\"units/pc5/x.xml\">");
	caught_has(text, "its reports cannot be indexed");
	caught_has(text, "<bdi>a&lt;b: is a link, and is not followed</bdi>");
	caught_has(text, "<bdi>no profile is gone</bdi>");
	caught_has(text, "href=\"index.sqlite\"");
	caught_has(text, "href=\"findings.csv\"");
	fleetdata_free(data);
}

/* What was not read whole: why its unit says so, or else what the report answers. */
static void test_incomplete(void **state)
{
	struct fleetdata *data = NULL;
	const char *text;

	(void)state;
	assert_int_equal(fleetdata_new(&data), STATUS_OK);
	fleets_add(data, "pc1", FLEETS_BEGIN FLEETS_NOTHING FLEETS_END);
	fleets_add(data, "pc2", FLEETS_BEGIN FLEETS_NOTHING FLEETS_END);
	text = written(data, &(struct fleetpage_given){ 0 });
	caught_lacks(text, "id=\"page-unread\"");
	for (size_t i = 0; i < 2; i++) {
		data->machines.items[i].incomplete = true;
		data->reports.items[i].incomplete = true;
	}
	data->machines.items[0].outcome.outcome = "incomplete";
	data->machines.items[0].outcome.reason = "x: ends <here>";
	text = written(data, &(struct fleetpage_given){ 0 });
	caught_has(text, "id=\"page-unread\"");
	caught_has(text, "incomplete: <bdi>x: ends &lt;here&gt;</bdi></td>"
			 "<td data-label=\"More\"><a href=\"pc1\">");
	caught_has(text, "incomplete: <bdi>no profile is gone</bdi></td>"
			 "<td data-label=\"More\"><a href=\"pc2\">");
	fleetdata_free(data);
}

static void test_nothing(void **state)
{
	struct fleetdata *data = NULL;
	const char *text;

	(void)state;
	assert_int_equal(fleetdata_new(&data), STATUS_OK);
	text = written(data, &(struct fleetpage_given){ 0 });
	caught_has(text, "<h1>No machine was found</h1>");
	caught_lacks(text, "index.sqlite");
	caught_lacks(text, "id=\"page-fault\"");
	caught_lacks(text, "id=\"page-unread\"");
	/* What the contents name is there. */
	for (const char *at = text; (at = strstr(at, "href=\"#")); at++) {
		char id[64];
		size_t n = strcspn(at + 7, "\"");
		(void)snprintf(id, sizeof(id), "id=\"%.*s\"", (int)n, at + 7);
		caught_has(text, id);
	}
	fleetdata_free(data);
}

/* One that acts would be let in by a hole anywhere: in none of the places does it. */
static void test_hostile(void **state)
{
#define EVIL "&lt;script&gt;alert(1)&lt;/script&gt;&lt;img onerror=x&gt;"
	const struct fleets_loss evil[] = {
		{ .machine = "<script>",
		  .at = "2003-03-18T09:14:07.0000000Z",
		  .cause = "kb_817375",
		  .grade = "supported",
		  .process = EVIL,
		  .profile = EVIL,
		  .sha256 = "1" },
		{ .machine = "\"><script>",
		  .at = "2003-03-18T09:14:08.0000000Z",
		  .cause = "kb_817375",
		  .grade = "supported",
		  .process = EVIL,
		  .profile = EVIL,
		  .sha256 = "2",
		  .certainty = EVIL },
	};
	struct fleetdata *data = fleets_data(evil, 2);
	const char *text;

	(void)state;
	add_machine(data, (struct fleetdata_machine){ .name = "<script>",
						      .outcome = { .outcome = "<script>",
								   .reason = "<script>" },
						      .errors = "<script>" });
	text = written(data, &(struct fleetpage_given){ 0 });
	caught_lacks(text, "<script");
	caught_lacks(text, "<img");
	caught_has(text, "default-src 'none'");
	fleetdata_free(data);
}

/* More lines than the page shows are counted. */
static void test_cut(void **state)
{
	struct fleetdata *data = NULL;
	const char *text;

	(void)state;
	assert_int_equal(fleetdata_new(&data), STATUS_OK);
	for (size_t i = 0; i < FLEETPAGE_MAX_ROWS + 4; i++)
		add_machine(data, (struct fleetdata_machine){ .name = "pc" });
	text = written(data, &(struct fleetpage_given){ 0 });
	caught_has(text, "4 more are in the tables");
	assert_int_equal(caught_count(text, "<td data-label=\"Why\">"),
			 FLEETPAGE_MAX_ROWS);
	fleetdata_free(data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sentence),   cmocka_unit_test(test_whole),
		cmocka_unit_test(test_incomplete), cmocka_unit_test(test_nothing),
		cmocka_unit_test(test_hostile),	   cmocka_unit_test(test_cut),
	};
	return UNIT_RUN(tests);
}
