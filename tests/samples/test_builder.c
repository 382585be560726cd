// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The recipe builder held against the format: every test reads the bytes by itself, with
 * offsets from the specification and numbers from hives that Windows wrote.
 */
#include "help/unit.h"

#include "samples/builder.h"

#include <stdio.h>
#include <string.h>

#define NIL 0xFFFFFFFFu
#define NOON 129782011451468083u /* a FILETIME from a real hive */

struct image {
	uint8_t *bytes;
	size_t len;
};

static uint32_t get(const struct image *image, size_t at, size_t size)
{
	uint32_t number = 0;

	assert_true(at + size <= image->len);
	for (size_t i = 0; i < size; i++)
		number |= (uint32_t)image->bytes[at + i] << (8 * i);
	return number;
}

static struct image finish(struct builder *b)
{
	struct image image;

	builder_finish(b);
	image.bytes = builder_bytes(b, &image.len);
	return image;
}

static struct builder *hive(unsigned minor, bool windows_2000)
{
	return builder_new(&(struct builder_options){
		.minor = minor,
		.windows_2000 = windows_2000,
		.embedded_name = "\\SystemRoot\\System32\\Config\\DEFAULT",
		.root_name = "ROOT",
		.last_written = NOON,
		.sequence = 7,
	});
}

static size_t data_at(uint32_t cell)
{
	return 4096 + (size_t)cell + 4;
}

/* Cells tile every bin, and no two free ones touch. Return: how many are free. */
static size_t check_cells(const struct image *image)
{
	size_t end = 4096 + get(image, 40, 4);
	size_t free_cells = 0;

	for (size_t bin = 4096; bin < end;) {
		size_t bin_end = bin + get(image, bin + 8, 4);
		bool was_free = false;

		assert_memory_equal(image->bytes + bin, "hbin", 4);
		assert_int_equal(get(image, bin + 4, 4), bin - 4096);
		assert_int_equal((bin_end - bin) % 4096, 0);
		bin += 32;
		while (bin < bin_end) {
			int32_t size = (int32_t)get(image, bin, 4);

			assert_int_not_equal(size, 0);
			assert_int_equal(size % 8, 0);
			assert_false(was_free && size > 0);
			was_free = size > 0;
			free_cells += was_free;
			bin += (size_t)(size < 0 ? -size : size);
		}
		assert_int_equal(bin, bin_end);
	}
	return free_cells;
}

static void test_filetime_known_moments_match(void **state)
{
	(void)state;
	assert_int_equal(builder_filetime(1601, 1, 1, 0, 0, 0), 0);
	assert_int_equal(builder_filetime(1970, 1, 1, 0, 0, 0), 116444736000000000);
	assert_int_equal(builder_filetime(2000, 2, 29, 12, 0, 0), 125962992000000000);
	/* 2012-04-06 13:18:27.847 UTC is 0x01cd13f7c0f0dacb in a real profile. */
	assert_int_equal(builder_filetime(2012, 4, 6, 13, 18, 27) / 10000000,
			 0x01cd13f7c0f0dacb / 10000000);
}

static void test_base_block_new_hive_is_clean(void **state)
{
	struct builder *b = hive(3, true);
	struct image image = finish(b);
	uint32_t sum = 0;

	(void)state;
	assert_memory_equal(image.bytes, "regf", 4);
	assert_int_equal(get(&image, 4, 4), 7);
	assert_int_equal(get(&image, 8, 4), 7);
	assert_int_equal(get(&image, 12, 4), (uint32_t)NOON);
	assert_int_equal(get(&image, 20, 4), 1);
	assert_int_equal(get(&image, 24, 4), 3);
	assert_int_equal(get(&image, 36, 4), 0x20);
	assert_int_equal(get(&image, 40, 4), 4096);
	/* A real DEFAULT hive holds the same tail: "temRoot\System32\Config\DEFAULT". */
	assert_memory_equal(image.bytes + 48, "t\0e\0m\0R\0o\0o\0t\0\\", 15);
	for (size_t i = 0; i < 508; i += 4)
		sum ^= get(&image, i, 4);
	assert_int_equal(get(&image, 508, 4), sum);
	assert_int_equal(image.len, 8192);
	builder_free(b);
}

static void test_file_step_pads_with_zeros(void **state)
{
	struct builder *b = builder_new(&(struct builder_options){
		.minor = 5, .file_step = 0x40000, .root_name = "ROOT" });
	struct image image = finish(b);

	(void)state;
	assert_int_equal(image.len, 0x40000);
	assert_int_equal(get(&image, 0x3FFFC, 4), 0);
	builder_free(b);
}

static void test_key_name_form_follows_characters(void **state)
{
	struct builder *b = hive(3, false);
	builder_key latin = builder_key_add(b, builder_root(b), "ëigenaardig", NOON);
	builder_key greek = builder_key_add(b, builder_root(b), "Ελλάδα", NOON);
	uint16_t units[] = { 'a', 0xD800, 0, 'b' };
	builder_key raw = builder_key_add_units(b, builder_root(b), units, 4, NOON);
	struct image image = finish(b);

	(void)state;
	assert_int_equal(get(&image, data_at(latin) + 2, 2), 0x20);
	assert_int_equal(get(&image, data_at(latin) + 72, 2), 11);
	assert_int_equal(image.bytes[data_at(latin) + 76], 0xEB);
	assert_int_equal(get(&image, data_at(greek) + 2, 2), 0);
	assert_int_equal(get(&image, data_at(greek) + 72, 2), 12);
	assert_memory_equal(image.bytes + data_at(raw) + 76, "a\0\0\xd8\0\0b\0", 8);
	assert_int_equal(builder_key_find(b, builder_root(b), "Ëigenaardig"), latin);
	assert_int_equal(builder_key_find(b, builder_root(b), "ΕΛΛΆΔΑ"), greek);
	assert_int_equal(builder_key_find(b, builder_root(b), "nowhere"), BUILDER_NO_KEY);
	builder_free(b);
}

static void test_list_kind_follows_version(void **state)
{
	(void)state;
	for (unsigned minor = 3; minor <= 6; minor++) {
		struct builder *b = hive(minor, false);
		builder_key key = builder_path(b, "Software", NOON);
		struct image image = finish(b);
		size_t list = builder_key_list_offset(b, builder_root(b));

		assert_memory_equal(image.bytes + list, minor < 5 ? "lf" : "lh", 2);
		assert_int_equal(get(&image, list + 4, 4), key);
		/* The hash stands beside "Software" in an NTUSER.DAT of Windows 10. */
		if (minor < 5)
			assert_memory_equal(image.bytes + list + 8, "Soft", 4);
		else
			assert_int_equal(get(&image, list + 8, 4), 0xE9FE1463);
		builder_free(b);
	}
}

static void test_list_li_on_request(void **state)
{
	struct builder *b = builder_new(&(struct builder_options){
		.minor = 5, .li_lists = true, .root_name = "ROOT" });
	builder_key second = builder_path(b, "b", NOON);
	builder_key first = builder_path(b, "A", NOON);
	struct image image = finish(b);
	size_t list = builder_key_list_offset(b, builder_root(b));

	(void)state;
	assert_memory_equal(image.bytes + list, "li\2\0", 4);
	assert_int_equal(get(&image, list + 4, 4), first);
	assert_int_equal(get(&image, list + 8, 4), second);
	builder_free(b);
}

/* Walks a list in the image. Return: its number of keys, whose names must ascend. */
static uint32_t check_order(const struct image *image, size_t list, char *last)
{
	uint32_t n = get(image, list + 2, 2);
	uint32_t keys = 0;

	if (memcmp(image->bytes + list, "ri", 2) == 0) {
		for (uint32_t i = 0; i < n; i++)
			keys += check_order(
				image, data_at(get(image, list + 4 + 4 * i, 4)), last);
		return keys;
	}
	assert_in_range(n, 1, 500);
	for (uint32_t i = 0; i < n; i++) {
		size_t key = data_at(get(image, list + 4 + 8 * i, 4));
		char name[16] = "";

		memcpy(name, image->bytes + key + 76, get(image, key + 72, 2));
		assert_true(strcmp(last, name) < 0);
		memcpy(last, name, sizeof(name));
	}
	return n;
}

static void test_list_beyond_500_keys_gets_index_root(void **state)
{
	struct builder *b = hive(5, false);
	builder_key top = builder_path(b, "top", NOON);
	char name[16];
	char last[16] = "";

	(void)state;
	for (unsigned i = 0; i < 3000; i++) {
		snprintf(name, sizeof(name), "K%05u", i * 7919 % 3000);
		builder_key_add(b, top, name, NOON);
	}
	for (unsigned i = 0; i < 3000; i += 3) {
		snprintf(name, sizeof(name), "k%05u", i);
		builder_key_delete(b, builder_key_find(b, top, name), NOON);
	}
	struct image image = finish(b);
	size_t list = builder_key_list_offset(b, top);
	assert_memory_equal(image.bytes + list, "ri", 2);
	assert_int_equal(check_order(&image, list, last), 2000);
	assert_int_equal(get(&image, builder_key_offset(b, top) + 20, 4), 2000);
	check_cells(&image);
	builder_free(b);
}

static void test_value_small_data_stand_in_record(void **state)
{
	struct builder *b = hive(3, false);
	builder_key key = builder_root(b);

	(void)state;
	builder_value_set(b, key, "three", BUILDER_BINARY, "abc", 3);
	builder_value_set(b, key, "five", BUILDER_BINARY, "abcde", 5);
	builder_value_set(b, key, "", BUILDER_NONE, NULL, 0);
	struct image image = finish(b);
	size_t three = builder_value_offset(b, key, "THREE");
	assert_int_equal(get(&image, three + 4, 4), 0x80000003);
	assert_memory_equal(image.bytes + three + 8, "abc\0", 4);
	size_t five = builder_value_offset(b, key, "five");
	assert_int_equal(get(&image, five + 4, 4), 5);
	assert_memory_equal(image.bytes + data_at(get(&image, five + 8, 4)), "abcde", 5);
	size_t unnamed = builder_value_offset(b, key, "");
	assert_int_equal(get(&image, unnamed + 2, 2), 0);
	assert_int_equal(get(&image, unnamed + 4, 4), 0x80000000);
	builder_free(b);
}

static void test_value_big_data_only_from_version_4(void **state)
{
	static uint8_t data[50000];

	(void)state;
	memset(data, '2', sizeof(data));
	for (unsigned minor = 3; minor <= 4; minor++) {
		struct builder *b = hive(minor, false);

		builder_value_set(b, builder_root(b), "v", BUILDER_BINARY, data,
				  sizeof(data));
		struct image image = finish(b);
		size_t value = builder_value_offset(b, builder_root(b), "v");
		size_t db = data_at(get(&image, value + 8, 4));
		if (minor == 3) {
			assert_memory_equal(image.bytes + db, data, sizeof(data));
		} else {
			assert_memory_equal(image.bytes + db, "db", 2);
			assert_int_equal(get(&image, db + 2, 2), 4);
			size_t list = data_at(get(&image, db + 4, 4));
			size_t last = data_at(get(&image, list + 12, 4));
			assert_memory_equal(image.bytes + last, data, 50000 - 3 * 16344);
			assert_int_equal((int32_t)get(&image, last - 4, 4), -16352);
		}
		check_cells(&image);
		builder_free(b);
	}
}

/* As in DeletedDataHive of yarp's tests: a value stays in the slot past the count. */
static void test_value_delete_keeps_last_slot(void **state)
{
	struct builder *b = hive(5, false);
	builder_key key = builder_path(b, "123", NOON);

	(void)state;
	builder_value_string(b, key, "v1", "123");
	builder_value_string(b, key, "v2", "456");
	builder_value_string(b, key, "v3", "789");
	struct image image = finish(b);
	size_t list = builder_key_values_offset(b, key);
	uint32_t second = get(&image, list + 4, 4);
	uint32_t third = get(&image, list + 8, 4);
	builder_value_delete(b, key, "v2");
	image = finish(b);
	assert_int_equal(get(&image, builder_key_offset(b, key) + 36, 4), 2);
	assert_int_equal(get(&image, list + 4, 4), third);
	assert_int_equal(get(&image, list + 8, 4), third);
	assert_memory_equal(image.bytes + data_at(second), "vk", 2);
	assert_true((int32_t)get(&image, 4096 + second, 4) > 0);
	builder_free(b);
}

static void test_key_delete_leaves_record_as_windows_does(void **state)
{
	struct builder *b = hive(5, false);
	builder_key parent = builder_path(b, "1\\2", NOON);
	builder_key key = builder_path(b, "1\\2\\3", NOON);
	builder_key leaf = builder_path(b, "1\\2\\3\\4", NOON);

	(void)state;
	builder_value_string(b, key, "value", "some text");
	builder_value_string(b, leaf, "value", "some text");
	struct image image = finish(b);
	uint32_t values = get(&image, data_at(key) + 40, 4);
	builder_key_delete(b, key, NOON + 5);
	image = finish(b);

	assert_int_equal(get(&image, data_at(parent) + 4, 4), (uint32_t)(NOON + 5));
	assert_int_equal(get(&image, data_at(parent) + 20, 4), 0);
	assert_int_equal(get(&image, data_at(parent) + 28, 4), NIL);
	assert_int_equal(get(&image, data_at(parent) + 52, 4), 0);
	assert_memory_equal(image.bytes + data_at(key), "nk", 2);
	assert_int_equal(get(&image, data_at(key) + 4, 4), (uint32_t)(NOON + 5));
	assert_int_equal(get(&image, data_at(key) + 16, 4), parent);
	assert_int_equal(get(&image, data_at(key) + 20, 4), 0);
	assert_int_equal(get(&image, data_at(key) + 28, 4), NIL);
	assert_int_equal(get(&image, data_at(key) + 36, 4), 1);
	assert_int_equal(get(&image, data_at(key) + 40, 4), values);
	/* A leaf keeps its own time: nothing was removed below it. */
	assert_int_equal(get(&image, data_at(leaf) + 4, 4), (uint32_t)NOON);
	assert_true(check_cells(&image) > 0);
	builder_free(b);
}

static void test_windows_2000_links_every_free_cell(void **state)
{
	struct builder *b = hive(3, true);
	builder_key first = builder_path(b, "first", NOON);
	builder_key second = builder_path(b, "second", NOON);

	(void)state;
	builder_key_delete(b, first, NOON + 1);
	struct image image = finish(b);
	assert_memory_not_equal(image.bytes + data_at(first), "nk", 2);
	assert_memory_equal(image.bytes + data_at(first) + 76, "first", 5);
	assert_memory_equal(image.bytes + data_at(second), "nk", 2);
	check_cells(&image);
	for (size_t at = 4096 + 32; at < image.len;) {
		int32_t size = (int32_t)get(&image, at, 4);

		if (size > 0) {
			uint32_t link = get(&image, at + 4, 4);

			assert_true(link == NIL ||
				    (int32_t)get(&image, 4096 + link, 4) > 0);
		}
		at += (size_t)(size < 0 ? -size : size);
	}
	builder_free(b);
}

/*
 * The first list of values leaves a hole of 8 bytes when it grows. The data behind it
 * merge with the hole and keep their head; the record before it is freed alone and loses
 * its own.
 */
static void test_windows_2000_merged_cell_keeps_head(void **state)
{
	struct builder *b = hive(3, true);
	builder_key key = builder_root(b);

	(void)state;
	builder_value_set(b, key, "a", BUILDER_BINARY, "0123456789", 10);
	builder_value_set(b, key, "b", BUILDER_BINARY, "9876543210", 10);
	struct image image = finish(b);
	size_t value = builder_value_offset(b, key, "a");
	size_t data = builder_value_data_offset(b, key, "a");
	assert_int_equal(get(&image, data - 12, 4), 8);
	builder_value_delete(b, key, "a");
	image = finish(b);
	assert_memory_equal(image.bytes + data, "0123456789", 10);
	assert_memory_not_equal(image.bytes + value, "vk", 2);
	assert_int_equal(get(&image, value + 4, 4), 10);
	assert_memory_equal(image.bytes + value + 20, "a", 1);
	builder_free(b);
}

static void test_security_one_cell_counts_its_keys(void **state)
{
	struct builder *b = hive(5, false);
	builder_key key = builder_path(b, "a\\b", NOON);

	(void)state;
	builder_key_security(b, key, "S-1-5-21-1-2-3-1001");
	struct image image = finish(b);
	size_t shared = data_at(get(&image, data_at(builder_root(b)) + 44, 4));
	size_t own = data_at(get(&image, data_at(key) + 44, 4));
	assert_memory_equal(image.bytes + shared, "sk", 2);
	assert_int_equal(get(&image, shared + 12, 4), 2);
	assert_int_equal(get(&image, own + 12, 4), 1);
	assert_int_equal(data_at(get(&image, shared + 4, 4)), own);
	builder_key_delete(b, key, NOON);
	image = finish(b);
	assert_int_equal(data_at(get(&image, shared + 4, 4)), shared);
	builder_free(b);
}

static void test_copy_holds_all_of_the_original(void **state)
{
	static uint8_t data[40000];
	struct builder *b = hive(5, false);
	builder_key key = builder_path(b, "Profiles\\old\\9207f3e0", NOON);
	size_t len;

	(void)state;
	data[39999] = 0xA5;
	builder_value_set(b, key, "big", BUILDER_BINARY, data, sizeof(data));
	builder_value_string(b, key, "001e3001", "Outlook Address Book");
	builder_key_class(b, key, "Shell");
	builder_key list = builder_path(b, "Profiles", NOON);
	builder_key copy = builder_key_copy(b, builder_key_find(b, list, "old"), list,
					    "new", NOON + 9);
	builder_key inner = builder_key_find(b, copy, "9207F3E0");
	assert_int_not_equal(inner, BUILDER_NO_KEY);
	assert_memory_equal(builder_value_data(b, inner, "001e3001", &len),
			    builder_value_data(b, key, "001e3001", &len), 42);
	struct image image = finish(b);
	assert_int_equal(get(&image, data_at(inner) + 4, 4), (uint32_t)(NOON + 9));
	assert_int_equal(get(&image, data_at(inner) + 74, 2), 10);
	size_t value = builder_value_offset(b, inner, "big");
	size_t segments = data_at(get(&image, data_at(get(&image, value + 8, 4)) + 4, 4));
	size_t last = data_at(get(&image, segments + 8, 4));
	assert_int_equal(image.bytes[last + 39999 - 2 * 16344], 0xA5);
	builder_free(b);
}

static void test_clone_is_independent_and_equal(void **state)
{
	struct builder *b = hive(5, false);

	(void)state;
	builder_path(b, "Software\\Microsoft", NOON);
	struct image image = finish(b);
	struct builder *clone = builder_clone(b);
	struct image copy = finish(clone);
	assert_int_equal(image.len, copy.len);
	assert_memory_equal(image.bytes, copy.bytes, image.len);
	builder_key_delete(clone, builder_path(clone, "Software", NOON), NOON);
	assert_int_not_equal(builder_key_find(b, builder_root(b), "Software\\Microsoft"),
			     0);
	builder_free(clone);
	builder_free(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_filetime_known_moments_match),
		cmocka_unit_test(test_base_block_new_hive_is_clean),
		cmocka_unit_test(test_file_step_pads_with_zeros),
		cmocka_unit_test(test_key_name_form_follows_characters),
		cmocka_unit_test(test_list_kind_follows_version),
		cmocka_unit_test(test_list_li_on_request),
		cmocka_unit_test(test_list_beyond_500_keys_gets_index_root),
		cmocka_unit_test(test_value_small_data_stand_in_record),
		cmocka_unit_test(test_value_big_data_only_from_version_4),
		cmocka_unit_test(test_value_delete_keeps_last_slot),
		cmocka_unit_test(test_key_delete_leaves_record_as_windows_does),
		cmocka_unit_test(test_windows_2000_links_every_free_cell),
		cmocka_unit_test(test_windows_2000_merged_cell_keeps_head),
		cmocka_unit_test(test_security_one_cell_counts_its_keys),
		cmocka_unit_test(test_copy_holds_all_of_the_original),
		cmocka_unit_test(test_clone_is_independent_and_equal),
	};

	return UNIT_RUN(tests);
}
