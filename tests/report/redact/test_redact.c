/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Stand-ins: the same text has one, whatever its case and wherever it is met. */
#include "help/unit.h"

#include "report/redact/redact.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct redact *redact;

static int set_up(void **state)
{
	(void)state;
	redact = redact_new();
	return redact ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	redact_free(redact);
	return 0;
}

/* shown: what stands for the text. */
static void stands(enum redact_kind kind, const char *text, const char *shown)
{
	char *got = redact_as(redact, kind, text);

	assert_non_null(got);
	assert_string_equal(got, shown);
	free(got);
}

static void test_numbers(void **state)
{
	(void)state;
	stands(REDACT_USER, "anna", "user-1");
	stands(REDACT_SERVER, "srv.example.com", "server-1");
	stands(REDACT_USER, "bernd", "user-2");
	stands(REDACT_USER, "anna", "user-1");
	stands(REDACT_USER, "", "");
}

/* As the registry folds names; what another kind met first keeps that kind's stand-in. */
static void test_one_text(void **state)
{
	(void)state;
	stands(REDACT_USER, "J\xC3\xB6rg", "user-1");
	stands(REDACT_USER, "J\xC3\x96RG", "user-1");
	stands(REDACT_PROFILE, "j\xC3\xB6rg", "user-1");
	stands(REDACT_PROFILE, "Jorg", "profile-1");
	/* No UTF-8, and the beginning of some. */
	stands(REDACT_PATH, "\xFF/a\xC3", "path-1");
	stands(REDACT_PATH, "\xFF/A\xC3", "path-1");
}

/* What it looks like says more than where it stands. */
static void test_looks(void **state)
{
	(void)state;
	stands(REDACT_USER, "anna@example.com", "address-1");
	stands(REDACT_TEXT, "S-1-5-21-1-2-3-1001", "sid-1");
	stands(REDACT_TEXT, "5e68e918610e0e53969f4d30eaf9bf28", "id-1");
	stands(REDACT_PROFILE, "Outlook", "Outlook");
	stands(REDACT_SID, "S-1-5-18", "S-1-5-18");
	stands(REDACT_USER, "Outlook", "Outlook");
}

/* A stand-in is not redacted again, one that there is not is a text like others. */
static void test_twice(void **state)
{
	(void)state;
	stands(REDACT_USER, "anna", "user-1");
	stands(REDACT_TEXT, "user-1", "user-1");
	stands(REDACT_TEXT, "user-2", "text-1");
	assert_true(redact_is_standin(redact, "user-1", 6));
	assert_false(redact_is_standin(redact, "user-01", 7));
	assert_false(redact_is_standin(redact, "user-1x", 7));
	assert_false(redact_is_standin(redact, "users-1", 7));
	assert_false(redact_is_standin(redact, "user-", 5));
}

static void at(const char *text, size_t place, size_t len, const char *shown)
{
	const char *found = "";

	assert_int_equal(redact_known_at(redact, text, place, &found), len);
	assert_string_equal(found, shown);
}

/* Inside of others: the longest, as words of their own, and none of no known kind. */
static void test_inside(void **state)
{
	(void)state;
	stands(REDACT_USER, "Anna", "user-1");
	stands(REDACT_USER, "Anna Schmidt", "user-2");
	stands(REDACT_TEXT, "secret thing", "text-1");
	at("of ANNA schmidt's", 3, 12, "user-2");
	at("of anna schmid", 3, 4, "user-1");
	at("annabell", 0, 0, "");
	at("joanna", 2, 0, "");
	at("anna", 0, 4, "user-1");
	at("an", 0, 0, "");
	at("secret thing", 0, 0, "");
	assert_string_equal(redact_known(redact, "secret THING", 12), "text-1");
	assert_null(redact_known(redact, "other", 5));
}

/* Many of them: each is found again. */
static void test_many(void **state)
{
	char text[32], shown[32];

	(void)state;
	for (int pass = 0; pass < 2; pass++)
		for (int i = 1; i <= 5000; i++) {
			(void)snprintf(text, sizeof(text), "name of %d", i);
			(void)snprintf(shown, sizeof(shown), "machine-%d", i);
			stands(REDACT_MACHINE, text, shown);
		}
}

static void test_counts(void **state)
{
	(void)state;
	stands(REDACT_USER, "anna", "user-1");
	redact_count_anew(redact);
	stands(REDACT_USER, "anna", "user-1");
	stands(REDACT_USER, "anna", "user-1");
	stands(REDACT_USER, "bernd", "user-2");
	stands(REDACT_PROFILE, "Outlook", "Outlook");
	assert_int_equal(redact_n_texts(redact, REDACT_USER), 2);
	assert_int_equal(redact_n_places(redact, REDACT_USER), 3);
	assert_int_equal(redact_n_texts(redact, REDACT_PROFILE), 0);
	redact_count_anew(redact);
	assert_int_equal(redact_n_places(redact, REDACT_USER), 0);
	char *sentence = redact_sentence(redact);
	assert_string_equal(sentence, "2 user; raw data is left out");
	free(sentence);
}

static void test_list(void **state)
{
	char path[] = "/tmp/redactXXXXXX", text[256] = "";
	int fd = mkstemp(path);
	static struct failure failure;
	struct output *output;

	(void)state;
	assert_true(fd >= 0);
	stands(REDACT_USER, "anna\nb", "user-1");
	stands(REDACT_PROFILE, "Outlook", "Outlook");
	stands(REDACT_PATH, "/x\xFF", "path-1");
	assert_int_equal(output_open(path, NULL, &output, &failure), STATUS_OK);
	assert_int_equal(redact_write_list(redact, output), STATUS_OK);
	assert_int_equal(output_commit(output, &failure), STATUS_OK);
	close(fd);
	FILE *file = fopen(path, "r");
	assert_non_null(file);
	assert_true(fread(text, 1, sizeof(text) - 1, file) > 0);
	fclose(file);
	unlink(path);
	assert_string_equal(text, "user-1\tanna\\u{a}b\npath-1\t/x\xEF\xBF\xBD\n");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_numbers), TEST(test_one_text), TEST(test_looks),
		TEST(test_twice),   TEST(test_inside),	 TEST(test_many),
		TEST(test_counts),  TEST(test_list),
	};

	return UNIT_RUN(tests);
}
