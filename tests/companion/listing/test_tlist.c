/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Listings of tlist: -m with its none answer, -s as printed and as copied. */
#include "help/listings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MODULES LISTING_TLIST_MODULES, LISTING_LINES
#define SERVICES LISTING_TLIST_SERVICES, LISTING_LINES

static void test_modules(void **state)
{
	(void)state;
	listings_check_clean(
		LISTING("MAPI32.DLL -  304 mad.exe         \r\n"
			"MAPI32.DLL - 2004 OUTLOOK.EXE       Inbox - Microsoft "
			"Outlook\r\n"
			"MAPI32.DLL - 2420 bkagent.exe     Svcs:  "
			"AgentOne,AgentTwo\r\n"
			"MAPI32.DLL - 2500 mmc.exe         Title: Console 1\r\n"),
		MODULES, true,
		"304 mad.exe m:MAPI32.DLL !\n"
		"2004 OUTLOOK.EXE m:MAPI32.DLL w:Inbox - Microsoft Outlook !\n"
		"2420 bkagent.exe m:MAPI32.DLL s:AgentOne|AgentTwo !\n"
		"2500 mmc.exe m:MAPI32.DLL w:Console 1 !\n");
}

static void test_case_of_the_module(void **state)
{
	(void)state;
	listings_check_clean(LISTING("mapi32.dll - 12 a.exe\n"), MODULES, true,
			     "12 a.exe m:mapi32.dll !\n");
	listings_check_clean(LISTING("C:\\WINNT\\system32\\Mapi32.dll - 12 a.exe\n"),
			     MODULES, true,
			     "12 a.exe m:C:\\WINNT\\system32\\Mapi32.dll !\n");
	/* Neither a part of its name nor a folder of that name is the file. */
	listings_check_clean(LISTING("MAPI32.DLL\\X.DLL - 12 a.exe\n"
				     "XMAPI32.DLL - 16 b.exe\n"),
			     MODULES, false,
			     "12 a.exe m:MAPI32.DLL\\X.DLL\n"
			     "16 b.exe m:XMAPI32.DLL\n");
}

static void test_several_modules_of_a_process(void **state)
{
	(void)state;
	listings_check_clean(LISTING("MAPI32.DLL - 1704 mad.exe\n"
				     "MAPI32.DLL - 1112 inetinfo.exe\n"
				     "MAPIX32.DLL - 1704 MAD.EXE\n"
				     "mapi32.dll - 1704 mad.exe\n"),
			     MODULES, true,
			     "1704 mad.exe m:MAPI32.DLL|MAPIX32.DLL !\n"
			     "1112 inetinfo.exe m:MAPI32.DLL !\n");
	/* One number, two programs: a number that was used again. */
	listings_check_clean(LISTING("MAPI32.DLL - 1704 mad.exe\n"
				     "MAPI32.DLL - 1704 other.exe\n"),
			     MODULES, true,
			     "1704 mad.exe m:MAPI32.DLL !\n"
			     "1704 other.exe m:MAPI32.DLL !\n");
}

static void test_module_with_a_dash(void **state)
{
	(void)state;
	listings_check_clean(LISTING("A - B 7.DLL - 12 a.exe   x - 13 y\n"), MODULES,
			     false, "12 a.exe m:A - B 7.DLL w:x - 13 y\n");
}

static void test_none(void **state)
{
	(void)state;
	listings_check_clean(LISTING("No tasks found using MAPI32.DLL\r\n"), MODULES,
			     true, "");
	listings_check_clean(LISTING("No tasks found using MAPI*\r\n"), MODULES, true,
			     "");
	listings_check_clean(LISTING("No tasks found using M?PI3*.D*L\r\n"), MODULES,
			     true, "");
	listings_check_clean(LISTING("No tasks found using MAPIX.DLL\r\n"), MODULES,
			     false, "");
	listings_check_clean(LISTING("No tasks found using MAPI\r\n"), MODULES, false,
			     "");
}

static void test_other_module(void **state)
{
	(void)state;
	listings_check_clean(LISTING("WSOCK32.DLL - 12 a.exe\n"), MODULES, false,
			     "12 a.exe m:WSOCK32.DLL\n");
	/* It was asked for, so it is known that nobody holds it. */
	listings_check_clean(LISTING("C:\\>tlist -m MAP*\nMAPX.DLL - 12 a.exe\n"),
			     MODULES, true, "12 a.exe m:MAPX.DLL\n");
	listings_check_clean(LISTING("C:\\>tlist -m MAPX*\nMAPX.DLL - 12 a.exe\n"),
			     MODULES, false, "12 a.exe m:MAPX.DLL\n");
}

static void test_services(void **state)
{
	(void)state;
	listings_check_clean(
		LISTING("   0 System Process\r\n"
			"   8 System\r\n"
			" 160 csrss.exe       Title:\r\n"
			" 180 winlogon.exe    Title: NetDDE Agent\r\n"
			" 208 services.exe    Svcs:  AppMgmt,Browser,Dhcp\r\n"
			" 680 avjob.exe       Svcs:  Example Anti-Virus Server\r\n"
			" 700 averylongnamed.exeSvcs:  Long\r\n"
			"22824 tlist.exe\r\n"),
		SERVICES, false,
		"0 System Process\n"
		"8 System\n"
		"160 csrss.exe\n"
		"180 winlogon.exe w:NetDDE Agent\n"
		"208 services.exe s:AppMgmt|Browser|Dhcp\n"
		"680 avjob.exe s:Example Anti-Virus Server\n"
		"700 averylongnamed.exe s:Long\n"
		"22824 tlist.exe\n");
}

/* Behind a comma, with and without blanks, and in the middle of a name. */
static void test_wrapped_services(void **state)
{
	(void)state;
	listings_check_clean(
		LISTING(" 420 svchost.exe     Svcs:  AudioSrv,Browser,\n"
			"EventSystem,6to4,\n"
			"      Nla,SENS\n"
			" 480 svchost.exe     Svcs:  Dnscache\n"),
		SERVICES, false,
		"420 svchost.exe s:AudioSrv|Browser|EventSystem|6to4|Nla|SENS\n"
		"480 svchost.exe s:Dnscache\n");
	/* 80 characters, as wide as a console window */
	listings_check_clean(
		LISTING(" 208 services.exe    Svcs:  "
			"AppMgmt,Browser,Dhcp,dmserver,Dnscache,Eventlog,lanm\n"
			"anserver,Messenger\n"),
		SERVICES, false,
		"208 services.exe s:AppMgmt|Browser|Dhcp|dmserver|Dnscache|Eventlog|"
		"lanmanserver|Messenger\n");
}

/* A line of 79 or 80 characters may go on, others do not. */
static void test_what_is_not_wrapped(void **state)
{
	static const char services[] = "AppMgmt,Browser,Dhcp,dmserver,Dnscache,Eventlog,"
				       "lanmanserver";

	(void)state;
	for (int n = 78; n <= 81; n++) {
		char text[256];
		int len = snprintf(text, sizeof(text),
				   " 208 services.exe    Svcs:  %.*s\nx\n", n - 28,
				   services);
		struct listing *listing = listings_read(text, (size_t)len);
		bool joined = n == 79 || n == 80;

		assert_int_equal(diag_count_of(listing->diags, DIAG_LISTING_LINE),
				 !joined);
		const struct listing_names *names = &listing->processes[0].services;
		const char *last = names->items[names->n - 1];
		assert_int_equal(last[strlen(last) - 1] == 'x', joined);
		listing_free(listing);
	}
}

/* As the knowledge base shows it: labels on lines of their own. */
static void test_labels_moved_by_a_page(void **state)
{
	(void)state;
	listings_check_clean(LISTING("0 System Process\n"
				     "160 csrss.exe\n"
				     "Title:\n"
				     "180 winlogon.exe\n"
				     "Title: NetDDE Agent\n"
				     "208 services.exe\n"
				     "Svcs: AppMgmt,Browser\n"
				     "220 lsass.exe Svcs:\n"
				     "SamSs\n"
				     "404 svchost.exe Svcs: RpcSs\n"),
			     SERVICES, false,
			     "0 System Process\n"
			     "160 csrss.exe\n"
			     "180 winlogon.exe w:NetDDE Agent\n"
			     "208 services.exe s:AppMgmt|Browser\n"
			     "220 lsass.exe s:SamSs\n"
			     "404 svchost.exe s:RpcSs\n");
}

static void test_lines_that_are_no_rows(void **state)
{
	static const char text[] = " 208 services.exe    Svcs:  Browser\n"
				   "   what is this\n"
				   "99999999999 huge.exe  Svcs:  Huge\n"
				   " 232 lsass.exe    Svcs:  SamSs\n";
	struct listing *listing = LISTING(text);

	(void)state;
	listings_check_refused(listing, 2, 36);
	assert_int_equal(listing->processes[1].line, 4);
	assert_int_equal(listing->processes[1].offset, strlen(text) - 31);
	listings_check(listing, SERVICES, false,
		       "208 services.exe s:Browser\n"
		       "232 lsass.exe s:SamSs\n");
}

/* Names without extension that fill the column of 16 may have lost their end. */
static void test_cut_images(void **state)
{
	(void)state;
	listings_check_clean(LISTING("  10 abcdefghijklmno Svcs:  A\n"
				     "  11 abcdefghijklmnop Svcs:  B\n"
				     "  12 abcdefghijk.exe Svcs:  C\n"
				     "  13 abcdefghijklmn  Svcs:  D\n"),
			     SERVICES, false,
			     "10 abcdefghijklmno~ s:A\n"
			     "11 abcdefghijklmnop~ s:B\n"
			     "12 abcdefghijk.exe s:C\n"
			     "13 abcdefghijklmn s:D\n");
}

/* What tlist prints with other options has neither labels nor modules. */
static void test_other_options(void **state)
{
	(void)state;
	listings_check_wrong(LISTING("   0 System Process\n"
				     " 308 smss.exe\n"
				     " 380 winlogon.exe      NetDDE Agent\n"));
	listings_check_wrong(LISTING("System Process (0)\n"
				     "System (8)\n"
				     "  smss.exe (140)\n"
				     "    csrss.exe (168) \n"));
	listings_check_wrong(LISTING("  0 64 308 smss.exe  Title: x\n"));
}

/* ---- the sample ---- */

static struct listing *sample(const char *name)
{
	const char *folder = getenv("SAMPLES_DIR");
	char path[4096];
	struct listing *listing = NULL;

	(void)snprintf(path, sizeof(path), "%s/%s", folder ? folder : "samples", name);
	assert_int_equal(listing_read(NULL, path, &listing, NULL), STATUS_OK);
	return listing;
}

/* The processes of samples/exchange2000listings.c. */
static void test_sample(void **state)
{
	struct listing *modules = sample("exchange2000-tlist-m.txt");

	(void)state;
	assert_string_equal(modules->encoding, "oem");
	listings_check_clean(
		modules, MODULES, true,
		"1112 inetinfo.exe m:MAPI32.DLL !\n"
		"1308 events.exe m:MAPI32.DLL !\n"
		"1704 mad.exe m:MAPI32.DLL !\n"
		"1876 avmail.exe m:MAPI32.DLL !\n"
		"2032 faxgate.exe m:MAPI32.DLL w:Example Fax Gateway - M\xc3\xbcnchen !\n"
		"2420 bkagent.exe m:MAPI32.DLL !\n");
	listings_check_clean(
		sample("exchange2000-tlist-s.txt"), SERVICES, false,
		"0 System Process\n"
		"8 System\n"
		"144 smss.exe\n"
		"172 csrss.exe\n"
		"168 winlogon.exe w:NetDDE Agent\n"
		"208 services.exe s:AppMgmt|Browser|Dhcp|dmserver|Dnscache|Eventlog|"
		"lanmanserver|lanmanworkstation|LmHosts|Messenger|PlugPlay|"
		"ProtectedStorage|seclogon|TrkWks|W32Time|Wmi\n"
		"232 lsass.exe s:Netlogon|PolicyAgent|SamSs\n"
		"428 svchost.exe s:RpcSs\n"
		"456 spoolsv.exe s:Spooler\n"
		"596 svchost.exe s:EventSystem|Netman|NtmsSvc|RasMan|SENS|TapiSrv\n"
		"1112 inetinfo.exe s:IISADMIN|IMAP4Svc|NntpSvc|POP3Svc|RESvc|SMTPSVC|"
		"W3SVC\n"
		"1308 events.exe s:MSExchangeES\n"
		"1704 mad.exe s:MSExchangeSA\n"
		"1760 store.exe s:MSExchangeIS\n"
		"1876 avmail.exe s:ExampleAntivirus\n"
		"2032 faxgate.exe s:ExampleFaxGateway\n"
		"2420 bkagent.exe s:ExampleBackupAgent\n"
		"2560 explorer.exe w:Program Manager\n"
		"2604 cmd.exe w:C:\\WINNT\\System32\\cmd.exe - tlist -s\n"
		"2648 tlist.exe\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_modules),
		cmocka_unit_test(test_case_of_the_module),
		cmocka_unit_test(test_several_modules_of_a_process),
		cmocka_unit_test(test_module_with_a_dash),
		cmocka_unit_test(test_none),
		cmocka_unit_test(test_other_module),
		cmocka_unit_test(test_services),
		cmocka_unit_test(test_wrapped_services),
		cmocka_unit_test(test_what_is_not_wrapped),
		cmocka_unit_test(test_labels_moved_by_a_page),
		cmocka_unit_test(test_lines_that_are_no_rows),
		cmocka_unit_test(test_cut_images),
		cmocka_unit_test(test_other_options),
		cmocka_unit_test(test_sample),
	};

	return UNIT_RUN(tests);
}
