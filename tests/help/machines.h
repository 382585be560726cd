/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SYSTEM and SOFTWARE hives of recipes, read as the program does it: from a file. */
#ifndef TESTS_HELP_MACHINES_H
#define TESTS_HELP_MACHINES_H

#include "help/unit.h"

#include "machine/machinesoftware.h"
#include "machine/machinesystem.h"

#include "help/hives.h"
#include "help/texts.h"

#include "samples/incident_server.h"
#include "samples/server.h"

#include <stdio.h>

/* A file of what the builder holds.  Takes the builder; the path is to be freed. */
static inline char *machines_file(struct builder *b)
{
	char *path = hives_file(b);

	builder_free(b);
	return path;
}

static inline struct machine_system *machines_system_at(const char *path)
{
	struct snapshot_source source = { .path = path };
	struct machine_system *system = NULL;
	struct failure failure = { 0 };

	assert_int_equal(machinesystem_read(&source, &system, &failure), STATUS_OK);
	assert_non_null(system);
	return system;
}

static inline struct machine_software *machines_software_at(const char *path)
{
	struct snapshot_source source = { .path = path };
	struct machine_software *software = NULL;
	struct failure failure = { 0 };

	assert_int_equal(machinesoftware_read(&source, &software, &failure), STATUS_OK);
	assert_non_null(software);
	return software;
}

/* These take the builder; the file is gone again. */
static inline struct machine_system *machines_system(struct builder *b)
{
	char *path = machines_file(b);
	struct machine_system *system = machines_system_at(path);

	(void)remove(path);
	free(path);
	return system;
}

static inline struct machine_software *machines_software(struct builder *b)
{
	char *path = machines_file(b);
	struct machine_software *software = machines_software_at(path);

	(void)remove(path);
	free(path);
	return software;
}

/* One control set with one service, current. */
static inline struct builder *machines_with(const struct server_service *service)
{
	struct builder *b = server_system(HIVES_TIME);

	server_select(b, 1, 1, 1, HIVES_TIME);
	server_add_service(b, 1, service, HIVES_TIME);
	return b;
}

static inline struct builder *machines_with_service(const char *image,
						    const char *account, uint32_t type)
{
	return machines_with(&(struct server_service){ .name = "Some",
						       .image = image,
						       .account = account,
						       .type = type,
						       .start = SERVER_AUTO });
}

static inline const struct machine_service *machines_service(
	const struct machine_system *system, const char *name)
{
	return machinesystem_service_named(system, text_of(name));
}

/* Exactly one observation was made: of this code, with these words in it. */
static inline void machines_say(const struct snapshot *snapshot, enum diag_code code,
				const char *words)
{
	assert_int_equal(diag_count(snapshot->diags), 1);
	assert_int_equal(diag_item(snapshot->diags, 0)->code, code);
	if (!strstr(diag_item(snapshot->diags, 0)->sentence, words))
		fail_msg("no \"%s\" in: %s", words,
			 diag_item(snapshot->diags, 0)->sentence);
}

static inline void machines_say_nothing(const struct snapshot *snapshot)
{
	if (diag_count(snapshot->diags))
		fail_msg("%s", diag_item(snapshot->diags, 0)->sentence);
}

#endif
