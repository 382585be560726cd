/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Data files of all profiles of a hive, whole and damaged. */
#include "help/unit.h"

#include "help/pair.h"

#include "snapshot/snapshotfiles.h"

#include <stdlib.h>
#include <string.h>

#define OFFICE_PROFILES MAPI_OFFICE("16.0") "\\Profiles"

static void add(struct builder *b, const char *list, const char *name, const char *path)
{
	struct mapi_profile p = mapi_profile_new(b, builder_path(b, list, pair_made()),
						 name, MAPI_UNICODE_64, pair_made(), 7);

	mapi_pst_add(&p, name, path, true);
}

static enum profile_known has(const struct snapshot *snapshot, const char *path)
{
	struct attachedfiles files;
	enum profile_known known;

	assert_int_equal(snapshotfiles_attached(snapshot, &files), STATUS_OK);
	known = attachedfiles_has(&files, text_of(path));
	attachedfiles_clear(&files);
	return known;
}

static void test_all_lists(void **state)
{
	struct pair *pair = *state;

	add(pair->before, PAIR_PROFILES, "a", "C:\\a.pst");
	add(pair->before, PAIR_DELETED, "b", "C:\\b.pst");
	add(pair->before, OFFICE_PROFILES, "c", "C:\\c.pst");
	builder_finish(pair->before);
	struct snapshot *snapshot = pair_read(pair->before);
	assert_int_equal(has(snapshot, "C:\\a.pst"), PROFILE_YES);
	assert_int_equal(has(snapshot, "C:\\b.pst"), PROFILE_YES);
	assert_int_equal(has(snapshot, "c:\\C.PST"), PROFILE_YES);
	assert_int_equal(has(snapshot, "C:\\d.pst"), PROFILE_NO);
	snapshot_free(snapshot);
}

/* Where a profile could not be read, no file is in no profile. */
static void test_damaged(void **state)
{
	struct pair *pair = *state;

	add(pair->before, PAIR_PROFILES, "a", "C:\\a.pst");
	add(pair->before, PAIR_PROFILES, "b", "C:\\b.pst");
	pair_spoil(pair, false);
	pair_spoil_key(pair, false, PAIR_PROFILES "\\b");
	struct snapshot *snapshot = pair_read(pair->before);
	assert_int_equal(has(snapshot, "C:\\a.pst"), PROFILE_YES);
	assert_int_equal(has(snapshot, "C:\\d.pst"), PROFILE_UNKNOWN);
	snapshot_free(snapshot);
}

/* A saved subtree holds one list, and another may have the file. */
static void test_subtree(void **state)
{
	struct pair *pair = *state;
	struct snapshot *snapshot;

	add(pair->before, PAIR_PROFILES, "a", "C:\\a.pst");
	builder_finish(pair->before);
	snapshot = pair_read(pair->before);
	free(snapshot->stores.prefix);
	snapshot->stores.prefix = strdup("Software\\");
	assert_int_equal(has(snapshot, "C:\\a.pst"), PROFILE_YES);
	assert_int_equal(has(snapshot, "C:\\d.pst"), PROFILE_UNKNOWN);
	snapshot_free(snapshot);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_all_lists),
		TEST(test_damaged),
		TEST(test_subtree),
	};

	return UNIT_RUN(tests);
}
