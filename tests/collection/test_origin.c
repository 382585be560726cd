/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where files are from by their paths, and paths that only look so. */
#include "help/unit.h"

#include "collection/origin.h"

#include "base/array.h"

#include <string.h>

static void test_trees(void **state)
{
	static const struct {
		const char *path, *tree; /* NULL: none */
	} rows[] = {
		{ "op/C/Users/a/NTUSER.DAT", "op/" },
		{ "op/D/Users/a/NTUSER.DAT", "op/" },
		{ "op/VSS1/C/Users/a/NTUSER.DAT", "op/" },
		{ "op/vss2/Users/a/NTUSER.DAT", "op/" },
		{ "op/C:/Windows/System32/config/SYSTEM", "op/" },
		{ "op/Users/a/NTUSER.DAT", "op/" },
		{ "op/Documents and Settings/a/NTUSER.DAT", "op/" },
		{ "op/System Volume Information/_restore{1}/RP1/snapshot/x", "op/" },
		{ "op/C/Windows.old/Windows/System32/config/SYSTEM", "op/" },
		{ "v.zip/uploads/auto/C%3A/Users/a/NTUSER.DAT", "v.zip/uploads/" },
		{ "v.zip/uploads/ntfs/%5C%5C.%5CC%3A/Windows/x", "v.zip/uploads/" },
		{ "v.zip/uploads/ntfs/%5C%5C%3F%5CGLOBALROOT%5CDevice%5C"
		  "HarddiskVolumeShadowCopy1/Users/a/NTUSER.DAT",
		  "v.zip/uploads/" },
		{ "uploads/auto/C%3A/Users/a/NTUSER.DAT", "uploads/" },
		{ "C/Users/a/x", "" },
		/* another machine's, put aside by a user */
		{ "op/C/Users/a/Desktop/pc2/C/Windows/System32/config/SYSTEM",
		  "op/C/Users/a/Desktop/pc2/" },
		/* folders that are called as those at the top are */
		{ "op/C/Users/a/AppData/Local/Microsoft/Windows/UsrClass.dat", "op/" },
		{ "op/NTUSER.DAT", NULL },
		{ "op/Users", NULL },
		{ "op/c/x/NTUSER.DAT", NULL },
		{ "", NULL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		size_t tree = origin_tree(rows[i].path);
		if (!rows[i].tree) {
			assert_true(tree == ORIGIN_NO_TREE);
			continue;
		}
		assert_int_equal(tree, strlen(rows[i].tree));
		assert_memory_equal(rows[i].path, rows[i].tree, tree);
	}
}

static void test_hosts(void **state)
{
	static const struct {
		const char *path, *host;
	} rows[] = {
		{ "Collection-PC1-2022-03-11T05_47_38Z.zip/uploads/x", "PC1" },
		{ "a/Collection-pc-1.example.com-2022-03-11T05_47_38.000Z/x",
		  "pc-1.example.com" },
		{ "Collection-A-2022-03-11T1.zip/Collection-B-2022-03-11T1.zip/x", "B" },
		{ "Collection-PC1.zip/x", "" },
		{ "Collection-2022-03-11T05/x", "" },
		{ "Collection--2022-03-11T05/x", "" },
		{ "a/2022-03-11T054738_PC1.zip", "" },
		{ "", "" },
	};
	char host[ORIGIN_HOST_SIZE];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		assert_int_equal(origin_host(rows[i].path, host), *rows[i].host != 0);
		assert_string_equal(host, rows[i].host);
	}
}

static void test_loaded(void **state)
{
	static const char *const yes[] = {
		"C/WINNT/system32/mapi32.dll",
		"WINDOWS/System32/MAPI32.DLL",
		"uploads/auto/C%3A/Windows/System32/mapi32.dll",
		"C/Windows/SysWOW64/mapi32.dll",
		"Mapi32.dll",
		"exchange2000-mapi32.dll",
		"files/mapi32.dll",
		"",
	};
	static const char *const no[] = {
		"C/WINNT/system32/dllcache/mapi32.dll",
		"C/WINNT/$NtUninstallKB817375$/mapi32.dll",
		"C/WINNT/$NtServicePackUninstall$/system32/mapi32.dll",
		"C/WINNT/ServicePackFiles/i386/mapi32.dll",
		"C/i386/mapi32.dll",
		"C/Windows/WinSxS/x86_a_b/mapi32.dll",
		"C/Windows/WinSxS/Backup/mapi32.dll",
		"C/Documents and Settings/a/Desktop/mapi32.dll",
		"C/Users/a/Downloads/KB817375/mapi32.dll",
		"C/Program Files/Exchsrvr/bin/mapi32.dll",
		"C/WINNT/mapi32.dll",
		"C/WINNT/system32/mapi32.dll.bak",
		"C/System Volume Information/_restore{1}/RP5/A0000123.dll",
		"uploads/auto/C%3A/Windows/%24NtUninstallKB817375%24/mapi32.dll",
		"dllcache/mapi32.dll",
		"i386/mapi32.dll",
		"downloads/mapi32.dll",
		"Windows.old/WINDOWS/system32/mapi32.dll",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(yes); i++)
		assert_true(origin_is_loaded(yes[i]));
	for (size_t i = 0; i < ARRAY_LEN(no); i++)
		assert_false(origin_is_loaded(no[i]));
}

static void test_channels(void **state)
{
	static const char *const searched[] = {
		"C/Windows/System32/winevt/Logs/Application.evtx",
		"C/WINDOWS/system32/winevt/logs/APPLICATION.EVTX",
		"uploads/auto/C%3A/Windows/System32/winevt/Logs/Application.evtx",
		"C/Windows/System32/winevt/Logs/"
		"Archive-Application-2024-03-01-08-00-00-000.evtx",
		"C/Windows/System32/winevt/Logs/"
		"Microsoft-Windows-User Profile Service%4Operational.evtx",
		"uploads/auto/C%3A/Windows/System32/winevt/Logs/"
		"Microsoft-Windows-User Profile Service%254Operational.evtx",
		/* put there for the purpose */
		"Security.evtx",
		"logs/Security.evtx",
		"winevt/Security.evtx",
		"winevt/Logs/old/Security.evtx",
		"",
	};
	static const char *const other[] = {
		"C/Windows/System32/winevt/Logs/Security.evtx",
		"winevt/Logs/System.evtx",
		"C/Windows/System32/winevt/Logs/Application",
		"C/Windows/System32/winevt/Logs/Microsoft-Windows-GroupPolicy%4Operational.evtx",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(searched); i++)
		assert_false(origin_is_other_channel(searched[i]));
	for (size_t i = 0; i < ARRAY_LEN(other); i++)
		assert_true(origin_is_other_channel(other[i]));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_trees),
		cmocka_unit_test(test_hosts),
		cmocka_unit_test(test_loaded),
		cmocka_unit_test(test_channels),
	};

	return UNIT_RUN(tests);
}
