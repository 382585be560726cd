/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What an index over many subjects holds: of each subject who it is, what came of it and
 * where its documents are, and a row for each finding.  A plain struct in one arena; it
 * borrows nothing, so what a subject was read from can be freed when it is added.
 */
#ifndef REPORT_INDEX_INDEXDATA_H
#define REPORT_INDEX_INDEXDATA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "cause/cause.h"
#include "cause/grade.h"
#include "compare/verdict.h"
#include "report/redact/redact.h"

/*
 * What came of a subject: word of the table, and what stands above such subjects on the
 * page.  In the order of the page and the screen, what is lost first.
 */
#define INDEX_STATES(X)                                                                  \
	X(INDEX_LOST, "lost", "Lost profiles")                                           \
	X(INDEX_MISSING, "missing", "The whole hive is not there")                       \
	X(INDEX_IN_DOUBT, "in_doubt", "Cannot be told")                                  \
	X(INDEX_UNREADABLE, "unreadable", "Could not be read")                           \
	X(INDEX_UNPAIRED, "unpaired", "Without a counterpart")                           \
	X(INDEX_BACK, "back", "Lost profiles, and have them back")                       \
	X(INDEX_CHANGED, "changed", "Changed, nothing is known to be lost")              \
	X(INDEX_UNCHANGED, "unchanged", "Unchanged")                                     \
	X(INDEX_NONE_FOUND, "none_found", "One hive, no deleted profile found")

enum index_state {
#define X(constant, word, title) constant,
	INDEX_STATES(X)
#undef X
};

#define INDEX_N_STATES (INDEX_NONE_FOUND + 1)

/* What the parts of an index are called in its folder; the page links to the tables. */
#define INDEX_PAGE_FILE "index.html"
#define INDEX_CSV_FILE "findings.csv"
#define INDEX_JSONL_FILE "findings.jsonl"

/* On which side of a comparison a subject was found that the other side lacks. */
enum index_side { INDEX_BOTH_SIDES, INDEX_EARLIER_SIDE, INDEX_LATER_SIDE };

/*
 * A line of the table.  Texts are UTF-8 fit for XML; paths and names of files any bytes;
 * words are static.  NULL and 0 stand for nothing.
 */
struct index_row {
	const char *kind;	   /* of the change, or a word of its own */
	const char *profile;	   /* as it was called before */
	const char *profile_utf16; /* its units in hex, where not all of them show */
	const char *store_path, *new_name, *new_store_path;
	const char *certainty;
	uint64_t from_ft, to_ft, moment_ft; /* FILETIME */
	const char *time_certainty;
	const char *fate; /* at the end of the series */
	bool weighed;	  /* cause and grade are set */
	bool on_page; /* the page tells it too: more than that something came or changed */
	enum cause cause;
	enum grade grade;
	const char *restore, *restore_reason, *restore_why;
	const char *restore_file;
	bool told_elsewhere; /* another row tells of the same loss */
	size_t change;	     /* its number in the report */
	const char *before_file, *after_file;
	const char *note;
};

struct index_subject {
	const char *name; /* never NULL; "" if nothing tells it */
	const char *sid, *role;
	enum index_state state;
	enum index_side side;
	int exit_status;
	struct verdict verdict;	  /* of what was compared; else all of it is 0 */
	const char *answer;	  /* the verdict as a sentence, or why there is none */
	const char *const *paths; /* of its hives, in order */
	size_t n_paths;
	const char *report, *page; /* files; NULL: none */
	size_t first_row, n_rows;
	size_t n_restored; /* .reg files of its rows */
	size_t order;	   /* the number that it was given with */
};

/* Rows of one index: past that they are counted.  3 GB of them. */
#define INDEX_MAX_ROWS ((size_t)1 << 24)
/* Sentences about what could not be read: two lists of diagnostics have no more. */
#define INDEX_MAX_UNREAD 100000
/* Subjects of one index, likewise. */
#define INDEX_MAX_SUBJECTS ((size_t)1 << 20)

struct index {
	struct arena *arena;   /* owns all texts */
	char *folder;	       /* see index_new(); "" for none */
	struct redact *redact; /* see index_redact(); NULL: nothing is redacted */
	struct index_subjects {
		struct index_subject *items; /* in the order in which they were added */
		size_t n, cap;
	} subjects;
	struct index_rows {
		struct index_row *items;
		size_t n, cap;
	} rows;
	size_t n_rows_left_out;
	bool incomplete; /* see index_note_incomplete() */
	/* Of all that was given: which file or folder could not be read, and why. */
	struct index_unread {
		const char **items; /* sentences, UTF-8 */
		size_t n, cap;
	} unread;
	size_t n_unread_left_out; /* more of these, of which nothing else is known */
};

/*
 * A row of what could not be read, whoever it is of: number i of index.unread; behind the
 * last one, what is left out of that.  Its texts are the index's.
 */
void indexdata_unread_row(const struct index *index, size_t i, struct index_row *out);
/* How many rows of that kind there are. */
size_t indexdata_n_unread(const struct index *index);

/* "lost" and so on; what stands above such subjects; static storage. */
const char *indexdata_state_word(enum index_state state);
const char *indexdata_state_title(enum index_state state);

/*
 * How far the times of a row go, as the table has it; NULL: there is none.  confirmed: the
 * moment is also that of the list's last write; conflict: the bounds contradict each other.
 */
const char *indexdata_time_certainty(const struct index_row *row, bool confirmed,
				     bool conflict);

/* How many subjects there are of each state. */
struct index_counts {
	size_t subjects, by_state[INDEX_N_STATES];
	size_t only_later; /* of the unpaired */
	size_t incomplete; /* what is not in doubt, unreadable or unpaired anyway */
};
void indexdata_count(const struct index *index, struct index_counts *out);

/* The worst of all subjects: 2 before 1 before 0.  2 if rows were left out or it is incomplete. */
int indexdata_exit_status(const struct index *index);

/* What came of all, UTF-8, in one sentence without full stop; malloc'ed, or NULL. */
char *indexdata_sentence(const struct index *index) MUST_CHECK;

#endif
