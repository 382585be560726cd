/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Profiles: digest, counts, sections and their properties. */
#include "help/unit.h"

#include "mapi/content/content.h"

#include "mapi/profile.h"
#include "mapi/section.h"

#include "help/keys.h"
#include "help/outlook2010.h"
#include "help/profile_keys.h"
#include "help/texts.h"

#include <string.h>

/* ---- the light form ---- */

static void assert_digest(const struct key *key, const char *hex)
{
	struct profile profile;
	char digest[DIGEST_HEX_SIZE];

	assert_int_equal(profile_read(key, &profile), STATUS_OK);
	digest_hex(&profile.digest, digest);
	assert_string_equal(digest, hex);
}

static void test_digest_of_the_records(void **state)
{
	(void)state;
	keys_data(keys, "", "b", KEY_TYPE_SZ, "", 0);
	keys_hex(keys, "Abc", "Zed", "ff");
	keys_hex(keys, "Abc", "00033009", "02000000");
	keys_add(keys, "abd");
	keys_add(keys, "Abc\\x");
	/*
	 * 4b 00000000 0000, 56 0100 6200 01000000 00000000,
	 * 4b 01000000 0300 410062006300, 56 0800 3000... 03000000 04000000 02000000,
	 * 56 0300 5a0065006400 03000000 01000000 ff, 4b 02000000 0100 7800,
	 * 4b 01000000 0300 610062006400; worked out without this program
	 */
	assert_digest(keys_root(keys),
		      "7f44ab720245994a5159880add7ceb72b6e9b9b3c702da95cbc5439530e365d2");
}

static void test_digest_of_data_larger_than_the_buffer(void **state)
{
	uint8_t data[10000];

	(void)state;
	for (size_t i = 0; i < sizeof(data); i++)
		data[i] = (uint8_t)(i * 7);
	keys_data(keys, "", "big", KEY_TYPE_BINARY, data, sizeof(data));
	keys_data(keys, "", "c", KEY_TYPE_BINARY, data, 4096);
	keys_data(keys, "", "d", KEY_TYPE_BINARY, data, 4090);
	assert_digest(keys_root(keys),
		      "b1fe8c46f2583fa602b7386e42d034d7c48ce2c7b660ca66ddd0b43f9c3722bb");
}

static void test_digest_of_a_name_larger_than_the_buffer(void **state)
{
	char path[5001 + 3];

	(void)state;
	memset(path, 'k', 5001);
	memcpy(path + 5001, "\\x", 3);
	keys_add(keys, path);
	assert_digest(keys_root(keys),
		      "111150fe50a0e5a6b33f5d6ae1367d8267bcbfbbb6091d85f3c20f808c4c8134");
}

/* The digest of a small profile with one thing changed. */
static struct digest variant(const char *root, const char *section, const char *name,
			     uint32_t type, const char *data, uint64_t mtime_ft)
{
	struct keys *other = keys_new(root);
	struct profile profile;
	struct key *key;

	keys_data(other, section, name, type, data, strlen(data));
	key = keys_root(other);
	key->mtime_ft = mtime_ft;
	key->record_off = (uint32_t)mtime_ft;
	assert_int_equal(profile_read(key, &profile), STATUS_OK);
	assert_int_equal(profile.newest_ft, mtime_ft);
	keys_free(other);
	return profile.digest;
}

static void test_digest_tells_content_but_not_name_or_time(void **state)
{
	struct digest base = variant("Outlook", "a\\b", "v", 3, "x", 1);
	const struct digest others[] = {
		variant("Outlook", "a\\c", "v", 3, "x", 1),
		variant("Outlook", "b", "v", 3, "x", 1),
		variant("Outlook", "a", "v", 3, "x", 1),
		variant("Outlook", "a\\b", "V", 3, "x", 1),
		variant("Outlook", "a\\b", "v", 1, "x", 1),
		variant("Outlook", "a\\b", "v", 3, "y", 1),
		variant("Outlook", "A\\b", "v", 3, "x", 1),
		variant("Outlook", "a\\b", "v", 3, "", 1),
		variant("Outlook", "a\\b\\c", "v", 3, "x", 1),
	};
	struct digest same = variant("Renamed", "a\\b", "v", 3, "x", 2);

	(void)state;
	assert_memory_equal(&same, &base, sizeof(base));
	for (size_t i = 0; i < ARRAY_LEN(others); i++)
		assert_memory_not_equal(&others[i], &base, sizeof(base));
}

static void test_digest_does_not_depend_on_the_place(void **state)
{
	struct profile here, there;
	struct key *root;

	(void)state;
	keys_hex(keys, "Profiles\\Outlook\\a", "v", "01");
	keys_hex(keys, "Deleted Profiles\\Old\\deeper\\a", "v", "01");
	root = keys_root(keys);
	assert_int_equal(profile_read(key_at(root, "Profiles\\Outlook"), &here),
			 STATUS_OK);
	assert_int_equal(
		profile_read(key_at(root, "Deleted Profiles\\Old\\deeper"), &there),
		STATUS_OK);
	assert_memory_equal(&here.digest, &there.digest, sizeof(here.digest));
	assert_int_equal(here.n_keys, 2);
}

static void test_digest_of_a_utf16_name(void **state)
{
	struct profile latin, wide;
	struct key *root;

	(void)state;
	keys_hex(keys, "ab", "v", "01");
	root = keys_root(keys);
	assert_int_equal(profile_read(root, &latin), STATUS_OK);
	root->children[0].name = (const uint8_t *)"a\0b";
	root->children[0].name_len = 4;
	root->children[0].flags = KEY_FLAG_NAME_UTF16;
	assert_int_equal(profile_read(root, &wide), STATUS_OK);
	assert_memory_equal(&latin.digest, &wide.digest, sizeof(latin.digest));
	/* A lone surrogate and half a unit are names like others. */
	root->children[0].name = (const uint8_t *)"\0\xd8"
						  "b";
	root->children[0].name_len = 3;
	assert_int_equal(profile_read(root, &wide), STATUS_OK);
	assert_memory_not_equal(&latin.digest, &wide.digest, sizeof(latin.digest));
	assert_int_equal(content_read(root, &content), STATUS_OK);
}

static void test_counts_and_instance(void **state)
{
	struct profile profile;
	struct key *root;

	(void)state;
	outlook2010_add(keys);
	keys_add(keys, ROOT "\\deeper");
	root = keys_root(keys);
	root->children[2].mtime_ft = 7;
	assert_int_equal(profile_read(root, &profile), STATUS_OK);
	assert_ptr_equal(profile.key, root);
	assert_int_equal(profile.n_sections, 8);
	assert_int_equal(profile.n_keys, 10);
	assert_int_equal(profile.n_values, 21);
	assert_int_equal(profile.newest_ft, 7);
	assert_true(profile.has_instance);
	assert_int_equal(profile.instance[0], 0x4f);
	assert_int_equal(profile.instance[15], 0xd2);
}

static void test_instance_of_another_size(void **state)
{
	struct profile profile;

	(void)state;
	keys_hex(keys, SECTION_INSTANCE, "0102300b", "4f62308b2d6f0140a6740c90fd1330");
	assert_int_equal(profile_read(keys_root(keys), &profile), STATUS_OK);
	assert_false(profile.has_instance);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_digest_of_the_records),
		TEST(test_digest_of_data_larger_than_the_buffer),
		TEST(test_digest_of_a_name_larger_than_the_buffer),
		TEST(test_digest_tells_content_but_not_name_or_time),
		TEST(test_digest_does_not_depend_on_the_place),
		TEST(test_digest_of_a_utf16_name),
		TEST(test_counts_and_instance),
		TEST(test_instance_of_another_size),
	};

	return UNIT_RUN(tests);
}
