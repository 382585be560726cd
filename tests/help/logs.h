/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Dirty hives and their logs for tests: one recipe in several states, the logs that lead
 * from one to the next, and a replay that is held against the states. Bytes are handed
 * over in exact copies on the heap, so that a sanitizer sees a byte read too far.
 */
#ifndef TESTS_HELP_LOGS_H
#define TESTS_HELP_LOGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"
#include "regf/log/replay.h"

#include "samples/builder_log.h"

enum {
	LOGS_STATES = 6, /* the third one is larger, the last one smaller than before */
	LOGS_LAST = LOGS_STATES - 1,
	LOGS_FIRST = 7, /* sequence number of the first state; of the next 8, and so on */

	LOG_ENTRIES = 512, /* new format: where the first entry begins */
	ENTRY_SIZE = 4,	   /* fields of an entry */
	ENTRY_FLAGS = 8,
	ENTRY_SEQUENCE = 12,
	ENTRY_DATA_SIZE = 16,
	ENTRY_N_PAGES = 20,
	ENTRY_HASH_1 = 24,
	ENTRY_HASH_2 = 32,
	ENTRY_PAGES = 40,
};

struct logs_story {
	struct builder_log_state states[LOGS_STATES];
};

/* Stamped one second apart, from HIVES_TIME on. */
struct logs_story logs_story_make(void);
void logs_story_free(struct logs_story *story);

/* One story for all tests of a group, from its set-up to its tear-down. */
extern struct logs_story logs_story;
int logs_set_up(void **state);
int logs_tear_down(void **state);

/* A new log with one entry for each step from one state to another, the first numbered. */
struct builder_log logs_new(const struct logs_story *story, size_t from, size_t to,
			    uint32_t sequence);
/* The first state, marked as being written: primary is secondary + 1. */
struct builder_log_state logs_dirty(const struct logs_story *story, uint32_t secondary);
/* The same up to Windows 8: the base block is already that of another state. */
struct builder_log_state logs_dirty_old(const struct logs_story *story, size_t to);

/* Makes the checksum of a hive's base block right again. */
void logs_checksum(struct builder_log_state *hive);
void logs_put32(struct builder_log_state *hive, size_t offset, uint32_t number);
uint32_t logs_get32(const uint8_t *bytes, size_t offset);

/* An exact copy on the heap. */
struct span logs_copy(const uint8_t *bytes, size_t len);

struct logs_replay {
	struct replay *replay;
	struct memfile file;
	struct span hive; /* its bytes */
	struct span bytes[REPLAY_MAX_LOGS];
	size_t n;
	const struct replay_log *told; /* n of them */
};

/* A sealed file of these bytes, to be cleared. */
struct memfile logs_file(const uint8_t *bytes, size_t len);

/* The logs for logs_plan(). */
#define LOGS_LIST(...) ((const struct builder_log *const[]){ __VA_ARGS__, NULL })

/* Plans; the list of logs ends with NULL.  Fails the test unless that is STATUS_OK. */
struct logs_replay logs_plan(const struct builder_log_state *hive,
			     const struct builder_log *const logs[]);
void logs_end(struct logs_replay *r);

/* The next step has this number and log, and leads to this state. */
void logs_step(struct logs_replay *r, uint32_t sequence, size_t log,
	       const struct builder_log_state *state);
/* There is no next step. */
void logs_no_step(struct logs_replay *r);

/* What became of a log. */
void logs_outcome(const struct logs_replay *r, size_t log, enum replay_outcome outcome,
		  enum replay_reason reason);

/* The image holds a state's bins and a base block that fits, with this number twice. */
void logs_assert_image(struct span image, const struct builder_log_state *state,
		       uint32_t sequence);
/* True if the image's bins are those of the state, and so is the data size. */
bool logs_is_state(struct span image, const struct builder_log_state *state);
/* Every byte behind the base block is where replay_origin() says. */
void logs_assert_origins(const struct logs_replay *r);

#endif
