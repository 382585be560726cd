/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the page is made of: texts, times, limits, and the tree of a report, whole or broken. */
#define UNIT_OOM
#include "help/unit.h"

#include "report/page/pagechart.h"
#include "report/page/pagedoc.h"
#include "report/page/pagelimit.h"
#include "report/page/pagetext.h"
#include "report/page/pagetime.h"
#include "report/schema/check.h"

#include <stdlib.h>

static void assert_text(char *got, const char *expected)
{
	assert_non_null(got);
	assert_string_equal(got, expected);
	free(got);
}

static void test_texts(void **state)
{
	static const char long_name[] = "a\xE2\x80\xAE"
					"b\n";
	char *many = malloc(PAGETEXT_MAX + 2), *shown;

	(void)state;
	assert_text(pagetext_visible(long_name, 6, 6), "a\\u{202e}b\\u{a}");
	assert_text(pagetext_visible("ab", 2, 12),
		    "ab\xE2\x80\xA6 [10 bytes more: see the XML]");
	/* Never cut in the middle of a character. */
	assert_non_null(many);
	memset(many, 'a', PAGETEXT_MAX - 1);
	memcpy(many + PAGETEXT_MAX - 1, "\xC3\xA9", 3);
	shown = pagetext_visible(many, PAGETEXT_MAX + 1, PAGETEXT_MAX + 1);
	assert_non_null(shown);
	assert_int_equal(strspn(shown, "a"), PAGETEXT_MAX - 1);
	assert_string_equal(shown + PAGETEXT_MAX - 1,
			    "\xE2\x80\xA6 [2 bytes more: see the XML]");
	free(shown);
	free(many);
}

static void test_exact_units(void **state)
{
	(void)state;
	assert_text(pagetext_exact("41000000", 8), "A\\u{0}");
	assert_text(pagetext_exact("3dd800de", 8), "\xF0\x9F\x98\x80"); /* U+1F600 */
	assert_text(pagetext_exact("00de3dd8", 8), "\\u{de00}\\u{d83d}");
	assert_text(pagetext_exact("e900ac20ffff", 12), "\xC3\xA9\xE2\x82\xAC\\u{ffff}");
	assert_text(pagetext_exact("4100x", 5), "A");
	assert_text(pagetext_exact("41", 2), "");
	assert_text(pagetext_exact("", 0), "");
}

/* Never cut in the middle of a character either. */
static void test_long_exact_units(void **state)
{
	size_t n = (size_t)4 * (PAGETEXT_MAX + 2);
	char *hex = malloc(n), *shown;

	(void)state;
	assert_non_null(hex);
	for (size_t i = 0; i < n; i += 4)
		memcpy(hex + i, "6100", 4);
	memcpy(hex + (size_t)4 * (PAGETEXT_MAX - 1), "3dd800de", 8);
	shown = pagetext_exact(hex, n);
	assert_non_null(shown);
	assert_int_equal(strspn(shown, "a"), PAGETEXT_MAX - 1);
	assert_string_equal(shown + PAGETEXT_MAX - 1,
			    "\xE2\x80\xA6 [6 bytes more: see the XML]");
	free(shown);
	free(hex);
}

static void test_data(void **state)
{
	(void)state;
	/* RFC 4648, section 10. */
	assert_text(pagetext_hex("Zm9vYmFy", 8), "66 6f 6f 62 61 72");
	assert_text(pagetext_hex("Zm9vYg==", 8), "66 6f 6f 62");
	assert_text(pagetext_hex("Zm9v!mFy", 8), "66 6f 6f");
	assert_text(pagetext_hex("", 0), "");
}

static void assert_later(const char *from, const char *to, const char *expected)
{
	char out[64];

	pagetime_distance(from, to, out, sizeof(out));
	assert_string_equal(out, expected);
}

static void test_times(void **state)
{
	(void)state;
	assert_true(pagetime_is("2003-03-18T09:14:07.2968750Z"));
	assert_false(pagetime_is("2003-03-18T09:14:07Z"));
	assert_false(pagetime_is("2003-03-18 09:14:07.0"));
	assert_false(pagetime_is(""));
	assert_false(pagetime_is(NULL));
	assert_later("2003-03-18T09:14:07.0Z", "2003-03-18T09:14:09.0Z", "2 s later");
	assert_later("2003-03-18T09:14:07.0Z", "2003-03-18T09:15:02.0Z", "55 s later");
	assert_later("2003-03-18T09:14:07.0Z", "2003-03-18T11:42:36.0Z",
		     "2 h 28 min later");
	/* `date -d` counts the same: 29 days of February in 2004, 28 in 2100. */
	assert_later("2004-02-28T00:00:00.0Z", "2004-03-01T01:00:00.0Z",
		     "2 days 1 h later");
	assert_later("2100-02-28T00:00:00.0Z", "2100-03-01T00:00:00.0Z",
		     "1 day 0 h later");
	assert_later("1601-01-01T00:00:00.0Z", "1970-01-01T00:00:00.0Z",
		     "134774 days 0 h later");
}

static void test_limits(void **state)
{
	struct pagelimit kept = { 0 };
	size_t n = 0;

	(void)state;
	while (pagelimit_take(&kept, "change", false))
		n++;
	assert_int_equal(n, 1000);
	assert_false(pagelimit_take(&kept, "timeline", false));
	for (n = 0; pagelimit_take(&kept, "cellobject", true);)
		n++;
	assert_int_equal(n, 2000);
	assert_true(pagelimit_take(&kept, "cellobject", false));
	for (n = 0; n < 100000; n++)
		if (!pagelimit_take(&kept, "anything", false))
			break;
	assert_true(n < 100000);
}

static const char report[] =
	"<?xml version=\"1.0\"?>\n"
	"<report xmlns=\"urn:wmsdiff:report:1\""
	" xmlns:r=\"http://www.forensicswiki.org/wiki/RegXML\" version=\"1.0\">\n"
	"<input id=\"i1\" role=\"hive\"><hive last_written=\"2003-03-17T18:30:02.0000000Z\"/></input>"
	"<series id=\"series1\"><snapshot id=\"s1\" input=\"i1\"><store id=\"s1.1\" list=\"profiles\""
	" mtime=\"2003-03-17T18:30:02.0000000Z\"/></snapshot>"
	"<comparison id=\"d1\" before=\"s1\" after=\"s1\"><change id=\"c1\" kind=\"deleted\""
	" profile=\"\xEF\xBF\xBD&lt;\" profile_utf16=\"41000000\"><deletion"
	" earliest=\"2003-03-17T18:30:02.0000000Z\" latest=\"2003-03-18T09:14:07.0000000Z\"/>"
	"<r:cellobject><r:data>Zm9v</r:data></r:cellobject></change></comparison></series>"
	"<summary deleted=\"1\"/></report>\n";

/* Reads n bytes of a document, and lays out its timeline if it is one. */
static enum status read_page(const char *bytes, size_t n)
{
	struct failure failure = { "" };
	struct pagedoc *doc = NULL;
	enum status status = pagedoc_new(&doc);

	assert_int_equal(status, STATUS_OK);
	/* In two pieces: they come as the report is written. */
	pagedoc_take(doc, span_of(bytes, n / 2));
	pagedoc_take(doc, span_of(bytes + n / 2, n - n / 2));
	status = pagedoc_finish(doc, &failure);
	if (status == STATUS_OK)
		assert_int_equal(pagechart_add(pagedoc_tree(doc)), STATUS_OK);
	else
		assert_true(failure.sentence[0] != '\0');
	pagedoc_free(doc);
	return status;
}

static void test_truncated(void **state)
{
	size_t whole = sizeof(report) - 1;

	(void)state;
	assert_int_equal(read_page(report, whole), STATUS_OK);
	/* Without the last line feed it is whole too. */
	assert_int_equal(read_page(report, whole - 1), STATUS_OK);
	for (size_t n = 0; n < whole - 1; n++)
		assert_int_equal(read_page(report, n), STATUS_MALFORMED);
}

static void test_flipped(void **state)
{
	static const char values[] = { '\0', '<', '&', '"', '\x80', '\xFF', 'Z' };
	char broken[sizeof(report)];
	size_t refused = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(report) - 1; i++)
		for (size_t k = 0; k < sizeof(values); k++) {
			memcpy(broken, report, sizeof(report));
			broken[i] = values[k];
			refused += read_page(broken, sizeof(report) - 1) != STATUS_OK;
		}
	assert_true(refused > sizeof(report));
}

/* Our own allocations fail one after the other; libxml2's are its own. */
static enum status read_whole(void)
{
	struct failure failure = { "" };
	struct pagedoc *doc = NULL;
	enum status status;

	status = pagedoc_new(&doc);
	if (status == STATUS_OK) {
		pagedoc_take(doc, span_of(report, sizeof(report) - 1));
		status = pagedoc_finish(doc, &failure);
	}
	if (status == STATUS_OK)
		status = pagechart_add(pagedoc_tree(doc));
	pagedoc_free(doc);
	return status;
}

static void test_out_of_memory(void **state)
{
	struct unit_oom oom;

	(void)state;
	UNIT_FAIL_EACH (oom) {
		enum status status = UNIT_FAILING(oom, read_whole());
		if (status == STATUS_OK)
			break;
		assert_int_equal(status, STATUS_NOMEM);
	}
	assert_true(oom.n > 20 && oom.n < 1000);
}

/* How many faults the check tells of. */
static size_t faults(const char *text)
{
	static struct check check;

	assert_int_equal(check_report(span_of(text, strlen(text)), NULL, &check),
			 STATUS_OK);
	return check.n_faults;
}

static void test_checked(void **state)
{
	(void)state;
	assert_true(faults(report) > 0);
	assert_int_equal(
		faults("<!DOCTYPE report><report xmlns=\"urn:wmsdiff:report:1\"/>"), 1);
	assert_int_equal(faults(""), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_exact_units),
		cmocka_unit_test(test_long_exact_units),
		cmocka_unit_test(test_data),
		cmocka_unit_test(test_times),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_truncated),
		cmocka_unit_test(test_flipped),
		cmocka_unit_test(test_checked),
		cmocka_unit_test(test_out_of_memory),
	};

	return UNIT_RUN(tests);
}
