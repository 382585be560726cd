/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Profiles by a name of theirs or of their sections. */
#include "help/unit.h"

#include "help/keys.h"

#include "base/compiler.h"
#include "mapi/section.h"
#include "recovery/profileindex.h"

static void add(struct profileindex *index, const char *name, size_t profile)
{
	assert_int_equal(profileindex_add(index, text_of(name), profile), STATUS_OK);
}

static size_t count(const struct profileindex *index, const char *name)
{
	size_t n = SIZE_MAX;

	const struct profileindex_row *row = profileindex_find(index, text_of(name), &n);
	assert_int_equal(row != NULL, n > 0);
	return n;
}

static void test_found_without_case_in_order_of_number(void **state)
{
	struct profileindex index = { 0 };
	const struct profileindex_row *row;
	size_t n = 0;

	(void)state;
	add(&index, "Work", 7);
	add(&index, "Home", 3);
	add(&index, "WORK", 2);
	add(&index, "Workshop", 5);
	add(&index, "", 9);
	profileindex_sort(&index);
	row = profileindex_find(&index, text_of("work"), &n);
	assert_int_equal(n, 2);
	assert_int_equal(row[0].profile, 2);
	assert_int_equal(row[1].profile, 7);
	row = profileindex_find(&index, text_of("HOME"), &n);
	assert_int_equal(n, 1);
	assert_int_equal(row->profile, 3);
	row = profileindex_find(&index, text_of(""), &n);
	assert_int_equal(n, 1);
	assert_int_equal(row->profile, 9);
	assert_int_equal(count(&index, "Wor"), 0);
	assert_int_equal(count(&index, "Zeta"), 0);
	assert_int_equal(count(&index, "Alpha"), 0);
	profileindex_clear(&index);
	assert_int_equal(index.n, 0);
	profileindex_clear(&index);
}

static void test_empty(void **state)
{
	struct profileindex index = { 0 };

	(void)state;
	profileindex_sort(&index);
	assert_int_equal(count(&index, "Work"), 0);
	assert_null(profileindex_next(&index, text_of("Work"), NULL));
	profileindex_clear(&index);
}

static void test_one_after_another(void **state)
{
	struct profileindex index = { 0 };
	const struct profileindex_row *row = NULL;

	(void)state;
	add(&index, "b", 1);
	add(&index, "a", 2);
	add(&index, "B", 0);
	add(&index, "c", 3);
	profileindex_sort(&index);
	for (size_t i = 0; i < 2; i++) {
		row = profileindex_next(&index, text_of("b"), row);
		assert_non_null(row);
		assert_int_equal(row->profile, i);
	}
	assert_null(profileindex_next(&index, text_of("b"), row));
	row = profileindex_next(&index, text_of("c"), NULL);
	assert_int_equal(row->profile, 3);
	/* The last row of all has none behind it. */
	assert_null(profileindex_next(&index, text_of("c"), row));
	profileindex_clear(&index);
}

/* As many as are told at once, and one more; one by one all are told. */
static void test_most_of_one_name(void **state)
{
	struct profileindex index = { 0 };
	const struct profileindex_row *row = NULL;
	size_t n = 0;

	(void)state;
	for (size_t i = 0; i < PROFILEINDEX_MAX_SAME; i++)
		add(&index, "same", i);
	profileindex_sort(&index);
	assert_int_equal(count(&index, "same"), PROFILEINDEX_MAX_SAME);
	add(&index, "same", PROFILEINDEX_MAX_SAME);
	profileindex_sort(&index);
	assert_int_equal(count(&index, "same"), PROFILEINDEX_MAX_SAME);
	while ((row = profileindex_next(&index, text_of("same"), row)))
		n++;
	assert_int_equal(n, PROFILEINDEX_MAX_SAME + 1);
	profileindex_clear(&index);
}

/* Sections that every profile has tell none from another. */
static void test_sections(void **state)
{
	static const char own[] = "00112233445566778899aabbccddeeff";
	struct keys *keys = keys_new("Work");
	struct profileindex index = { 0 };

	(void)state;
	keys_add(keys, own);
	keys_add(keys, SECTION_ROOT);
	keys_add(keys, SECTION_INSTANCE);
	keys_add(keys, "no section");
	keys_add(keys, "00112233445566778899aabbccddeef");
	assert_int_equal(profileindex_add_sections(&index, keys_root(keys), 4),
			 STATUS_OK);
	profileindex_sort(&index);
	assert_int_equal(index.n, 1);
	assert_int_equal(count(&index, own), 1);
	assert_int_equal(index.rows[0].profile, 4);
	profileindex_clear(&index);
	keys_free(keys);
}

/* Whatever their first units are, rows are in the order of names, and all are found. */
static void test_order_of_any_names(void **state)
{
	static const uint16_t units[] = { 0,	'0',   'a',   'B',   0xfe,
					  0xff, 0x100, 0x178, 0xd800 };
	enum { UNITS = 9, LENGTH = 3, NAMES = UNITS * UNITS * UNITS };
	static uint8_t names[NAMES][2 * (LENGTH + 7)];
	struct profileindex index = { 0 };

	(void)state;
	for (size_t i = 0; i < NAMES; i++) {
		size_t rest = i, length = i % (LENGTH + 1);
		for (size_t k = 0; k < LENGTH; k++, rest /= UNITS) {
			names[i][2 * k] = (uint8_t)units[rest % UNITS];
			names[i][2 * k + 1] = (uint8_t)(units[rest % UNITS] >> 8);
		}
		/* Some are longer than any head. */
		size_t size = length == LENGTH && i % 2 ? sizeof(names[i]) : 2 * length;
		struct text name = { span_of(names[i], size), TEXT_UTF16LE };
		assert_int_equal(profileindex_add(&index, name, i), STATUS_OK);
	}
	profileindex_sort(&index);
	for (size_t i = 1; i < index.n; i++)
		assert_true(text_compare(index.rows[i - 1].name, index.rows[i].name) <=
			    0);
	for (size_t i = 0; i < index.n; i++) {
		const struct profileindex_row *row =
			profileindex_next(&index, index.rows[i].name, NULL);
		assert_non_null(row);
		assert_true(text_equal(row->name, index.rows[i].name));
	}
	profileindex_clear(&index);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_found_without_case_in_order_of_number),
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_one_after_another),
		cmocka_unit_test(test_most_of_one_name),
		cmocka_unit_test(test_sections),
		cmocka_unit_test(test_order_of_any_names),
	};

	return UNIT_RUN(tests);
}
