/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What reaches a terminal of the evidence: nothing that acts there. */
#define UNIT_OOM
#include "help/unit.h"

#include "help/texts.h"

#include "report/summary/terminalescape.h"

/* Takes what was shown. */
static void expect(char *shown, const char *expected)
{
	assert_non_null(shown);
	assert_string_equal(shown, expected);
	free(shown);
}

static void test_utf8(void **state)
{
	static const struct {
		const char *utf8, *shown, *ascii;
	} rows[] = {
		{ "", "", "" },
		{ "Outlook ~", "Outlook ~", "Outlook ~" },
		{ "Gr\xC3\xB6\xC3\x9F\x65", "Gr\xC3\xB6\xC3\x9F\x65",
		  "Gr\\u{f6}\\u{df}e" },
		{ "\xF0\x9F\x98\x80", "\xF0\x9F\x98\x80", "\\u{1f600}" },
		/* An escape sequence, and CSI of ISO 6429 in one character. */
		{ "\x1b[31m", "\\u{1b}[31m", "\\u{1b}[31m" },
		{ "\xC2\x9B\x33\x31m", "\\u{9b}31m", "\\u{9b}31m" },
		{ "a\nb\r\tc\x7f", "a\\u{a}b\\u{d}\\u{9}c\\u{7f}",
		  "a\\u{a}b\\u{d}\\u{9}c\\u{7f}" },
		/* What turns the order of what is shown, or ends a line. */
		{ "a\xE2\x80\xAEgpj", "a\\u{202e}gpj", "a\\u{202e}gpj" },
		{ "a\xE2\x80\xA8", "a\\u{2028}", "a\\u{2028}" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		expect(terminalescape_utf8(rows[i].utf8, false), rows[i].shown);
		expect(terminalescape_utf8(rows[i].utf8, true), rows[i].ascii);
	}
}

static void test_text(void **state)
{
	(void)state;
	expect(terminalescape_text(LATIN1(""), false), "");
	expect(terminalescape_text(LATIN1("a\xE9"), false), "a\xC3\xA9");
	expect(terminalescape_text(LATIN1("a\xE9"), true), "a\\u{e9}");
	expect(terminalescape_text(LATIN1("a\0\x1b"), false), "a\\u{0}\\u{1b}");
	/* A lone surrogate is shown as what it is, never as a character. */
	expect(terminalescape_text(UTF16("\x00\xD8\x41\x00"), false), "\\u{d800}A");
	expect(terminalescape_text(UTF16("\x3D\xD8\x00\xDE"), false), "\xF0\x9F\x98\x80");
}

/* The longest name of a key is shown whole; one character more is not. */
static void test_long_text(void **state)
{
	static char longest[TERMINALESCAPE_MAX_TEXT + 1];
	char expected[sizeof(longest) + 8];

	(void)state;
	assert_int_equal(TERMINALESCAPE_MAX_TEXT, 255);
	memset(longest, 'x', sizeof(longest));
	memset(expected, 'x', 255);
	strcpy(expected + 255, "");
	expect(terminalescape_text(latin1(longest, 255), false), expected);
	strcpy(expected + 255, " [...]");
	expect(terminalescape_text(latin1(longest, 256), false), expected);
}

/* A path may hold any bytes: what is no UTF-8, or no character of XML, is replaced. */
static void test_path(void **state)
{
	(void)state;
	expect(terminalescape_path("", false), "");
	expect(terminalescape_path("/case 1/NTUSER.DAT", false), "/case 1/NTUSER.DAT");
	expect(terminalescape_path("/\x1b]0;x\x07/a", false),
	       "/\xEF\xBF\xBD]0;x\xEF\xBF\xBD/a");
	expect(terminalescape_path("/\n\x7f\xE2\x80\xAE", false),
	       "/\\u{a}\\u{7f}\\u{202e}");
	expect(terminalescape_path("/\xff/a", false), "/\xEF\xBF\xBD/a");
	expect(terminalescape_path("/\xff/a", true), "/\\u{fffd}/a");
	expect(terminalescape_path("/\xC3\xA9", false), "/\xC3\xA9");
	expect(terminalescape_path("/\xC3\xA9", true), "/\\u{e9}");
}

/* NULL or all of it: a text is never shown in part for lack of memory. */
static void test_no_memory(void **state)
{
	static char longest[300];
	struct unit_oom oom;

	(void)state;
	memset(longest, 'x', sizeof(longest));
	UNIT_FAIL_EACH (oom) {
		char *shown = UNIT_FAILING(
			oom, terminalescape_text(latin1(longest, 300), true));
		assert_int_equal(shown == NULL, oom.failed);
		if (shown)
			assert_int_equal(strlen(shown), 255 + 6);
		free(shown);
	}
	assert_in_range(oom.n, 2, 100);
	assert_null(UNIT_FAIL_AT(0, terminalescape_utf8("a", false)));
	assert_null(UNIT_FAIL_AT(0, terminalescape_utf8("a", true)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_utf8),	  cmocka_unit_test(test_text),
		cmocka_unit_test(test_long_text), cmocka_unit_test(test_path),
		cmocka_unit_test(test_no_memory),
	};
	return UNIT_RUN(tests);
}
