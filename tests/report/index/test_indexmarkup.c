/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Pieces of HTML: nothing of the evidence acts in a page. */
#include "help/caught.h"

#include "base/compiler.h"
#include "base/filetime.h"
#include "report/index/indexmarkup.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct index_markup page;

static void begin(void)
{
	page = (struct index_markup){ .output = caught_begin() };
}

static void expect(const char *text)
{
	assert_string_equal(caught_end(), text);
	assert_false(page.nomem);
}

static void test_own(void **state)
{
	(void)state;
	begin();
	indexmarkup_put(&page, "<p>%d</p>", 5);
	indexmarkup_words(&page, "a <b> & \"c\" 'd'");
	expect("<p>5</p>a &lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;");
}

static void test_text(void **state)
{
	(void)state;
	begin();
	indexmarkup_text(&page, "<script>&\xE2\x80\xAE\n\xFF", NULL);
	expect("<bdi>&lt;script&gt;&amp;\\u{202e}\\u{a}\xEF\xBF\xBD</bdi>");
	begin();
	indexmarkup_text(&page, "A\xEF\xBF\xBD", "410000d8");
	expect("<bdi>A\\u{d800}</bdi>");
}

/* A very long one says how much is missing. */
static void test_long(void **state)
{
	char *text = calloc(3001, 1);

	(void)state;
	assert_non_null(text);
	memset(text, 'x', 3000);
	begin();
	indexmarkup_text(&page, text, NULL);
	const char *shown = caught_end();
	assert_true(strlen(shown) < 2200);
	caught_has(shown, "x\xE2\x80\xA6 [952 bytes more");
	free(text);
}

/* No path is another address than a file's below the page or on this machine. */
static void test_links(void **state)
{
	static const struct {
		const char *path, *href;
	} rows[] = {
		{ "a/b-1_2.reg", "a/b-1_2.reg" },
		{ "javascript:alert(1)", "javascript%3Aalert%281%29" },
		{ "a b\"><x", "a%20b%22%3E%3Cx" },
		{ "a?b#c%d&e", "a%3Fb%23c%25d%26e" },
		{ "/abs/r.xml", "/abs/r.xml" },
		{ "//host/x", "/host/x" },
		{ "\\\\host\\x", "%5C%5Chost%5Cx" },
		{ "\xC3\xA9\xFF", "%C3%A9%FF" },
	};
	char link[128];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		begin();
		indexmarkup_link(&page, rows[i].path, "t<");
		(void)snprintf(link, sizeof(link), "<a href=\"%s\"><bdi>t&lt;</bdi></a>",
			       rows[i].href);
		expect(link);
	}
}

static void test_time(void **state)
{
	(void)state;
	begin();
	indexmarkup_time(&page, FILETIME_UNIX_EPOCH + UINT64_C(10479788472968750));
	expect("<time datetime=\"2003-03-18T09:14:07Z\">2003-03-18 09:14:07 UTC</time>");
	/* The last one that there is has a year of five digits. */
	begin();
	indexmarkup_time(&page, UINT64_MAX);
	expect("<time datetime=\"60056-05-28T05:36:10Z\">60056-05-28 05:36:10 "
	       "UTC</time>");
}

static void test_badges(void **state)
{
	(void)state;
	begin();
	indexmarkup_badge(&page, "hive_missing");
	expect("<span class=\"badge bad\"><span aria-hidden=\"true\">\xE2\x9C\x95 "
	       "</span>hive missing</span>");
	begin();
	indexmarkup_badge(&page, "certain");
	caught_has(caught_end(), "badge good\"><span aria-hidden=\"true\">\xE2\x9C\x93 ");
	begin();
	indexmarkup_badge(&page, "possible");
	caught_has(caught_end(), "badge warn\"><span aria-hidden=\"true\">\xE2\x96\xB3 ");
	/* The end of a word is no word. */
	begin();
	indexmarkup_badge(&page, "ost");
	caught_has(caught_end(), "badge plain\"><span aria-hidden=\"true\">\xC2\xB7 ");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_own),  cmocka_unit_test(test_text),
		cmocka_unit_test(test_long), cmocka_unit_test(test_links),
		cmocka_unit_test(test_time), cmocka_unit_test(test_badges),
	};
	return UNIT_RUN(tests);
}
