/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What libxml2 must not get: tags with very many attributes, encodings in which none is seen. */
#include "help/unit.h"

#include "report/tagguard.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* True if the document may be read, whole and in pieces of every small size alike. */
static bool passes(const char *bytes, size_t len)
{
	struct tagguard whole = { 0 };
	bool passed = tagguard_take(&whole, span_of(bytes, len));

	for (size_t piece = 1; piece < 4; piece++) {
		struct tagguard guard = { 0 };
		bool same = true;
		for (size_t off = 0; off < len && same; off += piece)
			same = tagguard_take(
				&guard, span_of(bytes + off,
						len - off < piece ? len - off : piece));
		assert_int_equal(same, passed);
		assert_string_equal(guard.why, whole.why);
	}
	assert_int_equal(whole.why[0] == '\0', passed);
	return passed;
}

static bool passes_text(const char *text)
{
	return passes(text, strlen(text));
}

/* "before<a b0="" b1=""...>after" of so many attributes.  Return: given. */
static char *with_attributes(const char *before, size_t n, const char *value,
			     const char *after)
{
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);

	assert_non_null(out);
	fprintf(out, "%s<a", before);
	for (size_t i = 0; i < n; i++)
		fprintf(out, " b%zu=%s", i, value);
	fprintf(out, ">%s", after);
	assert_int_equal(fclose(out), 0);
	return text;
}

static bool passes_with(const char *before, size_t n, const char *value,
			const char *after)
{
	char *text = with_attributes(before, n, value, after);
	bool passed = passes_text(text);

	free(text);
	return passed;
}

static void test_number_of_attributes(void **state)
{
	static const char declaration[] = "<?xml version='1.0' encoding='UTF-8'?>\n";

	(void)state;
	assert_true(passes_with("", TAGGUARD_MAX_ATTRIBUTES, "\"\"", "</a>"));
	assert_false(passes_with("", TAGGUARD_MAX_ATTRIBUTES + 1, "\"\"", "</a>"));
	assert_true(passes_with(declaration, TAGGUARD_MAX_ATTRIBUTES, "''", "</a>"));
	assert_false(passes_with(declaration, TAGGUARD_MAX_ATTRIBUTES + 1, "''", "</a>"));
	/* Of a later tag as well, and each tag begins anew. */
	assert_true(passes_with("<x c=''><y d=''/>", TAGGUARD_MAX_ATTRIBUTES, "''", ""));
	assert_false(passes_with("<x><y/>", TAGGUARD_MAX_ATTRIBUTES + 1, "''", ""));
	/* What ends no tag and is no attribute, between quotes. */
	assert_true(passes_with("", TAGGUARD_MAX_ATTRIBUTES, "\"====<>'\"", ""));
	assert_false(passes_with("", TAGGUARD_MAX_ATTRIBUTES + 1, "'>\"<'", ""));
}

/* What looks like a tag where none is, and what hides none. */
static void test_where_tags_are(void **state)
{
	static const char *const hidden[] = { "<!-- ", "<![CDATA[", "<?pi " },
				 *const ended[] = {
					 "<!-- > -- ->' -->",	"<!---->",
					 "<![CDATA[ > ]> ]]]>", "<?pi > '?>",
					 "text ' = \" > ",	"</b>",
				 };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(hidden); i++)
		assert_true(passes_with(hidden[i], 200, "''", ""));
	for (size_t i = 0; i < ARRAY_LEN(ended); i++)
		assert_false(passes_with(ended[i], 200, "''", ""));
}

static void test_line_is_told(void **state)
{
	char *text = with_attributes("<x>\n\n", 200, "''", "");
	struct tagguard guard = { 0 };

	(void)state;
	assert_false(tagguard_take(&guard, span_of(text, strlen(text))));
	assert_true(strncmp(guard.why, "line 3: ", 8) == 0);
	assert_false(tagguard_take(&guard, span_of("<a/>", 4)));
	free(text);
}

/* A document of other units could hide all of it from who looks at bytes. */
static void test_encodings(void **state)
{
	static const char *const read[] = {
		"",
		"<",
		"<a>",
		"\xEF\xBB\xBF<a/>",
		"\xEF\xBB\xBF<?xml version='1.0' encoding='utf-8'?><a/>",
		"<?xml version=\"1.0\" encoding=\"US-ASCII\" standalone='yes'?><a/>",
		"<?xml version='1.0' encoding = 'ISO-8859-1'?><a/>",
		"<?xml version='1.0'?><a encoding='UTF-7'/>",
		"<a encoding='UTF-7'/>",
		"\n<a>\xFF\xFE</a>",
	};
	static const char *const refused[] = {
		"<?xml version='1.0' encoding='UTF-7'?><a/>",
		"<?xml version='1.0' encoding=\"utf-16\"?><a/>",
		"<?xml version='1.0' encoding='UTF-8",
		"\xEF\xBB\xBF<?xml encoding='cp037'?><a/>",
		"<?xml version='encoding=' encoding='UTF-7'?><a/>",
		"\xFE\xFF",
		"\xFF\xFE<",
		"\x4C\x6F\xA7\x94\x93",
	};
	char late[400];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(read); i++)
		assert_true(passes_text(read[i]));
	/* One that has not ended is not judged yet, nor are two bytes. */
	assert_true(passes_text(refused[2]));
	assert_true(passes_text(refused[5]));
	for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
		(void)snprintf(late, sizeof(late), "%s'?>  ", refused[i]);
		if (i != 2)
			assert_false(passes_text(late));
	}
	assert_false(passes("<\0?\0", 4));
	assert_false(passes("\0<\0?", 4));
	assert_false(passes("\0\0\0<", 4));
	assert_false(passes("<\0\0\0", 4));
	assert_true(passes("a\0b\0", 4));
	/* Behind so many blanks that nobody looks for it any more. */
	(void)snprintf(late, sizeof(late), "<?xml version='1.0'%300s encoding='UTF-7'?>",
		       "");
	assert_false(passes_text(late));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_number_of_attributes),
		cmocka_unit_test(test_where_tags_are),
		cmocka_unit_test(test_line_is_told),
		cmocka_unit_test(test_encodings),
	};

	return UNIT_RUN(tests);
}
