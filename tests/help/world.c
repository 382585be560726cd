/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The files that can be given to one run. */
#include "help/world.h"

#include "help/machines.h"

#include "samples/evt.h"
#include "samples/incident.h"
#include "samples/pe.h"

#include <stdlib.h>
#include <string.h>

#define HOLDS                                                                            \
	"MAPI32.DLL - 1704 mad.exe\nMAPI32.DLL - 2032 faxgate.exe\n"                     \
	"MAPI32.DLL - 2420 bkagent.exe\n"
#define SERVICES                                                                         \
	"C:\\>tlist -s\n1704 mad.exe         Svcs:  MSExchangeSA\n"                      \
	"2032 faxgate.exe     Svcs:  ExampleFaxGateway\n"                                \
	"2420 bkagent.exe     Svcs:  ExampleBackupAgent\n"

/* ---- files ---- */

char *world_text_file(const char *text)
{
	return hives_temporary(text, strlen(text));
}

/* The pair of the sample exchange2000. */
static void make_hives(struct world *world)
{
	struct builder *b = incident_before();

	world->paths[BEFORE] = hives_file(b);
	incident_overnight(b);
	incident_purge(b);
	builder_stamp(b, incident_moment(18, 11, 42, 36, 2), 1225);
	world->paths[AFTER] = machines_file(b);
	world->paths[SYSTEM] = machines_file(incident_server_system());
	world->paths[SOFTWARE] = machines_file(incident_server_software());
}

char *world_dll_file(void)
{
	struct pe_image image = pe_image_build(&(struct pe_recipe){
		.has_version = true, .version = { 6, 0, 6249, 0 }, .size = 24576 });
	char *path = hives_temporary(image.bytes, image.len);

	pe_image_free(&image);
	return path;
}

/* From the 16th on; the sign that the article names, two seconds after the loss. */
static char *events_file(void)
{
	struct evt *evt = evt_new(0x1000);
	size_t len;

	evt_add(evt, &(struct evt_event){ .time = evt_march(16, 6, 0, 0),
					  .source = "MSExchangeIS",
					  .computer = "EXCH01",
					  .id = EVT_ID(EVT_ID_INFORMATION, 1001),
					  .type = EVT_INFORMATION });
	evt_add(evt, &(struct evt_event){ .time = evt_march(18, 9, 14, 9),
					  .source = "MSExchangeSA",
					  .computer = "EXCH01",
					  .id = EVT_ID(EVT_ID_ERROR, 9202),
					  .type = EVT_ERROR,
					  .strings = { "store", "0x80004005" } });
	evt_close(evt);
	const uint8_t *bytes = evt_bytes(evt, &len);
	char *path = hives_temporary(bytes, len);
	evt_free(evt);
	return path;
}

/* ---- the world ---- */

int world_set_up(void **state)
{
	struct world *world = calloc(1, sizeof(*world));

	assert_non_null(world);
	make_hives(world);
	world->paths[DLL] = world_dll_file();
	world->paths[MODULES] = world_text_file(HOLDS);
	world->paths[PROCESSES] = world_text_file(SERVICES);
	world->paths[EVENTS] = events_file();
	world->paths[ROWS] = world_text_file("Archive *\tan archiver\tyes\n");
	*state = world;
	return 0;
}

void world_forget(struct world *world)
{
	diagnoses_clear(&world->diagnoses);
	companions_free(world->companions);
	series_free(world->series);
	world->companions = NULL;
	world->series = NULL;
}

int world_tear_down(void **state)
{
	struct world *world = *state;

	world_forget(world);
	for (size_t i = 0; i < FILES; i++) {
		(void)remove(world->paths[i]);
		free(world->paths[i]);
	}
	free(world);
	return 0;
}

void world_give_all(struct world *world)
{
	struct companions_source *source = &world->source;

	*source = (struct companions_source){
		.mapi32 = world->paths[DLL],
		.listings = { world->paths[MODULES], world->paths[PROCESSES] },
		.n_listings = 2,
		.patterns = world->paths[ROWS],
		.system.path = world->paths[SYSTEM],
		.software.path = world->paths[SOFTWARE],
	};
	source->events[source->n_events++] = world->paths[EVENTS];
}

void world_read_companions(struct world *world)
{
	struct failure failure = { 0 };

	if (companions_read(&world->source, &world->companions, &failure) != STATUS_OK)
		fail_msg("%s", failure.sentence);
}

void world_read_series(struct world *world)
{
	const struct snapshot_source sources[] = { { .path = world->paths[BEFORE] },
						   { .path = world->paths[AFTER] } };
	struct series_options options = { .n_threads = 1, .recover = true };
	struct failure failure = { 0 };

	if (series_read(sources, 2, &options, &world->series, &failure) != STATUS_OK)
		fail_msg("%s", failure.sentence);
}
