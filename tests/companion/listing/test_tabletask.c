/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tables of tasklist, of several versions and languages of Windows, whole and damaged. */
#include "help/tasklists.h"

static void test_table_of_modules(void **state)
{
	(void)state;
	listings_check_clean(
		LISTING("\r\n"
			"Image Name                   PID Modules\r\n" RULE_XP
			"System Idle Process            0 N/A\r\n"
			"System                         4 N/A\r\n"
			"mad.exe                     1704 ntdll.dll, kernel32.dll, "
			"ADVAPI32.dll,\r\n"
			"                                 RPCRT4.dll, MAPI32.DLL, "
			"EXCHMEM.dll\r\n"
			"store.exe                   1760 ntdll.dll, kernel32.dll\r\n"),
		MODULES, LISTING_TABLE, true,
		"0 System Idle Process\n"
		"4 System\n"
		"1704 mad.exe m:ntdll.dll|kernel32.dll|ADVAPI32.dll|RPCRT4.dll|"
		"MAPI32.DLL|EXCHMEM.dll !\n"
		"1760 store.exe m:ntdll.dll|kernel32.dll\n");
}

static void test_table_of_one_module(void **state)
{
	(void)state;
	listings_check_clean(
		LISTING("\r\n"
			"Image Name                     PID Modules\r\n" RULE_VISTA
			"mad.exe                       1704 MAPI32.DLL\r\n"
			"a name with 12 blanks.exe  1234567 MAPI32.DLL\r\n"),
		MODULES, LISTING_TABLE, true,
		"1704 mad.exe m:MAPI32.DLL !\n"
		"1234567 a name with 12 blanks.exe~ m:MAPI32.DLL !\n");
}

static void test_table_of_services(void **state)
{
	(void)state;
	listings_check_clean(
		LISTING("\r\n"
			"Image Name                   PID Services\r\n" RULE_XP
			"System Idle Process            0 N/A\r\n"
			"System                         4 N/A\r\n"
			"csrss.exe                    484 N/A\r\n"
			"services.exe                 572 Eventlog, PlugPlay\r\n"
			"svchost.exe                  816 AudioSrv, Browser, CryptSvc, Dhcp, "
			"dmserver,\r\n"
			"                                 ERSvc, EventSystem, 6to4\r\n"
			"sqlmangr.exe                 900 Example SQL Service 2\r\n"),
		SERVICES, LISTING_TABLE, false,
		"0 System Idle Process\n"
		"4 System\n"
		"484 csrss.exe\n"
		"572 services.exe s:Eventlog|PlugPlay\n"
		"816 svchost.exe s:AudioSrv|Browser|CryptSvc|Dhcp|dmserver|ERSvc|"
		"EventSystem|6to4\n"
		"900 sqlmangr.exe s:Example SQL Service 2\n");
}

/* German: the words differ, the columns do not. */
static void test_table_in_another_language(void **state)
{
	(void)state;
	listings_check_clean(
		LISTING("\r\n"
			"Abbildname                     PID Dienste\r\n" RULE_VISTA
			"System Idle Process              0 Nicht zutreffend\r\n"
			"System                           4 Nicht zutreffend\r\n"
			"smss.exe                       308 Nicht zutreffend\r\n"
			"spoolsv.exe                    616 Spooler\r\n"),
		SERVICES, LISTING_TABLE, false,
		"0 System Idle Process\n"
		"4 System\n"
		"308 smss.exe\n"
		"616 spoolsv.exe s:Spooler\n");
	/* Without the idle processes: what three rows have alone is no service. */
	listings_check_clean(
		LISTING("Abbildname                     PID Dienste\r\n" RULE_VISTA
			"smss.exe                       308 Nicht zutreffend\r\n"
			"csrss.exe                      356 Nicht zutreffend\r\n"
			"explorer.exe                   380 Nicht zutreffend\r\n"
			"spoolsv.exe                    616 Spooler\r\n"
			"faxgate.exe                    620 ExampleFaxGateway\r\n"),
		SERVICES, LISTING_TABLE, false,
		"308 smss.exe\n"
		"356 csrss.exe\n"
		"380 explorer.exe\n"
		"616 spoolsv.exe s:Spooler\n"
		"620 faxgate.exe s:ExampleFaxGateway\n");
	listings_check_clean(LISTING("Nombre de imagen               PID M\xc3\xb3"
				     "dulos\r\n" RULE_VISTA
				     "smss.exe                       308 N/D\r\n"
				     "mad.exe                       1704 MAPI32.DLL\r\n"),
			     MODULES, LISTING_TABLE, true,
			     "308 smss.exe\n"
			     "1704 mad.exe m:MAPI32.DLL !\n");
}

/* A column is 25 characters, not bytes. */
static void test_columns_count_characters(void **state)
{
	(void)state;
	listings_check_clean(
		LISTING("Image Name                     PID Modules\r\n" RULE_VISTA
			"b\xc3\xbcro.exe                      1704 MAPI32.DLL\r\n"
			"b\xc3\xbcrozeit 7 erfassung f\xc3\xbcr        42 MAPI32.DLL\r\n"),
		MODULES, LISTING_TABLE, true,
		"1704 b\xc3\xbcro.exe m:MAPI32.DLL !\n"
		"42 b\xc3\xbcrozeit 7 erfassung f\xc3\xbcr m:MAPI32.DLL !\n");
}

static void test_cut_image(void **state)
{
	(void)state;
	listings_check_clean(
		LISTING("Image Name                     PID Services\r\n" RULE_VISTA
			"ExampleBackupAgentService     2420 ExampleBackupAgent\r\n"
			"ExampleBackupAgentServic.     2424 Other\r\n"
			"ExampleBackupAgent24char      2428 Third\r\n"),
		SERVICES, LISTING_TABLE, false,
		"2420 ExampleBackupAgentService~ s:ExampleBackupAgent\n"
		"2424 ExampleBackupAgentServic.~ s:Other\n"
		"2428 ExampleBackupAgent24char s:Third\n");
}

/* A name that is wider than the column goes on in the next line without a blank. */
static void test_name_broken_by_the_column(void **state)
{
	(void)state;
	listings_check_clean(
		LISTING("Image Name                     PID Services\r\n" RULE_VISTA
			"a.exe                           12 "
			"ExampleServiceWithAVeryLongNameThatTakesAllO\r\n"
			"                                   fTheColumn, Second\r\n"
			"b.exe                           16 Example Monitor of\r\n"
			"                                   Queues\r\n"),
		SERVICES, LISTING_TABLE, false,
		"12 a.exe s:ExampleServiceWithAVeryLongNameThatTakesAllOfTheColumn|Second\n"
		"16 b.exe s:Example Monitor of Queues\n");
}

static void test_table_without_heading(void **state)
{
	(void)state;
	listings_check_clean(
		LISTING("System Idle Process            0 N/A\r\n"
			"System                         4 N/A\r\n"
			"Agent 12 Tool.exe           1234 ntdll.dll, kernel32.dll,\r\n"
			"                                 MAPI32.DLL\r\n"),
		MODULES, LISTING_TABLE, true,
		"0 System Idle Process\n"
		"4 System\n"
		"1234 Agent 12 Tool.exe m:ntdll.dll|kernel32.dll|MAPI32.DLL !\n");
	/* A page has joined the blanks. */
	listings_check_clean(LISTING("System Idle Process 0 N/A\n"
				     "services.exe 572 Eventlog, PlugPlay,\n"
				     "Other\n"
				     "lsass.exe 584 SamSs\n"),
			     SERVICES, LISTING_TABLE, false,
			     "0 System Idle Process\n"
			     "572 services.exe s:Eventlog|PlugPlay|Other\n"
			     "584 lsass.exe s:SamSs\n");
}

static void test_lines_in_a_table_that_are_no_rows(void **state)
{
	struct listing *listing =
		LISTING("odd\n"
			"Image Name                     PID Services\n" RULE_VISTA
			"spoolsv.exe                    616 Spooler\n"
			"no number                      6x6 Junk\n"
			"                                   more of it\n"
			"lsass.exe                      584 SamSs\n");

	(void)state;
	listings_check_refused(listing, 3, 0);
	listings_check(listing, SERVICES, LISTING_TABLE, false,
		       "616 spoolsv.exe s:Spooler\n"
		       "584 lsass.exe s:SamSs\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table_of_modules),
		cmocka_unit_test(test_table_of_one_module),
		cmocka_unit_test(test_table_of_services),
		cmocka_unit_test(test_table_in_another_language),
		cmocka_unit_test(test_columns_count_characters),
		cmocka_unit_test(test_cut_image),
		cmocka_unit_test(test_name_broken_by_the_column),
		cmocka_unit_test(test_table_without_heading),
		cmocka_unit_test(test_lines_in_a_table_that_are_no_rows),
	};

	return UNIT_RUN(tests);
}
