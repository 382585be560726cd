/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What became of a unit, from the file that a sweep writes. */
#include "help/unit.h"

#include "base/compiler.h"
#include "fleet/fleetoutcome.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NAMES "unit\toutcome\tstatus\treason\thost\tstarted\tseconds\tidentity\twmsdiff\n"

static enum status read_bytes(const char *bytes, size_t n, struct arena *arena,
			      struct fleetoutcome *out, struct failure *failure)
{
	FILE *file = tmpfile();
	enum status status;

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, n, file), n);
	assert_int_equal(fflush(file), 0);
	assert_int_equal(lseek(fileno(file), 0, SEEK_SET), 0);
	status = fleetoutcome_read(fileno(file), arena, out, failure);
	assert_int_equal(fclose(file), 0);
	return status;
}

static void test_columns(void **state)
{
	static const char text[] =
		NAMES "pc1\ttimed_out\t\tno end after 60 s\tlab2\t2026-01-02T03:04:05Z\t"
		      "60.1\tabc\t0.1.0\n";
	struct arena *arena = arena_new();
	struct fleetoutcome outcome = { 0 };
	struct failure failure = { "" };

	(void)state;
	assert_int_equal(read_bytes(text, strlen(text), arena, &outcome, &failure),
			 STATUS_OK);
	assert_string_equal(outcome.outcome, "timed_out");
	assert_null(outcome.status);
	assert_string_equal(outcome.reason, "no end after 60 s");
	assert_string_equal(outcome.host, "lab2");
	assert_string_equal(outcome.started, "2026-01-02T03:04:05Z");
	assert_string_equal(outcome.seconds, "60.1");
	assert_string_equal(outcome.identity, "abc");
	assert_string_equal(outcome.wmsdiff, "0.1.0");
	assert_false(fleetoutcome_is_done(&outcome));
	arena_free(arena);
}

/* In any order, with others between them; bytes that are no UTF-8 become some. */
static void test_odd_columns(void **state)
{
	static const char text[] = "x\treason\toutcome\r\ny\t\xFF<\tcompared\r\n";
	struct arena *arena = arena_new();
	struct fleetoutcome outcome = { 0 };
	struct failure failure = { "" };

	(void)state;
	assert_int_equal(read_bytes(text, strlen(text), arena, &outcome, &failure),
			 STATUS_OK);
	assert_string_equal(outcome.outcome, "compared");
	assert_string_equal(outcome.reason, "\xEF\xBF\xBD<");
	assert_null(outcome.host);
	assert_true(fleetoutcome_is_done(&outcome));
	arena_free(arena);
}

static void test_done(void **state)
{
	static const char *const words[] = { "failed",	      "timed_out", "crashed",
					     "out_of_memory", "killed",	   "unknown" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		assert_false(fleetoutcome_is_done(
			&(struct fleetoutcome){ .outcome = words[i] }));
	assert_true(
		fleetoutcome_is_done(&(struct fleetoutcome){ .outcome = "incomplete" }));
}

/* As the sweep writes it: with escapes, and "-" for a status that there is none of. */
static void test_escapes(void **state)
{
	static const char text[] =
		NAMES "pc1\tcrashed\t-\ta\\tb\\nc\\rd\\\\te \\x\\\t\t\t\t\t\n";
	struct arena *arena = arena_new();
	struct fleetoutcome outcome = { 0 };
	struct failure failure = { "" };

	(void)state;
	assert_int_equal(read_bytes(text, strlen(text), arena, &outcome, &failure),
			 STATUS_OK);
	assert_null(outcome.status);
	assert_string_equal(outcome.reason, "a\tb\nc\rd\\te \\x\\");
	arena_free(arena);
}

static void test_refused(void **state)
{
	static const char *const texts[] = {
		"",
		"outcome",
		"outcome\n",
		"outcome\ncompared",
		"outcome\n\n",
		"outcome\ncompared\nfailed\n",
		"outcome\tx\ncompared\n",
		"outcome\ncompared\tx\n",
		"x\ty\ncompared\tz\n",
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		struct fleetoutcome outcome = { .host = "before" };
		struct failure failure = { "" };
		if (read_bytes(texts[i], strlen(texts[i]), arena, &outcome, &failure) !=
		    STATUS_MALFORMED)
			fail_msg("taken: %s", texts[i]);
		assert_non_null(strstr(failure.sentence, "tells no outcome"));
		assert_string_equal(outcome.host, "before");
	}
	arena_free(arena);
}

/* Bytes without end, and NUL. */
static void test_hostile(void **state)
{
	struct arena *arena = arena_new();
	struct fleetoutcome outcome = { 0 };
	struct failure failure = { "" };
	char *bytes = malloc(70000);

	(void)state;
	assert_non_null(bytes);
	memset(bytes, 'x', 70000);
	assert_int_equal(read_bytes(bytes, 70000, arena, &outcome, &failure),
			 STATUS_MALFORMED);
	assert_non_null(strstr(failure.sentence, "longer"));
	assert_int_equal(
		read_bytes("outcome\nco\0mpared\n", 18, arena, &outcome, &failure),
		STATUS_MALFORMED);
	assert_non_null(strstr(failure.sentence, "no text"));
	memset(bytes, '\t', 60000);
	memcpy(bytes + 30000, "\n", 1);
	memcpy(bytes + 60000, "\n", 1);
	assert_int_equal(read_bytes(bytes, 60001, arena, &outcome, &failure),
			 STATUS_MALFORMED);
	free(bytes);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_columns), cmocka_unit_test(test_odd_columns),
		cmocka_unit_test(test_done),	cmocka_unit_test(test_escapes),
		cmocka_unit_test(test_refused), cmocka_unit_test(test_hostile),
	};
	return UNIT_RUN(tests);
}
