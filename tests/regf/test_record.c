/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Key records: fields and names, what is damaged or odd about them, how deep
 * the walk goes, that no key is read twice; security descriptors.
 */
#include "help/unit.h"

#include "help/hives.h"

#include "regf/record.h"

#include <stdio.h>
#include <string.h>

/* root\parent\child, child having a value "v", and root\sibling. */
struct family {
	struct builder *b;
	builder_key parent, child, sibling;
};

static struct family family(unsigned minor)
{
	struct family f = { .b = hives_new(minor) };

	f.parent = builder_key_add(f.b, builder_root(f.b), "parent", HIVES_TIME + 1);
	f.child = builder_key_add(f.b, f.parent, "child", HIVES_TIME + 2);
	f.sibling = builder_key_add(f.b, builder_root(f.b), "sibling", HIVES_TIME + 3);
	builder_value_dword(f.b, f.child, "v", 1);
	builder_key_touch(f.b, f.parent, HIVES_TIME + 1);
	builder_finish(f.b);
	return f;
}

static struct hive family_poked(unsigned minor, bool child, size_t field, uint32_t number)
{
	struct family f = family(minor);

	builder_poke32(f.b, builder_key_offset(f.b, child ? f.child : f.parent) + field,
		       number);
	return hives_open(f.b);
}

static void test_fields_of_a_sound_key(void **state)
{
	struct family f = family(3);
	size_t record = builder_key_offset(f.b, f.child);
	uint32_t security = hives_get(f.b, record + NK_SECURITY, 4);
	struct hive hive = hives_open(f.b);
	const struct key *child = hives_key(&hive, "parent\\child");

	(void)state;
	assert_true(hives_are_silent(&hive));
	assert_int_equal(hive.tree->n_keys, 4);
	assert_int_equal(hive.tree->n_values, 1);
	assert_true(text_same(key_name(child), text_of("child")));
	assert_true(child->mtime_ft == HIVES_TIME + 2);
	assert_true(child->parent->mtime_ft == HIVES_TIME + 1);
	assert_int_equal(child->record_off, record);
	assert_int_equal(child->security_rel, security);
	assert_int_equal(child->depth, 2);
	assert_int_equal(child->n_values, 1);
	assert_int_equal(child->n_children, 0);
	assert_ptr_equal(child->parent->parent, hive.tree->root);
	assert_null(hive.tree->root->parent);
	struct record_run run = record_key_run(child);
	assert_int_equal(run.file_off, record);
	assert_int_equal(run.len, 76 + 5);
	hives_close(&hive);
}

/* ---- root ---- */

/* The offset leads to no key, but the root is found by its mark: see test_salvage. */
static void check_no_root(struct builder *b, uint32_t root, uint32_t n_keys)
{
	builder_poke32(b, BASE_ROOT, root);
	builder_checksum(b);
	struct hive hive = hives_open(b);
	assert_int_equal(hive.opened, STATUS_OK);
	assert_int_equal(hive.read, STATUS_OK);
	assert_int_equal(hive.tree->n_keys, n_keys);
	assert_true(hives_say(&hive, DIAG_ROOT_LOST, BASE_ROOT));
	hives_close(&hive);
}

static void test_root_offset_that_is_wrong(void **state)
{
	struct family f = family(3);
	uint32_t list = hives_cell_at(builder_key_list_offset(f.b, f.parent));

	(void)state;
	check_no_root(f.b, list, 4);
	f = family(3);
	uint32_t sk = hives_get(f.b, builder_key_offset(f.b, f.child) + NK_SECURITY, 4);
	check_no_root(f.b, sk, 4);
	check_no_root(family(3).b, 0, 4);
	check_no_root(family(3).b, 0x20 + 8, 4);
	check_no_root(family(3).b, 0x20 + 4, 4);
	check_no_root(family(3).b, 4096, 4);
	check_no_root(family(3).b, 0x80000020, 4);
	check_no_root(family(3).b, NIL, 4);
}

/* A freed key is none, and what is freed names no root either. */
static void test_root_that_is_free(void **state)
{
	struct family f = family(3);
	uint32_t sibling = f.sibling;

	(void)state;
	builder_key_delete(f.b, f.sibling, HIVES_TIME);
	builder_finish(f.b);
	check_no_root(f.b, sibling, 3);
}

static void test_root_needs_no_root_flag(void **state)
{
	struct family f = family(3);

	(void)state;
	builder_poke16(f.b, builder_key_offset(f.b, builder_root(f.b)) + NK_FLAGS, 0x20);
	struct hive hive = hives_open(f.b);
	assert_true(hives_are_silent(&hive));
	assert_int_equal(hive.tree->n_keys, 4);
	hives_close(&hive);
}

/* The root's parent field and a backslash in its name mean nothing. */
static void test_root_has_no_parent(void **state)
{
	struct builder *b = builder_new(&(struct builder_options){
		.minor = 3, .root_name = "$$$PROTO.HIV", .sequence = 1 });
	size_t root = builder_key_offset(b, builder_root(b));

	(void)state;
	builder_finish(b);
	builder_poke32(b, root + NK_PARENT, 0x12345678);
	builder_poke8(b, root + NK_NAME, '\\');
	struct hive hive = hives_open(b);
	assert_true(hives_are_silent(&hive));
	hives_close(&hive);
}

/* ---- damaged and odd records ---- */

static void test_wrong_parent_is_said(void **state)
{
	struct hive hive = family_poked(3, true, NK_PARENT, 0x20);

	(void)state;
	assert_true(hives_say_only(&hive, DIAG_KEY_PARENT,
				   hives_key(&hive, "parent\\child")->record_off));
	assert_int_equal(hive.tree->n_keys, 4);
	hives_close(&hive);
}

static void check_no_key(size_t field, uint32_t number)
{
	struct family f = family(3);
	size_t child = builder_key_offset(f.b, f.child);
	builder_poke32(f.b, child + field, number);
	size_t parent = builder_key_offset(f.b, f.parent);
	struct hive hive = hives_open(f.b);

	assert_true(hives_say_only(&hive, DIAG_KEY_DAMAGED, parent));
	assert_int_equal(hives_key(&hive, "parent")->n_children, 0);
	assert_int_equal(hive.tree->n_keys, 3);
	hives_close(&hive);
}

static void test_record_without_signature(void **state)
{
	(void)state;
	check_no_key(0, 0x0020006e);
	check_no_key(0, 0x00206b76);
	check_no_key(0, 0);
}

/* A cell of 72 bytes is too small for a key record of 76, one of 80 is not. */
static void test_cell_too_small_for_a_key(void **state)
{
	struct family f = family(3);
	size_t parent = builder_key_offset(f.b, f.parent);
	size_t child = builder_key_offset(f.b, f.child);
	uint32_t size = 0u - hives_get(f.b, child - 4, 4);

	(void)state;
	assert_int_equal(size, 88);
	builder_poke32(f.b, child - 4, 0u - 72);
	builder_poke32(f.b, child - 4 + 72, 16);
	struct hive hive = hives_open(f.b);
	assert_true(hives_say_only(&hive, DIAG_KEY_DAMAGED, parent));
	assert_int_equal(hives_key(&hive, "parent")->n_children, 0);
	hives_close(&hive);

	f = family(3);
	builder_poke32(f.b, child - 4, 0u - 80);
	builder_poke32(f.b, child - 4 + 80, 8);
	hive = hives_open(f.b);
	/* its name of 5 bytes is not in it any more */
	assert_true(hives_say(&hive, DIAG_KEY_DAMAGED, child));
	assert_int_equal(hives_key(&hive, "parent")->n_children, 1);
	assert_int_equal(hives_key(&hive, "parent")->children[0].name_len, 0);
	hives_close(&hive);
}

/* The cell of "child" has room for 8 bytes of a name. */
static void test_name_longer_than_its_cell(void **state)
{
	struct family f = family(3);
	size_t child = builder_key_offset(f.b, f.child);

	(void)state;
	builder_poke16(f.b, child + NK_NAME_LEN, 8);
	struct hive hive = hives_open(f.b);
	assert_true(hives_are_silent(&hive));
	assert_int_equal(hives_key(&hive, "parent")->children[0].name_len, 8);
	hives_close(&hive);

	for (uint32_t len = 9; len < 0x10000; len += 0xFFF6) {
		f = family(3);
		builder_poke16(f.b, child + NK_NAME_LEN, (uint16_t)len);
		hive = hives_open(f.b);
		assert_true(hives_say_only(&hive, DIAG_KEY_DAMAGED, child));
		const struct key *key = &hives_key(&hive, "parent")->children[0];
		assert_int_equal(key->name_len, 8);
		assert_memory_equal(key->name, "child", 5);
		assert_int_equal(key->n_values, 1);
		hives_close(&hive);
	}
}

static void test_utf16_name_of_odd_length(void **state)
{
	struct builder *b = hives_new(3);
	builder_key key = builder_key_add(b, builder_root(b), "Ключ", HIVES_TIME);
	size_t record = builder_key_offset(b, key);

	(void)state;
	builder_finish(b);
	builder_poke16(b, record + NK_NAME_LEN, 7);
	struct hive hive = hives_open(b);
	assert_true(hives_say_only(&hive, DIAG_KEY_NAME, record));
	assert_int_equal(hive.tree->root->n_children, 1);
	assert_int_equal(hive.tree->root->children[0].name_len, 7);
	hives_close(&hive);
}

static void test_name_with_a_backslash(void **state)
{
	const uint16_t latin[] = { 'a', '\\', 'b' }, wide[] = { 0x43a, '\\', 'b' };
	const uint16_t other[] = { 0x5c43, 'b' };

	(void)state;
	for (unsigned i = 0; i < 2; i++) {
		struct builder *b = hives_new(5);
		builder_key key = builder_key_add_units(b, builder_root(b),
							i ? wide : latin, 3, HIVES_TIME);
		size_t record = builder_key_offset(b, key);
		builder_finish(b);
		struct hive hive = hives_open(b);
		assert_true(hives_say_only(&hive, DIAG_KEY_NAME, record));
		assert_int_equal(hive.tree->root->n_children, 1);
		hives_close(&hive);
	}
	/* the byte of a backslash in another character is none */
	struct builder *b = hives_new(5);
	builder_key_add_units(b, builder_root(b), other, 2, HIVES_TIME);
	builder_finish(b);
	struct hive hive = hives_open(b);
	assert_true(hives_are_silent(&hive));
	hives_close(&hive);
}

static void check_name(const uint16_t *units, size_t n, bool utf16)
{
	struct builder *b = hives_new(5);

	builder_key_add_units(b, builder_root(b), units, n, HIVES_TIME);
	builder_finish(b);
	struct hive hive = hives_open(b);
	assert_true(hives_are_silent(&hive));
	const struct key *key = &hive.tree->root->children[0];
	assert_int_equal(!!(key->flags & KEY_FLAG_NAME_UTF16), utf16);
	assert_int_equal(text_length(key_name(key)), n);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(text_unit(key_name(key), i), units[i]);
	assert_ptr_equal(key_child(hive.tree->root, key_name(key)), key);
	hives_close(&hive);
}

static void test_names_of_both_encodings(void **state)
{
	const uint16_t latin[] = { 'a', 0xE9, 0xFF }, wide[] = { 'a', 0x100 };
	const uint16_t nul[] = { 'a', 0, 'b' }, lone[] = { 0xD800, 'a', 0xDFFF };
	const uint16_t crlf[] = { '\r', '\n', 0x43a };

	(void)state;
	check_name(latin, 3, false);
	check_name(wide, 2, true);
	check_name(nul, 3, false);
	check_name(lone, 3, true);
	check_name(crlf, 3, true);
}

/* Its count of values is something else then. */
static void test_predefined_handle_has_no_values(void **state)
{
	struct family f = family(3);
	size_t child = builder_key_offset(f.b, f.child);

	(void)state;
	builder_poke16(f.b, child + NK_FLAGS, 0x20 | 0x40);
	builder_poke32(f.b, child + NK_VALUES, 0x80000002);
	struct hive hive = hives_open(f.b);
	assert_true(hives_are_silent(&hive));
	assert_int_equal(hives_key(&hive, "parent\\child")->n_values, 0);
	assert_int_equal(hive.tree->n_values, 0);
	hives_close(&hive);
}

static void check_layered(unsigned minor, uint8_t layered, bool tombstone)
{
	struct family f = family(minor);
	size_t child = builder_key_offset(f.b, f.child);

	builder_poke8(f.b, child + NK_LAYERED, layered);
	struct hive hive = hives_open(f.b);
	assert_true(tombstone ? hives_say_only(&hive, DIAG_KEY_TOMBSTONE, child)
			      : hives_are_silent(&hive));
	assert_int_equal(hives_key(&hive, "parent")->n_children, !tombstone);
	hives_close(&hive);
}

static void test_tombstones_of_version_6(void **state)
{
	(void)state;
	check_layered(6, 0, false);
	check_layered(6, 1, true);
	check_layered(6, 0x81, true);
	check_layered(6, 2, false);
	check_layered(6, 3, false);
	check_layered(6, 0x80, false);
	check_layered(5, 1, false);
	check_layered(3, 1, false);
}

/* A class, with and without a cell of its own, is not looked at. */
static void test_class_does_not_matter(void **state)
{
	struct family f = family(3);

	(void)state;
	builder_key_class(f.b, f.child, "Shell");
	builder_finish(f.b);
	struct hive hive = hives_open(f.b);
	assert_true(hives_are_silent(&hive));
	assert_int_equal(hive.tree->n_keys, 4);
	hives_close(&hive);
	hive = family_poked(3, true, NK_NAME_LEN, 5 | 100u << 16);
	assert_true(hives_are_silent(&hive));
	hives_close(&hive);
}

/* ---- depth and cycles ---- */

static struct hive chain(unsigned levels)
{
	struct builder *b = hives_new(3);
	builder_key key = builder_root(b);

	for (unsigned i = 0; i < levels; i++)
		key = builder_key_add(b, key, "k", HIVES_TIME);
	builder_value_dword(b, key, "deepest", levels);
	builder_finish(b);
	return hives_open(b);
}

static void test_depth_limit(void **state)
{
	(void)state;
	for (unsigned levels = 511; levels <= 513; levels++) {
		struct hive hive = chain(levels);
		assert_int_equal(hive.tree->n_keys, levels < 513 ? levels + 1 : 513);
		assert_int_equal(hive.tree->n_values, levels < 513);
		assert_int_equal(diag_count_of(hive.diags, DIAG_DEPTH_LIMIT),
				 levels == 513);
		assert_int_equal(diag_count(hive.diags), levels == 513);
		hives_close(&hive);
	}
}

/* The list of "child" names its own ancestors: each is read once, from above. */
static void test_key_below_itself(void **state)
{
	(void)state;
	for (unsigned i = 0; i < 3; i++) {
		struct family f = family(3);
		const builder_key targets[] = { f.child, f.parent, builder_root(f.b) };
		builder_key_add(f.b, f.child, "x", HIVES_TIME);
		builder_finish(f.b);
		size_t list = builder_key_list_offset(f.b, f.child);
		builder_poke32(f.b, list + LIST_ITEMS, targets[i]);
		struct hive hive = hives_open(f.b);
		assert_int_equal(hive.tree->n_keys, 4);
		assert_int_equal(hives_key(&hive, "parent\\child")->n_children, 0);
		/* What names a parent whose list names it belongs there; the root has none. */
		assert_true(hives_say_only(&hive,
					   i == 2 /* the root */
						   ? DIAG_KEY_REPEATED
						   : DIAG_KEY_ELSEWHERE,
					   hives_data(targets[i])));
		hives_close(&hive);
	}
}

/* ---- security ---- */

static void test_security_descriptor(void **state)
{
	struct family f = family(3);
	struct span descriptor = { 0 };
	size_t sk = hives_data(
		hives_get(f.b, builder_key_offset(f.b, f.child) + NK_SECURITY, 4));
	uint32_t rel = hives_cell_at(sk), len = hives_get(f.b, sk + 16, 4);

	(void)state;
	struct hive hive = hives_open(f.b);
	assert_true(record_security(hive.image,
				    hives_key(&hive, "parent\\child")->security_rel,
				    &descriptor));
	assert_ptr_equal(descriptor.ptr, hive.bytes + sk + 20);
	assert_int_equal(descriptor.len, len);
	/* a key, a nil offset, the middle of the cell: no descriptor */
	assert_false(record_security(hive.image, 0x20, &descriptor));
	assert_false(record_security(hive.image, IMAGE_NIL, &descriptor));
	assert_false(record_security(hive.image, rel + 8, &descriptor));
	hives_close(&hive);
}

static void test_security_longer_than_its_cell(void **state)
{
	struct span descriptor = { 0 };

	(void)state;
	for (uint32_t more = 0; more < 2; more++) {
		struct family f = family(3);
		size_t sk = hives_data(hives_get(
			f.b, builder_key_offset(f.b, f.child) + NK_SECURITY, 4));
		uint32_t room = 0u - hives_get(f.b, sk - 4, 4) - 4 - 20;
		builder_poke32(f.b, sk + 16, room + more);
		struct hive hive = hives_open(f.b);
		assert_int_equal(
			record_security(hive.image, hives_cell_at(sk), &descriptor),
			more == 0);
		hives_close(&hive);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fields_of_a_sound_key),
		cmocka_unit_test(test_root_offset_that_is_wrong),
		cmocka_unit_test(test_root_that_is_free),
		cmocka_unit_test(test_root_needs_no_root_flag),
		cmocka_unit_test(test_root_has_no_parent),
		cmocka_unit_test(test_wrong_parent_is_said),
		cmocka_unit_test(test_record_without_signature),
		cmocka_unit_test(test_cell_too_small_for_a_key),
		cmocka_unit_test(test_name_longer_than_its_cell),
		cmocka_unit_test(test_utf16_name_of_odd_length),
		cmocka_unit_test(test_name_with_a_backslash),
		cmocka_unit_test(test_names_of_both_encodings),
		cmocka_unit_test(test_predefined_handle_has_no_values),
		cmocka_unit_test(test_tombstones_of_version_6),
		cmocka_unit_test(test_class_does_not_matter),
		cmocka_unit_test(test_depth_limit),
		cmocka_unit_test(test_key_below_itself),
		cmocka_unit_test(test_security_descriptor),
		cmocka_unit_test(test_security_longer_than_its_cell),
	};

	return UNIT_RUN(tests);
}
