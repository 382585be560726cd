/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How programs end, by themselves and by the limits. */
#include "help/unit.h"

#include "base/compiler.h"
#include "sweep/run/unitrun.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct unitrun_end run(const char *script, struct unitrun_limits limits,
			      bool (*goes_on)(void *context), void *context)
{
	char sh[] = "/bin/sh", option[] = "-c", *copy = strdup(script);
	char *argv[] = { sh, option, copy, NULL };
	struct unitrun_end end;

	assert_int_equal(unitrun("/", argv, &limits, goes_on, context, &end), STATUS_OK);
	free(copy);
	return end;
}

static void test_exits(void **state)
{
	struct unitrun_end end = run("pwd; echo said >&2; exit 3",
				     (struct unitrun_limits){ 0 }, NULL, NULL);

	(void)state;
	assert_int_equal(end.how, UNITRUN_EXITED);
	assert_int_equal(end.code, 3);
	assert_string_equal(end.said, "said\n");
	assert_false(end.more);
	free(end.said);
	end = run("pwd; echo said >&2", (struct unitrun_limits){ .output = true }, NULL,
		  NULL);
	assert_string_equal(end.said, "/\n");
	free(end.said);
}

static void test_signals(void **state)
{
	struct unitrun_end end =
		run("kill -SEGV $$", (struct unitrun_limits){ 0 }, NULL, NULL);

	(void)state;
	assert_int_equal(end.how, UNITRUN_SIGNALLED);
	assert_int_equal(end.code, SIGSEGV);
	free(end.said);
}

/* It ends though it ignores what it can, and so does what it started. */
static void test_time(void **state)
{
	struct unitrun_end end =
		run("trap '' TERM INT HUP; sleep 1000 & echo $! >&2; wait",
		    (struct unitrun_limits){ .ms = 300 }, NULL, NULL);
	pid_t child = (pid_t)strtol(end.said, NULL, 10);

	(void)state;
	assert_int_equal(end.how, UNITRUN_TIMED_OUT);
	assert_true(end.ms >= 300);
	assert_true(child > 1);
	/* Whoever takes over orphans may need a moment. */
	for (unsigned i = 0; i < 100 && kill(child, 0) == 0; i++) {
		char path[64], what = 'Z';
		(void)snprintf(path, sizeof(path), "/proc/%ld/stat", (long)child);
		FILE *stat = fopen(path, "r");
		if (stat && fscanf(stat, "%*d %*s %c", &what) == 1 && what == 'Z')
			child = 0;
		if (stat)
			(void)fclose(stat);
		if (child == 0)
			break;
		(void)usleep(20000);
	}
	assert_true(child == 0 || kill(child, 0) != 0);
	free(end.said);
}

/* One that closes what is listened to is followed all the same. */
static void test_closes(void **state)
{
	struct unitrun_end end = run("exec 2>&-; sleep 0.1; exit 4",
				     (struct unitrun_limits){ .ms = 20000 }, NULL, NULL);

	(void)state;
	assert_int_equal(end.how, UNITRUN_EXITED);
	assert_int_equal(end.code, 4);
	free(end.said);
}

static void test_memory(void **state)
{
	/* dd holds one block of that size. */
	struct unitrun_end end =
		run("exec dd if=/dev/zero of=/dev/null bs=256M count=1000",
		    (struct unitrun_limits){ .ms = 60000, .bytes = UINT64_C(64) << 20 },
		    NULL, NULL);

	(void)state;
	assert_int_equal(end.how, UNITRUN_TOO_LARGE);
	assert_true(end.bytes > UINT64_C(64) << 20);
	free(end.said);
}

static bool never(void *context)
{
	++*(unsigned *)context;
	return false;
}

static void test_given_up(void **state)
{
	unsigned asked = 0;
	struct unitrun_end end =
		run("sleep 1000", (struct unitrun_limits){ .ms = 60000 }, never, &asked);

	(void)state;
	assert_int_equal(end.how, UNITRUN_GIVEN_UP);
	assert_int_equal(asked, 1);
	free(end.said);
}

static void test_says_much(void **state)
{
	struct unitrun_end end = run("yes | head -c 300000 >&2; echo end >&2",
				     (struct unitrun_limits){ 0 }, NULL, NULL);

	(void)state;
	assert_int_equal(end.how, UNITRUN_EXITED);
	assert_int_equal(end.n_said, UNITRUN_MAX_SAID);
	assert_true(end.more);
	assert_int_equal(strlen(end.said), UNITRUN_MAX_SAID);
	free(end.said);
}

static void test_not_started(void **state)
{
	char name[] = "/nowhere/at-all", sh[] = "/bin/sh";
	char *none[] = { name, NULL }, *some[] = { sh, NULL };
	struct unitrun_limits limits = { 0 };
	struct unitrun_end end;

	(void)state;
	assert_int_equal(unitrun("/", none, &limits, NULL, NULL, &end), STATUS_OK);
	assert_int_equal(end.how, UNITRUN_NOT_STARTED);
	assert_int_equal(end.code, ENOENT);
	free(end.said);
	assert_int_equal(unitrun("/nowhere", some, &limits, NULL, NULL, &end), STATUS_OK);
	assert_int_equal(end.how, UNITRUN_NOT_STARTED);
	free(end.said);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_exits),	  cmocka_unit_test(test_signals),
		cmocka_unit_test(test_time),	  cmocka_unit_test(test_closes),
		cmocka_unit_test(test_memory),	  cmocka_unit_test(test_given_up),
		cmocka_unit_test(test_says_much), cmocka_unit_test(test_not_started),
	};
	return UNIT_RUN(tests);
}
