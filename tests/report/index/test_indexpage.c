/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The page of the index: the worst first, what can be done beside it, and nothing that acts. */
#include "help/indexes.h"

#include "base/filetime.h"
#include "report/index/indexpage.h"
#include "report/page/pagestyle.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* 2003-03-18 09:14:07 UTC. */
#define MOMENT (FILETIME_UNIX_EPOCH + UINT64_C(10479788470000000))

static const char *const paths[] = { "after/amy/NTUSER.DAT" };

static const struct index_row deleted = {
	.kind = "deleted",
	.profile = "Work",
	.store_path = "Software\\Profiles",
	.certainty = "certain",
	.moment_ft = MOMENT,
	.time_certainty = "moment",
	.fate = "gone",
	.weighed = true,
	.cause = CAUSE_KB_817375,
	.grade = GRADE_SUPPORTED,
	.restore = "written",
	.restore_file = "amy/Work.reg",
	.change = 1,
	.on_page = true,
};

static const struct index_subject amy = {
	.name = "amy",
	.sid = "S-1-5-21-1",
	.role = "user",
	.state = INDEX_LOST,
	.exit_status = 1,
	.answer = "1 profile is gone",
	.paths = paths,
	.n_paths = 1,
	.report = "amy.xml",
	.page = "amy.html",
};

static const char *page_of(const struct index_subject *subject,
			   const struct index_row *rows, size_t n)
{
	struct index *index = indexes_new();

	indexes_put(index, *subject, rows, n);
	const char *page = indexes_written(index, indexpage_write);
	index_free(index);
	return page;
}

/* Places of these strings, which must stand there in this order. */
static void in_order(const char *page, const char *const *what, size_t n)
{
	const char *at = page;

	for (size_t i = 0; i < n; i++) {
		const char *found = strstr(at, what[i]);
		if (!found)
			fail_msg("not there, or too early: %s\n%s", what[i], page);
		at = found + strlen(what[i]);
	}
}

#define IN_ORDER(page, ...)                                                              \
	do {                                                                             \
		static const char *const what_[] = { __VA_ARGS__ };                      \
		in_order(page, what_, ARRAY_LEN(what_));                                 \
	} while (0)

static void test_frame(void **state)
{
	char hash[PAGESTYLE_HASH_SIZE], policy[256];

	(void)state;
	const char *page = page_of(&amy, &deleted, 1);
	pagestyle_hash(hash);
	(void)snprintf(policy, sizeof(policy),
		       "content=\"default-src 'none'; style-src '%s'; base-uri 'none'; "
		       "form-action 'none'\">",
		       hash);
	caught_has(page, policy);
	caught_has(page, pagestyle_text());
	IN_ORDER(page, "<!DOCTYPE html>\n<html lang=\"en\">", "<meta charset=\"UTF-8\">",
		 "<title>wmsdiff: 1 of 1 subject lost profiles</title>",
		 "<h1>1 of 1 subject lost profiles</h1>", "<main>", "</main>",
		 "<a href=\"findings.csv\">", "<a href=\"findings.jsonl\">", "</html>\n");
	caught_lacks(page, "<script");
	caught_lacks(page, "http:");
	caught_lacks(page, "https:");
	assert_int_equal(caught_count(page, "<style>"), 1);
	assert_int_equal(caught_count(page, " style="), 0);
}

/* Who lost what, when, why, and what brings it back. */
static void test_loss(void **state)
{
	(void)state;
	const char *page = page_of(&amy, &deleted, 1);
	IN_ORDER(page, "<section id=\"page-lost\"", "<h3><bdi>amy</bdi></h3>",
		 "<bdi>S-1-5-21-1</bdi>", "<bdi>1 profile is gone</bdi>",
		 "<a href=\"amy.html\">", "<a href=\"amy.xml\">", "<bdi>Work</bdi>",
		 "</span>deleted</span>", "</span>certain</span>",
		 "<bdi>Software\\Profiles</bdi>",
		 "at <strong><time datetime=\"2003-03-18T09:14:07Z\">2003-03-18 09:14:07 "
		 "UTC</time></strong> (the moment",
		 "<bdi>kb_817375</bdi>", "</span>supported</span>",
		 "<a href=\"amy/Work.reg\"><bdi>amy/Work.reg</bdi></a>",
		 "<bdi>after/amy/NTUSER.DAT</bdi>");
	caught_lacks(page, "incomplete");
}

static const char *with(struct index_row row)
{
	return page_of(&amy, &row, 1);
}

/* A bound is never said as a moment is. */
static void test_when(void **state)
{
	struct index_row row = deleted;

	(void)state;
	row.moment_ft = 0;
	row.time_certainty = "bounds";
	row.from_ft = MOMENT;
	const char *page = with(row);
	IN_ORDER(page, "not before <time", " (a bound; the moment is not known)");
	caught_lacks(page, "not after");
	row.to_ft = MOMENT + 10000000;
	IN_ORDER(with(row), "not before <time", "09:14:07 UTC</time> and not after <time",
		 "09:14:08 UTC</time> (bounds; the moment is not known)");
	row.from_ft = 0;
	page = with(row);
	IN_ORDER(page, ">not after <time", " (a bound; ");
	caught_lacks(page, "not before");
	row.to_ft = 0;
	row.time_certainty = NULL;
	caught_has(with(row), "nothing tells when");
	/* What contradicts itself is no moment, even if one is there. */
	row = deleted;
	row.from_ft = MOMENT + 10000000;
	row.to_ft = MOMENT;
	row.time_certainty = "contradictory";
	page = with(row);
	IN_ORDER(page, "the times contradict each other: not before ", "not after ");
	caught_lacks(page, "<strong><time");
}

static void test_what(void **state)
{
	struct index_row row = deleted;

	(void)state;
	caught_lacks(with(row), "since</");
	row.fate = "back";
	caught_has(with(row), "and is back since");
	row.fate = "later";
	caught_has(with(row), "and was there again since");
	row.weighed = false;
	row.restore_file = NULL;
	row.restore = "left_out";
	row.restore_reason = "made_anew";
	row.restore_why = "its service makes it anew";
	row.new_name = "<Old>";
	const char *page = with(row);
	caught_has(page, " now <bdi>&lt;Old&gt;</bdi>");
	caught_has(page, "not determined");
	caught_has(page, "</span>left out</span> because its service makes it anew");
	row.restore = NULL;
	caught_has(with(row), "no .reg file was made");
	/* What was only moved is no loss. */
	row.fate = NULL;
	page = with(row);
	caught_has(page, "no loss");
	caught_has(page, "nothing to restore");
	caught_lacks(page, "not determined");
	/* of what is left open that is not known */
	row.certainty = "unresolved";
	page = with(row);
	caught_lacks(page, "no loss");
	caught_has(page, "not determined");
}

/* Changes that took nothing are counted, those past the limit too. */
static void test_many_rows(void **state)
{
	struct index_row rows[INDEXPAGE_MAX_ROWS + 3];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		rows[i] = deleted;
	const char *page = page_of(&amy, rows, INDEXPAGE_MAX_ROWS);
	assert_int_equal(caught_count(page, "<bdi>Work</bdi>"), INDEXPAGE_MAX_ROWS);
	caught_lacks(page, "class=\"cut\"");
	rows[INDEXPAGE_MAX_ROWS + 2].on_page = false;
	page = page_of(&amy, rows, ARRAY_LEN(rows));
	assert_int_equal(caught_count(page, "<bdi>Work</bdi>"), INDEXPAGE_MAX_ROWS);
	caught_has(page, ">2 more are in the table and in the report.<");
	caught_has(page, ">1 other change: ");
}

static void test_states_in_order(void **state)
{
	static const char *const names[] = {
		"a<", "b", "c", "d", "e", "f", "g", "h", "i"
	};
	struct index *index = indexes_new();

	(void)state;
	/* All states, backwards; a second one of the best. */
	for (unsigned i = INDEX_N_STATES; i-- > 0;)
		indexes_put(index,
			    (struct index_subject){
				    .name = names[i],
				    .state = i,
				    .answer = "so it is",
				    .exit_status = i == INDEX_UNCHANGED ? 2 : 0 },
			    NULL, 0);
	indexes_put(index,
		    (struct index_subject){ .name = "z", .state = INDEX_UNCHANGED }, NULL,
		    0);
	const char *page = indexes_written(index, indexpage_write);
	IN_ORDER(page, "<a href=\"#page-lost\">Lost profiles</a>", "</header>",
		 "<section id=\"page-answer\"", "<section id=\"page-lost\"",
		 "<bdi>a&lt;</bdi>", "<section id=\"page-missing\"", "<bdi>b</bdi>",
		 "<section id=\"page-in_doubt\"", "<bdi>c</bdi>",
		 "<section id=\"page-unreadable\"", "<bdi>d</bdi>",
		 "<section id=\"page-unpaired\"", "<bdi>e</bdi>",
		 "<section id=\"page-back\"", "<bdi>f</bdi>",
		 "<section id=\"page-changed\"", "<bdi>g</bdi>",
		 "<section id=\"page-unchanged\"", "<bdi>h</bdi>", "</span>incomplete<",
		 "<bdi>z</bdi>", "<section id=\"page-none_found\"", "<bdi>i</bdi>");
	IN_ORDER(page, "10 subjects, by what came of them",
		 "<a href=\"#page-unchanged\">Unchanged</a></th><td "
		 "data-label=\"Subjects\">2</td><td data-label=\"Who\"><bdi>h</bdi>, "
		 "<bdi>z</bdi></td>");
	index_free(index);
}

/* Of many only the first are named in the answer. */
static void test_many_names(void **state)
{
	struct index *index = indexes_new();
	char names[9][2] = { "a", "b", "c", "d", "e", "f", "g", "h", "i" };

	(void)state;
	for (size_t i = 0; i < 9; i++)
		indexes_put(index,
			    (struct index_subject){ .name = names[i],
						    .state = INDEX_UNCHANGED },
			    NULL, 0);
	const char *page = indexes_written(index, indexpage_write);
	caught_has(page, "<bdi>g</bdi>, <bdi>h</bdi> and 1 more</td>");
	assert_int_equal(caught_count(page, "<bdi>a</bdi>"), 2);
	assert_int_equal(caught_count(page, "<bdi>i</bdi>"), 1);
	index_free(index);
}

/* Nothing of the evidence is markup, in no place. */
static void test_hostile(void **state)
{
	static const char bad[] = "\"><script>\xE2\x80\xAE'&";
	static const char *const bad_paths[] = { bad };
	const struct index_row row = {
		.kind = "deleted",
		.profile = bad,
		.store_path = bad,
		.new_name = bad,
		.restore = "written",
		.restore_file = bad,
		.note = bad,
		.on_page = true,
	};
	const struct index_subject subject = {
		.name = bad,
		.sid = bad,
		.answer = bad,
		.paths = bad_paths,
		.n_paths = 1,
		.report = bad,
		.page = bad,
		.state = INDEX_LOST,
	};

	(void)state;
	const char *page = page_of(&subject, &row, 1);
	caught_lacks(page, "<script");
	caught_lacks(page, "\xE2\x80\xAE");
	assert_int_equal(
		caught_count(page,
			     "<bdi>&quot;&gt;&lt;script&gt;\\u{202e}&#39;&amp;</bdi>"),
		9);
	assert_int_equal(
		caught_count(page, "href=\"%22%3E%3Cscript%3E%E2%80%AE%27%26\">"), 3);
}

/* What there is no report of is told by its file. */
static void test_lines(void **state)
{
	struct index_subject subject = amy;

	(void)state;
	subject.state = INDEX_UNREADABLE;
	subject.exit_status = 2;
	subject.answer = "not a hive";
	subject.report = NULL;
	const char *page = page_of(&subject, NULL, 0);
	IN_ORDER(page, "<section id=\"page-unreadable\"",
		 "<th scope=\"row\" data-label=\"Subject\"><bdi>amy</bdi></th>",
		 "<bdi>S-1-5-21-1</bdi>", "<bdi>not a hive</bdi>", "incomplete",
		 "<a href=\"amy.html\">");
	caught_lacks(page, "NTUSER.DAT");
	subject.page = NULL;
	page = page_of(&subject, NULL, 0);
	IN_ORDER(page, "<bdi>not a hive</bdi>", "<bdi>after/amy/NTUSER.DAT</bdi>");
	caught_lacks(page, "<h3>");
}

/* Who has no name is told by the file; nobody is told by nothing. */
static void test_nameless(void **state)
{
	struct index_subject subject = amy;

	(void)state;
	subject.name = "";
	caught_has(page_of(&subject, NULL, 0),
		   "<h3><bdi>after/amy/NTUSER.DAT</bdi></h3>");
	subject.n_paths = 0;
	caught_has(page_of(&subject, NULL, 0), "(name not known)");
}

/* What could not be read has a section of its own, whoever it is of. */
static void test_unread(void **state)
{
	struct index *index = indexes_new();

	(void)state;
	caught_lacks(indexes_written(index, indexpage_write), "page-unread\"");
	assert_int_equal(index_add_unread(index, "in/<b>: its bytes are others"),
			 STATUS_OK);
	const char *page = indexes_written(index, indexpage_write);
	IN_ORDER(page, "<a href=\"#page-unread\">", "<main>",
		 "<section id=\"page-unread\"",
		 "<bdi>in/&lt;b&gt;: its bytes are others</bdi></li>", "</section>",
		 "</main>");
	for (size_t i = 0; i < INDEXPAGE_MAX_UNREAD; i++)
		assert_int_equal(index_add_unread(index, "x"), STATUS_OK);
	page = indexes_written(index, indexpage_write);
	assert_int_equal(caught_count(page, "<bdi>x</bdi>"), INDEXPAGE_MAX_UNREAD - 1);
	caught_has(page, "1 more are in the table");
	index_free(index);
}

static void test_left_out(void **state)
{
	struct index *index = indexes_new();

	(void)state;
	index->n_rows_left_out = 7;
	const char *page = indexes_written(index, indexpage_write);
	caught_has(page, "<h1>No subject was found; 7 findings are left out</h1>");
	caught_has(page, "7 findings are left out here and in the tables");
	index_free(index);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_frame),	  cmocka_unit_test(test_loss),
		cmocka_unit_test(test_when),	  cmocka_unit_test(test_what),
		cmocka_unit_test(test_many_rows), cmocka_unit_test(test_states_in_order),
		cmocka_unit_test(test_hostile),	  cmocka_unit_test(test_nameless),
		cmocka_unit_test(test_left_out),  cmocka_unit_test(test_lines),
		cmocka_unit_test(test_unread),	  cmocka_unit_test(test_many_names),
	};
	return UNIT_RUN(tests);
}
