/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Small hives for the fuzz targets and their seeds: an engine reads thousands of them in a
 * second of many, so they hold no more than is needed.
 */
#ifndef TESTS_FUZZ_RECIPES_H
#define TESTS_FUZZ_RECIPES_H

#include "samples/builder.h"
#include "samples/builder_log.h"

/* The moments of a recipe, FILETIME: made, saved, changed, saved again. */
uint64_t recipes_moment(unsigned number);

/*
 * A user's hive with three profiles and one below Deleted Profiles.  minor: 0 to 6, the
 * version of the format.  Return: the builder, finished, given to the caller.
 */
struct builder *recipes_before(unsigned minor);

/* The same with a single profile of one service: what is read fastest. */
struct builder *recipes_small(unsigned minor);

/* One with so many profiles that hold nothing; of none the root key has no subkeys. */
struct builder *recipes_bare(unsigned n_profiles);

/* What became of recipes_before(): one profile is deleted, one moved, one renamed, one changed. */
void recipes_change(struct builder *b);

/* A hive of the machine: SYSTEM, or SOFTWARE. */
struct builder *recipes_system(void);
struct builder *recipes_software(void);

/* A dirty hive and its logs: of the old format (n is 1), or of the new one. */
struct recipes_logged {
	struct builder_log_state hive;
	struct builder_log logs[2];
	size_t n;
};
struct recipes_logged recipes_logged(bool old_format);
void recipes_logged_free(struct recipes_logged *logged);

#endif
