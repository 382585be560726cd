/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The base block: what refuses a hive, what is said about it, how much of the
 * file is believed; what another reader is handed; how free cells look.
 */
#include "help/unit.h"

#include "help/hives.h"

#include "base/text.h"

#include <string.h>

/* A finished hive with one key and a value, whose fields a test then spoils. */
static struct builder *finished(unsigned minor)
{
	struct builder *b = hives_new(minor);
	builder_key key = builder_key_add(b, builder_root(b), "Software", HIVES_TIME);

	builder_value_string(b, key, "name", "some text of its own cell");
	builder_finish(b);
	return b;
}

static struct hive poked32(size_t offset, uint32_t number, bool checksum)
{
	struct builder *b = finished(3);

	builder_poke32(b, offset, number);
	if (checksum)
		builder_checksum(b);
	return hives_open(b);
}

static void test_sound_hive_gives_its_fields(void **state)
{
	struct builder *b = builder_new(&(struct builder_options){
		.minor = 5,
		.last_written = HIVES_TIME,
		.sequence = 0x12345678,
		.embedded_name = "\\SystemRoot\\System32\\Config\\DEFAULT",
	});
	uint32_t sum = hives_get(b, BASE_CHECKSUM, 4);
	struct hive hive = hives_open(b);

	(void)state;
	assert_int_equal(hive.opened, STATUS_OK);
	assert_true(hives_are_silent(&hive));
	assert_int_equal(hive.image->state, IMAGE_CLEAN);
	const struct image_base *base = &hive.image->base;
	assert_int_equal(base->primary_sequence, 0x12345678);
	assert_int_equal(base->secondary_sequence, 0x12345678);
	assert_true(base->last_written_ft == HIVES_TIME);
	assert_int_equal(base->major, 1);
	assert_int_equal(base->minor, 5);
	assert_int_equal(base->file_type, 0);
	assert_int_equal(base->format, 1);
	assert_int_equal(base->root_rel, 0x20);
	assert_int_equal(base->data_size, 4096);
	assert_int_equal(base->cluster, 1);
	assert_int_equal(base->checksum, sum);
	assert_true(base->checksum_ok);
	assert_int_equal(text_length(base->embedded_name), 31);
	assert_true(text_same(base->embedded_name,
			      text_of("temRoot\\System32\\Config\\DEFAULT")));
	assert_int_equal(hive.image->bytes.len, 8192);
	assert_int_equal(hive.image->bins.len, 4096);
	assert_int_equal(hive.image->cell_header, 4);
	assert_int_equal(image_file_offset(hive.image, hive.image->bins.ptr + 5), 4101);
	hives_close(&hive);
}

/* ---- what is no hive ---- */

static void check_refused(struct hive hive)
{
	assert_int_equal(hive.opened, STATUS_UNSUPPORTED);
	assert_null(hive.image);
	assert_string_not_equal(hive.failure.sentence, "");
	hives_close(&hive);
}

static void test_smallest_size(void **state)
{
	(void)state;
	check_refused(hives_open_part(hives_new(3), 0));
	check_refused(hives_open_part(hives_new(3), 4));
	check_refused(hives_open_part(hives_new(3), 511));
	check_refused(hives_open_part(hives_new(3), 4096));
	check_refused(hives_open_part(hives_new(3), 8191));
	struct hive hive = hives_open_part(hives_new(3), 8192);
	assert_int_equal(hive.opened, STATUS_OK);
	assert_true(hives_are_silent(&hive));
	hives_close(&hive);
}

static void test_signature(void **state)
{
	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct builder *b = finished(3);
		builder_poke8(b, i, 'x');
		builder_checksum(b);
		/* Its bins stand at their places: a hive whose base block is lost. */
		struct hive hive = hives_open(b);
		assert_int_equal(hive.opened, STATUS_OK);
		assert_int_equal(hive.image->state, IMAGE_NO_BASE);
		assert_true(hives_say(&hive, DIAG_BASE_LOST, 0));
		hives_close(&hive);
		/* Without a bin there is nothing that shows one. */
		b = finished(3);
		builder_poke8(b, i, 'x');
		builder_poke8(b, FIRST_BIN + i, 'x');
		check_refused(hives_open(b));
	}
}

static void test_major_version(void **state)
{
	struct hive hive;

	(void)state;
	check_refused(poked32(BASE_MAJOR, 2, true));
	check_refused(poked32(BASE_MAJOR, 0, true));
	/* With a wrong checksum the field itself may be what is damaged. */
	hive = poked32(BASE_MAJOR, 2, false);
	assert_int_equal(hive.opened, STATUS_OK);
	assert_true(hives_say_only(&hive, DIAG_BASE_CHECKSUM, BASE_CHECKSUM));
	assert_non_null(hives_key(&hive, "Software"));
	hives_close(&hive);
}

/* ---- checksum ---- */

/* Pokes a field without meaning so that the plain sum of the block is `sum`. */
static void force_sum(struct builder *b, uint32_t sum)
{
	enum { NO_MEANING = 200 };
	uint32_t plain = 0;

	for (size_t i = 0; i < BASE_CHECKSUM; i += 4)
		plain ^= hives_get(b, i, 4);
	builder_poke32(b, NO_MEANING, hives_get(b, NO_MEANING, 4) ^ plain ^ sum);
}

static void check_sum(uint32_t sum, uint32_t stored, bool right)
{
	struct builder *b = finished(3);

	force_sum(b, sum);
	builder_poke32(b, BASE_CHECKSUM, stored);
	struct hive hive = hives_open(b);
	assert_int_equal(hive.opened, STATUS_OK);
	assert_int_equal(hive.image->base.checksum_ok, right);
	assert_true(right ? hives_are_silent(&hive)
			  : hives_say_only(&hive, DIAG_BASE_CHECKSUM, BASE_CHECKSUM));
	assert_int_equal(hive.image->state, right ? IMAGE_CLEAN : IMAGE_DAMAGED);
	hives_close(&hive);
}

static void test_checksum_and_its_special_cases(void **state)
{
	(void)state;
	check_sum(0x12345678, 0x12345678, true);
	check_sum(0x12345678, 0x12345679, false);
	check_sum(0, 1, true);
	check_sum(0, 0, false);
	check_sum(1, 1, true);
	check_sum(0xFFFFFFFF, 0xFFFFFFFE, true);
	check_sum(0xFFFFFFFF, 0xFFFFFFFF, false);
	check_sum(0xFFFFFFFE, 0xFFFFFFFE, true);
}

static void test_checksum_covers_508_bytes(void **state)
{
	uint8_t bytes[512] = { 0 };

	(void)state;
	assert_int_equal(baseblock_checksum(span_of(bytes, sizeof(bytes))), 1);
	bytes[0] = 0x10;
	assert_int_equal(baseblock_checksum(span_of(bytes, sizeof(bytes))), 0x10);
	bytes[507] = 0x80;
	assert_int_equal(baseblock_checksum(span_of(bytes, sizeof(bytes))), 0x80000010);
	bytes[508] = 0xFF;
	assert_int_equal(baseblock_checksum(span_of(bytes, sizeof(bytes))), 0x80000010);
	memset(bytes, 0, sizeof(bytes));
	memset(bytes + 504, 0xFF, 4);
	assert_int_equal(baseblock_checksum(span_of(bytes, sizeof(bytes))), 0xFFFFFFFE);
}

/* A wrong checksum says nothing of the rest: all bins are looked at. */
static void test_wrong_checksum_takes_the_size_from_the_file(void **state)
{
	struct hive hive = poked32(BASE_DATA_SIZE, 0x7FFFF000, false);

	(void)state;
	assert_true(hives_say_only(&hive, DIAG_BASE_CHECKSUM, BASE_CHECKSUM));
	assert_int_equal(hive.image->state, IMAGE_DAMAGED);
	assert_int_equal(hive.image->bins.len, 4096);
	assert_non_null(hives_value(&hive, "Software", "name"));
	hives_close(&hive);
}

/* ---- fields that are odd ---- */

static void check_odd(size_t offset, uint32_t number)
{
	struct hive hive = poked32(offset, number, true);

	assert_int_equal(hive.opened, STATUS_OK);
	assert_true(hives_say_only(&hive, DIAG_BASE_FIELD, offset));
	assert_int_equal(hive.image->state, IMAGE_CLEAN);
	assert_non_null(hives_value(&hive, "Software", "name"));
	hives_close(&hive);
}

static void test_odd_fields_are_said(void **state)
{
	(void)state;
	check_odd(BASE_MINOR, 7);
	check_odd(BASE_MINOR, 0xFFFFFFFF);
	check_odd(BASE_TYPE, 1);
	check_odd(BASE_TYPE, 0x100);
	check_odd(BASE_FORMAT, 0);
	check_odd(BASE_FORMAT, 2);
	check_odd(BASE_CLUSTER, 0);
	check_odd(BASE_CLUSTER, 8);
}

static void test_known_minor_versions_are_silent(void **state)
{
	(void)state;
	for (uint32_t minor = 2; minor <= 6; minor++) {
		struct hive hive = poked32(BASE_MINOR, minor, true);
		assert_true(hives_are_silent(&hive));
		assert_int_equal(hive.image->cell_header, 4);
		assert_non_null(hives_value(&hive, "Software", "name"));
		hives_close(&hive);
	}
}

static void test_dirty_hive(void **state)
{
	struct hive hive = poked32(BASE_PRIMARY, 8, true);

	(void)state;
	assert_true(hives_say_only(&hive, DIAG_DIRTY_HIVE, BASE_PRIMARY));
	assert_int_equal(hive.image->state, IMAGE_DIRTY);
	assert_non_null(hives_key(&hive, "Software"));
	hives_close(&hive);
	hive = poked32(BASE_SECONDARY, 6, true);
	assert_true(hives_say_only(&hive, DIAG_DIRTY_HIVE, BASE_PRIMARY));
	assert_int_equal(hive.image->state, IMAGE_DIRTY);
	hives_close(&hive);
}

/* ---- how much of the file is believed ---- */

static void check_impossible_size(uint32_t size)
{
	struct hive hive = poked32(BASE_DATA_SIZE, size, true);

	assert_int_equal(hive.opened, STATUS_OK);
	assert_true(hives_say_only(&hive, DIAG_BASE_DATA_SIZE, BASE_DATA_SIZE));
	assert_int_equal(hive.image->state, IMAGE_DAMAGED);
	assert_int_equal(hive.image->bins.len, 4096);
	assert_non_null(hives_value(&hive, "Software", "name"));
	hives_close(&hive);
}

static void test_impossible_data_size(void **state)
{
	(void)state;
	check_impossible_size(0);
	check_impossible_size(4095);
	check_impossible_size(4097);
	check_impossible_size(512);
	check_impossible_size(0xFFFFFFFF);
}

static void check_short(uint32_t size)
{
	struct hive hive = poked32(BASE_DATA_SIZE, size, true);

	assert_true(hives_say_only(&hive, DIAG_FILE_SHORT, 8192));
	assert_int_equal(hive.image->state, IMAGE_DAMAGED);
	assert_int_equal(hive.image->bins.len, 4096);
	assert_non_null(hives_value(&hive, "Software", "name"));
	hives_close(&hive);
}

static void test_file_shorter_than_its_data(void **state)
{
	(void)state;
	check_short(8192);
	check_short(0x80000000);
	check_short(0xFFFFF000);
}

/* Two bins, the header telling of one: the second is remains, not data. */
static void test_data_size_smaller_than_the_bins(void **state)
{
	struct builder *b = finished(3);
	uint8_t data[5000] = { 1 };

	(void)state;
	builder_value_set(b, builder_root(b), "large", BUILDER_BINARY, data,
			  sizeof(data));
	builder_finish(b);
	assert_int_equal(hives_get(b, BASE_DATA_SIZE, 4), 4096 + 8192);
	size_t value = builder_value_offset(b, builder_root(b), "large");
	builder_poke32(b, BASE_DATA_SIZE, 4096);
	builder_checksum(b);
	struct hive hive = hives_open(b);
	assert_int_equal(hive.image->bins.len, 4096);
	assert_true(hives_say(&hive, DIAG_DATA_LOST, value));
	assert_true(hives_say(&hive, DIAG_FILE_TAIL, 8192));
	hives_close(&hive);
}

/*
 * What follows the data is padding, or remains of any kind, and no damage: said
 * from the first byte on that is not zero.
 */
static void check_tail(size_t len, size_t at)
{
	struct builder *b = builder_new(&(struct builder_options){
		.minor = 3, .sequence = 1, .file_step = 524288 });

	builder_key_add(b, builder_root(b), "Software", HIVES_TIME);
	builder_finish(b);
	if (at < len)
		builder_poke8(b, 8192 + at, 0x80);
	struct hive hive = hives_open_part(b, 8192 + len);
	assert_int_equal(hive.image->bins.len, 4096);
	assert_int_equal(hive.image->state, IMAGE_CLEAN);
	assert_true(at < len ? hives_say_only(&hive, DIAG_FILE_TAIL, 8192 + at)
			     : hives_are_silent(&hive));
	assert_int_equal(diag_count_from(hive.diags, DIAG_WARNING), 0);
	assert_non_null(hives_key(&hive, "Software"));
	hives_close(&hive);
}

static void test_tails(void **state)
{
	const size_t lens[] = { 1, 511, 4095, 4096, 4097, 262144 };

	(void)state;
	for (size_t i = 0; i < sizeof(lens) / sizeof(lens[0]); i++) {
		check_tail(lens[i], lens[i]);
		check_tail(lens[i], 0);
		check_tail(lens[i], lens[i] / 2);
		check_tail(lens[i], lens[i] - 1);
	}
}

/* A file cut inside its last page keeps what is there of it. */
static void test_file_cut_inside_a_page(void **state)
{
	struct builder *b = finished(3);
	uint8_t data[5000] = { 1 };

	(void)state;
	builder_value_set(b, builder_root(b), "large", BUILDER_BINARY, data,
			  sizeof(data));
	builder_finish(b);
	struct hive hive = hives_open_part(b, 8192 + 100);
	assert_int_equal(hive.opened, STATUS_OK);
	assert_int_equal(hive.image->state, IMAGE_DAMAGED);
	assert_true(hives_say(&hive, DIAG_FILE_SHORT, 8192 + 100));
	assert_non_null(hives_value(&hive, "Software", "name"));
	hives_close(&hive);
}

static void test_embedded_name_ends_at_its_first_nul(void **state)
{
	struct builder *b = finished(3);

	(void)state;
	for (size_t i = 0; i < 32; i++)
		builder_poke16(b, BASE_NAME + 2 * i, 'x');
	builder_checksum(b);
	struct hive hive = hives_open(b);
	assert_int_equal(text_length(hive.image->base.embedded_name), 32);
	hives_close(&hive);

	b = finished(3);
	builder_poke16(b, BASE_NAME, 'a');
	builder_poke16(b, BASE_NAME + 4, 'b');
	builder_checksum(b);
	hive = hives_open(b);
	assert_true(text_same(hive.image->base.embedded_name, text_of("a")));
	hives_close(&hive);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sound_hive_gives_its_fields),
		cmocka_unit_test(test_smallest_size),
		cmocka_unit_test(test_signature),
		cmocka_unit_test(test_major_version),
		cmocka_unit_test(test_checksum_and_its_special_cases),
		cmocka_unit_test(test_checksum_covers_508_bytes),
		cmocka_unit_test(test_wrong_checksum_takes_the_size_from_the_file),
		cmocka_unit_test(test_odd_fields_are_said),
		cmocka_unit_test(test_known_minor_versions_are_silent),
		cmocka_unit_test(test_dirty_hive),
		cmocka_unit_test(test_impossible_data_size),
		cmocka_unit_test(test_file_shorter_than_its_data),
		cmocka_unit_test(test_data_size_smaller_than_the_bins),
		cmocka_unit_test(test_tails),
		cmocka_unit_test(test_file_cut_inside_a_page),
		cmocka_unit_test(test_embedded_name_ends_at_its_first_nul),
	};

	return UNIT_RUN(tests);
}
