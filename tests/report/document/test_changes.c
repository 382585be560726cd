/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Comparisons in the report: what became of the profiles of a recipe. */
#include "help/unit.h"

#include "help/recoveredhive.h"
#include "help/written.h"
#include "samples/usedhive.h"

#include "base/filetime.h"
#include "report/document/changes.h"

#include <stdio.h>

/* Compares the pair and writes what was found. */
static void write_found(struct written *w, struct pair *pair, const char *const *paths,
			size_t n)
{
	pair_compare_keys(pair, paths, n);
	written_start(w);
	written_of_pair(w, pair);
	changes_write(&w->parts, pair->found);
	written_end(w);
	written_is(w, "string(//w:comparison/@id)", "d1");
	written_is(w, "string(//w:comparison/@before)", "s1");
	written_is(w, "string(//w:comparison/@after)", "s2");
}

static void test_nothing(void **state)
{
	struct pair *pair = *state;
	struct written w;

	pair_add(pair->before, PAIR_PROFILES, "Work", 1);
	pair_fork(pair);
	write_found(&w, pair, NULL, 0);
	written_is(&w, "count(//w:comparison/*)", "0");
	written_free(&w);
}

/* The list was last written when the profile went: that is a moment, and the last bound. */
static void test_deleted(void **state)
{
	struct pair *pair = *state;
	struct written w;

	recoveredhive_add_two(pair);
	pair_fork(pair);
	recoveredhive_delete(pair, WORK);
	write_found(&w, pair, NULL, 0);
	written_is(&w, "count(//w:change)", "1");
	written_is(&w, "string(//w:change/@id)", "c1");
	written_is(&w, "string(//w:change/@kind)", "deleted");
	written_is(&w, "string(//w:change/@profile)", "Work");
	written_is(&w, "string(//w:change/@list)", "profiles");
	written_is(&w, "string(//w:change/@store_path)", PAIR_PROFILES);
	written_is(&w, "string(//w:change/@certainty)", "certain");
	written_is(&w, "string(//w:change/@last_seen)", "s1");
	written_is(&w, "string(//w:change/@fate)", "gone");
	written_is(&w, "count(//w:change/@stands_in | //w:change/@new_name)", "0");
	written_is(&w, "string(//w:deletion/@latest)", "2016-02-02T09:14:07.2468013Z");
	/* The base block of the earlier hive: bytes 12 to 19. */
	written_is(&w, "string(//w:bound[@source='header_time'][1]/@time)",
		   "2016-02-01T17:00:00.7654321Z");
	written_is(&w, "string(//w:bound[@source='header_time'][1]/@which)", "earliest");
	written_is(&w, "string(//w:bound[@source='header_time'][1]/@input)", "i1");
	written_is(&w, "string(//w:bound[@source='header_time'][1]/@offset)", "12");
	written_is(&w, "string(//w:bound[@source='list_key_time']/@input)", "i2");
	written_is(&w, "count(//w:reason[@code='absent_after'])", "1");
	/* It is spelled out, for it is nowhere else. */
	written_is(&w, "string(//w:change/w:profile/@name)", "Work");
	written_is(&w, "string(//w:change/w:profile//w:file/@path)",
		   "C:\\mail\\personal.pst");
	written_is(&w, "count(//regxml:cellobject[not(@delta:deleted_cell)])", "0");
	/* Nothing was recovered, so nothing is told of it. */
	written_is(&w, "count(//w:recovered_share)", "0");
	written_free(&w);
}

/* The same with what the later hive still has of it. */
static void test_deleted_and_recovered(void **state)
{
	struct pair *pair = *state;
	struct written w;

	recoveredhive_add_two(pair);
	pair_fork(pair);
	recoveredhive_delete(pair, WORK);
	pair_compare(pair);
	const struct snapshot *earlier[] = { pair->old };
	pair_recover(pair, earlier, 1);
	written_start(&w);
	written_of_pair(&w, pair);
	changes_write(&w.parts, pair->found);
	written_end(&w);
	written_is(&w, "count(//w:recovered_share)", "1");
	written_free(&w);
}

static void test_moved_and_renamed(void **state)
{
	struct pair *pair = *state;
	struct builder *b;
	struct written w;

	recoveredhive_add_two(pair);
	builder_path(pair->before, PAIR_DELETED, pair_made());
	pair_fork(pair);
	b = pair->after;
	mapi_profile_move(b, pair_key(b, WORK), pair_key(b, PAIR_DELETED), "Work",
			  pair_changed());
	mapi_profile_move(b, pair_key(b, HOME), pair_key(b, PAIR_PROFILES), "Cottage",
			  pair_changed());
	write_found(&w, pair, NULL, 0);
	written_is(&w, "count(//w:change)", "2");
	written_is(&w, "string(//w:change[@kind='moved']/@profile)", "Work");
	written_is(&w, "count(//w:change[@kind='moved']/@new_name)", "0");
	written_is(&w, "string(//w:change[@kind='moved']/@new_list)", "deleted_profiles");
	written_is(&w, "string(//w:change[@kind='moved']/@new_store_path)", PAIR_DELETED);
	written_is(&w, "string(//w:change[@kind='renamed']/@profile)", "Home");
	written_is(&w, "string(//w:change[@kind='renamed']/@new_name)", "Cottage");
	written_is(&w, "count(//w:change[@kind='renamed']/@new_list)", "0");
	/* Both are still there: their content is no news. */
	written_is(&w, "count(//w:change/w:profile/*)", "0");
	written_free(&w);
}

static void test_added(void **state)
{
	struct pair *pair = *state;
	struct written w;

	pair_add(pair->before, PAIR_PROFILES, "Work", 1);
	pair_fork(pair);
	pair_add(pair->after, PAIR_PROFILES, "Home", 2);
	write_found(&w, pair, NULL, 0);
	written_is(&w, "string(//w:change[@kind='added']/@profile)", "Home");
	written_is(&w, "count(//w:change[@kind='added']/@last_seen)", "0");
	written_is(&w, "count(//w:change[@kind='added']/w:deletion)", "0");
	/* Nothing is lost by it. */
	written_is(&w, "count(//w:change[@kind='added']/@fate)", "0");
	written_free(&w);
}

/* A value added, one removed, one changed, and a secret one of which no data are told. */
static void test_modified(void **state)
{
	struct pair *pair = *state;
	builder_key key = pair_add(pair->before, PAIR_PROFILES, "Work", 1);
	struct written w;

	builder_value_string(pair->before, key, "gone", "was there");
	builder_value_string(pair->before, key, "kept", "one");
	builder_value_string(pair->before, key, "My Password", "hunter2");
	pair_fork(pair);
	key = pair_key(pair->after, WORK);
	builder_value_delete(pair->after, key, "gone");
	builder_value_string(pair->after, key, "kept", "two");
	builder_value_string(pair->after, key, "My Password", "hunter3");
	builder_value_string(pair->after, key, "came", "is there");
	builder_key_touch(pair->after, key, pair_changed());
	write_found(&w, pair, NULL, 0);
	written_is(&w, "string(//w:change/@kind)", "modified");
	written_is(&w, "count(//w:difference)", "4");
	written_is(&w, "string(//w:difference[@name='gone']/@kind)", "value_removed");
	written_is(&w, "string(//w:difference[@name='gone']/@before)", "was there");
	written_is(&w, "count(//w:difference[@name='gone']/@after)", "0");
	written_is(&w, "string(//w:difference[@name='kept']/@kind)", "value_changed");
	written_is(&w, "string(//w:difference[@name='kept']/@path)", WORK);
	written_is(&w, "string(//w:difference[@name='kept']/@before)", "one");
	written_is(&w, "string(//w:difference[@name='kept']/@after)", "two");
	written_is(&w, "count(//w:difference[@name='kept']//delta:original_cellobject)",
		   "1");
	written_is(&w, "string(//w:difference[@name='came']/@kind)", "value_added");
	written_is(&w, "count(//w:difference[@name='came']//@delta:new_cell)", "1");
	written_is(&w, "string(//w:difference[@name='My Password']/@kind)",
		   "value_changed");
	written_is(&w,
		   "count(//w:difference[@name='My Password']/@before |"
		   " //w:difference[@name='My Password']/@after)",
		   "0");
	assert_null(strstr(w.bytes, "hunter"));
	written_free(&w);
}

/* Keys that were asked for: those on both sides, on one, and the differences in them. */
static void test_compared_keys(void **state)
{
	static const char *const paths[] = { "Software\\Asked", "Software\\Nowhere" };
	struct pair *pair = *state;
	builder_key key = builder_path(pair->before, paths[0], pair_made());
	struct written w;

	builder_value_dword(pair->before, key, "n", 1);
	pair_fork(pair);
	builder_value_dword(pair->after, pair_key(pair->after, paths[0]), "n", 2);
	write_found(&w, pair, paths, 2);
	written_is(&w, "count(//w:compared_key)", "2");
	written_is(&w, "string(//w:compared_key[1]/@path)", paths[0]);
	written_is(&w, "string(//w:compared_key[1]/@before)", "1");
	written_is(&w, "string(//w:compared_key[1]/@after)", "1");
	written_is(&w, "string(//w:compared_key[1]/@differences)", "1");
	written_is(&w, "count(//w:compared_key[1]/w:difference)", "1");
	written_is(&w, "string(//w:compared_key[2]/@path)", paths[1]);
	written_is(&w, "string(//w:compared_key[2]/@before)", "0");
	written_is(&w, "string(//w:compared_key[2]/@differences)", "0");
	written_free(&w);
}

/* Numbers go on from comparison to comparison. */
static void test_numbers_go_on(void **state)
{
	struct pair *pair = *state;
	struct written w;

	recoveredhive_add_two(pair);
	pair_fork(pair);
	recoveredhive_delete(pair, WORK);
	recoveredhive_delete(pair, HOME);
	pair_compare(pair);
	written_start(&w);
	written_of_pair(&w, pair);
	w.parts.n_changes = 5;
	changes_write(&w.parts, pair->found);
	written_end(&w);
	written_is(&w, "string(//w:change[1]/@id)", "c6");
	written_is(&w, "string(//w:change[2]/@id)", "c7");
	assert_int_equal(w.parts.n_changes, 7);
	assert_int_equal(w.parts.n_written, 2);
	written_free(&w);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, pair_set_up, pair_tear_down)

/* A hive that was begun after the earlier one: what tells so, and no deletion. */
static void test_other_hive(void **state)
{
	struct pair *pair = *state;
	struct builder_options options = pair_options();
	uint64_t later = pair_made() + 100 * USEDHIVE_DAY;
	char time[FILETIME_TEXT_SIZE];
	struct written w;

	pair_add(pair->before, PAIR_PROFILES, "One", 1);
	builder_stamp(pair->before,
		      usedhive_use(pair->before, pair_made() + USEDHIVE_DAY, 10, 3, 1),
		      90);
	pair->after = builder_new(&options);
	uint64_t newest = usedhive_use(pair->after, later, 3, 0, 2);
	builder_stamp(pair->after, newest, 30);
	write_found(&w, pair, NULL, 0);
	written_is(&w, "string(//w:other_hive/@is)", "new");
	written_is(&w, "string(//w:other_hive/@basis)", "inferred");
	written_is(&w, "string(//w:other_hive/@kept)", "0");
	written_is(&w, "string(//w:other_hive/@between)", "0");
	written_is(&w, "string(//w:other_hive/@offset != '')", "true");
	/* Its first key may be the template's: only by its newest it surely stood there. */
	filetime_format(newest, time);
	written_is(&w, "string(//w:deletion/@latest)", time);
	written_is(&w, "string(//w:other_hive/@first_since != //w:deletion/@latest)",
		   "true");
	written_is(&w, "string(//w:change/@kind)", "other_hive");
	written_is(&w, "string(//w:change/@certainty)", "probable");
	written_is(&w, "count(//w:change/w:profile)", "1");
	written_is(&w, "count(//w:change/w:reason[@code='hive_replaced'])", "1");
	written_free(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_nothing),
		TEST(test_deleted),
		TEST(test_deleted_and_recovered),
		TEST(test_moved_and_renamed),
		TEST(test_added),
		TEST(test_modified),
		TEST(test_compared_keys),
		TEST(test_numbers_go_on),
		TEST(test_other_hive),
	};

	return UNIT_RUN(tests);
}
