/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What became of a unit.  It stands in a file of two lines, their fields divided by tabs as
 * in a plan: the names of the fields, and
 *   unit outcome status reason host started seconds identity wmsdiff
 */
#ifndef SWEEP_OUTCOME_H
#define SWEEP_OUTCOME_H

#include <stdbool.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/failure.h"
#include "base/status.h"
#include "base/sum/digest.h"
#include "sweep/plan/unitname.h"

/* Constant, word, several of them for people. */
#define OUTCOMES(X)                                                                      \
	X(OUTCOME_COMPARED, "compared", "compared")                                      \
	X(OUTCOME_INCOMPLETE, "incomplete", "incomplete")                                \
	X(OUTCOME_FAILED, "failed", "failed")                                            \
	X(OUTCOME_TIMED_OUT, "timed_out", "timed out")                                   \
	X(OUTCOME_OUT_OF_MEMORY, "out_of_memory", "out of memory")                       \
	X(OUTCOME_CRASHED, "crashed", "crashed")                                         \
	X(OUTCOME_KILLED, "killed", "killed")

enum outcome_kind {
#define X(constant, word, people) constant,
	OUTCOMES(X)
#undef X
};
#define OUTCOME_N (OUTCOME_KILLED + 1)

#define OUTCOME_TEXT 512

struct outcome {
	enum outcome_kind kind;
	int status; /* that the program ended with; -1: with none */
	uint64_t ms;
	char unit[UNITNAME_SIZE];
	char reason[OUTCOME_TEXT]; /* UTF-8, one line; "" if there is nothing to say */
	char host[OUTCOME_TEXT];
	char started[32]; /* ISO 8601 in UTC, of whole seconds */
	char identity[DIGEST_HEX_SIZE];
	char wmsdiff[OUTCOME_TEXT]; /* the program and its version */
};

/* "compared", ..., and for people; static. */
const char *outcome_word(enum outcome_kind kind);
const char *outcome_people(enum outcome_kind kind);

/*
 * True if another run gives no more: the unit was compared, or what is wrong with its
 * inputs is in its reports.
 */
bool outcome_is_final(enum outcome_kind kind);

/* Sets the time at which it started to now. */
void outcome_begin(struct outcome *outcome);

/* Sets the reason, made fit for a line; what does not fit is cut. */
void outcome_reason(struct outcome *outcome, const char *format, ...) PRINTF_LIKE(2, 3);

/*
 * Writes the file, whole or not at all.
 * Return: STATUS_OK; STATUS_NOMEM; STATUS_IO with *failure set.
 */
MUST_CHECK enum status outcome_write(const struct outcome *outcome, const char *path,
				     struct failure *failure);

/*
 * Reads one.
 * Return: STATUS_OK and *out filled; STATUS_ABSENT if it is not there; STATUS_MALFORMED if
 * it is no outcome, or cut off; STATUS_NOMEM.
 */
MUST_CHECK enum status outcome_read(const char *path, struct outcome *out);

#endif
