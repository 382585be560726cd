/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What of a collection serves beside the hives, and what of several is taken. */
#include "help/unit.h"

#include "collection/subjects/foundbeside.h"

#include "help/hives.h"
#include "help/madefinds.h"

#include <stdio.h>
#include <string.h>

static const char *const two[] = { "a", "b", NULL };

/* A file of bytes that only size and content tell from others; hives serve as such. */
static struct builder *bytes(uint64_t time)
{
	return madefinds_hive(NULL, NULL, time);
}

static struct builder *machine(const char *name, uint64_t time)
{
	char path[64];

	(void)snprintf(path, sizeof(path), "\\SystemRoot\\System32\\Config\\%s", name);
	return madefinds_hive(path, NULL, time);
}

static void choose(struct madefinds *all, struct companions_source *source,
		   struct foundbeside_left *left)
{
	struct whose *whose = NULL;
	struct failure failure;

	assert_int_equal(whose_read(&all->finds, &all->opener, &whose, &failure),
			 STATUS_OK);
	assert_int_equal(foundbeside_add(&all->finds, whose, &all->opener, source, left),
			 STATUS_OK);
	whose_free(whose);
}

static void test_all_kinds(void **state)
{
	struct companions_source source = { 0 };
	struct foundbeside_left left;
	struct madefinds all;

	(void)state;
	madefinds_init(&all, two);
	madefinds_add(&all, "a/C/WINNT/system32/config/system", FILEKIND_HIVE,
		      machine("SYSTEM", HIVES_TIME));
	madefinds_add(&all, "b/C/WINNT/system32/config/system", FILEKIND_HIVE,
		      machine("SYSTEM", HIVES_TIME));
	madefinds_add(&all, "b/C/WINNT/system32/config/system.LOG", FILEKIND_LOG,
		      bytes(1));
	madefinds_add(&all, "b/C/WINNT/repair/software", FILEKIND_HIVE,
		      machine("SOFTWARE", HIVES_TIME));
	madefinds_add(&all, "a/software", FILEKIND_HIVE, machine("SOFTWARE", 5));
	madefinds_add(&all, "a/t1.txt", FILEKIND_LISTING, bytes(HIVES_TIME));
	madefinds_add(&all, "b/t1.txt", FILEKIND_LISTING, bytes(HIVES_TIME));
	madefinds_add(&all, "b/t2.txt", FILEKIND_LISTING, bytes(HIVES_TIME + 1));
	madefinds_add(&all, "b/App.evt", FILEKIND_EVENT_LOG, bytes(HIVES_TIME + 2));
	madefinds_add(&all, "b/App.evtx", FILEKIND_EVENT_LOG_XML, bytes(HIVES_TIME + 3));
	madefinds_add(&all, "b/copy.evtx", FILEKIND_EVENT_LOG_XML, bytes(HIVES_TIME + 3));
	/* the same bytes as the .evt, which no two files of these kinds have */
	madefinds_add(&all, "b/Other.evtx", FILEKIND_EVENT_LOG_XML,
		      bytes(HIVES_TIME + 2));
	madefinds_add(&all, "a/WINNT/System32/mapi32.dll", FILEKIND_MAPI32,
		      bytes(HIVES_TIME + 4));
	madefinds_add(&all, "b/other/mapi32.dll", FILEKIND_MAPI32, bytes(HIVES_TIME + 5));
	choose(&all, &source, &left);
	/* in use, of the last operand; not one of the day of the setup */
	assert_string_equal(source.system.path, "b/C/WINNT/system32/config/system");
	assert_int_equal(source.system.n_logs, 1);
	assert_string_equal(source.software.path, "a/software");
	assert_int_equal(source.software.n_logs, 0);
	assert_ptr_equal(source.software.opener, &all.opener);
	/* the same listing twice is one */
	assert_int_equal(source.n_listings, 2);
	assert_string_equal(source.listings[0], "a/t1.txt");
	assert_string_equal(source.listings[1], "b/t2.txt");
	/* of both forms, and the same log twice is one */
	assert_int_equal(source.n_events, 3);
	assert_string_equal(source.events[0], "b/App.evt");
	assert_string_equal(source.events[1], "b/App.evtx");
	assert_string_equal(source.events[2], "b/Other.evtx");
	assert_string_equal(source.mapi32, "a/WINNT/System32/mapi32.dll");
	assert_int_equal(left.mapi32, 1);
	assert_int_equal(left.listings + left.events, 0);
	madefinds_clear(&all);
}

/* Copies of the DLL that no program loads, and what is of another machine or time. */
static void test_what_is_left(void **state)
{
	static const char *const stores[] = {
		"b/C/WINNT/system32/dllcache/mapi32.dll",
		"b/C/WINNT/$NtUninstallKB817375$/mapi32.dll",
		"b/C/WINNT/ServicePackFiles/i386/mapi32.dll",
		"b/C/Documents and Settings/x/Desktop/mapi32.dll",
		"b/i386/mapi32.dll",
	};
	struct companions_source source = { 0 };
	struct foundbeside_left left;
	struct madefinds all;

	(void)state;
	madefinds_init(&all, two);
	for (unsigned i = 0; i < sizeof(stores) / sizeof(stores[0]); i++)
		madefinds_add(&all, stores[i], FILEKIND_MAPI32, bytes(HIVES_TIME + i));
	choose(&all, &source, &left);
	assert_null(source.mapi32);
	assert_int_equal(left.stored, 5);
	assert_int_equal(left.mapi32 + left.elsewhere, 0);
	madefinds_add(&all, "b/C/Users/x/NTUSER.DAT", FILEKIND_HIVE,
		      madefinds_hive(NULL, NULL, HIVES_TIME));
	madefinds_add(&all, "b/pc2/C/WINNT/system32/mapi32.dll", FILEKIND_MAPI32,
		      bytes(HIVES_TIME + 9));
	madefinds_add(&all, "b/pc2/C/WINNT/system32/config/system", FILEKIND_HIVE,
		      machine("SYSTEM", HIVES_TIME));
	madefinds_add(&all, "b/VSS1/C/temp/Users/t.txt", FILEKIND_LISTING,
		      bytes(HIVES_TIME));
	choose(&all, &source, &left);
	assert_null(source.mapi32);
	assert_null(source.system.path);
	assert_int_equal(source.n_listings, 0);
	assert_int_equal(left.stored, 5);
	assert_int_equal(left.elsewhere, 3);
	assert_string_equal(left.first_elsewhere, "b/VSS1/C/temp/Users/t.txt");
	madefinds_add(&all, "b/C/WINNT/system32/mapi32.dll", FILEKIND_MAPI32,
		      bytes(HIVES_TIME + 10));
	choose(&all, &source, &left);
	assert_string_equal(source.mapi32, "b/C/WINNT/system32/mapi32.dll");
	madefinds_clear(&all);
}

static void test_named_by_options(void **state)
{
	struct companions_source source = { .mapi32 = "6.0.6249.0",
					    .listings = { "named" },
					    .n_listings = 1,
					    .events = { "named" },
					    .n_events = 1,
					    .system.path = "named",
					    .software.path = "named" };
	struct foundbeside_left left;
	struct madefinds all;

	(void)state;
	madefinds_init(&all, two);
	madefinds_add(&all, "a/x1", FILEKIND_HIVE, machine("SYSTEM", HIVES_TIME));
	madefinds_add(&all, "a/x2", FILEKIND_HIVE, machine("SOFTWARE", HIVES_TIME));
	madefinds_add(&all, "a/t1.txt", FILEKIND_LISTING, bytes(HIVES_TIME));
	madefinds_add(&all, "b/App.evt", FILEKIND_EVENT_LOG, bytes(HIVES_TIME + 2));
	madefinds_add(&all, "b/mapi32.dll", FILEKIND_MAPI32, bytes(HIVES_TIME + 5));
	choose(&all, &source, &left);
	assert_string_equal(source.system.path, "named");
	assert_string_equal(source.software.path, "named");
	assert_string_equal(source.mapi32, "6.0.6249.0");
	assert_int_equal(source.n_listings, 1);
	assert_int_equal(source.n_events, 1);
	madefinds_clear(&all);
}

static void test_too_many(void **state)
{
	struct companions_source source = { 0 };
	struct foundbeside_left left;
	struct madefinds all;
	char path[32];

	(void)state;
	madefinds_init(&all, two);
	for (unsigned i = 0; i < COMPANIONS_MAX_LISTINGS + 2; i++) {
		(void)snprintf(path, sizeof(path), "a/%02u.txt", i);
		madefinds_add(&all, path, FILEKIND_LISTING, bytes(HIVES_TIME + i));
	}
	choose(&all, &source, &left);
	assert_int_equal(source.n_listings, COMPANIONS_MAX_LISTINGS);
	assert_int_equal(left.listings, 2);
	assert_null(source.system.path);
	assert_null(source.mapi32);
	madefinds_clear(&all);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all_kinds),
		cmocka_unit_test(test_what_is_left),
		cmocka_unit_test(test_named_by_options),
		cmocka_unit_test(test_too_many),
	};

	return UNIT_RUN(tests);
}
