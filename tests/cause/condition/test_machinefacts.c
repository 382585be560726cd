/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Facts of the machine: what damaged files leave open, and what the accounts of services
 * tell.
 */
#include "help/unit.h"

#include "cause/condition/machinefacts.h"

#include "help/hives.h"
#include "help/incidents.h"
#include "help/weighing.h"

#include "samples/incident_server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Bytes of a key of the hive overwritten: not all of it can be read. */
static char *torn_hive(struct builder *b, const char *path)
{
	builder_finish(b);
	builder_key key = builder_key_find(b, builder_root(b), path);
	builder_poke16(b, builder_key_offset(b, key), 0x5858);
	return hives_file(b);
}

/* What is not found in a hive that is torn may have been where it is torn. */
static void test_torn_software(void **state)
{
	struct world *world = *state;
	struct builder *b = incident_server_software();
	char *path = torn_hive(b, "Microsoft\\Exchange");

	builder_free(b);
	world->source.software.path = path;
	weighing_weigh(world);
	(void)remove(path);
	free(path);
	assert_false(companions_are_complete(world->companions));
	assert_false(world->companions->software->has_exchange);
	assert_int_equal(weighing_state(world, CONDITION_EXCHANGE_2000),
			 CONDITION_UNKNOWN);
	assert_int_equal(weighing_state(world, CONDITION_EXCHANGE_55), CONDITION_UNKNOWN);
	assert_int_equal(weighing_state(world, CONDITION_FIX_ABSENT), CONDITION_UNKNOWN);
	/* Nor does the whole one leave it open. */
	world->source.software.path = world->paths[SOFTWARE];
	weighing_weigh(world);
	assert_int_equal(weighing_state(world, CONDITION_EXCHANGE_2000), CONDITION_MET);
	assert_int_equal(weighing_state(world, CONDITION_EXCHANGE_55), CONDITION_NOT_MET);
	assert_int_equal(weighing_state(world, CONDITION_FIX_ABSENT), CONDITION_MET);
}

/*
 * What a hive does not have that is 90 days older than the loss may have come since; where
 * nothing is lost, than the earlier hive.
 */
static void test_stale_software(void **state)
{
	const uint64_t days = UINT64_C(90) * 86400 * 10000000;
	struct evidence evidence = { 0 };
	struct snapshot before = { .newest_ft = HIVES_TIME };
	struct snapshot hive = { .diags = diag_list_new(), .evidence = &evidence };
	struct machine_software software = { .snapshot = &hive };
	struct incidents t;

	(void)state;
	assert_non_null(hive.diags);
	incidents_start(&t);
	t.companions.software = &software;
	t.incident.before = &before;
	hive.newest_ft = HIVES_TIME - days;
	incidents_assert(&t, CONDITION_EXCHANGE_2000, CONDITION_NOT_MET, NULL);
	hive.newest_ft--;
	incidents_assert(&t, CONDITION_EXCHANGE_2000, CONDITION_UNKNOWN, NULL);
	t.incident.losses.from_ft = HIVES_TIME - 1;
	incidents_assert(&t, CONDITION_EXCHANGE_2000, CONDITION_NOT_MET, NULL);
	t.incident.losses.from_ft = HIVES_TIME;
	incidents_assert(&t, CONDITION_EXCHANGE_2000, CONDITION_UNKNOWN, NULL);
	incidents_end(&t);
	diag_list_free(hive.diags);
}

/* Only a listing that is whole shows that a process is not there. */
static void test_torn_listings(void **state)
{
	static const struct {
		const char *text;
		enum condition_state holder, runs, gone;
	} rows[] = {
		{ "MAPI32.DLL - 8 mad.exe\n", CONDITION_NOT_MET, CONDITION_UNKNOWN,
		  CONDITION_UNKNOWN },
		{ "MAPI32.DLL - 8 mad.exe\n!!!!\n", CONDITION_UNKNOWN, CONDITION_UNKNOWN,
		  CONDITION_UNKNOWN },
		{ "MAPI32.DLL - 2032 faxgate.exe\n!!!!\n", CONDITION_MET, CONDITION_MET,
		  CONDITION_NOT_MET },
		/* One of the lost profiles has a name that tells no process. */
		{ "C:\\>tlist -s\n   8 System\n", CONDITION_UNKNOWN, CONDITION_UNKNOWN,
		  CONDITION_UNKNOWN },
		{ "C:\\>tlist -s\n   8 System\n!!!!\n", CONDITION_UNKNOWN,
		  CONDITION_UNKNOWN, CONDITION_UNKNOWN },
		{ "no listing", CONDITION_UNKNOWN, CONDITION_UNKNOWN, CONDITION_UNKNOWN },
	};
	struct world *world = *state;

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		char *path = world_text_file(rows[i].text);
		world->source = (struct companions_source){ .listings = { path },
							    .n_listings = 1 };
		weighing_weigh(world);
		(void)remove(path);
		free(path);
		assert_int_equal(weighing_state(world, CONDITION_THIRD_PARTY_HOLDER),
				 rows[i].holder);
		assert_int_equal(weighing_state(world, CONDITION_PROCESS_RUNS),
				 rows[i].runs);
		assert_int_equal(weighing_state(world, CONDITION_PROCESS_GONE),
				 rows[i].gone);
	}
}

/* A file that is cut may hold another file's version. */
static void test_torn_library(void **state)
{
	struct world *world = *state;

	world->source.mapi32 = world->paths[DLL];
	weighing_weigh(world);
	assert_int_equal(weighing_state(world, CONDITION_MAPI32_AFFECTED), CONDITION_MET);
	for (off_t len = 0; len < 24576; len += 512) {
		char *path = world_dll_file();
		assert_int_equal(truncate(path, len), 0);
		world->source.mapi32 = path;
		weighing_weigh(world);
		(void)remove(path);
		free(path);
		assert_int_equal(weighing_state(world, CONDITION_MAPI32_AFFECTED),
				 CONDITION_UNKNOWN);
		assert_false(companions_are_complete(world->companions));
	}
}

/*
 * A service of another account speaks against the cause only if the hive tells
 * the account of each that may be the one.
 */
static void test_accounts_of_services(void **state)
{
	static const struct {
		const char *modules, *services;
		enum condition_state state;
	} rows[] = {
		{ "MAPI32.DLL - 8 reporter.exe\n",
		  "   8 reporter.exe    Svcs:  "
		  "ExampleReporter\n",
		  CONDITION_NOT_MET },
		{ "MAPI32.DLL - 8 reporter.exe\n",
		  "   8 reporter.exe    Svcs:  "
		  "ExampleReporter,Unknown\n",
		  CONDITION_UNKNOWN },
		{ "MAPI32.DLL - 8 reporter.exe\nMAPI32.DLL - 9 other.exe\n",
		  "   8 reporter.exe    Svcs:  ExampleReporter\n"
		  "   9 other.exe       Svcs:  Unknown\n",
		  CONDITION_UNKNOWN },
		{ "MAPI32.DLL - 8 reporter.exe\n!!!!\n",
		  "   8 reporter.exe    Svcs:  ExampleReporter\n", CONDITION_UNKNOWN },
		{ "MAPI32.DLL - 8 reporter.exe\nMAPI32.DLL - 9 bkagent.exe\n",
		  "   8 reporter.exe    Svcs:  ExampleReporter\n"
		  "   9 bkagent.exe     Svcs:  ExampleBackupAgent\n",
		  CONDITION_MET },
		{ "MAPI32.DLL - 8 mad.exe\n",
		  "   8 mad.exe         Svcs:  "
		  "MSExchangeSA\n",
		  CONDITION_NOT_MET },
	};
	struct world *world = *state;

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		char *services = NULL;
		assert_true(asprintf(&services, "C:\\>tlist -s\n%s", rows[i].services) >
			    0);
		char *paths[] = { world_text_file(rows[i].modules),
				  world_text_file(services) };
		world->source = (struct companions_source){
			.listings = { paths[0], paths[1] },
			.n_listings = 2,
			.system.path = world->paths[SYSTEM],
		};
		weighing_weigh(world);
		assert_int_equal(weighing_state(world, CONDITION_LOCAL_SYSTEM_SERVICE),
				 rows[i].state);
		for (size_t k = 0; k < 2; k++) {
			(void)remove(paths[k]);
			free(paths[k]);
		}
		free(services);
	}
}

/* Nothing is known of what was not given. */
static void test_nothing_given(void **state)
{
	static const enum condition_id ids[] = {
		CONDITION_MAPI32_AFFECTED,    CONDITION_EXCHANGE_2000,
		CONDITION_EXCHANGE_55,	      CONDITION_FIX_ABSENT,
		CONDITION_OUTLOOK_INSTALLED,  CONDITION_TERMINAL_SERVER,
		CONDITION_THIRD_PARTY_HOLDER, CONDITION_LOCAL_SYSTEM_SERVICE,
		CONDITION_PROCESS_RUNS,	      CONDITION_PROCESS_GONE,
		CONDITION_OTHER_IDENTITY,
	};
	struct world *world = *state;

	weighing_weigh(world);
	for (size_t i = 0; i < ARRAY_LEN(ids); i++)
		assert_int_equal(weighing_state(world, ids[i]), CONDITION_UNKNOWN);
}

/* Exchange 5.5 has a Mapi32.dll of its own, which tells it without any hive. */
static void test_versions_of_the_library(void **state)
{
	static const struct {
		const char *version;
		enum condition_state affected, exchange_55;
	} rows[] = {
		{ "6.0.6447.9", CONDITION_MET, CONDITION_UNKNOWN },
		{ "6.0.6448.0", CONDITION_NOT_MET, CONDITION_UNKNOWN },
		{ "5.5.2653.12", CONDITION_NOT_MET, CONDITION_MET },
	};
	struct world *world = *state;

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		world->source = (struct companions_source){ .mapi32 = rows[i].version };
		weighing_weigh(world);
		assert_int_equal(weighing_state(world, CONDITION_MAPI32_AFFECTED),
				 rows[i].affected);
		assert_int_equal(weighing_state(world, CONDITION_EXCHANGE_55),
				 rows[i].exchange_55);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(test_nothing_given),
		WORLD_TEST(test_versions_of_the_library),
		cmocka_unit_test(test_stale_software),
		WORLD_TEST(test_torn_software),
		WORLD_TEST(test_torn_listings),
		WORLD_TEST(test_torn_library),
		WORLD_TEST(test_accounts_of_services),
	};
	return UNIT_RUN(tests);
}
