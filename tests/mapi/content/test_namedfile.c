/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files that a profile names in entry ids, and whether they are attached. */
#include "help/unit.h"

#include "mapi/content/content.h"

#include "samples/mapi.h"

#include "help/keys.h"
#include "help/outlook2010.h"
#include "help/profile_keys.h"
#include "help/texts.h"

#define ACCOUNT SECTION_ACCOUNTS "\\00000003"

static void add_entry(const char *path, const char *name, const char *file)
{
	struct mapi_blob blob;

	mapi_pst_entry_id(&blob, file);
	keys_data(keys, path, name, KEY_TYPE_BINARY, blob.bytes, blob.n);
}

/* A multi-value of one entry id: 32-bit table. */
static void add_list(const char *path, const char *name, const char *file)
{
	struct mapi_blob blob, entry;

	mapi_pst_entry_id(&entry, file);
	blob.n = 0;
	mapi_blob_number(&blob, 1, 4);
	mapi_blob_number(&blob, entry.n, 4);
	mapi_blob_number(&blob, 12, 4);
	mapi_blob_add(&blob, entry.bytes, entry.n);
	keys_data(keys, path, name, KEY_TYPE_BINARY, blob.bytes, blob.n);
}

static const struct profile_named_file *named(size_t i)
{
	assert_true(i < content->named_files.n);
	return &content->named_files.items[i];
}

/* The attached file's name in Cyrillic, in 8 bits and in 16: perhaps one file. */
static void test_code_page(void **state)
{
	(void)state;
	keys_hex(keys, ROOT, "01023d0e", PST);
	keys_sz(keys, PST, "001e3d09", "MSPST MS");
	keys_data(keys, PST, "001e6700", KEY_TYPE_BINARY, "C:\\\xcf.pst", 9);
	add_list(SECTION_CLIENT, "1102039b", "C:\\\xd0\x9f.pst");
	read_content();
	assert_int_equal(content->named_files.n, 1);
	assert_int_equal(named(0)->attached, PROFILE_UNKNOWN);
}

/* What the global section names may be attached, and is no file that is only named. */
static void test_doubtful(void **state)
{
	(void)state;
	outlook2010_add(keys);
	keys_wide(keys, SECTION_GLOBAL, "001f6610", "C:\\mail\\old.pst");
	add_list(SECTION_CLIENT, "1102039b", "C:\\mail\\old.pst");
	read_content();
	assert_int_equal(content->named_files.n, 1);
	assert_int_equal(named(0)->attached, PROFILE_UNKNOWN);
}

static void test_detached(void **state)
{
	(void)state;
	outlook2010_add(keys);
	add_list(SECTION_CLIENT, "1102039b", "C:\\mail\\detached.pst");
	add_list(SECTION_CLIENT, "1102044e", "c:\\MAIL\\personal.pst");
	add_entry(ACCOUNT, "Delivery Store EntryID", "C:\\mail\\detached.pst");
	add_entry(PST_STORE, "01020fff", PST_PATH);
	read_content();
	assert_int_equal(content->files.items[0].attached, PROFILE_YES);
	assert_int_equal(content->named_files.n, 4);
	/* By path; of one path by place. */
	assert_text(named(0)->path, "C:\\mail\\detached.pst");
	assert_string_equal(named(0)->kind, "pst");
	assert_true(text_is(key_name(named(0)->section), SECTION_CLIENT));
	assert_true(text_is(value_name(named(0)->value), "1102039b"));
	assert_int_equal(named(0)->attached, PROFILE_NO);
	assert_true(text_is(value_name(named(1)->value), "Delivery Store EntryID"));
	assert_int_equal(named(1)->attached, PROFILE_NO);
	/* Without case it is the path of the attached file. */
	assert_int_equal(named(2)->attached, PROFILE_YES);
	assert_int_equal(named(3)->attached, PROFILE_YES);
}

/* The own entry id of a store in the lists attaches a file that has no path beside it. */
static void test_own_entry(void **state)
{
	(void)state;
	outlook2010_add(keys);
	add_entry(PST_STORE, "01020fff", "C:\\mail\\moved.pst");
	add_list(SECTION_CLIENT, "1102039b", "C:\\mail\\moved.pst");
	read_content();
	assert_int_equal(content->named_files.n, 2);
	assert_int_equal(named(0)->attached, PROFILE_YES);
	assert_int_equal(named(1)->attached, PROFILE_YES);
}

/* A store that nothing leads to is not attached, by its path nor by its entry id. */
static void test_orphan(void **state)
{
	(void)state;
	keys_add(keys, SECTION_ROOT);
	keys_wide(keys, PST_STORE, "001f3d09", "MSUPST MS");
	keys_wide(keys, PST_STORE, "001f6700", PST_PATH);
	add_entry(PST_STORE, "01020fff", PST_PATH);
	read_content();
	assert_int_equal(content->files.n, 1);
	assert_int_equal(content->files.items[0].attached, PROFILE_NO);
	assert_int_equal(named(0)->attached, PROFILE_NO);
}

/* What part of the profile is missing may have attached it. */
static void not_told(void)
{
	read_content();
	assert_int_equal(content->named_files.n, 1);
	assert_int_equal(named(0)->attached, PROFILE_UNKNOWN);
}

static void test_missing_section(void **state)
{
	(void)state;
	outlook2010_add(keys);
	keys_hex(keys, ROOT, "01023d02", NOWHERE);
	add_list(SECTION_CLIENT, "1102039b", "C:\\mail\\detached.pst");
	not_told();
}

static void test_missing_root(void **state)
{
	(void)state;
	add_list(SECTION_CLIENT, "1102039b", "C:\\mail\\detached.pst");
	not_told();
}

static void read_flagged(uint16_t flag)
{
	struct key *root = keys_root(keys);

	root->flags |= flag;
	assert_int_equal(content_read(root, &content), STATUS_OK);
	assert_int_equal(content->named_files.n, 1);
	assert_int_equal(named(0)->attached, PROFILE_UNKNOWN);
}

static void test_partial(void **state)
{
	(void)state;
	outlook2010_add(keys);
	add_list(SECTION_CLIENT, "1102039b", "C:\\mail\\detached.pst");
	read_flagged(KEY_FLAG_SUBKEYS_PARTIAL);
}

static void test_recovered(void **state)
{
	(void)state;
	outlook2010_add(keys);
	add_list(SECTION_CLIENT, "1102039b", "C:\\mail\\detached.pst");
	read_flagged(KEY_FLAG_RECOVERED);
}

static void test_short_name(void **state)
{
	(void)state;
	outlook2010_add(keys);
	add_list(SECTION_CLIENT, "1102039b", "C:\\MAIL\\PERSON~1.PST");
	not_told();
}

static void test_secret(void **state)
{
	(void)state;
	outlook2010_add(keys);
	add_entry(ACCOUNT, "POP3 Password", "C:\\mail\\secret.pst");
	add_entry(PST_STORE, "010267f0", "C:\\mail\\secret.pst");
	read_content();
	assert_int_equal(content->named_files.n, 0);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_code_page),	 TEST(test_doubtful), TEST(test_detached),
		TEST(test_own_entry),	 TEST(test_orphan),   TEST(test_missing_section),
		TEST(test_missing_root), TEST(test_partial),  TEST(test_recovered),
		TEST(test_short_name),	 TEST(test_secret),
	};

	return UNIT_RUN(tests);
}
