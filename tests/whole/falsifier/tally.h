/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How many statements of each kind were made, how many of them are false, and what was
 * left unsaid. Counts can be added up over processes: the tally holds no pointers.
 */
#ifndef FALSIFIER_TALLY_H
#define FALSIFIER_TALLY_H

#include <stdbool.h>
#include <stdint.h>

/* KIND, what it is called in the table. */
#define TALLY_KINDS                                                                      \
	X(DELETED, "change: deleted")                                                    \
	X(RECREATED, "change: recreated")                                                \
	X(MOVED, "change: moved")                                                        \
	X(RENAMED, "change: renamed")                                                    \
	X(MODIFIED, "change: modified")                                                  \
	X(DAMAGED, "change: damaged")                                                    \
	X(ADDED, "change: added")                                                        \
	X(OTHER_HIVE, "change: other_hive")                                              \
	X(STORE_REMOVED, "change: store_removed")                                        \
	X(DEFAULT_CHANGED, "change: default_changed")                                    \
	X(STANDS_IN, "stands_in (file or log)")                                          \
	X(LOG_SEQUENCE, "its entry (log_sequence)")                                      \
	X(DIFFERENCE, "difference in a profile")                                         \
	X(LIVE, "profile that is there")                                                 \
	X(MOMENT, "moment of a change (at)")                                             \
	X(CONFIRMED, "confirmed by the list's time")                                     \
	X(EARLIEST, "bound: earliest")                                                   \
	X(LATEST, "bound: latest")                                                       \
	X(REMAINS, "what is left of a lost profile")                                     \
	X(RECOVERED, "recovered profile")                                                \
	X(RECOVERED_NAME, "its name")                                                    \
	X(RECOVERED_LIST, "its list")                                                    \
	X(RECOVERED_MOMENT, "its moment (deleted_at)")                                   \
	X(NOT_AFTER, "its bound (deleted_not_after)")                                    \
	X(SINCE, "its since")                                                            \
	X(LIVES_ON, "lives_on")                                                          \
	X(WHOLE, "whole")                                                                \
	X(CLAIMED, "remnant of one profile only")                                        \
	X(RESTORED, ".reg file")                                                         \
	X(KEY_PATH, "path of a recovered key")                                           \
	X(VALUE_OWNER, "key of a recovered value")                                       \
	X(VALUE_BYTES, "bytes of a recovered value")                                     \
	X(VERDICT, "first line and exit status")                                         \
	X(CONDITION, "condition of a cause")                                             \
	X(CAUSE, "cause supported or ruled_out")

enum tally_kind {
#define X(kind, name) TALLY_##kind,
	TALLY_KINDS
#undef X
		TALLY_N,
};

/* How sure a statement is said to be. A moment is dated, which counts as certain. */
enum tally_level {
	TALLY_CERTAIN,
	TALLY_PROBABLE,
	TALLY_POSSIBLE, /* and unresolved, partial */
	TALLY_LEVELS,
};

/* In the order of what counts where several readings are possible: the highest. */
enum tally_truth {
	TALLY_FALSE,
	TALLY_UNDECIDED,
	TALLY_TRUE,
};

struct tally_row {
	uint64_t made[TALLY_LEVELS];
	uint64_t wrong[TALLY_LEVELS];
	uint64_t seed[TALLY_LEVELS]; /* the first one with a false statement */
	uint64_t undecided;
	uint64_t unsaid;
	uint64_t unsaid_seed;
};

struct tally {
	struct tally_row rows[TALLY_N];
	uint64_t histories;
	uint64_t plain; /* histories of nothing but everyday acts */
	uint64_t runs;
	uint64_t failed;      /* runs that yielded no report */
	uint64_t gone;	      /* deletions after which nothing touched the bytes */
	uint64_t gone_said;   /* told as deleted, certain */
	uint64_t gone_dated;  /* and with the moment */
	uint64_t unsaid_seed; /* the first of them that was not told so */
};

/* Return: what a kind is called in the table. */
const char *tally_name(enum tally_kind kind);

void tally_add(struct tally *sum, const struct tally *more);

/* Statements of all kinds that are certain or dated, or probable; and the false ones. */
uint64_t tally_made(const struct tally *t, enum tally_level level);
uint64_t tally_wrong(const struct tally *t, enum tally_level level);

/* Prints the table, each line with a mark in front that TAP passes over. */
void tally_print(const struct tally *t);

#endif
