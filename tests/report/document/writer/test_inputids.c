/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Ids of inputs, and in which file a byte of a replayed hive stands. */
#include "help/unit.h"

#include "help/dirtyseries.h"
#include "help/hives.h"
#include "help/logs.h"
#include "help/written.h"

#include "report/document/writer/inputids.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void test_ids(void **state)
{
	struct dirtyseries dirty;
	struct written w;

	(void)state;
	dirtyseries_read(&dirty);
	written_start(&w);
	written_of(&w, dirty.series, NULL, NULL);
	const struct snapshot *found = dirty.series->snapshots[0],
			      *replayed = dirtyseries_replayed(&dirty);
	inputids_put(&w.parts, "hive", found->evidence);
	inputids_put(&w.parts, "log", replayed->logs[0]);
	assert_int_equal(inputids_number(&w.parts, found, SIZE_MAX), 1);
	assert_int_equal(inputids_number(&w.parts, replayed, SIZE_MAX), 1);
	assert_int_equal(inputids_number(&w.parts, replayed, 0), 2);
	written_end(&w);
	written_is(&w, "string(/w:report/@hive)", "i1");
	written_is(&w, "string(/w:report/@log)", "i2");
	written_free(&w);
	dirtyseries_clear(&dirty);
}

static size_t number_of(const struct written *w, size_t i, const char *what)
{
	char start[64], *at;

	(void)snprintf(start, sizeof(start), "<place n=\"%zu\" input=\"i", i);
	at = strstr(w->bytes, start);
	assert_non_null(at);
	at = strstr(at, what);
	assert_non_null(at);
	return strtoul(at + strlen(what), NULL, 10);
}

/*
 * Of each page, the byte that is told is there.  The log has the pages that it changes;
 * the base block is the hive's.
 */
static void test_places(void **state)
{
	size_t from_log = 0, from_hive = 0, n = 0;
	struct dirtyseries dirty;
	struct written w;

	(void)state;
	dirtyseries_read(&dirty);
	written_start(&w);
	written_of(&w, dirty.series, NULL, NULL);
	const struct snapshot *snapshot = dirtyseries_replayed(&dirty);
	struct span image = snapshot->image->bytes;
	for (size_t off = 7; off < image.len; off += 512) {
		xml_open(w.parts.xml, "place");
		xml_number(w.parts.xml, "n", ++n);
		inputids_place(&w.parts, snapshot, (uint32_t)off);
		xml_close(w.parts.xml);
	}
	written_end(&w);
	for (size_t i = 1; i <= n; i++) {
		size_t input = number_of(&w, i, "input=\"i");
		size_t offset = number_of(&w, i, "offset=\"");
		uint8_t there = 0, expected = 0;
		const struct evidence *file =
			input == 1 ? snapshot->evidence : snapshot->logs[0];
		assert_true(input == 1 || input == 2);
		from_hive += input == 1;
		from_log += input == 2;
		assert_true(span_u8(file->bytes, offset, &there));
		assert_true(span_u8(image, 7 + (i - 1) * 512, &expected));
		assert_int_equal(there, expected);
	}
	assert_true(from_hive > 0 && from_log > 0);
	written_free(&w);
	dirtyseries_clear(&dirty);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ids),
		cmocka_unit_test(test_places),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, logs_set_up, logs_tear_down);
}
