// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The Application log of a workstation of March 2024 (.evtx, three chunks):
 *
 *	each day	ESENT, VSS, Outlook 45, and 1530 of the User Profiles Service
 *	13th, 03:10	Windows Installer updates Office: 1036 and 1035
 *	20th, 08:01	the user's hive cannot be loaded (1508), the profile is set aside
 *			(1515), and a temporary one is used (1511); another user's 1511 follows
 */
#include "builder.h"
#include "evtx.h"

#include <stdio.h>
#include <stdlib.h>

#define COMPUTER "PC17.example.com"
#define PROFILES "Microsoft-Windows-User Profiles Service"
#define USER "S-1-5-21-1004336348-1177238915-682003330-1104"
#define OTHER "S-1-5-21-1004336348-1177238915-682003330-1131"
#define SYSTEM "S-1-5-18"

static uint64_t march(unsigned day, unsigned hour, unsigned minute, unsigned second)
{
	return builder_filetime(2024, 3, day, hour, minute, second);
}

static void day_of(struct evtx *log, unsigned day)
{
	for (unsigned hour = 7; hour < 18; hour++)
		evtx_event(log, "ESENT", 326, EVTX_INFORMATION, march(day, hour, 4, day),
			   NULL, "svchost", "1234,D,50", "C:\\Windows\\System32\\a.dat",
			   NULL);
	evtx_event(log, "VSS", 8224, EVTX_INFORMATION, march(day, 18, 20, day), SYSTEM,
		   NULL);
	evtx_event(log, "Outlook", 45, EVTX_INFORMATION, march(day, 8, 30, day), NULL,
		   "Exchange Add-In", "UmOutlookAddin.FormRegionAddin", NULL);
	evtx_event(log, PROFILES, 1530, EVTX_WARNING, march(day, 17, 45, day), SYSTEM,
		   "1 user registry handles leaked", NULL);
}

static void update(struct evtx *log)
{
	evtx_event(log, "MsiInstaller", 1036, EVTX_INFORMATION, march(13, 3, 10, 2),
		   SYSTEM, "Microsoft Office Standard 2016", "16.0.4266.1001", "1033",
		   "Update for Microsoft Office 2016", "0", "(NULL)", NULL);
	evtx_event(log, "MsiInstaller", 1035, EVTX_INFORMATION, march(13, 3, 10, 5),
		   SYSTEM, "Microsoft Office Standard 2016", "16.0.4266.1001", "1033",
		   "0", NULL);
}

static void temporary_profile(struct evtx *log)
{
	evtx_event(log, PROFILES, 1508, EVTX_ERROR, march(20, 8, 1, 12), USER,
		   "The process cannot access the file \xe2\x80\xa6",
		   "C:\\Users\\M\xc3\xbcller\\ntuser.dat", NULL);
	evtx_event(log, PROFILES, 1515, EVTX_ERROR, march(20, 8, 1, 13), USER, NULL);
	evtx_event(log, PROFILES, 1511, EVTX_ERROR, march(20, 8, 1, 13) + 1234567, USER,
		   NULL);
	evtx_event(log, PROFILES, 1511, EVTX_ERROR, march(20, 9, 40, 0), OTHER, NULL);
}

int main(int argc, char **argv)
{
	if (argc != 2) {
		fputs("usage: profileevents FILE\n", stderr);
		return EXIT_FAILURE;
	}
	struct evtx *log = evtx_new(COMPUTER, "Application");
	for (unsigned day = 1; day <= 22; day++) {
		if (day == 13)
			update(log);
		if (day == 20)
			temporary_profile(log);
		day_of(log, day);
	}
	evtx_close(log);
	bool written = evtx_write(log, argv[1]);
	if (!written)
		perror(argv[1]);
	evtx_free(log);
	return written ? EXIT_SUCCESS : EXIT_FAILURE;
}
