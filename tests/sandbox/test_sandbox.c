/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a process can no longer do once it reads evidence, and once it has read it.  Each
 * is first tried without a sandbox: there it works.
 */
#include "help/unit.h"

#include "base/compiler.h"
#include "help/confined.h"
#include "sandbox/landlock.h"
#include "sandbox/sandbox.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>

static char root[] = "/tmp/test_sandbox.XXXXXX";
static char evidence[100], other[100], out[100], hive[120], beside[120], secret[120],
	report[120], made[120];

static void write_file(const char *path)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_true(fputs("bytes", file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static void put(char *path, size_t size, const char *folder, const char *name)
{
	assert_true(snprintf(path, size, "%s/%s", folder, name) < (int)size);
}

static int set_up(void **state)
{
	(void)state;
	memcpy(root, "/tmp/test_sandbox.XXXXXX", sizeof(root));
	if (!mkdtemp(root))
		return -1;
	put(evidence, sizeof(evidence), root, "evidence");
	put(other, sizeof(other), root, "other");
	put(out, sizeof(out), root, "out");
	put(hive, sizeof(hive), evidence, "hive");
	put(beside, sizeof(beside), evidence, "hive.LOG1");
	put(made, sizeof(made), evidence, "made");
	put(secret, sizeof(secret), other, "secret");
	put(report, sizeof(report), out, "report");
	assert_int_equal(mkdir(evidence, 0700) | mkdir(other, 0700) | mkdir(out, 0700),
			 0);
	write_file(hive);
	write_file(beside);
	write_file(secret);
	return 0;
}

static int tear_down(void **state)
{
	const char *const all[] = { hive,   beside,   made,  secret,
				    report, evidence, other, out };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		(void)remove(all[i]);
	return remove(root);
}

enum phase { WITHOUT, READING, WRITING };

static const enum phase phases[] = { WITHOUT, READING, WRITING };

static struct sandbox *enter(enum phase phase)
{
	const char *const read[] = { evidence };
	const char *const write[] = { out };
	struct sandbox_paths paths = { read, 1, write, 1 };
	struct sandbox *sandbox = phase == WITHOUT ? NULL : sandbox_begin(&paths);

	if (phase == WRITING)
		sandbox_end_reading(sandbox);
	return sandbox;
}

static void tell_state(const void *context)
{
	(void)context;
	_exit((int)sandbox_state(enter(READING)));
}

/* What this machine and this build can do. */
static enum sandbox_state state_of_child(void)
{
	return (enum sandbox_state)confined_run(tell_state, NULL);
}

/* ---- files ---- */

/* The version of Landlock that can tell truncating from other writing. */
#define TRUNCATING 3

static void files(const void *context)
{
	enum phase phase = *(const enum phase *)context;
	bool free_to = phase == WITHOUT;
	struct stat st;

	(void)enter(phase);
	CONFINED_CHECK(confined_opens(hive, O_RDONLY) == (phase != WRITING));
	CONFINED_CHECK(confined_opens(beside, O_RDONLY) == (phase != WRITING));
	CONFINED_CHECK(confined_opens(hive, O_WRONLY) == free_to);
	CONFINED_CHECK(confined_opens(beside, O_RDWR) == free_to);
	CONFINED_CHECK(confined_opens(made, O_WRONLY | O_CREAT) == free_to);
	CONFINED_CHECK(confined_opens(secret, O_RDONLY) == free_to);
	CONFINED_CHECK(confined_opens("/etc/passwd", O_RDONLY) == free_to);
	CONFINED_CHECK((truncate(hive, 1) == 0) == free_to);
	CONFINED_CHECK((unlink(beside) == 0) == free_to);
	CONFINED_CHECK((rename(secret, made) == 0) == free_to);
	CONFINED_CHECK((chmod(hive, 0600) == 0) == free_to);
	CONFINED_CHECK(confined_opens(report, O_RDWR | O_CREAT));
	CONFINED_CHECK(unlink(report) == 0);
	/* Whether something is there can still be asked. */
	CONFINED_CHECK(stat(hive, &st) == 0);
}

static void test_files(void **state)
{
	(void)state;
	if (landlock_version() < TRUNCATING || state_of_child() == SANDBOX_NONE)
		UNIT_SKIP("no Landlock that bounds truncating, or a sanitizer");
	for (size_t i = ARRAY_LEN(phases); i-- > 0;)
		assert_int_equal(confined_run(files, &phases[i]), 0);
}

/* ---- calls that end the process ---- */

static void start_program(void)
{
	char *const arguments[] = { (char[]){ "true" }, NULL };

	execv("/bin/true", arguments);
}

static void start_process(void)
{
	pid_t pid = fork();

	if (pid == 0)
		_exit(0);
}

static void open_socket(void)
{
	close(socket(AF_UNIX, SOCK_STREAM, 0));
}

static void open_internet(void)
{
	close(socket(AF_INET, SOCK_STREAM, 0));
}

static void look_into_parent(void)
{
	(void)ptrace(PTRACE_SEIZE, getppid(), NULL, NULL);
}

static void stop_parent(void)
{
	(void)kill(getppid(), 0);
}

static const struct {
	const char *name;
	void (*call)(void);
} deadly[] = {
	{ "a program", start_program },	   { "a process", start_process },
	{ "a local socket", open_socket }, { "a socket", open_internet },
	{ "ptrace", look_into_parent },	   { "a signal", stop_parent },
};

struct attempt {
	enum phase phase;
	size_t number;
};

static void attempt(const void *context)
{
	const struct attempt *one = context;

	(void)enter(one->phase);
	deadly[one->number].call();
}

static void test_calls(void **state)
{
	(void)state;
	if (state_of_child() != SANDBOX_FULL)
		UNIT_SKIP("an older Landlock, no libseccomp, or a sanitizer");
	for (size_t i = 0; i < ARRAY_LEN(phases); i++) {
		for (size_t k = 0; k < ARRAY_LEN(deadly); k++) {
			struct attempt one = { phases[i], k };
			int expected = phases[i] == WITHOUT ? 0 : 256 + SIGSYS;
			int got = confined_run(attempt, &one);
			if (got != expected)
				print_message("# %s, phase %zu\n", deadly[k].name, i);
			assert_int_equal(got, expected);
		}
	}
}

/* ---- what is still to be had ---- */

static void *thread(void *done)
{
	*(bool *)done = true;
	return NULL;
}

static void work(const void *context)
{
	enum phase phase = *(const enum phase *)context;
	bool done = false;
	pthread_t started;

	(void)enter(phase);
	CONFINED_CHECK(pthread_create(&started, NULL, thread, &done) == 0);
	CONFINED_CHECK(pthread_join(started, NULL) == 0 && done);
	void *memory = malloc((size_t)64 << 20);
	CONFINED_CHECK(memory);
	free(memory);
	int fd = memfd_create("test", MFD_CLOEXEC);
	CONFINED_CHECK(fd >= 0 && write(fd, "x", 1) == 1);
	/* Memory for data, and none for code. */
	void *code = mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS,
			  -1, 0);
#ifdef __s390x__
	/* There the filter does not see what memory is for. */
	CONFINED_CHECK(code != MAP_FAILED);
#else
	CONFINED_CHECK((code != MAP_FAILED) == (phase == WITHOUT));
#endif
}

static void test_work(void **state)
{
	(void)state;
	if (state_of_child() != SANDBOX_FULL)
		UNIT_SKIP("an older Landlock, no libseccomp, or a sanitizer");
	for (size_t i = 0; i < ARRAY_LEN(phases); i++)
		assert_int_equal(confined_run(work, &phases[i]), 0);
}

/* ---- how much of it there is ---- */

static void test_words(void **state)
{
	(void)state;
	assert_string_equal(sandbox_state_word(SANDBOX_NONE), "none");
	assert_string_equal(sandbox_state_word(SANDBOX_PARTIAL), "partial");
	assert_string_equal(sandbox_state_word(SANDBOX_FULL), "full");
	assert_int_equal(sandbox_state(NULL), SANDBOX_NONE);
	sandbox_end_reading(NULL);
	sandbox_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_files, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_calls, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_work, set_up, tear_down),
		cmocka_unit_test(test_words),
	};

	return UNIT_RUN(tests);
}
