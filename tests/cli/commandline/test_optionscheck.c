/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Options that do not go together, each alone beside what makes a run. */
#include "help/unit.h"

#include "cli/commandline/optionscheck.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char said[1024];

/* What a run with one hive has; another option is set by the test. */
static struct options one_hive(void)
{
	return (struct options){ .format = OPTIONS_NO_FORMAT,
				 .snapshots = { "a" },
				 .n_snapshots = 1,
				 .output = "r.xml",
				 .jobs = 1 };
}

static enum options_verdict check(struct options *options)
{
	char path[] = "/tmp/wmsdiff-check-XXXXXX";
	int file = mkstemp(path), shown = dup(STDERR_FILENO);

	assert_true(file >= 0 && shown >= 0);
	assert_true(dup2(file, STDERR_FILENO) >= 0);
	enum options_verdict verdict = optionscheck_all(options);
	(void)fflush(stderr);
	assert_true(dup2(shown, STDERR_FILENO) >= 0);
	ssize_t n = pread(file, said, sizeof(said) - 1, 0);
	assert_true(n >= 0);
	said[n] = '\0';
	close(shown);
	close(file);
	unlink(path);
	return verdict;
}

static void assert_refused(struct options options, const char *why)
{
	assert_int_equal(check(&options), OPTIONS_WRONG);
	assert_non_null(strstr(said, why));
}

static void test_goes(void **state)
{
	struct options options = one_hive();

	(void)state;
	assert_int_equal(check(&options), OPTIONS_RUN);
	assert_string_equal(said, "");
	options.redacts = true;
	options.redact_list = "list";
	assert_int_equal(check(&options), OPTIONS_RUN);
}

static void test_goes_not(void **state)
{
	struct options options = one_hive();

	(void)state;
	options.n_snapshots = 0;
	assert_refused(options, "no snapshot given");
	options = one_hive();
	options.skip_logs = true;
	options.n_logs = 1;
	assert_refused(options, "--skip-logs goes neither");
	options = one_hive();
	options.reg_4 = true;
	assert_refused(options, "need --restore");
	options = one_hive();
	options.redact_list = "list";
	assert_refused(options, "--redact-list needs --redact");
	options = one_hive();
	options.redacts = true;
	options.manifest = "manifest";
	assert_refused(options, "--redact goes without --manifest");
	options = one_hive();
	options.sign_with = "gpg";
	assert_refused(options, "--sign-with signs the manifest");
	options = one_hive();
	options.time_zone = "Europe/Atlantis";
	assert_refused(options, "no such time zone");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_goes),
		cmocka_unit_test(test_goes_not),
	};

	return UNIT_RUN(tests);
}
