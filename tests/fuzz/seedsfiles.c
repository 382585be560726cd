/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Seeds that recipes make: libraries, event logs, archives, reports. */
#include "fuzz/seeds.h"

#include "fuzz/beside.h"
#include "fuzz/fuzz.h"
#include "fuzz/recipes.h"
#include "help/smallreport.h"
#include "samples/evt.h"
#include "samples/evtx.h"
#include "samples/packer.h"
#include "samples/pe.h"

#include <stdio.h>
#include <stdlib.h>

#define SID "S-1-5-21-1085031214-1563985344-725345543-1001"
#define USER_PROFILES "Microsoft-Windows-User Profiles Service"

void seeds_write_libraries(const struct seeds *seeds)
{
	static const struct pe_string strings[] = {
		{ "CompanyName", "Microsoft Corporation" },
		{ "FileDescription", "Extended MAPI 1.0 for Windows NT" },
		{ "OriginalFilename", "MAPI32.DLL" },
		{ "ProductName", "Microsoft Exchange" },
	};
	static const char *const exports[] = { "GetOutlookVersion", "MAPIInitialize" };
	char name[32];

	for (unsigned i = 0; i < 8; i++) {
		const struct pe_recipe recipe = {
			.machine = i & 1 ? PE_X64 : PE_I386,
			.plus = i & 1,
			.timestamp = 1024020633,
			.has_version = true,
			.version = { i & 2 ? 1 : 6, 0, (uint16_t)(6000 + 200 * i), 1 },
			.n_languages = 1 + i % 3,
			.strings = strings,
			.n_strings = ARRAY_LEN(strings),
			.has_text = i & 4,
			.name = "MAPI32.DLL",
			.exports = exports + (i & 1),
			.n_exports = 2 - (i & 1),
		};
		struct pe_image image = pe_image_build(&recipe);
		struct span part = span_of(image.bytes, image.len);
		(void)snprintf(name, sizeof(name), "pe-%u", i);
		seeds_write(seeds, "pe", name, (uint8_t)(i + 1), &part, 1);
		pe_image_free(&image);
	}
}

/* ---- event logs ---- */

/* Small ones, of which the last have lost their first events. */
static void write_evt(const struct seeds *seeds, unsigned n)
{
	struct evt *log = evt_new(0x800);
	char name[32];
	size_t len;

	for (unsigned i = 0; i < n; i++)
		evt_add(log, &(struct evt_event){
				     .time = evt_march(18, 9, i % 60, i % 60),
				     .source = i % 2 ? "MSExchangeSA" : "MSExchangeES",
				     .computer = "EX01",
				     .id = EVT_ID(EVT_ID_ERROR, i % 2 ? 9202 : 11),
				     .type = EVT_ERROR,
				     .strings = { "0x80004005", "EventConfig_EX01" },
				     .local_system = i % 3 == 0,
				     .data = (uint16_t)(4 * (i % 4)),
			     });
	if (n % 2 == 0)
		evt_close(log);
	const uint8_t *bytes = evt_bytes(log, &len);
	struct span part = span_of(bytes, len);
	(void)snprintf(name, sizeof(name), "evt-%u", n);
	seeds_write(seeds, "event", name, (uint8_t)(n % 8), &part, 1);
	evt_free(log);
}

static void write_evtx(const struct seeds *seeds, unsigned n)
{
	struct evtx *log = evtx_new("PC17", "Application");
	char name[32];
	size_t len;

	for (unsigned i = 0; i < n; i++) {
		uint64_t moment = recipes_moment(1) + i * UINT64_C(10000000);
		evtx_event(log, USER_PROFILES, (uint16_t)(1508 + i % 8), EVTX_ERROR,
			   moment, SID, "reason", "C:\\Users\\tester\\ntuser.dat", NULL);
		evtx_event(log, "MsiInstaller", 1036, EVTX_INFORMATION, moment + 1, NULL,
			   "Microsoft Office", "16.0", NULL);
	}
	if (n % 2 == 0)
		evtx_close(log);
	const uint8_t *bytes = evtx_bytes(log, &len);
	struct span part = span_of(bytes, len);
	(void)snprintf(name, sizeof(name), "evtx-%u", n);
	seeds_write(seeds, "event", name, (uint8_t)(n % 8), &part, 1);
	evtx_free(log);
}

void seeds_write_events(const struct seeds *seeds)
{
	for (unsigned n = 0; n <= 12; n += 3)
		write_evt(seeds, n);
	for (unsigned n = 1; n <= 4; n++)
		write_evtx(seeds, n);
}

/* ---- archives ---- */

static void write_archive(const struct seeds *seeds, enum packer_format format,
			  uint8_t choice)
{
	struct packer *packer = packer_new(format);
	struct builder *before = recipes_small(5), *system = recipes_system();
	struct packer_member members[] = {
		{ .name = "before/C/Users/tester/NTUSER.DAT" },
		{ .name = "after/C/Users/tester/NTUSER.DAT" },
		{ .name = "after/C/Windows/System32/config/SYSTEM" },
		{ .name = "after/tlist-m.txt",
		  .bytes = "MAPI32.DLL - 1704 mad.exe\r\n",
		  .len = 27 },
		{ .name = "after/C/Users/other/ntuser.dat", .bytes = "regf", .len = 4 },
	};
	char name[32];
	size_t len;

	members[0].bytes = members[1].bytes = builder_bytes(before, &members[0].len);
	members[1].len = members[0].len;
	members[2].bytes = builder_bytes(system, &members[2].len);
	for (size_t i = 0; i < ARRAY_LEN(members); i++)
		packer_add(packer, &members[i]);
	const uint8_t *bytes = packer_end(packer, &len);
	struct span part = span_of(bytes, len);
	(void)snprintf(name, sizeof(name), "%s-%u", format == PACKER_ZIP ? "zip" : "tar",
		       choice);
	seeds_write(seeds, "archive", name, choice, &part, 1);
	packer_free(packer);
	builder_free(before);
	builder_free(system);
}

void seeds_write_archives(const struct seeds *seeds)
{
	static const uint8_t choices[] = { 0, 1, 32 | 3, 128 | 5 };

	for (size_t i = 0; i < ARRAY_LEN(choices); i++) {
		write_archive(seeds, PACKER_ZIP, choices[i]);
		write_archive(seeds, PACKER_TAR, choices[i]);
	}
}

/* ---- reports ---- */

void seeds_write_reports(const struct seeds *seeds)
{
	struct span small = span_of(smallreport, sizeof(smallreport) - 1), report;
	uint8_t *bytes = beside_report(&report);
	char name[32];

	for (uint8_t choice = 1; choice < 8; choice++) {
		(void)snprintf(name, sizeof(name), "small-%u", choice);
		seeds_write(seeds, "report", name, choice, &small, 1);
		(void)snprintf(name, sizeof(name), "report-%u", choice);
		seeds_write(seeds, "report", name, choice, &report, 1);
	}
	free(bytes);
}
