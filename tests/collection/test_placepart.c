/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Parts of paths: what is decoded, compared and shown of them. */
#include "help/unit.h"

#include "collection/placepart.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct placepart part(const char *text, bool encoded)
{
	return (struct placepart){ span_of(text, strlen(text)), encoded };
}

static void check_text(const char *text, bool encoded, const char *expected)
{
	struct placepart p = part(text, encoded);
	char *shown = placepart_text(&p);

	assert_string_equal(shown, expected);
	free(shown);
}

static void test_decoding(void **state)
{
	(void)state;
	check_text("C%3A", true, "C:");
	check_text("C%3a", true, "C:");
	check_text("C%3A", false, "C%3A");
	check_text("100%", true, "100%");
	check_text("100%2", true, "100%2");
	check_text("%zz%4", true, "%zz%4");
	check_text("%2541", true, "%41");   /* once */
	check_text("a%00b", true, "a%00b"); /* no name holds a NUL */
	check_text("m%C3%BCller", true, "m\xc3\xbcller");
	check_text("", true, "");
}

static void test_bytes_that_are_no_utf8(void **state)
{
	(void)state;
	check_text("m\x81ller", false, "m\\x81ller");
	check_text("m\xfcller", false, "m\\xfcller");
	check_text("m%81", true, "m\\x81");
	check_text("\xc3", false, "\\xc3");
	check_text("\xe6\x97", false, "\\xe6\\x97");
	/* what is written like it is another name */
	check_text("m\\x81ller", false, "m\\x5cx81ller");
}

static void test_names(void **state)
{
	struct placepart p = part("Windows.OLD.000", false);

	(void)state;
	assert_true(placepart_is_name(&p, "windows"));
	assert_true(placepart_is_name(&p, "windows.old"));
	assert_false(placepart_is_name(&p, "window"));
	assert_false(placepart_is(&p, "windows.old"));
	assert_true(placepart_is(&p, "WINDOWS.old.000"));
	p = part("Us%65rs", true);
	assert_true(placepart_is(&p, "Users"));
	p = part("", false);
	assert_true(placepart_is(&p, ""));
	assert_false(placepart_is(&p, "a"));
}

static void test_beginnings(void **state)
{
	struct placepart p = part("%41bcd", true), rest = part("x", false);

	(void)state;
	assert_false(placepart_begins(&p, "abd", &rest));
	assert_true(placepart_is(&rest, "x"));
	assert_true(placepart_begins(&p, "ABC", &rest));
	assert_true(placepart_is(&rest, "d"));
	assert_true(placepart_begins(&p, "abcd", &rest));
	assert_true(placepart_is(&rest, ""));
	assert_false(placepart_begins(&p, "abcde", &rest));
}

static void test_numbers(void **state)
{
	static const struct {
		const char *text;
		uint32_t number;
	} all[] = {
		{ "RP7", 7 },
		{ "rp0012", 12 },
		{ "RP4294967295", UINT32_MAX },
		{ "RP4294967296", 0 },
		{ "RP99999999999999999999999", 0 },
		{ "RP", 0 },
		{ "RP0", 0 },
		{ "RP7a", 0 },
		{ "RP-7", 0 },
		{ "XRP7", 0 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		struct placepart p = part(all[i].text, false);
		uint32_t number = 42;
		assert_int_equal(placepart_number(&p, "RP", &number), all[i].number != 0);
		assert_int_equal(number, all[i].number ? all[i].number : 42);
	}
}

static void test_steps(void **state)
{
	static const struct {
		const char *path, *parts;
	} all[] = {
		{ "a/b\\c/d", "a 1 b\\c 5 d 7!" },
		{ "a\\b", "a 1 b 3!" },
		{ "//a//b/", "a 3 b 6" },
		{ "", "" },
		{ "/", "" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		struct placepart_path rest = placepart_path(all[i].path);
		struct placepart p;
		char parts[100] = "";
		size_t end;
		bool last;
		while (placepart_step(&rest, &p, &end, &last))
			(void)snprintf(parts + strlen(parts),
				       sizeof(parts) - strlen(parts), "%s%.*s %zu%s",
				       *parts ? " " : "", (int)p.bytes.len, p.bytes.ptr,
				       end, last ? "!" : "");
		assert_string_equal(parts, all[i].parts);
	}
}

static void test_volumes(void **state)
{
	static const struct {
		const char *text;
		char drive;
		uint32_t number;
		bool top;
	} all[] = {
		{ "c:", 'C', 0, false },
		{ "\\\\.\\D:", 'D', 0, false },
		{ "C", 0, 0, false },
		{ "C:x", 0, 0, false },
		{ "VSS12", 0, 12, false },
		{ "HarddiskVolumeShadowCopy3", 0, 3, false },
		{ "\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy4", 0, 4, false },
		{ "vss", 0, 0, false },
		{ "users", 0, 0, true },
		{ "Windows.old", 0, 0, true },
		{ "Windows.old.000", 0, 0, true },
		{ "Windows2", 0, 0, false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		struct placepart p = part(all[i].text, false);
		uint32_t number = 0;
		char drive = 0;
		assert_int_equal(placepart_volume(&p, &drive), all[i].drive != 0);
		assert_int_equal(drive, all[i].drive);
		assert_int_equal(placepart_shadow_copy(&p, &number), all[i].number != 0);
		assert_int_equal(number, all[i].number);
		assert_int_equal(placepart_is_top(&p), all[i].top);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_decoding),
		cmocka_unit_test(test_bytes_that_are_no_utf8),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_beginnings),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_steps),
		cmocka_unit_test(test_volumes),
	};

	return UNIT_RUN(tests);
}
