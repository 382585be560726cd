/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Hives of Windows 2000, whose kernel writes the link of a free list over the
 * first four bytes of a freed cell: keys and values without signature, lists
 * without their first element, data without their head.
 */
#include "help/unit.h"

#include "help/apart.h"
#include "help/recoveredkeys.h"

#include <stdlib.h>
#include <string.h>

#define INFERRED_KEY (RECOVERED_INFERRED_KIND | RECOVERED_INFERRED_ENCODING)
#define INFERRED_VALUE (RECOVERED_INFERRED_KIND | RECOVERED_INFERRED_NAME_LENGTH)

static struct builder_options options(void)
{
	return (struct builder_options){ .minor = 3,
					 .windows_2000 = true,
					 .last_written = HIVES_TIME,
					 .sequence = 7 };
}

static struct apart named(const char *first, const char *second)
{
	struct builder_options of_2000 = options();

	return apart_new(&of_2000, first, second);
}

/* All bytes of the data but the four that the link is over. */
static bool is_head_lost(const struct value *value, const void *bytes, size_t len)
{
	return value->data_len == len && value->declared_len == len &&
	       (value->flags & VALUE_FLAG_HEAD_LOST) &&
	       memcmp(value->data, "\xfd\xff\xfd\xff", 4) == 0 &&
	       memcmp(value->data + 4, (const char *)bytes + 4, len - 4) == 0;
}

/* ---- every head is lost ---- */

static void test_all_heads_lost(void **state)
{
	struct apart t = apart_2000();

	(void)state;
	apart_delete(&t);
	struct recoveredkeys l = recoveredkeys_of(t.b);
	assert_int_equal(l.found->style, FREECELLS_WINDOWS_2000);
	assert_int_equal(l.found->n_keys, 1);
	const struct key *key = recoveredkeys_key(&l, "parent\\gone");
	assert_int_equal(key->record_off, t.record);
	assert_int_equal(key->mtime_ft, LATER(1));
	assert_int_equal(recoveredkeys_of_key(&l, key)->inferred, INFERRED_KEY);
	assert_int_equal(recoveredkeys_of_key(&l, key)->certainty, RECOVERED_CERTAIN);
	assert_int_equal(recoveredkeys_of_key(&l, key)->n_values_recorded, 2);
	/* The second one is named by what is left of the list, the first by nothing. */
	assert_int_equal(key->n_values, 1);
	assert_int_equal(recoveredkeys_of_value(&l, "parent\\gone", "other")->inferred,
			 INFERRED_VALUE);
	const struct value *first = recoveredkeys_lone(&l, "first");
	assert_non_null(first);
	assert_int_equal(first->record_off, t.first_record);
	assert_int_equal(l.found->lone_info[first->position].inferred, INFERRED_VALUE);
	recoveredkeys_close(&l);
}

static void test_heads_of_data(void **state)
{
	struct apart t = apart_2000();

	(void)state;
	apart_delete(&t);
	struct recoveredkeys l = recoveredkeys_of(t.b);
	assert_true(is_head_lost(recoveredkeys_lone(&l, "first"), APART_FIRST_DATA,
				 APART_FIRST_LEN));
	assert_true(is_head_lost(recoveredkeys_value(&l, "parent\\gone", "other"),
				 APART_SECOND_DATA, APART_SECOND_LEN));
	const struct recovered_value *info =
		recoveredkeys_of_value(&l, "parent\\gone", "other");
	assert_int_equal(info->n_head_lost, 4);
	assert_int_equal(info->n_head_inferred, 0);
	assert_int_equal(info->runs[0].offset, t.second_data);
	assert_int_equal(info->runs[0].len, APART_SECOND_LEN);
	assert_false(info->data_lost);
	recoveredkeys_close(&l);
}

static void test_inferred_head(void **state)
{
	struct apart t = apart_2000();

	(void)state;
	apart_delete(&t);
	struct recoveredkeys l = recoveredkeys_of(t.b);
	const struct key *key = recoveredkeys_key(&l, "parent\\gone");
	const struct value *value = recoveredkeys_value(&l, "parent\\gone", "other");
	assert_int_equal(recovered_infer_head(l.found, key, value,
					      (const uint8_t *)APART_SECOND_DATA),
			 STATUS_OK);
	assert_true(recoveredkeys_data_is(value, APART_SECOND_DATA, APART_SECOND_LEN));
	assert_false(value->flags & VALUE_FLAG_HEAD_LOST);
	const struct recovered_value *info =
		recoveredkeys_of_value(&l, "parent\\gone", "other");
	assert_int_equal(info->n_head_lost, 0);
	assert_int_equal(info->n_head_inferred, 4);
	assert_int_equal(info->inferred, INFERRED_VALUE | RECOVERED_INFERRED_DATA);
	recoveredkeys_check(l.hive.image, l.keys, l.found);
	recoveredkeys_close(&l);
}

/* ---- names of values ---- */

static void check_name(const char *name)
{
	struct apart t = named("first", name);

	apart_delete(&t);
	struct recoveredkeys l = recoveredkeys_of(t.b);
	const struct value *value = recoveredkeys_value(&l, "parent\\gone", name);
	assert_int_equal(value->record_off, t.second_record);
	assert_true(text_same(value_name(value), text_of(name)));
	recoveredkeys_close(&l);
}

/* Its length is not known: what fills the cell up is not part of it. */
static void test_names_of_all_lengths(void **state)
{
	static const char *const names[] = { "a name of some characters",
					     "001f3001",
					     "101e6613",
					     "S001f3d0b",
					     "Preferences UID",
					     "{ED475418-B0D6-11D2-8C3B-00104B2A6676}" };
	char name[32];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		check_name(names[i]);
	for (size_t n = 0; n <= 24; n++) {
		memcpy(name, "zyxwvutsrqponmlkjihgzyxw", 24);
		name[n] = '\0';
		check_name(name);
	}
}

/* Bytes behind the name that look as if they were part of it. */
static struct apart padded(const char *name, size_t n)
{
	struct apart t = named("first", name);

	apart_delete(&t);
	for (size_t i = 0; i < n; i++)
		builder_poke8(t.b, t.second_record + VK_NAME + strlen(name) + i, 'A');
	return t;
}

/* The key remembers the length of its longest name. */
static void test_name_longer_than_the_key_had(void **state)
{
	struct apart t = padded("other", 3);

	(void)state;
	struct recoveredkeys l = recoveredkeys_of(t.b);
	assert_int_equal(recoveredkeys_value(&l, "parent\\gone", "other")->name_len, 5);
	recoveredkeys_close(&l);
}

/* Names of properties are known from the inside, even where keys remember nothing. */
static void test_names_of_properties(void **state)
{
	enum { NK_MAX_VALUE_NAME = 60 };
	struct apart t = padded("S001f3001", 7);

	(void)state;
	builder_poke32(t.b, builder_key_offset(t.b, t.keeper) + NK_MAX_VALUE_NAME, 0);
	struct recoveredkeys l = recoveredkeys_of(t.b);
	assert_int_equal(recoveredkeys_value(&l, "parent\\gone", "S001f3001")->name_len,
			 9);
	recoveredkeys_close(&l);
}

/* So are those of the settings of an account: what fills their cell up is no part of them. */
static void test_names_of_accounts(void **state)
{
	enum { NK_MAX_VALUE_NAME = 60 };
	static const struct {
		const char *name;
		size_t padding;
	} names[] = {
		{ "POP3 Server", 5 },
		{ "Email", 7 },
		{ "SMTP Use Auth", 3 },
		{ "NextAccountID", 3 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct apart t = padded(names[i].name, names[i].padding);
		builder_poke32(t.b, builder_key_offset(t.b, t.keeper) + NK_MAX_VALUE_NAME,
			       0);
		struct recoveredkeys l = recoveredkeys_of(t.b);
		assert_int_equal(
			recoveredkeys_value(&l, "parent\\gone", names[i].name)->name_len,
			strlen(names[i].name));
		recoveredkeys_close(&l);
	}
}

/* A longer name that begins like one: where a known one would end no cell begins. */
static void test_name_that_begins_as_a_known_one(void **state)
{
	(void)state;
	check_name("Email address");
	check_name("Account Name of it");
}

/* ---- cells that were merged ---- */

/* A hive with some short free cells, so that its style can be told. */
static struct builder *with_holes(void)
{
	struct builder_options of_2000 = options();
	struct builder *b = builder_new(&of_2000);
	builder_key filler = builder_path(b, "filler", HIVES_TIME);
	char name[] = "a";

	for (; name[0] < 'u'; name[0]++)
		builder_value_dword(b, filler, name, 0);
	for (name[0] = 'a'; name[0] < 'u'; name[0]++)
		builder_value_set(b, filler, name, BUILDER_BINARY, "12345678", 8);
	return b;
}

/* root\live with four values, the last two in neighbouring cells, which are deleted. */
static struct builder *neighbours(const char *third, const char *fourth, bool third_first)
{
	struct builder *b = with_holes();
	builder_key live = builder_path(b, "live", HIVES_TIME);

	builder_value_dword(b, live, "first value", 1);
	builder_value_dword(b, live, "second value", 2);
	builder_value_dword(b, live, third, 3);
	builder_value_dword(b, live, fourth, 4);
	size_t at_third = builder_value_offset(b, live, third);
	size_t at_fourth = builder_value_offset(b, live, fourth);
	assert_int_equal(at_fourth, at_third + (20 + strlen(third) + 4 + 7) / 8 * 8);
	builder_value_delete(b, live, third_first ? third : fourth);
	builder_value_delete(b, live, third_first ? fourth : third);
	builder_finish(b);
	return b;
}

static void check_neighbours(const char *third, bool third_first)
{
	struct recoveredkeys l =
		recoveredkeys_of(neighbours(third, "the fourth", third_first));
	const struct value *values[2] = { recoveredkeys_lone(&l, third),
					  recoveredkeys_lone(&l, "the fourth") };

	assert_int_equal(l.found->style, FREECELLS_WINDOWS_2000);
	if (!values[0])
		values[0] = recoveredkeys_value(&l, "live", third);
	if (!values[1])
		values[1] = recoveredkeys_value(&l, "live", "the fourth");
	assert_true(recoveredkeys_data_is(values[0], "\3\0\0\0", 4));
	assert_true(recoveredkeys_data_is(values[1], "\4\0\0\0", 4));
	/* The head of the merged cell is lost, that of what was merged with it is not. */
	uint32_t cell = hives_cell_at(values[1]->record_off);
	assert_false(cellmap_has(&l.hive.image->free, cell));
	const uint8_t *head = l.hive.bytes + values[1]->record_off;
	assert_int_equal(memcmp(head, "vk", 2) == 0, third_first);
	recoveredkeys_close(&l);
}

/* The name at the end of its old cell, which the merged cell's size does not tell. */
static void test_merged_cells(void **state)
{
	static const char *const names[] = { "the third", "Display",
					     "Display1",  "001f3001",
					     "S001f3001", "the third value of it" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		check_neighbours(names[i], false);
		check_neighbours(names[i], true);
	}
}

/* Data that were merged with what stood before them keep their head. */
static void test_data_with_their_head(void **state)
{
	static const char data[] = "0123456789012345678901234567890123456789";
	struct builder *b = with_holes();
	builder_key gone = builder_path(b, "live\\gone", LATER(1));
	char name[] = "value 0";

	(void)state;
	for (; name[6] <= '9'; name[6]++)
		builder_value_dword(b, gone, name, 0);
	for (name[6] = '0'; name[6] <= '9'; name[6]++)
		builder_value_set(b, gone, name, BUILDER_BINARY, data, 40);
	/* All data one behind the other: only the first were free alone. */
	assert_int_equal(builder_value_data_offset(b, gone, "value 9"),
			 builder_value_data_offset(b, gone, "value 0") + 9 * 48);
	builder_key_delete(b, gone, LATER(2));
	builder_finish(b);
	struct recoveredkeys l = recoveredkeys_of(b);
	for (name[6] = '1'; name[6] <= '9'; name[6]++)
		assert_true(recoveredkeys_data_is(
			recoveredkeys_value(&l, "live\\gone", name), data, 40));
	recoveredkeys_close(&l);
}

/* ---- names of keys ---- */

/* A deleted key of that name, whose cell was free alone. */
static void check_key_name(const uint16_t *units, size_t n, struct text name)
{
	struct builder_options of_2000 = options();
	struct apart t = { .b = builder_new(&of_2000) };
	const size_t size = (76 + name.bytes.len + 4 + 7) / 8 * 8;
	const size_t sizes[] = { 16, 24, 32, 40, 48, 56, 64, size };

	t.keeper = builder_path(t.b, "keeper", HIVES_TIME);
	builder_key live = builder_path(t.b, "live", HIVES_TIME);
	builder_path(t.b, "live\\old", HIVES_TIME);
	apart_holes(&t, sizes, ARRAY_LEN(sizes));
	builder_key gone = builder_key_add_units(t.b, live, units, n, LATER(1));
	size_t record = builder_key_offset(t.b, gone);
	builder_key_delete(t.b, gone, LATER(2));
	builder_finish(t.b);
	struct recoveredkeys l = recoveredkeys_of(t.b);
	const struct key *key = recoveredkeys_record(&l, record);
	assert_non_null(key);
	assert_int_equal(recoveredkeys_of_key(&l, key)->inferred, INFERRED_KEY);
	assert_true(text_same(key_name(key), name));
	recoveredkeys_close(&l);
}

/* Nothing says whether a name is Latin-1 but its bytes. */
static void test_encodings_of_keys(void **state)
{
	static const uint16_t cyrillic[] = { 0x418, 0x43c, 0x44f };
	static const uint16_t umlauts[] = { 'G', 'r', 0xf6, 0xdf, 'e' };
	static const uint16_t mixed[] = { 'a', 'b', 0x101, 0x153, 'z' };

	(void)state;
	check_key_name(
		cyrillic, 3,
		(struct text){ span_of("\x18\x04\x3c\x04\x4f\x04", 6), TEXT_UTF16LE });
	check_key_name(umlauts, 5, text_of("Gr\xf6\xdf\x65"));
	check_key_name(
		mixed, 5,
		(struct text){ span_of("a\0b\0\x01\x01\x53\x01z\0", 10), TEXT_UTF16LE });
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all_heads_lost),
		cmocka_unit_test(test_heads_of_data),
		cmocka_unit_test(test_inferred_head),
		cmocka_unit_test(test_names_of_all_lengths),
		cmocka_unit_test(test_name_longer_than_the_key_had),
		cmocka_unit_test(test_names_of_properties),
		cmocka_unit_test(test_names_of_accounts),
		cmocka_unit_test(test_name_that_begins_as_a_known_one),
		cmocka_unit_test(test_merged_cells),
		cmocka_unit_test(test_data_with_their_head),
		cmocka_unit_test(test_encodings_of_keys),
	};

	return UNIT_RUN(tests);
}
