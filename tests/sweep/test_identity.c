/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What changes an identity, and what does not. */
#include "help/sweepfolders.h"

#include "sweep/identity.h"

static struct identity of(const char *folder, const char *line, const char *version)
{
	struct identity identity;
	struct unit unit;

	assert_int_equal(planline_read(line, false, &unit), PLANLINE_GOOD);
	assert_int_equal(identity_of(&unit, folder, version, &identity), STATUS_OK);
	planline_clear(&unit);
	return identity;
}

static bool same(struct identity a, struct identity b)
{
	return strcmp(a.hex, b.hex) == 0;
}

static void test_arguments(void **state)
{
	struct identity first;

	sweepfolders_put(*state, "a/x", "12345");
	sweepfolders_put(*state, "b/y", "123");
	first = of(*state, "u\ta\tb", "1");
	assert_int_equal(first.bytes, 8);
	assert_int_equal(strlen(first.hex), 64);
	assert_true(same(first, of(*state, "other\ta\tb", "1")));
	assert_false(same(first, of(*state, "u\ta\tb", "2")));
	assert_false(same(first, of(*state, "u\tb\ta", "1")));
	assert_false(same(first, of(*state, "u\ta\tb\t-q", "1")));
	assert_false(same(of(*state, "u\ta\tbc", "1"), of(*state, "u\tab\tc", "1")));
}

static void test_files(void **state)
{
	struct identity first, log;

	sweepfolders_put(*state, "a/x", "12345");
	sweepfolders_put(*state, "c/NTUSER.DAT", "1");
	sweepfolders_put(*state, "c/listing", "1");
	first = of(*state, "u\ta\tc/NTUSER.DAT\t--modules=c/listing", "1");
	assert_int_equal(first.bytes, 7);
	assert_true(
		same(first, of(*state, "u\ta\tc/NTUSER.DAT\t--modules=c/listing", "1")));
	sweepfolders_put(*state, "c/else", "1");
	assert_true(
		same(first, of(*state, "u\ta\tc/NTUSER.DAT\t--modules=c/listing", "1")));
	sweepfolders_put(*state, "c/ntuser.dat.LOG1", "22");
	log = of(*state, "u\ta\tc/NTUSER.DAT\t--modules=c/listing", "1");
	assert_false(same(first, log));
	assert_int_equal(log.bytes, 9);
	sweepfolders_put(*state, "c/listing", "12");
	assert_false(
		same(log, of(*state, "u\ta\tc/NTUSER.DAT\t--modules=c/listing", "1")));
	first = of(*state, "u\ta", "1");
	sweepfolders_put(*state, "a/deep/y", "");
	assert_false(same(first, of(*state, "u\ta", "1")));
}

/* A link in a folder is not followed, one that is named is; what is not there counts, too. */
static void test_links(void **state)
{
	struct identity before, named;
	char *link_path = sweepfolder_path(*state, "a/link");
	char *named_path = sweepfolder_path(*state, "named");

	sweepfolders_put(*state, "a/x", "1");
	sweepfolders_put(*state, "far/y", "1");
	assert_int_equal(symlink("../far", link_path), 0);
	assert_int_equal(symlink("far", named_path), 0);
	before = of(*state, "u\ta", "1");
	named = of(*state, "u\tnamed", "1");
	assert_int_equal(named.bytes, 1);
	sweepfolders_put(*state, "far/y", "22");
	assert_true(same(before, of(*state, "u\ta", "1")));
	assert_false(same(named, of(*state, "u\tnamed", "1")));
	before = of(*state, "u\tgone", "1");
	sweepfolders_put(*state, "gone", "");
	assert_false(same(before, of(*state, "u\tgone", "1")));
	free(link_path);
	free(named_path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SWEEPFOLDERS_TEST(test_arguments),
		SWEEPFOLDERS_TEST(test_files),
		SWEEPFOLDERS_TEST(test_links),
	};
	return UNIT_RUN(tests);
}
