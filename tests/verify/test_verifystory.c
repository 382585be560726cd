/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Snapshots, lists, profiles and changes. */
#include "help/unit.h"

#include "help/cells.h"
#include "verify/verifystory.h"

#include <inttypes.h>

static struct verifystory story;

static void begin(struct verified *verified, enum verifyelement element,
		  const char *const *words)
{
	assert_int_equal(verifystory_begin(&story, &verified->report, element,
					   verified_element(words)),
			 STATUS_OK);
}

static void test_snapshots(void **state)
{
	struct verified *verified = verified_new();

	(void)state;
	(void)verified_add(verified, "a", "a", 1);
	(void)verified_add(verified, "b", "b", 1);
	begin(verified, VERIFYELEMENT_SNAPSHOT,
	      (const char *const[]){ "id", "s1", "input", "i2", "state", "replayed",
				     NULL });
	assert_int_equal(verified->report.here, 1);
	assert_true(verified->report.files.items[1].replayed);
	begin(verified, VERIFYELEMENT_SNAPSHOT,
	      (const char *const[]){ "id", "s2", "input", "i1", "state", "as_found",
				     NULL });
	begin(verified, VERIFYELEMENT_COMPARISON,
	      (const char *const[]){ "before", "s1", "after", "s2", NULL });
	assert_int_equal(verified->report.before, 1);
	assert_int_equal(verified->report.after, 0);
	verifystory_end(&story, &verified->report, VERIFYELEMENT_COMPARISON);
	assert_true(verified->report.before == VERIFYFILES_NONE);
	verified_free(verified);
}

static void test_profile(void **state)
{
	uint8_t bytes[CELLS_SIZE];
	struct verified *verified = verified_new();
	const struct verifytally *tally = &verified->report.tally;
	char number[24], time[40];
	const char *words[] = { "name",	  "Name",     "origin", "live",	 "mtime",
				time,	  "filetime", number,	"input", "i1",
				"offset", "8",	      NULL };

	(void)state;
	cells_fill(bytes);
	(void)verified_add(verified, "hive", bytes, CELLS_SIZE);
	(void)snprintf(number, sizeof(number), "%" PRIu64, CELLS_TIME);
	/* 0x01cd1e3c4b5a6978 / 10^7 seconds behind 1601. */
	(void)snprintf(time, sizeof(time), "2012-04-19T14:54:17.4699896Z");
	begin(verified, VERIFYELEMENT_PROFILE, words);
	assert_string_equal(verified_told(verified), "");
	assert_int_equal(tally->hold[VERIFYTALLY_NAME], 1);
	assert_int_equal(tally->hold[VERIFYTALLY_TIME], 1);
	assert_int_equal(tally->hold[VERIFYTALLY_SPELLING], 1);
	words[1] = "Nane";
	begin(verified, VERIFYELEMENT_PROFILE, words);
	assert_int_equal(tally->n_wrong, 1);
	/* After logs the record may be parted. */
	verified->report.files.items[0].replayed = true;
	begin(verified, VERIFYELEMENT_PROFILE, words);
	assert_int_equal(tally->n_wrong, 1);
	words[11] = "9";
	begin(verified, VERIFYELEMENT_STORE, words);
	assert_int_equal(tally->n_wrong, 2);
	words[8] = "nothing";
	begin(verified, VERIFYELEMENT_STORE, words);
	assert_int_equal(tally->left[VERIFYTALLY_UNPLACED], 1);
	verified_free(verified);
}

static void bounds(struct verified *verified, const char *earliest, const char *latest,
		   uint64_t n_wrong)
{
	uint64_t before = verified->report.tally.wrong[VERIFYTALLY_BOUND];

	begin(verified, VERIFYELEMENT_DELETION,
	      (const char *const[]){ "earliest", earliest, "latest", latest, NULL });
	begin(verified, VERIFYELEMENT_BOUND,
	      (const char *const[]){ "which", "earliest", "filetime", "10000000", "time",
				     "1601-01-01T00:00:01.0000000Z", NULL });
	begin(verified, VERIFYELEMENT_BOUND,
	      (const char *const[]){ "which", "earliest", "filetime", "20000000", "time",
				     "1601-01-01T00:00:02.0000000Z", NULL });
	begin(verified, VERIFYELEMENT_BOUND,
	      (const char *const[]){ "which", "latest", "filetime", "50000000", "time",
				     "1601-01-01T00:00:05.0000000Z", NULL });
	begin(verified, VERIFYELEMENT_BOUND,
	      (const char *const[]){ "which", "latest", "filetime", "40000000", "time",
				     "1601-01-01T00:00:04.0000000Z", NULL });
	verifystory_end(&story, &verified->report, VERIFYELEMENT_DELETION);
	assert_int_equal(verified->report.tally.wrong[VERIFYTALLY_BOUND] - before,
			 n_wrong);
}

static void test_bounds(void **state)
{
	struct verified *verified = verified_new();

	(void)state;
	bounds(verified, "1601-01-01T00:00:02.0000000Z", "1601-01-01T00:00:04.0000000Z",
	       0);
	bounds(verified, "1601-01-01T00:00:01.0000000Z", "1601-01-01T00:00:05.0000000Z",
	       2);
	bounds(verified, "", "1601-01-01T00:00:04.0000000Z", 1);
	verified_free(verified);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_snapshots),
		cmocka_unit_test(test_profile),
		cmocka_unit_test(test_bounds),
	};
	return UNIT_RUN(tests);
}
