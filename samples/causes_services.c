// SPDX-License-Identifier: GPL-2.0-or-later
/* Cases of profiles that programs make for themselves. */
#include "causes.h"

#include "evt.h"

#include <limits.h>
#include <stdio.h>

/* tlist -s; the rows between are those of each case. */
#define LISTING_BEGIN "   0 System Process\r\n   8 System\r\n 144 smss.exe\r\n"
#define LISTING_END "2648 tlist.exe\r\n"
#define ROW_MAD "1704 mad.exe         Svcs:  MSExchangeSA\r\n"
#define ROW_EVENTS "1308 events.exe      Svcs:  MSExchangeES\r\n"
#define ROW_AGENT "1520 agent.exe       Title: Example Agent\r\n"
#define ROW_AGENT_2 "1732 agent.exe       Title: Example Agent\r\n"

/* Mailbox Manager of Exchange 5.5 says that it was interrupted. */
static bool write_events(const char *folder)
{
	struct evt *evt = evt_new(0x10000);
	char path[PATH_MAX];

	evt_add(evt, &(struct evt_event){
			     .time = evt_march(18, 2, 0, 12),
			     .source = "MSExchangeMCA",
			     .computer = "EXCH01",
			     .id = EVT_ID(EVT_ID_INFORMATION, 728),
			     .type = EVT_INFORMATION,
		     });
	evt_add(evt, &(struct evt_event){
			     .time = evt_march(18, 9, 14, 30),
			     .source = "MSExchangeMCA",
			     .computer = "EXCH01",
			     .id = EVT_ID(EVT_ID_WARNING, 721),
			     .type = EVT_WARNING,
		     });
	evt_close(evt);
	snprintf(path, sizeof(path), "%s/Application.evt", folder);
	bool written = evt_write(evt, path);
	if (!written)
		perror(path);
	evt_free(evt);
	return written;
}

/*
 * KB 818861: Exchange 5.5 on a terminal server. The hive is that of the account that its
 * services run as. Two profiles with generated names go at one instant, while their
 * processes run on (tlist -s), and Mailbox Manager is interrupted (MSExchangeMCA 721).
 *
 * The look-alike: all of it, but on Exchange 2000, of which that article does not speak.
 */
bool causes_kb_818861(const char *folder, bool look_alike)
{
	struct builder *b = causes_user_hive("exchange", CAUSES_DOMAIN_SID "-1105");

	causes_add_user(b, CAUSES_PROFILES, "MS Exchange Settings",
			causes_saved_before() - 1000000000, 3001);
	builder_key manager =
		causes_add_service(b, CAUSES_PROFILES, "Mailbox Manager", 1704, 3002);
	builder_key script =
		causes_add_service(b, CAUSES_PROFILES, "Event Script", 1308, 3003);
	causes_set_default(b, "MS Exchange Settings");
	bool written = causes_keep(b, folder, "before");
	causes_delete(b, manager);
	causes_delete(b, script);
	written = causes_write(b, folder, "after") && written;
	written = causes_write(causes_system(true), folder, "SYSTEM") && written;
	written = causes_write(look_alike ? causes_software(60, 6249, 3)
					  : causes_software(55, 2653, 4),
			       folder, "SOFTWARE") &&
		  written;
	written = causes_write_text(folder, "tlist-s.txt",
				    LISTING_BEGIN ROW_EVENTS ROW_MAD LISTING_END) &&
		  written;
	return write_events(folder) && written;
}

/*
 * KB 303221: a program on a terminal server logs on, deletes its profile at once and goes
 * on with what MAPI keeps in Deleted Profiles, twice; another session purges both at one
 * instant while they run on. The machine has no Exchange.
 *
 * The look-alike: one of two goes, the other is still there, and the machine is in the
 * mode for administration: nothing was emptied by another session.
 */
bool causes_kb_303221(const char *folder, bool look_alike)
{
	struct builder *b = causes_user_hive("mkeller", CAUSES_DOMAIN_SID "-1001");

	causes_add_user(b, CAUSES_PROFILES, "MS Exchange Settings",
			causes_saved_before() - 1000000000, 3101);
	builder_key one =
		causes_add_service(b, CAUSES_DELETED, "Example Agent", 1520, 3102);
	builder_key two =
		causes_add_service(b, CAUSES_DELETED, "Example Agent", 1732, 3103);
	causes_set_default(b, "MS Exchange Settings");
	bool written = causes_keep(b, folder, "before");
	causes_delete(b, one);
	if (!look_alike)
		causes_delete(b, two);
	written = causes_write(b, folder, "after") && written;
	written = causes_write(causes_system(!look_alike), folder, "SYSTEM") && written;
	written = causes_write(causes_software(0, 0, 0), folder, "SOFTWARE") && written;
	return causes_write_text(
		       folder, "tlist-s.txt",
		       LISTING_BEGIN ROW_AGENT ROW_MAD ROW_AGENT_2 LISTING_END) &&
	       written;
}

/*
 * The end of a session: the Event Service stops, and MAPI removes what it had kept for it
 * in Deleted Profiles of LocalSystem's hive. Its process is not listed any more.
 *
 * The look-alike: its process is still listed.
 */
bool causes_session_end(const char *folder, bool look_alike)
{
	struct builder *b = causes_system_hive();

	causes_add_user(b, CAUSES_PROFILES, "Exchange Administrator",
			causes_saved_before() - 1000000000, 3201);
	builder_key script =
		causes_add_service(b, CAUSES_DELETED, "Event Script", 1308, 3202);
	causes_set_default(b, "Exchange Administrator");
	bool written = causes_keep(b, folder, "before");
	causes_delete(b, script);
	written = causes_write(b, folder, "after") && written;
	return causes_write_text(folder, "tlist-s.txt",
				 look_alike ? LISTING_BEGIN ROW_EVENTS ROW_MAD LISTING_END
					    : LISTING_BEGIN ROW_MAD LISTING_END) &&
	       written;
}
