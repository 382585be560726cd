/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * XML of the writer is sound, and tells channel and time; what is cut, points elsewhere, is
 * nested or grows too far is refused, at a place inside the chunk.
 */
#include "help/evtxlogs.h"

#include "companion/evtx/evtxxml.h"

#include <string.h>

static struct span chunk_of(struct evtx *log)
{
	size_t len;
	const uint8_t *bytes = evtx_bytes(log, &len);

	assert_true(len >= EVTX_HEADER + EVTX_CHUNK);
	return span_of(bytes + EVTX_HEADER, EVTX_CHUNK);
}

/* The record whose offset in the file is given. */
static struct evtxxml check_at(struct evtx *log, size_t record)
{
	struct evtxxml out;
	uint32_t len = evtxlogs_get32(log, record + RECORD_LENGTH);
	size_t begin = record - EVTX_HEADER;

	evtxxml_check(chunk_of(log), EVTX_RECORDS, begin + EVTX_RECORD_HEAD,
		      begin + len - 4, &out);
	if (out.fault)
		assert_true(out.fault_off <= EVTX_CHUNK);
	else
		assert_true(out.end > begin + EVTX_RECORD_HEAD &&
			    out.end <= begin + len - 4);
	return out;
}

static void test_sound(void **state)
{
	struct evtx *log = evtx_new("PC01", "Application");
	size_t at[30];

	(void)state;
	for (unsigned i = 0; i < 30; i++)
		at[i] = evtxlogs_add(log, i);
	for (unsigned i = 0; i < 30; i++) {
		struct evtxxml out = check_at(log, at[i]);
		assert_null(out.fault);
		assert_true(text_is(out.system.channel, "Application"));
		assert_int_equal(text_length(out.system.channel), 11);
		assert_true(out.system.created_ft == evtxlogs_ft(i));
		/* Texts take the most of it; some hundred names come to it. */
		assert_in_range(out.bytes, 500, 5000);
	}
	evtx_free(log);
}

/* Cut anywhere, it is refused. */
static void test_cut(void **state)
{
	struct evtx *log = evtx_new("PC01", "Application");
	struct evtxxml out;

	(void)state;
	evtxlogs_add(log, 0);
	size_t second = evtxlogs_add(log, 1);
	size_t end = check_at(log, second).end, begin = second - EVTX_HEADER;
	for (size_t cut = begin + EVTX_RECORD_HEAD; cut < end; cut++) {
		evtxxml_check(chunk_of(log), EVTX_RECORDS, begin + EVTX_RECORD_HEAD, cut,
			      &out);
		/* Without the mark of its end alone nothing is missing. */
		assert_int_equal(out.fault != NULL, cut < end - 1);
	}
	evtxxml_check(chunk_of(log), EVTX_RECORDS, end, begin, &out);
	assert_non_null(out.fault);
	evtx_free(log);
}

/* The offset of the template of a later record, pointed anywhere. */
static void test_template_anywhere(void **state)
{
	struct evtx *log = evtx_new("PC01", "Application");
	size_t first = evtxlogs_add(log, 0), second = evtxlogs_add(log, 0), sound = 0;
	size_t field = second + EVTX_RECORD_HEAD + 4 + 1 + 1 + 4;
	uint32_t right = evtxlogs_get32(log, field);

	(void)state;
	assert_int_equal(right, first - EVTX_HEADER + EVTX_RECORD_HEAD + 4 + 10);
	for (uint32_t off = 0; off < EVTX_CHUNK + 64; off++) {
		evtxlogs_put32(log, field, off);
		if (!check_at(log, second).fault) {
			assert_int_equal(off, right);
			sound++;
		}
	}
	assert_int_equal(sound, 1);
	evtxlogs_put32(log, field, UINT32_MAX);
	assert_non_null(check_at(log, second).fault);
	evtx_free(log);
}

/* Every byte of two records, changed in several ways: never a crash, and most are noticed. */
static void test_flipped(void **state)
{
	static const uint8_t ways[] = { 0x01, 0x40, 0x80, 0xff };
	struct evtx *log = evtx_new("PC01", "Application");
	size_t first = evtxlogs_add(log, 0), second = evtxlogs_add(log, 1), len;
	uint8_t *bytes = evtx_bytes(log, &len);
	size_t end = second + evtxlogs_get32(log, second + RECORD_LENGTH), refused = 0;

	(void)state;
	for (size_t i = first; i < end; i++)
		for (size_t k = 0; k < sizeof(ways); k++) {
			struct evtxxml out;
			bytes[i] ^= ways[k];
			evtxxml_check(chunk_of(log), EVTX_RECORDS,
				      second - EVTX_HEADER + EVTX_RECORD_HEAD,
				      end - EVTX_HEADER - 4, &out);
			refused += out.fault != NULL;
			bytes[i] ^= ways[k];
		}
	assert_true(refused > sizeof(ways) * (end - first) / 3);
	assert_null(check_at(log, second).fault);
	evtx_free(log);
}

static struct evtxxml check_xml(const struct evtxlogs_xml *xml)
{
	struct evtx *log = evtxlogs_of_xml(xml);
	struct evtxxml out = check_at(log, EVTX_HEADER + EVTX_RECORDS);

	out.system.channel = text_of("");
	evtx_free(log);
	return out;
}

static void test_nesting(void **state)
{
	static struct evtxlogs_xml xml;

	(void)state;
	evtxlogs_xml_nested(&xml, 1);
	assert_null(check_xml(&xml).fault);
	evtxlogs_xml_nested(&xml, EVTXXML_MAX_DEPTH);
	assert_null(check_xml(&xml).fault);
	evtxlogs_xml_nested(&xml, EVTXXML_MAX_DEPTH + 1);
	assert_non_null(strstr(check_xml(&xml).fault, "too deep"));
	evtxlogs_xml_nested(&xml, 2000);
	assert_non_null(strstr(check_xml(&xml).fault, "too deep"));
}

/* One value that a template takes many times. */
static void test_growth(void **state)
{
	static struct evtxlogs_xml xml;

	(void)state;
	evtxlogs_xml_repeated(&xml, 10, 1000);
	struct evtxxml out = check_xml(&xml);
	assert_null(out.fault);
	assert_true(out.bytes >= 10 * 1000);
	evtxlogs_xml_repeated(&xml, 5000, 30000);
	assert_non_null(strstr(check_xml(&xml).fault, "too large"));
}

/* Sizes of 4 GiB, wherever a size stands. */
static void test_huge_sizes(void **state)
{
	struct evtx *log = evtx_new("PC01", "Application");
	size_t at = evtxlogs_add(log, 1);
	uint32_t len = evtxlogs_get32(log, at + RECORD_LENGTH);
	size_t refused = 0, n = 0;

	(void)state;
	for (size_t i = at + EVTX_RECORD_HEAD; i + 8 <= at + len; i++) {
		uint32_t was = evtxlogs_get32(log, i);
		evtxlogs_put32(log, i, UINT32_MAX);
		refused += check_at(log, at).fault != NULL;
		n++;
		evtxlogs_put32(log, i, was);
	}
	assert_true(refused > n / 2);
	evtx_free(log);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sound),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_template_anywhere),
		cmocka_unit_test(test_flipped),
		cmocka_unit_test(test_nesting),
		cmocka_unit_test(test_growth),
		cmocka_unit_test(test_huge_sizes),
	};
	return UNIT_RUN(tests);
}
