/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Images: the reader of files finds in one exactly the records that were taken, at their
 * places, with right sums.
 */
#include "help/evtxlogs.h"

#include "companion/evtx/evtxfile.h"
#include "companion/evtx/evtximage.h"

#include <stdlib.h>
#include <string.h>

struct taken {
	struct evtx *log;
	struct span chunk;
	struct evtxfile_record records[6];
	struct evtximage *image;
};

static struct taken *take_log(void)
{
	struct taken *t = calloc(1, sizeof(*t));
	size_t len;

	assert_non_null(t);
	t->image = calloc(1, sizeof(*t->image));
	assert_non_null(t->image);
	evtximage_begin(t->image);
	t->log = evtx_new("PC01", "Application");
	for (unsigned i = 0; i < 6; i++) {
		size_t at = evtxlogs_add(t->log, i);
		t->records[i] = (struct evtxfile_record){
			.number = i + 1,
			.off = (uint32_t)(at - EVTX_HEADER),
			.len = evtxlogs_get32(t->log, at + RECORD_LENGTH),
		};
	}
	const uint8_t *bytes = evtx_bytes(t->log, &len);
	t->chunk = span_of(bytes + EVTX_HEADER, EVTX_CHUNK);
	return t;
}

static void clear(struct taken *t)
{
	evtx_free(t->log);
	free(t->image);
	free(t);
}

/* What the image holds: records `from` to before `to`, behind one that holds nothing. */
static void check(struct taken *t, unsigned from, unsigned to)
{
	struct diag_list *diags = diag_list_new();
	struct evtxfile *file = NULL;
	struct span bytes = span_of(t->image->bytes, EVTXIMAGE_SIZE);
	size_t filled = from > 0;

	assert_true(evtxfile_is_log(bytes, diags));
	assert_int_equal(evtxfile_read(bytes, diags, &file), STATUS_OK);
	assert_int_equal(diag_count(diags), 0);
	assert_true(file->told && file->next == to + 1);
	assert_int_equal(file->n, to - from + filled);
	for (unsigned i = from; i < to; i++) {
		const struct evtxfile_record *record = &file->items[i - from + filled];
		assert_true(record->live && record->number == i + 1);
		assert_int_equal(record->off, t->records[i].off);
		assert_int_equal(record->len, t->records[i].len);
		assert_true(span_equal(
			span_clip(span_from(evtximage_chunk(t->image), record->off),
				  record->len),
			span_clip(span_from(t->chunk, record->off), record->len)));
	}
	evtxfile_free(file);
	diag_list_free(diags);
}

static void test_runs(void **state)
{
	struct taken *t = take_log();

	(void)state;
	for (unsigned from = 0; from < 6; from++)
		for (unsigned to = from + 1; to <= 6; to++) {
			assert_true(evtximage_take(t->image, t->chunk, &t->records[from],
						   to - from));
			evtximage_seal(t->image);
			check(t, from, to);
		}
	clear(t);
}

/* What cannot be in a chunk is not taken over. */
static void test_impossible(void **state)
{
	struct taken *t = take_log();
	struct evtxfile_record record = t->records[0];

	(void)state;
	record.off = EVTX_RECORDS + 8; /* no room for a record before it */
	assert_false(evtximage_take(t->image, t->chunk, &record, 1));
	record.off = EVTX_RECORDS - 8;
	assert_false(evtximage_take(t->image, t->chunk, &record, 1));
	record.off = EVTX_CHUNK - record.len + 1;
	assert_false(evtximage_take(t->image, t->chunk, &record, 1));
	record.off = UINT32_MAX;
	assert_false(evtximage_take(t->image, t->chunk, &record, 1));
	/* the file ends in it */
	assert_false(evtximage_take(t->image, span_clip(t->chunk, 0x300), t->records, 1));
	clear(t);
}

/* A record that ends where the chunk ends is made shorter by what is behind its XML. */
static void test_shorten(void **state)
{
	struct taken *t = take_log();
	struct evtxfile_record record = t->records[5];

	(void)state;
	assert_true(evtximage_take(t->image, t->chunk, t->records, 6));
	assert_true(evtximage_shorten(t->image, &record, record.off + record.len - 4));
	record.len = EVTX_CHUNK - record.off;
	assert_false(evtximage_shorten(t->image, &record, EVTX_CHUNK - 7));
	assert_true(evtximage_shorten(t->image, &record, EVTX_CHUNK - 8));
	evtximage_seal(t->image);
	t->records[5].len = record.len - 4;
	struct evtxfile *file = NULL;
	struct diag_list *diags = diag_list_new();
	assert_int_equal(
		evtxfile_read(span_of(t->image->bytes, EVTXIMAGE_SIZE), diags, &file),
		STATUS_OK);
	assert_int_equal(diag_count(diags), 0);
	assert_int_equal(file->n, 6);
	assert_int_equal(file->items[5].off + file->items[5].len, EVTX_CHUNK - 4);
	evtxfile_free(file);
	diag_list_free(diags);
	clear(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_runs),
		cmocka_unit_test(test_impossible),
		cmocka_unit_test(test_shorten),
	};
	return UNIT_RUN(tests);
}
