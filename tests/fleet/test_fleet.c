/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An index from its folder to its files; more of it by the program in tests/fleet. */
#include "help/collections.h"
#include "help/fleets.h"

#include "fleet/fleet.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void put(const char *folder, const char *inside, const char *text)
{
	collections_write(folder, inside, text, strlen(text));
}

/* A file of the folder, to be freed. */
static char *content(const char *folder, const char *name, size_t *n)
{
	char *path = collections_path(folder, name), *bytes = malloc(1 << 20);
	FILE *file = fopen(path, "r");

	assert_non_null(file);
	assert_non_null(bytes);
	*n = fread(bytes, 1, (1 << 20) - 1, file);
	bytes[*n] = '\0';
	(void)fclose(file);
	free(path);
	return bytes;
}

struct run {
	enum status status;
	struct fleet_answer answer;
	struct failure failure;
	char *errors;
};

static void run(const char *folder, struct run *run)
{
	size_t size = 0;
	FILE *errors;

	*run = (struct run){ .errors = NULL };
	errors = open_memstream(&run->errors, &size);
	assert_non_null(errors);
	run->status = fleet_index(folder, errors, &run->answer, &run->failure);
	assert_int_equal(fclose(errors), 0);
}

static char *fleet(void)
{
	static const struct fleets_loss loss = { .machine = "pc1",
						 .at = "2003-03-18T09:14:07.0000000Z" };
	char *folder = collections_new(), *text = fleets_text(&loss);

	put(folder, "units/pc1/amy/report.xml", text);
	put(folder, "units/pc2/amy/report.xml", FLEETS_BEGIN FLEETS_NOTHING FLEETS_END);
	put(folder, "outcomes/pc1.tsv", "unit\toutcome\npc1\tcompared\n");
	put(folder, "outcomes/pc3.tsv",
	    "unit\toutcome\treason\npc3\tcrashed\tsignal 11\n");
	free(text);
	return folder;
}

static struct run made;

static void test_whole(void **state)
{
	char *folder = fleet(), *table;
	size_t n;

	(void)state;
	run(folder, &made);
	assert_int_equal(made.status, STATUS_OK);
	assert_true(made.answer.complete);
	assert_int_equal(made.answer.n_machines, 3);
	assert_int_equal(made.answer.n_reports, 2);
	assert_string_equal(made.answer.sentence,
			    "1 of 3 machines lost profiles; 1 could not be read");
	if (fleet_database_library())
		assert_string_equal(made.errors, "");
	table = content(folder, "findings.csv", &n);
	assert_non_null(strstr(table, "\r\npc1,amy,S-1-5-21-7,Outlook,deleted,"));
	assert_non_null(strstr(table, "\r\npc2,amy,,,none_found,"));
	assert_non_null(strstr(table, "\r\npc3,,,,unreadable,"));
	assert_non_null(strstr(table, ",signal 11\r\n"));
	free(table);
	free(made.errors);
	collections_remove(folder);
}

/* Twice to the same bytes, with what the first run left in the folder. */
static void test_again(void **state)
{
	static const char *const names[] = { "findings.csv", "index.html",
					     "index.sqlite" };
	char *folder = fleet(), *first[3];
	size_t n[3], again;

	(void)state;
	run(folder, &made);
	free(made.errors);
	for (size_t i = 0; i < 2u + (fleet_database_library() != NULL); i++)
		first[i] = content(folder, names[i], &n[i]);
	run(folder, &made);
	free(made.errors);
	for (size_t i = 0; i < 2u + (fleet_database_library() != NULL); i++) {
		char *bytes = content(folder, names[i], &again);
		assert_int_equal(again, n[i]);
		assert_memory_equal(bytes, first[i], again);
		free(bytes);
		free(first[i]);
	}
	collections_remove(folder);
}

/* What cannot be indexed is named, and the rest is done. */
static void test_incomplete(void **state)
{
	char *folder = fleet();

	(void)state;
	put(folder, "units/pc2/bad.xml", FLEETS_BEGIN);
	put(folder, "units/pc4/other.xml", "<x/>");
	put(folder, "outcomes/pc2.tsv", "nothing");
	run(folder, &made);
	assert_int_equal(made.status, STATUS_OK);
	assert_false(made.answer.complete);
	assert_int_equal(made.answer.n_reports, 2);
	assert_int_equal(made.answer.n_unread, 2);
	assert_non_null(strstr(made.errors, "units/pc2/bad.xml: line "));
	assert_non_null(
		strstr(made.errors, "units/pc4/other.xml: is no report of wmsdiff\n"));
	assert_non_null(strstr(made.errors, "outcomes/pc2.tsv: tells no outcome"));
	free(made.errors);
	collections_remove(folder);
}

/* Lines beyond the twentieth are counted. */
static void test_many_faults(void **state)
{
	char *folder = collections_new();
	const char *at;
	size_t n = 0;

	(void)state;
	for (int i = 0; i < 23; i++) {
		char name[32];
		(void)snprintf(name, sizeof(name), "pc%02d.xml", i);
		put(folder, name, "<x/>");
	}
	run(folder, &made);
	assert_int_equal(made.answer.n_unread, 23);
	for (at = made.errors; (at = strstr(at, "is no report")); at++)
		n++;
	assert_int_equal(n, 20);
	assert_non_null(strstr(made.errors, "and 3 more\n"));
	free(made.errors);
	collections_remove(folder);
}

/* Where it cannot be written, what was there stays. */
static void test_refused(void **state)
{
	char *folder = fleet(), *path = collections_path(folder, "findings.csv"), *table;
	size_t n;

	(void)state;
	run("/nowhere/at/all", &made);
	assert_int_equal(made.status, STATUS_IO);
	assert_string_equal(made.failure.sentence,
			    "/nowhere/at/all: No such file or directory");
	free(made.errors);
	put(folder, "findings.csv", "before");
	/* A folder of the page's name: the table is ready by then, and is not put. */
	collections_make(folder, "index.html");
	run(folder, &made);
	assert_int_equal(made.status, STATUS_IO);
	table = content(folder, "findings.csv", &n);
	assert_string_equal(table, "before");
	free(table);
	free(made.errors);
	free(path);
	path = collections_path(folder, "index.sqlite");
	assert_int_equal(access(path, F_OK), -1);
	free(path);
	collections_remove(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_whole),	   cmocka_unit_test(test_again),
		cmocka_unit_test(test_incomplete), cmocka_unit_test(test_many_faults),
		cmocka_unit_test(test_refused),
	};
	return UNIT_RUN(tests);
}
