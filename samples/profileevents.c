// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The Application log of a workstation of March 2016 (.evtx, some chunks), that of the
 * user whose hives samples/outlook makes:
 *
 *	each day	ESENT, Outlook 45, 1530 of the User Profiles Service, VSS
 *	9th, 08:01	the user's hive cannot be loaded (1508), the profile is set aside
 *			(1515), and a temporary one is used (1511)
 *	14th, 13:25	Windows Installer updates Office: 1036 and 1035
 *	14th, 13:30	1511 of another user
 */
#include "builder.h"
#include "evtx.h"

#include <stdio.h>
#include <stdlib.h>

#define COMPUTER "PC17.example.com"
#define PROFILES "Microsoft-Windows-User Profiles Service"
#define USER "S-1-5-21-1085031214-1563985344-725345543-1127"
#define OTHER "S-1-5-21-1085031214-1563985344-725345543-1131"
#define SYSTEM "S-1-5-18"

static uint64_t march(unsigned day, unsigned hour, unsigned minute, unsigned second)
{
	return builder_filetime(2016, 3, day, hour, minute, second);
}

static void update(struct evtx *log)
{
	evtx_event(log, "MsiInstaller", 1036, EVTX_INFORMATION, march(14, 13, 25, 2),
		   SYSTEM, "Microsoft Office Standard 2010", "14.0.7166.5001", "1031",
		   "Update for Microsoft Office 2010", "0", "(NULL)", NULL);
	evtx_event(log, "MsiInstaller", 1035, EVTX_INFORMATION, march(14, 13, 25, 5),
		   SYSTEM, "Microsoft Office Standard 2010", "14.0.7166.5001", "1031",
		   "0", NULL);
	evtx_event(log, PROFILES, 1511, EVTX_ERROR, march(14, 13, 30, 0), OTHER, NULL);
}

static void temporary_profile(struct evtx *log)
{
	evtx_event(log, PROFILES, 1508, EVTX_ERROR, march(9, 8, 1, 12), USER,
		   "The process cannot access the file \xe2\x80\xa6",
		   "C:\\Users\\M\xc3\xbcller\\ntuser.dat", NULL);
	evtx_event(log, PROFILES, 1515, EVTX_ERROR, march(9, 8, 1, 13), USER, NULL);
	evtx_event(log, PROFILES, 1511, EVTX_ERROR, march(9, 8, 1, 13) + 1234567, USER,
		   NULL);
}

static void hour_of(struct evtx *log, unsigned day, unsigned hour)
{
	if (day == 9 && hour == 8)
		temporary_profile(log);
	evtx_event(log, "ESENT", 326, EVTX_INFORMATION, march(day, hour, 4, day), NULL,
		   "svchost", "1234,D,50", "C:\\Windows\\System32\\a.dat", NULL);
	if (hour == 8)
		evtx_event(log, "Outlook", 45, EVTX_INFORMATION, march(day, 8, 30, day),
			   NULL, "Exchange Add-In", "UmOutlookAddin.FormRegionAddin",
			   NULL);
	if (day == 14 && hour == 13)
		update(log);
	if (hour == 17)
		evtx_event(log, PROFILES, 1530, EVTX_WARNING, march(day, 17, 45, day),
			   SYSTEM, "1 user registry handles leaked", NULL);
}

int main(int argc, char **argv)
{
	if (argc != 2) {
		fputs("usage: profileevents FILE\n", stderr);
		return EXIT_FAILURE;
	}
	struct evtx *log = evtx_new(COMPUTER, "Application");
	for (unsigned day = 1; day <= 22; day++) {
		for (unsigned hour = 7; hour < 18; hour++)
			hour_of(log, day, hour);
		evtx_event(log, "VSS", 8224, EVTX_INFORMATION, march(day, 18, 20, day),
			   SYSTEM, NULL);
	}
	evtx_close(log);
	bool written = evtx_write(log, argv[1]);
	if (!written)
		perror(argv[1]);
	evtx_free(log);
	return written ? EXIT_SUCCESS : EXIT_FAILURE;
}
