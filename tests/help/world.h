/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * All that can be given to one run, as files: the pair of hives of the sample
 * exchange2000 and what stands beside them; and what a test has read of it.
 */
#ifndef TESTS_HELP_WORLD_H
#define TESTS_HELP_WORLD_H

#include "help/unit.h"

#include "cause/diagnosis.h"
#include "compare/series.h"
#include "machine/companions.h"

/* More allocations than any of these needs: the loops must come to an end. */
#define MOST 20000

enum file {
	BEFORE,
	AFTER,
	DLL,
	MODULES,
	PROCESSES,
	SYSTEM,
	SOFTWARE,
	EVENTS,
	ROWS,
	FILES
};

struct world {
	char *paths[FILES];
	struct companions_source source; /* of them, what a test wants */
	struct companions *companions;
	struct series *series;
	struct diagnoses diagnoses;
};

/* cmocka's fixtures: *state is a struct world with all files, of which none is given. */
int world_set_up(void **state);
int world_tear_down(void **state);
#define WORLD_TEST(f) cmocka_unit_test_setup_teardown(f, world_set_up, world_tear_down)

/* All that there is; event logs, if they can be read. */
void world_give_all(struct world *world);
/* Reads what is given.  Fails the test if that cannot be. */
void world_read_companions(struct world *world);
/* Reads the pair of hives, and what is deleted there. */
void world_read_series(struct world *world);
/* What was read; the files stay. */
void world_forget(struct world *world);

/* More files: the path is for the caller to remove and free. */
char *world_text_file(const char *text);
char *world_dll_file(void);

#endif
