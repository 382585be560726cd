// SPDX-License-Identifier: GPL-2.0-or-later
/* Who runs on the server, and what was installed there when. */
#include "incident_server.h"

#include "incident.h"
#include "server.h"

#define EXCHANGE_BIN "D:\\Exchsrvr\\bin\\"
#define LOCAL_SYSTEM "LocalSystem"
#define SVCHOST "%SystemRoot%\\system32\\svchost.exe -k "
#define INETINFO "%SystemRoot%\\System32\\inetsrv\\inetinfo.exe"
#define DOMAIN_SID "S-1-5-21-1708537768-1343024091-725345543"

/* Service Pack 3 went in on a Saturday in September 2002. */
static uint64_t service_pack_time(void)
{
	return builder_filetime(2002, 9, 14, 6, 40, 19);
}

static const struct server_service services[] = {
	{ "Beep", "Beep", NULL, NULL, SERVER_DRIVER, SERVER_SYSTEM, NULL },
	{ "AsyncMac", "RAS Asynchronous Media Driver", "System32\\DRIVERS\\asyncmac.sys",
	  NULL, SERVER_DRIVER, SERVER_DEMAND, NULL },
	{ "Disk", "Disk Driver", "System32\\DRIVERS\\disk.sys", NULL, SERVER_DRIVER,
	  SERVER_BOOT, NULL },
	{ "Eventlog", "Event Log", "%SystemRoot%\\system32\\services.exe", LOCAL_SYSTEM,
	  SERVER_SHARED, SERVER_AUTO, NULL },
	{ "ExampleAntivirus", "Example Antivirus for Exchange",
	  "\"C:\\Program Files\\Example\\Antivirus\\avmail.exe\" /service", LOCAL_SYSTEM,
	  SERVER_OWN, SERVER_AUTO, "MSExchangeIS" },
	{ "ExampleBackupAgent", "Example Backup Agent",
	  "\"C:\\Program Files\\Example\\Backup\\bkagent.exe\"", LOCAL_SYSTEM, SERVER_OWN,
	  SERVER_AUTO, NULL },
	{ "ExampleFaxGateway", "Example Fax Gateway",
	  "C:\\Program Files\\Example\\Fax\\faxgate.exe -service", LOCAL_SYSTEM,
	  SERVER_OWN | SERVER_INTERACTIVE, SERVER_AUTO, "MSExchangeIS" },
	{ "ExampleReporter", "Example Mail Reporter",
	  "C:\\Program Files\\Example\\Reporter\\reporter.exe", "EXAMPLE\\reporter",
	  SERVER_OWN, SERVER_DEMAND, NULL },
	{ "IISADMIN", "IIS Admin Service", INETINFO, LOCAL_SYSTEM, SERVER_SHARED,
	  SERVER_AUTO, "RpcSS ProtectedStorage" },
	{ "MSExchangeES", "Microsoft Exchange Event", EXCHANGE_BIN "events.exe",
	  LOCAL_SYSTEM, SERVER_OWN, SERVER_AUTO, "MSExchangeIS" },
	{ "MSExchangeIS", "Microsoft Exchange Information Store",
	  EXCHANGE_BIN "store.exe", LOCAL_SYSTEM, SERVER_OWN, SERVER_AUTO,
	  "IISADMIN MSExchangeSA" },
	{ "MSExchangeMTA", "Microsoft Exchange MTA Stacks", EXCHANGE_BIN "emsmta.exe",
	  LOCAL_SYSTEM, SERVER_OWN, SERVER_AUTO, "IISADMIN MSExchangeSA" },
	{ "MSExchangeSA", "Microsoft Exchange System Attendant", EXCHANGE_BIN "mad.exe",
	  LOCAL_SYSTEM, SERVER_OWN, SERVER_AUTO, "EventLog RpcSS" },
	{ "Netman", "Network Connections", SVCHOST "netsvcs", LOCAL_SYSTEM,
	  SERVER_SHARED | SERVER_INTERACTIVE, SERVER_DEMAND, "RpcSs" },
	{ "RpcSs", "Remote Procedure Call (RPC)", SVCHOST "rpcss", LOCAL_SYSTEM,
	  SERVER_OWN, SERVER_AUTO, NULL },
	{ "SamSs", "Security Accounts Manager", "%SystemRoot%\\system32\\lsass.exe",
	  LOCAL_SYSTEM, SERVER_SHARED, SERVER_AUTO, NULL },
	{ "SMTPSVC", "Simple Mail Transport Protocol (SMTP)", INETINFO, LOCAL_SYSTEM,
	  SERVER_SHARED, SERVER_AUTO, "IISADMIN" },
	{ "Spooler", "Print Spooler", "%SystemRoot%\\system32\\spoolsv.exe", LOCAL_SYSTEM,
	  SERVER_OWN | SERVER_INTERACTIVE, SERVER_AUTO, NULL },
	{ "W3SVC", "World Wide Web Publishing Service", INETINFO, LOCAL_SYSTEM,
	  SERVER_SHARED, SERVER_AUTO, "IISADMIN" },
};

/* As it was before the move of Exchange to drive D: and the backup agent's arrival. */
static const struct server_service old_services[] = {
	{ "MSExchangeSA", "Microsoft Exchange System Attendant",
	  "C:\\Program Files\\Exchsrvr\\bin\\mad.exe", "EXAMPLE\\exchange", SERVER_OWN,
	  SERVER_DISABLED, NULL },
	{ "ExampleOldAgent", "Example Old Agent", "C:\\agent\\oldagent.exe", LOCAL_SYSTEM,
	  SERVER_OWN, SERVER_AUTO, NULL },
};

struct builder *incident_server_system(void)
{
	uint64_t installed = builder_filetime(2001, 11, 6, 9, 12, 44);
	uint64_t start = incident_moment(10, 5, 58, 12, 18);
	struct builder *b = server_system(installed);

	for (size_t i = 0; i < sizeof(services) / sizeof(services[0]); i++)
		server_add_service(b, 1, &services[i], service_pack_time());
	/* Not every key there is a service: counters of performance are none. */
	builder_path(b, "ControlSet001\\Services\\MSExchangeIS Private\\Performance",
		     installed);
	server_name(b, 1, "EXCH01", installed);
	server_time_zone(b, 1, "Central Europe Standard Time", -60, -60, start);
	server_terminal_mode(b, 1, 0, installed);

	for (size_t i = 0; i < sizeof(old_services) / sizeof(old_services[0]); i++)
		server_add_service(b, 2, &old_services[i], installed);
	server_name(b, 2, "EXCHNEW", installed);
	server_time_zone(b, 2, "Pacific Standard Time", 480, 420, installed);
	server_terminal_mode(b, 2, 1, installed);

	server_select(b, 1, 1, 2, start);
	builder_path(b, "Setup", installed);
	builder_stamp(b, incident_moment(18, 11, 42, 36, 2), 0x1F3A);
	return b;
}

struct builder *incident_server_software(void)
{
	uint64_t installed = builder_filetime(2001, 11, 6, 9, 12, 44);
	uint64_t patched = builder_filetime(2003, 1, 11, 7, 2, 53);
	struct builder *b = server_software("Microsoft Windows 2000", "5.0", installed);

	server_add_exchange(b,
			    &(struct server_exchange){ .folder = "D:\\Exchsrvr",
						       .version = 60,
						       .build = 4417,
						       .service_pack = 3,
						       .service_pack_build = 6249 },
			    service_pack_time());
	server_add_update(b, "Windows 2000", "SP4", "Q329115", patched);
	server_add_update(b, "Windows 2000", "SP4", "Q329834", patched);
	server_add_update(b, "Exchange Server 2000", "SP3", "Q320436",
			  builder_filetime(2002, 6, 1, 6, 11, 5));
	server_add_hotfix(b, "Q147222", installed);
	server_add_hotfix(b, "Q329115", patched);
	server_add_hotfix(b, "Q329834", patched);
	server_add_program(b, false, "Q329115",
			   "Windows 2000 Hotfix [See Q329115 for more "
			   "information]",
			   patched);
	server_add_program(b, false, "Example Backup Agent", "Example Backup Agent 7.0",
			   installed);
	server_add_owner(b, DOMAIN_SID "-500",
			 "%SystemDrive%\\Documents and Settings\\Administrator",
			 installed);
	server_add_owner(b, DOMAIN_SID "-1001",
			 "%SystemDrive%\\Documents and Settings\\mkeller", installed);
	builder_stamp(b, incident_moment(18, 11, 42, 36, 2), 0x22C4);
	return b;
}
