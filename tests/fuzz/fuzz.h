/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the fuzz targets share.  A target is one file with LLVMFuzzerTestOneInput(): it takes
 * bytes to what the program would write of them, in memory, and stops the process where
 * something that holds for every input does not hold.  An engine (libFuzzer, AFL++) calls it
 * with bytes of its own; replay.c with those of files.
 */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"
#include "compare/series.h"
#include "machine/companions.h"
#include "regf/evidence.h"
#include "report/output.h"
#include "report/restore/regfiletext.h"

/* ---- what an engine calls; a target has the first, and may have the others ---- */

int LLVMFuzzerInitialize(int *argc, char ***argv);
/* Return: 0. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
/* Changes the bytes in place.  Return: the new size, at most max_size. */
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size,
			       unsigned seed);
/* The engine's own changes of bytes; not there (NULL) in a program that only replays. */
extern size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size)
	__attribute__((weak));

/* ---- the input (input.c) ---- */

/* Files in one input, at most. */
enum { FUZZ_PARTS = 4 };

/*
 * The first byte of an input chooses what is done with the rest.  The rest is one file or
 * more: before each but the last stands its length, 4 bytes, little-endian; one that is too
 * long ends where the input ends.
 */
struct fuzz_input {
	uint8_t choice;
	struct span parts[FUZZ_PARTS]; /* borrowed */
	size_t n;
};

struct fuzz_input fuzz_split(const uint8_t *data, size_t size, size_t n_parts);

/* A number from all bytes (FNV-1a): decides by turn what is too slow to be done always. */
uint32_t fuzz_turn(const uint8_t *data, size_t size);

/* What holds for every input.  Ends the process, naming the line, where it does not. */
#define FUZZ_CHECK(holds)                                                                \
	do {                                                                             \
		if (!(holds))                                                            \
			fuzz_fail(#holds, __FILE__, __LINE__);                           \
	} while (0)
_Noreturn void fuzz_fail(const char *holds, const char *file, int line);

/* ---- files that are in memory only (files.c) ---- */

struct fuzz_file {
	const char *path;
	struct span bytes;
};

/* An opener for these paths; any other is not there.  It must stay where it is. */
struct fuzz_files {
	struct evidence_opener opener;
	struct fuzz_file items[FUZZ_PARTS + 1];
	size_t n;
};

struct fuzz_files fuzz_files_none(void);
void fuzz_files_add(struct fuzz_files *files, const char *path, struct span bytes);

/* A descriptor of a file without a name that holds the bytes, to be closed; never -1. */
int fuzz_descriptor(struct span bytes);

/* ---- what is written of a series (written.c) ---- */

/* An output that goes nowhere, but may be kept in memory on its way. */
struct fuzz_memory {
	struct output *output;
	uint8_t *bytes; /* only if it keeps them */
	size_t len, cap;
};

/* It must stay where it is until it is closed. */
void fuzz_memory_open(struct fuzz_memory *memory, bool keeps);
/* Ends the output; the bytes stay until fuzz_memory_free(). */
void fuzz_memory_close(struct fuzz_memory *memory);
void fuzz_memory_free(struct fuzz_memory *memory);

/* Bits of the choice that fuzz_write() looks at; the others are the target's. */
enum { FUZZ_WRITTEN = 15 };

/*
 * Weighs and judges what was read, as every run does, and writes what the choice says.  A
 * report that is checked must fit the schema; that, and the page, are made of one in some
 * inputs only, as their turn says.  companions: NULL for none.
 */
void fuzz_write(const struct series *series, const struct companions *companions,
		uint8_t choice, uint32_t turn);

/* The report of a series, kept in memory, to be freed. */
void fuzz_report(const struct series *series, struct fuzz_memory *out);

/* Reads the sources as snapshots of a series and writes it; what cannot be read is not. */
void fuzz_write_sources(const struct snapshot_source *sources, size_t n,
			const struct companions *companions, uint8_t choice,
			uint32_t turn);

/*
 * Writes the .reg files of all that can be brought back, in memory, and reads them again
 * (restores.c).
 */
void fuzz_write_restores(const struct series *series, enum regfile_format format,
			 uint64_t started_ft);

/* ---- changes that know formats (mutate*.c) ---- */

/* A small generator: the same seed gives the same numbers. */
uint32_t fuzz_random(uint32_t *state);
/* A number below n, which is not 0. */
uint32_t fuzz_below(uint32_t *state, uint32_t n);

/* Some bytes changed without knowing a format; the engine's way where there is an engine. */
size_t fuzz_mutate_bytes(uint8_t *data, size_t size, size_t max_size, uint32_t *state);

/*
 * Changes an input of fuzz_split(): now and then the choice, else one of the parts by its
 * own mutator; NULL in its place: fuzz_mutate_bytes().
 * Return: the new size.
 */
typedef size_t fuzz_mutator(uint8_t *bytes, size_t size, size_t max_size,
			    uint32_t *state);
size_t fuzz_mutate_parts(uint8_t *data, size_t size, size_t max_size, unsigned seed,
			 fuzz_mutator *const *mutators, size_t n_parts);

/* Little-endian numbers at a place that is there. */
static inline uint32_t fuzz_get32(const uint8_t *at)
{
	return le32(at);
}
static inline void fuzz_put32(uint8_t *at, uint32_t number)
{
	put_le32(at, number);
}
static inline void fuzz_put16(uint8_t *at, uint32_t number)
{
	at[0] = (uint8_t)number;
	at[1] = (uint8_t)(number >> 8);
}

/* Makes the checksum of a base block right; of a log's first sector, too: 512 bytes. */
void fuzz_checksum(uint8_t *base);

/*
 * Changes a hive and puts its frame in order again: headers of bins, the sizes of cells, the
 * checksum of the base block.  Seldom a part of that is left as it is.
 */
size_t fuzz_mutate_hive(uint8_t *hive, size_t size, size_t max_size, uint32_t *state);

/* The same for a transaction log: sizes and hashes of its entries, checksum, bitmap. */
size_t fuzz_mutate_log(uint8_t *log, size_t size, size_t max_size, uint32_t *state);

#endif
