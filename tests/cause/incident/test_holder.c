/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Who holds Mapi32.dll, and which services those processes are: listings of
 * the commands held against each other and against a SYSTEM hive.
 */
#define UNIT_OOM
#include "help/unit.h"

#include "cause/incident/holder.h"

#include "help/listings.h"
#include "help/machines.h"

#include <stdlib.h>
#include <string.h>

/* As "tlist -m mapi32.dll" and "tlist -s" of the Support Tools print them. */
#define HOLDS "MAPI32.DLL - "
#define TABLE                                                                             \
	"Image Name                     PID Services\r\n"                                 \
	"========================= ======== ============================================" \
	"\r\n"
#define MODULES                                                                           \
	"Image Name                     PID Modules\r\n"                                  \
	"========================= ======== ============================================" \
	"\r\n"

/* cmocka's fixtures: *state is a struct companions with nothing in it. */
static int set_up(void **state)
{
	*state = calloc(1, sizeof(struct companions));
	assert_non_null(*state);
	return 0;
}

static int tear_down(void **state)
{
	struct companions *all = *state;

	for (size_t i = 0; i < all->n_listings; i++)
		listing_free(all->listings[i]);
	machinesystem_free(all->system);
	free(all);
	return 0;
}

static void list(struct companions *all, const char *text)
{
	all->listings[all->n_listings++] = listings_read(text, strlen(text));
}

static void add_service(struct builder *b, const char *name, const char *display,
			const char *image, const char *account, uint32_t type)
{
	server_add_service(b, 1,
			   &(struct server_service){ .name = name,
						     .display = display,
						     .image = image,
						     .account = account,
						     .type = type,
						     .start = SERVER_AUTO },
			   HIVES_TIME);
}

static struct builder *machine(void)
{
	struct builder *b = server_system(HIVES_TIME);

	server_select(b, 1, 1, 1, HIVES_TIME);
	add_service(b, "Backup", "Example Backup", "C:\\Example\\bkagent.exe",
		    "LocalSystem", SERVER_OWN);
	add_service(b, "BackupToo", "Second Backup", "\"C:\\Example\\BKAGENT.EXE\" /x",
		    ".\\backup", SERVER_OWN);
	add_service(b, "BackupDriver", "Driver", "C:\\Example\\bkagent.exe", NULL,
		    SERVER_DRIVER);
	add_service(b, "Long", "Long Name",
		    "C:\\Example\\ExampleBackupAgentService64.exe", "LocalSystem",
		    SERVER_OWN);
	return b;
}

static struct holders find(const struct companions *all)
{
	struct holders holders = { 0 };

	assert_int_equal(holders_find(all, &holders), STATUS_OK);
	return holders;
}

/* "2420 bkagent.exe third_party pid: Backup (Example Backup), Other", line by line. */
static void check(const struct companions *all, const char *expected)
{
	struct holders holders = find(all);
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	assert_non_null(f);
	for (size_t i = 0; i < holders.n; i++) {
		const struct holder *holder = &holders.items[i];
		const char *join = holder_join_word(holder->join);
		fprintf(f, "%u %s%s %s %s:", holder->process->pid, holder->process->image,
			holder->process->image_cut ? "~" : "",
			holder_class_word(holder->class), join ? join : "no");
		for (size_t k = 0; k < holder->n_services; k++) {
			const struct holder_service *service = &holder->services[k];
			fprintf(f, "%s %s", k > 0 ? "," : "", service->name);
			if (*service->display_name)
				fprintf(f, " (%s)", service->display_name);
			if (service->service)
				fputs(service->service->local_system ? " !" : " -", f);
		}
		fputc('\n', f);
	}
	assert_int_equal(fclose(f), 0);
	assert_string_equal(text, expected);
	free(text);
	holders_clear(&holders);
}

/* ---- joining ---- */

static void test_by_process_id(void **state)
{
	struct companions *all = *state;

	list(all, HOLDS "2420 bkagent.exe\n" HOLDS "1704 mad.exe\n" HOLDS "9 lone.exe\n");
	list(all, "C:\\>tlist -s\n"
		  "1704 mad.exe         Svcs:  MSExchangeSA\n"
		  "1760 store.exe       Svcs:  MSExchangeIS\n"
		  "2420 BKAGENT.EXE     Svcs:  Backup,Unknown\n");
	check(all, "9 lone.exe third_party no:\n"
		   "1704 mad.exe exchange pid: MSExchangeSA\n"
		   "2420 bkagent.exe third_party pid: Backup, Unknown\n");
	/* The hive adds what it knows of them, and does not take part in the join. */
	all->system = machines_system(machine());
	check(all,
	      "9 lone.exe third_party no:\n"
	      "1704 mad.exe exchange pid: MSExchangeSA\n"
	      "2420 bkagent.exe third_party pid: Backup (Example Backup) !, Unknown\n");
}

static void test_by_image(void **state)
{
	struct companions *all = *state;

	list(all,
	     HOLDS "2420 bkagent.exe\n" HOLDS "2424 BkAgent.EXE\n" HOLDS "9 agent.exe\n");
	all->system = machines_system(machine());
	/* Either of the two may be it; a driver is no process. */
	check(all, "9 agent.exe third_party no:\n"
		   "2420 bkagent.exe third_party image: Backup (Example Backup) !, "
		   "BackupToo (Second Backup) -\n"
		   "2424 BkAgent.EXE third_party image: Backup (Example Backup) !, "
		   "BackupToo (Second Backup) -\n");
}

/* tasklist cuts names at 25 characters. */
static void test_cut_image(void **state)
{
	struct companions *all = *state;

	list(all, MODULES "ExampleBackupAgentService     2420 MAPI32.DLL\r\n");
	all->system = machines_system(machine());
	check(all, "2420 ExampleBackupAgentService~ third_party image: Long (Long Name) "
		   "!\n");
	/* Other listings have the name whole, or the services. */
	list(all, TABLE "ExampleBackupAgentService     2420 Other\r\n");
	check(all, "2420 ExampleBackupAgentService~ third_party pid: Other\n");
	list(all, HOLDS "2420 ExampleBackupAgentService64.exe\n");
	check(all, "2420 ExampleBackupAgentService64.exe third_party pid: Other\n");
}

static void test_cut_image_of_another(void **state)
{
	struct companions *all = *state;

	list(all, HOLDS "2420 ExampleBackup.exe\n");
	list(all, TABLE "ExampleBackupAgentService     2420 Other\r\n");
	check(all, "2420 ExampleBackup.exe third_party no:\n");
}

/* tlist -s shows the name of a service, tasklist /svc of Windows XP too; some tools
   the one that people see. */
static void test_service_by_display_name(void **state)
{
	struct companions *all = *state;

	list(all, HOLDS "2420 bkagent.exe\n");
	list(all, "C:\\>tlist -s\n2420 bkagent.exe     Svcs:  second backup,Backup\n");
	all->system = machines_system(machine());
	check(all, "2420 bkagent.exe third_party pid: second backup (Second Backup) -, "
		   "Backup (Example Backup) !\n");
}

/* The SYSTEM hive may be something else. */
static void test_hive_of_another_kind(void **state)
{
	struct companions *all = *state;

	list(all, HOLDS "2420 bkagent.exe\n");
	all->system = machines_system(incident_server_software());
	assert_int_equal(diag_count_of(all->system->snapshot->diags, DIAG_WRONG_KIND), 1);
	check(all, "2420 bkagent.exe third_party no:\n");
}

/* ---- which process is which ---- */

static void test_process_in_two_listings(void **state)
{
	struct companions *all = *state;

	list(all, HOLDS "1704 mad.exe\n" HOLDS "2420 bkagent.exe\n");
	list(all, MODULES "MAD.EXE                       1704 MAPI32.DLL\r\n"
			  "events.exe                    1308 MAPI32.DLL\r\n");
	check(all, "1308 events.exe exchange no:\n"
		   "1704 mad.exe exchange no:\n"
		   "2420 bkagent.exe third_party no:\n");
	struct holders holders = find(all);
	assert_ptr_equal(holders.items[0].listing, all->listings[1]);
	assert_ptr_equal(holders.items[1].listing, all->listings[0]);
	holders_clear(&holders);
}

/* Ids are used again: the listings are of two moments. */
static void test_two_processes_of_one_id(void **state)
{
	struct companions *all = *state;

	list(all, HOLDS "8 Zeta.exe\n");
	list(all, HOLDS "8 alpha.exe\n" HOLDS "8 zeta.exe\n");
	list(all, "C:\\>tlist -s\n   8 zeta.exe        Svcs:  Zeta\n");
	check(all, "8 alpha.exe third_party no:\n8 Zeta.exe third_party pid: Zeta\n");
}

static void test_classes(void **state)
{
	enum basis basis;

	(void)state;
	assert_int_equal(holder_class_of("mad.exe", &basis), HOLDER_EXCHANGE);
	assert_int_equal(holder_class_of("STORE.EXE", &basis), HOLDER_EXCHANGE);
	assert_int_equal(holder_class_of("inetinfo.exe", &basis), HOLDER_SHARED);
	assert_int_equal(holder_class_of("SvcHost.exe", &basis), HOLDER_SHARED);
	assert_int_equal(holder_class_of("outlook.exe", &basis), HOLDER_WINDOWS);
	/* Whose they are rests on a source, or on what the field knows, or on neither. */
	assert_int_equal(holder_class_of("events.exe", &basis), HOLDER_EXCHANGE);
	assert_int_equal(basis, BASIS_DOCUMENTED);
	assert_int_equal(holder_class_of("outlook.exe", &basis), HOLDER_WINDOWS);
	assert_int_equal(basis, BASIS_UNCONFIRMED);
	assert_int_equal(holder_class_of("bkagent.exe", &basis), HOLDER_THIRD_PARTY);
	assert_int_equal(basis, BASIS_INFERRED);
	assert_int_equal(holder_class_of("mad.exe.exe", &basis), HOLDER_THIRD_PARTY);
	assert_int_equal(holder_class_of("mad", &basis), HOLDER_THIRD_PARTY);
	assert_int_equal(holder_class_of("", &basis), HOLDER_THIRD_PARTY);
}

static void test_hosts(void **state)
{
	struct companions *all = *state;

	list(all, HOLDS "1112 inetinfo.exe\n" HOLDS "1760 store.exe\n");
	all->system = machines_system(incident_server_system());
	check(all, "1112 inetinfo.exe shared_host image: IISADMIN (IIS Admin Service) !, "
		   "SMTPSVC (Simple Mail Transport Protocol (SMTP)) !, "
		   "W3SVC (World Wide Web Publishing Service) !\n"
		   "1760 store.exe exchange image: MSExchangeIS (Microsoft Exchange "
		   "Information Store) !\n");
}

/* ---- what the listings answer ---- */

static void check_answers(const struct companions *all, bool answered, bool whole,
			  bool listed)
{
	struct holders holders = find(all);

	assert_int_equal(holders.answered, answered);
	assert_int_equal(holders.answered_whole, whole);
	assert_int_equal(holders.listed, listed);
	holders_clear(&holders);
}

static void test_answers(void **state)
{
	struct companions *all = *state;

	check(all, "");
	check_answers(all, false, false, false);
	list(all, "this is no listing");
	check_answers(all, false, false, false);
	list(all, "C:\\>tlist -s\n   8 System\n");
	check_answers(all, false, false, true);
	list(all, HOLDS "8 a.exe\n");
	check_answers(all, true, true, true);
}

/* A listing with lines that are no rows may lack a row. */
static void test_answers_of_a_torn_listing(void **state)
{
	struct companions *all = *state;

	list(all, HOLDS "8 a.exe\n!!!!\n" HOLDS "9 b.exe\n");
	assert_true(diag_count_from(all->listings[0]->diags, DIAG_ERROR) > 0);
	check_answers(all, true, false, false);
	list(all, "C:\\>tlist -s\n   8 System\n!!!!\n   9 b.exe\n");
	assert_true(diag_count_from(all->listings[1]->diags, DIAG_ERROR) > 0);
	check_answers(all, true, false, false);
}

/* ---- one process ---- */

static void test_looking_up(void **state)
{
	struct companions *all = *state;

	list(all,
	     "C:\\>tlist -s\n   8 System\n1704 mad.exe         Svcs:  MSExchangeSA\n");
	list(all, HOLDS "1704 mad.exe\n" HOLDS "1700 a.exe\n" HOLDS "1704 b.exe\n");
	struct holders holders = find(all);
	const struct holder_row *row = holders_process(&holders, 1704);
	assert_non_null(row);
	assert_ptr_equal(row->listing, all->listings[0]);
	assert_ptr_equal(row->process, &all->listings[0]->processes[1]);
	assert_non_null(holders_process(&holders, 8));
	assert_null(holders_process(&holders, 0));
	assert_null(holders_process(&holders, 1705));
	assert_null(holders_process(&holders, UINT32_MAX));
	const struct holder *holder = holders_of_process(&holders, 1704);
	assert_non_null(holder);
	assert_string_equal(holder->process->image, "b.exe");
	assert_string_equal(holder[1].process->image, "mad.exe");
	assert_ptr_equal(holders_of_process(&holders, 1700), &holders.items[0]);
	assert_null(holders_of_process(&holders, 8));
	assert_null(holders_of_process(&holders, 1705));
	holders_clear(&holders);
}

/* ---- limits ---- */

/* Made up so that each of many rows has to be held against each of many others. */
static void test_many_rows(void **state)
{
	struct companions *all = *state;
	enum { ROWS = 40000 };
	char *text[2] = { NULL, NULL };
	size_t size[2];
	FILE *modules = open_memstream(&text[0], &size[0]);
	FILE *services = open_memstream(&text[1], &size[1]);

	assert_non_null(modules);
	assert_non_null(services);
	fputs("C:\\>tlist -s\n", services);
	for (unsigned i = 0; i < ROWS; i++) {
		fprintf(modules, HOLDS "8 a%05u.exe\n", i);
		fprintf(services, "%4u b%05u.exe      Svcs:  S%u\n", 8, i, i);
	}
	assert_int_equal(fclose(modules), 0);
	assert_int_equal(fclose(services), 0);
	list(all, text[1]);
	list(all, text[0]);
	free(text[0]);
	free(text[1]);
	struct holders holders = find(all);
	assert_int_equal(holders.n, ROWS);
	assert_int_equal(holders.rows.n, 2 * ROWS);
	assert_int_equal(holders.items[0].join, HOLDER_NOT_JOINED);
	/* It is said that not all was looked at, and said once. */
	assert_int_equal(diag_count_of(all->listings[0]->diags, DIAG_COUNT_LIMIT), 1);
	assert_int_equal(diag_count_of(all->listings[1]->diags, DIAG_COUNT_LIMIT), 0);
	holders_clear(&holders);
}

static void test_out_of_memory(void **state)
{
	struct companions *all = *state;
	struct holders holders = { 0 };

	list(all, HOLDS "2420 bkagent.exe\n" HOLDS "1704 mad.exe\n" HOLDS "8 q.exe\n");
	list(all, "C:\\>tlist -s\n1704 mad.exe         Svcs:  MSExchangeSA,Backup\n");
	all->system = machines_system(machine());
	struct unit_oom oom;
	UNIT_FAIL_EACH (oom) {
		enum status status = UNIT_FAILING(oom, holders_find(all, &holders));
		if (status == STATUS_OK) {
			assert_true(oom.n > 5);
			break;
		}
		assert_int_equal(status, STATUS_NOMEM);
		assert_null(holders.items);
	}
	assert_int_equal(holders.n, 3);
	holders_clear(&holders);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_by_process_id),
		TEST(test_by_image),
		TEST(test_cut_image),
		TEST(test_cut_image_of_another),
		TEST(test_service_by_display_name),
		TEST(test_hive_of_another_kind),
		TEST(test_process_in_two_listings),
		TEST(test_two_processes_of_one_id),
		cmocka_unit_test(test_classes),
		TEST(test_hosts),
		TEST(test_answers),
		TEST(test_answers_of_a_torn_listing),
		TEST(test_looking_up),
		TEST(test_many_rows),
		TEST(test_out_of_memory),
	};
	return UNIT_RUN(tests);
}
