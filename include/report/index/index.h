/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The index over many subjects: filled one subject at a time, then written as a table
 * (CSV, JSON lines), as a page for a browser, and in brief for a person.  The same
 * subjects give the same bytes, in whatever order they were added.
 */
#ifndef REPORT_INDEX_INDEX_H
#define REPORT_INDEX_INDEX_H

#include <stdio.h>

#include "base/failure.h"
#include "base/status.h"
#include "cause/diagnosis.h"
#include "compare/series.h"
#include "compare/verdict.h"
#include "report/index/indexdata.h"
#include "report/output.h"
#include "report/restore/restored.h"
#include "report/summary/look.h"

/* What is known of a subject when it is added. */
enum index_how {
	INDEX_COMPARED,	 /* series and verdict are there: one hive, or several */
	INDEX_HIVE_GONE, /* the earlier collection has its hive, the later one has not, and
			   * the place where it should be was read whole */
	INDEX_NOT_LATER, /* likewise, but that place was not read whole: cannot be told */
	INDEX_NOT_EARLIER, /* only the later collection has it: a note */
	INDEX_FAILED,	   /* it could not be read; why says so */
};

/* All of it is copied; what may be NULL says so. */
struct index_given {
	enum index_how how;
	const char *name; /* UTF-8; NULL: as the last snapshot tells, else "" */
	const char *sid;  /* NULL, "": likewise */
	const char *role; /* static word; NULL: likewise */
	/* Of its files, any bytes; NULL: those of the series. */
	const char *const *paths;
	size_t n_paths;
	/* Of several that are alike in all else the lowest stands first. */
	size_t number;
	size_t first_change;	   /* changes that stand before its own in the report */
	const char *report, *page; /* files; NULL: none was written */
	const char *why;	   /* UTF-8 sentence without full stop, or NULL */
	/* NULL unless it was read; diagnoses and restores may be NULL then, too. */
	const struct series *series;
	const struct diagnoses *diagnoses;
	const struct restores *restores;
	const struct verdict *verdict;
};

/*
 * Begins an index.  folder, or NULL, is the one that it is written to: names of reports,
 * pages and .reg files that begin with it are told, and linked to, as they are called
 * from there.
 * Return: STATUS_OK and *out given; STATUS_NOMEM.
 */
MUST_CHECK enum status index_new(const char *folder, struct index **out);
/* NULL is allowed. */
void index_free(struct index *index);
void index_freep(struct index **index);

/* All texts that are added from now on are redacted by it; lent. */
void index_redact(struct index *index, struct redact *redact);

/*
 * Adds a subject with a row for each finding; one subject after the other, by one thread.
 * Rows past INDEX_MAX_ROWS are counted.
 * Return: STATUS_OK; STATUS_NOMEM; STATUS_LIMIT past INDEX_MAX_SUBJECTS.  Of a failed
 * one nothing is in the index.
 */
MUST_CHECK enum status index_add_subject(struct index *index,
					 const struct index_given *given);

/* What came of all: the exit status, 0 to 2. */
int index_exit_status(const struct index *index);
/* The same in one sentence without full stop; malloc'ed, or NULL. */
char *index_sentence(const struct index *index) MUST_CHECK;

/*
 * The same of a subject that was read elsewhere: its rows one by one, then the subject, which
 * gets them and what is told of it as a whole.  Nothing is copied but the structs: texts must
 * outlive the index, or be of its arena.
 * Return: STATUS_OK; STATUS_NOMEM; STATUS_LIMIT past INDEX_MAX_SUBJECTS.
 */
MUST_CHECK enum status index_put_row(struct index *index, const struct index_row *row);
MUST_CHECK enum status index_put_subject(struct index *index,
					 struct index_subject subject);

/* Of what was given, not all could be looked at: more than the subjects tell. */
void index_note_incomplete(struct index *index);

/*
 * Adds what could not be read, whoever it is of, and makes the index incomplete: a
 * sentence, UTF-8, that begins with its path; copied.  NULL: more of which nothing else is
 * known.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status index_add_unread(struct index *index, const char *sentence);

/*
 * Each writes all of it.  The output stays the caller's, and output_commit() tells
 * whether it took them.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status index_write_csv(const struct index *index, struct output *output);
MUST_CHECK enum status index_write_jsonl(const struct index *index,
					 struct output *output);
MUST_CHECK enum status index_write_html(const struct index *index, struct output *output);

/*
 * Puts one screen for a person: a line a subject, losses first, and at the end where the
 * whole of it is: what that is ("index", "report") and its path, or NULL.
 * Return: STATUS_OK; STATUS_NOMEM; STATUS_IO.
 */
MUST_CHECK enum status index_print(const struct index *index, const char *what,
				   const char *path, struct summary_look look, FILE *out);

#endif
