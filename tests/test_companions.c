/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * All that is given beside the hives, read and weighed as the program does it:
 * what is listed, what is not complete, what damaged files leave open, how
 * much advice there is room for, and lack of memory at each single allocation.
 */
#define UNIT_OOM
#include "unit.h"

#include "case/companions.h"
#include "case/incident.h"
#include "case/series.h"

#include "machines.h"

#include "../samples/evt.h"
#include "../samples/incident.h"
#include "../samples/pe.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* More allocations than any of these needs: the loops must come to an end. */
#define MOST 20000

#define HOLDS                                                                            \
	"MAPI32.DLL - 1704 mad.exe\nMAPI32.DLL - 2032 faxgate.exe\n"                     \
	"MAPI32.DLL - 2420 bkagent.exe\n"
#define SERVICES                                                                         \
	"C:\\>tlist -s\n1704 mad.exe         Svcs:  MSExchangeSA\n"                      \
	"2032 faxgate.exe     Svcs:  ExampleFaxGateway\n"                                \
	"2420 bkagent.exe     Svcs:  ExampleBackupAgent\n"

/* The files of a test; *state is one of these. */
enum file {
	BEFORE,
	AFTER,
	DLL,
	MODULES,
	PROCESSES,
	SYSTEM,
	SOFTWARE,
	EVENTS,
	ROWS,
	FILES
};
struct world {
	char *paths[FILES];
	struct companions_source source; /* of them, what a test wants */
	struct companions *companions;
	struct series *series;
	struct diagnoses diagnoses;
};

/* ---- files ---- */

static char *text_file(const char *text)
{
	return hives_temporary(text, strlen(text));
}

static char *hive_file(struct builder *b)
{
	size_t len = 0;

	builder_finish(b);
	const uint8_t *bytes = builder_bytes(b, &len);
	return hives_temporary(bytes, len);
}

/* The pair of the sample exchange2000. */
static void make_hives(struct world *world)
{
	struct builder *b = incident_before();

	world->paths[BEFORE] = hive_file(b);
	incident_overnight(b);
	incident_purge(b);
	builder_stamp(b, incident_moment(18, 11, 42, 36, 2), 1225);
	world->paths[AFTER] = machines_file(b);
	world->paths[SYSTEM] = machines_file(incident_server_system());
	world->paths[SOFTWARE] = machines_file(incident_server_software());
}

static char *dll_file(void)
{
	struct pe_image image = pe_image_build(&(struct pe_recipe){
		.has_version = true, .version = { 6, 0, 6249, 0 }, .size = 24576 });
	char *path = hives_temporary(image.bytes, image.len);

	pe_image_free(&image);
	return path;
}

/* From the 17th on; the sign that the article names, two seconds after the loss. */
static char *events_file(void)
{
	struct evt *evt = evt_new(0x1000);
	size_t len;

	evt_add(evt, &(struct evt_event){ .time = evt_march(16, 6, 0, 0),
					  .source = "MSExchangeIS",
					  .computer = "EXCH01",
					  .id = EVT_ID(EVT_ID_INFORMATION, 1001),
					  .type = EVT_INFORMATION });
	evt_add(evt, &(struct evt_event){ .time = evt_march(18, 9, 14, 9),
					  .source = "MSExchangeSA",
					  .computer = "EXCH01",
					  .id = EVT_ID(EVT_ID_ERROR, 9202),
					  .type = EVT_ERROR,
					  .strings = { "store", "0x80004005" } });
	evt_close(evt);
	const uint8_t *bytes = evt_bytes(evt, &len);
	char *path = hives_temporary(bytes, len);
	evt_free(evt);
	return path;
}

static int set_up(void **state)
{
	struct world *world = calloc(1, sizeof(*world));

	assert_non_null(world);
	make_hives(world);
	world->paths[DLL] = dll_file();
	world->paths[MODULES] = text_file(HOLDS);
	world->paths[PROCESSES] = text_file(SERVICES);
	world->paths[EVENTS] = events_file();
	world->paths[ROWS] = text_file("Archive *\tan archiver\tyes\n");
	*state = world;
	return 0;
}

/* What was read; the files stay. */
static void forget(struct world *world)
{
	diagnoses_clear(&world->diagnoses);
	companions_free(world->companions);
	series_free(world->series);
	world->companions = NULL;
	world->series = NULL;
}

static int tear_down(void **state)
{
	struct world *world = *state;

	forget(world);
	for (size_t i = 0; i < FILES; i++) {
		(void)remove(world->paths[i]);
		free(world->paths[i]);
	}
	free(world);
	return 0;
}

static void give_all(struct world *world)
{
	struct companions_source *source = &world->source;

	*source = (struct companions_source){
		.mapi32 = world->paths[DLL],
		.listings = { world->paths[MODULES], world->paths[PROCESSES] },
		.n_listings = 2,
		.patterns = world->paths[ROWS],
		.system.path = world->paths[SYSTEM],
		.software.path = world->paths[SOFTWARE],
	};
	if (eventlog_is_supported())
		source->events[source->n_events++] = world->paths[EVENTS];
}

/* ---- reading and weighing ---- */

static void read_companions(struct world *world)
{
	struct failure failure = { 0 };

	if (companions_read(&world->source, &world->companions, &failure) != STATUS_OK)
		fail_msg("%s", failure.sentence);
}

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
	forget(world);
	read_companions(world);
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

/* ---- reading ---- */

static void test_nothing_given(void **state)
{
	struct world *world = *state;
	struct companion all[COMPANIONS_MAX];

	read_companions(world);
	assert_int_equal(companions_list(world->companions, all), 0);
	assert_true(companions_are_complete(world->companions));
	assert_true(world->companions->names.n > 0);
}

static void test_all_given(void **state)
{
	static const char *const words[] = { "mapi32",	 "modules", "modules", "system",
					     "software", "events",  "patterns" };
	static const enum file files[] = { DLL,	     MODULES, PROCESSES, SYSTEM,
					   SOFTWARE, EVENTS,  ROWS };
	struct world *world = *state;
	struct companion all[COMPANIONS_MAX];
	size_t at = 0;

	give_all(world);
	read_companions(world);
	size_t n = companions_list(world->companions, all);
	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		if (files[i] == EVENTS && !eventlog_is_supported())
			continue;
		assert_true(at < n);
		assert_string_equal(companion_role_word(all[at].role), words[i]);
		assert_string_equal(all[at].evidence->path, world->paths[files[i]]);
		assert_int_equal(all[at].snapshot != NULL,
				 files[i] == SYSTEM || files[i] == SOFTWARE);
		assert_int_equal(all[at].index, files[i] == PROCESSES);
		at++;
	}
	assert_int_equal(n, at);
	assert_true(companions_are_complete(world->companions));
}

/* A number stands for the file; there is no evidence to list. */
static void test_version_given(void **state)
{
	struct world *world = *state;
	struct companion all[COMPANIONS_MAX];

	world->source.mapi32 = "6.0.6249.0";
	read_companions(world);
	assert_int_equal(companions_list(world->companions, all), 0);
	assert_true(companions_are_complete(world->companions));
	assert_int_equal(world->companions->mapi32->verdict, MAPI32_AFFECTED);
}

static void test_files_of_another_kind(void **state)
{
	static const enum file wrong[] = { DLL, MODULES, SYSTEM, SOFTWARE, EVENTS };
	struct world *world = *state;

	for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
		if (wrong[i] == EVENTS && !eventlog_is_supported())
			continue;
		world->source = (struct companions_source){ 0 };
		if (wrong[i] == DLL)
			world->source.mapi32 = world->paths[MODULES];
		else if (wrong[i] == MODULES)
			world->source.listings[world->source.n_listings++] =
				world->paths[DLL];
		else if (wrong[i] == SYSTEM)
			world->source.system.path = world->paths[SOFTWARE];
		else if (wrong[i] == SOFTWARE)
			world->source.software.path = world->paths[SYSTEM];
		else
			world->source.events[world->source.n_events++] =
				world->paths[SYSTEM];
		read_companions(world);
		assert_false(companions_are_complete(world->companions));
		forget(world);
	}
}

static void test_files_that_are_missing(void **state)
{
	struct world *world = *state;

	for (size_t i = 0; i < 6; i++) {
		struct failure failure = { 0 };
		world->source = (struct companions_source){ 0 };
		if (i == 0)
			world->source.mapi32 = "/nowhere/0";
		else if (i == 1)
			world->source.listings[world->source.n_listings++] = "/nowhere/1";
		else if (i == 2)
			world->source.system.path = "/nowhere/2";
		else if (i == 3)
			world->source.software.path = "/nowhere/3";
		else if (i == 4)
			world->source.patterns = "/nowhere/4";
		else
			world->source.events[world->source.n_events++] = "/nowhere/5";
		if (i == 5 && !eventlog_is_supported())
			continue;
		assert_int_equal(
			companions_read(&world->source, &world->companions, &failure),
			STATUS_IO);
		assert_null(world->companions);
		assert_non_null(strstr(failure.sentence, "/nowhere/"));
	}
}

/* ---- weighing ---- */

static void test_the_incident(void **state)
{
	struct world *world = *state;

	give_all(world);
	const struct diagnosis *diagnosis = weigh(world);
	assert_int_equal(diagnosis->grade,
			 eventlog_is_supported() ? GRADE_SUPPORTED : GRADE_POSSIBLE);
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
	return hive_file(b);
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
		char *path = text_file(rows[i].text);
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
		char *path = dll_file();
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
		char *paths[] = { text_file(rows[i].modules), text_file(services) };
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
	give_all(world);
	char *paths[] = { text_file(text[0]), text_file(text[1]) };
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

/*
 * Of each hive five allocations may fail and all is read: three for a path in a
 * sentence that nobody hears, two of the second reader, which is told then.
 */
static void test_reading_without_memory(void **state)
{
	struct world *world = *state;
	size_t n_spared = 0;

	give_all(world);
	for (long i = 0;; i++) {
		struct failure failure = { 0 };
		assert_true(i < MOST);
		unit_fail_after = i;
		enum status status =
			companions_read(&world->source, &world->companions, &failure);
		bool failed = unit_fail_after < 0;
		unit_fail_after = -1;
		if (status == STATUS_OK) {
			assert_true(companions_are_complete(world->companions));
			if (!failed)
				break;
			n_spared++;
			forget(world);
			continue;
		}
		assert_int_equal(status, STATUS_NOMEM);
		assert_true(strlen(failure.sentence) > 0);
		assert_null(world->companions);
	}
	assert_in_range(n_spared, 0, 10);
}

static void weigh_without_memory(struct world *world, size_t n_snapshots)
{
	struct diagnoses diagnoses = { 0 };

	read_companions(world);
	read_series(world, n_snapshots);
	for (long i = 0;; i++) {
		assert_true(i < MOST);
		unit_fail_after = i;
		enum status status =
			diagnoses_read(world->series, world->companions, &diagnoses);
		bool failed = unit_fail_after < 0;
		unit_fail_after = -1;
		if (status == STATUS_OK && !failed) {
			assert_true(i > 20);
			break;
		}
		/* What fails must be told: nothing is concluded without it. */
		assert_int_equal(status, STATUS_NOMEM);
		assert_null(diagnoses.items);
	}
	assert_true(diagnoses.n > 0);
	diagnoses_clear(&diagnoses);
	forget(world);
}

static void test_weighing_without_memory(void **state)
{
	struct world *world = *state;

	give_all(world);
	weigh_without_memory(world, 2);
	weigh_without_memory(world, 1);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_nothing_given),
		TEST(test_all_given),
		TEST(test_version_given),
		TEST(test_files_of_another_kind),
		TEST(test_files_that_are_missing),
		TEST(test_the_incident),
		TEST(test_torn_software),
		TEST(test_torn_listings),
		TEST(test_torn_library),
		TEST(test_accounts_of_services),
		TEST(test_advice_about_very_many_processes),
		TEST(test_reading_without_memory),
		TEST(test_weighing_without_memory),
	};
	return UNIT_RUN(tests);
}
