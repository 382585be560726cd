// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * bench-replay MEGABYTES RUNS: how fast logs are replayed. Makes a hive of that size and a
 * log of the new format that changes about half of it, and measures in one process, each
 * the best of so many runs: hashing the applied bytes once with Marvin32, copying them, and
 * the replay itself, from the plan to the last step. A replay has to hash every byte once
 * and copy it once, so what it takes beside that is its own.
 */
#include "samples/builder_log.h"

#include "regf/log/marvin.h"
#include "regf/log/replay.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
	BASE_SIZE = 4096,
	RUN = 64 << 10,	    /* neighbouring bytes that change, and that do not */
	ENTRIES = 8,	    /* of the log */
	VALUE = 1000 << 10, /* bytes of each value that makes the hive large */
};

struct bench {
	struct builder_log_state hive, after;
	struct builder_log log;
	struct memfile file; /* of the hive */
	uint8_t *room;	     /* for the copy */
};

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void *must(void *p)
{
	if (!p) {
		fputs("bench-replay: out of memory\n", stderr);
		exit(EXIT_FAILURE);
	}
	return p;
}

static struct builder_log_state make_hive(size_t size)
{
	uint8_t *data = must(malloc(VALUE));
	struct builder *b = builder_new(&(struct builder_options){
		.minor = 3, /* a value of any size in one cell */
		.last_written = builder_filetime(2019, 6, 13, 18, 0, 0),
		.sequence = 1,
	});
	char name[32];

	for (size_t i = 0; i < VALUE; i++)
		data[i] = (uint8_t)(i * i >> 7 ^ i);
	for (size_t i = 0; i < size / VALUE; i++) {
		snprintf(name, sizeof(name), "Value %zu", i);
		builder_value_set(b, builder_root(b), name, BUILDER_BINARY, data, VALUE);
	}
	struct builder_log_state hive = builder_log_state_take(b);
	builder_free(b);
	free(data);
	return hive;
}

/* Every second run of one part of the hive changes with each entry. */
static void add_entry(struct bench *bench, struct builder_log_state *from, size_t number)
{
	size_t bins = builder_log_state_bins(&bench->after);
	size_t part = bins / ENTRIES / BASE_SIZE * BASE_SIZE;
	size_t begin = BASE_SIZE + number * part;

	for (size_t at = begin; at + RUN <= begin + part; at += (size_t)2 * RUN)
		/* The first page of a run stays: a bin may begin there. */
		for (size_t i = BASE_SIZE; i < RUN; i += 512)
			bench->after.bytes[at + i + 100] ^= 0xA5;
	builder_log_add(&bench->log, from, &bench->after, NULL);
	memcpy(from->bytes, bench->after.bytes, from->len);
}

static struct bench make(size_t size)
{
	struct bench bench = { .hive = make_hive(size) };
	struct builder_log_state from =
		builder_log_dirty(&bench.hive, &bench.hive, 1, 1); /* a copy */

	bench.after = builder_log_dirty(&bench.hive, &bench.hive, 1, 1);
	bench.log = builder_log_new(&bench.hive, 1);
	for (size_t i = 0; i < ENTRIES; i++)
		add_entry(&bench, &from, i);
	builder_log_state_free(&from);
	from = builder_log_dirty(&bench.hive, &bench.hive, 2, 1);
	builder_log_state_free(&bench.hive);
	bench.hive = from;
	if (memfile_init(&bench.file) != STATUS_OK ||
	    memfile_append(&bench.file, span_of(bench.hive.bytes, bench.hive.len)) !=
		    STATUS_OK ||
	    memfile_seal(&bench.file) != STATUS_OK)
		exit(EXIT_FAILURE);
	bench.room = must(malloc(bench.log.len));
	memset(bench.room, 1, bench.log.len);
	return bench;
}

/* Return: seconds, of the plan and all steps; the image must come out right. */
static double replay_once(const struct bench *bench)
{
	struct span log = span_of(bench->log.bytes, bench->log.len);
	struct replay *replay = NULL;
	uint32_t sequence = 0;
	size_t from = 0, n = 0;
	double start = now();

	if (replay_plan(&bench->file, &log, 1, &replay) != STATUS_OK)
		exit(EXIT_FAILURE);
	while (replay_step(replay, &sequence, &from) == STATUS_OK)
		n++;
	double took = now() - start;
	struct span image = replay_bytes(replay);
	if (n != ENTRIES || image.len != bench->after.len ||
	    memcmp(image.ptr + BASE_SIZE, bench->after.bytes + BASE_SIZE,
		   image.len - BASE_SIZE) != 0) {
		fputs("bench-replay: the image is wrong\n", stderr);
		exit(EXIT_FAILURE);
	}
	replay_free(replay);
	return took;
}

static volatile uint64_t sink; /* keeps results that nobody reads */

static double hash_once(const struct bench *bench)
{
	double start = now();

	sink = marvin_hash(span_of(bench->log.bytes, bench->log.len));
	return now() - start;
}

static double copy_once(const struct bench *bench)
{
	double start = now();

	memcpy(bench->room, bench->log.bytes, bench->log.len);
	sink = bench->room[bench->log.len / 2];
	return now() - start;
}

static double best(double (*once)(const struct bench *), const struct bench *bench,
		   long runs)
{
	double least = once(bench);

	for (long i = 1; i < runs; i++) {
		double took = once(bench);

		least = took < least ? took : least;
	}
	return least;
}

int main(int argc, char **argv)
{
	if (argc != 3) {
		fputs("usage: bench-replay MEGABYTES RUNS\n", stderr);
		return EXIT_FAILURE;
	}
	struct bench bench = make((size_t)strtoul(argv[1], NULL, 10) << 20);
	long runs = strtol(argv[2], NULL, 10);
	double hash = best(hash_once, &bench, runs);
	double copy = best(copy_once, &bench, runs);
	double replay = best(replay_once, &bench, runs);
	double mb = (double)bench.log.len / (1 << 20);

	printf("replay of a hive of %zu MB with a log of %.0f MB\n", bench.hive.len >> 20,
	       mb);
	printf("      marvin32 %.0f MB/s, memcpy %.0f MB/s, replay %.0f MB/s\n",
	       mb / hash, mb / copy, mb / replay);
	printf("      replay takes %.2f of hashing once\n", replay / hash);
	builder_log_state_free(&bench.hive);
	builder_log_state_free(&bench.after);
	builder_log_free(&bench.log);
	free(bench.room);
	return EXIT_SUCCESS;
}
