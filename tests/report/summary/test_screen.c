/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lines for a person: how wide they are, where they break, what reaches a terminal. */
#define UNIT_OOM
#include "help/unit.h"

#include "report/summary/screen.h"

#include <stdio.h>
#include <string.h>

static char page[1 << 16];
static FILE *out;

static struct screen *start(bool color, bool ascii)
{
	memset(page, 0, sizeof(page));
	out = fmemopen(page, sizeof(page), "w");
	assert_non_null(out);
	struct screen *screen =
		screen_new(out, (struct summary_look){ .color = color, .ascii = ascii });
	assert_non_null(screen);
	return screen;
}

static void end(struct screen *screen)
{
	assert_int_equal(screen_free(screen), STATUS_OK);
	assert_int_equal(fclose(out), 0);
}

static struct text utf16(const char *utf8)
{
	struct text text;

	assert_true(text_from_utf8(utf8, strlen(utf8), &text));
	return text;
}

/* A line with that text behind a label of ten columns. */
static const char *line_of(const char *utf8)
{
	struct screen *screen = start(false, false);

	screen_line(screen, 0, 10, SCREEN_PLAIN, "label");
	screen_utf8(screen, utf8);
	end(screen);
	return page;
}

/* ---- columns ---- */

/* Widths as UAX #11 and every terminal has them, in scripts of all kinds. */
static void test_columns(void **state)
{
	static const struct {
		const char *utf8;
		unsigned columns;
	} texts[] = {
		{ "", 0 },
		{ "Outlook", 7 },
		{ "Größe", 5 },
		{ "Ελληνικά", 8 },
		{ "Почта", 5 },
		{ "受信箱", 6 },	     /* wide */
		{ "받은편지함", 10 },	     /* wide */
		{ "ｶﾀｶﾅ", 4 },		     /* halfwidth forms */
		{ "ＡＢ", 4 },		     /* fullwidth forms */
		{ "e\xCC\x81t\xC3\xA9", 3 }, /* a combining accent takes none */
		{ "בדיקה", 5 },		     /* right to left */
		{ "مرحبا", 5 },		     /* right to left, joined */
		{ "नमस्ते", 4 },		     /* vowel signs and a virama */
		{ "😀", 2 },
		{ "a\xE2\x80\xAE"
		  "b",
		  10 },		    /* a\u{202e}b: the escape is shown */
		{ "\x1b[31m", 10 }, /* \u{1b}[31m */
	};
	struct screen *screen = start(false, false);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		struct text text = utf16(texts[i].utf8);
		if (screen_columns(screen, text) != texts[i].columns)
			fail_msg("%s: %u columns instead of %u", texts[i].utf8,
				 screen_columns(screen, text), texts[i].columns);
		text_free(text);
	}
	end(screen);
}

/* ---- lines ---- */

static void test_short_line(void **state)
{
	(void)state;
	assert_string_equal(line_of("text"), "label     text\n");
}

static void test_line_without_text(void **state)
{
	(void)state;
	assert_string_equal(line_of(""), "label\n");
}

static void test_long_label(void **state)
{
	struct screen *screen = start(false, false);

	(void)state;
	screen_line(screen, 0, 10, SCREEN_PLAIN, "store_removed");
	screen_print(screen, "text");
	end(screen);
	assert_string_equal(page, "store_removed text\n");
}

/* 70 columns fit behind the label, 71 do not; a blank at the end does not count. */
static void test_break_at_the_width(void **state)
{
	char text[200], expected[300];

	(void)state;
	memset(text, 'a', sizeof(text));
	memcpy(text + 60, " bbbbbbbbb", 11);
	(void)snprintf(expected, sizeof(expected), "label     %s\n", text);
	assert_string_equal(line_of(text), expected);
	memcpy(text + 60, " bbbbbbbbb ", 12);
	assert_string_equal(line_of(text), expected);
	memcpy(text + 60, " bbbbbbbbbb", 12);
	(void)snprintf(expected, sizeof(expected),
		       "label     %.60s\n          bbbbbbbbbb\n", text);
	assert_string_equal(line_of(text), expected);
}

/* One column beside a wide character is not enough for another. */
static void test_wide_characters_break(void **state)
{
	char text[3 * 50 + 1], expected[300];

	(void)state;
	for (size_t i = 0; i < 50; i++)
		memcpy(text + 3 * i, "受", 4);
	(void)snprintf(expected, sizeof(expected), "label     %.105s\n          %s\n",
		       text, text + 105);
	assert_string_equal(line_of(text), expected);
	memcpy(text, "abc", 3);
	(void)snprintf(expected, sizeof(expected), "label     %.102s\n          %s\n",
		       text, text + 102);
	assert_string_equal(line_of(text), expected);
}

/* Options, versions and hyphens do not break; a path does behind its separators. */
static void test_words_stay_whole(void **state)
{
	(void)state;
	assert_string_equal(
		line_of("evidence of the machine, as it was saved when this happened: --"
			"software"),
		"label     evidence of the machine, as it was saved when this happened:\n"
		"          --software\n");
	assert_string_equal(
		line_of("C:\\Users\\mkeller\\AppData\\Local\\Microsoft\\Outlook\\archives\\"
			"mkeller@example.com.ost"),
		"label     C:\\Users\\mkeller\\AppData\\Local\\Microsoft\\Outlook\\archives\\\n"
		"          mkeller@example.com.ost\n");
}

/* Of a path, as much of its end as fits; never less than is asked for, or its name. */
static void test_path_ends(void **state)
{
	static const struct {
		const char *path;
		unsigned columns;
		size_t least;
		bool ascii;
		const char *shown;
	} paths[] = {
		{ "/case/before/DEFAULT", 20, 0, false, "/case/before/DEFAULT" },
		{ "/case/before/DEFAULT", 19, 0, false, "…/before/DEFAULT" },
		{ "/case/before/DEFAULT", 16, 0, false, "…/before/DEFAULT" },
		{ "/case/before/DEFAULT", 15, 0, false, "…/DEFAULT" },
		{ "/case/before/DEFAULT", 15, 7, false, "…/DEFAULT" },
		{ "/case/before/DEFAULT", 15, 8, false, "…/before/DEFAULT" },
		{ "/case/before/DEFAULT", 1, 20, false, "/case/before/DEFAULT" },
		{ "/case/before/DEFAULT", 0, 0, false, "…/DEFAULT" },
		{ "/case/before/DEFAULT", 17, 0, true, ".../DEFAULT" },
		{ "/case/before/DEFAULT", 18, 0, true, ".../before/DEFAULT" },
		{ "case/before/DEFAULT", 18, 0, false, "…/before/DEFAULT" },
		{ "DEFAULT", 3, 0, false, "DEFAULT" },
		{ "/DEFAULT", 3, 0, false, "/DEFAULT" },
		{ "/case//before///DEFAULT", 10, 0, false, "…/DEFAULT" },
		{ "/case/folder/", 10, 0, false, "…/folder/" },
		{ "/", 0, 0, false, "/" },
		{ "", 0, 0, false, "" },
		{ "/受信/信頼", 10, 0, false, "/受信/信頼" },
		{ "/受信/信頼", 9, 0, false, "…/信頼" },
		{ "/a\033b/\xff", 6, 0, false, "/a�b/�" },
		{ "/a\033b/\xff", 5, 0, false, "…/�" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
		char expected[100];
		struct screen *screen = start(false, paths[i].ascii);
		screen_line(screen, 0, 10, SCREEN_PLAIN, "label");
		screen_print(screen, "in ");
		screen_path_end(screen, paths[i].path, paths[i].columns, paths[i].least);
		end(screen);
		(void)snprintf(expected, sizeof(expected), "label     in %s\n",
			       paths[i].shown);
		if (!*paths[i].shown)
			strcpy(expected, "label     in\n");
		assert_string_equal(page, expected);
	}
}

static void test_word_without_end(void **state)
{
	char text[256], expected[400];

	(void)state;
	memset(text, 'x', 255);
	text[255] = '\0';
	(void)snprintf(expected, sizeof(expected),
		       "label     %.70s\n          %.70s\n          %.70s\n"
		       "          %.45s\n",
		       text, text, text, text);
	assert_string_equal(line_of(text), expected);
}

/* A moment is not torn between day and hour. */
static void test_times_stay_whole(void **state)
{
	struct screen *screen = start(false, false);

	(void)state;
	screen_line(screen, 0, 10, SCREEN_PLAIN, "");
	screen_print(screen, "%055d ", 0);
	screen_time(screen, UINT64_C(126924596470000000));
	end(screen);
	assert_non_null(strstr(page, "\n          2003-03-18 "));
}

/* Local times come behind UTC, of all times of the sentence, and whole. */
static void test_local_times(void **state)
{
	struct timezone zone = { 0 };
	struct screen *screen = start(false, false);

	(void)state;
	assert_int_equal(timezone_add(&zone, 1, 3600), STATUS_OK);
	zone.end_ft = UINT64_C(126924596470000001);
	screen_set_zone(screen, &zone);
	screen_line(screen, 0, 10, SCREEN_PLAIN, "");
	screen_print(screen, "between ");
	screen_time(screen, UINT64_C(126924596460000000));
	screen_print(screen, " and ");
	screen_time(screen, UINT64_C(126924596470000000));
	screen_utc(screen);
	/* Of this time the zone does not tell. */
	screen_line(screen, 0, 10, SCREEN_PLAIN, "");
	screen_time(screen, UINT64_C(126924596480000000));
	screen_utc(screen);
	end(screen);
	assert_string_equal(
		page,
		"          between 2003-03-18 11:14:06 and 2003-03-18 11:14:07 UTC\n"
		"          (2003-03-18 12:14:06 +01:00 and 2003-03-18 12:14:07 +01:00)\n"
		"          2003-03-18 11:14:08 UTC\n");
	timezone_clear(&zone);
}

static void test_gaps(void **state)
{
	struct screen *screen = start(false, false);

	(void)state;
	screen_gap(screen);
	screen_line(screen, 0, 10, SCREEN_PLAIN, "one");
	screen_gap(screen);
	screen_gap(screen);
	screen_line(screen, 0, 10, SCREEN_PLAIN, "two");
	end(screen);
	assert_string_equal(page, "one\n\ntwo\n");
}

static void test_rows(void **state)
{
	struct screen *screen = start(false, false);
	struct text name = utf16("受信箱"), longer = utf16("a name that is too long");

	(void)state;
	screen_row(screen, 4, 12, name);
	screen_print(screen, "what");
	screen_row(screen, 4, 12, longer);
	screen_print(screen, "what");
	end(screen);
	assert_string_equal(page, "    受信箱  what\n"
				  "    a name that is too long\n"
				  "        what\n");
	text_free(name);
	text_free(longer);
}

/* ---- what reaches a terminal ---- */

static void test_names_are_cut(void **state)
{
	char name[300];

	(void)state;
	memset(name, 'n', sizeof(name));
	name[255] = '\0';
	struct text text = utf16(name);
	struct screen *screen = start(false, false);
	assert_int_equal(screen_columns(screen, text), 255);
	text_free(text);
	name[255] = 'n';
	name[256] = '\0';
	text = utf16(name);
	assert_int_equal(screen_columns(screen, text), 255 + strlen(" [...]"));
	text_free(text);
	end(screen);
}

/* Every character of Unicode: none that a terminal obeys gets through. */
static void test_nothing_acts(void **state)
{
	(void)state;
	for (uint32_t c = 1; c < 0x3000; c++) {
		uint8_t units[2] = { (uint8_t)c, (uint8_t)(c >> 8) };
		struct text text = { .bytes = span_of(units, 2),
				     .encoding = TEXT_UTF16LE };
		struct screen *screen = start(false, c % 2 != 0);
		screen_line(screen, 0, 0, SCREEN_PLAIN, "");
		screen_text(screen, text);
		end(screen);
		for (const char *at = page; *at; at++)
			if ((unsigned char)*at < 0x20 && *at != '\n')
				fail_msg("U+%04X gives the byte %02x", (unsigned)c,
					 (unsigned char)*at);
		if ((c >= 0x80 && c < 0xA0) || (c >= 0x202A && c <= 0x202E) ||
		    (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F)
			assert_non_null(strstr(page, "\\u{"));
	}
}

/* On a terminal that does not take UTF-8, its bytes could be control codes. */
static void test_ascii(void **state)
{
	struct screen *screen = start(false, true);

	(void)state;
	screen_line(screen, 0, 0, SCREEN_PLAIN, "");
	screen_utf8(screen, "Gr\xC3\xB6\xC3\x9F"
			    "e \xF0\x9F\x98\x80");
	end(screen);
	assert_string_equal(page, "Gr\\u{f6}\\u{df}e \\u{1f600}\n");
}

/* ---- styles ---- */

static void styled(struct screen *screen)
{
	screen_line(screen, 0, 10, SCREEN_BAD, "deleted");
	screen_style(screen, SCREEN_STRONG);
	screen_utf8(screen, "name\x02\x03");
	screen_style(screen, SCREEN_PLAIN);
	screen_print(screen, "  rest");
}

static void test_styles(void **state)
{
	struct screen *screen = start(true, false);

	(void)state;
	styled(screen);
	end(screen);
	assert_string_equal(page, "\033[0;1;31mdeleted\033[0m   "
				  "\033[0;1mname\\u{2}\\u{3}\033[0m  rest\n");
}

static void test_without_styles(void **state)
{
	struct screen *screen = start(false, false);

	(void)state;
	styled(screen);
	end(screen);
	assert_string_equal(page, "deleted   name\\u{2}\\u{3}  rest\n");
}

/* A line that ends in a style does not hand it on, and styles take no columns. */
static void test_style_ends_with_its_line(void **state)
{
	struct screen *screen = start(true, false);

	(void)state;
	screen_line(screen, 0, 0, SCREEN_PLAIN, "");
	screen_style(screen, SCREEN_GOOD);
	screen_print(screen, "%080d", 0);
	screen_line(screen, 0, 0, SCREEN_PLAIN, "next");
	end(screen);
	assert_int_equal(strlen("\033[0;1;32m") + 80 + strlen("\033[0m\nnext\n"),
			 strlen(page));
	assert_non_null(strstr(page, "0\033[0m\nnext\n"));
}

/* ---- out of memory ---- */

static enum status write_some(struct screen *screen, struct text name)
{
	styled(screen);
	screen_row(screen, 4, 20, name);
	screen_time(screen, UINT64_C(126924596470000000));
	return screen_free(screen);
}

/* Whenever it runs out: it is said, or nothing is missing. */
static void test_out_of_memory(void **state)
{
	struct text name = utf16("受信箱");
	char whole[sizeof(page)];
	struct unit_oom oom;

	(void)state;
	assert_int_equal(write_some(start(true, true), name), STATUS_OK);
	assert_int_equal(fclose(out), 0);
	memcpy(whole, page, sizeof(page));
	UNIT_FAIL_EACH (oom) {
		struct screen *screen = start(true, true);
		enum status status = UNIT_FAILING(oom, write_some(screen, name));
		assert_int_equal(fclose(out), 0);
		if (status == STATUS_OK)
			assert_string_equal(page, whole);
		else
			assert_int_equal(status, STATUS_NOMEM);
		assert_true(oom.n < 100);
	}
	assert_true(oom.n > 2);
	text_free(name);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_columns),
		cmocka_unit_test(test_short_line),
		cmocka_unit_test(test_line_without_text),
		cmocka_unit_test(test_long_label),
		cmocka_unit_test(test_break_at_the_width),
		cmocka_unit_test(test_wide_characters_break),
		cmocka_unit_test(test_words_stay_whole),
		cmocka_unit_test(test_path_ends),
		cmocka_unit_test(test_word_without_end),
		cmocka_unit_test(test_times_stay_whole),
		cmocka_unit_test(test_local_times),
		cmocka_unit_test(test_gaps),
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_names_are_cut),
		cmocka_unit_test(test_nothing_acts),
		cmocka_unit_test(test_ascii),
		cmocka_unit_test(test_styles),
		cmocka_unit_test(test_without_styles),
		cmocka_unit_test(test_style_ends_with_its_line),
		cmocka_unit_test(test_out_of_memory),
	};
	return UNIT_RUN(tests);
}
