/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What of a report is told, and that hostile ones end the reading. */
#include "help/fleets.h"

#include "fleet/fleetstream.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char told[4096];

static void add(const char *text)
{
	assert_true(strlen(told) + strlen(text) < sizeof(told));
	strcat(told, text);
}

static enum status open(void *data, enum fleetstream_element element,
			const struct reportparser_attributes *attributes,
			struct failure *failure)
{
	struct span id = fleetstream_value(attributes, "id");
	char text[64];

	(void)failure;
	(void)snprintf(text, sizeof(text), "<%d%.*s ", (int)element, (int)id.len,
		       id.ptr ? (const char *)id.ptr : "");
	add(text);
	return *(const enum status *)data;
}

static enum status close(void *data, enum fleetstream_element element, const char *text,
			 struct failure *failure)
{
	char line[64];

	(void)data, (void)failure;
	(void)snprintf(line, sizeof(line), "%d:%s> ", (int)element, text);
	add(line);
	return STATUS_OK;
}

static enum status read_bytes(const char *bytes, size_t n, size_t piece,
			      enum status answer, struct failure *failure)
{
	const struct fleetstream_reader reader = { &answer, open, close };
	struct fleetstream *stream = NULL;
	enum status status;

	told[0] = '\0';
	failure->sentence[0] = '\0';
	assert_int_equal(fleetstream_new(&reader, &stream), STATUS_OK);
	for (size_t at = 0; at < n; at += piece)
		if (!fleetstream_take(
			    stream, span_of(bytes + at, n - at < piece ? n - at : piece)))
			break;
	status = fleetstream_finish(stream, failure);
	fleetstream_free(stream);
	return status;
}

static enum status read_text(const char *text, struct failure *failure)
{
	return read_bytes(text, strlen(text), 7, STATUS_OK, failure);
}

#define TEXT                                                                             \
	FLEETS_BEGIN "<dfxml:creator><dfxml:library version=\"9\"/><dfxml:version>1.2"   \
		     "</dfxml:version></dfxml:creator>"                                  \
		     "<foreign><series id=\"no\"/></foreign>"                            \
		     "<series id=\"yes\" dfxml:id=\"no\"><x><change id=\"no\"/></x>"     \
		     "</series>" FLEETS_END

/* Only what stands where it belongs, and only texts that count. */
static void test_told(void **state)
{
	struct failure failure;
	char expected[200];

	(void)state;
	assert_int_equal(read_text(TEXT, &failure), STATUS_OK);
	(void)snprintf(expected, sizeof(expected),
		       "<%d <%d <%d %d:1.2> %d:> <%dyes %d:> %d:> ", FLEETSTREAM_REPORT,
		       FLEETSTREAM_CREATOR, FLEETSTREAM_PROGRAM_VERSION,
		       FLEETSTREAM_PROGRAM_VERSION, FLEETSTREAM_CREATOR,
		       FLEETSTREAM_SERIES, FLEETSTREAM_SERIES, FLEETSTREAM_REPORT);
	assert_string_equal(told, expected);
}

/* Whatever is missing at the end, it is no report. */
static void test_cut_short(void **state)
{
	struct failure failure;

	(void)state;
	for (size_t n = 0; n + 1 < strlen(TEXT); n++)
		if (read_bytes(TEXT, n, 11, STATUS_OK, &failure) != STATUS_MALFORMED)
			fail_msg("%zu bytes were taken", n);
	assert_int_equal(read_bytes(TEXT, strlen(TEXT) - 1, 11, STATUS_OK, &failure),
			 STATUS_OK);
}

static void test_no_report(void **state)
{
	static const char *const texts[] = {
		"",
		"<x/>",
		"<report version=\"1.0\"/>",
		"<report xmlns=\"urn:else\" version=\"1.0\"/>",
		"<x xmlns=\"urn:wmsdiff:report:1\" version=\"1.0\"/>",
		"regf",
	};
	struct failure failure;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		if (read_text(texts[i], &failure) != STATUS_MALFORMED)
			fail_msg("%s was taken", texts[i]);
}

static void test_versions(void **state)
{
	static const struct {
		const char *version;
		enum status expected;
	} cases[] = {
		{ "urn:wmsdiff:report:1\" version=\"1.0", STATUS_OK },
		{ "urn:wmsdiff:report:1\" version=\"1.37", STATUS_OK },
		{ "urn:wmsdiff:report:1\" version=\"1.", STATUS_UNSUPPORTED },
		{ "urn:wmsdiff:report:1\" version=\"1.x", STATUS_UNSUPPORTED },
		{ "urn:wmsdiff:report:1\" version=\"2.0", STATUS_UNSUPPORTED },
		{ "urn:wmsdiff:report:1\" x=\"", STATUS_UNSUPPORTED },
		{ "urn:wmsdiff:report:2\" version=\"2.0", STATUS_UNSUPPORTED },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct failure failure;
		char text[200];
		(void)snprintf(text, sizeof(text), "<report xmlns=\"%s\"/>",
			       cases[i].version);
		if (read_text(text, &failure) != cases[i].expected)
			fail_msg("%s: %s", text, failure.sentence);
	}
}

/* Neither is a file fetched, nor an entity made to grow. */
static void test_doctype(void **state)
{
	struct failure failure;

	(void)state;
	assert_int_equal(
		read_text("<!DOCTYPE r [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b "
			  "\"&a;&a;&a;&a;&a;&a;&a;&a;\">]><report "
			  "xmlns=\"urn:wmsdiff:report:1\" version=\"1.0\">&b;</report>",
			  &failure),
		STATUS_MALFORMED);
	assert_non_null(strstr(failure.sentence, "document type declaration"));
	assert_int_equal(
		read_text("<!DOCTYPE r SYSTEM \"/etc/passwd\"><report/>", &failure),
		STATUS_MALFORMED);
	assert_non_null(strstr(failure.sentence, "document type declaration"));
	assert_int_equal(read_text(FLEETS_BEGIN "&a;" FLEETS_END, &failure),
			 STATUS_MALFORMED);
}

/* Of n times a piece, between the root and its end. */
static enum status read_many(const char *begin, const char *piece, size_t n,
			     const char *end, struct failure *failure)
{
	size_t size = strlen(FLEETS_BEGIN) + strlen(begin) + n * strlen(piece) +
		      strlen(end) + strlen(FLEETS_END);
	char *text = malloc(size + 1), *at;
	enum status status;

	assert_non_null(text);
	at = stpcpy(stpcpy(text, FLEETS_BEGIN), begin);
	for (size_t i = 0; i < n; i++)
		at = stpcpy(at, piece);
	(void)stpcpy(stpcpy(at, end), FLEETS_END);
	status = read_bytes(text, size, 65536, STATUS_OK, failure);
	free(text);
	return status;
}

static void test_hostile_sizes(void **state)
{
	struct failure failure;

	(void)state;
	/* Deeper than the parser goes. */
	assert_int_equal(read_many("", "<x>", 5000, "", &failure), STATUS_MALFORMED);
	/* An attribute of 11 MB. */
	assert_int_equal(
		read_many("<series id=\"", "0123456789abcdef", 700000, "\"/>", &failure),
		STATUS_MALFORMED);
	/* A text of exactly what there is room for, and one byte more. */
	assert_int_equal(read_many("<diagnostic>", "0123456789abcdef",
				   FLEETSTREAM_MAX_TEXT / 16, "</diagnostic>", &failure),
			 STATUS_OK);
	assert_int_equal(read_many("<diagnostic>", "0123456789abcdef",
				   FLEETSTREAM_MAX_TEXT / 16, "x</diagnostic>", &failure),
			 STATUS_MALFORMED);
	assert_non_null(strstr(failure.sentence, "1,048,576"));
	/* What is passed over costs nothing. */
	assert_int_equal(read_many("<x>", "0123456789abcdef", 400000, "</x>", &failure),
			 STATUS_OK);
}

/* What the reader says ends the reading, and is the answer. */
static void test_reader_ends_it(void **state)
{
	struct failure failure;

	(void)state;
	assert_int_equal(read_bytes(TEXT, strlen(TEXT), 100, STATUS_LIMIT, &failure),
			 STATUS_LIMIT);
	assert_string_equal(told, "<0 ");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_told),
		cmocka_unit_test(test_cut_short),
		cmocka_unit_test(test_no_report),
		cmocka_unit_test(test_versions),
		cmocka_unit_test(test_doctype),
		cmocka_unit_test(test_hostile_sizes),
		cmocka_unit_test(test_reader_ends_it),
	};
	return UNIT_RUN(tests);
}
