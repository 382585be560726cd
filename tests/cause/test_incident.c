/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is given beside the hives, weighed as the program does it: the causes, what
 * damaged files leave open, how much advice there is room for, and lack of memory at
 * each single allocation.
 */
#define UNIT_OOM
#include "help/unit.h"

#include "help/hives.h"
#include "help/world.h"

#include "samples/incident_server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The last n of the two hives. */
static void read_series(struct world *world, size_t n)
{
	struct snapshot_source sources[] = { { .path = world->paths[BEFORE] },
					     { .path = world->paths[AFTER] } };
	struct series_options options = { .n_threads = 1, .recover = true };
	struct failure failure = { 0 };

	assert_int_equal(
		series_read(sources + 2 - n, n, &options, &world->series, &failure),
		STATUS_OK);
}

static const struct diagnosis *weigh(struct world *world)
{
	world_forget(world);
	world_read_companions(world);
	read_series(world, 2);
	assert_int_equal(
		diagnoses_read(world->series, world->companions, &world->diagnoses),
		STATUS_OK);
	assert_true(world->diagnoses.n > 0);
	assert_int_equal(world->diagnoses.items[0].cause, CAUSE_KB_817375);
	return &world->diagnoses.items[0];
}

static enum condition_state state_of(const struct world *world, enum condition_id id)
{
	for (size_t i = 0; i < world->diagnoses.n; i++)
		for (size_t k = 0; k < world->diagnoses.items[i].n_conditions; k++)
			if (world->diagnoses.items[i].conditions[k].id == id)
				return world->diagnoses.items[i].conditions[k].state;
	fail_msg("no %s", condition_word(id));
	return CONDITION_UNKNOWN;
}

/* ---- weighing ---- */

static void test_the_incident(void **state)
{
	struct world *world = *state;

	world_give_all(world);
	const struct diagnosis *diagnosis = weigh(world);
	assert_int_equal(diagnosis->grade, GRADE_SUPPORTED);
	assert_ptr_equal(diagnoses_best(&world->diagnoses, world->series->comparisons[0]),
			 diagnosis);
	assert_int_equal(world->diagnoses.holders.n, 3);
}

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
	weigh(world);
	(void)remove(path);
	free(path);
	assert_false(companions_are_complete(world->companions));
	assert_false(world->companions->software->has_exchange);
	assert_int_equal(state_of(world, CONDITION_EXCHANGE_2000), CONDITION_UNKNOWN);
	assert_int_equal(state_of(world, CONDITION_EXCHANGE_55), CONDITION_UNKNOWN);
	assert_int_equal(state_of(world, CONDITION_FIX_ABSENT), CONDITION_UNKNOWN);
	/* Nor does the whole one leave it open. */
	world->source.software.path = world->paths[SOFTWARE];
	weigh(world);
	assert_int_equal(state_of(world, CONDITION_EXCHANGE_2000), CONDITION_MET);
	assert_int_equal(state_of(world, CONDITION_EXCHANGE_55), CONDITION_NOT_MET);
	assert_int_equal(state_of(world, CONDITION_FIX_ABSENT), CONDITION_MET);
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
		{ "C:\\>tlist -s\n   8 System\n", CONDITION_UNKNOWN, CONDITION_NOT_MET,
		  CONDITION_MET },
		{ "C:\\>tlist -s\n   8 System\n!!!!\n", CONDITION_UNKNOWN,
		  CONDITION_UNKNOWN, CONDITION_UNKNOWN },
		{ "no listing", CONDITION_UNKNOWN, CONDITION_UNKNOWN, CONDITION_UNKNOWN },
	};
	struct world *world = *state;

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		char *path = world_text_file(rows[i].text);
		world->source = (struct companions_source){ .listings = { path },
							    .n_listings = 1 };
		weigh(world);
		(void)remove(path);
		free(path);
		assert_int_equal(state_of(world, CONDITION_THIRD_PARTY_HOLDER),
				 rows[i].holder);
		assert_int_equal(state_of(world, CONDITION_PROCESS_RUNS), rows[i].runs);
		assert_int_equal(state_of(world, CONDITION_PROCESS_GONE), rows[i].gone);
	}
}

/* A file that is cut may hold another file's version. */
static void test_torn_library(void **state)
{
	struct world *world = *state;

	world->source.mapi32 = world->paths[DLL];
	weigh(world);
	assert_int_equal(state_of(world, CONDITION_MAPI32_AFFECTED), CONDITION_MET);
	for (off_t len = 0; len < 24576; len += 512) {
		char *path = world_dll_file();
		assert_int_equal(truncate(path, len), 0);
		world->source.mapi32 = path;
		weigh(world);
		(void)remove(path);
		free(path);
		assert_int_equal(state_of(world, CONDITION_MAPI32_AFFECTED),
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
		weigh(world);
		assert_int_equal(state_of(world, CONDITION_LOCAL_SYSTEM_SERVICE),
				 rows[i].state);
		for (size_t k = 0; k < 2; k++) {
			(void)remove(paths[k]);
			free(paths[k]);
		}
		free(services);
	}
}

/* ---- advice ---- */

static size_t count_advice(const struct diagnosis *diagnosis, const char *code)
{
	size_t n = 0;

	for (size_t i = 0; i < diagnosis->n_advice; i++)
		n += strcmp(diagnosis->advice[i].code, code) == 0;
	return n;
}

/* However many hold the file, the fix itself has its place. */
static void test_advice_about_very_many_processes(void **state)
{
	static const char *const classes[] = { "agent", "mad", "svchost", "mmc" };
	struct world *world = *state;
	char *text[2] = { NULL, NULL };
	size_t size;
	FILE *modules = open_memstream(&text[0], &size);
	FILE *services = open_memstream(&text[1], &size);

	assert_non_null(modules);
	assert_non_null(services);
	fputs("C:\\>tlist -s\n", services);
	for (unsigned i = 0; i < 1000; i++) {
		unsigned pid = 4000 + 4 * i;
		fprintf(modules, "MAPI32.DLL - %u %s.exe\n", pid, classes[i / 2 % 4]);
		if (i % 2)
			fprintf(services, "%u %s.exe       Svcs:  S%u\n", pid,
				classes[i / 2 % 4], i);
	}
	assert_int_equal(fclose(modules), 0);
	assert_int_equal(fclose(services), 0);
	world_give_all(world);
	char *paths[] = { world_text_file(text[0]), world_text_file(text[1]) };
	world->source.listings[0] = paths[0];
	world->source.listings[1] = paths[1];
	const struct diagnosis *diagnosis = weigh(world);
	assert_int_equal(world->diagnoses.holders.n, 1000);
	assert_in_range(diagnosis->n_advice, 50, DIAGNOSIS_MAX_ADVICE - 1);
	assert_int_equal(count_advice(diagnosis, "install_fix"), 1);
	assert_int_equal(count_advice(diagnosis, "check_version"), 1);
	assert_int_equal(count_advice(diagnosis, "check_events"), 1);
	assert_int_equal(count_advice(diagnosis, "check_profiles"), 1);
	assert_true(count_advice(diagnosis, "exchange_service") > 1);
	assert_true(count_advice(diagnosis, "shared_host") > 1);
	/* What is stopped is started again, and nobody closes Exchange by hand. */
	assert_int_equal(count_advice(diagnosis, "stop_service"),
			 count_advice(diagnosis, "restart_service"));
	for (size_t i = 0; i < diagnosis->n_advice; i++)
		if (strcmp(diagnosis->advice[i].code, "stop_program") == 0)
			assert_null(strstr(diagnosis->advice[i].text, "mad.exe"));
	for (size_t i = 0; i < 2; i++) {
		(void)remove(paths[i]);
		free(paths[i]);
		free(text[i]);
	}
}

/* ---- lack of memory ---- */

static void weigh_without_memory(struct world *world, size_t n_snapshots)
{
	struct diagnoses diagnoses = { 0 };

	world_read_companions(world);
	read_series(world, n_snapshots);
	struct unit_oom oom;
	UNIT_FAIL_EACH (oom) {
		enum status status =
			UNIT_FAILING(oom, diagnoses_read(world->series, world->companions,
							 &diagnoses));
		if (status == STATUS_OK && !oom.failed) {
			assert_true(oom.n > 20);
			break;
		}
		/* What fails must be told: nothing is concluded without it. */
		assert_int_equal(status, STATUS_NOMEM);
		assert_null(diagnoses.items);
	}
	assert_true(diagnoses.n > 0);
	diagnoses_clear(&diagnoses);
	world_forget(world);
}

static void test_weighing_without_memory(void **state)
{
	struct world *world = *state;

	world_give_all(world);
	weigh_without_memory(world, 2);
	weigh_without_memory(world, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(test_the_incident),
		WORLD_TEST(test_torn_software),
		WORLD_TEST(test_torn_listings),
		WORLD_TEST(test_torn_library),
		WORLD_TEST(test_accounts_of_services),
		WORLD_TEST(test_advice_about_very_many_processes),
		WORLD_TEST(test_weighing_without_memory),
	};
	return UNIT_RUN(tests);
}
