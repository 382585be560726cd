/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Exports broken at each byte, cut at each byte, and made to cost: whatever they hold, what
 * is read ends, is bounded, and is never more than what was there.
 */
#include "help/unit.h"

#include "help/exports.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char text[] =
	"REGEDIT4\n\n[HKEY_CURRENT_USER\\A]\n@=\"a\\\"b\"\n\"x\"=dword:12\n"
	"\"h\"=hex(7):61,00,\\\n  62,00 ; c\n[HKU\\S-1-5-18\\B]\n\"y\"=hex:01\n; z\n";

static void walk(const struct export *export)
{
	for (size_t i = 0; i < export->text->n_roots; i++) {
		const struct key_tree *keys = &export->text->roots[i].keys;
		uint64_t n = 0, n_values = 0;
		for (const struct key *key = keys->root; key;
		     key = key_next(keys->root, key)) {
			n++;
			n_values += key->n_values;
			assert_true(text_length(key_name(key)) <= sizeof(text));
		}
		assert_int_equal(n, keys->n_keys);
		assert_int_equal(n_values, keys->n_values);
	}
}

static void check(const uint8_t *bytes, size_t len)
{
	struct export export = exports_bytes(bytes, len);

	if (export.status == STATUS_OK)
		walk(&export);
	else
		assert_int_equal(export.status, STATUS_UNSUPPORTED);
	exports_close(&export);
}

/* The text in each of three widths of units. */
static size_t spell(int form, uint8_t *out)
{
	size_t n = 0;

	for (size_t i = 0; i + 1 < sizeof(text); i++) {
		if (form == 2)
			out[n++] = 0;
		out[n++] = (uint8_t)text[i];
		if (form == 1)
			out[n++] = 0;
	}
	return n;
}

static void test_each_byte(void **state)
{
	(void)state;
	static const uint8_t others[] = { 0,	'"',  '\\', '[',  ']', '\n', '\r', '=',
					  '-',	';',  ',',  '(',  ':', ' ',  '0',  0x80,
					  0xC3, 0xD8, 0xFE, 0xFF, '@', 'h',  0x1A };
	uint8_t bytes[2 * sizeof(text)];

	for (int form = 0; form < 3; form++) {
		size_t n = spell(form, bytes);
		for (size_t i = 0; i < n; i++) {
			uint8_t was = bytes[i];
			for (size_t k = 0; k < sizeof(others); k++) {
				bytes[i] = others[k];
				check(bytes, n);
			}
			bytes[i] = was;
		}
	}
}

static void test_each_length(void **state)
{
	(void)state;
	uint8_t bytes[2 * sizeof(text)];

	for (int form = 0; form < 3; form++) {
		size_t n = spell(form, bytes);
		for (size_t len = 0; len < n; len++)
			check(bytes, len);
	}
}

/* A megabyte of each piece: what is slow here shows in the time of all tests. */
static void test_many_of_a_kind(void **state)
{
	(void)state;
	static const char *const pieces[] = {
		"\"a\"=\"\n",	     "\"\\\n",	   "@=\\\"\n", "\"a\"=hex:\\\n;c\n",
		"\"a\"=hex:00,\\\n", "[HKCU\\a\n", "\0\0\0\n", "[HKCU\\]]\n",
		"\x83\\\" ;",	     "]",	   "\"",       "\\",
		"REGEDIT4\n",	     "@=\"\" ;",   "hex:00,",  "@=\"\x83\\\"x\n",
	};
	enum { SIZE = 1 << 20 };
	char *bytes = malloc(SIZE);

	assert_non_null(bytes);
	for (size_t i = 0; i < ARRAY_LEN(pieces); i++) {
		size_t len = strlen(pieces[i]);
		len = len ? len : 4;
		memset(bytes, ' ', SIZE);
		memcpy(bytes, "REGEDIT4\n[HKCU\\k]\n\x81\n", 20);
		for (size_t at = 20; at + len <= SIZE; at += len)
			memcpy(bytes + at, pieces[i], len);
		check((const uint8_t *)bytes, SIZE);
	}
	free(bytes);
}

/* One value past the limit is left out, and what follows it is read. */
static void test_long_value(void **state)
{
	(void)state;
	static const char head[] = EXPORTS_5 "[HKCU\\A]\n\"x\"=\"";
	static const char tail[] = "\"\n\"y\"=\"1\"\n";
	size_t len = sizeof(head) - 1 + REGTEXT_MAX_DATA + 1 + sizeof(tail) - 1;
	char *bytes = malloc(len);

	assert_non_null(bytes);
	memset(bytes, 'a', len);
	memcpy(bytes, head, sizeof(head) - 1);
	memcpy(bytes + len - (sizeof(tail) - 1), tail, sizeof(tail) - 1);
	struct export export = exports_bytes(bytes, len);
	assert_int_equal(diag_count(export.diags), 1);
	assert_int_equal(diag_item(export.diags, 0)->code, DIAG_EXPORT_LINE);
	EXPORTS_EXPECT(&export, "A", "y", KEY_TYPE_SZ, "1\0\0\0");
	assert_int_equal(exports_key(&export, 0, "A")->flags, KEY_FLAG_VALUES_PARTIAL);
	exports_close(&export);
	free(bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_byte),
		cmocka_unit_test(test_each_length),
		cmocka_unit_test(test_many_of_a_kind),
		cmocka_unit_test(test_long_value),
	};
	return UNIT_RUN(tests);
}
