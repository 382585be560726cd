/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Bringing a dirty hive to its true state: which of its logs apply, in which
 * order, and what the hive looks like after each step.  All in memory; neither
 * hive nor log is touched.  Rules: regf specification, "Dirty state" and
 * "Applying a transaction log file", as Windows follows them.
 */
#ifndef REGF_LOG_REPLAY_H
#define REGF_LOG_REPLAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/memfile.h"
#include "base/span.h"
#include "base/status.h"
#include "regf/log/txlog.h"

enum replay_outcome { REPLAY_APPLIED, REPLAY_IGNORED, REPLAY_REFUSED };

/* Why: word in the report, sentence for people.  Faults of the log itself are apart. */
#define REPLAY_REASONS(X)                                                                \
	X(REPLAY_COMPLETES, "completes_the_hive", "it holds what the hive lacks")        \
	X(REPLAY_COMPLETES_NEWER, "newer_time",                                          \
	  "applied although its time is newer than the hive's")                          \
	X(REPLAY_HIVE_CLEAN, "hive_is_clean", "the hive is clean and needs no log")      \
	X(REPLAY_LOG_FAULT, "log_unsound", "the log itself is unsound")                  \
	X(REPLAY_OTHER_HIVE, "another_hive", "the log names another hive as its own")    \
	X(REPLAY_TOO_OLD, "too_old", "the hive holds newer changes than the log")        \
	X(REPLAY_GAP, "gap", "its sequence number does not follow the other log's")      \
	X(REPLAY_OTHER_PREFERRED, "other_log_preferred", "another log applies instead")  \
	X(REPLAY_TOO_LARGE, "too_large",                                                 \
	  "it asks for more data than hive and logs can hold")

enum replay_reason {
#define X(constant, word, sentence) constant,
	REPLAY_REASONS(X)
#undef X
};

/* What became of one log, in the order given. */
struct replay_log {
	struct txlog *log; /* NULL if it is unsound */
	enum txlog_fault fault;
	enum replay_outcome outcome;
	enum replay_reason reason;
	uint32_t first_sequence, last_sequence; /* of its sound entries */
	size_t n_applied;			/* entries */
	/* It keeps another hive's name, but its numbers are this one's: it may apply. */
	bool other_name;
};

/* Where bytes of the image come from: a log instead of the hive file. */
struct replay_origin {
	uint32_t image_off, len;
	uint32_t log_off;
	size_t log; /* number of the log */
};

struct replay;

/* Logs of one hive: .LOG, .LOG1, .LOG2 and what --log adds. */
#define REPLAY_MAX_LOGS 16

/*
 * Reads the logs and decides what is to be applied to the hive; applies
 * nothing yet.  Hive and logs must live as long as the replay.
 * Return: STATUS_OK and *out given; STATUS_NOMEM; STATUS_LIMIT (too many logs).
 */
MUST_CHECK enum status replay_plan(const struct memfile *hive, const struct span *logs,
				   size_t n_logs, struct replay **out);
/*
 * The same, refusing all logs that keep another hive's name: for who found that what
 * replay_plan() makes of the hive is less sound than the hive.
 */
MUST_CHECK enum status replay_plan_named(const struct memfile *hive,
					 const struct span *logs, size_t n_logs,
					 struct replay **out);
void replay_free(struct replay *replay);
void replay_freep(struct replay **replay);

/* The logs and what becomes of them, n_logs of them; borrowed. */
const struct replay_log *replay_logs(const struct replay *replay, size_t *n_logs);

/* The number of entries that apply, over all logs. */
size_t replay_count(const struct replay *replay);

/*
 * Applies the next entry.  *sequence and *log tell which.
 * Return: STATUS_OK; STATUS_ABSENT when none is left; STATUS_NOMEM.
 */
MUST_CHECK enum status replay_step(struct replay *replay, uint32_t *sequence,
				   size_t *log);

/* What the last step wrote; there must have been one. */
struct txlog_pages replay_pages(const struct replay *replay);

/*
 * The hive as it is after the last step, with a base block that fits it:
 * sequence numbers equal, file type 0, data size and checksum right.  Valid
 * until the next step.
 */
struct span replay_bytes(const struct replay *replay);

/* Puts those bytes into a sealed file.  Return: as memfile_seal(). */
MUST_CHECK enum status replay_store(const struct replay *replay, struct memfile *out);

/*
 * Splits a run of the image by where its bytes come from: the first piece of
 * it, which is never empty unless len is 0.
 * Return: its length; *log is SIZE_MAX for the hive file itself, else the
 * number of the log with *log_off the place in it.
 */
uint32_t replay_origin(const struct replay *replay, uint32_t image_off, uint32_t len,
		       size_t *log, uint32_t *log_off);

/* True if a log that keeps another hive's name is to be applied. */
bool replay_applies_other_name(const struct replay *replay);

/*
 * True if a log keeps another hive's name: both base blocks keep the tail of the
 * hive's path, and not the same one.
 */
bool replay_is_other_hives(const struct image_base *hive, const struct image_base *log);

const char *replay_outcome_word(enum replay_outcome outcome);
const char *replay_reason_word(enum replay_reason reason);
const char *replay_reason_sentence(enum replay_reason reason);

#endif
