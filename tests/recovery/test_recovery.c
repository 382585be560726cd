/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What can be asked of a recovery. */
#include "help/unit.h"

#include "recovery/recovery.h"

static void test_words(void **state)
{
	(void)state;
	assert_string_equal(recovery_name_word(RECOVERY_NAME_RECORD), "record");
	assert_string_equal(recovery_name_word(RECOVERY_NAME_SNAPSHOT), "snapshot");
	assert_string_equal(recovery_name_word(RECOVERY_NAME_SRS), "srs");
	assert_string_equal(recovery_name_word(RECOVERY_NAME_DEFAULT), "default_profile");
	assert_string_equal(recovery_name_word(RECOVERY_NAME_ACCOUNT), "account");
	assert_string_equal(recovery_name_word(RECOVERY_NAME_NONE), "none");
}

/* Each part's keys are numbered from where those of the one before end. */
static void test_part_of_a_key(void **state)
{
	struct recovered_keys keys[] = { { .first = 0 },
					 { .first = 10 },
					 { .first = 25 } };
	struct recovery_part parts[3] = { 0 };
	struct recovery recovery = { .parts = parts, .n_parts = 3 };
	static const struct {
		uint32_t number;
		size_t part;
	} rows[] = { { 0, 0 }, { 9, 0 }, { 10, 1 }, { 24, 1 }, { 25, 2 }, { 1000, 2 } };

	(void)state;
	for (size_t i = 0; i < 3; i++)
		parts[i].recovered = &keys[i];
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct key key = { .recovered = rows[i].number };
		assert_ptr_equal(recovery_part_of(&recovery, &key), &parts[rows[i].part]);
	}
	recovery.n_parts = 1;
	struct key last = { .recovered = 1000 };
	assert_ptr_equal(recovery_part_of(&recovery, &last), &parts[0]);
}

/* A part's places begin with its first key, whatever number that has. */
static void test_place_of_a_key(void **state)
{
	uint8_t places[] = { RECOVERY_ELSEWHERE, RECOVERY_IN_PROFILE, RECOVERY_IN_LIST };
	struct recovered_keys keys = { .first = 10 };
	struct recovery_part part = { .recovered = &keys, .places = places };

	(void)state;
	for (uint32_t i = 0; i < 3; i++) {
		struct key key = { .recovered = 10 + i };
		assert_int_equal(recovery_place(&part, &key), places[i]);
	}
}

static void test_nothing_to_free(void **state)
{
	struct recovery_part part = { 0 };

	(void)state;
	recovery_free(NULL);
	recovery_part_clear(&part);
	assert_null(part.places);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_part_of_a_key),
		cmocka_unit_test(test_place_of_a_key),
		cmocka_unit_test(test_nothing_to_free),
	};

	return UNIT_RUN(tests);
}
