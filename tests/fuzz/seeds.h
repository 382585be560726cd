/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the seeds of all targets are written with: one file for each, FOLDER/TARGET/NAME. */
#ifndef TESTS_FUZZ_SEEDS_H
#define TESTS_FUZZ_SEEDS_H

#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

struct seeds {
	const char *folder;
};

/*
 * Writes a seed: the choice, then n parts as fuzz_split() takes them apart.  Ends the process
 * where that fails.
 */
void seeds_write(const struct seeds *seeds, const char *target, const char *name,
		 uint8_t choice, const struct span *parts, size_t n);

/* Hives, and hives with logs (seedshives.c). */
void seeds_write_hives(const struct seeds *seeds);
void seeds_write_logs(const struct seeds *seeds);

/* Exports, listings, patterns, plans, paths (seedstexts.c). */
void seeds_write_texts(const struct seeds *seeds);

/* seedsfiles.c */
void seeds_write_libraries(const struct seeds *seeds);
void seeds_write_events(const struct seeds *seeds);
void seeds_write_archives(const struct seeds *seeds);
void seeds_write_reports(const struct seeds *seeds);

#endif
