/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is told of a document, in whatever pieces it comes, and what ends the reading. */
#include "help/unit.h"

#include "report/reportparser.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct told {
	char text[512];
	enum status answer; /* to an element whose name is "stop" */
};

static void add(struct told *told, const char *text, size_t n)
{
	size_t before = strlen(told->text);

	assert_true(before + n < sizeof(told->text));
	memcpy(told->text + before, text, n);
	told->text[before + n] = '\0';
}

static void add_text(struct told *told, const char *text)
{
	add(told, text, strlen(text));
}

static enum status see_open(void *data, const char *space, const char *name,
			    const struct reportparser_attributes *attributes,
			    struct failure *failure)
{
	struct told *told = data;

	add_text(told, "<");
	add_text(told, space ? space : "-");
	add_text(told, ":");
	add_text(told, name);
	for (size_t i = 0; i < attributes->n; i++) {
		const char *own = reportparser_space(attributes, i);
		struct span value = reportparser_value(attributes, i);
		add_text(told, " ");
		add_text(told, own ? own : "-");
		add_text(told, ":");
		add_text(told, reportparser_name(attributes, i));
		add_text(told, "=");
		add(told, (const char *)value.ptr, value.len);
	}
	if (strcmp(name, "stop") != 0)
		return STATUS_OK;
	failure_set(failure, "stopped\x1b");
	return told->answer;
}

static enum status see_close(void *data, struct failure *failure)
{
	(void)failure;
	add_text(data, ">");
	return STATUS_OK;
}

static enum status see_text(void *data, struct span text, struct failure *failure)
{
	(void)failure;
	add(data, (const char *)text.ptr, text.len);
	return STATUS_OK;
}

static enum status read_pieces(const char *xml, size_t piece, struct told *told,
			       struct failure *failure)
{
	const struct reportparser_reader reader = { told, see_open, see_close, see_text };
	struct reportparser *parser = NULL;
	size_t n = strlen(xml);

	told->text[0] = failure->sentence[0] = '\0';
	assert_int_equal(reportparser_new(&reader, &parser), STATUS_OK);
	for (size_t at = 0; at < n; at += piece)
		if (!reportparser_take(
			    parser, span_of(xml + at, n - at < piece ? n - at : piece)))
			break;
	enum status status = reportparser_finish(parser, failure);
	reportparser_free(parser);
	return status;
}

static void test_told(void **state)
{
	static const char xml[] = "<a xmlns='s' xmlns:t='u' b='1&lt;' t:c=''>x<t:d/>"
				  "<![CDATA[<y>]]><e xmlns=''>&#65;</e></a>";
	struct told told = { "", STATUS_OK };
	struct failure failure;

	(void)state;
	for (size_t piece = 1; piece < sizeof(xml); piece++) {
		assert_int_equal(read_pieces(xml, piece, &told, &failure), STATUS_OK);
		assert_string_equal(told.text, "<s:a -:b=1< u:c=x<u:d><y><-:eA>>");
	}
}

/* Each cut is noticed; a declaration ends the reading before its entities are read. */
static void test_malformed(void **state)
{
	static const char xml[] = "<a><b/></a>";
	struct told told = { "", STATUS_OK };
	struct failure failure;
	char cut[sizeof(xml)];

	(void)state;
	for (size_t n = 0; n < sizeof(xml) - 1; n++) {
		(void)snprintf(cut, sizeof(cut), "%.*s", (int)n, xml);
		assert_int_equal(read_pieces(cut, 3, &told, &failure), STATUS_MALFORMED);
		assert_true(failure.sentence[0] != '\0');
	}
	assert_int_equal(read_pieces("<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>", 5, &told,
				     &failure),
			 STATUS_MALFORMED);
	assert_non_null(strstr(failure.sentence, "has a document type declaration"));
	assert_string_equal(told.text, "");
	assert_int_equal(read_pieces("<a>\n</b>", 100, &told, &failure),
			 STATUS_MALFORMED);
	assert_int_equal(strncmp(failure.sentence, "line 2: no well-formed XML: ", 28),
			 0);
}

/* What the reader says ends it, and its sentence can be shown. */
static void test_reader_ends(void **state)
{
	static const char xml[] = "<a><stop/><after/></a>";
	static const enum status answers[] = { STATUS_LIMIT, STATUS_UNSUPPORTED };
	struct told told = { "", STATUS_OK };
	struct failure failure;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(answers); i++) {
		told.answer = answers[i];
		assert_int_equal(read_pieces(xml, 1000, &told, &failure), answers[i]);
		assert_string_equal(told.text, "<-:a<-:stop");
		assert_non_null(strstr(failure.sentence, "stopped"));
		assert_null(strchr(failure.sentence, '\x1b'));
	}
	told.answer = STATUS_NOMEM;
	assert_int_equal(read_pieces(xml, 1000, &told, &failure), STATUS_NOMEM);
	/* Of a version that nobody can tell, for its tag is cut. */
	told.answer = STATUS_UNSUPPORTED;
	assert_int_equal(read_pieces("<stop/", 1000, &told, &failure), STATUS_MALFORMED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_told),
		cmocka_unit_test(test_malformed),
		cmocka_unit_test(test_reader_ends),
	};
	return UNIT_RUN(tests);
}
