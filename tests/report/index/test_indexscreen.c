/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The index on one screen: a line a subject, none wider than 80 columns. */
#include "help/indexes.h"

#include "report/index/indexscreen.h"

#include <stdlib.h>
#include <string.h>

static const struct summary_look plain;

static const struct index_row weighed[] = {
	{ .kind = "deleted",
	  .weighed = true,
	  .cause = CAUSE_USER_DELETION,
	  .grade = GRADE_POSSIBLE },
	{ .kind = "deleted",
	  .weighed = true,
	  .cause = CAUSE_KB_817375,
	  .grade = GRADE_SUPPORTED },
};

static void test_lines(void **state)
{
	struct index *index = indexes_new();

	(void)state;
	indexes_put(index,
		    (struct index_subject){ .name = "zoe",
					    .state = INDEX_UNCHANGED,
					    .answer = "no profile is gone" },
		    NULL, 0);
	indexes_put(index,
		    (struct index_subject){ .name = "amy",
					    .state = INDEX_LOST,
					    .exit_status = 1,
					    .verdict = { .gone = 2, .damaged = 1 },
					    .n_restored = 2 },
		    weighed, 2);
	indexes_put(index,
		    (struct index_subject){ .name = "benjamin",
					    .state = INDEX_IN_DOUBT,
					    .exit_status = 2,
					    .answer = "cannot tell whether 1 is gone" },
		    NULL, 0);
	assert_string_equal(
		indexes_printed(index, "out/index.html", plain),
		"wmsdiff: 1 of 3 subjects lost profiles; 1 cannot be told\n"
		"lost        amy       2 gone, 1 damaged; kb_817375 (supported); 2 .reg\n"
		"in doubt    benjamin  cannot tell whether 1 is gone\n"
		"unchanged   zoe       no profile is gone\n"
		"index       out/index.html (exit status 2)\n");
	index_free(index);
}

static void test_losses(void **state)
{
	struct index *index = indexes_new();

	(void)state;
	indexes_put(index,
		    (struct index_subject){ .name = "amy",
					    .state = INDEX_LOST,
					    .exit_status = 2,
					    .verdict = { .recovered = 3,
							 .recreated = 1,
							 .unknown = 1,
							 .unknown_damaged = 1 } },
		    NULL, 0);
	caught_has(indexes_printed(index, NULL, plain),
		   "\nlost        amy  3 deleted and recovered, 1 recreated, 2 in doubt; "
		   "incomplete\n");
	caught_lacks(indexes_printed(index, NULL, plain), "index");
	index_free(index);
}

/* Without a name the account tells who it is, or the file. */
static void test_names(void **state)
{
	static const char *const paths[] = { "a", "b/NTUSER.DAT" };
	struct index *index = indexes_new();
	struct index_subject subject = { .sid = "S-1-5-18",
					 .paths = paths,
					 .n_paths = 2 };

	(void)state;
	indexes_put(index, subject, NULL, 0);
	subject.sid = NULL;
	indexes_put(index, subject, NULL, 0);
	subject.n_paths = 0;
	indexes_put(index, subject, NULL, 0);
	const char *text = indexes_printed(index, NULL, plain);
	caught_has(text, "\nlost        S-1-5-18");
	caught_has(text, "\nlost        b/NTUSER.DAT");
	caught_has(text, "\nlost        ?");
	index_free(index);
}

static void check_width(const char *text)
{
	for (const char *line = text; *line;) {
		size_t n = strcspn(line, "\n"), columns = 0;
		/* Each of these characters takes a column, the wide ones two. */
		for (size_t i = 0; i < n; i++)
			columns += ((unsigned char)line[i] & 0xC0) != 0x80;
		assert_in_range(columns, 0, 80);
		line += n + (line[n] == '\n');
	}
}

/* What does not fit is cut, and does not act. */
static void test_wide(void **state)
{
	char name[400], answer[400];
	struct index *index = indexes_new();

	(void)state;
	memset(name, 'n', sizeof(name));
	memset(answer, 'a', sizeof(answer));
	name[sizeof(name) - 1] = answer[sizeof(answer) - 1] = '\0';
	memcpy(name, "\x1B[2J\n", 5);
	indexes_put(index,
		    (struct index_subject){
			    .name = name, .answer = answer, .state = INDEX_UNREADABLE },
		    NULL, 0);
	const char *text = indexes_printed(index, NULL, plain);
	check_width(text);
	assert_int_equal(caught_count(text, "\n"), 2);
	/* 28 columns of the name, 38 of what is said: the ellipsis is the last of each. */
	caught_has(text, "\nunreadable  \\u{1b}[2J\\u{a}nnnnnnnnnnnnn\xE2\x80\xA6  aaaa");
	caught_has(text, "aaaa\xE2\x80\xA6\n");
	text = indexes_printed(index, NULL, (struct summary_look){ .ascii = true });
	check_width(text);
	caught_has(text, "nnnn...  aaaa");
	index_free(index);
}

/* Characters of two columns, and one of two units at the place of the cut. */
static void test_wide_characters(void **state)
{
	char name[3 * 40 + 1] = "", emoji[4 * 40 + 1] = "";
	struct index *index = indexes_new();

	(void)state;
	for (size_t i = 0; i < 40; i++) {
		strcat(name, "\xE6\x97\xA5");
		strcat(emoji, "\xF0\x9F\x98\x80");
	}
	indexes_put(index, (struct index_subject){ .name = name, .answer = "x" }, NULL,
		    0);
	indexes_put(index, (struct index_subject){ .name = emoji, .answer = "x" }, NULL,
		    0);
	const char *text = indexes_printed(index, NULL, plain);
	/* 13 of two columns and the ellipsis are 27: the 14th would make 29. */
	assert_int_equal(caught_count(text, "\xE6\x97\xA5"), 13);
	assert_int_equal(caught_count(text, "\xF0\x9F\x98\x80"), 13);
	caught_lacks(text, "\\u{");
	assert_int_equal(caught_count(text, "\n"), 3);
	index_free(index);
}

/* However many there are: no more than a screen, and all of them counted. */
static void test_one_screen(void **state)
{
	struct index *index = indexes_new();

	(void)state;
	for (size_t i = 0; i < INDEXSCREEN_MAX_LINES + 2; i++)
		indexes_put(index,
			    (struct index_subject){
				    .name = "n", .state = INDEX_LOST, .exit_status = 1 },
			    NULL, 0);
	for (size_t i = 0; i < 200; i++)
		indexes_put(
			index,
			(struct index_subject){ .name = "n", .state = INDEX_UNCHANGED },
			NULL, 0);
	const char *text = indexes_printed(index, "x/index.html", plain);
	assert_int_equal(caught_count(text, "\nlost  "), INDEXSCREEN_MAX_LINES);
	caught_has(text, "\n            ... and 2 more lost, 200 unchanged\nindex ");
	assert_in_range(caught_count(text, "\n"), 1, 23);
	index_free(index);
}

/* All kinds of what can be said first, and a very long path. */
static void test_longest(void **state)
{
	char path[3000];
	struct index *index = indexes_new();

	(void)state;
	for (unsigned i = 0; i < 40 * INDEX_N_STATES; i++)
		indexes_put(index,
			    (struct index_subject){ .name = "n",
						    .state = i % INDEX_N_STATES,
						    .exit_status = 2 },
			    NULL, 0);
	for (size_t i = 0; i + 1 < sizeof(path); i++)
		path[i] = i % 20 == 10 ? '/' : 'p';
	path[sizeof(path) - 1] = '\0';
	const char *text = indexes_printed(index, path, plain);
	check_width(text);
	assert_in_range(caught_count(text, "\n"), 1, 23);
	index_free(index);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines),		cmocka_unit_test(test_losses),
		cmocka_unit_test(test_names),		cmocka_unit_test(test_wide),
		cmocka_unit_test(test_wide_characters), cmocka_unit_test(test_one_screen),
		cmocka_unit_test(test_longest),
	};
	return UNIT_RUN(tests);
}
