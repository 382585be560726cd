/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The recovered element: profiles of a recipe that were deleted, and what else was found. */
#include "help/unit.h"

#include "help/recoveredhive.h"
#include "help/written.h"

#include "report/document/recoveries.h"

/* Reads the pair, recovers, and writes what the later hive still has. */
static void write_later(struct written *w, struct pair *pair, size_t n_whole,
			const char *const *keys, size_t n_keys)
{
	const struct snapshot *earlier[1];

	pair_compare(pair);
	earlier[0] = pair->old;
	pair_recover(pair, earlier, 1);
	written_start(w);
	written_of_pair(w, pair);
	w->options.keys = keys;
	w->options.n_keys = n_keys;
	recoveries_write(&w->parts, pair->new, n_whole);
	written_end(w);
}

static void delete_work(struct pair *pair)
{
	recoveredhive_add_two(pair);
	pair_fork(pair);
	recoveredhive_delete(pair, WORK);
}

static void test_profile(void **state)
{
	struct written w;

	delete_work(*state);
	write_later(&w, *state, 0, NULL, 0);
	written_is(&w, "string(//w:recovered/@verdict)", "searched");
	written_is(&w, "count(//w:profile)", "1");
	written_is(&w, "string(//w:profile/@name)", "Work");
	written_is(&w, "string(//w:profile/@origin)", "recovered");
	written_is(&w, "string(//w:profile/@list)", "profiles");
	written_is(&w, "string(//w:profile/@store_path)", PAIR_PROFILES);
	written_is(&w, "string(//w:profile/@completeness)", "no_gaps");
	written_is(&w, "string(//w:profile/@recovered_by)", "profile_key");
	written_is(&w, "string(//w:profile/@path_certainty)", "certain");
	written_is(&w, "count(//w:profile/@name_from)", "0");
	/* Nothing but the comparison tells of it, which was made before. */
	written_is(&w, "count(//w:profile/@reported)", "0");
	written_is(&w, "string(//w:profile/@deleted_at)", "2016-02-02T09:14:07.2468013Z");
	written_is(&w, "string(//w:profile/@deleted_not_after)",
		   "2016-02-02T09:14:07.2468013Z");
	written_is(&w, "string(//w:profile/@values_lost)", "0");
	written_is(&w, "string(//w:profile/@data_lost)", "0");
	written_is(&w, "count(//w:profile/*)", "0");
	assert_int_equal(w.parts.n_written, 1);
	written_free(&w);
}

/* Every cell of it is a deleted one, with the place where it was found. */
static void test_spelled_out(void **state)
{
	struct pair *pair = *state;
	struct written w;

	delete_work(pair);
	write_later(&w, pair, 1, NULL, 0);
	written_is(&w, "string(//w:profile//w:file/@path)", "C:\\mail\\personal.pst");
	written_is(&w, "string(//w:profile/regxml:cellobject[1]/regxml:cellpath)", WORK);
	written_is(&w, "count(//regxml:cellobject[not(@delta:deleted_cell='1')])", "0");
	written_is(&w, "count(//regxml:cellobject[regxml:alloc != '0'])", "0");
	written_is(&w, "count(//regxml:cellobject[@path_certainty != 'certain'])", "0");
	written_is(&w, "count(//regxml:cellobject[not(@origin)])", "0");
	written_free(&w);
}

/* Of two, the first is spelled out. */
static void test_how_many(void **state)
{
	struct written w;

	delete_work(*state);
	recoveredhive_delete(*state, HOME);
	write_later(&w, *state, 1, NULL, 0);
	written_is(&w, "count(//w:profile)", "2");
	written_is(&w, "count(//w:profile[1]/w:service) > 0", "true");
	written_is(&w, "count(//w:profile[2]/*)", "0");
	written_free(&w);
}

/* Its own key is overwritten, and the earlier hive tells its name. */
static void test_torn(void **state)
{
	struct pair *pair = *state;
	struct written w;
	size_t record;

	delete_work(pair);
	record = builder_key_offset(pair->before, pair_key(pair->before, WORK));
	builder_finish(pair->after);
	pair->spoilt_after = true;
	recoveredhive_wipe(pair, record);
	write_later(&w, pair, 0, NULL, 0);
	written_is(&w, "string(//w:profile/@name)", "Work");
	written_is(&w, "string(//w:profile/@recovered_by)", "sections");
	written_is(&w, "string(//w:profile/@name_from)", "snapshot");
	written_is(&w, "string(//w:profile/@completeness)", "partial");
	written_free(&w);
}

/* Values without a key: those that could be a profile's, by their name or without one. */
static void test_lone_values(void **state)
{
	static const char *const names[] = { "", "001f3001", "Something" };
	static const char *const expected[] = { "1", "1", "0" };
	struct written w;

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		pair_tear_down(state);
		pair_set_up(state);
		struct pair *pair = *state;
		builder_key key =
			builder_path(pair->before, "Software\\Other", pair_made());
		builder_value_dword(pair->before, key, names[i], 7);
		builder_value_dword(pair->before, key, "Stays", 8);
		pair_fork(pair);
		builder_value_delete(pair->after,
				     pair_key(pair->after, "Software\\Other"), names[i]);
		write_later(&w, pair, 0, NULL, 0);
		written_is(&w, "string(//w:recovered/@lone_values)", "1");
		written_is(&w, "count(//regxml:cellobject)", expected[i]);
		written_free(&w);
	}
}

/* A key elsewhere is told only if it was asked for. */
static void test_keys_elsewhere(void **state)
{
	static const char *const asked[] = { "Software\\Asked" };
	static const char *const other[] = { "Software\\Other" };
	static const char *const all[] = { "\\" };
	static const char *const *const keys[] = { NULL, asked, other, all };
	static const char *const expected[] = { "0", "1", "0", "1" };
	struct pair *pair = *state;

	builder_path(pair->before, "Software\\Other", pair_made());
	builder_value_string(
		pair->before,
		builder_path(pair->before, "Software\\Asked\\Gone", pair_made()), "v",
		"some text");
	pair_add(pair->before, PAIR_PROFILES, "Work", 1);
	pair_fork(pair);
	recoveredhive_delete(pair, "Software\\Asked\\Gone");
	for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
		struct written w;
		recovery_free(pair->recoveries[1]);
		pair->recoveries[1] = NULL;
		write_later(&w, pair, 0, keys[i], keys[i] != NULL);
		written_is(&w,
			   "count(//regxml:cellobject[regxml:basename='Gone']"
			   "[regxml:cellpath='Software\\Asked\\Gone'])",
			   expected[i]);
		written_is(&w, "count(//regxml:cellobject[regxml:basename='v'])",
			   expected[i]);
		written_free(&w);
	}
}

/* What is told in a change of a lost profile. */
static void test_share(void **state)
{
	struct recovered_share share = { .n_keys = 7,
					 .n_values = 6,
					 .n_keys_lost = 5,
					 .n_values_lost = 4,
					 .n_data_lost = 3,
					 .n_heads_lost = 2,
					 .n_data_changed = 1 };
	struct written w;

	(void)state;
	written_start(&w);
	recoveries_share(&w.parts, &share);
	written_end(&w);
	written_is(&w, "string(//w:recovered_share/@completeness)", "partial");
	written_is(&w, "string(//w:recovered_share/@keys)", "7");
	written_is(&w, "string(//w:recovered_share/@values)", "6");
	written_is(&w, "string(//w:recovered_share/@keys_lost)", "5");
	written_is(&w, "string(//w:recovered_share/@values_lost)", "4");
	written_is(&w, "string(//w:recovered_share/@data_lost)", "3");
	written_is(&w, "string(//w:recovered_share/@heads_lost)", "2");
	written_is(&w, "string(//w:recovered_share/@data_changed)", "1");
	written_is(&w, "count(//@recovered_by)", "0");
	written_free(&w);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_profile), TEST(test_spelled_out), TEST(test_how_many),
		TEST(test_torn),    TEST(test_lone_values), TEST(test_keys_elsewhere),
		TEST(test_share),
	};

	return UNIT_RUN(tests);
}
