/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The snapshot element: the lists of a recipe, and how much of them is spelled out. */
#include "help/unit.h"

#include "help/dirtyseries.h"
#include "help/logs.h"
#include "help/recoveredhive.h"
#include "help/written.h"

#include "report/document/snapshots.h"

#include <stdio.h>
#include <string.h>

/* Both lists, each with its profiles; DefaultProfile names one that is there. */
static void test_lists(void **state)
{
	struct pair *pair = *state;
	struct written w;

	recoveredhive_add_two(pair);
	pair_add(pair->before, PAIR_DELETED, "Old", 3);
	builder_value_string(pair->before, pair_key(pair->before, PAIR_PROFILES),
			     "DefaultProfile", "Home");
	pair_fork(pair);
	pair_compare(pair);
	written_start(&w);
	written_of_pair(&w, pair);
	snapshots_write(&w.parts, 1);
	written_end(&w);
	written_is(&w, "string(//w:snapshot/@id)", "s2");
	written_is(&w, "string(//w:snapshot/@input)", "i2");
	written_is(&w, "string(//w:snapshot/@state)", "as_found");
	written_is(&w, "string(//w:snapshot/@readers)", "agree");
	written_is(&w, "string(//w:store[@list='profiles']/@id)", "s2.1");
	written_is(&w, "string(//w:store[@list='profiles']/@kind)", "wms");
	written_is(&w, "string(//w:store[@list='profiles']/@path)", PAIR_PROFILES);
	written_is(&w, "string(//w:store[@list='profiles']/@present)", "1");
	written_is(&w, "string(//w:store[@list='profiles']/@mtime)",
		   "2015-04-07T08:30:00.1234567Z");
	written_is(&w, "string(//w:default_profile/@name)", "Home");
	written_is(&w, "string(//w:default_profile/@resolved)", "1");
	written_is(&w, "count(//w:store[@list='profiles']/w:profile)", "2");
	written_is(&w,
		   "string(//w:store[@list='profiles']/w:profile[@default='1']/@name)",
		   "Home");
	written_is(&w, "string(//w:store[@list='deleted_profiles']/@id)", "s2.2");
	written_is(&w, "string(//w:store[@list='deleted_profiles']/w:profile/@name)",
		   "Old");
	/* There is a comparison to tell of, and nothing was recovered. */
	written_is(&w, "count(//w:profile/* | //w:recovered)", "0");
	assert_int_equal(w.parts.n_written, 3);
	written_free(&w);
}

/* Beside the lists: what each version of Office has, and nothing of one that has nothing. */
static void test_offices(void **state)
{
	struct pair *pair = *state;
	struct written w;

	recoveredhive_add_two(pair);
	builder_value_dword(
		pair->before,
		builder_path(pair->before, MAPI_OFFICE("14.0") "\\Setup", pair_made()),
		"UpdateProfiles", 144760);
	builder_path(pair->before, MAPI_OFFICE("15.0") "\\Setup", pair_made());
	builder_value_string(pair->before,
			     builder_path(pair->before,
					  MAPI_OFFICE("16.0") "\\AutoDiscover"
							      "\\RedirectServers",
					  pair_made()),
			     "", "no host");
	pair_fork(pair);
	pair_compare(pair);
	written_start(&w);
	written_of_pair(&w, pair);
	snapshots_write(&w.parts, 1);
	written_end(&w);
	written_is(&w, "count(//w:office)", "1");
	written_is(&w, "count(//w:office/@machine_id)", "0");
	written_is(&w, "string(//w:office/@version)", "14.0");
	written_is(&w, "string(//w:office/@outlook_build)", "144760");
	written_is(&w, "string(//w:office/@outlook_version)", "14.0.4760");
	written_free(&w);
}

/* Of a hive alone all is told; of several with --full too. */
static void test_spelled_out(void **state)
{
	struct pair *pair = *state;

	recoveredhive_add_two(pair);
	pair_fork(pair);
	pair_compare(pair);
	for (int alone = 0; alone < 2; alone++) {
		struct written w;
		written_start(&w);
		if (alone)
			written_of_later(&w, pair);
		else
			written_of_pair(&w, pair);
		w.options.full = !alone;
		snapshots_write(&w.parts, 0);
		written_end(&w);
		written_is(&w, "string(//w:snapshot/@id)", "s1");
		written_is(&w, "count(//w:profile[w:service])", "2");
		written_free(&w);
	}
}

/* A default that names nobody is told, and that it does. */
static void test_dangling_default(void **state)
{
	struct pair *pair = *state;
	struct written w;

	pair_add(pair->before, PAIR_PROFILES, "Work", 1);
	builder_value_string(pair->before, pair_key(pair->before, PAIR_PROFILES),
			     "DefaultProfile", "Gone");
	pair_fork(pair);
	pair_compare(pair);
	written_start(&w);
	written_of_pair(&w, pair);
	snapshots_write(&w.parts, 0);
	written_end(&w);
	written_is(&w, "string(//w:default_profile/@name)", "Gone");
	written_is(&w, "string(//w:default_profile/@resolved)", "0");
	written_free(&w);
}

static void test_recovered(void **state)
{
	struct pair *pair = *state;
	struct written w;

	recoveredhive_add_two(pair);
	pair_fork(pair);
	recoveredhive_delete(pair, WORK);
	pair_compare(pair);
	pair_recover(pair, NULL, 0);
	/* Beside a comparison they are named only; alone they are spelled out. */
	for (int alone = 0; alone < 2; alone++) {
		written_start(&w);
		if (alone)
			written_of_later(&w, pair);
		else
			written_of_pair(&w, pair);
		snapshots_write(&w.parts, !alone);
		written_end(&w);
		written_is(&w, "string(//w:recovered/w:profile/@name)", "Work");
		written_is(&w, "count(//w:recovered/w:profile[w:service])",
			   alone ? "1" : "0");
		written_free(&w);
	}
}

/* One more than are spelled out of a hive alone. */
static void test_many_recovered(void **state)
{
	struct pair *pair = *state;
	struct written w;
	char path[256];

	for (unsigned i = 0; i <= SNAPSHOTS_MAX_WHOLE; i++) {
		(void)snprintf(path, sizeof(path), "P%03u", i);
		pair_add(pair->before, PAIR_PROFILES, path, i + 1);
	}
	pair_fork(pair);
	for (unsigned i = 0; i <= SNAPSHOTS_MAX_WHOLE; i++) {
		(void)snprintf(path, sizeof(path), PAIR_PROFILES "\\P%03u", i);
		recoveredhive_delete(pair, path);
	}
	pair_compare(pair);
	const struct snapshot *earlier[] = { pair->old };
	pair_recover(pair, earlier, 1);
	written_start(&w);
	written_of_later(&w, pair);
	snapshots_write(&w.parts, 0);
	written_end(&w);
	written_is(&w, "count(//w:recovered/w:profile)", "101");
	written_is(&w, "count(//w:recovered/w:profile[w:service])", "100");
	written_is(&w, "count(//w:recovered/w:profile[last()]/w:service)", "0");
	written_free(&w);
}

/* The hive as it was found, and as its log makes it: one input. */
static void test_replayed(void **state)
{
	struct dirtyseries dirty;
	struct written w;

	(void)state;
	dirtyseries_read(&dirty);
	written_start(&w);
	written_of(&w, dirty.series, NULL, NULL);
	snapshots_write(&w.parts, 0);
	snapshots_write(&w.parts, 1);
	written_end(&w);
	written_is(&w, "string(//w:snapshot[1]/@state)", "as_found");
	written_is(&w, "string(//w:snapshot[2]/@state)", "replayed");
	written_is(&w, "count(//w:snapshot[@input='i1'])", "2");
	written_free(&w);
	dirtyseries_clear(&dirty);
}

/* Data files that search knows: in a profile, in none, and where that cannot be told. */
static void test_data_files(void **state)
{
	struct pair *pair = *state;
	builder_key search;
	struct written w;

	recoveredhive_add_two(pair);
	search = builder_path(pair->before, MAPI_OFFICE("14.0") "\\Search", pair_made());
	builder_value_dword(pair->before, search, "C:\\mail\\PERSONAL.pst", 1);
	builder_value_dword(pair->before, search, "D:\\gone.pst", 1);
	builder_value_dword(pair->before, search, "D:\\SHORT~1.pst", 1);
	pair_fork(pair);
	pair_compare(pair);
	written_start(&w);
	written_of_pair(&w, pair);
	snapshots_write(&w.parts, 1);
	written_end(&w);
	written_is(&w, "string(//w:office/@version)", "14.0");
	written_is(&w, "count(//w:office/@outlook_build)", "0");
	written_is(&w, "count(//w:data_file[@source='search'])", "3");
	written_is(&w, "string(//w:data_file[1]/@path)", "C:\\mail\\PERSONAL.pst");
	written_is(&w, "string(//w:data_file[1]/@in_profile)", "1");
	written_is(&w, "string(//w:data_file[2]/@in_profile)", "0");
	written_is(&w, "count(//w:data_file[3]/@in_profile)", "0");
	written_free(&w);
}

/* Who was signed in, where autodiscover may go, which profile was opened; no token. */
static void test_identity_and_boot(void **state)
{
	struct pair *pair = *state;
	struct builder *b = pair->before;
	builder_key key;
	struct written w;

	recoveredhive_add_two(pair);
	key = builder_path(b, "Software\\Microsoft\\Office\\16.0\\Common\\Identity",
			   pair_made());
	builder_value_string(b, key, "ADUserName", "ada");
	key = builder_path(
		b,
		"Software\\Microsoft\\Office\\16.0\\Common\\Identity\\Identities\\1_ADAL",
		pair_made());
	builder_value_string(b, key, "SignInName", "ada@example.com");
	builder_value_string(b, key, "Unheard", "nevershown");
	key = builder_path(b, MAPI_OFFICE("16.0") "\\AutoDiscover\\RedirectServers",
			   pair_made());
	builder_value_string(b, key, "autodiscover-s.example.com", "");
	key = builder_path(b, MAPI_OFFICE("16.0") "\\BootDiagnostics", pair_made());
	builder_value_string(b, key, "Last", "home");
	builder_value_string(b, key, "Step", "x");
	pair_fork(pair);
	pair_compare(pair);
	written_start(&w);
	written_of_pair(&w, pair);
	snapshots_write(&w.parts, 1);
	written_end(&w);
	written_is(&w, "count(//w:office)", "1");
	written_is(&w, "count(//w:identity)", "3");
	written_is(&w, "string(//w:identity[@name='ADUserName']/@value)", "ada");
	written_is(&w, "string(//w:identity[@name='ADUserName']/@key)", "");
	written_is(&w, "string(//w:identity[@name='SignInName']/@value)",
		   "ada@example.com");
	written_is(&w, "string(//w:identity[@name='SignInName']/@key)",
		   "Identities\\1_ADAL");
	written_is(&w, "string(//w:identity[@name='Unheard']/@bytes)", "22");
	written_is(&w, "count(//w:identity[@name='Unheard']/@value)", "0");
	assert_null(memmem(w.bytes, w.n, "nevershown", 10));
	written_is(&w, "string(//w:redirect/@host)", "autodiscover-s.example.com");
	written_is(&w, "count(//w:boot)", "2");
	written_is(&w, "string(//w:boot[@name='Last']/@key)", "BootDiagnostics");
	written_is(&w, "string(//w:boot[@name='Last']/@value)", "home");
	/* The recipe has a profile "Home". */
	written_is(&w, "string(//w:boot[@name='Last']/@names_profile)", "1");
	written_is(&w, "count(//w:boot[@name='Step']/@names_profile)", "0");
	written_free(&w);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_lists),
		TEST(test_offices),
		TEST(test_spelled_out),
		TEST(test_dangling_default),
		TEST(test_recovered),
		TEST(test_many_recovered),
		cmocka_unit_test(test_replayed),
		TEST(test_data_files),
		TEST(test_identity_and_boot),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, logs_set_up, logs_tear_down);
}
