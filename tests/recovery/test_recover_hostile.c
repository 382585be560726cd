/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Free bytes that are no deleted profile: random ones, records with one field
 * that no record has, copies of other hives, records that name each other.  None
 * is taken for a profile, and the search ends.
 */
#include "help/unit.h"

#include "help/recoveredhive.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* xorshift64 (G. Marsaglia): the same bytes for the same seed. */
static uint64_t next(uint64_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed;
}

static uint8_t *random_bytes(uint64_t seed, size_t len)
{
	uint8_t *bytes = malloc(len);

	assert_non_null(bytes);
	for (size_t i = 0; i < len; i++)
		bytes[i] = (uint8_t)(next(&seed) >> 32);
	return bytes;
}

/* The styles of hives that differ in what is looked for. */
static const struct builder_options styles[] = {
	{ .minor = 5 },
	{ .minor = 3 },
	{ .minor = 3, .windows_2000 = true },
	{ .minor = 1 },
};

/* With a live profile and, in Windows 2000, enough free cells to tell. */
static struct builder *host(size_t style)
{
	struct builder_options options = styles[style];

	options.last_written = pair_made();
	options.sequence = 1;
	struct builder *b = builder_new(&options);
	pair_add(b, PAIR_PROFILES, "Home", 1);
	return b;
}

static void add_junk(struct builder *b, const uint8_t *bytes, size_t len)
{
	builder_key key = builder_path(b, "Software\\Junk", pair_made());

	builder_value_set(b, key, "junk", BUILDER_BINARY, bytes, len);
}

static void delete_junk(struct builder *b)
{
	builder_key_delete(b, builder_path(b, "Software\\Junk", 0), pair_changed());
	builder_finish(b);
}

/* ---- random bytes ---- */

static void test_random_bytes(void **state)
{
	enum { LEN = 400000 };

	(void)state;
	for (size_t style = 0; style < ARRAY_LEN(styles); style++)
		for (uint64_t seed = 1; seed <= 3; seed++) {
			struct builder *b = host(style);
			uint8_t *bytes = random_bytes(seed, LEN);
			add_junk(b, bytes, LEN);
			free(bytes);
			delete_junk(b);
			struct recoveredhive_hive h =
				recoveredhive_hive_of(hives_open(b));
			assert_int_equal(h.recovery->n_profiles, 0);
			/* The key that held them, and no other. */
			assert_int_equal(h.recovery->recovered->n_keys, 1);
			recoveredhive_hive_close(&h);
		}
}

/* In many cells of all sizes. */
static void test_random_bytes_in_many_cells(void **state)
{
	(void)state;
	for (size_t style = 0; style < ARRAY_LEN(styles); style++) {
		struct builder *b = host(style);
		uint64_t seed = 99 + style;
		char name[16];
		for (unsigned i = 0; i < 1000; i++) {
			size_t len = 5 + (size_t)(next(&seed) % 400);
			uint8_t *bytes = random_bytes(seed, len);
			(void)snprintf(name, sizeof(name), "%u", i);
			builder_key key = builder_path(b, "Software\\Junk", pair_made());
			builder_value_set(b, builder_key_add(b, key, name, pair_made()),
					  "v", BUILDER_BINARY, bytes, len);
			free(bytes);
		}
		delete_junk(b);
		struct recoveredhive_hive h = recoveredhive_hive_of(hives_open(b));
		assert_int_equal(h.recovery->n_profiles, 0);
		assert_true(h.recovery->recovered->n_keys <= 1001);
		recoveredhive_hive_close(&h);
	}
}

/* ---- copies of hives in values ---- */

/* A hive in which profiles were deleted, and others are live. */
static uint8_t *other_hive(size_t style, size_t *len)
{
	struct builder *b = host(style);

	pair_add(b, PAIR_PROFILES, "Work", 2);
	pair_add(b, PAIR_PROFILES, "Spare", 3);
	builder_key_delete(b, pair_key(b, PAIR_PROFILES "\\Work"), pair_changed());
	builder_finish(b);
	const uint8_t *bytes = builder_bytes(b, len);
	uint8_t *copy = malloc(*len + 4);
	assert_non_null(copy);
	memset(copy, 0, 4);
	memcpy(copy + 4, bytes, *len);
	builder_free(b);
	return copy;
}

/* No cell of the copy stands where one of the hive could. */
static void test_copies_of_hives(void **state)
{
	(void)state;
	for (size_t style = 0; style < 3; style++)
		for (size_t of = 0; of < 3; of++) {
			struct builder *b = host(style);
			size_t len = 0;
			uint8_t *copy = other_hive(of, &len);
			add_junk(b, copy + 4, len);
			free(copy);
			delete_junk(b);
			struct recoveredhive_hive h =
				recoveredhive_hive_of(hives_open(b));
			assert_int_equal(h.recovery->n_profiles, 0);
			assert_int_equal(h.recovery->recovered->n_keys, 1);
			recoveredhive_hive_close(&h);
		}
}

/*
 * Moved by four bytes they do, and so do the longer cell headers of old versions:
 * then nothing is told twice, and no more is asked.
 */
static void test_copies_at_the_steps_of_cells(void **state)
{
	(void)state;
	for (size_t style = 0; style < ARRAY_LEN(styles); style++)
		for (size_t moved = 0; moved < 2; moved++) {
			struct builder *b = host(style);
			size_t len = 0;
			uint8_t *copy = other_hive(moved ? style : 3, &len);
			add_junk(b, copy + 4 - 4 * moved, len + 4 * moved);
			free(copy);
			delete_junk(b);
			struct recoveredhive_hive h =
				recoveredhive_hive_of(hives_open(b));
			recoveredhive_hive_close(&h);
		}
}

/* ---- records with one field spoilt ---- */

/* Takes one of the freed records at these offsets of the file and spoils it. */
typedef void spoil(struct builder *b, size_t record, uint32_t number);

static void put_word(struct builder *b, size_t record, size_t field, uint32_t number)
{
	builder_poke32(b, record + field, number);
}

#define SPOIL(name, field)                                                               \
	static void name(struct builder *b, size_t record, uint32_t number)              \
	{                                                                                \
		put_word(b, record, field, number);                                      \
	}
SPOIL(spoil_time, 8)
SPOIL(spoil_n_values, NK_VALUES)
SPOIL(spoil_security, NK_SECURITY)
SPOIL(spoil_size, (size_t)-4)

static void spoil_signature(struct builder *b, size_t record, uint32_t number)
{
	builder_poke16(b, record, (uint16_t)number);
}

static void spoil_flags(struct builder *b, size_t record, uint32_t number)
{
	builder_poke16(b, record + NK_FLAGS, (uint16_t)number);
}

/* Subkeys are told of, but no list of them. */
static void spoil_subkeys(struct builder *b, size_t record, uint32_t number)
{
	put_word(b, record, NK_SUBKEYS, number);
	put_word(b, record, NK_LIST, NIL);
}

static void spoil_name_len(struct builder *b, size_t record, uint32_t number)
{
	builder_poke16(b, record + NK_NAME_LEN, (uint16_t)number);
}

static void spoil_class_len(struct builder *b, size_t record, uint32_t number)
{
	builder_poke16(b, record + NK_NAME_LEN + 2, (uint16_t)number);
}

static void spoil_name(struct builder *b, size_t record, uint32_t number)
{
	builder_poke8(b, record + NK_NAME + 1, (uint8_t)number);
}

static void spoil_encoding(struct builder *b, size_t record, uint32_t number)
{
	/* UTF-16 from now on, and what is spelled there is no character. */
	builder_poke16(b, record + NK_FLAGS, 0);
	builder_poke16(b, record + NK_NAME, (uint16_t)number);
}

static const struct {
	spoil *spoil;
	uint32_t number;
} spoils[] = {
	{ spoil_signature, 0x6b6d },
	{ spoil_signature, 0 },
	{ spoil_flags, 0x0420 },
	{ spoil_flags, 0x0820 },
	{ spoil_time, 0 },
	{ spoil_time, 0x01b00000 },
	{ spoil_time, 0x02000000 },
	{ spoil_subkeys, 1 },
	{ spoil_subkeys, 0x10000000 },
	{ spoil_n_values, 0x10000000 },
	{ spoil_security, 0x24 },
	{ spoil_security, 0x10000000 },
	{ spoil_name_len, 0 },
	{ spoil_name_len, 511 },
	{ spoil_name_len, 0xffff },
	{ spoil_class_len, 8 },
	{ spoil_name, '\\' },
	{ spoil_encoding, 0xfffd },
	{ spoil_encoding, 0xdc00 },
	{ spoil_encoding, 0xfffe },
	{ spoil_size, 0 },
	{ spoil_size, 76 },
	{ spoil_size, 0u - 76 },
	{ spoil_size, 84 },
	{ spoil_size, 0x80000000 },
	{ spoil_size, 0x7ffffff9 },
};

struct records {
	struct builder *b;
	size_t at[64], n;
};

static void collect(struct records *r, builder_key key)
{
	assert_true(r->n < ARRAY_LEN(r->at));
	r->at[r->n++] = builder_key_offset(r->b, key);
}

/* A deleted profile and the records of its keys, with those of a profile beside it. */
static struct records deleted_profile(void)
{
	struct records r = { .b = host(0) };
	struct hive hive;

	pair_add(r.b, PAIR_PROFILES, "Work", 2);
	builder_key work = pair_key(r.b, PAIR_PROFILES "\\Work");
	builder_finish(r.b);
	hive = hives_open(builder_clone(r.b));
	const struct key *top = hives_key(&hive, PAIR_PROFILES "\\Work");
	for (const struct key *key = top; key; key = key_next(top, key))
		collect(&r, hives_cell_at(key->record_off));
	hives_close(&hive);
	builder_key_delete(r.b, work, pair_changed());
	builder_finish(r.b);
	return r;
}

static void test_near_records(void **state)
{
	(void)state;
	struct records r = deleted_profile();
	struct recoveredhive_hive h =
		recoveredhive_hive_of(hives_open(builder_clone(r.b)));
	assert_int_equal(h.recovery->n_profiles, 1);
	assert_int_equal(h.recovery->recovered->n_keys, r.n);
	recoveredhive_hive_close(&h);
	for (size_t i = 0; i < ARRAY_LEN(spoils); i++) {
		struct builder *b = builder_clone(r.b);
		for (size_t k = 0; k < r.n; k++) {
			/* The head of the free cell keeps the size that tiles the bin. */
			bool sized = spoils[i].spoil == spoil_size;
			if (sized && hives_get(b, r.at[k] - 4, 4) > 4096)
				continue;
			spoils[i].spoil(b, r.at[k], spoils[i].number);
		}
		struct hive hive = hives_open(b);
		h = recoveredhive_hive_of(hive);
		if (h.recovery->n_profiles > 0 || h.recovery->recovered->n_keys > 1)
			fail_msg("%zu: %zu keys, %zu profiles", i,
				 h.recovery->recovered->n_keys, h.recovery->n_profiles);
		recoveredhive_hive_close(&h);
	}
	builder_free(r.b);
}

/*
 * Sound but for the parent's offset they are keys; yet where nothing tells that two had
 * one parent, they are no profile.
 */
static void test_parents_out_of_place(void **state)
{
	static const uint32_t none[] = { 0, 0x24, NIL, 0x10000000 };

	(void)state;
	struct records r = deleted_profile();
	for (size_t i = 0; i < ARRAY_LEN(none); i++) {
		struct builder *b = builder_clone(r.b);
		for (size_t k = 0; k < r.n; k++)
			builder_poke32(b, r.at[k] + NK_PARENT, none[i]);
		struct recoveredhive_hive h = recoveredhive_hive_of(hives_open(b));
		assert_int_equal(h.recovery->recovered->n_keys, r.n);
		assert_int_equal(h.recovery->n_profiles, none[i] == 0x10000000);
		recoveredhive_hive_close(&h);
	}
	builder_free(r.b);
}

enum { VALUES = 20 };

/* Deleted values, all with data in cells of their own, of a key. */
static struct builder *deleted_values(size_t records[VALUES])
{
	struct builder *b = host(0);
	builder_key gone = builder_path(b, "Software\\Gone", pair_made());
	char name[8];

	for (unsigned k = 0; k < VALUES; k++) {
		(void)snprintf(name, sizeof(name), "%04u", k);
		builder_value_set(b, gone, name, BUILDER_BINARY, "0123456789", 10);
		records[k] = builder_value_offset(b, gone, name);
	}
	builder_key_delete(b, gone, pair_changed());
	builder_finish(b);
	return b;
}

/* What is no value's record is none of the key's, nor by itself. */
static void test_near_values(void **state)
{
	static const struct {
		size_t field, size;
		uint32_t number;
	} fields[] = {
		{ 0, 2, 0x6b77 },	    /* no signature */
		{ VK_SIZE, 4, 0x80000005 }, /* more than stand in the record */
		{ VK_SIZE, 4, 0x10000000 }, /* more than the file has */
		{ VK_DATA, 4, 0x24 },	    /* between cells */
		{ VK_DATA, 4, 0x10000000 }, /* behind the file */
		{ VK_NAME_LEN, 2, 100 },    /* longer than its cell */
		{ VK_NAME, 4, 0x01010101 }, /* nothing but control characters */
		{ (size_t)-4, 4, 24 },	    /* a cell too short */
		{ (size_t)-4, 4, 0u - 33 }, /* of no size that a cell has */
	};
	size_t at[VALUES];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
		struct builder *b = deleted_values(at);
		for (unsigned k = 0; k < VALUES; k++)
			if (fields[i].size == 4)
				builder_poke32(b, at[k] + fields[i].field,
					       fields[i].number);
			else
				builder_poke16(b, at[k] + fields[i].field,
					       (uint16_t)fields[i].number);
		struct recoveredhive_hive h = recoveredhive_hive_of(hives_open(b));
		const struct recovered_keys *recovered = h.recovery->recovered;
		if (recovered->n_values + recovered->n_lone > 0)
			fail_msg("%zu: %zu and %zu", i, recovered->n_values,
				 recovered->n_lone);
		assert_int_equal(recovered->n_keys, 1);
		recoveredhive_hive_close(&h);
	}
}

/* ---- records that name each other ---- */

/* Freed keys whose parents are one another, by chance. */
static void test_parents_by_chance(void **state)
{
	enum { N = 2000 };
	struct builder *b = host(0);
	builder_key many = builder_path(b, "Software\\Many", pair_made());
	builder_key *keys = calloc(N, sizeof(*keys));
	char name[16];

	(void)state;
	assert_non_null(keys);
	for (unsigned i = 0; i < N; i++) {
		(void)snprintf(name, sizeof(name), "%06u", i);
		keys[i] = builder_key_add(b, many, name, pair_made() + i % 7);
	}
	builder_key_delete(b, many, pair_changed());
	builder_finish(b);
	for (uint64_t seed = 1; seed <= 10; seed++) {
		struct builder *copy = builder_clone(b);
		uint64_t random = seed;
		for (unsigned i = 0; i < N; i++)
			builder_poke32(copy,
				       builder_key_offset(copy, keys[i]) + NK_PARENT,
				       keys[next(&random) % N]);
		struct recoveredhive_hive h = recoveredhive_hive_of(hives_open(copy));
		assert_int_equal(h.recovery->recovered->n_keys, N + 1);
		assert_int_equal(h.recovery->n_profiles, 0);
		recoveredhive_hive_close(&h);
	}
	builder_free(b);
	free(keys);
}

/* Lists of values whose elements are lists, keys, values and themselves. */
static void test_lists_by_chance(void **state)
{
	enum { N = 200, OF_EACH = 5 };
	struct builder *b = host(0);
	builder_key many = builder_path(b, "Software\\Many", pair_made());
	size_t lists[N];
	uint32_t cells[3 * N];
	char name[16];

	(void)state;
	for (unsigned i = 0; i < N; i++) {
		(void)snprintf(name, sizeof(name), "%06u", i);
		builder_key key = builder_key_add(b, many, name, pair_made() + i % 7);
		for (unsigned k = 0; k < OF_EACH; k++) {
			(void)snprintf(name, sizeof(name), "v%u", k);
			builder_value_set(b, key, name, BUILDER_BINARY, "0123456789", 10);
		}
		lists[i] = builder_key_values_offset(b, key);
		cells[3 * i] = hives_cell_at(lists[i]);
		cells[3 * i + 1] = key;
		cells[3 * i + 2] = hives_cell_at(builder_value_offset(b, key, "v1"));
	}
	builder_key_delete(b, many, pair_changed());
	builder_finish(b);
	for (uint64_t seed = 1; seed <= 10; seed++) {
		struct builder *copy = builder_clone(b);
		uint64_t random = seed;
		for (unsigned i = 0; i < N * OF_EACH; i++)
			builder_poke32(copy, lists[i % N] + 4 * (size_t)(i / N),
				       cells[next(&random) % ARRAY_LEN(cells)]);
		struct recoveredhive_hive h = recoveredhive_hive_of(hives_open(copy));
		assert_int_equal(h.recovery->n_profiles, 0);
		assert_int_equal(h.recovery->recovered->n_keys, N + 1);
		recoveredhive_hive_close(&h);
	}
	builder_free(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_random_bytes),
		cmocka_unit_test(test_random_bytes_in_many_cells),
		cmocka_unit_test(test_copies_of_hives),
		cmocka_unit_test(test_copies_at_the_steps_of_cells),
		cmocka_unit_test(test_near_records),
		cmocka_unit_test(test_parents_out_of_place),
		cmocka_unit_test(test_near_values),
		cmocka_unit_test(test_parents_by_chance),
		cmocka_unit_test(test_lists_by_chance),
	};

	return UNIT_RUN(tests);
}
