/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The search for deleted keys and values of one hive, stopped behind one of its
 * stages, so that a test sees what that stage found.
 */
#ifndef TESTS_HELP_STAGES_H
#define TESTS_HELP_STAGES_H

#include "help/recoveredkeys.h"

#include "regf/recover/search.h"

/* The last stage that runs; those before it run too. */
enum stages_last {
	STAGES_NONE,
	STAGES_REGION,
	STAGES_CARVE,
	STAGES_VALUES,
	STAGES_DATA,
	STAGES_PARENTS,
};

struct stages {
	struct hive hive;
	struct usage usage;
	struct key_tree *keys; /* live ones, which usage borrows */
	struct recovered_source source;
	struct arena *arena;
	struct search search;
};

/* Opens what the builder holds as last finished and poked, which it takes. */
struct stages *stages_run(struct builder *b, enum stages_last last);
/* The same over another state of the hive, which is borrowed: its first log's pages. */
struct stages *stages_run_over(struct builder *b, const struct overlay *overlay,
			       struct span overlaid, enum stages_last last);
void stages_close(struct stages *stages);

/* The deleted key or value whose record is at that offset of the file, or NULL. */
struct deleted_key *stages_key(struct stages *stages, size_t record);
struct deleted_value *stages_value(struct stages *stages, size_t record);

/* The live key at a path.  Fails the test if it is absent. */
const struct key *stages_live(const struct stages *stages, const char *path);

#endif
