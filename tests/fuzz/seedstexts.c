/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Seeds that are text: exports, listings, patterns, plans, paths. */
#include "fuzz/seeds.h"

#include <stdio.h>
#include <string.h>

#define KEY                                                                              \
	"[HKEY_CURRENT_USER\\Software\\Microsoft\\Windows NT\\CurrentVersion\\Windows Messaging Subsystem"
#define RESTORE_POINT                                                                    \
	"System Volume Information/"                                                     \
	"_restore{E4A7B3F2-0000-4C5D-8E9F-001122334455}/RP12/snapshot/"
#define UID "9207f3e0a3b11019908b08002b2a56c2"

static const char *const exports[] = {
	"Windows Registry Editor Version 5.00\r\n\r\n" KEY
	"\\Profiles]\r\n\"DefaultProfile\"=\"Outlook\"\r\n\r\n" KEY
	"\\Profiles\\Outlook]\r\n\r\n" KEY "\\Profiles\\Outlook\\" UID "]\r\n"
	"\"001f3001\"=hex:4f,00,75,00,74,00,\\\r\n  6c,00,6f,00,6f,00,6b,00,00,00\r\n"
	"\"00033009\"=dword:00000004\r\n@=\"default\"\r\n"
	"\"expand\"=hex(2):25,00,54,00,00,00\r\n\"many\"=hex(7):61,00,00,00,00,00\r\n"
	"\"qword\"=hex(b):01,00,00,00,00,00,00,00\r\n; a comment\r\n\r\n",
	"REGEDIT4\r\n\r\n"
	"[HKEY_USERS\\.DEFAULT\\Software]\r\n\"a\\\\b\\\"c\"=\"\xfc\\\\d\"\r\n"
	"\"e\"=hex(2):25,54,25,00\r\n\"f\"=hex(7):61,00,62,00,00\r\n\r\n",
	"Windows Registry Editor Version 5.00\n\n[\\Software\\Microsoft]\n"
	"\"a\"=hex(1):61,00,00,00\n\"b\"=hex(80000001):\n\n",
	"Windows Registry Editor Version 5.00\r\n\r\n"
	"[-HKEY_CURRENT_USER\\Software]\r\n\r\n[HKEY_CURRENT_USER\\A]\r\n\"b\"=-\r\n",
	"Windows Registry Editor Version 5.00\r\n\r\n"
	"[HKEY_USERS\\S-1-5-18\\A]\r\n\"multi\nline\"=\"a\r\nb\"\r\n\r\n"
	"[HKEY_LOCAL_MACHINE\\LOADED\\A]\r\n\"x\"=dword:ffffffff\r\n",
};

static const char *const listings[] = {
	"mapi32.dll  -  1112 inetinfo.exe    \r\nMAPI32.DLL - 1704 mad.exe\r\n",
	"C:\\>tlist -m mapi32.dll\r\nMAPI32.DLL - 1704 mad.exe          Title\r\n\r\nC:\\>",
	"   0 System Process  \r\n   8 System          \r\n"
	" 208 services.exe    Svcs:  AppMgmt,Browser,Dhcp\r\n1704 mad.exe        Svcs:  "
	"MSExchangeSA\r\n2560 explorer.exe    Title: Program Manager\r\n",
	"\r\nImage Name                     PID Modules\r\n"
	"========================= ======== ============================================\r\n"
	"OUTLOOK.EXE                   4242 MAPI32.dll\r\n"
	"mad.exe                       1704 ntdll.dll, kernel32.dll,\r\n"
	"                                   MAPI32.dll\r\n",
	"\"Image Name\",\"PID\",\"Services\"\r\n\"mad.exe\",\"1704\",\"MSExchangeSA\"\r\n",
	"\r\nImage Name:   OUTLOOK.EXE\r\nPID:          4242\r\nModules:      MAPI32.dll\r\n\r\n",
	"\"Abbildname\",\"PID\",\"Module\"\r\n\"OUTLOOK.EXE\",\"4242\",\"MAPI32.dll\"\r\n",
	"**********************\r\nWindows PowerShell transcript start\r\n"
	"Start time: 20240301080000\r\n**********************\r\n"
	"PS C:\\> tasklist /m mapi32.dll /fo csv\r\n"
	"\"Image Name\",\"PID\",\"Modules\"\r\n\"OUTLOOK.EXE\",\"4242\",\"MAPI32.dll\"\r\n",
};

/*
 * Keys of an export have no list of subkeys where there are none: so a profile without
 * sections, of the name of one of recipes_before(), has no pointer to which 0 may be added.
 * Only clang's sanitizer for undefined behaviour ends a target that does.
 */
static const char *const bare_exports[] = {
	"REGEDIT4\n\n[HKEY_CURRENT_USER\\Software\\Microsoft\\Windows NT\\CurrentVersion\\"
	"Windows Messaging Subsystem\\Profiles\\Kept]\n\n",
};

static const char *const patterns[] = {
	"# mine\nBackup *\tbackup agent\tyes\tinferred\tseen\n<generated>\tx\tno\n",
	"a?b*\towner\tno\n\n{\?\?\?\?-*}\tGUID\tyes\tdocumented\n",
	"*\t\tno\n",
	"one\n",
};

static const char *const plans[] = {
	"#wmsdiff-sweep plan 1\n#folder\t/evidence\n# note\n"
	"EX01\tbefore/EX01\tafter/EX01\nPC%2017\t--system\tS\ta\\tb\tc\\\\d\n",
	"\xef\xbb\xbf"
	"EX01\tbefore.zip\tafter.zip\r\nPC 17\ta\tb\r\n\r\n",
	"Collection-HOST-2024-03-18T10_11_12Z.zip",
	"a\tb\\\nA\tc\n\td\nx\t--output-dir\ty\n",
};

static const char *const paths[] = {
	"C/Users/jdoe/NTUSER.DAT",
	"uploads/auto/C%3A/Users/M%C3%BCller/NTUSER.DAT.LOG1",
	"uploads/ntfs/%5C%5C.%5CC%3A/Windows/System32/config/DEFAULT",
	"C\\Documents and Settings\\Default User\\ntuser.dat",
	"Windows.old/Users/a/NTUSER.DAT",
	RESTORE_POINT
	"_REGISTRY_USER_NTUSER_S-1-5-21-1004336348-1177238915-682003330-500",
	"HarddiskVolumeShadowCopy3/Windows/ServiceProfiles/LocalService/NTUSER.DAT",
	"WINNT/system32/config/RegBack/default",
};

#define WRITE(target, choice, texts)                                                     \
	write_all(seeds, (target), (target), (choice), (texts),                          \
		  sizeof(texts) / sizeof((texts)[0]))

/* Each with each of the choices, which end with 0. */
static void write_all(const struct seeds *seeds, const char *target, const char *called,
		      const uint8_t *choices, const char *const *texts, size_t n)
{
	char name[64];

	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k == 0 || choices[k]; k++) {
			struct span part = span_of(texts[i], strlen(texts[i]));
			(void)snprintf(name, sizeof(name), "%s-%zu-%u", called, i,
				       choices[k]);
			seeds_write(seeds, target, name, choices[k], &part, 1);
		}
}

void seeds_write_texts(const struct seeds *seeds)
{
	static const uint8_t any[] = { 1, 4, 5, 0 }, one[] = { 1, 0 }, path[] = { 64, 0 };
	static const uint8_t ways[] = { 1, 16 | 1, 32 | 4, 48, 49, 50, 0 };
	static const uint8_t sides[] = { 16 | 4, 32 | 4, 0 };

	WRITE("reg", ways, exports);
	write_all(seeds, "reg", "bare", sides, bare_exports, 1);
	WRITE("listing", any, listings);
	WRITE("pattern", any, patterns);
	WRITE("plan", one, plans);
	WRITE("archive", path, paths);
}
