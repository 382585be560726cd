/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The first four bytes of a property, where they are overwritten: what they
 * must have been, or that nothing tells it.
 */
#include "help/unit.h"

#include "mapi/inferbytes.h"

#include "help/keys.h"

#include <stdio.h>
#include <string.h>

#define FIRST "00112233445566778899aabbccddeeff"
#define SECOND "ffeeddccbbaa99887766554433221100"

static struct keys *keys;

static int set_up(void **state)
{
	(void)state;
	keys = keys_new("Outlook");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	keys_free(keys);
	return 0;
}

/* A value whose head is lost: of the hex digits the first four bytes do not count. */
static struct value headless(const char *name, const char *hex)
{
	struct value value = keys_hex_value(keys, name, hex);
	/* The keys own them; only readers may not change them. */
	uint8_t *bytes = (uint8_t *)(uintptr_t)value.data;

	for (size_t i = 0; i < 4 && i < value.data_len; i++)
		bytes[i] = i % 2 ? 0xff : 0xfd;
	value.flags |= VALUE_FLAG_HEAD_LOST;
	return value;
}

static bool mends(const struct key *profile, const char *name, const char *hex,
		  uint32_t expected)
{
	struct value value = headless(name, hex);
	uint8_t head[INFERBYTES_SIZE] = { 0 };

	if (!inferbytes_head(profile, &value, head))
		return false;
	if (le32(head) != expected)
		fail_msg("%s %s: 0x%x, not 0x%x", name, hex, le32(head), expected);
	return true;
}

/* ---- lists of uids ---- */

static void test_uid_of_a_section(void **state)
{
	static const char *const ids[] = { "01023d00", "01023d01", "01023d02",
					   "01023d08", "01023d0c", "01023d0d",
					   "01023d0e", "01023d11", "01023D15" };

	(void)state;
	keys_add(keys, FIRST);
	keys_add(keys, SECOND);
	const struct key *profile = keys_root(keys);
	for (size_t i = 0; i < ARRAY_LEN(ids); i++) {
		assert_true(mends(profile, ids[i], FIRST, 0x33221100));
		assert_true(mends(profile, ids[i], SECOND FIRST, 0xccddeeff));
	}
}

/* Section names are spelled in either case. */
static void test_upper_case_sections(void **state)
{
	(void)state;
	keys_add(keys, "00112233445566778899AABBCCDDEEFF");
	assert_true(mends(keys_root(keys), "01023d0e", FIRST, 0x33221100));
}

static void test_uid_of_no_section(void **state)
{
	(void)state;
	keys_add(keys, SECOND);
	keys_add(keys, "Something");
	/* One digit behind the lost ones is another. */
	keys_add(keys, "001122334455667788a9aabbccddeeff");
	const struct key *profile = keys_root(keys);
	assert_false(mends(profile, "01023d0e", FIRST, 0));
	/* Only the first one has lost its head. */
	assert_false(mends(profile, "01023d0e", FIRST SECOND, 0));
	struct key empty = { 0 };
	assert_false(mends(&empty, "01023d0e", FIRST, 0));
}

/* Two sections whose uids end alike. */
static void test_ambiguous_uid(void **state)
{
	(void)state;
	keys_add(keys, FIRST);
	keys_add(keys, "a0112233445566778899aabbccddeeff");
	assert_false(mends(keys_root(keys), "01023d0e", FIRST, 0));
}

/* Made, deleted and made again: the same section is there twice. */
static void test_section_that_is_there_twice(void **state)
{
	struct key *profile;

	(void)state;
	keys_add(keys, FIRST);
	keys_add(keys, SECOND);
	profile = keys_root(keys);
	profile->children[1] = profile->children[0];
	assert_true(mends(profile, "01023d0e", FIRST, 0x33221100));
}

static void test_what_is_no_list_of_uids(void **state)
{
	(void)state;
	keys_add(keys, FIRST);
	const struct key *profile = keys_root(keys);
	/* Other properties, other types, no property, too short for a uid. */
	assert_false(mends(profile, "01023d03", FIRST, 0));
	assert_false(mends(profile, "01026601", FIRST, 0));
	assert_false(mends(profile, "001f3d0e", FIRST, 0));
	assert_false(mends(profile, "Service UID", FIRST, 0));
	assert_false(mends(profile, "01023d0e", "00112233445566778899aabbccddee", 0));
	assert_false(mends(profile, "01023d0e", "00112233", 0));
	assert_false(mends(profile, "01023d0e", "001122", 0));
}

/* What is there needs no mending. */
static void test_heads_that_are_there(void **state)
{
	struct value value = keys_hex_value(keys, "01023d0e", FIRST);
	uint8_t head[INFERBYTES_SIZE];

	(void)state;
	keys_add(keys, FIRST);
	assert_false(inferbytes_head(keys_root(keys), &value, head));
}

/* ---- multi-values: the count follows from where the first element begins ---- */

struct multi {
	const char *name, *hex;
	uint32_t count; /* 0: not to be mended */
};

static const struct multi multis[] = {
	/* One string: 4 bytes of count, 4 of its offset. */
	{ "101e6613", "01000000 08000000 616200", 1 },
	{ "101f6627", "01000000 08000000 610062000000", 1 },
	/* Two: "a" and "bc". */
	{ "101e6613", "02000000 0c000000 0e000000 6100 626300", 2 },
	{ "101f6627", "02000000 0c000000 10000000 61000000 620063000000", 2 },
	/* Three empty ones. */
	{ "101e6613", "03000000 10000000 11000000 12000000 00 00 00", 3 },
	/* Binaries: size and offset each. */
	{ "11026620", "01000000 03000000 0c000000 aabbcc", 1 },
	{ "11026620", "02000000 01000000 14000000 02000000 15000000 aa bbcc", 2 },

	/* No room for the first offset, or none that could be one. */
	{ "101e6613", "01000000", 0 },
	{ "101e6613", "01000000 080000", 0 },
	{ "101e6613", "01000000 04000000 616200", 0 },
	{ "101e6613", "01000000 00000000 616200", 0 },
	{ "101e6613", "01000000 09000000 61616200", 0 },
	{ "101e6613", "01000000 ffffffff 616200", 0 },
	/* The string behind it lacks its end, the second one its place. */
	{ "101e6613", "01000000 08000000 6162", 0 },
	{ "101e6613", "02000000 0c000000 40000000 6100 626300", 0 },
	{ "101e6613", "02000000 0c000000 0c000000 6100 626300", 0 },
	/* Binaries that go past the end, or begin elsewhere. */
	{ "11026620", "01000000 04000000 0c000000 aabbcc", 0 },
	{ "11026620", "01000000 03000000 0d000000 aabbcc", 0 },
	/* A 64-bit writer's table, which Windows 2000 never saw. */
	{ "101e6613", "01000000 0c00000000000000 616200", 0 },
	{ "101f6627", "02000000 1400000000000000 1800000000000000 61000000 62000000", 0 },
	{ "11026620", "01000000 0300000000000000 1400000000000000 aabbcc", 0 },
	/* Numbers have no count. */
	{ "10036621", "01000000 08000000", 0 },
	/* Nor has a string, a number, an account's value. */
	{ "001e3001", "61626364 08000000", 0 },
	{ "00036601", "01000000", 0 },
	{ "Account Name", "01000000 08000000 616200", 0 },
};

static void test_counts(void **state)
{
	struct key profile = { 0 };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(multis); i++) {
		bool is = mends(&profile, multis[i].name, multis[i].hex, multis[i].count);
		if (is != (multis[i].count > 0))
			fail_msg("%s %s: %s", multis[i].name, multis[i].hex,
				 is ? "mended" : "not mended");
	}
}

/*
 * Empty binaries have no place of their own: the first offset may be that of the
 * blob's end.  Then nothing tells the count; never is a wrong one told.
 */
static void test_empty_binaries(void **state)
{
	static const struct multi empties[] = {
		{ "11026620", "01000000 00000000 0c000000", 1 },
		{ "11026620", "02000000 00000000 14000000 00000000 14000000", 2 },
		{ "11026620",
		  "02000000 00000000 1c000000 08000000 14000000"
		  "0000000000000000",
		  2 },
		{ "11026620",
		  "02000000 00000000 1c000000 08000000 14000000"
		  "000000001c000000",
		  2 },
		{ "11026620",
		  "02000000 00000000 24000000 10000000 14000000"
		  "00000000240000000000000024000000",
		  2 },
	};
	struct key profile = { 0 };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(empties); i++)
		(void)mends(&profile, empties[i].name, empties[i].hex, empties[i].count);
}

/* A registry type that no writer gives such a property. */
static void test_other_registry_types(void **state)
{
	struct value value = headless("101e6613", "01000000 08000000 616200");
	struct key profile = { 0 };
	uint8_t head[INFERBYTES_SIZE];

	(void)state;
	assert_true(inferbytes_head(&profile, &value, head));
	value.type = KEY_TYPE_SZ;
	assert_false(inferbytes_head(&profile, &value, head));
}

/* All counts from one on, and what is mended can be read. */
static void test_many_strings(void **state)
{
	struct key profile = { 0 };
	uint8_t bytes[4096];

	(void)state;
	for (uint32_t n = 1; n <= 200; n++) {
		size_t len = 4 + 4 * (size_t)n;
		memset(bytes, 'x', sizeof(bytes));
		for (uint32_t i = 0; i < n; i++) {
			put_le32(bytes + 4 + 4 * (size_t)i, (uint32_t)len);
			bytes[len + 2] = '\0';
			len += 3;
		}
		struct value value =
			keys_value(keys, "101e6613", KEY_TYPE_BINARY, bytes, len);
		value.flags |= VALUE_FLAG_HEAD_LOST;
		uint8_t head[INFERBYTES_SIZE];
		assert_true(inferbytes_head(&profile, &value, head));
		assert_int_equal(le32(head), n);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_uid_of_a_section, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_upper_case_sections, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_uid_of_no_section, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_ambiguous_uid, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_section_that_is_there_twice, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_what_is_no_list_of_uids, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_heads_that_are_there, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_counts, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_empty_binaries, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_other_registry_types, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_many_strings, set_up, tear_down),
	};

	return UNIT_RUN(tests);
}
