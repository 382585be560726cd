// SPDX-License-Identifier: GPL-2.0-or-later
/* Files as the recipes make them; each may be left out. */
#include "whole/falsifier/evidence.h"

#include "samples/evt.h"
#include "samples/server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SECOND UINT64_C(10000000)
#define HOUR (3600 * SECOND)
#define DAY (24 * HOUR)
#define COMPUTER "EXCH01"
#define UNIX_EPOCH UINT64_C(116444736000000000)

enum { DIGITS = 24, LOG_SIZE = 0x10000 };

static const char *add_file(struct evidence *e, const char *option, const char *folder,
			    const char *name)
{
	char *path = e->paths[e->n_args];

	snprintf(path, EVIDENCE_PATH, "%s/%s", folder, name);
	e->args[e->n_args++] = option;
	e->args[e->n_args++] = path;
	return path;
}

/* A time of a loss, or where nothing is lost that of the later state. */
static uint64_t choose_loss(const struct truth *t, uint32_t a, uint32_t b,
			    struct random *r)
{
	uint64_t at = t->states[b].clock;
	size_t n = 0;

	for (uint32_t i = 0; i < t->n_tenures; i++) {
		const struct truth_tenure *x = &t->tenures[i];

		if (x->gone_state == TRUTH_NONE || x->gone_state <= a ||
		    x->gone_state > b)
			continue;
		if (random_below(r, ++n) == 0)
			at = x->gone;
	}
	return at;
}

bool evidence_is_generated(const char *name)
{
	size_t len = strlen(name);

	return len >= DIGITS + 2 && name[len - DIGITS - 1] == ' ' &&
	       strspn(name + len - DIGITS, "0123456789abcdef") == DIGITS;
}

uint32_t evidence_pid(const char *name)
{
	char digits[9];

	if (!evidence_is_generated(name))
		return 0;
	memcpy(digits, name + strlen(name) - DIGITS, 8);
	digits[8] = '\0';
	return (uint32_t)strtoul(digits, NULL, 16);
}

/* --- hives of the machine --- */

static void write_hive(struct builder *b, const char *path, uint64_t time)
{
	builder_key_touch(b, builder_root(b), time);
	builder_stamp(b, time, 500);
	if (!builder_write(b, path))
		abort();
	builder_free(b);
}

static struct builder *system_hive(bool applications, uint64_t time)
{
	struct builder *b = server_system(time);

	server_add_service(b, 1,
			   &(struct server_service){
				   .name = "Eventlog",
				   .display = "Event Log",
				   .image = "%SystemRoot%\\system32\\services.exe",
				   .account = "LocalSystem",
				   .type = SERVER_SHARED,
				   .start = SERVER_AUTO,
			   },
			   time);
	server_name(b, 1, COMPUTER, time);
	server_terminal_mode(b, 1, applications, time);
	server_select(b, 1, 1, 1, time);
	builder_path(b, "Setup", time);
	return b;
}

static struct builder *software_hive(unsigned exchange, uint64_t time)
{
	struct builder *b = server_software("Microsoft Windows 2000", "5.0", time);
	uint32_t build = exchange == 60 ? 6249 : 2653;

	if (exchange != 0)
		server_add_exchange(b,
				    &(struct server_exchange){
					    .folder = "D:\\Exchsrvr",
					    .version = exchange,
					    .build = build,
					    .service_pack = 3,
					    .service_pack_build = build,
				    },
				    time);
	return b;
}

static void make_hives(struct evidence *e, uint64_t loss, struct random *r,
		       const char *folder)
{
	e->has_system = random_chance(r, 60);
	e->terminal = random_chance(r, 50);
	if (e->has_system)
		write_hive(system_hive(e->terminal, loss - 90 * DAY),
			   add_file(e, "--system", folder, "SYSTEM"), loss + HOUR);
	e->has_software = random_chance(r, 60);
	e->software_old = random_chance(r, 40);
	e->exchange = random_chance(r, 50) ? 0 : random_chance(r, 70) ? 60 : 55;
	if (e->has_software)
		write_hive(software_hive(e->exchange, loss - 900 * DAY),
			   add_file(e, "--software", folder, "SOFTWARE"),
			   e->software_old ? loss - 730 * DAY : loss + HOUR);
	e->has_mapi32 = random_chance(r, 40);
	e->affected = random_chance(r, 50);
	if (!e->has_mapi32)
		return;
	e->args[e->n_args++] = "--mapi32";
	e->args[e->n_args++] = e->affected ? "6.0.6249.0" : "6.0.6487.1";
}

/* --- events --- */

static const struct {
	const char *condition;
	const char *source;
	uint32_t number;
	const char *string;
} signs[] = {
	{ "event_9202", "MSExchangeSA", 9202, "SMTP:postmaster@example.com" },
	{ "event_es_11", "MSExchangeES", 11, "0x80004005" },
	{ "event_mca_721", "MSExchangeMCA", 721, "1" },
	{ "event_installer", "MsiInstaller", 11707, "Product" },
	{ NULL, "MSExchangeES", 11, "0x80040111" },
};

static uint32_t unix_time(uint64_t filetime)
{
	return (uint32_t)((filetime - UNIX_EPOCH) / SECOND);
}

static void add_event(struct evt *evt, const struct evidence *e, uint64_t time,
		      const char *source, uint32_t number, const char *string)
{
	evt_add(evt, &(struct evt_event){
			     .time = unix_time(time),
			     .source = source,
			     .computer = e->other_computer ? "OTHER07" : COMPUTER,
			     .id = EVT_ID(EVT_ID_WARNING, number),
			     .type = EVT_WARNING,
			     .strings = { string },
		     });
}

static uint64_t choose_time(uint64_t loss, struct random *r)
{
	switch (random_below(r, 4)) {
	case 0:
		return loss + random_time(r, 20 * HOUR);
	case 1:
		return loss - random_time(r, 8 * 60 * SECOND);
	case 2:
		return loss - DAY - random_time(r, 3 * DAY);
	default:
		return loss + 2 * DAY + random_time(r, 3 * DAY);
	}
}

static int by_time(const void *a, const void *b)
{
	const struct evidence_event *x = a;
	const struct evidence_event *y = b;

	return (x->time > y->time) - (x->time < y->time);
}

static void make_events(struct evidence *e, uint64_t loss, struct random *r,
			const char *folder)
{
	struct evt *evt = evt_new(LOG_SIZE);
	struct evidence_event all[EVIDENCE_EVENTS];
	size_t n = 1 + random_below(r, 3);
	bool covers = random_chance(r, 70);

	e->has_events = true;
	e->other_computer = random_chance(r, 30);
	e->covers_from = covers ? loss - 6 * DAY : loss + 2 * DAY;
	e->covers_to = loss + 7 * DAY;
	add_event(evt, e, e->covers_from, "MSExchangeIS", 1217, "Mailbox Store");
	for (size_t i = 0; i < n; i++)
		all[i] =
			(struct evidence_event){ (const char *)&signs[random_below(r, 5)],
						 choose_time(loss, r) };
	qsort(all, n, sizeof(all[0]), by_time);
	for (size_t i = 0; i < n; i++) {
		size_t sign = (size_t)(all[i].condition - (const char *)signs) /
			      sizeof(signs[0]);

		if (all[i].time <= e->covers_from)
			continue;
		add_event(evt, e, all[i].time, signs[sign].source, signs[sign].number,
			  signs[sign].string);
		if (signs[sign].condition != NULL)
			e->events[e->n_events++] =
				(struct evidence_event){ signs[sign].condition,
							 all[i].time };
	}
	add_event(evt, e, e->covers_to, "MSExchangeIS", 1217, "Mailbox Store");
	evt_close(evt);
	if (!evt_write(evt, add_file(e, "--events", folder, "Application.evt")))
		abort();
	evt_free(evt);
}

/* --- the listing --- */

static bool is_listed(const struct evidence *e, uint32_t pid)
{
	for (size_t i = 0; i < e->n_rows; i++)
		if (e->rows[i].pid == pid)
			return true;
	return false;
}

/* tlist -s: the programs that made profiles, some of them, and numbers used again. */
static void make_listing(struct evidence *e, const struct truth *t, struct random *r,
			 const char *folder)
{
	FILE *f = fopen(add_file(e, "--modules", folder, "tlist-s.txt"), "wb");

	if (f == NULL)
		abort();
	e->has_listing = true;
	fputs("   0 System Process\r\n   8 System\r\n 144 smss.exe\r\n", f);
	for (uint32_t i = 0; i < t->n_tenures; i++) {
		uint32_t pid = evidence_pid(t->tenures[i].name);

		if (pid < 200 || e->n_rows == EVIDENCE_ROWS || is_listed(e, pid) ||
		    random_chance(r, 40))
			continue;
		bool maker = random_chance(r, 60);
		e->rows[e->n_rows++] = (struct evidence_row){ pid, maker };
		fprintf(f, "%4u %-16s Title: %s\r\n", pid,
			maker ? "faxgate.exe" : "notepad.exe",
			maker ? "Fax Gateway" : "notes.txt");
	}
	fputs("5648 tlist.exe\r\n", f);
	if (fclose(f) != 0)
		abort();
}

void evidence_make(struct evidence *e, const struct truth *t, uint32_t a, uint32_t b,
		   struct random *r, const char *folder)
{
	uint64_t loss = choose_loss(t, a, b, r);

	memset(e, 0, sizeof(*e));
	make_hives(e, loss, r, folder);
	if (random_chance(r, 60))
		make_events(e, loss, r, folder);
	if (random_chance(r, 60))
		make_listing(e, t, r, folder);
}

void evidence_remove(const struct evidence *e)
{
	for (size_t i = 0; i < e->n_args; i++)
		if (e->paths[i][0] != '\0')
			remove(e->paths[i]);
}
