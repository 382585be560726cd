// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * exchange2000events FILE: the application log of the server of the sample exchange2000,
 * saved on 18 March 2003 at noon, from its start on the 10th on. Two events show what the
 * purge at 09:14:07 did:
 *
 *	09:14:09	MSExchangeSA 9202: the mailbox management process cannot open
 *			its message store (KB 817375)
 *	09:15:02	MSExchangeES 11 with 0x80004005: a script has lost its profile
 *
 * and others look like it and say nothing of profiles:
 *
 *	16 March	MSExchangeSA 9175, MAPI_E_FAILONEPROVIDER, before the store restarts
 *	17 March	MSExchangeSA 5004, the offline address book
 *	17 March	MSExchangeES 11 with 0x80040111
 *
 * Numbers are those of the message files, with severity and customer bit. The sentences
 * stand in these files; an event only holds what goes into them. Categories are numbers
 * of the same files; those here are made up.
 */
#include "evt.h"

#include <stdio.h>
#include <stdlib.h>

enum { FILE_SIZE = 0x10000 }; /* the service makes the file longer by as much */

enum { SA_MAPI_SESSION = 3, SA_OAB = 5, SA_MAILBOX_MANAGEMENT = 9 };

#define COMPUTER "EXCH01"
#define ORGANISATION "/o=Example/ou=First Administrative Group"
#define SERVER ORGANISATION "/cn=Configuration/cn=Servers/cn=EXCH01"

static void add(struct evt *evt, uint32_t time, const char *source, uint32_t id,
		uint16_t type, uint16_t category, const char *first, const char *second)
{
	evt_add(evt, &(struct evt_event){
			     .time = time,
			     .source = source,
			     .computer = COMPUTER,
			     .id = id,
			     .type = type,
			     .category = category,
			     .strings = { first, first != NULL ? second : NULL },
		     });
}

static void information(struct evt *evt, uint32_t time, const char *source,
			uint32_t number, const char *first, const char *second)
{
	add(evt, time, source, EVT_ID(EVT_ID_INFORMATION, number), EVT_INFORMATION, 1,
	    first, second);
}

static void error(struct evt *evt, uint32_t time, const char *source, uint32_t number,
		  uint16_t category, const char *first, const char *second)
{
	add(evt, time, source, EVT_ID(EVT_ID_ERROR, number), EVT_ERROR, category, first,
	    second);
}

/* The server starts on the 10th at 05:58. */
static void start(struct evt *evt)
{
	information(evt, evt_march(10, 5, 58, 31), "EventSystem", 4625, NULL, NULL);
	add(evt, evt_march(10, 5, 58, 44), "LicenseService", EVT_ID(EVT_ID_WARNING, 202),
	    EVT_WARNING, 0, "Microsoft Exchange 2000 Server", NULL);
	information(evt, evt_march(10, 5, 59, 2), "MSExchangeSA", 1000, "6.0.6249.0",
		    NULL);
	information(evt, evt_march(10, 5, 59, 20), "MSExchangeMTA", 9298, SERVER, NULL);
	information(evt, evt_march(10, 5, 59, 41), "MSExchangeIS", 1001, "6.0.6249.0",
		    NULL);
	information(evt, evt_march(10, 6, 0, 5), "MSExchangeES", 1, NULL, NULL);
}

/* What every night brings: a backup, the maintenance of the store, a licence count. */
static void night(struct evt *evt, unsigned day)
{
	char bytes[16];

	snprintf(bytes, sizeof(bytes), "%u", 1048576 * (day + 40));
	information(evt, evt_march(day, 2, 0, 33), "ExampleBackupAgent", 100,
		    "First Storage Group", bytes);
	information(evt, evt_march(day, 2, 41, 7), "ESE BACKUP", 213, "Information Store",
		    "First Storage Group");
	information(evt, evt_march(day, 4, 15, 0), "MSExchangeIS Mailbox", 1206,
		    "First Storage Group\\Mailbox Store (EXCH01)", NULL);
	information(evt, evt_march(day, 4, 15, 52), "MSExchangeIS Mailbox", 1207,
		    "First Storage Group\\Mailbox Store (EXCH01)", bytes);
	add(evt, evt_march(day, 6, 0, 0), "LicenseService", EVT_ID(EVT_ID_WARNING, 213),
	    EVT_WARNING, 0, NULL, NULL);
}

static void look_alikes_of_sunday(struct evt *evt)
{
	error(evt, evt_march(16, 9, 14, 30), "MSExchangeSA", 9175, SA_MAPI_SESSION,
	      "OpenMsgStore", "8004011d-0519-00000000");
	information(evt, evt_march(16, 9, 16, 2), "MSExchangeIS", 1001, "6.0.6249.0",
		    NULL);
}

static void look_alikes_of_monday(struct evt *evt)
{
	error(evt, evt_march(17, 5, 0, 12), "MSExchangeSA", 5004, SA_OAB,
	      "\\Default Offline Address List", "80004005-0000-00000000");
	error(evt, evt_march(17, 13, 20, 45), "MSExchangeES", 11, 0, "0x80040111",
	      "EventConfig_EXCH01");
}

static void purge(struct evt *evt)
{
	information(evt, evt_march(18, 9, 14, 5), "ExampleBackupAgent", 100,
		    "Mailboxes of EXCH01", "0");
	evt_add(evt, &(struct evt_event){
			     .time = evt_march(18, 9, 14, 9),
			     .source = "MSExchangeSA",
			     .computer = COMPUTER,
			     .id = EVT_ID(EVT_ID_ERROR, 9202),
			     .type = EVT_ERROR,
			     .category = SA_MAILBOX_MANAGEMENT,
			     .strings = { SERVER, "0x80004005" },
			     .data = 16,
		     });
	evt_add(evt, &(struct evt_event){
			     .time = evt_march(18, 9, 15, 2),
			     .source = "MSExchangeES",
			     .computer = COMPUTER,
			     .id = EVT_ID(EVT_ID_ERROR, 11),
			     .type = EVT_ERROR,
			     .strings = { "0x80004005", "EventConfig_EXCH01" },
			     .local_system = true,
		     });
	information(evt, evt_march(18, 9, 15, 40), "ExampleBackupAgent", 101,
		    "Mailboxes of EXCH01", "2147483648");
}

int main(int argc, char **argv)
{
	if (argc != 2) {
		fputs("usage: exchange2000events FILE\n", stderr);
		return EXIT_FAILURE;
	}
	struct evt *evt = evt_new(FILE_SIZE);
	start(evt);
	for (unsigned day = 11; day <= 18; day++) {
		night(evt, day);
		if (day == 16)
			look_alikes_of_sunday(evt);
		if (day == 17)
			look_alikes_of_monday(evt);
	}
	purge(evt);
	evt_close(evt);
	bool written = evt_write(evt, argv[1]);
	if (!written)
		perror(argv[1]);
	evt_free(evt);
	return written ? EXIT_SUCCESS : EXIT_FAILURE;
}
