/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Header, chunks and frames of records: sound ones, and each kind of damage. */
#include "help/evtxlogs.h"

#include "companion/evtx/evtxfile.h"

#include <string.h>

struct found {
	struct diag_list *diags;
	struct evtxfile *file;
};

static struct found find_bytes(const uint8_t *bytes, size_t len)
{
	struct found found = { .diags = diag_list_new() };

	assert_non_null(found.diags);
	assert_true(evtxfile_is_log(span_of(bytes, len), found.diags));
	assert_int_equal(evtxfile_read(span_of(bytes, len), found.diags, &found.file),
			 STATUS_OK);
	return found;
}

static struct found find(struct evtx *log)
{
	size_t len;
	const uint8_t *bytes = evtx_bytes(log, &len);

	return find_bytes(bytes, len);
}

static void clear(struct found *found)
{
	evtxfile_free(found->file);
	diag_list_free(found->diags);
}

static size_t n_live(const struct evtxfile *file)
{
	size_t n = 0;

	for (size_t i = 0; i < file->n; i++)
		n += file->items[i].live;
	return n;
}

/* So many records, so many of them live, so many diagnostics, the first of which says it. */
static void check(struct evtx *log, size_t records, size_t live, size_t diags,
		  const char *text)
{
	struct found found = find(log);

	assert_int_equal(found.file->n, records);
	assert_int_equal(n_live(found.file), live);
	assert_int_equal(diag_count(found.diags), diags);
	if (text)
		assert_non_null(strstr(diag_item(found.diags, 0)->sentence, text));
	clear(&found);
}

static void test_sound(void **state)
{
	struct evtx *log = evtxlogs_long(10);
	struct found found = find(log);

	(void)state;
	assert_int_equal(found.file->n, 10);
	assert_int_equal(n_live(found.file), 10);
	assert_int_equal(diag_count(found.diags), 0);
	assert_true(found.file->told);
	assert_true(found.file->next == 11);
	assert_int_equal(found.file->n_chunks, evtx_chunks(log));
	assert_true(evtx_chunks(log) >= 4);
	for (unsigned i = 0; i < 10; i++) {
		assert_true(found.file->items[i].number == i + 1);
		assert_true(found.file->items[i].written_ft == evtxlogs_ft(i));
	}
	clear(&found);
	evtx_free(log);
}

static void test_empty(void **state)
{
	struct evtx *log = evtxlogs_new(0);

	(void)state;
	check(log, 0, 0, 0, NULL);
	evtx_free(log);
}

/* The oldest chunk stands behind the newest; they come in the order of their numbers. */
static void test_wrapped(void **state)
{
	struct evtx *log = evtx_new("PC01", "Application");
	static char text[16001];

	(void)state;
	memset(text, 'x', sizeof(text) - 1);
	evtx_limit(log, 3);
	for (unsigned i = 0; i < 10; i++)
		evtx_event(log, "Test", 1, EVTX_ERROR, evtxlogs_ft(i), NULL, text, NULL);
	evtx_close(log);
	struct found found = find(log);
	assert_int_equal(diag_count(found.diags), 0);
	assert_int_equal(found.file->n_chunks, 3);
	assert_true(found.file->flags & EVTXFILE_FULL);
	uint64_t number = 0;
	for (size_t i = 0; i < 3; i++) {
		const struct evtxfile_chunk *chunk = &found.file->chunks[i];
		for (size_t k = chunk->first; k < chunk->first + chunk->n; k++) {
			assert_true(number == 0 ||
				    found.file->items[k].number == number + 1);
			number = found.file->items[k].number;
		}
	}
	assert_true(number == 10);
	clear(&found);
	evtx_free(log);
}

static void test_wrong_kind(void **state)
{
	struct evtx *log = evtxlogs_new(1);
	struct diag_list *diags = diag_list_new();
	size_t len;
	uint8_t *bytes = evtx_bytes(log, &len);

	(void)state;
	assert_false(evtxfile_is_log(span_of("ElfFile", 8), diags));
	assert_false(evtxfile_is_log(span_of(bytes, 127), diags));
	assert_int_equal(diag_count_of(diags, DIAG_WRONG_KIND), 2);
	bytes[FILE_MINOR] = 2;
	assert_true(evtxfile_is_log(span_of(bytes, len), diags));
	bytes[FILE_MINOR + 2] = 4;
	assert_false(evtxfile_is_log(span_of(bytes, len), diags));
	assert_int_equal(diag_count_of(diags, DIAG_WRONG_KIND), 3);
	diag_list_free(diags);
	evtx_free(log);
}

/* A log that was not closed: its header is older than its chunks, and they count. */
static void test_dirty(void **state)
{
	struct evtx *log = evtxlogs_long(2);

	(void)state;
	for (unsigned i = 2; i < 10; i++)
		evtxlogs_add(log, i);
	evtx_seal(log, 0);
	struct found found = find(log);
	assert_true(found.file->flags & EVTXFILE_DIRTY);
	assert_false(found.file->told);
	assert_int_equal(n_live(found.file), 10);
	assert_int_equal(diag_count(found.diags), 0);
	clear(&found);
	evtx_free(log);
}

/* Records behind what a chunk says it holds, as in a file that was copied while written. */
static void test_behind_the_end(void **state)
{
	struct evtx *log = evtxlogs_new(4);
	uint8_t header[EVTX_RECORDS];
	size_t len;
	uint8_t *bytes = evtx_bytes(log, &len);

	(void)state;
	memcpy(header, bytes + EVTX_HEADER, sizeof(header));
	evtxlogs_add(log, 4);
	evtxlogs_add(log, 5);
	memcpy(evtx_bytes(log, &len) + EVTX_HEADER, header, sizeof(header));
	evtx_seal(log, 0);
	check(log, 6, 4, 0, NULL);
	evtx_free(log);
}

static void test_damaged_header(void **state)
{
	struct evtx *log = evtxlogs_new(5);
	size_t len;
	uint8_t *bytes = evtx_bytes(log, &len);

	(void)state;
	bytes[FILE_NEXT] ^= 1;
	check(log, 5, 5, 1, "checksum of the log's header");
	struct found found = find(log);
	assert_false(found.file->told);
	clear(&found);
	evtx_free(log);
}

static void test_damaged_chunk(void **state)
{
	struct evtx *log = evtxlogs_long(6);
	size_t len;
	uint8_t *bytes = evtx_bytes(log, &len);
	size_t in_second = EVTX_HEADER + EVTX_CHUNK;

	(void)state;
	/* of chunk 1 alone the records are no longer live */
	bytes[in_second + EVTX_RECORDS + 3000] ^= 1;
	check(log, 6, 4, 1, "chunk 1 of the log is damaged, the checksum of its records");
	bytes[in_second + EVTX_RECORDS + 3000] ^= 1;
	bytes[in_second + 0x100] ^= 1;
	check(log, 6, 4, 1, "the checksum of its header");
	bytes[in_second + 0x100] ^= 1;
	bytes[in_second] ^= 1;
	check(log, 6, 4, 1, "does not begin as one");
	bytes[in_second] ^= 1;
	evtxlogs_put32(log, in_second + CHUNK_FREE, EVTX_CHUNK + 1);
	evtx_seal(log, 1);
	check(log, 6, 4, 1, "says what cannot be");
	evtxlogs_put32(log, in_second + CHUNK_FREE, 100);
	evtx_seal(log, 1);
	check(log, 6, 4, 1, "says what cannot be");
	memset(bytes + in_second, 0, EVTX_CHUNK);
	check(log, 4, 4, 1, "does not begin as one");
	evtx_free(log);
}

/* A flag says that a chunk has no sums. */
static void test_without_sums(void **state)
{
	struct evtx *log = evtxlogs_new(5);

	(void)state;
	evtxlogs_put32(log, EVTX_HEADER + CHUNK_FLAGS, 4);
	evtxlogs_put32(log, EVTX_HEADER + CHUNK_DATA_SUM, 0);
	check(log, 5, 5, 0, NULL);
	evtxlogs_put32(log, EVTX_HEADER + CHUNK_FLAGS, 1);
	check(log, 5, 0, 1, "checksum");
	evtx_free(log);
}

/* A record whose frame is broken, in a chunk with right sums. */
static void test_broken_frame(void **state)
{
	static const uint32_t lengths[] = { 0, 1, 28, 0x7fffffff, UINT32_MAX };
	struct evtx *log = evtx_new("PC01", "Application");
	size_t at[5];

	(void)state;
	for (unsigned i = 0; i < 5; i++)
		at[i] = evtxlogs_add(log, i);
	evtx_close(log);
	uint32_t was = evtxlogs_get32(log, at[2] + RECORD_LENGTH);
	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		evtxlogs_put32(log, at[2] + RECORD_LENGTH, lengths[i]);
		evtx_seal(log, 0);
		check(log, 4, 4, 1, "hold no event record");
	}
	evtxlogs_put32(log, at[2] + RECORD_LENGTH, was);
	evtxlogs_put32(log, at[4], 0x2b2a);
	evtx_seal(log, 0);
	check(log, 4, 4, 1, "hold no event record");
	evtx_free(log);
}

/* Cut at each chunk, and inside it. */
static void test_cut(void **state)
{
	struct evtx *log = evtxlogs_long(6);
	size_t len;
	const uint8_t *bytes = evtx_bytes(log, &len);

	(void)state;
	for (size_t cut = 128; cut <= len; cut += cut < EVTX_HEADER ? 496 : 1021) {
		struct found found = find_bytes(bytes, cut);
		size_t whole = cut < EVTX_HEADER ? 0 : (cut - EVTX_HEADER) / EVTX_CHUNK;
		assert_int_equal(n_live(found.file), 2 * whole);
		assert_true(diag_count_of(found.diags, DIAG_EVENTLOG_RECORD) > 0);
		for (size_t i = 0; i < found.file->n; i++)
			assert_true(found.file->items[i].number == i + 1);
		clear(&found);
	}
	evtx_free(log);
}

/* Chunks behind those that the header of a closed log counts are from earlier use. */
static void test_unused_chunks(void **state)
{
	struct evtx *log = evtxlogs_long(6);
	size_t len;
	uint8_t *bytes = evtx_bytes(log, &len);

	(void)state;
	bytes[FILE_CHUNKS] = 2;
	evtx_seal(log, 0);
	check(log, 6, 4, 0, NULL);
	/* none of them is known to be used, so zeros are no damage */
	memset(bytes + EVTX_HEADER + 2 * EVTX_CHUNK, 0, EVTX_CHUNK);
	check(log, 4, 4, 0, NULL);
	bytes[FILE_CHUNKS] = 9;
	evtx_seal(log, 0);
	struct found found = find(log);
	assert_int_equal(diag_count(found.diags), 2);
	assert_non_null(strstr(diag_item(found.diags, 1)->sentence, "tells of 9 chunks"));
	clear(&found);
	evtx_free(log);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sound),
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_wrapped),
		cmocka_unit_test(test_wrong_kind),
		cmocka_unit_test(test_dirty),
		cmocka_unit_test(test_behind_the_end),
		cmocka_unit_test(test_damaged_header),
		cmocka_unit_test(test_damaged_chunk),
		cmocka_unit_test(test_without_sums),
		cmocka_unit_test(test_broken_frame),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_unused_chunks),
	};
	return UNIT_RUN(tests);
}
