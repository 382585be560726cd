/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Mapi32.dll, listings and event records: each field that is told. */
#include "help/unit.h"

#include "help/verified.h"
#include "verify/verifybeside.h"

#include <string.h>

#define SIZE 512

static void test_mapi32(void **state)
{
	static const char *right[] = {
		"version", "6.0.6448.1", "machine",
		"0x014c",  "built",	 "1970-01-01T00:00:05.0000000Z",
		"company", "Firm",	 "version_offset",
		"200",	   NULL
	};
	static const char *const other[] = { "6.0.6448.2", "0x014d",
					     "1970-01-01T00:00:06.0000000Z", "Firn",
					     "204" };
	uint8_t bytes[SIZE] = { 0 };
	struct verified *verified = verified_new();
	const struct verifytally *tally = &verified->report.tally;

	(void)state;
	/* PE/COFF specification; VS_FIXEDFILEINFO. */
	put_le32(bytes + 0x3c, 64);
	memcpy(bytes + 64, "PE\0\0\x4c\x01", 6);
	put_le32(bytes + 72, 5);
	put_le32(bytes + 192, 0xFEEF04BDu);
	put_le32(bytes + 200, 6u << 16);
	put_le32(bytes + 204, 6448u << 16 | 1);
	memcpy(bytes + 300, "F\0i\0r\0m", 8);
	verified->report.input = verified_add(verified, "Mapi32.dll", bytes, SIZE);
	assert_int_equal(verifybeside_mapi32(&verified->report, verified_element(right)),
			 STATUS_OK);
	assert_int_equal(tally->hold[VERIFYTALLY_PROGRAM], 4);
	for (size_t i = 0; i < ARRAY_LEN(other); i++) {
		const char *was = right[2 * i + 1];
		right[2 * i + 1] = other[i];
		assert_int_equal(
			verifybeside_mapi32(&verified->report, verified_element(right)),
			STATUS_OK);
		assert_int_equal(tally->wrong[VERIFYTALLY_PROGRAM], i + 1);
		right[2 * i + 1] = was;
	}
	verified_free(verified);
}

static void check_event(struct verified *verified, const char *record, const char *code,
			const char *offset, bool evtx, uint64_t n_wrong)
{
	const char *words[] = { "record",   record,
				"code",	    code,
				"offset",   offset,
				"filetime", "116444736050000000",
				"time",	    "1970-01-01T00:00:05.0000000Z",
				NULL };
	uint64_t before = verified->report.tally.n_wrong;

	assert_int_equal(
		verifybeside_event(&verified->report, verified_element(words), evtx),
		STATUS_OK);
	assert_int_equal(verified->report.tally.n_wrong - before, n_wrong);
}

static void test_evt(void **state)
{
	uint8_t bytes[SIZE] = { 0 };
	struct verified *verified = verified_new();

	(void)state;
	/* EVENTLOGRECORD at 48. */
	memcpy(bytes + 52, "LfLe", 4);
	put_le32(bytes + 56, 12);
	put_le32(bytes + 60, 5);
	put_le32(bytes + 68, 0xc00023f2u);
	verified->report.input = verified_add(verified, "App.evt", bytes, SIZE);
	check_event(verified, "12", "9202", "48", false, 0);
	check_event(verified, "13", "9202", "48", false, 1);
	check_event(verified, "12", "9203", "48", false, 1);
	check_event(verified, "12", "9202", "52", false, 3);
	check_event(verified, "12", "9202", "1000", false, 1);
	verified_free(verified);
}

static void test_evtx(void **state)
{
	/* The FILETIME of five seconds behind 1970. */
	static const uint64_t ft = UINT64_C(116444736050000000);
	uint8_t bytes[SIZE] = { 0 };
	struct verified *verified = verified_new();

	(void)state;
	memcpy(bytes + 48, "**\0\0", 4);
	put_le32(bytes + 52, 100);
	bytes[56] = 12;
	put_le32(bytes + 100, (uint32_t)ft);
	put_le32(bytes + 104, (uint32_t)(ft >> 32));
	verified->report.input = verified_add(verified, "App.evtx", bytes, SIZE);
	check_event(verified, "12", "1511", "48", true, 0);
	check_event(verified, "13", "1511", "48", true, 1);
	/* The time stands behind a record that is shorter. */
	verified->files[0].bytes[52] = 50;
	verified_again(verified, 0);
	check_event(verified, "12", "1511", "48", true, 1);
	verified_free(verified);
}

static void check_holder(struct verified *verified, const char *image, const char *offset,
			 int step, uint64_t n_wrong)
{
	const char *words[] = { "image", image, "offset", offset, NULL };
	uint64_t before = verified->report.tally.n_wrong;

	assert_int_equal(verifybeside_holder(&verified->report, verified_element(words),
					     false, step == 2),
			 STATUS_OK);
	assert_int_equal(verified->report.tally.n_wrong - before, n_wrong);
}

static void test_holder(void **state)
{
	struct verified *verified = verified_new();
	uint64_t left;

	(void)state;
	verified->report.input =
		verified_add(verified, "tlist", "  8 a.exe\r\n 16 b.exe\r\n", 22);
	check_holder(verified, "a.exe", "0", 1, 0);
	check_holder(verified, "b.exe", "0", 1, 1);
	check_holder(verified, "b.exe", "11", 1, 0);
	check_holder(verified, "b.exe", "400", 1, 1);
	left = verified->report.tally.left[VERIFYTALLY_DECODED];
	check_holder(verified, "\xc3\xa4.exe", "0", 1, 0);
	assert_int_equal(verified->report.tally.left[VERIFYTALLY_DECODED], left + 1);
	verified->report.input = verified_add(verified, "wide", "8\0 \0a\0\n\0b\0", 10);
	check_holder(verified, "8 a", "0", 2, 0);
	check_holder(verified, "b", "0", 2, 1);
	verified_free(verified);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_mapi32),
		cmocka_unit_test(test_evt),
		cmocka_unit_test(test_evtx),
		cmocka_unit_test(test_holder),
	};
	return UNIT_RUN(tests);
}
