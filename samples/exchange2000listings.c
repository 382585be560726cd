// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * exchange2000listings MODULES SERVICES: the processes of EXCH01 on 18 March 2003 after
 * the incident of the sample exchange2000, as an administrator saved them in a console:
 *
 *	MODULES		tlist -m mapi32.dll >MODULES
 *	SERVICES	tlist -s, marked in the window of 80 columns and pasted into a file, so
 *			that lists of services are wrapped there
 *
 * Both are text of code page 850 with CR LF. The title of the gateway's window holds a
 * letter that is no ASCII: u with diaeresis, 0x81.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WIDTH = 80 };

struct process {
	unsigned pid;
	const char *image;
	const char *services; /* NULL: none */
	const char *title;    /* NULL: no window */
	bool mapi32;	      /* holds it */
};

static const struct process processes[] = {
	{ 0, "System Process", NULL, NULL, false },
	{ 8, "System", NULL, NULL, false },
	{ 144, "smss.exe", NULL, NULL, false },
	{ 172, "csrss.exe", NULL, "", false },
	{ 168, "winlogon.exe", NULL, "NetDDE Agent", false },
	{ 208, "services.exe",
	  "AppMgmt,Browser,Dhcp,dmserver,Dnscache,Eventlog,lanmanserver,"
	  "lanmanworkstation,LmHosts,Messenger,PlugPlay,ProtectedStorage,seclogon,"
	  "TrkWks,W32Time,Wmi",
	  NULL, false },
	{ 232, "lsass.exe", "Netlogon,PolicyAgent,SamSs", NULL, false },
	{ 428, "svchost.exe", "RpcSs", NULL, false },
	{ 456, "spoolsv.exe", "Spooler", NULL, false },
	{ 596, "svchost.exe", "EventSystem,Netman,NtmsSvc,RasMan,SENS,TapiSrv", NULL,
	  false },
	{ 1112, "inetinfo.exe", "IISADMIN,IMAP4Svc,NntpSvc,POP3Svc,RESvc,SMTPSVC,W3SVC",
	  NULL, true },
	{ 1308, "events.exe", "MSExchangeES", NULL, true },
	{ 1704, "mad.exe", "MSExchangeSA", NULL, true },
	{ 1760, "store.exe", "MSExchangeIS", NULL, false },
	{ 1876, "avmail.exe", "ExampleAntivirus", NULL, true },
	{ 2032, "faxgate.exe", "ExampleFaxGateway", "Example Fax Gateway - M\x81nchen",
	  true },
	{ 2420, "bkagent.exe", "ExampleBackupAgent", NULL, true },
	{ 2560, "explorer.exe", NULL, "Program Manager", false },
	{ 2604, "cmd.exe", NULL, "C:\\WINNT\\System32\\cmd.exe - tlist -s", false },
	{ 2648, "tlist.exe", NULL, NULL, false },
};

static void write_modules(FILE *f)
{
	for (size_t i = 0; i < sizeof(processes) / sizeof(processes[0]); i++) {
		const struct process *p = &processes[i];
		if (p->mapi32)
			fprintf(f, "MAPI32.DLL - %4u %-16s  %s\r\n", p->pid, p->image,
				p->title ? p->title : "");
	}
}

/* One line, as a window shows it: on as many of its lines as it takes. */
static void write_wrapped(FILE *f, const char *line)
{
	size_t len = strlen(line);

	for (size_t i = 0; i < len; i += WIDTH)
		fprintf(f, "%.*s\r\n", WIDTH, line + i);
}

static void write_services(FILE *f)
{
	fputs("C:\\>tlist -s\r\n", f);
	for (size_t i = 0; i < sizeof(processes) / sizeof(processes[0]); i++) {
		const struct process *p = &processes[i];
		char line[512];

		if (p->services)
			snprintf(line, sizeof(line), "%4u %-15s Svcs:  %s", p->pid,
				 p->image, p->services);
		else if (p->title)
			snprintf(line, sizeof(line), "%4u %-15s Title: %s", p->pid,
				 p->image, p->title);
		else
			snprintf(line, sizeof(line), "%4u %s", p->pid, p->image);
		write_wrapped(f, line);
	}
	fputs("\r\nC:\\>\r\n", f);
}

static bool write_file(const char *path, void write(FILE *))
{
	FILE *f = fopen(path, "wb");

	if (!f) {
		perror(path);
		return false;
	}
	write(f);
	bool written = !ferror(f);
	written = fclose(f) == 0 && written;
	if (!written)
		perror(path);
	return written;
}

int main(int argc, char **argv)
{
	if (argc != 3) {
		fputs("usage: exchange2000listings MODULES SERVICES\n", stderr);
		return EXIT_FAILURE;
	}
	return write_file(argv[1], write_modules) && write_file(argv[2], write_services)
		       ? EXIT_SUCCESS
		       : EXIT_FAILURE;
}
