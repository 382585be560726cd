/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The stores of several profiles as one list. */
#include "help/unit.h"

#include "mapi/content/attachedfiles.h"

#include "samples/mapi.h"

#include "help/keys.h"
#include "help/outlook2010.h"
#include "help/profile_keys.h"

static struct attachedfiles files;

static void add(struct keys *from)
{
	assert_int_equal(attachedfiles_add(&files, keys_root(from)), STATUS_OK);
}

static enum profile_known has(const char *path)
{
	return attachedfiles_has(&files, text_of(path));
}

static void test_two_profiles(void **state)
{
	struct keys *other = keys_new("Other");
	struct mapi_blob entry;

	(void)state;
	outlook2010_add(keys);
	mapi_pst_entry_id(&entry, "C:\\only\\named.pst");
	keys_data(keys, SECTION_CLIENT, "0102032f", KEY_TYPE_BINARY, entry.bytes,
		  entry.n);
	keys_hex(other, ROOT, "01023d0e", PST);
	keys_wide(other, PST, "001f3d09", "MSUPST MS");
	keys_wide(other, PST, "001f6700", "A:\\other.pst");
	attachedfiles_start(&files);
	add(keys);
	add(other);
	attachedfiles_sort(&files);
	assert_true(files.is_whole);
	assert_int_equal(has("c:\\MAIL\\personal.pst"), PROFILE_YES);
	assert_int_equal(has("A:\\other.pst"), PROFILE_YES);
	assert_int_equal(has("C:\\only\\named.pst"), PROFILE_NO);
	assert_int_equal(has("C:\\mail"), PROFILE_NO);
	assert_int_equal(has("C:\\MAIL\\PERSON~1.PST"), PROFILE_UNKNOWN);
	attachedfiles_clear(&files);
	keys_free(other);
}

static void test_none(void **state)
{
	(void)state;
	attachedfiles_start(&files);
	attachedfiles_sort(&files);
	assert_int_equal(has("C:\\a.pst"), PROFILE_NO);
	attachedfiles_clear(&files);
}

/* A section that is missing may have had it. */
static void test_profile_that_lacks_something(void **state)
{
	(void)state;
	outlook2010_add(keys);
	keys_hex(keys, ROOT, "01023d02", NOWHERE);
	attachedfiles_start(&files);
	add(keys);
	attachedfiles_sort(&files);
	assert_int_equal(has(PST_PATH), PROFILE_YES);
	assert_int_equal(has("C:\\a.pst"), PROFILE_UNKNOWN);
	attachedfiles_clear(&files);
}

/* A store of the global section, which no service may use: whether it is had is not known. */
static void test_doubtful(void **state)
{
	(void)state;
	outlook2010_add(keys);
	keys_wide(keys, SECTION_GLOBAL, "001f6610", "C:\\mail\\old.ost");
	keys_wide(keys, SECTION_GLOBAL, "001f660e", "C:\\BOOKS~1\\oab");
	attachedfiles_start(&files);
	add(keys);
	attachedfiles_sort(&files);
	assert_true(files.is_whole);
	assert_int_equal(has("c:\\mail\\OLD.ost"), PROFILE_UNKNOWN);
	assert_int_equal(has(PST_PATH), PROFILE_YES);
	assert_int_equal(has("C:\\a.pst"), PROFILE_NO);
	attachedfiles_clear(&files);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_two_profiles),
		TEST(test_none),
		TEST(test_profile_that_lacks_something),
		TEST(test_doubtful),
	};

	return UNIT_RUN(tests);
}
