/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What one job of an engine does: some units, and all that a worker needs to know.  It is a
 * file, so that engines only carry its name:
 *   #wmsdiff-sweep chunk 1
 *   #FIELD<TAB>VALUE       folder, program, version, into, seconds, mebibytes, shard
 *   IDENTITY<TAB>UNIT...   as in a plan
 *   #end                   what lacks it was cut off
 */
#ifndef SWEEP_CHUNK_H
#define SWEEP_CHUNK_H

#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/failure.h"
#include "base/status.h"
#include "base/sum/digest.h"
#include "sweep/plan/planline.h"
#include "sweep/sweeplock.h"

/* How units are run. */
struct chunk_way {
	char *folder;  /* that their paths are taken from */
	char *program; /* wmsdiff */
	char *version; /* that it has to have */
	char *into;    /* the sweep's folder; NULL: one beside the chunk, CHUNK.results */
	uint64_t seconds, mebibytes; /* limits of a unit; 0: none */
	struct shard shard;
};

struct chunk_unit {
	struct unit unit;
	char identity[DIGEST_HEX_SIZE];
};

struct chunk {
	struct chunk_way way;
	struct chunk_unit *items;
	size_t n, cap;
};

/* Units of one chunk: more would only make the end of a sweep wait. */
#define CHUNK_MAX 4096

/*
 * The text of a chunk's file of n units, some of all: those that numbers name.
 * Return: malloc'ed; NULL when out of memory.
 */
char *chunk_text(const struct chunk_way *way, const struct chunk_unit *all,
		 const size_t *numbers, size_t n) MUST_CHECK;

/*
 * Reads one.
 * Return: STATUS_OK and *out filled, to be cleared by chunk_clear(); STATUS_NOMEM;
 * STATUS_IO with *failure set.
 */
MUST_CHECK enum status chunk_read(const char *path, struct chunk *out,
				  struct failure *failure);
void chunk_clear(struct chunk *chunk);

/*
 * How many of n units, whose files have so many bytes, go together from the first on: a
 * job costs an engine more than a small unit costs wmsdiff, but the more go together, the
 * longer the last ones are waited for.
 */
size_t chunk_length(const uint64_t *bytes, size_t n, size_t all, size_t at_once);

#endif
