/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which machines and reports a folder has, by its layout. */
#include "help/collections.h"

#include "fleet/fleetfolder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void put(const char *folder, const char *inside)
{
	collections_write(folder, inside, "x", 1);
}

static void put_text(const char *folder, const char *inside, const char *text)
{
	collections_write(folder, inside, text, strlen(text));
}

static struct fleetfolder *read_folder(const char *path)
{
	static struct failure failure;
	struct fleetfolder *folder = NULL;

	if (fleetfolder_read(path, &folder, &failure) != STATUS_OK)
		fail_msg("%s", failure.sentence);
	return folder;
}

/* "machine: report [page], report; machine: ..." */
static void expect(const struct fleetfolder *folder, const char *expected)
{
	char text[2000] = "";

	for (size_t i = 0; i < folder->machines.n; i++) {
		const struct fleetfolder_machine *machine = &folder->machines.items[i];
		char *at = text + strlen(text);
		at += sprintf(at, "%s%s%s%s:", machine->name, machine->outcome ? " " : "",
			      machine->outcome ? machine->outcome : "",
			      machine->errors ? " !" : "");
		for (size_t k = 0; k < machine->n_reports; k++) {
			const struct fleetfolder_report *report =
				&folder->reports.items[machine->first_report + k];
			assert_string_equal(report->machine, machine->name);
			at += sprintf(at, " %s", report->path);
			if (report->page)
				at += sprintf(at, " [%s]", report->page);
		}
		strcat(at, ";");
	}
	assert_string_equal(text, expected);
}

static void test_sweep(void **state)
{
	char *path = collections_new();
	struct fleetfolder *folder;

	(void)state;
	put(path, "units/b/amy/report.xml");
	put(path, "units/b/zoe/report.xml");
	put(path, "units/b/zoe/page.html");
	put(path, "units/b/index.html");
	put(path, "units/a/x.XML");
	put(path, "units/a/x.html");
	put(path, "units/.hidden/report.xml");
	put(path, "units/stray.xml");
	collections_make(path, "units/empty");
	put(path, "outcomes/b.tsv");
	put(path, "outcomes/failed.tsv");
	put(path, "outcomes/.c.tsv");
	put(path, "errors/failed.txt");
	put(path, "work/w/report.xml");
	put(path, "other.xml");
	put_text(path, "plan.tsv", "#wmsdiff-sweep plan 1\nb\tx\nleft\tx\ty\n");
	folder = read_folder(path);
	assert_true(folder->is_sweep);
	expect(folder, "a: units/a/x.XML [units/a/x.html];"
		       "b outcomes/b.tsv: units/b/amy/report.xml units/b/zoe/report.xml "
		       "[units/b/zoe/page.html];"
		       "empty:;failed outcomes/failed.tsv !:;left:;");
	assert_int_equal(folder->troubles.n, 0);
	fleetfolder_free(folder);
	collections_remove(path);
}

/* Without a sweep: a whole result, a folder of reports, a report. */
static void test_by_hand(void **state)
{
	char *path = collections_new();
	struct fleetfolder *folder;

	(void)state;
	put(path, "site/pc1/findings.jsonl");
	put(path, "site/pc1/amy/report.xml");
	put(path, "site/pc1/deep/er/report.xml");
	/* Names that begin alike are others. */
	put(path, "site/pc10/a/report.xml");
	put(path, "site/pc1-x/findings.jsonl");
	put(path, "site/pc1-x/a/b/report.xml");
	put(path, "site/pc2/report.xml");
	put(path, "site/pc2/second.xml");
	put(path, "pc3.xml");
	put(path, "pc3.html");
	put(path, "notes/readme.txt");
	/* What an earlier index left behind is no report. */
	put(path, "index.html");
	put(path, "findings.csv");
	put(path, "index.sqlite");
	folder = read_folder(path);
	assert_false(folder->is_sweep);
	expect(folder, "pc3: pc3.xml [pc3.html];"
		       "site/pc1: site/pc1/amy/report.xml site/pc1/deep/er/report.xml;"
		       "site/pc1-x: site/pc1-x/a/b/report.xml;"
		       "site/pc10/a: site/pc10/a/report.xml;"
		       "site/pc2: site/pc2/report.xml site/pc2/second.xml;");
	fleetfolder_free(folder);
	collections_remove(path);
}

/* The users of one machine are no machines. */
static void test_one_result(void **state)
{
	char *path = collections_new();
	struct fleetfolder *folder = NULL;
	struct failure failure = { "" };

	(void)state;
	put(path, "findings.jsonl");
	put(path, "amy/report.xml");
	put(path, "zoe/report.xml");
	assert_int_equal(fleetfolder_read(path, &folder, &failure), STATUS_UNSUPPORTED);
	assert_non_null(strstr(failure.sentence, "one run of wmsdiff"));
	assert_null(folder);
	collections_remove(path);
}

static void test_not_there(void **state)
{
	struct fleetfolder *folder = NULL;
	struct failure failure = { "" };

	(void)state;
	assert_int_equal(fleetfolder_read("/nowhere/at/all", &folder, &failure),
			 STATUS_IO);
	assert_string_equal(failure.sentence, "No such file or directory");
	fleetfolder_free(NULL);
}

static void test_empty(void **state)
{
	char *path = collections_new();
	struct fleetfolder *folder = read_folder(path);

	(void)state;
	assert_int_equal(folder->machines.n, 0);
	fleetfolder_free(folder);
	collections_remove(path);
}

/* A link is told and not followed: it may lead to another machine's report. */
static void test_links(void **state)
{
	char *path = collections_new(), *link = collections_path(path, "b.xml");
	struct fleetfolder *folder;
	char other[] = "a.xml";

	(void)state;
	put(path, "a.xml");
	assert_int_equal(symlink("a.xml", link), 0);
	folder = read_folder(path);
	expect(folder, "a: a.xml;");
	assert_int_equal(folder->troubles.n, 1);
	assert_string_equal(folder->troubles.items[0],
			    "b.xml: is a link, and is not followed");
	int fd = fleetfolder_open(folder, other);
	assert_true(fd >= 0);
	close(fd);
	other[0] = 'b';
	assert_int_equal(fleetfolder_open(folder, other), -1);
	fleetfolder_free(folder);
	free(link);
	collections_remove(path);
}

/* A .reg file is found where the result stands now, and nowhere else. */
static void test_find(void **state)
{
	static const struct {
		const char *file, *expected;
	} cases[] = {
		{ "/tmp/sweep/pc1/amy/r/x.reg", "units/pc1/amy/r/x.reg" },
		{ "r/x.reg", "units/pc1/amy/r/x.reg" },
		{ "elsewhere/y.reg", "units/pc1/amy/y.reg" },
		{ "y.reg", "units/pc1/amy/y.reg" },
		{ "r/none.reg", NULL },
		{ "../secret.reg", NULL },
		{ "r/../../secret.reg", NULL },
		{ "..", NULL },
		{ "r/", NULL },
		{ "/", NULL },
		{ "", NULL },
	};
	char *path = collections_new();
	struct fleetfolder *folder;

	(void)state;
	put(path, "units/pc1/amy/report.xml");
	put(path, "units/pc1/amy/r/x.reg");
	put(path, "units/pc1/amy/y.reg");
	put(path, "units/pc1/secret.reg");
	folder = read_folder(path);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		char *found = fleetfolder_find(folder, "units/pc1/amy/report.xml",
					       cases[i].file);
		if (cases[i].expected && found)
			assert_string_equal(found, cases[i].expected);
		else if (found || cases[i].expected)
			fail_msg("%s: %s", cases[i].file, found ? found : "none");
		free(found);
	}
	fleetfolder_free(folder);
	collections_remove(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sweep),	   cmocka_unit_test(test_by_hand),
		cmocka_unit_test(test_one_result), cmocka_unit_test(test_not_there),
		cmocka_unit_test(test_empty),	   cmocka_unit_test(test_links),
		cmocka_unit_test(test_find),
	};
	return UNIT_RUN(tests);
}
