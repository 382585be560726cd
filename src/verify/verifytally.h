/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How many statements hold, which do not, and what was not checked. */
#ifndef VERIFY_VERIFYTALLY_H
#define VERIFY_VERIFYTALLY_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/compiler.h"

/* Statements that are held against bytes: constant, what they are called. */
#define VERIFYTALLY_KINDS(X)                                                             \
	X(VERIFYTALLY_SIZE, "size of a file")                                            \
	X(VERIFYTALLY_HASH, "SHA-256 of a file")                                         \
	X(VERIFYTALLY_BASE, "field of a base block")                                     \
	X(VERIFYTALLY_LOG, "entries of a transaction log")                               \
	X(VERIFYTALLY_RUN, "SHA-256 of a byte run")                                      \
	X(VERIFYTALLY_PLACE, "byte run inside its file")                                 \
	X(VERIFYTALLY_RECORD, "key or value record at its place")                        \
	X(VERIFYTALLY_NAME, "name in its record")                                        \
	X(VERIFYTALLY_TIME, "time at its place")                                         \
	X(VERIFYTALLY_SPELLING, "time spelled as its FILETIME")                          \
	X(VERIFYTALLY_BOUND, "tightest of the bounds told")                              \
	X(VERIFYTALLY_TYPE, "type of a value")                                           \
	X(VERIFYTALLY_DATA, "data of a value")                                           \
	X(VERIFYTALLY_PROGRAM, "field of Mapi32.dll")                                    \
	X(VERIFYTALLY_PROCESS, "process in its line of a listing")                       \
	X(VERIFYTALLY_EVENT, "event record at its place")

enum verifytally_kind {
#define X(constant, words) constant,
	VERIFYTALLY_KINDS(X)
#undef X
};

/* What no bytes at one place can show, or not here. */
#define VERIFYTALLY_LEFTS(X)                                                             \
	X(VERIFYTALLY_NOT_THERE, "of evidence that is not there")                        \
	X(VERIFYTALLY_HELD_BACK, "secrets, which the report holds back")                 \
	X(VERIFYTALLY_REDACTED, "texts of a redacted report that are not in the bytes")  \
	X(VERIFYTALLY_EXPORT, "keys and values of .reg exports, told without a place")   \
	X(VERIFYTALLY_PATH, "paths: a record holds only its own name")                   \
	X(VERIFYTALLY_CONCLUDED, "fields that were concluded where bytes are lost")      \
	X(VERIFYTALLY_UNPLACED, "times told without a place")                            \
	X(VERIFYTALLY_WHOLE, "what is told of whole files, as counts and states")        \
	X(VERIFYTALLY_FILE_TIME, "times of files, which copying changes")                \
	X(VERIFYTALLY_DECODED, "what profiles and other keys say, decoded")              \
	X(VERIFYTALLY_RECOVERED, "how deleted keys and values were put together")        \
	X(VERIFYTALLY_COMPARED, "whose hives they are, what changed, and how surely")    \
	X(VERIFYTALLY_CAUSE, "causes, conditions and advice")                            \
	X(VERIFYTALLY_GIVEN, "what was given, found and observed on the run")

enum verifytally_left {
#define X(constant, words) constant,
	VERIFYTALLY_LEFTS(X)
#undef X
};

#define VERIFYTALLY_COUNT(constant, words) +1
#define VERIFYTALLY_N_KINDS (0 VERIFYTALLY_KINDS(VERIFYTALLY_COUNT))
#define VERIFYTALLY_N_LEFTS (0 VERIFYTALLY_LEFTS(VERIFYTALLY_COUNT))

struct verifytally {
	FILE *out; /* lines about what does not hold */
	uint64_t hold[VERIFYTALLY_N_KINDS], wrong[VERIFYTALLY_N_KINDS];
	uint64_t left[VERIFYTALLY_N_LEFTS];
	uint64_t n_hold, n_wrong;
	uint64_t n_absent; /* files that are not there */
	bool redacted;	   /* stand-ins are in place of texts */
};

void verifytally_holds(struct verifytally *tally, enum verifytally_kind kind);

/*
 * One that does not hold: where is the place, the rest a sentence; any bytes.  A text of a
 * redacted report is not checked then: a stand-in may be in its place.
 */
void verifytally_wrong(struct verifytally *tally, enum verifytally_kind kind,
		       const char *where, const char *format, ...) PRINTF_LIKE(4, 5);

/* A line about a file that is not there. */
void verifytally_absent(struct verifytally *tally, const char *where, const char *why);

/* So many statements that are not checked. */
void verifytally_leave(struct verifytally *tally, enum verifytally_left kind, uint64_t n);

/* Writes both tables. */
void verifytally_print(const struct verifytally *tally);

#endif
