/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One value of an export: its name and its data. */
#ifndef REGTEXT_REGVALUELINE_H
#define REGTEXT_REGVALUELINE_H

#include "regtext/regreading.h"

enum regvalueline_kind {
	REGVALUELINE_OK,
	REGVALUELINE_ODD,     /* regedit passes over it: it has no data */
	REGVALUELINE_BAD,     /* it cannot be read */
	REGVALUELINE_CUT,     /* the file ends inside it */
	REGVALUELINE_LONG,    /* more data, or a longer name, than is taken in */
	REGVALUELINE_REMOVES, /* it removes the value: a list of changes */
	REGVALUELINE_NOMEM,
};

/*
 * Reads the value that begins at *at with a quotation mark or an @.  *at is the end of
 * its last line then; of one that could not be read, where reading can go on: the
 * beginning of a line, or of what cannot belong to the value.  With `keep` the data go to
 * the arena, else nothing is kept.
 */
MUST_CHECK enum regvalueline_kind regvalueline_read(struct regparser *parser, size_t *at,
						    bool keep, struct regvalue *out);

#endif
