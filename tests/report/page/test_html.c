/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The page as a whole: made of a report, without anything that acts or is fetched. */
#include "help/unit.h"

#include "help/hives.h"
#include "help/smallreport.h"

#include "report/page/html.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef HAVE_LIBXSLT
/* What a page is written into; the file is never put in its place. */
struct page {
	struct output *output;
	char *path, *bytes;
	size_t n;
};

static void take(void *context, struct span bytes)
{
	struct page *page = context;
	char *grown = realloc(page->bytes, page->n + bytes.len + 1);

	assert_non_null(grown);
	page->bytes = grown;
	assert_true(span_copy(bytes, 0, page->bytes + page->n, bytes.len));
	page->n += bytes.len;
	page->bytes[page->n] = '\0';
}

static enum status write_page(struct page *page, const char *report, const char *notice,
			      struct failure *failure)
{
	struct html *html = NULL;
	enum status status;
	size_t n = strlen(report);

	*page = (struct page){ .path = hives_temporary("", 0) };
	assert_int_equal(output_open(page->path, NULL, &page->output, failure),
			 STATUS_OK);
	output_watch(page->output, take, page);
	assert_int_equal(html_start(&html), STATUS_OK);
	for (size_t i = 0; i < n; i += 7)
		html_take(html, span_of(report + i, n - i < 7 ? n - i : 7));
	status = html_write(html, notice, page->output, failure);
	html_free(html);
	return status;
}

static void end(struct page *page)
{
	output_abort(page->output);
	free(page->bytes);
	(void)remove(page->path);
	free(page->path);
}

static void test_page(void **state)
{
	static const char *const none[] = { "<script", "javascript:", "<img",
					    "<link",   "src=",	      "onclick" };
	struct failure failure = { "" };
	struct page page, again;

	(void)state;
	assert_int_equal(write_page(&page, smallreport, NULL, &failure), STATUS_OK);
	assert_int_equal(strncmp(page.bytes, "<!DOCTYPE html>\n", 16), 0);
	assert_non_null(strstr(page.bytes, "Content-Security-Policy"));
	/* The name that XML could not hold, and the drawing with its time. */
	assert_non_null(strstr(page.bytes, "A\\u{0}"));
	assert_non_null(strstr(page.bytes, "2003-03-18 09:14:07 UTC"));
	assert_non_null(strstr(page.bytes, "</html>"));
	for (size_t i = 0; i < ARRAY_LEN(none); i++)
		assert_null(strstr(page.bytes, none[i]));
	assert_int_equal(write_page(&again, smallreport, NULL, &failure), STATUS_OK);
	assert_string_equal(page.bytes, again.bytes);
	end(&page);
	end(&again);
}

/* A notice is text, whatever it holds; it is never read as an expression either. */
static void test_notice(void **state)
{
	struct failure failure = { "" };
	struct page page;

	(void)state;
	assert_int_equal(
		write_page(&page, smallreport, "<b>\"it's\" & //w:input", &failure),
		STATUS_OK);
	assert_non_null(strstr(page.bytes, "&lt;b&gt;\"it's\" &amp; //w:input"));
	assert_null(strstr(page.bytes, "<b>\"it"));
	end(&page);
}

static void test_no_report(void **state)
{
	static const char *const texts[] = { "", "<html/>", "no XML",
					     "<!DOCTYPE report><report/>" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		struct failure failure = { "" };
		struct page page;
		assert_int_equal(write_page(&page, texts[i], NULL, &failure),
				 STATUS_MALFORMED);
		assert_true(failure.sentence[0] != '\0');
		assert_int_equal(page.n, 0);
		end(&page);
	}
}

/* What the disk does not take is told by the output, not here. */
static void test_full_disk(void **state)
{
	struct failure failure = { "" };
	struct output *output = NULL;
	struct html *html = NULL;

	(void)state;
	assert_int_equal(output_open("/dev/full", NULL, &output, &failure), STATUS_OK);
	assert_int_equal(html_start(&html), STATUS_OK);
	html_take(html, span_of(smallreport, strlen(smallreport)));
	assert_int_equal(html_write(html, NULL, output, &failure), STATUS_OK);
	html_free(html);
	assert_int_equal(output_commit(output, &failure), STATUS_IO);
	assert_true(failure.sentence[0] != '\0');
}

#else
static void test_built_without(void **state)
{
	struct html *html = NULL;

	(void)state;
	assert_int_equal(html_start(&html), STATUS_UNSUPPORTED);
	assert_null(html);
	html_free(html);
}
#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
#ifdef HAVE_LIBXSLT
		cmocka_unit_test(test_page),
		cmocka_unit_test(test_notice),
		cmocka_unit_test(test_no_report),
		cmocka_unit_test(test_full_disk),
#else
		cmocka_unit_test(test_built_without),
#endif
	};

	html_prepare();
	return UNIT_RUN(tests);
}
