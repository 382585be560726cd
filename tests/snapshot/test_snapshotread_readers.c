/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is said of both readers where only one of them sees a list of profiles. */
#include "help/unit.h"

#include "help/hives.h"

#include "snapshot/snapshotread.h"

#include "samples/mapi.h"

#include <stdlib.h>
#include <unistd.h>

#define OFFICE "Software\\Microsoft\\Office"

static const char *const keys[] = { OFFICE, OFFICE "\\16.0", MAPI_OFFICE("16.0") };

static struct builder *recipe(unsigned minor)
{
	struct builder *b = hives_new(minor);

	builder_path(b, MAPI_WMS "\\Profiles\\Work", HIVES_TIME);
	builder_path(b, MAPI_OFFICE("16.0") "\\Profiles\\Home", HIVES_TIME);
	builder_finish(b);
	return b;
}

/* Takes the recipe.  Return: the word for both readers of the hive. */
static enum snapshot_readers readers_of(struct builder *b, size_t *n_profiles)
{
	struct snapshot *snapshot = NULL;
	struct failure failure = { 0 };
	char *path = hives_file(b);

	assert_int_equal(snapshotread_file(path, &snapshot, &failure), STATUS_OK);
	enum snapshot_readers readers = snapshot->readers;
	*n_profiles = snapshot->n_profiles;
	snapshot_free(snapshot);
	unlink(path);
	free(path);
	builder_free(b);
	return readers;
}

static void test_both_see_it(void **state)
{
	size_t n = 0;

	(void)state;
	for (unsigned minor = 3; minor <= 6; minor++) {
		assert_int_equal(readers_of(recipe(minor), &n), SNAPSHOT_AGREE);
		assert_int_equal(n, 2);
	}
}

/* A key that a layered hive marks as deleted is one for hivex. */
static void test_marked_as_deleted(void **state)
{
	size_t n = 0;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
		struct builder *b = recipe(6);
		builder_key_tombstone(b, builder_path(b, keys[i], HIVES_TIME));
		assert_int_equal(readers_of(b, &n), SNAPSHOT_DIFFER);
		assert_int_equal(n, 1);
	}
}

/* Lists that are nested too deep for the own reader alone. */
static void test_nested_too_deep(void **state)
{
	size_t n = 0;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
		struct builder *b = recipe(5);
		builder_key key = builder_path(b, keys[i], HIVES_TIME);
		uint32_t list = hives_cell_at(builder_key_list_offset(b, key));
		for (unsigned k = 0; k < 10; k++) {
			uint32_t ri = hives_cell(b, 8);
			builder_poke32(b, hives_data(ri), 0x00016972);
			builder_poke32(b, hives_data(ri) + LIST_ITEMS, list);
			list = ri;
		}
		builder_poke32(b, builder_key_offset(b, key) + NK_LIST, list);
		builder_finish(b);
		assert_int_equal(readers_of(b, &n), SNAPSHOT_OWN);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_both_see_it),
		cmocka_unit_test(test_marked_as_deleted),
		cmocka_unit_test(test_nested_too_deep),
	};

	return UNIT_RUN(tests);
}
