/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What each command may read and write. */
#include "help/unit.h"

#include "reportcli/rights.h"

#include "help/confined.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static char root[40], report[80], evidence[80], secret[80], page[80], beside[80];

static void name(char out[80], const char *path)
{
	(void)snprintf(out, 80, "%s/%s", root, path);
}

static void make(char out[80], const char *path)
{
	name(out, path);
	FILE *file = fopen(out, "w");
	assert_non_null(file);
	assert_int_equal(fclose(file), 0);
}

static int set_up(void **state)
{
	char folder[80];

	(void)state;
	memcpy(root, "/tmp/test_rights.XXXXXX", sizeof("/tmp/test_rights.XXXXXX"));
	if (!mkdtemp(root))
		return -1;
	for (const char *const *path =
		     (const char *const[]){ "r", "e", "s", "out", NULL };
	     *path; path++) {
		name(folder, *path);
		assert_int_equal(mkdir(folder, 0700), 0);
	}
	make(report, "r/report.xml");
	make(evidence, "e/hive");
	make(secret, "s/secret");
	name(page, "out/page.html");
	name(beside, "r/beside");
	return 0;
}

static int tear_down(void **state)
{
	char folder[80];

	(void)state;
	(void)remove(report);
	(void)remove(evidence);
	(void)remove(secret);
	for (const char *const *path =
		     (const char *const[]){ "r", "e", "s", "out", NULL };
	     *path; path++) {
		name(folder, *path);
		assert_int_equal(remove(folder), 0);
	}
	return remove(root);
}

static struct sandbox *begin(const char *command, const char *evidence_path,
			     const char *html)
{
	struct reportarguments arguments = { .operand = report,
					     .evidence = { evidence_path },
					     .n_evidence = evidence_path != NULL,
					     .html = html };

	return rights_begin(subcommands_find(command), &arguments);
}

static void tell_state(const void *context)
{
	(void)context;
	_exit((int)sandbox_state(begin("validate", NULL, NULL)));
}

#define NEED_LANDLOCK()                                                                  \
	do {                                                                             \
		if (confined_run(tell_state, NULL) != SANDBOX_FULL)                      \
			UNIT_SKIP("an older kernel, no libseccomp, or a sanitizer");     \
	} while (0)

static void run_validate(const void *context)
{
	(void)context;
	(void)begin("validate", NULL, NULL);
	CONFINED_CHECK(confined_opens(report, O_RDONLY));
	CONFINED_CHECK(!confined_opens(report, O_WRONLY));
	CONFINED_CHECK(!confined_opens(evidence, O_RDONLY));
	CONFINED_CHECK(!confined_opens(beside, O_WRONLY | O_CREAT));
}

static void run_verify(const void *context)
{
	const char *folder = context;

	(void)begin("verify", folder, NULL);
	CONFINED_CHECK(confined_opens(report, O_RDONLY));
	CONFINED_CHECK(confined_opens(evidence, O_RDONLY));
	/* Without a folder the report names the paths. */
	CONFINED_CHECK(confined_opens(secret, O_RDONLY) == !folder);
	CONFINED_CHECK(!confined_opens(evidence, O_WRONLY));
	CONFINED_CHECK(!confined_opens(beside, O_WRONLY | O_CREAT));
	CONFINED_CHECK(!confined_opens(page, O_WRONLY | O_CREAT));
}

static void run_page(const void *context)
{
	(void)context;
	(void)begin("page", NULL, page);
	CONFINED_CHECK(confined_opens(report, O_RDONLY));
	CONFINED_CHECK(!confined_opens(secret, O_RDONLY));
	CONFINED_CHECK(!confined_opens(beside, O_WRONLY | O_CREAT));
	CONFINED_CHECK(confined_opens(page, O_RDWR | O_CREAT));
	CONFINED_CHECK(unlink(page) == 0);
}

static void test_each(void **state)
{
	char folder[80];

	(void)state;
	NEED_LANDLOCK();
	name(folder, "e");
	assert_int_equal(confined_run(run_validate, NULL), 0);
	assert_int_equal(confined_run(run_verify, folder), 0);
	assert_int_equal(confined_run(run_verify, NULL), 0);
	assert_int_equal(confined_run(run_page, NULL), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_each, set_up, tear_down),
	};
	return UNIT_RUN(tests);
}
