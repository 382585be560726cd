/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a child that was taken over can make the parent do: the child of each test says what
 * it likes through the pipe, and ends as it likes.
 */
#include "help/unit.h"

#include "cli/signer.h"

#include "help/confined.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MANIFEST_TEXT "## a manifest\n"

static char root[64], manifest[96], program[96], was[96];
static struct options options;

static void put_file(const char *path, const char *text, mode_t mode)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(chmod(path, mode), 0);
}

static int set_up(void **state)
{
	char script[160];

	(void)state;
	(void)snprintf(root, sizeof(root), "/tmp/test_signer.XXXXXX");
	assert_non_null(mkdtemp(root));
	(void)snprintf(manifest, sizeof(manifest), "%s/out", root);
	assert_int_equal(mkdir(manifest, 0700), 0);
	(void)snprintf(manifest, sizeof(manifest), "%s/out/MANIFEST", root);
	(void)snprintf(program, sizeof(program), "%s/sign", root);
	(void)snprintf(was, sizeof(was), "%s/was", root);
	(void)snprintf(script, sizeof(script), "#!/bin/sh\necho \"$1\" >'%s'\n", was);
	put_file(manifest, MANIFEST_TEXT, 0600);
	put_file(program, script, 0700);
	options = (struct options){ .manifest = manifest,
				    .sign_with = program,
				    .quiet = true };
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	(void)unlink(manifest);
	(void)unlink(program);
	(void)unlink(was);
	(void)snprintf(manifest, sizeof(manifest), "%s/out", root);
	assert_int_equal(rmdir(manifest), 0);
	return rmdir(root);
}

/* What the child does; it never returns. */
typedef void child_of_test(struct signer *signer);

static void part(const void *context)
{
	child_of_test *const *child = context;
	struct signer *signer = NULL;
	struct failure failure = { "" };
	int exit_status = 99;

	CONFINED_CHECK(signer_new(&options, &signer, &failure) == STATUS_OK);
	enum status status = signer_part(signer, &exit_status, &failure);
	if (status == STATUS_OK)
		(*child)(signer);
	CONFINED_CHECK(status == STATUS_ABSENT);
	signer_free(signer);
	_exit(exit_status);
}

/* How the parent ends with such a child, and whether it ran the signer. */
static void expect(child_of_test *child, int status, bool signs)
{
	assert_int_equal(confined_run(part, &child), status);
	assert_int_equal(access(was, F_OK) == 0, signs);
	(void)unlink(was);
}

static void tell(struct signer *signer, const char *of)
{
	struct digest sum = digest_of(span_of((const uint8_t *)of, strlen(of)));

	if (!signer_tell(signer, &sum))
		_exit(98);
}

static void tells(struct signer *signer)
{
	tell(signer, MANIFEST_TEXT);
	_exit(1);
}

static void tells_nothing(struct signer *signer)
{
	(void)signer;
	_exit(0);
}

static void tells_twice(struct signer *signer)
{
	tell(signer, MANIFEST_TEXT);
	tell(signer, MANIFEST_TEXT);
	_exit(0);
}

static void tells_another(struct signer *signer)
{
	tell(signer, "another one");
	_exit(0);
}

static void tells_and_is_killed(struct signer *signer)
{
	tell(signer, MANIFEST_TEXT);
	(void)raise(SIGKILL);
	_exit(0);
}

static void tells_and_leaves_a_pipe(struct signer *signer)
{
	tell(signer, MANIFEST_TEXT);
	if (unlink(manifest) != 0 || mkfifo(manifest, 0600) != 0)
		_exit(97);
	_exit(0);
}

static void tells_and_leaves_more(struct signer *signer)
{
	tell(signer, MANIFEST_TEXT);
	put_file(manifest, MANIFEST_TEXT "x", 0600);
	_exit(0);
}

/* Only without a filter of calls: another process that holds the pipe. */
static void leaves_a_process(struct signer *signer)
{
	tell(signer, MANIFEST_TEXT);
	if (fork() == 0) {
		(void)sleep(5);
		_exit(0);
	}
	_exit(1);
}

/* A signal makes the parent sign no sooner: it waits until the child has ended. */
static void signals_the_parent(struct signer *signer)
{
	tell(signer, MANIFEST_TEXT);
	(void)signal(SIGTERM, SIG_IGN);
	(void)kill(getppid(), SIGCHLD);
	(void)kill(getppid(), SIGTERM);
	(void)kill(getppid(), SIGCHLD);
	(void)usleep(100000);
	if (access(was, F_OK) == 0)
		_exit(96);
	(void)raise(SIGKILL);
}

static void test_told(void **state)
{
	(void)state;
	expect(tells, 1, true);
	expect(tells_nothing, EXIT_TROUBLE, false);
	expect(tells_twice, EXIT_TROUBLE, false);
	expect(tells_another, EXIT_TROUBLE, false);
}

static void test_ends(void **state)
{
	(void)state;
	expect(tells_and_is_killed, 256 + SIGKILL, false);
	expect(leaves_a_process, 1, true);
	expect(signals_the_parent, 256 + SIGKILL, false);
}

static void test_manifest(void **state)
{
	(void)state;
	expect(tells_and_leaves_more, EXIT_TROUBLE, false);
	put_file(manifest, MANIFEST_TEXT, 0600);
	expect(tells_and_leaves_a_pipe, EXIT_TROUBLE, false);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_told),
		TEST(test_ends),
		TEST(test_manifest),
	};

	return UNIT_RUN(tests);
}
