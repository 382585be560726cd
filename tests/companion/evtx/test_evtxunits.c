/* SPDX-License-Identifier: GPL-2.0-or-later */
/* All units, hidden and shown again. */
#include "help/unit.h"

#include "companion/evtx/evtxunits.h"

#include <string.h>

static void test_each_unit(void **state)
{
	(void)state;
	for (unsigned unit = 0; unit <= 0xffff; unit++) {
		uint8_t text[3] = { (uint8_t)unit, (uint8_t)(unit >> 8), 0xd8 };
		struct evtxunits units = { 0 };
		bool half = unit >= 0xd800 && unit <= 0xdfff;
		evtxunits_look(&units, span_of(text, 3));
		assert_int_equal(units.halves, half);
		assert_int_equal(units.stand_ins, unit >= 0xe000 && unit <= 0xe7ff);
		evtxunits_hide(text, 3);
		assert_int_equal(text[0] | text[1] << 8, half ? unit + 0x800 : unit);
		assert_int_equal(text[2], 0xd8);
	}
}

static void check_utf8(const char *units, size_t n, bool hidden, const char *utf8)
{
	struct arena *arena = arena_new();

	assert_non_null(arena);
	char *text = evtxunits_utf8((struct text){ span_of(units, n), TEXT_UTF16LE },
				    hidden, arena);
	assert_non_null(text);
	assert_string_equal(text, utf8);
	arena_free(arena);
}

static void test_utf8(void **state)
{
	(void)state;
	/* U+1F4E7 as it is, and hidden */
	check_utf8("\x3d\xd8\xe7\xdc", 4, false, "\xf0\x9f\x93\xa7");
	check_utf8("\x3d\xe0\xe7\xe4", 4, true, "\xf0\x9f\x93\xa7");
	check_utf8("a\0\x3d\xe0\xe7\xe4\0\0b\0", 10, true, "a\xf0\x9f\x93\xa7");
	check_utf8("\0\xe0", 2, false, "\xee\x80\x80");
	check_utf8("", 0, true, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_unit),
		cmocka_unit_test(test_utf8),
	};
	return UNIT_RUN(tests);
}
