/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The causes of all that a test gives, weighed as the program does it. */
#ifndef TESTS_HELP_WEIGHING_H
#define TESTS_HELP_WEIGHING_H

#include "help/world.h"

#include "cause/condition/conditiontable.h"

/* The last n of the two hives. */
static inline void weighing_read_series(struct world *world, size_t n)
{
	struct snapshot_source sources[] = { { .path = world->paths[BEFORE] },
					     { .path = world->paths[AFTER] } };
	struct series_options options = { .n_threads = 1, .recover = true };
	struct failure failure = { 0 };

	assert_int_equal(
		series_read(sources + 2 - n, n, &options, &world->series, &failure),
		STATUS_OK);
}

/* Reads and weighs anew.  Return: the first diagnosis, of KB 817375. */
static inline const struct diagnosis *weighing_weigh(struct world *world)
{
	world_forget(world);
	world_read_companions(world);
	weighing_read_series(world, 2);
	assert_int_equal(
		diagnoses_read(world->series, world->companions, &world->diagnoses),
		STATUS_OK);
	assert_true(world->diagnoses.n > 0);
	assert_int_equal(world->diagnoses.items[0].cause, CAUSE_KB_817375);
	return &world->diagnoses.items[0];
}

/* The state of a condition, in the first cause that is weighed by it. */
static inline enum condition_state weighing_state(const struct world *world,
						  enum condition_id id)
{
	for (size_t i = 0; i < world->diagnoses.n; i++)
		for (size_t k = 0; k < world->diagnoses.items[i].n_conditions; k++)
			if (world->diagnoses.items[i].conditions[k].kind->id == id)
				return world->diagnoses.items[i].conditions[k].state;
	fail_msg("no %s", conditiontable_kind(id)->word);
	return CONDITION_UNKNOWN;
}

#endif
