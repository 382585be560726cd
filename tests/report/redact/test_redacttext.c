/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Texts with personal data in them: what is not known to be harmless is replaced. */
#include "help/unit.h"

#include "report/redact/redacttext.h"

#include <stdlib.h>

static struct redact *redact;

static int set_up(void **state)
{
	(void)state;
	redact = redact_new();
	free(redact_as(redact, REDACT_USER, "Mark"));
	free(redact_as(redact, REDACT_USER, "Anna Schmidt"));
	return redact ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	redact_free(redact);
	return 0;
}

/* Takes what came of it. */
static void is(char *got, const char *expected)
{
	assert_non_null(got);
	assert_string_equal(got, expected);
	free(got);
}

static void test_evidence(void **state)
{
	(void)state;
	is(redacttext_evidence(redact, "Software\\Microsoft\\Windows NT"),
	   "Software\\Microsoft\\Windows NT");
	is(redacttext_evidence(redact, "Software\\Acme Ltd\\Profiles"),
	   "Software\\text-1\\Profiles");
	/* Words of the program that are somebody's name, and a part with one. */
	is(redacttext_evidence(redact, "mark"), "user-1");
	is(redacttext_evidence(redact, "profile of Mark"), "text-2");
	is(redacttext_evidence(redact, "profile of marks"), "profile of marks");
	is(redacttext_evidence(redact, "Profile 12"), "Profile 12");
	is(redacttext_evidence(redact, "030 1234567"), "text-3");
	is(redacttext_evidence(redact, "C:\\Users\\x"), "path-1");
	is(redacttext_evidence(redact, "5e68e918610e0e53969f4d30eaf9bf28\\00000001"),
	   "id-1\\00000001");
	is(redacttext_evidence(redact, "user-1"), "user-1");
	is(redacttext_evidence(redact, "\\\\"), "\\\\");
	is(redacttext_evidence(redact, ""), "");
}

static void test_sentences(void **state)
{
	(void)state;
	is(redacttext_sentence(redact,
			       "cell 0xc020, named as a list of subkeys, holds none"),
	   "cell 0xc020, named as a list of subkeys, holds none");
	is(redacttext_sentence(redact, "key \"Acme Ltd\": 12345678 bytes"),
	   "key \"text-1\": 12345678 bytes");
	is(redacttext_sentence(redact, "the folder of Anna schmidt's"),
	   "the folder of user-2's");
	is(redacttext_sentence(redact, "the folder of Annas"), "the folder of text-2");
	is(redacttext_sentence(redact, "/evidence/anna/x: not read"), "path-1: not read");
	is(redacttext_sentence(redact, "ev/anna/x.dat: not read"), "path-2: not read");
	is(redacttext_sentence(redact, "sent by berta@example.com (10.0.0.1)."),
	   "sent by address-1 (server-1).");
	is(redacttext_sentence(redact, "between 2016-03-11 16:58:20 and later"),
	   "between 2016-03-11 16:58:20 and later");
	is(redacttext_sentence(redact, "an open \"key"), "an open \"key");
	is(redacttext_sentence(redact, "\"\""), "\"\"");
	is(redacttext_sentence(redact, "mark it"), "user-1 it");
	is(redacttext_sentence(redact, "CMI-CreateHive{6A1C4018-979D-4291}"), "text-3");
}

static void test_words(void **state)
{
	(void)state;
	is(redacttext_words(redact, "other_hive"), "other_hive");
	is(redacttext_words(redact, "10.0"), "10.0");
	is(redacttext_words(redact, "some Acme"), "text-1");
}

static void test_arguments(void **state)
{
	(void)state;
	is(redacttext_argument(redact, "--redact"), "--redact");
	is(redacttext_argument(redact, "--user=mark"), "--user=user-1");
	is(redacttext_argument(redact, "--case=acme 7"), "--case=text-1");
	is(redacttext_argument(redact, "-oacme.xml"), "path-1");
	is(redacttext_argument(redact, "mark"), "user-1");
	is(redacttext_argument(redact, "csv"), "csv");
}

/* While it gathers, and without a table. */
static void test_left_alone(void **state)
{
	(void)state;
	redact_gather(redact, true);
	is(redacttext_evidence(redact, "Acme"), "Acme");
	is(redacttext_sentence(redact, "Acme"), "Acme");
	is(redact_as(redact, REDACT_USER, "Acme"), "user-3");
	redact_gather(redact, false);
	is(redacttext_sentence(redact, "Acme"), "user-3");
	is(redacttext_sentence(NULL, "Acme"), "Acme");
	is(redacttext_words(NULL, "Acme"), "Acme");
	is(redact_as(NULL, REDACT_USER, "Acme"), "Acme");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_evidence),  TEST(test_sentences),  TEST(test_words),
		TEST(test_arguments), TEST(test_left_alone),
	};

	return UNIT_RUN(tests);
}
