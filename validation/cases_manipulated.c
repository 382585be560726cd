// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * MR: fields of records are changed by hand, to hide something or to make a reader fail.
 * Nothing was deleted by Windows. Offsets in the records are those of M. Suhanov's
 * specification of the format.
 */
#include "validation/cases.h"

#include <string.h>

enum {
	BASE_ROOT = 36,
	NK_FLAGS = 2,
	NK_SUBKEYS = 20,
	NK_SUBKEY_LIST = 28,
	NK_VALUES = 36,
	NK_NAME_LEN = 72,
	LIST_COUNT = 2,
	LIST_FIRST = 4,
	VK_NAME_LEN = 2,
	VK_DATA_LEN = 4,
	VK_DATA = 8,
	VK_FLAGS = 16,
	DB_COUNT = 2,
	BASE = 4096,
	BIG_DATA = 40000,
};

#define NO_CELL UINT32_MAX
#define IN_RECORD 0x80000000u /* the data stand in the value's own record */
#define DATA CASES_PROFILE("Archive") "\\Data"

/* A text, a number and 40,000 bytes. */
static void add_data(struct builder *b)
{
	static uint8_t big[BIG_DATA];
	builder_key key = builder_path(b, DATA, cases_made());

	memset(big, 0x5a, sizeof(big));
	builder_value_string(b, key, "text", "0123456789");
	builder_value_dword(b, key, "number", 7);
	builder_value_set(b, key, "binary", BUILDER_BINARY, "0123456789abcdef", 16);
	builder_value_set(b, key, "big", BUILDER_BINARY, big, sizeof(big));
}

static size_t archive(const struct builder *b)
{
	return builder_key_offset(b, cases_key(b, CASES_PROFILE("Archive")));
}

static size_t list(const struct builder *b)
{
	return builder_key_offset(b, cases_key(b, CASES_LIST));
}

static size_t value(const struct builder *b, const char *name)
{
	return builder_value_offset(b, cases_key(b, DATA), name);
}

/* The base block names the key Software as the root; its checksum is right. */
static void hide_root_by_offset(struct builder *b)
{
	builder_poke32(
		b, BASE_ROOT,
		(uint32_t)(builder_key_offset(b, cases_key(b, "Software")) - 4 - BASE));
	builder_checksum(b);
}

static void hide_root_by_signature(struct builder *b)
{
	builder_poke16(b, builder_key_offset(b, builder_root(b)), 0);
}

static void hide_key_name(struct builder *b)
{
	builder_poke16(b, archive(b) + NK_NAME_LEN, 0);
}

static void hide_subkeys_by_count(struct builder *b)
{
	builder_poke32(b, list(b) + NK_SUBKEYS, 0);
}

static void hide_subkeys_by_list(struct builder *b)
{
	builder_poke16(
		b, builder_key_list_offset(b, cases_key(b, CASES_LIST)) + LIST_COUNT, 1);
}

/* As if there never had been any: count and list agree. */
static void hide_subkeys_whole(struct builder *b)
{
	builder_poke32(b, list(b) + NK_SUBKEYS, 0);
	builder_poke32(b, list(b) + NK_SUBKEY_LIST, NO_CELL);
}

static void hide_values(struct builder *b)
{
	builder_poke32(b, builder_key_offset(b, cases_key(b, DATA)) + NK_VALUES, 0);
}

static void hide_value_name(struct builder *b)
{
	builder_poke16(b, value(b, "text") + VK_NAME_LEN, 0);
}

static void hide_data(struct builder *b)
{
	builder_poke32(b, value(b, "text") + VK_DATA_LEN, 0);
}

/* The record of the big data of the value big. */
static size_t big_data(struct builder *b)
{
	size_t len;
	const uint8_t *at = builder_bytes(b, &len) + value(b, "big") + VK_DATA;

	return BASE + 4 + ((size_t)at[0] | (size_t)at[1] << 8 | (size_t)at[2] << 16);
}

/* It tells of one segment instead of three. */
static void hide_big_data(struct builder *b)
{
	builder_poke16(b, big_data(b) + DB_COUNT, 1);
}

/* The first key of the profile is the list that holds the profile. */
static void loop_keys(struct builder *b)
{
	size_t entry =
		builder_key_list_offset(b, cases_key(b, CASES_PROFILE("Archive"))) +
		LIST_FIRST;

	builder_poke32(b, entry, (uint32_t)(list(b) - 4 - BASE));
}

static void enlarge_number(struct builder *b)
{
	builder_poke32(b, value(b, "number") + VK_DATA_LEN, IN_RECORD | 64);
}

static void enlarge_binary(struct builder *b)
{
	builder_poke32(b, value(b, "binary") + VK_DATA_LEN, 0x3000);
}

static void enlarge_text(struct builder *b)
{
	builder_poke32(b, value(b, "text") + VK_DATA_LEN, 0x7ffffff0);
}

static void enlarge_segments(struct builder *b)
{
	builder_poke16(b, big_data(b) + DB_COUNT, 0xffff);
}

/* Eight-bit names that are said to be UTF-16. */
static void flip_key_name(struct builder *b)
{
	builder_poke16(b, archive(b) + NK_FLAGS, 0);
}

static void flip_value_name(struct builder *b)
{
	builder_poke16(b, value(b, "text") + VK_FLAGS, 0);
}

/* A name with half a surrogate pair, one with a NUL, and a text that is UTF-8. */
static void add_encodings(struct builder *b)
{
	static const uint16_t half[] = { 'a', 0xd800, 'b' };
	static const uint16_t nul[] = { 'n', 0, 'l' };
	builder_key profiles = builder_path(b, CASES_LIST, cases_made());

	builder_key_add_units(b, profiles, half, 3, cases_made());
	builder_key_add_units(b, profiles, nul, 3, cases_made());
	builder_value_set(b, builder_path(b, DATA, cases_made()), "utf8", BUILDER_SZ,
			  "Gr\xc3\xbc\xc3\x9f"
			  "e",
			  7);
}

const struct cases_recipe cases_manipulated[] = {
	{ .id = "MR-01.1", .spoil = hide_root_by_offset },
	{ .id = "MR-01.2", .spoil = hide_root_by_signature },
	{ .id = "MR-02", .spoil = hide_key_name },
	{ .id = "MR-03.1", .spoil = hide_subkeys_by_count },
	{ .id = "MR-03.2", .spoil = hide_subkeys_by_list },
	{ .id = "MR-03.3", .spoil = hide_subkeys_whole },
	{ .id = "MR-04", .before = add_data, .spoil = hide_values },
	{ .id = "MR-05", .before = add_data, .spoil = hide_value_name },
	{ .id = "MR-06", .before = add_data, .spoil = hide_data },
	{ .id = "MR-07", .before = add_data, .spoil = hide_big_data },
	{ .id = "MR-08", .spoil = loop_keys },
	{ .id = "MR-09", .before = add_data, .spoil = enlarge_number },
	{ .id = "MR-10", .before = add_data, .spoil = enlarge_binary },
	{ .id = "MR-11", .before = add_data, .spoil = enlarge_text },
	{ .id = "MR-12", .before = add_data, .spoil = enlarge_segments },
	{ .id = "MR-13", .spoil = flip_key_name },
	{ .id = "MR-14", .before = add_data, .spoil = flip_value_name },
	{ .id = "MR-15", .before = add_encodings },
	{ .id = NULL },
};
