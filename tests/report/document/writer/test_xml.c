/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writing XML: what comes from outside is made fit for it, and failures stick. */
#include "help/unit.h"

#include "help/written.h"

#include "samples/builder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void test_attributes(void **state)
{
	struct written w;

	(void)state;
	written_start(&w);
	struct xml *xml = w.parts.xml;
	xml_attribute(xml, "marks", "a<b & \"c\" > 'd'");
	xml_attribute(xml, "control", "a\x01z");
	xml_attribute(xml, "broken", "a\xFFz");
	xml_attribute(xml, "none", NULL);
	xml_number(xml, "number", UINT64_MAX);
	xml_id(xml, "id", "i", 12);
	xml_flag(xml, "on", true);
	xml_flag(xml, "off", false);
	xml_time(xml, "time", builder_filetime(2015, 4, 7, 8, 30, 0) + 1234567);
	xml_time(xml, "never", 0);
	xml_owned(xml, "owned", strdup("given"));
	written_end(&w);
	written_is(&w, "string(/w:report/@marks)", "a<b & \"c\" > 'd'");
	written_is(&w, "string(/w:report/@control)", "a\xEF\xBF\xBDz");
	written_is(&w, "string(/w:report/@broken)", "a\xEF\xBF\xBDz");
	written_is(&w, "string(/w:report/@number)", "18446744073709551615");
	written_is(&w, "string(/w:report/@id)", "i12");
	written_is(&w, "string(/w:report/@on)", "1");
	written_is(&w, "string(/w:report/@time)", "2015-04-07T08:30:00.1234567Z");
	written_is(&w, "string(/w:report/@owned)", "given");
	written_is(&w, "count(/w:report/@none | /w:report/@off | /w:report/@never)", "0");
	written_free(&w);
}

/* Texts of the evidence: what XML cannot hold is told unit by unit. */
static void test_texts(void **state)
{
	static const uint8_t nul[] = { 'a', 0, 0, 0, 'b', 0 };
	static const uint8_t half[] = { 0x3d, 0xd8, 'x', 0 };
	static const uint8_t smile[] = { 0x3d, 0xd8, 0x00, 0xde };
	struct written w;

	(void)state;
	written_start(&w);
	struct xml *xml = w.parts.xml;
	xml_text(xml, "plain", text_of("Home"));
	xml_text(xml, "empty", text_of(""));
	xml_text_if_any(xml, "left", text_of(""));
	xml_text_if_any(xml, "kept", text_of("x"));
	xml_text(xml, "nul",
		 (struct text){ .bytes = span_of(nul, 6), .encoding = TEXT_UTF16LE });
	xml_text(xml, "half",
		 (struct text){ .bytes = span_of(half, 4), .encoding = TEXT_UTF16LE });
	xml_text(xml, "smile",
		 (struct text){ .bytes = span_of(smile, 4), .encoding = TEXT_UTF16LE });
	xml_element_text(
		xml, "path", "path",
		(struct text){ .bytes = span_of(nul, 6), .encoding = TEXT_UTF16LE });
	written_end(&w);
	written_is(&w, "string(/w:report/@plain)", "Home");
	written_is(&w, "count(/w:report/@empty)", "1");
	written_is(&w, "count(/w:report/@left)", "0");
	written_is(&w, "string(/w:report/@kept)", "x");
	written_is(&w, "string(/w:report/@nul)",
		   "a\xEF\xBF\xBD"
		   "b");
	written_is(&w, "string(/w:report/@nul_utf16)", "610000006200");
	written_is(&w, "string(/w:report/@half)", "\xEF\xBF\xBDx");
	written_is(&w, "string(/w:report/@half_utf16)", "3dd87800");
	written_is(&w, "string(/w:report/@smile)", "\xF0\x9F\x98\x80");
	written_is(&w, "count(/w:report/@smile_utf16 | /w:report/@plain_utf16)", "0");
	written_is(&w, "string(//w:path)",
		   "a\xEF\xBF\xBD"
		   "b");
	written_is(&w, "string(//w:path/@path_utf16)", "610000006200");
	written_free(&w);
}

static void test_elements(void **state)
{
	struct written w;

	(void)state;
	written_start(&w);
	xml_element(w.parts.xml, "dfxml:one", "<&>\x02");
	xml_open(w.parts.xml, "two");
	xml_content(w.parts.xml, "plain");
	xml_close(w.parts.xml);
	xml_element_path(w.parts.xml, "file", "folder/b\xFF\x0A");
	xml_element_path(w.parts.xml, "file", "folder/\xC3\xA9");
	written_end(&w);
	written_is(&w, "string(/w:report/dfxml:one)", "<&>\xEF\xBF\xBD");
	written_is(&w, "string(/w:report/w:two)", "plain");
	written_is(&w, "string(//w:file[1]/@bytes)", "666f6c6465722f62ff0a");
	written_is(&w, "string(//w:file[2])", "folder/\xC3\xA9");
	written_is(&w, "count(//w:file[2]/@bytes)", "0");
	written_free(&w);
}

/*
 * A line for each element, indented by its depth; its text beside it.  What a reader
 * would change on the way is escaped: XML 1.0, sections 2.11 and 3.3.3.
 */
static void test_layout(void **state)
{
	static const char expected[] = "\n"
				       " <empty/>\n"
				       " <outer a=\"&lt;&gt;&amp;&quot;'\" b=\"\">\n"
				       "  <inner>&lt;&gt;&amp;&quot;'</inner>\n"
				       "  <none></none>\n"
				       "  <data>Zg==</data>\n"
				       " </outer>\n"
				       " <line>a\tb\nc&#13;</line>\n"
				       " <line of=\"a&#9;b&#10;c&#13;\"/>\n"
				       "</report>\n";
	struct written w;

	(void)state;
	written_start(&w);
	struct xml *xml = w.parts.xml;
	xml_open(xml, "empty");
	xml_close(xml);
	xml_open(xml, "outer");
	xml_attribute(xml, "a", "<>&\"'");
	xml_attribute(xml, "b", "");
	xml_element(xml, "inner", "<>&\"'");
	xml_element(xml, "none", "");
	xml_open(xml, "data");
	xml_base64(xml, span_of("f", 1));
	xml_close(xml);
	xml_close(xml);
	xml_element(xml, "line", "a\tb\nc\r");
	xml_open(xml, "line");
	xml_attribute(xml, "of", "a\tb\nc\r");
	xml_close(xml);
	written_end(&w);
	assert_true(strncmp(w.bytes,
			    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<report ",
			    47) == 0);
	const char *end = strstr(w.bytes, ">\n <empty");
	assert_non_null(end);
	assert_string_equal(end + 1, expected);
	written_is(&w, "string(//w:line[1])", "a\tb\nc\r");
	written_is(&w, "string(//w:line[2]/@of)", "a\tb\nc\r");
	written_free(&w);
}

/* RFC 4648, section 10; then more than is put at a time. */
static void test_base64(void **state)
{
	static const char *const vectors[][2] = {
		{ "", "" },
		{ "f", "Zg==" },
		{ "fo", "Zm8=" },
		{ "foo", "Zm9v" },
		{ "foob", "Zm9vYg==" },
		{ "fooba", "Zm9vYmE=" },
		{ "foobar", "Zm9vYmFy" },
	};
	static char many[6001], expected[8002];
	struct written w;
	char where[32];

	(void)state;
	memset(many, 'a', 6000);
	for (size_t i = 0; i < 2000; i++)
		memcpy(expected + 4 * i, "YWFh", 4);
	written_start(&w);
	for (size_t i = 0; i < ARRAY_LEN(vectors); i++) {
		xml_open(w.parts.xml, "data");
		xml_base64(w.parts.xml, span_of(vectors[i][0], strlen(vectors[i][0])));
		xml_close(w.parts.xml);
	}
	xml_open(w.parts.xml, "many");
	xml_base64(w.parts.xml, span_of(many, 6000));
	xml_close(w.parts.xml);
	written_end(&w);
	for (size_t i = 0; i < ARRAY_LEN(vectors); i++) {
		(void)snprintf(where, sizeof(where), "string(//w:data[%zu])", i + 1);
		written_is(&w, where, vectors[i][1]);
	}
	written_is(&w, "string(//w:many)", expected);
	written_free(&w);
}

/* ---- failures ---- */

static void test_first_failure_sticks(void **state)
{
	struct written w;

	(void)state;
	written_start(&w);
	xml_owned(w.parts.xml, "lost", NULL);
	xml_fail(w.parts.xml, STATUS_IO);
	xml_close(w.parts.xml);
	assert_int_equal(xml_finish(w.parts.xml), STATUS_NOMEM);
	w.tree = NULL;
	written_free(&w);
	written_start(&w);
	xml_fail(w.parts.xml, STATUS_LIMIT);
	xml_owned(w.parts.xml, "lost", NULL);
	assert_int_equal(xml_finish(w.parts.xml), STATUS_LIMIT);
	w.tree = NULL;
	written_free(&w);
}

static void test_full_disk(void **state)
{
	struct failure failure = { "" };
	struct output *output = NULL;
	struct xml *xml = NULL;

	(void)state;
	assert_int_equal(output_open("/dev/full", NULL, &output, &failure), STATUS_OK);
	assert_int_equal(xml_start(output, NULL, &xml), STATUS_OK);
	xml_open(xml, "report");
	for (size_t i = 0; i < 20000; i++)
		xml_element(xml, "line", "some text that fills the buffers");
	xml_close(xml);
	assert_int_equal(xml_finish(xml), STATUS_IO);
	output_abort(output);
}

/* All texts, and no raw cell with anything that is in it. */
static void test_redacted(void **state)
{
	struct redact *redact = redact_new();
	struct written w;

	(void)state;
	assert_non_null(redact);
	written_start_redacted(&w, redact);
	struct xml *xml = w.parts.xml;
	xml_open(xml, "series");
	xml_attribute(xml, "user", "anna");
	xml_attribute(xml, "subject", "user anna");
	xml_text(xml, "profile", text_of("Home\xE4"));
	xml_close(xml);
	/* With all that is in it. */
	xml_open(xml, "regxml:cellobject");
	xml_number(xml, "since", 7);
	xml_element_text(xml, "regxml:cellpath", "cellpath", text_of("Anna"));
	xml_element(xml, "regxml:data", "Anna");
	xml_close(xml);
	xml_element_path(xml, "path", "/anna\xFF");
	assert_int_equal(xml_n_left_out(xml), 1);
	written_end(&w);
	written_is(&w, "string(//w:series/@user)", "user-1");
	written_is(&w, "string(//w:series/@subject)", "user user-1");
	written_is(&w, "string(//w:series/@profile)", "text-1");
	written_is(&w, "string(//w:path)", "path-1");
	written_is(&w, "count(//w:path/@*)", "0");
	written_is(&w, "count(//*[local-name() = 'cellobject' or local-name() = 'data'])",
		   "0");
	assert_int_equal(redact_n_texts(redact, REDACT_USER), 1);
	assert_int_equal(redact_n_places(redact, REDACT_USER), 2);
	written_free(&w);
	redact_free(redact);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_attributes),
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_redacted),
		cmocka_unit_test(test_elements),
		cmocka_unit_test(test_layout),
		cmocka_unit_test(test_base64),
		cmocka_unit_test(test_first_failure_sticks),
		cmocka_unit_test(test_full_disk),
	};

	return UNIT_RUN(tests);
}
