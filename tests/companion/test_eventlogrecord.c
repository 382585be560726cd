/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One record of an event log: its fields, its names, and where its strings are. */
#include "help/unit.h"

#include "companion/eventlogrecord.h"

#include "help/eventlogs.h"
#include "help/texts.h"

#include <string.h>

/* Record number i of the recipe, with its bytes in *evt. */
static struct span record_of(struct evt **evt, unsigned i)
{
	struct evt_event event = eventlogs_plain(i);
	size_t len;

	*evt = evt_new(BIG);
	uint32_t off = evt_add(*evt, &event);
	const uint8_t *bytes = evt_bytes(*evt, &len);
	return span_of(bytes + off, evt_get32(*evt, off));
}

static void test_fields(void **state)
{
	(void)state;
	/* With and without a SID, and 0 to 4 bytes of data. */
	for (unsigned i = 0; i < 15; i++) {
		struct evt_event plain = eventlogs_plain(i);
		struct evt *evt;
		struct span bytes = record_of(&evt, i);
		struct eventlogrecord record;
		struct text text;
		bool ended = false;

		assert_true(eventlogrecord_read(bytes, &record));
		assert_int_equal(record.number, 1);
		assert_int_equal(record.time, plain.time);
		assert_int_equal(record.id, plain.id);
		assert_int_equal(record.type, plain.type);
		assert_int_equal(record.category, plain.category);
		assert_text(record.source, plain.source);
		assert_text(record.computer, plain.computer);
		assert_true(record.names_end);
		assert_false(record.strings_lost);
		assert_int_equal(record.n_strings, 2);
		for (size_t k = 0; k < 2; k++) {
			assert_true(
				eventlogrecord_string(&record.strings, &text, &ended));
			assert_text(text, plain.strings[k]);
			assert_true(ended);
		}
		evt_free(evt);
	}
}

static void test_shortest(void **state)
{
	uint8_t bytes[EVENTLOGRECORD_LEAST] = { 0 };
	struct eventlogrecord record;

	(void)state;
	assert_false(eventlogrecord_read(span_of(bytes, sizeof(bytes) - 1), &record));
	assert_true(eventlogrecord_read(span_of(bytes, sizeof(bytes)), &record));
	assert_int_equal(record.source.bytes.len, 0);
	assert_int_equal(record.computer.bytes.len, 0);
	assert_true(record.names_end);
	assert_false(record.strings_lost);
	/* There is no place for strings behind the names. */
	bytes[0x1a] = 1;
	bytes[RECORD_STRINGS] = EVENTLOGRECORD_LEAST - 4;
	assert_true(eventlogrecord_read(span_of(bytes, sizeof(bytes)), &record));
	assert_true(record.strings_lost);
	assert_int_equal(record.n_strings, 0);
}

/* Names go up to the length at the end of the record, never into it. */
static void test_names_without_end(void **state)
{
	uint8_t bytes[EVENTLOGRECORD_LEAST];
	struct eventlogrecord record;

	(void)state;
	memset(bytes, 'a', sizeof(bytes));
	assert_true(eventlogrecord_read(span_of(bytes, sizeof(bytes)), &record));
	assert_int_equal(record.source.bytes.len, 4);
	assert_int_equal(record.computer.bytes.len, 0);
	assert_false(record.names_end);
	/* The source alone has an end. */
	bytes[EVENTLOGRECORD_FIXED] = bytes[EVENTLOGRECORD_FIXED + 1] = 0;
	assert_true(eventlogrecord_read(span_of(bytes, sizeof(bytes)), &record));
	assert_int_equal(record.source.bytes.len, 0);
	assert_int_equal(record.computer.bytes.len, 2);
	assert_false(record.names_end);
}

/* The first place where strings can be is behind the names; the last, before the length. */
static void test_where_strings_can_be(void **state)
{
	struct evt *evt;
	struct span bytes = record_of(&evt, 1);
	struct eventlogrecord record;
	uint32_t len = (uint32_t)bytes.len;
	uint32_t behind_names = EVENTLOGRECORD_FIXED +
				2 * (uint32_t)(strlen(eventlogs_plain(1).source) + 1 +
					       strlen(eventlogs_plain(1).computer) + 1);
	const struct {
		uint32_t strings, data;
		bool lost;
		size_t size;
	} cases[] = {
		{ behind_names - 2, len - 4, true, 0 },
		{ behind_names, len - 4, false, len - 4 - behind_names },
		{ len - 6, len - 4, false, 2 },
		{ len - 5, len - 4, true, 0 },
		{ 0xffffffff, len - 4, true, 0 },
		/* Data that cannot be there bound nothing. */
		{ behind_names, len - 3, false, len - 4 - behind_names },
		{ behind_names, behind_names + 1, false, len - 4 - behind_names },
		{ behind_names, behind_names + 2, false, 2 },
		{ behind_names, 0, false, len - 4 - behind_names },
		{ behind_names, 0xffffffff, false, len - 4 - behind_names },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		evt_put32(evt, EVT_HEADER + RECORD_STRINGS, cases[i].strings);
		evt_put32(evt, EVT_HEADER + RECORD_DATA, cases[i].data);
		assert_true(eventlogrecord_read(bytes, &record));
		assert_int_equal(record.strings_lost, cases[i].lost);
		assert_int_equal(record.strings.len, cases[i].size);
	}
	evt_free(evt);
}

static void test_strings(void **state)
{
	struct span rest = span_of("a\0\0\0\0\0b\0c", 9);
	struct text text;
	bool ended = false;

	(void)state;
	assert_true(eventlogrecord_string(&rest, &text, &ended));
	assert_text(text, "a");
	assert_true(ended);
	assert_true(eventlogrecord_string(&rest, &text, &ended));
	assert_text(text, "");
	assert_true(ended);
	/* No NUL; half a unit is none. */
	assert_true(eventlogrecord_string(&rest, &text, &ended));
	assert_text(text, "b");
	assert_false(ended);
	assert_false(eventlogrecord_string(&rest, &text, NULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fields),
		cmocka_unit_test(test_shortest),
		cmocka_unit_test(test_names_without_end),
		cmocka_unit_test(test_where_strings_can_be),
		cmocka_unit_test(test_strings),
	};

	return UNIT_RUN(tests);
}
