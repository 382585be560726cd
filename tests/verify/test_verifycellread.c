/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A key or value put together from its elements. */
#include "help/unit.h"

#include "help/verified.h"
#include "verify/verifycellread.h"

#include <string.h>

static enum status end(struct verifycell *cell, enum verifyelement element,
		       const char *text)
{
	uint8_t copy[128];

	memcpy(copy, text, strlen(text) + 1);
	return verifycellread_end(cell, element, copy, strlen(text), NULL);
}

static void test_value(void **state)
{
	struct verified *verified = verified_new();
	struct verifycell cell = { .hive = 5 };
	struct span units = span_of("4100", 4);
	uint8_t name[] = "A";

	(void)state;
	(void)verified_add(verified, "a", "abc", 3);
	assert_int_equal(
		verifycellread_end(&cell, VERIFYELEMENT_BASENAME, name, 1, &units),
		STATUS_OK);
	assert_int_equal(end(&cell, VERIFYELEMENT_CELLPATH, "K\\A"), STATUS_OK);
	assert_int_equal(end(&cell, VERIFYELEMENT_NAME_TYPE, "v"), STATUS_OK);
	assert_int_equal(end(&cell, VERIFYELEMENT_ALLOC, "1"), STATUS_OK);
	assert_int_equal(end(&cell, VERIFYELEMENT_DATA_TYPE, "REG_SZ"), STATUS_OK);
	assert_int_equal(
		verifycellread_begin(
			&cell, &verified->report, VERIFYELEMENT_DATA,
			verified_element((const char *const[]){
				"unknown", "0+4", "inferred_bytes", "4+1", NULL })),
		STATUS_OK);
	assert_int_equal(end(&cell, VERIFYELEMENT_DATA, "Zm9v"), STATUS_OK);
	assert_int_equal(
		verifycellread_begin(&cell, &verified->report, VERIFYELEMENT_BYTE_RUN,
				     verified_element((const char *const[]){
					     "file_offset", "32", "len", "20", NULL })),
		STATUS_OK);
	assert_int_equal(
		verifycellread_begin(
			&cell, &verified->report, VERIFYELEMENT_BYTE_RUN,
			verified_element((const char *const[]){
				"input", "i1", "file_offset", "0", "len", "3", NULL })),
		STATUS_OK);
	assert_int_equal(end(&cell, VERIFYELEMENT_HASHDIGEST,
			     "ba7816bf8f01cfea414140de5dae2223"
			     "b00361a396177a9cb410ff61f20015ad"),
			 STATUS_OK);
	assert_true(cell.is_value && cell.in_use && !cell.redacted && !cell.has_time);
	assert_true(span_equal(cell.name, span_of("A", 1)));
	assert_true(span_equal(cell.name_utf16, units));
	assert_true(span_equal(cell.path, span_of("K\\A", 3)));
	assert_string_equal(cell.type, "REG_SZ");
	assert_int_equal(cell.data_len, 3);
	assert_memory_equal(cell.data, "foo", 3);
	assert_int_equal(cell.unknown[0].end, 4);
	assert_int_equal(cell.inferred_bytes.first, 4);
	assert_int_equal(cell.runs.n, 2);
	assert_int_equal(cell.runs.items[0].file, 5);
	assert_false(cell.runs.items[0].hashed);
	assert_int_equal(cell.runs.items[1].file, 0);
	assert_true(cell.runs.items[1].hashed);
	verifycell_clear(&cell);
	assert_int_equal(cell.runs.n, 0);
	verified_free(verified);
}

static void test_wrong(void **state)
{
	struct verified *verified = verified_new();
	struct verifycell cell = { 0 };
	struct verifytext_element nothing = { 0 };

	(void)state;
	assert_int_equal(end(&cell, VERIFYELEMENT_DATA, "Zm9"), STATUS_MALFORMED);
	assert_int_equal(end(&cell, VERIFYELEMENT_HASHDIGEST, "00"), STATUS_MALFORMED);
	assert_int_equal(verifycellread_begin(&cell, &verified->report,
					      VERIFYELEMENT_BYTE_RUN, nothing),
			 STATUS_MALFORMED);
	assert_int_equal(verifycellread_begin(&cell, &verified->report,
					      VERIFYELEMENT_MTIME, nothing),
			 STATUS_MALFORMED);
	assert_int_equal(
		verifycellread_begin(
			&cell, &verified->report, VERIFYELEMENT_DATA,
			verified_element((const char *const[]){ "unknown", "4", NULL })),
		STATUS_MALFORMED);
	verifycell_clear(&cell);
	verified_free(verified);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_value),
		cmocka_unit_test(test_wrong),
	};
	return UNIT_RUN(tests);
}
