/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a run may read and write, by its options. */
#include "help/unit.h"

#include "cli/rights/confine.h"

#include "base/compiler.h"
#include "help/confined.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static char root[] = "/tmp/test_confine.XXXXXX";
static char made[24][100];
static size_t n_made;

static const char *path_of(const char *name)
{
	char *path = made[n_made++];

	assert_true(n_made <= ARRAY_LEN(made));
	(void)snprintf(path, sizeof(made[0]), "%s/%s", root, name);
	return path;
}

static const char *make_folder(const char *name)
{
	const char *path = path_of(name);

	assert_int_equal(mkdir(path, 0700), 0);
	return path;
}

static const char *make_file(const char *name)
{
	const char *path = path_of(name);
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_int_equal(fclose(file), 0);
	return path;
}

/* ---- a world of files, and the options that name some of them ---- */

static struct options options;
static const char *hive, *hive_log, *new_beside, *listing, *secret, *new_report,
	*new_elsewhere, *new_restored, *link_to_report;

static int set_up(void **state)
{
	(void)state;
	memcpy(root, "/tmp/test_confine.XXXXXX", sizeof(root));
	n_made = 0;
	if (!mkdtemp(root))
		return -1;
	make_folder("evidence");
	make_folder("machine");
	make_folder("elsewhere");
	make_folder("out");
	hive = make_file("evidence/NTUSER.DAT");
	hive_log = make_file("evidence/ntuser.dat.LOG1");
	new_beside = path_of("evidence/new");
	listing = make_file("machine/tlist.txt");
	secret = make_file("elsewhere/secret");
	new_report = path_of("out/report.xml");
	new_elsewhere = path_of("elsewhere/new");
	new_restored = path_of("out/restored");
	link_to_report = path_of("machine/link.csv");
	assert_int_equal(symlink("../out/t.csv", link_to_report), 0);
	memset(&options, 0, sizeof(options));
	options.snapshots[0] = hive;
	options.n_snapshots = 1;
	options.companions.listings[0] = listing;
	options.companions.n_listings = 1;
	options.companions.mapi32 = "6.0.6448.0";
	options.output = new_report;
	options.restore.folder = new_restored;
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	while (n_made > 0)
		(void)remove(made[--n_made]);
	return remove(root);
}

static void tell_state(const void *context)
{
	struct failure failure;
	struct confine confine;

	(void)context;
	if (confine_run(&options, &confine, &failure) != STATUS_OK)
		_exit(99);
	_exit((int)sandbox_state(confine.sandbox));
}

#define NEED_LANDLOCK()                                                                  \
	do {                                                                             \
		if (confined_run(tell_state, NULL) != SANDBOX_FULL)                      \
			UNIT_SKIP("an older kernel, no libseccomp, or a sanitizer");     \
	} while (0)

static void run(const void *context)
{
	struct failure failure;
	struct confine confine;

	(void)context;
	CONFINED_CHECK(confine_run(&options, &confine, &failure) == STATUS_OK);
	CONFINED_CHECK(confined_opens(hive, O_RDONLY));
	CONFINED_CHECK(confined_opens(hive_log, O_RDONLY));
	CONFINED_CHECK(confined_opens(listing, O_RDONLY));
	CONFINED_CHECK(!confined_opens(secret, O_RDONLY));
	CONFINED_CHECK(!confined_opens(hive, O_RDWR));
	CONFINED_CHECK(!confined_opens(hive_log, O_WRONLY));
	CONFINED_CHECK(!confined_opens(new_beside, O_WRONLY | O_CREAT));
	CONFINED_CHECK(!confined_opens(new_elsewhere, O_WRONLY | O_CREAT));
	/* What comes out of archives has its place already. */
	CONFINED_CHECK(confine.spool);
	CONFINED_CHECK(spool_append(confine.spool, span_of((const uint8_t *)"x", 1),
				    &failure) == STATUS_OK);
	sandbox_end_reading(confine.sandbox);
	CONFINED_CHECK(!confined_opens(hive, O_RDONLY));
	CONFINED_CHECK(!confined_opens(listing, O_RDONLY));
	CONFINED_CHECK(confined_opens(new_report, O_RDWR | O_CREAT));
	CONFINED_CHECK(unlink(new_report) == 0);
	CONFINED_CHECK(mkdir(new_restored, 0700) == 0);
	CONFINED_CHECK(mkdir(new_elsewhere, 0700) != 0 && errno == EACCES);
	confine_clear(&confine);
}

static void test_run(void **state)
{
	(void)state;
	NEED_LANDLOCK();
	assert_int_equal(confined_run(run, NULL), 0);
}

/* An output that is a link goes where it leads, or in its place. */
static void run_link(const void *context)
{
	struct failure failure;
	struct confine confine;

	(void)context;
	CONFINED_CHECK(confine_run(&options, &confine, &failure) == STATUS_OK);
	CONFINED_CHECK(confined_opens(new_report, O_RDWR | O_CREAT));
	CONFINED_CHECK(unlink(new_report) == 0);
	CONFINED_CHECK(unlink(link_to_report) == 0);
	CONFINED_CHECK(!confined_opens(new_elsewhere, O_WRONLY | O_CREAT));
	confine_clear(&confine);
}

static void test_link(void **state)
{
	(void)state;
	NEED_LANDLOCK();
	options.restore.folder = NULL;
	options.output = NULL;
	options.timelines[0] = link_to_report;
	options.n_timelines = 1;
	make_file("out/t.csv");
	assert_int_equal(confined_run(run_link, NULL), 0);
}

static void run_free(const void *context)
{
	struct failure failure;
	struct confine confine;

	(void)context;
	CONFINED_CHECK(confine_run(&options, &confine, &failure) == STATUS_OK);
	CONFINED_CHECK(!confine.sandbox && !confine.spool);
	CONFINED_CHECK(confined_opens(secret, O_RDONLY));
	confine_clear(&confine);
}

static void test_no_sandbox(void **state)
{
	(void)state;
	options.no_sandbox = true;
	assert_int_equal(confined_run(run_free, NULL), 0);
}

/* Where a run could write: in and below folders of outputs, those yet to be made too. */
static void test_can_write(void **state)
{
	const struct {
		const char *path;
		bool can;
	} cases[] = {
		{ new_report, true },
		{ new_restored, true },
		{ path_of("out"), false },
		{ hive, false },
		{ secret, false },
		{ path_of("machine/p"), true }, /* where the link stands */
		{ path_of("nowhere/p"), true },
	};
	bool can;

	(void)state;
	options.timelines[0] = link_to_report;
	options.n_timelines = 1;
	make_file("out/t.csv");
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		assert_int_equal(confine_can_write(&options, cases[i].path, &can),
				 STATUS_OK);
		if (can != cases[i].can)
			fail_msg("%s", cases[i].path);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_run, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_link, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_no_sandbox, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_can_write, set_up, tear_down),
	};

	return UNIT_RUN(tests);
}
