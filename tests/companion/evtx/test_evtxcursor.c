/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Numbers and names at the edges of what there is. */
#include "help/evtxlogs.h"

#include "companion/evtx/evtxcursor.h"

static void test_numbers(void **state)
{
	static const uint8_t bytes[] = { 1, 2, 3, 4, 5, 6 };
	struct evtxcursor_reading r = { .chunk = span_of(bytes, sizeof(bytes)) };
	struct evtxcursor c = { 0, 6 };
	uint32_t n = 0;

	(void)state;
	assert_true(evtxcursor_take(&r, &c, 1, &n) && n == 0x01);
	assert_true(evtxcursor_take(&r, &c, 4, &n) && n == 0x05040302 && c.at == 5);
	assert_false(evtxcursor_take(&r, &c, 2, &n));
	assert_int_equal(c.at, 5);
	assert_int_equal(r.fault_off, 5);
	assert_non_null(r.fault);
	assert_true(evtxcursor_skip(&r, &c, 1));
	assert_false(evtxcursor_skip(&r, &c, 1));
	/* Nothing is read behind the chunk, whatever the cursor says. */
	c = (struct evtxcursor){ 4, 100 };
	assert_false(evtxcursor_take(&r, &c, 4, &n));
}

static void test_reasons(void **state)
{
	struct evtxcursor_reading r = { .most = 10 };

	(void)state;
	assert_true(evtxcursor_pay(&r, 1, 10));
	assert_null(r.fault);
	assert_false(evtxcursor_pay(&r, 2, 1));
	assert_false(evtxcursor_refuse(&r, 3, "another"));
	assert_int_equal(r.fault_off, 2);
	r = (struct evtxcursor_reading){ .most = UINT32_MAX, .cost = 1 };
	assert_false(evtxcursor_pay(&r, 0, UINT32_MAX));
}

/* A name behind its offset, and offsets of it from everywhere. */
static void test_names(void **state)
{
	static uint8_t chunk[EVTXLOGS_AT + 256];
	static struct evtxlogs_xml xml;
	struct text text;

	(void)state;
	xml.len = 0;
	evtxlogs_xml_name(&xml, "Channel");
	size_t end = EVTXLOGS_AT + xml.len;
	for (size_t i = 0; i < xml.len; i++)
		chunk[EVTXLOGS_AT + i] = xml.bytes[i];
	for (size_t off = 0; off < sizeof(chunk); off++) {
		struct evtxcursor_reading r = { .chunk = span_of(chunk, sizeof(chunk)),
						.first = EVTX_RECORDS,
						.most = 1000 };
		struct evtxcursor c = { end, sizeof(chunk) };
		chunk[end] = (uint8_t)off;
		chunk[end + 1] = (uint8_t)(off >> 8);
		bool taken = evtxcursor_name(&r, &c, &text);
		assert_int_equal(taken, off == EVTXLOGS_AT + 4);
		assert_int_equal(taken, !r.fault);
		if (!taken)
			continue;
		assert_true(text_is(text, "channel") && text_length(text) == 7);
		assert_int_equal(c.at, end + 4);
		assert_int_equal(r.cost, EVTXCURSOR_TOKEN + 7);
	}
}

/* Each byte of a name decides: its length, its hash, its units and the NUL behind. */
static void test_changed_names(void **state)
{
	static struct evtxlogs_xml xml;
	static uint8_t chunk[EVTXLOGS_AT + 256];
	struct text text;

	(void)state;
	xml.len = 0;
	evtxlogs_xml_name(&xml, "EventID");
	for (size_t i = 0; i < xml.len; i++) {
		struct evtxcursor_reading r = { .chunk = span_of(chunk, sizeof(chunk)),
						.first = EVTX_RECORDS,
						.most = 1000 };
		struct evtxcursor c = { EVTXLOGS_AT, EVTXLOGS_AT + xml.len };
		for (size_t k = 0; k < xml.len; k++)
			chunk[EVTXLOGS_AT + k] = xml.bytes[k];
		chunk[EVTXLOGS_AT + i] ^= 1;
		/* only where the next name of its list is, is not looked at */
		assert_int_equal(evtxcursor_name(&r, &c, &text), i >= 4 && i < 8);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_reasons),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_changed_names),
	};
	return UNIT_RUN(tests);
}
