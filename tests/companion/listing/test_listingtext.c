/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The encodings in which listings are saved, their line ends, and where a line
 * stands in the file.
 */
#include "help/listings.h"

#include "companion/listing/listingtext.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct listingtext read_lines(const void *bytes, size_t len,
				     struct diag_list **diags)
{
	struct listingtext text;
	uint8_t *copy = malloc(len ? len : 1);

	*diags = diag_list_new();
	assert_non_null(*diags);
	assert_non_null(copy);
	memcpy(copy, bytes, len);
	assert_int_equal(listingtext_read(span_of(copy, len), *diags, &text), STATUS_OK);
	free(copy);
	return text;
}

/* Lines as "number@offset:text", with | between. */
static void check(const void *bytes, size_t len, const char *encoding, size_t n_diags,
		  const char *expected)
{
	struct diag_list *diags;
	struct listingtext text = read_lines(bytes, len, &diags);
	char *shown = NULL;
	size_t size;
	FILE *f = open_memstream(&shown, &size);

	assert_non_null(f);
	for (size_t i = 0; i < text.n; i++) {
		fprintf(f, "%s%zu@%zu:%s", i ? "|" : "", text.items[i].number,
			(size_t)text.items[i].offset, text.items[i].text);
		assert_int_equal(text.items[i].len, strlen(text.items[i].text));
	}
	assert_int_equal(fclose(f), 0);
	assert_string_equal(shown, expected);
	assert_string_equal(text.encoding, encoding);
	assert_int_equal(diag_count_of(diags, DIAG_LISTING_ENCODING), n_diags);
	assert_int_equal(diag_count(diags), n_diags);
	free(shown);
	listingtext_clear(&text);
	diag_list_free(diags);
}

#define CHECK(literal, encoding, n_diags, expected)                                      \
	check(literal, sizeof(literal) - 1, encoding, n_diags, expected)

static void test_line_ends(void **state)
{
	(void)state;
	CHECK("a\r\nb\nc\r\r\nd\re\r\n\r\n\nf", "utf-8", 0,
	      "1@0:a|2@3:b|3@5:c|4@9:d|5@11:e|8@17:f");
	CHECK("", "utf-8", 0, "");
	CHECK("\n\n", "utf-8", 0, "");
}

static void test_what_surrounds_a_line(void **state)
{
	(void)state;
	CHECK("\fa b\t \n  b\t\n \t \n\fc\0\0\0\n\x1a", "utf-8", 0,
	      "1@0:a b|2@7:  b|4@16:c");
	/* In the middle it is shown as what it is: no text. */
	CHECK("x\na\0b\nc\0d\n", "utf-8", 1,
	      "1@0:x|2@2:a\xef\xbf\xbd"
	      "b|3@6:c\xef\xbf\xbd"
	      "d");
}

static void test_utf8(void **state)
{
	(void)state;
	CHECK("\xef\xbb\xbfM\xc3\xbcnchen\n\xe2\x82\xac\n\xf0\x9f\x98\x80\n", "utf-8", 0,
	      "1@3:M\xc3\xbcnchen|2@12:\xe2\x82\xac|3@16:\xf0\x9f\x98\x80");
	CHECK("M\xc3\xbcnchen\n", "utf-8", 0, "1@0:M\xc3\xbcnchen");
	/* With a mark it is UTF-8 though it is not well-formed. */
	CHECK("\xef\xbb\xbfok\nM\x81nchen\n", "utf-8", 1,
	      "1@3:ok|2@6:M\xef\xbf\xbdnchen");
	/* Cut off in a character. */
	CHECK("M\xc3\xbcnchen\n\xe2\x82", "utf-8", 1,
	      "1@0:M\xc3\xbcnchen|2@9:\xef\xbf\xbd");
	/* A file appended to another. */
	CHECK("\xef\xbb\xbf"
	      "a\n\xef\xbb\xbf"
	      "b\n",
	      "utf-8", 0, "1@3:a|2@5:b");
}

static void test_not_utf8(void **state)
{
	(void)state;
	/* overlong, surrogate, past U+10FFFF, lone continuation, cut by another byte:
	 * then each byte is a character of code page 850 */
	CHECK("\xc0\xaf", "oem", 0, "1@0:\xe2\x94\x94\xc2\xbb");
	CHECK("\xed\xa0\x80", "oem", 0, "1@0:\xc3\x9d\xc3\xa1\xc3\x87");
	CHECK("\xf4\x90\x80\x80", "oem", 0, "1@0:\xc2\xb6\xc3\x89\xc3\x87\xc3\x87");
	CHECK("\x80", "oem", 0, "1@0:\xc3\x87");
	CHECK("\xe2\x82", "utf-8", 1, "1@0:\xef\xbf\xbd");
	CHECK("\xe2\x82x", "oem", 0, "1@0:\xc3\x94\xc3\xa9x");
}

/* Every letter of a few that each language needs. Code page 850: IBM's registry. */
static void test_oem(void **state)
{
	(void)state;
	CHECK("\x81\x84\x94\xe1\x82\x85\xa4\x87\x9b\xd5\xff.", "oem", 0,
	      "1@0:\xc3\xbc\xc3\xa4\xc3\xb6\xc3\x9f\xc3\xa9\xc3\xa0\xc3\xb1\xc3\xa7"
	      "\xc3\xb8\xc4\xb1\xc2\xa0.");
}

static void test_utf16(void **state)
{
	(void)state;
	CHECK("\xff\xfe"
	      "a\0\r\0\n\0\xfc\0b\0\n\0",
	      "utf-16le", 0,
	      "1@2:a|2@8:\xc3\xbc"
	      "b");
	CHECK("\xfe\xff"
	      "\0a\0\r\0\n\0\xfc\0b\0\n",
	      "utf-16be", 0,
	      "1@2:a|2@8:\xc3\xbc"
	      "b");
	CHECK("\xff\xfe\x3d\xd8\x00\xde\n\0", "utf-16le", 0, "1@2:\xf0\x9f\x98\x80");
	CHECK("\xfe\xff\xd8\x3d\xde\x00\0\n", "utf-16be", 0, "1@2:\xf0\x9f\x98\x80");
	/* U+0A0D and U+0D0A end no line. */
	CHECK("\xff\xfe\x0d\x0a\x0a\x0dx\0", "utf-16le", 0,
	      "1@2:\xe0\xa8\x8d\xe0\xb4\x8ax");
	CHECK("\xfe\xff\x0a\x0d\x0d\x0a\0x", "utf-16be", 0,
	      "1@2:\xe0\xa8\x8d\xe0\xb4\x8ax");
	/* without a mark */
	CHECK("m\0a\0d\0.\0e\0x\0e\0\r\0\n\0x\0", "utf-16le", 0, "1@0:mad.exe|2@18:x");
}

static void test_damaged_utf16(void **state)
{
	(void)state;
	/* lone surrogates: high, low, at the end */
	CHECK("\xff\xfe"
	      "a\0\n\0\x3d\xd8"
	      "b\0\n\0\x00\xde\n\0\x3d\xd8",
	      "utf-16le", 1,
	      "1@2:a|2@6:\xef\xbf\xbd"
	      "b|3@12:\xef\xbf\xbd|4@16:\xef\xbf\xbd");
	/* half a unit */
	CHECK("\xff\xfe"
	      "a\0b",
	      "utf-16le", 0, "1@2:ab");
	CHECK("\xfe\xff"
	      "\0a\0",
	      "utf-16be", 0, "1@2:a");
}

/* The offset of the only diagnostic is that of the line. */
static void test_place_of_what_is_no_text(void **state)
{
	struct diag_list *diags;
	struct listingtext text = read_lines("ok\nx\0y\nz\0z\n", 11, &diags);

	(void)state;
	assert_int_equal(diag_count(diags), 1);
	assert_int_equal(diag_item(diags, 0)->offset, 3);
	listingtext_clear(&text);
	diag_list_free(diags);
}

/* ---- limits ---- */

static void test_limit_of_lines(void **state)
{
	(void)state;
	for (size_t more = 0; more <= 1; more++) {
		size_t n = LISTINGTEXT_MAX_LINES + more;
		uint8_t *bytes = malloc(2 * n);
		struct diag_list *diags;

		assert_non_null(bytes);
		for (size_t i = 0; i < n; i++) {
			bytes[2 * i] = 'x';
			bytes[2 * i + 1] = '\n';
		}
		struct listingtext text = read_lines(bytes, 2 * n, &diags);
		assert_int_equal(text.n, LISTINGTEXT_MAX_LINES);
		assert_int_equal(diag_count_of(diags, DIAG_COUNT_LIMIT), more);
		if (more)
			assert_int_equal(diag_item(diags, 0)->offset, 2 * n - 2);
		listingtext_clear(&text);
		diag_list_free(diags);
		free(bytes);
	}
}

static void test_limit_of_bytes(void **state)
{
	size_t n = LISTINGTEXT_MAX_BYTES + 3;
	uint8_t *bytes = malloc(n);
	struct diag_list *diags;

	(void)state;
	assert_non_null(bytes);
	memset(bytes, 'y', n);
	struct listingtext text = read_lines(bytes, n, &diags);
	assert_int_equal(text.n, 1);
	assert_int_equal(text.items[0].len, LISTINGTEXT_MAX_BYTES);
	assert_int_equal(diag_count(diags), 1);
	assert_int_equal(diag_item(diags, 0)->code, DIAG_COUNT_LIMIT);
	assert_int_equal(diag_item(diags, 0)->offset, LISTINGTEXT_MAX_BYTES);
	listingtext_clear(&text);
	diag_list_free(diags);
	free(bytes);
}

/* ---- the same listing in each encoding ---- */

static void test_listing_in_each_encoding(void **state)
{
	static const char text[] = "MAPI32.DLL - 1704 mad.exe\r\n"
				   "MAPI32.DLL - 2420 bkagent.exe\r\n";
	static const char rows[] = "1704 mad.exe m:MAPI32.DLL !\n"
				   "2420 bkagent.exe m:MAPI32.DLL !\n";

	(void)state;
	for (int i = 0; i < 3; i++) {
		bool big = i == 1, mark = i < 2;
		size_t len;
		uint8_t *bytes = listings_utf16(text, big, mark, &len);
		struct listing *listing = listings_read(bytes, len);

		assert_string_equal(listing->encoding, big ? "utf-16be" : "utf-16le");
		assert_int_equal(listing->processes[1].line, 2);
		assert_int_equal(listing->processes[1].offset, 2 * 27 + 2 * mark);
		listings_check_clean(listing, LISTING_TLIST_MODULES, LISTING_LINES, true,
				     rows);
		free(bytes);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_line_ends),
		cmocka_unit_test(test_what_surrounds_a_line),
		cmocka_unit_test(test_utf8),
		cmocka_unit_test(test_not_utf8),
		cmocka_unit_test(test_oem),
		cmocka_unit_test(test_utf16),
		cmocka_unit_test(test_damaged_utf16),
		cmocka_unit_test(test_place_of_what_is_no_text),
		cmocka_unit_test(test_limit_of_lines),
		cmocka_unit_test(test_limit_of_bytes),
		cmocka_unit_test(test_listing_in_each_encoding),
	};

	return UNIT_RUN(tests);
}
