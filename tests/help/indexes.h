/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Indexes made by hand, and of pairs of hives. */
#ifndef TESTS_HELP_INDEXES_H
#define TESTS_HELP_INDEXES_H

#include "help/caught.h"
#include "help/pair.h"

#include "report/index/index.h"

/* An empty one, written to "out"; to be freed. */
struct index *indexes_new(void);
/* Puts a subject with n rows into it, all as they are: texts must outlive it. */
void indexes_put(struct index *index, struct index_subject subject,
		 const struct index_row *rows, size_t n);
/* A series that borrows from a pair: both hives as they were compared, or the later one. */
struct indexes_series {
	struct series series;
	struct snapshot *snapshots[2];
	struct recovery *recoveries[2];
	struct verdict verdict;
	struct index_given given; /* of that: may be changed before it is added */
};
void indexes_of_pair(struct indexes_series *of, struct pair *pair, bool single);
/* Compares a pair, and makes an index of it. */
struct index *indexes_compare(struct pair *pair);

typedef enum status indexes_writer(const struct index *index, struct output *output);
/* What a writer makes of it; until the next one. */
const char *indexes_written(const struct index *index, indexes_writer *writer);

/* What index_print() puts; likewise. */
const char *indexes_printed(const struct index *index, const char *path,
			    struct summary_look look);

/* The row of that kind there must be just one of. */
const struct index_row *indexes_only(const struct index *index, const char *kind);

#endif
