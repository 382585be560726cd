/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The tree that the page is made from: of a report whole, broken, hostile or too large. */
#define UNIT_OOM
#include "help/unit.h"

#include "help/smallreport.h"
#include "help/xpath.h"

#include "report/page/pagedoc.h"
#include "report/page/pagetimeline.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
		assert_int_equal(pagetimeline_add(pagedoc_tree(doc)), STATUS_OK);
	else
		assert_true(failure.sentence[0] != '\0');
	pagedoc_free(doc);
	return status;
}

static void test_truncated(void **state)
{
	size_t whole = sizeof(smallreport) - 1;

	(void)state;
	assert_int_equal(read_page(smallreport, whole), STATUS_OK);
	/* Without the last line feed it is whole too. */
	assert_int_equal(read_page(smallreport, whole - 1), STATUS_OK);
	for (size_t n = 0; n < whole - 1; n++)
		assert_int_equal(read_page(smallreport, n), STATUS_MALFORMED);
}

/* libxml2 would hold each of them against all others: it does not get them. */
static void test_tag_of_many_attributes(void **state)
{
	enum { ATTRIBUTES = 320000 };
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);
	struct failure failure = { "" };
	struct pagedoc *doc = NULL;

	(void)state;
	assert_non_null(out);
	fprintf(out, "<report");
	for (size_t i = 0; i < ATTRIBUTES; i++)
		fprintf(out, " a%zu=''", i);
	fprintf(out, "/>");
	assert_int_equal(fclose(out), 0);
	assert_int_equal(pagedoc_new(&doc), STATUS_OK);
	pagedoc_take(doc, span_of(text, len));
	assert_int_equal(pagedoc_finish(doc, &failure), STATUS_MALFORMED);
	assert_string_equal(
		failure.sentence,
		"line 1: a tag has more than 100 attributes; none of a report has");
	pagedoc_free(doc);
	free(text);
}

static void test_flipped(void **state)
{
	static const char values[] = { '\0', '<', '&', '"', '\x80', '\xFF', 'Z' };
	char broken[sizeof(smallreport)];
	size_t refused = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(smallreport) - 1; i++)
		for (size_t k = 0; k < sizeof(values); k++) {
			memcpy(broken, smallreport, sizeof(smallreport));
			broken[i] = values[k];
			refused +=
				read_page(broken, sizeof(smallreport) - 1) != STATUS_OK;
		}
	assert_true(refused > sizeof(smallreport));
}

/* ---- what becomes of a report ---- */

/* Reads a document that must be a report.  To be freed. */
static struct pagedoc *read_report(const char *text)
{
	struct failure failure = { "" };
	struct pagedoc *doc = NULL;

	assert_int_equal(pagedoc_new(&doc), STATUS_OK);
	pagedoc_take(doc, span_of(text, strlen(text)));
	if (pagedoc_finish(doc, &failure) != STATUS_OK)
		fail_msg("%s", failure.sentence);
	return doc;
}

#define ROOT "<report xmlns=\"urn:wmsdiff:report:1\""

/* Texts are made harmless; what XML cannot hold is taken from the units beside it. */
static void test_texts(void **state)
{
	struct pagedoc *doc = read_report(smallreport);
	struct _xmlDoc *tree = pagedoc_tree(doc);

	(void)state;
	xpath_is(tree, "string(//w:change/@profile)", "A\\u{0}");
	xpath_is(tree, "count(//@profile_utf16)", "0");
	/* "Zm9v" is "foo". */
	xpath_is(tree, "string(//regxml:data)", "66 6f 6f");
	xpath_is(tree, "string(//regxml:data/@data_bytes)", "3");
	assert_null(pagedoc_bad_id(doc));
	pagedoc_free(doc);
	doc = read_report(ROOT "><case note=\"a&#x202E;b&amp;\"/></report>");
	xpath_is(pagedoc_tree(doc), "string(//w:case/@note)", "a\\u{202e}b&");
	pagedoc_free(doc);
}

/* Foreign elements go with all in them; what the page adds itself is not believed. */
static void test_left_out(void **state)
{
	struct pagedoc *doc = read_report(
		ROOT " xmlns:x=\"urn:other\" left_out=\"7\"><x:a><case id=\"1\"/></x:a>"
		     "<case id=\"2\" x:id=\"3\" data_bytes=\"4\"/></report>");
	struct _xmlDoc *tree = pagedoc_tree(doc);

	(void)state;
	xpath_is(tree, "count(//*)", "2");
	xpath_is(tree, "string(//w:case/@id)", "2");
	xpath_is(tree, "count(//w:case/@*)", "1");
	xpath_is(tree, "count(/w:report/@left_out)", "0");
	pagedoc_free(doc);
}

/* Sound ids stay; the others are told, and the page gives its own. */
static void test_ids(void **state)
{
	struct pagedoc *doc = read_report(
		ROOT "><input id=\"i1\"/><input id=\"i1\"/><input id=\"a b\"/><input/>"
		     "<input id=\"page-input-1\"/></report>");
	struct _xmlDoc *tree = pagedoc_tree(doc);

	(void)state;
	assert_string_equal(pagedoc_bad_id(doc), "i1");
	xpath_is(tree, "string(//w:input[1]/@id)", "i1");
	xpath_is(tree, "string(//w:input[2]/@id)", "page-input-1");
	xpath_is(tree, "string(//w:input[3]/@id)", "page-input-2");
	xpath_is(tree, "string(//w:input[4]/@id)", "page-input-3");
	xpath_is(tree, "string(//w:input[5]/@id)", "page-input-4");
	pagedoc_free(doc);
}

/* Of 300 series 100 are kept, and so many are missing there. */
static void test_bounded(void **state)
{
	static char text[20000];
	struct pagedoc *doc;

	(void)state;
	strcpy(text, ROOT ">");
	for (size_t i = 0; i < 300; i++)
		strcat(text, "<series><case/></series>");
	strcat(text, "</report>");
	doc = read_report(text);
	xpath_is(pagedoc_tree(doc), "count(//w:series)", "100");
	xpath_is(pagedoc_tree(doc), "count(//w:case)", "100");
	xpath_is(pagedoc_tree(doc), "string(/w:report/@left_out)", "200");
	pagedoc_free(doc);
	/* Deeper than any report. */
	strcpy(text, ROOT ">");
	for (size_t i = 0; i < 200; i++)
		strcat(text, "<a>");
	for (size_t i = 0; i < 200; i++)
		strcat(text, "</a>");
	strcat(text, "</report>");
	doc = read_report(text);
	xpath_is(pagedoc_tree(doc), "count(//w:a)", "23");
	xpath_is(pagedoc_tree(doc), "string(//w:a[not(w:a)]/@left_out)", "1");
	pagedoc_free(doc);
}

/* ---- what is refused ---- */

static void assert_refused(const char *text, const char *why)
{
	struct failure failure = { "" };
	struct pagedoc *doc = NULL;

	assert_int_equal(pagedoc_new(&doc), STATUS_OK);
	pagedoc_take(doc, span_of(text, strlen(text)));
	assert_int_equal(pagedoc_finish(doc, &failure), STATUS_MALFORMED);
	if (!strstr(failure.sentence, why))
		fail_msg("no \"%s\" in: %s", why, failure.sentence);
	pagedoc_free(doc);
}

static void test_refused(void **state)
{
	(void)state;
	assert_refused("", "no well-formed XML");
	assert_refused("<report version=\"1.0\"/>", "is no report");
	assert_refused("<other xmlns=\"urn:wmsdiff:report:1\"/>", "is no report");
	assert_refused(ROOT "><a></report>", "line 1: no well-formed XML");
	assert_refused("<!DOCTYPE report [<!ENTITY e SYSTEM \"/etc/passwd\">]>" ROOT
		       ">&e;</report>",
		       "document type declaration");
	/* Ten times ten million characters of one letter are never made. */
	assert_refused("<!DOCTYPE r [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b "
		       "\"&a;&a;&a;&a;&a;&a;&a;&a;\">]>" ROOT ">&b;</report>",
		       "document type declaration");
	assert_refused(ROOT ">&unknown;</report>", "no well-formed XML");
}

/* ---- lack of memory ---- */

/* Our own allocations fail one after the other; libxml2's are its own. */
static enum status read_all(struct pagedoc **out)
{
	struct failure failure = { "" };
	struct pagedoc *doc = NULL;
	enum status status = pagedoc_new(&doc);

	if (status == STATUS_OK) {
		pagedoc_take(doc, span_of(smallreport, sizeof(smallreport) - 1));
		status = pagedoc_finish(doc, &failure);
	}
	if (status == STATUS_OK)
		status = pagetimeline_add(pagedoc_tree(doc));
	*out = doc;
	return status;
}

static void test_out_of_memory(void **state)
{
	struct unit_oom oom;

	(void)state;
	UNIT_FAIL_EACH (oom) {
		struct pagedoc *doc = NULL;
		enum status status = UNIT_FAILING(oom, read_all(&doc));
		pagedoc_free(doc);
		if (status == STATUS_OK)
			break;
		assert_int_equal(status, STATUS_NOMEM);
	}
	assert_true(oom.n > 20);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_truncated),
		cmocka_unit_test(test_flipped),
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_left_out),
		cmocka_unit_test(test_ids),
		cmocka_unit_test(test_bounded),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_out_of_memory),
		cmocka_unit_test(test_tag_of_many_attributes),
	};

	return UNIT_RUN(tests);
}
