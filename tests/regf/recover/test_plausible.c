/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether bytes can be a key or value: every bound from both sides. */
#include "help/unit.h"

#include "base/array.h"
#include "regf/recover/plausible.h"

#include <string.h>

#define NIL 0xFFFFFFFFu

enum { SPACE = 8192 };

static struct search search_of(void)
{
	static const uint8_t space[SPACE];

	return (struct search){
		.space = span_of(space, sizeof(space)),
		.oldest_ft = 1000,
		.newest_ft = 2000,
	};
}

static void put32(uint8_t *field, uint32_t number)
{
	for (size_t i = 0; i < 4; i++)
		field[i] = (uint8_t)(number >> 8 * i);
}

static void put16(uint8_t *field, uint16_t number)
{
	field[0] = (uint8_t)number;
	field[1] = (uint8_t)(number >> 8);
}

/* ---- names ---- */

struct name {
	const char *bytes;
	size_t len;
	enum text_encoding encoding;
	bool key, value; /* can be the name of one */
};

#define LATIN1(bytes) bytes, sizeof(bytes) - 1, TEXT_LATIN1
#define UTF16(bytes) bytes, sizeof(bytes) - 1, TEXT_UTF16LE

static void test_names(void **state)
{
	static const struct name names[] = {
		{ LATIN1("a name"), true, true },
		{ LATIN1(""), true, true },
		{ LATIN1("Gr\xf6\xdf\x65"), true, true },
		{ LATIN1("a\\b"), false, true },
		{ LATIN1("a\1\2\3\4\5"), true, true },
		{ LATIN1("a\1\2\3\4\5\6"), false, false },
		{ LATIN1("\1"), false, false },
		{ LATIN1("\1a"), true, true },
		{ UTF16("a\0b\0"), true, true },
		{ UTF16("a\0b"), false, false },
		{ UTF16("\\\0"), false, true },
		{ UTF16("\xfd\xff"), false, false },
		{ UTF16("\xfe\xff"), false, false },
		{ UTF16("\xff\xff"), false, false },
		{ UTF16("\xfc\xff"), true, true },
		{ UTF16("\x3d\xd8\x00\xde"), true, true },   /* a pair */
		{ UTF16("\x3d\xd8"), false, false },	     /* its first half */
		{ UTF16("\x3d\xd8\x61\x00"), false, false }, /* and another unit */
		{ UTF16("\x00\xde"), false, false },	     /* its second half */
		{ UTF16("\xff\xd7\x00\xe0"), true, true },   /* those beside them */
		{ UTF16("\xff\xdb\xff\xdf"), true, true },   /* the last pair */
		{ UTF16("\x00\xd8\x00\xdc\x00\xd8"), false,
		  false }, /* cut behind a pair */
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct text name = { span_of(names[i].bytes, names[i].len),
				     names[i].encoding };
		if (plausible_name(name, true) != names[i].key ||
		    plausible_name(name, false) != names[i].value)
			fail_msg("name %zu", i);
	}
}

/* ---- keys ---- */

static struct reader_key_wire key_wire(void)
{
	struct reader_key_wire wire = { 0 };

	put32(wire.time, 1500);
	put32(wire.parent, 0x20);
	put32(wire.subkeys, NIL);
	put32(wire.values, NIL);
	put32(wire.security, NIL);
	put32(wire.class_name, NIL);
	put16(wire.name_len, 4);
	return wire;
}

/* A field set to a number, everything else as in a sound record. */
static bool with32(size_t offset, uint32_t number)
{
	struct search search = search_of();
	struct reader_key_wire wire = key_wire();

	put32((uint8_t *)&wire + offset, number);
	return plausible_key(&search, &wire);
}

#define FIELD(name) offsetof(struct reader_key_wire, name)

static void test_times_of_keys(void **state)
{
	struct search search = search_of();
	struct reader_key_wire wire = key_wire();

	(void)state;
	assert_true(plausible_key(&search, &wire));
	assert_false(with32(FIELD(time), 999));
	assert_true(with32(FIELD(time), 1000));
	assert_true(with32(FIELD(time), 2000));
	assert_false(with32(FIELD(time), 2001));
	/* None at all, where live keys have none either. */
	assert_false(with32(FIELD(time), 0));
	put32(wire.time, 0);
	search.zero_times = true;
	assert_true(plausible_key(&search, &wire));
	put32(wire.time, 1);
	assert_false(plausible_key(&search, &wire));
}

static void test_lengths_of_names(void **state)
{
	struct search search = search_of();
	struct reader_key_wire wire = key_wire();

	(void)state;
	put16(wire.name_len, 0);
	assert_false(plausible_key(&search, &wire));
	put16(wire.name_len, 1);
	assert_true(plausible_key(&search, &wire));
	put16(wire.name_len, 510);
	assert_true(plausible_key(&search, &wire));
	put16(wire.name_len, 511);
	assert_false(plausible_key(&search, &wire));
}

/* Cells begin at multiples of 8, and not where the first bin's header does. */
static void test_places_of_keys(void **state)
{
	(void)state;
	assert_false(with32(FIELD(parent), 0));
	assert_true(with32(FIELD(parent), 8));
	assert_false(with32(FIELD(parent), 12));
	assert_true(with32(FIELD(parent), SPACE - 8));
	assert_false(with32(FIELD(parent), SPACE));
	assert_false(with32(FIELD(parent), NIL));
	assert_true(with32(FIELD(security), 0x40));
	assert_false(with32(FIELD(security), 0x44));
	/* A list only counts if the record has something in it. */
	assert_true(with32(FIELD(subkeys), 3));
	assert_true(with32(FIELD(values), 3));
	assert_true(with32(FIELD(class_name), 3));
}

/* A parent's offset that is none, of a record that is sound in all else, or is not. */
static bool with_parent(uint32_t parent, char mark, uint32_t security, bool has_security)
{
	static uint8_t space[SPACE];
	struct search search = search_of();
	struct reader_key_wire wire = key_wire();

	memset(space, 0, sizeof(space));
	space[0x40] = 0x40; /* a free cell of 64 bytes */
	memcpy(space + 0x40 + 4, has_security ? "sk" : "sl", 2);
	search.space = span_of(space, sizeof(space));
	search.cell_header = 4;
	wire.signature[0] = (uint8_t)mark;
	wire.signature[1] = 'k';
	put32(wire.parent, parent);
	put32(wire.security, security);
	return plausible_key(&search, &wire);
}

static void test_parents_out_of_place(void **state)
{
	static const uint32_t none[] = { 0, 12, 0x21, SPACE, 0xfffffff8, NIL };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(none); i++) {
		assert_true(with_parent(none[i], 'n', 0x40, true));
		assert_false(with_parent(none[i], 'm', 0x40, true));
		assert_false(with_parent(none[i], 'n', 0x40, false));
		assert_false(with_parent(none[i], 'n', 0x48, true));
		assert_false(with_parent(none[i], 'n', NIL, true));
	}
	assert_true(with_parent(8, 'm', NIL, false));
}

static void test_counts_of_keys(void **state)
{
	struct search search = search_of();
	struct reader_key_wire wire = key_wire();

	(void)state;
	/* With a count there must be a list. */
	assert_false(with32(FIELD(n_subkeys), 1));
	assert_false(with32(FIELD(n_values), 1));
	put32(wire.subkeys, 0x40);
	put32(wire.values, 0x40);
	put32(wire.n_subkeys, SPACE / 76);
	put32(wire.n_values, SPACE / 4);
	assert_true(plausible_key(&search, &wire));
	put32(wire.n_subkeys, SPACE / 76 + 1);
	assert_false(plausible_key(&search, &wire));
	put32(wire.n_subkeys, 0);
	put32(wire.n_values, SPACE / 4 + 1);
	assert_false(plausible_key(&search, &wire));
	/* There the count is something else. */
	put16(wire.flags, READER_KEY_PREDEFINED_HANDLE);
	assert_true(plausible_key(&search, &wire));
}

static void test_class_of_keys(void **state)
{
	struct search search = search_of();
	struct reader_key_wire wire = key_wire();

	(void)state;
	put16(wire.class_len, 2);
	assert_false(plausible_key(&search, &wire));
	put32(wire.class_name, 0x40);
	assert_true(plausible_key(&search, &wire));
}

/* ---- values ---- */

static bool value_with(uint32_t size, uint32_t data)
{
	struct search search = search_of();
	struct reader_value_wire wire = { 0 };

	put32(wire.data_size, size);
	put32(wire.data, data);
	return plausible_value(&search, &wire);
}

static void test_values(void **state)
{
	(void)state;
	/* Inline: up to four bytes, whatever they are. */
	assert_true(value_with(0x80000000, 3));
	assert_true(value_with(0x80000004, 3));
	assert_false(value_with(0x80000005, 0x40));
	assert_false(value_with(0xFFFFFFFF, 0x40));
	/* Without data the place does not count. */
	assert_true(value_with(0, 3));
	assert_true(value_with(1, 0x40));
	assert_false(value_with(1, 0x44));
	assert_false(value_with(1, NIL));
	assert_false(value_with(1, SPACE));
	assert_true(value_with(SPACE, 0x40));
	assert_false(value_with(SPACE + 1, 0x40));
}

static void test_types(void **state)
{
	(void)state;
	assert_true(plausible_type(0));
	assert_true(plausible_type(11)); /* REG_QWORD is the last one with a name */
	assert_false(plausible_type(12));
	assert_false(plausible_type(0xfffeffff));
	assert_true(plausible_type(0xffff0000));
	assert_true(plausible_type(0xffffffff));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_times_of_keys),
		cmocka_unit_test(test_lengths_of_names),
		cmocka_unit_test(test_places_of_keys),
		cmocka_unit_test(test_parents_out_of_place),
		cmocka_unit_test(test_counts_of_keys),
		cmocka_unit_test(test_class_of_keys),
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_types),
	};

	return UNIT_RUN(tests);
}
