/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The bytes of .reg files, typed by hand from the rules: header and encodings,
 * comments, names, and failures.
 */
#define UNIT_OOM
#include "help/regs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- the file as a whole ---- */

static void write_small(struct regfile *file)
{
	regfile_key(file, text_of("A\xE9"));
	regfile_value(file, text_of("n"), 4, DATA("\1\0\0\0"));
}

static void test_every_byte_of_small_files(void **state)
{
	struct regs_file made = regs_begin(REGFILE_5_UTF16);

	(void)state;
	write_small(made.file);
	regs_expect_bytes(&made,
			  DATA("\xFF\xFEW\0i\0n\0d\0o\0w\0s\0 \0R\0e\0g\0i\0s\0t\0r\0y"
			       "\0 \0E\0d\0i\0t\0o\0r\0 \0V\0e\0r\0s\0i\0o\0n\0 \0"
			       "5\0.\0"
			       "0\0"
			       "0\0\r\0\n\0\r\0\n\0"
			       "[\0A\0\xE9\0]\0\r\0\n\0"
			       "\"\0n\0\"\0=\0d\0w\0o\0r\0d\0:\0"
			       "0\0"
			       "0\0"
			       "0\0"
			       "0\0"
			       "0\0"
			       "0\0"
			       "0\0"
			       "1\0\r\0\n\0\r\0\n\0"));
	made = regs_begin(REGFILE_5_UTF8);
	write_small(made.file);
	regs_expect_bytes(&made,
			  DATA("Windows Registry Editor Version 5.00\n\n[A\xC3\xA9]\n"
			       "\"n\"=dword:00000001\n\n"));
	made = regs_begin(REGFILE_4);
	write_small(made.file);
	regs_expect_bytes(&made, DATA("REGEDIT4\r\n\r\n[A\xE9]\r\n"
				      "\"n\"=dword:00000001\r\n\r\n"));
}

static void test_places_of_comments_keys_and_empty_lines(void **state)
{
	struct regs_file made = regs_begin(REGFILE_5_UTF8);

	(void)state;
	regfile_comment(made.file, "one");
	regfile_comment(made.file, "");
	regfile_comment(made.file, "two");
	regfile_key(made.file, text_of("HKEY_CURRENT_USER"));
	regfile_key(made.file, text_of("HKEY_CURRENT_USER\\a]\"b"));
	regfile_value(made.file, text_of("x"), 3, DATA(""));
	regfile_comment(made.file, "three");
	regfile_key(made.file, text_of("HKEY_CURRENT_USER\\c"));
	regs_expect(&made, REGFILE_5_UTF8,
		    REGS_HEADER_5 "; one\n;\n; two\n\n[HKEY_CURRENT_USER]\n\n"
				  "[HKEY_CURRENT_USER\\a]\"b]\n\"x\"=hex:\n\n; three\n\n"
				  "[HKEY_CURRENT_USER\\c]\n\n");
	made = regs_begin(REGFILE_4);
	regs_expect(&made, REGFILE_4, REGS_HEADER_4);
	made = regs_begin(REGFILE_5_UTF16);
	regfile_comment(made.file, "only");
	regs_expect(&made, REGFILE_5_UTF16, REGS_HEADER_5 "; only\n");
}

static void test_words_of_the_formats(void **state)
{
	(void)state;
	assert_string_equal(regfile_version_word(REGFILE_5_UTF16), "5");
	assert_string_equal(regfile_version_word(REGFILE_5_UTF8), "5");
	assert_string_equal(regfile_version_word(REGFILE_4), "4");
	assert_string_equal(regfile_encoding_word(REGFILE_5_UTF16), "utf-16le");
	assert_string_equal(regfile_encoding_word(REGFILE_5_UTF8), "utf-8");
	assert_string_equal(regfile_encoding_word(REGFILE_4), "windows-1252");
}

/* ---- comments ---- */

static void expect_comment(enum regfile_format format, const char *comment,
			   const char *line)
{
	struct regs_file made = regs_begin(format);
	char text[256];

	regfile_comment(made.file, comment);
	(void)snprintf(text, sizeof(text), "%s%s\n",
		       format == REGFILE_4 ? REGS_HEADER_4 : REGS_HEADER_5, line);
	regs_expect(&made, format, text);
}

static void test_comment_cannot_break_out(void **state)
{
	static const enum regfile_format all[] = { REGFILE_5_UTF16, REGFILE_5_UTF8,
						   REGFILE_4 };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		expect_comment(all[i], "a\r\n[-HKEY_USERS]",
			       "; a\\u{d}\\u{a}[-HKEY_USERS]");
		expect_comment(all[i], "a\vb\x1A\t.", "; a\\u{b}b\\u{1a}\\u{9}.");
		/* It would join the next line. */
		expect_comment(all[i], "C:\\a\\", "; C:\\a\\u{5c}");
		expect_comment(all[i], "C:\\a\\  ", "; C:\\a\\u{5c}  ");
		expect_comment(all[i], "C:\\a\\\\", "; C:\\a\\\\u{5c}");
		expect_comment(all[i], "\\", "; \\u{5c}");
		expect_comment(all[i], "  ", ";   ");
		/* U+0085, U+2028, U+202E */
		expect_comment(all[i], "\xC2\x85\xE2\x80\xA8\xE2\x80\xAE",
			       "; \\u{85}\\u{2028}\\u{202e}");
	}
}

static void test_comment_outside_ascii(void **state)
{
	/* e acute, the euro sign, lambda, a clef outside the first plane */
	static const char utf8[] = "\xC3\xA9\xE2\x82\xAC\xCE\xBB\xF0\x9D\x84\x9E";
	struct regs_file made = regs_begin(REGFILE_5_UTF16);
	size_t len;
	uint8_t *bytes;

	(void)state;
	regfile_comment(made.file, utf8);
	bytes = regs_end(&made, &len);
	assert_true(len > 18);
	assert_memory_equal(bytes + len - 18,
			    ";\0 \0\xE9\0\xAC\x20\xBB\x03\x34\xD8\x1E\xDD\r\0\n\0", 18);
	free(bytes);
	expect_comment(REGFILE_5_UTF8, utf8,
		       "; \xC3\xA9\xE2\x82\xAC\xCE\xBB\xF0\x9D\x84\x9E");
	expect_comment(REGFILE_4, utf8, "; \xE9\x80\\u{3bb}\\u{1d11e}");
}

/* ---- names ---- */

static void test_names(void **state)
{
	struct span one = DATA("\1");

	(void)state;
	regs_expect_all(text_of(""), 3, one, "@=hex:01");
	regs_expect_all(UTF16(""), 3, one, "@=hex:01");
	regs_expect_all(text_of("@"), 3, one, "\"@\"=hex:01");
	regs_expect_all(text_of("a\"b"), 3, one, "\"a\\\"b\"=hex:01");
	regs_expect_all(text_of("C:\\x\\"), 3, one, "\"C:\\\\x\\\\\"=hex:01");
	regs_expect_all(text_of("a=b]"), 3, one, "\"a=b]\"=hex:01");
	regs_expect_all(text_of("[-;"), 3, one, "\"[-;\"=hex:01");
	regs_expect_all(text_of(" a\t"), 3, one, "\" a\t\"=hex:01");
	regs_expect_all(UTF16("a\0\"\0"), 3, one, "\"a\\\"\"=hex:01");
	/* Latin-1 in its own width of each encoding. */
	regs_expect_value(REGFILE_5_UTF16, text_of("\xE9"), 3, one, "\"\xE9\"=hex:01");
	regs_expect_value(REGFILE_5_UTF8, text_of("\xE9"), 3, one, "\"\xC3\xA9\"=hex:01");
	regs_expect_value(REGFILE_4, text_of("\xE9"), 3, one, "\"\xE9\"=hex:01");
}

static void test_name_of_any_units_in_utf16(void **state)
{
	struct regs_file made = regs_begin(REGFILE_5_UTF16);
	size_t len;
	uint8_t *bytes;

	(void)state;
	regfile_key(made.file, UTF16("\x00\xD8]\0"));
	regfile_value(made.file, UTF16("\x34\xD8\x1E\xDD\x00\xDC\xBB\x03"), 3, DATA(""));
	bytes = regs_end(&made, &len);
	assert_true(len > 42);
	assert_memory_equal(bytes + len - 42,
			    "[\0\x00\xD8]\0]\0\r\0\n\0"
			    "\"\0\x34\xD8\x1E\xDD\x00\xDC\xBB\x03\"\0=\0h\0e\0x\0:\0"
			    "\r\0\n\0\r\0\n\0",
			    42);
	free(bytes);
}

/* ---- failures ---- */

static struct regs_file begin_full(void)
{
	struct regs_file made = { .path = "/dev/full" };

	assert_int_equal(output_open(made.path, NULL, &made.output, NULL), STATUS_OK);
	assert_int_equal(regfile_start(made.output, REGFILE_5_UTF16, &made.file),
			 STATUS_OK);
	regfile_key(made.file, text_of("K"));
	return made;
}

static void test_write_errors_are_told(void **state)
{
	static const uint8_t data[1 << 20];
	struct failure failure = { 0 };
	struct regs_file made;

	(void)state;
	if (access("/dev/full", W_OK) != 0)
		UNIT_SKIP("there is no /dev/full");
	made = begin_full();
	regfile_value(made.file, text_of("n"), 3, span_of(data, sizeof(data)));
	assert_int_equal(regfile_finish(made.file), STATUS_IO);
	assert_int_equal(output_commit(made.output, &failure), STATUS_IO);
	assert_string_equal(failure.sentence, "/dev/full: No space left on device");
	/* What the output still keeps is met when it is committed. */
	made = begin_full();
	assert_int_equal(regfile_finish(made.file), STATUS_OK);
	assert_int_equal(output_commit(made.output, NULL), STATUS_IO);
}

static enum status write_with_comment(struct output *output)
{
	struct regfile *file = NULL;

	RETURN_IF_FAILED(regfile_start(output, REGFILE_5_UTF16, &file));
	regfile_comment(file, "a comment");
	write_small(file);
	regfile_seal(file, &(struct digest){ { 0 } });
	return regfile_finish(file);
}

static void test_out_of_memory(void **state)
{
	struct output *output;
	struct unit_oom oom;

	(void)state;
	assert_int_equal(output_open("/dev/null", NULL, &output, NULL), STATUS_OK);
	UNIT_FAIL_EACH (oom) {
		enum status status = UNIT_FAILING(oom, write_with_comment(output));
		assert_int_equal(status, oom.failed ? STATUS_NOMEM : STATUS_OK);
	}
	/* The file and its sum, two for the comment, and three for the last line. */
	assert_int_equal(oom.n, 7);
	output_abort(output);
}

static void expect_unsupported(struct regs_file *made)
{
	assert_int_equal(regfile_finish(made->file), STATUS_UNSUPPORTED);
	output_abort(made->output);
	remove(made->path);
}

static void test_what_does_not_fit_is_refused(void **state)
{
	struct regs_file made = regs_begin(REGFILE_5_UTF16);

	(void)state;
	regfile_key(made.file, text_of("a]\n[-b"));
	/* Not into another key, either. */
	regfile_value(made.file, text_of("n"), 3, DATA("\1"));
	expect_unsupported(&made);

	made = regs_begin(REGFILE_5_UTF16);
	regfile_key(made.file, text_of("K"));
	regfile_value(made.file, text_of("n\"=-\r\n"), 3, DATA("\1"));
	expect_unsupported(&made);

	made = regs_begin(REGFILE_4);
	regfile_key(made.file, text_of("K"));
	regfile_value(made.file, text_of("n"), 1, DATA("\xBB\x03\0\0"));
	regfile_comment(made.file, "later");
	expect_unsupported(&made);

	made = regs_begin(REGFILE_5_UTF8);
	regfile_value(made.file, text_of("n"), 3, DATA("\1"));
	expect_unsupported(&made);

	made = regs_begin(REGFILE_5_UTF8);
	regfile_key(made.file, text_of("K"));
	regfile_comment(made.file, "it ends the key");
	regfile_value(made.file, text_of("n"), 3, DATA("\1"));
	expect_unsupported(&made);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_does_not_fit_is_refused),
		cmocka_unit_test(test_every_byte_of_small_files),
		cmocka_unit_test(test_places_of_comments_keys_and_empty_lines),
		cmocka_unit_test(test_words_of_the_formats),
		cmocka_unit_test(test_comment_cannot_break_out),
		cmocka_unit_test(test_comment_outside_ascii),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_name_of_any_units_in_utf16),
		cmocka_unit_test(test_write_errors_are_told),
		cmocka_unit_test(test_out_of_memory),
	};

	return UNIT_RUN(tests);
}
