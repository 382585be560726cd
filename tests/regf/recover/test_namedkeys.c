/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Keys that are called by ids which values hold. */
#include "help/unit.h"

#include "regf/recover/namedkeys.h"

#define NAME "00112233445566778899aabbccddeeff"

/* The id in two other bytes before and behind it. */
static const uint8_t data[] = { 9,    9,    0x00, 0x11, 0x22, 0x33, 0x44,
				0x55, 0x66, 0x77, 0x88, 0x99, 0xaa, 0xbb,
				0xcc, 0xdd, 0xee, 0xff, 9,    9 };

/* Key 1 has a value with the data from `from` on, of that length; key 0 is called so. */
static bool is_named(const char *name, size_t from, size_t len)
{
	struct deleted_key keys[2] = { { .name = (const uint8_t *)name,
					 .name_len = (uint16_t)strlen(name) } };
	struct deleted_value values[2] = {
		{ .owner = DELETED_NONE, .bytes = data, .known = sizeof(data) },
		{ .owner = 1, .bytes = data + from, .known = (uint32_t)len },
	};
	struct search search = { .space = span_of(data, sizeof(data)) };
	struct namedkeys named;

	search.keys.items = keys;
	search.keys.n = 2;
	search.values.items = values;
	search.values.n = 2;
	assert_int_equal(namedkeys_init(&named, &search), STATUS_OK);
	bool is = namedkeys_by_deleted(&named, 1, &keys[0]);
	/* That one has no values, and the lone value is nobody's. */
	assert_false(namedkeys_by_deleted(&named, 0, &keys[0]));
	namedkeys_clear(&named);
	return is;
}

static void test_ids(void **state)
{
	(void)state;
	assert_true(is_named(NAME, 0, sizeof(data)));
	assert_true(is_named("00112233445566778899AABBCCDDEEFF", 2, 16));
	assert_false(is_named(NAME, 3, 15));
	assert_false(is_named(NAME, 2, 15));
	assert_false(is_named("00112233445566778899aabbccddeefe", 0, sizeof(data)));
}

static void test_names_that_are_none(void **state)
{
	(void)state;
	assert_false(is_named("", 0, sizeof(data)));
	assert_false(is_named("00112233445566778899aabbccddeef", 0, sizeof(data)));
	assert_false(is_named(NAME "0", 0, sizeof(data)));
	assert_false(is_named("0011223344556677-899aabbccddeeff", 0, sizeof(data)));
}

static void test_live_values(void **state)
{
	struct value value = { .data = data, .data_len = sizeof(data) };
	struct key live = { .values = &value, .n_values = 1 };
	struct deleted_key key = { .name = (const uint8_t *)NAME, .name_len = 32 };
	struct search search = { .space = span_of(data, sizeof(data)) };
	struct namedkeys named;

	(void)state;
	assert_int_equal(namedkeys_init(&named, &search), STATUS_OK);
	assert_true(namedkeys_by_live(&named, &live, &key));
	live.n_values = 0;
	assert_false(namedkeys_by_live(&named, &live, &key));
	/* What may be looked through comes to an end. */
	live.n_values = 1;
	named.work = sizeof(data) - 1;
	assert_false(namedkeys_by_live(&named, &live, &key));
	namedkeys_clear(&named);
}

/* Digits that are none would make an id of ones only. */
static void test_no_digits(void **state)
{
	static uint8_t ones[16];
	struct value values = { .data = ones, .data_len = sizeof(ones) };
	struct key live = { .values = &values, .n_values = 1 };
	struct deleted_key key = {
		.name = (const uint8_t *)"gggggggggggggggggggggggggggggggg",
		.name_len = 32,
	};
	struct search search = { .space = span_of(ones, sizeof(ones)) };
	struct namedkeys named;

	(void)state;
	memset(ones, 0xff, sizeof(ones));
	assert_int_equal(namedkeys_init(&named, &search), STATUS_OK);
	assert_false(namedkeys_by_live(&named, &live, &key));
	key.name = (const uint8_t *)"ffffffffffffffffffffffffffffffff";
	assert_true(namedkeys_by_live(&named, &live, &key));
	namedkeys_clear(&named);
}

static void test_together(void **state)
{
	(void)state;
	assert_true(namedkeys_together(1000, 1000 + 600000000));
	assert_true(namedkeys_together(1000 + 600000000, 1000));
	assert_false(namedkeys_together(1000, 1001 + 600000000));
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_ids),
					    cmocka_unit_test(test_names_that_are_none),
					    cmocka_unit_test(test_live_values),
					    cmocka_unit_test(test_no_digits),
					    cmocka_unit_test(test_together) };

	return UNIT_RUN(tests);
}
