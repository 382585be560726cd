/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Outcomes written and read; what is cut off, changed or made up is none. */
#include "help/sweepfolders.h"

#include "base/compiler.h"
#include "sweep/outcome.h"

static void test_round_trip(void **state)
{
	struct failure failure = { "" };
	struct outcome outcome = { .kind = OUTCOME_TIMED_OUT, .status = -1, .ms = 61007 };
	struct outcome again;
	char *path = sweepfolder_path(*state, "u.tsv"), line[1024];

	strcpy(outcome.unit, "u%201");
	strcpy(outcome.host, "a\tb\\");
	strcpy(outcome.started, "2003-03-18T12:00:00Z");
	strcpy(outcome.identity, "00ff");
	strcpy(outcome.wmsdiff, "wmsdiff 1");
	outcome_reason(&outcome, "ran%clonger", '\n');
	assert_int_equal(outcome_write(&outcome, path, &failure), STATUS_OK);
	FILE *file = fopen(path, "r");
	assert_non_null(fgets(line, sizeof(line), file));
	assert_string_equal(line,
			    "unit\toutcome\tstatus\treason\thost\tstarted\tseconds\t"
			    "identity\twmsdiff\n");
	assert_non_null(fgets(line, sizeof(line), file));
	assert_string_equal(line, "u%201\ttimed_out\t-\tran\\\\u{a}longer\ta\\tb\\\\\t"
				  "2003-03-18T12:00:00Z\t61.007\t00ff\twmsdiff 1\n");
	assert_null(fgets(line, sizeof(line), file));
	(void)fclose(file);
	assert_int_equal(outcome_read(path, &again), STATUS_OK);
	assert_int_equal(again.kind, OUTCOME_TIMED_OUT);
	assert_int_equal(again.status, -1);
	assert_int_equal(again.ms, 61007);
	assert_string_equal(again.unit, "u%201");
	assert_string_equal(again.reason, "ran\\u{a}longer");
	assert_string_equal(again.host, "a\tb\\");
	assert_string_equal(again.wmsdiff, "wmsdiff 1");
	free(path);
}

#define HEAD "unit\toutcome\tstatus\treason\thost\tstarted\tseconds\tidentity\twmsdiff\n"

static void test_refuses(void **state)
{
	static const char *const none[] = {
		"",
		HEAD,
		HEAD "u\tcompared\t0\t\th\tt\t1.000\ti\tw",
		HEAD "u\tcompared\t0\t\th\tt\t1.000\ti\n",
		HEAD "u\tcompared\t0\t\th\tt\t1.000\ti\tw\tx\n",
		HEAD "u\tcompared\t0\t\th\tt\t1.000\ti\tw\nu\n",
		HEAD "u\tother\t0\t\th\tt\t1.000\ti\tw\n",
		HEAD "../u\tcompared\t0\t\th\tt\t1.000\ti\tw\n",
		HEAD "u\tcompared\tx\t\th\tt\t1.000\ti\tw\n",
		HEAD "u\tcompared\t0\t\th\tt\t1\ti\tw\n",
		HEAD "u\tcompared\t0\t\\x\th\tt\t1.000\ti\tw\n",
		"u\tcompared\t0\t\th\tt\t1.000\ti\tw\n",
	};
	struct outcome outcome;
	char *path = sweepfolder_path(*state, "u.tsv");

	assert_int_equal(outcome_read(path, &outcome), STATUS_ABSENT);
	for (size_t i = 0; i < ARRAY_LEN(none); i++) {
		sweepfolders_put(*state, "u.tsv", none[i]);
		assert_int_equal(outcome_read(path, &outcome), STATUS_MALFORMED);
	}
	sweepfolders_put(*state, "u.tsv", HEAD "u\tcompared\t0\t\th\tt\t1.000\ti\tw\n");
	assert_int_equal(outcome_read(path, &outcome), STATUS_OK);
	assert_int_equal(outcome_read(*state, &outcome), STATUS_MALFORMED);
	free(path);
}

/* A long reason is cut between characters. */
static void test_long_reason(void **state)
{
	struct outcome outcome;
	char text[2 * OUTCOME_TEXT + 2] = "x";

	(void)state;
	for (size_t i = 0; i < OUTCOME_TEXT; i++)
		memcpy(text + 1 + 2 * i, "\xC3\xA4", 3);
	outcome_reason(&outcome, "%s", text);
	size_t n = strlen(outcome.reason);
	assert_true(n > OUTCOME_TEXT - 4 && n < OUTCOME_TEXT);
	assert_int_equal(n % 2, 1);
	assert_memory_equal(outcome.reason, text, n);
}

static void test_words(void **state)
{
	struct outcome now = { .status = 0 };

	(void)state;
	for (unsigned i = 0; i < OUTCOME_N; i++) {
		enum outcome_kind kind = (enum outcome_kind)i;
		assert_int_equal(outcome_is_final(kind),
				 kind == OUTCOME_COMPARED || kind == OUTCOME_INCOMPLETE);
		assert_true(*outcome_word(kind) && *outcome_people(kind));
	}
	outcome_begin(&now);
	assert_int_equal(strlen(now.started), strlen("2003-03-18T12:00:00Z"));
	assert_int_equal(now.started[19], 'Z');
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SWEEPFOLDERS_TEST(test_round_trip),
		SWEEPFOLDERS_TEST(test_refuses),
		cmocka_unit_test(test_long_reason),
		cmocka_unit_test(test_words),
	};
	return UNIT_RUN(tests);
}
