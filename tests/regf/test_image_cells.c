/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Bins and cells: what is unsound is said and passed over, what stands behind
 * it is still read; only starts of sound cells can be referred to.
 */
#include "help/unit.h"

#include "help/hives.h"

#include <stdio.h>
#include <string.h>

#define PAGE 4096u

/*
 * Three bins: the first holds the root, its list and key "a"; the second and the
 * third a value's data each ("two", "three" of the root), 4,000 bytes.
 */
struct three {
	struct builder *b;
	builder_key a;
	size_t two, three; /* file offsets of the data */
};

static struct three three_bins(void)
{
	struct three t = { .b = hives_new(3) };
	builder_key root = builder_root(t.b);
	uint8_t data[4000];

	memset(data, 0x22, sizeof(data));
	t.a = builder_key_add(t.b, root, "a", HIVES_TIME);
	/* All records go into the first bin before the data come. */
	builder_value_dword(t.b, root, "two", 0);
	builder_value_dword(t.b, root, "three", 0);
	builder_value_set(t.b, root, "two", BUILDER_BINARY, data, sizeof(data));
	builder_value_set(t.b, root, "three", BUILDER_BINARY, data, sizeof(data));
	builder_finish(t.b);
	t.two = builder_value_data_offset(t.b, root, "two");
	t.three = builder_value_data_offset(t.b, root, "three");
	assert_int_equal(hives_get(t.b, BASE_DATA_SIZE, 4), 3 * PAGE);
	assert_int_equal(t.two, FIRST_BIN + PAGE + 32 + 4);
	assert_int_equal(t.three, FIRST_BIN + 2 * PAGE + 32 + 4);
	return t;
}

static void check_sound(const struct hive *hive, const char *name)
{
	const struct value *value = hives_value(hive, "", name);

	assert_int_equal(value->data_len, 4000);
	assert_int_equal(value->data[0], 0x22);
	assert_int_equal(value->data[3999], 0x22);
}

static void test_sound_bins(void **state)
{
	struct hive hive = hives_open(three_bins().b);

	(void)state;
	assert_true(hives_are_silent(&hive));
	assert_int_equal(hive.image->state, IMAGE_CLEAN);
	check_sound(&hive, "two");
	check_sound(&hive, "three");
	hives_close(&hive);
}

/* Bin n (0 to 2) with one field spoilt. */
static struct hive open_spoilt(struct three *t, unsigned n, size_t field, uint32_t number)
{
	builder_poke32(t->b, FIRST_BIN + n * PAGE + field, number);
	struct hive hive = hives_open(t->b);
	assert_int_equal(hive.opened, STATUS_OK);
	return hive;
}

/* Offset, size and cells are right: the bin is read, and no byte is missing. */
static void test_bad_signature(void **state)
{
	static const uint32_t signatures[] = { 0, 0x6e696268 ^ 0x01000000 };

	(void)state;
	for (unsigned i = 0; i < 6; i++) {
		struct three t = three_bins();
		struct hive hive = open_spoilt(&t, i / 2, 0, signatures[i % 2]);
		assert_true(hives_say_only(&hive, DIAG_BIN_SIGNATURE,
					   FIRST_BIN + i / 2 * PAGE));
		assert_int_equal(hive.image->gaps.n, 0);
		assert_non_null(hives_key(&hive, "a"));
		check_sound(&hive, "two");
		check_sound(&hive, "three");
		hives_close(&hive);
	}
}

/* Without its signature and with a cell that does not fit, it is no bin any more. */
static void test_bad_signature_and_cell(void **state)
{
	struct three t = three_bins();

	(void)state;
	builder_poke32(t.b, t.two - 4, 3);
	struct hive hive = open_spoilt(&t, 1, 0, 0);
	assert_true(hives_say(&hive, DIAG_BIN_DAMAGED, FIRST_BIN + PAGE));
	assert_int_equal(hive.image->state, IMAGE_DAMAGED);
	assert_int_equal(hive.image->gaps.n, 1);
	assert_int_equal(hive.image->gaps.items[0].kind, GAP_UNMAPPED);
	check_sound(&hive, "three");
	hives_close(&hive);
}

/* A bin that tells another place is not this hive's: nothing of it is read. */
static void check_foreign(unsigned n, uint32_t rel)
{
	struct three t = three_bins();
	size_t lost = n == 0 ? 0
			     : builder_value_offset(t.b, builder_root(t.b),
						    n == 1 ? "two" : "three");
	struct hive hive = open_spoilt(&t, n, 4, rel);
	struct span cell;

	assert_true(hives_say(&hive, DIAG_BIN_FOREIGN, FIRST_BIN + n * PAGE));
	assert_int_equal(hive.image->state, IMAGE_DAMAGED);
	assert_int_equal(hive.image->gaps.n, 1);
	assert_int_equal(hive.image->gaps.items[0].kind, GAP_FOREIGN);
	assert_int_equal(hive.image->gaps.items[0].rel, n * PAGE);
	assert_int_equal(hive.image->gaps.items[0].len, PAGE);
	assert_int_equal(image_cell(hive.image, hives_cell_at(t.two), &cell), n != 1);
	assert_int_equal(image_cell(hive.image, hives_cell_at(t.three), &cell), n != 2);
	if (n == 0) {
		assert_int_equal(hive.read, STATUS_MALFORMED);
		assert_true(hives_say(&hive, DIAG_ROOT_LOST, BASE_ROOT));
	} else {
		assert_true(hives_say(&hive, DIAG_DATA_LOST, lost));
		assert_non_null(hives_key(&hive, "a"));
		check_sound(&hive, n == 1 ? "three" : "two");
	}
	hives_close(&hive);
}

static void test_bad_own_offset(void **state)
{
	(void)state;
	for (unsigned n = 0; n < 3; n++) {
		check_foreign(n, n * PAGE + 1);
		check_foreign(n, (n + 1) * PAGE);
	}
}

/* No map tells its cells; what live records lead to is read all the same. */
static void check_unmapped(unsigned n, uint32_t size)
{
	struct three t = three_bins();
	struct hive hive = open_spoilt(&t, n, 8, size);

	assert_true(hives_say(&hive, DIAG_BIN_DAMAGED, FIRST_BIN + n * PAGE));
	assert_int_equal(diag_count_of(hive.diags, DIAG_BIN_DAMAGED), 1);
	assert_int_equal(hive.image->state, IMAGE_DAMAGED);
	assert_int_equal(image_is_unmapped(hive.image, n * PAGE + 32), true);
	assert_non_null(hives_key(&hive, "a"));
	check_sound(&hive, "two");
	check_sound(&hive, "three");
	hives_close(&hive);
}

static void test_impossible_bin_size(void **state)
{
	(void)state;
	for (unsigned n = 0; n < 3; n++) {
		check_unmapped(n, 0);
		check_unmapped(n, 4095);
		check_unmapped(n, 4097);
		check_unmapped(n, 0xFFFFFFFF);
	}
}

/* The last bin claims more than there is: what it holds is still read. */
static void test_last_bin_past_the_end(void **state)
{
	const uint32_t sizes[] = { 2 * PAGE, 0x7FFFF000, 0xFFFFF000 };

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		struct three t = three_bins();
		builder_poke32(t.b, FIRST_BIN + 2 * PAGE + 8, sizes[i]);
		struct hive hive = hives_open(t.b);
		assert_true(
			hives_say_only(&hive, DIAG_BIN_DAMAGED, FIRST_BIN + 2 * PAGE));
		assert_int_equal(hive.image->state, IMAGE_DAMAGED);
		check_sound(&hive, "two");
		check_sound(&hive, "three");
		hives_close(&hive);
	}
}

/*
 * A bin whose size covers the next one, which is sound: one damaged field must
 * not cost the bins behind it.
 */
static void test_bin_that_covers_the_next(void **state)
{
	const uint32_t sizes[] = { 2 * PAGE, 3 * PAGE, 0x7FFFF000 };

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		struct three t = three_bins();
		builder_poke32(t.b, FIRST_BIN + 8, sizes[i]);
		struct hive hive = hives_open(t.b);
		assert_int_equal(hive.image->state, IMAGE_DAMAGED);
		assert_non_null(hives_key(&hive, "a"));
		check_sound(&hive, "two");
		check_sound(&hive, "three");
		hives_close(&hive);
	}
}

/* A bin of several pages that says it has one: its first cell still ends in it. */
static void test_bin_that_ends_too_early(void **state)
{
	struct builder *b = hives_new(3);
	uint8_t data[5000] = { 0 };

	(void)state;
	builder_key_add(b, builder_root(b), "a", HIVES_TIME);
	builder_value_set(b, builder_root(b), "large", BUILDER_BINARY, data,
			  sizeof(data));
	builder_finish(b);
	builder_poke32(b, FIRST_BIN + PAGE + 8, PAGE);
	struct hive hive = hives_open(b);
	assert_true(hives_say(&hive, DIAG_CELL_DAMAGED, FIRST_BIN + PAGE + 32));
	assert_int_equal(hive.image->state, IMAGE_DAMAGED);
	assert_non_null(hives_key(&hive, "a"));
	hives_close(&hive);
}

/* ---- cells ---- */

/* Gives the cell of key "a" another size: the keys before it are read. */
static void check_bad_cell(uint32_t size)
{
	struct three t = three_bins();
	size_t cell = builder_key_offset(t.b, t.a) - 4;

	builder_poke32(t.b, cell, size);
	struct hive hive = hives_open(t.b);
	assert_true(hives_say(&hive, DIAG_CELL_DAMAGED, cell));
	assert_int_equal(diag_count_of(hive.diags, DIAG_CELL_DAMAGED), 1);
	assert_int_equal(hive.image->state, IMAGE_DAMAGED);
	assert_int_equal(hive.read, STATUS_OK);
	struct span data;
	assert_false(image_cell(hive.image, (uint32_t)cell - FIRST_BIN, &data));
	/* The other bins have nothing to do with it. */
	assert_true(image_cell(hive.image, hives_cell_at(t.two), &data));
	hives_close(&hive);
}

static void test_impossible_cell_size(void **state)
{
	(void)state;
	check_bad_cell(0);
	check_bad_cell(4);
	check_bad_cell(0u - 4);
	check_bad_cell(7);
	check_bad_cell(0u - 84);
	check_bad_cell(0u - 81);
	check_bad_cell(1);
	check_bad_cell(0x80000000); /* INT32_MIN has no positive counterpart */
	check_bad_cell(0x7FFFFFF8);
	check_bad_cell(0x80000008);
}

/* One cell that fills its bin, and then is larger than it by 8 bytes. */
static void test_cell_at_the_end_of_its_bin(void **state)
{
	struct three t = three_bins();
	struct span data;

	(void)state;
	builder_poke32(t.b, t.three - 4, 0u - (PAGE - 32));
	struct hive hive = hives_open(t.b);
	assert_true(hives_are_silent(&hive));
	assert_true(image_cell(hive.image, hives_cell_at(t.three), &data));
	assert_int_equal(data.len, PAGE - 32 - 4);
	hives_close(&hive);

	t = three_bins();
	builder_poke32(t.b, t.three - 4, 0u - (PAGE - 24));
	hive = hives_open(t.b);
	assert_true(hives_say(&hive, DIAG_CELL_DAMAGED, t.three - 4));
	assert_false(image_cell(hive.image, hives_cell_at(t.three), &data));
	hives_close(&hive);
}

/* The smallest cell has 8 bytes, of which 4 hold data. */
static void test_smallest_cell(void **state)
{
	struct builder *b = hives_new(3);
	uint32_t cell = hives_cell(b, 12);
	struct span data;

	(void)state;
	assert_int_equal(hives_get(b, hives_data(cell) - 4, 4), 0u - 16);
	builder_poke32(b, hives_data(cell) - 4, 0u - 8);
	builder_poke32(b, hives_data(cell) + 4, 8);
	builder_finish(b);
	struct hive hive = hives_open(b);
	assert_true(hives_are_silent(&hive));
	assert_true(image_cell(hive.image, cell, &data));
	assert_int_equal(data.len, 4);
	assert_false(image_cell(hive.image, cell + 8, &data));
	hives_close(&hive);
}

static void test_only_starts_of_allocated_cells_can_be_had(void **state)
{
	struct three t = three_bins();
	uint32_t two = hives_cell_at(t.two);
	uint32_t free_cell = two + 4000 + 8; /* behind the data in their bin */
	struct span data;

	(void)state;
	assert_true((int32_t)hives_get(t.b, FIRST_BIN + free_cell, 4) > 0);
	struct hive hive = hives_open(t.b);
	assert_true(image_cell(hive.image, two, &data));
	assert_ptr_equal(data.ptr, hive.bytes + t.two);
	assert_int_equal(data.len, 4004);
	for (uint32_t off = 1; off < 64; off++)
		assert_false(image_cell(hive.image, two + off, &data));
	assert_false(image_cell(hive.image, free_cell, &data));
	assert_false(image_cell(hive.image, 0, &data));
	assert_false(image_cell(hive.image, PAGE, &data));
	assert_false(image_cell(hive.image, 3 * PAGE, &data));
	assert_false(image_cell(hive.image, 3 * PAGE + 32, &data));
	assert_false(image_cell(hive.image, 0x80000020, &data));
	assert_false(image_cell(hive.image, IMAGE_NIL, &data));
	assert_false(image_cell(hive.image, IMAGE_NIL - 7, &data));
	hives_close(&hive);
}

/* Free cells are counted, and those of a spoilt bin are not. */
static void test_free_cells_are_counted(void **state)
{
	struct three t = three_bins();
	size_t n = 0;

	(void)state;
	for (uint32_t rel = 0; rel < 3 * PAGE;) {
		rel += rel % PAGE == 0 ? 32 : 0;
		int32_t size = (int32_t)hives_get(t.b, FIRST_BIN + rel, 4);
		n += size > 0;
		rel += (uint32_t)(size < 0 ? -size : size);
	}
	struct hive hive = hives_open(t.b);
	assert_int_equal(hive.image->n_free, n);
	hives_close(&hive);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sound_bins),
		cmocka_unit_test(test_bad_signature),
		cmocka_unit_test(test_bad_signature_and_cell),
		cmocka_unit_test(test_bad_own_offset),
		cmocka_unit_test(test_impossible_bin_size),
		cmocka_unit_test(test_last_bin_past_the_end),
		cmocka_unit_test(test_bin_that_covers_the_next),
		cmocka_unit_test(test_bin_that_ends_too_early),
		cmocka_unit_test(test_impossible_cell_size),
		cmocka_unit_test(test_cell_at_the_end_of_its_bin),
		cmocka_unit_test(test_smallest_cell),
		cmocka_unit_test(test_only_starts_of_allocated_cells_can_be_had),
		cmocka_unit_test(test_free_cells_are_counted),
	};

	return UNIT_RUN(tests);
}
