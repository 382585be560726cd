/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where the records of an event log stand: its ring, and copies out of it. */
#include "help/unit.h"

#include "companion/eventlogfile.h"

#include "companion/eventlogrecord.h"

#include "help/eventlogs.h"

#include <string.h>

static struct diag_list *diags;

static int set_up(void **state)
{
	(void)state;
	diags = diag_list_new();
	return diags == NULL;
}

static int tear_down(void **state)
{
	(void)state;
	diag_list_free(diags);
	return 0;
}

static struct eventlogfile *read_file(struct evt *evt)
{
	struct eventlogfile *file = NULL;
	size_t len;
	const uint8_t *bytes = evt_bytes(evt, &len);

	assert_true(eventlogfile_is_log(span_of(bytes, len), diags));
	assert_int_equal(eventlogfile_read(span_of(bytes, len), diags, &file), STATUS_OK);
	return file;
}

static uint32_t number_of(const struct eventlogfile *file, size_t i)
{
	uint8_t head[12];
	uint32_t number = 0;

	assert_true(
		eventlogfile_copy(file->ring, file->items[i].offset, head, sizeof(head)));
	assert_true(span_le32(span_of(head, sizeof(head)), 8, &number));
	return number;
}

static void test_closed_log(void **state)
{
	struct evt *evt = evt_new(BIG);
	uint32_t offsets[5];

	(void)state;
	for (unsigned i = 0; i < 5; i++) {
		struct evt_event event = eventlogs_plain(i);
		offsets[i] = evt_add(evt, &event);
	}
	evt_close(evt);
	struct eventlogfile *file = read_file(evt);
	assert_int_equal(file->n, 5);
	for (unsigned i = 0; i < 5; i++) {
		assert_int_equal(file->items[i].offset, offsets[i]);
		assert_int_equal(file->items[i].len, evt_get32(evt, offsets[i]));
		assert_int_equal(number_of(file, i), i + 1);
		assert_true(file->items[i].live);
	}
	assert_false(file->wraps || file->shifted);
	assert_int_equal(file->flags & (EVENTLOGFILE_DIRTY | EVENTLOGFILE_WRAPPED), 0);
	assert_int_equal(diag_count(diags), 0);
	eventlogfile_free(file);
	evt_free(evt);
}

/* The log goes over the end of the file: in the order of the ring, numbers grow by one. */
static void test_wrapped_log(void **state)
{
	(void)state;
	for (uint32_t size = 1200; size < 1400; size += 4) {
		struct evt *evt = eventlogs_new(size, 17);
		struct eventlogfile *file = read_file(evt);

		assert_true(file->n > 1);
		assert_true(file->shifted);
		assert_int_equal(file->wraps, evt_end(evt) < evt_begin(evt));
		assert_int_equal(file->items[0].offset, evt_begin(evt));
		for (size_t i = 0; i < file->n; i++) {
			assert_true(file->items[i].live);
			assert_int_equal(number_of(file, i), number_of(file, 0) + i);
		}
		assert_int_equal(number_of(file, file->n - 1), 17);
		assert_int_equal(diag_count(diags), 0);
		eventlogfile_free(file);
		evt_free(evt);
	}
}

/* What stands behind the end record is left from earlier use. */
static void test_earlier_use(void **state)
{
	struct evt *evt = eventlogs_shortened();
	struct eventlogfile *file = read_file(evt);

	(void)state;
	assert_int_equal(file->n, 9);
	for (size_t i = 0; i < 9; i++)
		assert_int_equal(file->items[i].live, i < 6);
	eventlogfile_free(file);
	evt_free(evt);
}

/* A record of the greatest length is one, a longer one is not. */
static void test_longest_record(void **state)
{
	(void)state;
	for (uint32_t more = 0; more <= 4; more += 4) {
		uint32_t len = EVENTLOGRECORD_MOST + more;
		struct evt *evt = evt_new(EVT_HEADER + len + 0x1000);
		struct evt_event event = eventlogs_plain(0);
		uint32_t off = evt_add(evt, &event);

		evt_put32(evt, off, len);
		evt_put32(evt, off + len - 4, len);
		/* No end record, so that nothing bounds the record but its length. */
		evt_put32(evt, evt_end(evt) + 4, 0);
		struct eventlogfile *file = read_file(evt);
		assert_int_equal(file->n, more == 0);
		if (file->n > 0)
			assert_int_equal(file->items[0].len, len);
		eventlogfile_free(file);
		evt_free(evt);
	}
}

static void test_copy_goes_round(void **state)
{
	uint8_t bytes[EVT_HEADER + 8], out[16];
	struct span ring = span_of(bytes, sizeof(bytes));

	(void)state;
	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (uint8_t)i;
	assert_true(eventlogfile_copy(ring, EVT_HEADER + 2, out, 6));
	assert_memory_equal(out, bytes + EVT_HEADER + 2, 6);
	/* Two bytes before the end, and then what stands behind the header. */
	assert_true(eventlogfile_copy(ring, EVT_HEADER + 6, out, 8));
	assert_memory_equal(out, bytes + EVT_HEADER + 6, 2);
	assert_memory_equal(out + 2, bytes + EVT_HEADER, 6);
	/* Once around and no byte further. */
	assert_false(eventlogfile_copy(ring, EVT_HEADER + 6, out, 9));
	assert_true(eventlogfile_copy(ring, sizeof(bytes), out, 8));
	assert_false(eventlogfile_copy(ring, sizeof(bytes), out, 9));
}

static void test_other_kinds(void **state)
{
	struct evt *evt = eventlogs_new(SMALL, 1);
	size_t len;
	uint8_t *bytes = evt_bytes(evt, &len);

	(void)state;
	assert_true(eventlogfile_is_log(span_of(bytes, len), diags));
	assert_true(eventlogfile_is_log(span_of(bytes, EVT_HEADER), diags));
	assert_int_equal(diag_count(diags), 0);
	assert_false(eventlogfile_is_log(span_of(bytes, EVT_HEADER - 1), diags));
	bytes[4] = 'l';
	assert_false(eventlogfile_is_log(span_of(bytes, len), diags));
	assert_int_equal(diag_count_of(diags, DIAG_WRONG_KIND), 2);
	evt_free(evt);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_closed_log),	    TEST(test_wrapped_log),
		TEST(test_earlier_use),	    TEST(test_longest_record),
		TEST(test_copy_goes_round), TEST(test_other_kinds),
	};

	return UNIT_RUN(tests);
}
