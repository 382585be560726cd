/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A recipe whose cells lie apart: a key, "gone" as a rule, below "parent" with two values,
 * all its cells among cells that stay in use.  Once freed they merge with
 * nothing, and what takes a cell of the same size next takes its place.
 */
#ifndef TESTS_HELP_APART_H
#define TESTS_HELP_APART_H

#include "help/recoveredkeys.h"

/* Offsets in the file. */
struct apart {
	struct builder *b;
	builder_key parent, keeper, gone;
	size_t n_filled, n_reused;  /* of the keeper's values */
	const char *name;	    /* of the key */
	const char *first, *second; /* names of its values */
	size_t record, list;
	size_t first_record, first_data;
	size_t second_record, second_data;
};

#define APART_FIRST_DATA "0123456789abcdefghij"
#define APART_SECOND_DATA "The data of the second value are longer."
enum { APART_FIRST_LEN = 20, APART_SECOND_LEN = 40 };

/* Made at HIVES_TIME; the key with its values at LATER(1).  Names are ASCII. */
struct apart apart_new(const struct builder_options *options, const char *first,
		       const char *second);
/* The same with another name of the key. */
struct apart apart_named(const struct builder_options *options, const char *name,
			 const char *first, const char *second);
/* Of version 1.5, or of 1.3 on Windows 2000, with the values "first" and "other". */
struct apart apart_plain(void);
struct apart apart_2000(void);
/* Deletes the key at LATER(2). */
void apart_delete(struct apart *t);
/*
 * Holes of these sizes between cells in use, one behind the other; of one size the
 * first is taken first.  Of t, b and keeper are used.
 */
void apart_holes(struct apart *t, const size_t *sizes, size_t n);
/*
 * Data of the live key "keeper" take the cell of that size that was freed last.
 * Return: where they stand.
 */
size_t apart_reuse(struct apart *t, size_t cell_size);

#endif
