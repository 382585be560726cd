/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The logs beside a hive: found by name whatever the case, in order, and no others. */
#include "help/unit.h"

#include "cli/discover.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/test_discover.XXXXXX";
static char made[40][100];
static size_t n_made;

static const char *touch(const char *name)
{
	char *path = made[n_made++];

	(void)snprintf(path, sizeof(made[0]), "%s/%s", folder, name);
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	assert_int_equal(fclose(file), 0);
	return path;
}

static int set_up(void **state)
{
	(void)state;
	memcpy(folder, "/tmp/test_discover.XXXXXX", sizeof(folder));
	n_made = 0;
	return mkdtemp(folder) ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	while (n_made > 0)
		(void)remove(made[--n_made]);
	return remove(folder);
}

static void check_name(const char *path, const char *name)
{
	assert_string_equal(path + strlen(folder) + 1, name);
}

static void test_names(void **state)
{
	static struct snapshot_source source[1];
	struct options options = { .n_snapshots = 1 };
	struct failure failure;

	(void)state;
	options.snapshots[0] = touch("NTUSER.DAT");
	touch("ntuser.dat.log2");
	touch("Ntuser.Dat.LOG1");
	touch("NTUSER.DAT.LOG");
	touch("NTUSER.DAT.LOG3");
	touch("NTUSER.DAT.LOG1x");
	touch("xNTUSER.DAT.LOG1");
	touch("NTUSER.DATLOG1");
	assert_int_equal(discover_sources(&options, NULL, source, &failure), STATUS_OK);
	assert_string_equal(source->path, options.snapshots[0]);
	assert_int_equal(source->n_logs, 3);
	check_name(source->logs[0], "NTUSER.DAT.LOG");
	check_name(source->logs[1], "Ntuser.Dat.LOG1");
	check_name(source->logs[2], "ntuser.dat.log2");
	assert_false(source->lone_log);
	discover_clear(source, 1);

	options.skip_logs = true;
	assert_int_equal(discover_sources(&options, NULL, source, &failure), STATUS_OK);
	assert_int_equal(source->n_logs, 0);
	discover_clear(source, 1);
}

/* One of the two that Windows writes in turn: the other was not saved. */
static void test_lone_log(void **state)
{
	static struct snapshot_source source[1];
	struct options options = { .n_snapshots = 1 };
	struct failure failure;

	(void)state;
	options.snapshots[0] = touch("SYSTEM");
	touch("SYSTEM.LOG2");
	assert_int_equal(discover_sources(&options, NULL, source, &failure), STATUS_OK);
	assert_int_equal(source->n_logs, 1);
	assert_true(source->lone_log);
	discover_clear(source, 1);
	/* A log that was given stands for the other. */
	options.logs[0] = (struct options_log){ touch("other"), 0 };
	options.n_logs = 1;
	assert_int_equal(discover_sources(&options, NULL, source, &failure), STATUS_OK);
	assert_int_equal(source->n_logs, 2);
	assert_false(source->lone_log);
	discover_clear(source, 1);
}

/* Given and found: once.  Given for one snapshot: not for the other. */
static void test_given(void **state)
{
	static struct snapshot_source sources[2];
	struct options options = { .n_snapshots = 2, .n_logs = 2 };
	struct failure failure;

	(void)state;
	options.snapshots[0] = touch("a");
	options.snapshots[1] = touch("b");
	options.logs[0] = (struct options_log){ touch("a.LOG"), 0 };
	options.logs[1] = (struct options_log){ touch("far"), 1 };
	assert_int_equal(discover_sources(&options, NULL, sources, &failure), STATUS_OK);
	assert_int_equal(sources[0].n_logs, 1);
	check_name(sources[0].logs[0], "a.LOG");
	assert_int_equal(sources[1].n_logs, 1);
	check_name(sources[1].logs[0], "far");
	assert_int_equal(sources[0].number, 0);
	assert_int_equal(sources[1].number, 1);
	discover_clear(sources, 2);
}

static void test_limit(void **state)
{
	static struct snapshot_source source[1];
	struct options options = { .n_snapshots = 1, .n_logs = REPLAY_MAX_LOGS };
	struct failure failure = { "" };
	char name[16];

	(void)state;
	options.snapshots[0] = touch("hive");
	for (size_t i = 0; i < REPLAY_MAX_LOGS; i++) {
		(void)snprintf(name, sizeof(name), "log%zu", i);
		options.logs[i] = (struct options_log){ touch(name), 0 };
	}
	assert_int_equal(discover_sources(&options, NULL, source, &failure), STATUS_OK);
	assert_int_equal(source->n_logs, REPLAY_MAX_LOGS);
	discover_clear(source, 1);
	touch("hive.LOG");
	assert_int_equal(discover_sources(&options, NULL, source, &failure),
			 STATUS_LIMIT);
	assert_non_null(strstr(failure.sentence, "more than 16 transaction logs"));
	assert_memory_equal(failure.sentence, folder, strlen(folder));
	discover_clear(source, 1);
}

static void test_machine_hives(void **state)
{
	static struct companions_source found;
	struct options options = { 0 };
	struct failure failure;

	(void)state;
	options.companions.system.path = touch("SYSTEM");
	touch("system.log1");
	touch("system.log2");
	assert_int_equal(discover_companions(&options, NULL, &found, &failure),
			 STATUS_OK);
	assert_int_equal(found.system.n_logs, 2);
	assert_int_equal(found.system.number, STAGE_NO_HIVE);
	assert_int_equal(found.software.n_logs, 0);
	discover_clear(&found.system, 1);
	options.skip_logs = true;
	assert_int_equal(discover_companions(&options, NULL, &found, &failure),
			 STATUS_OK);
	assert_int_equal(found.system.n_logs, 0);
	discover_clear(&found.system, 1);
}

/* A folder that is not there, or cannot be read, has no logs. */
static void test_no_folder(void **state)
{
	static struct snapshot_source source[1];
	struct options options = { .n_snapshots = 1,
				   .snapshots = { "/nowhere/at/all/NTUSER.DAT" } };
	struct failure failure;

	(void)state;
	assert_int_equal(discover_sources(&options, NULL, source, &failure), STATUS_OK);
	assert_int_equal(source->n_logs, 0);
	discover_clear(source, 1);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_names), TEST(test_lone_log),	    TEST(test_given),
		TEST(test_limit), TEST(test_machine_hives), TEST(test_no_folder),
	};

	return UNIT_RUN(tests);
}
