/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How Windows wrote the free cells of a hive.  Windows 2000 wrote the link of a
 * free list over the first four bytes of the data of each cell that it freed;
 * later systems leave freed bytes as they were.  A hive that was used with both,
 * one after the other, has cells of both kinds.
 */
#ifndef REGF_FREECELLS_H
#define REGF_FREECELLS_H

#include <stdbool.h>
#include <stdint.h>

#include "regf/image.h"

enum freecells {
	FREECELLS_UNKNOWN,	/* too few free cells to tell */
	FREECELLS_PLAIN,	/* XP and later: freed bytes stay as they were */
	FREECELLS_MIXED,	/* some carry a link: upgraded from Windows 2000 */
	FREECELLS_WINDOWS_2000, /* all that were freed alone carry one */
};

/*
 * Tells of which kind the free cells of the image are: how many of them begin with
 * nil or the offset of another free cell, and whether any holds a record of a key or value
 * that is whole but for the first four bytes.
 */
enum freecells freecells_of(const struct image *image);

/*
 * True if the first four bytes of a cell's data can be a link, whatever else they
 * can be: it may lead to the cell itself, or past the end of a hive that has shrunk.
 */
bool freecells_is_link(uint32_t link);

/* True if links can stand in such a hive. */
static inline bool freecells_have_links(enum freecells kind)
{
	return kind == FREECELLS_MIXED || kind == FREECELLS_WINDOWS_2000;
}

/*
 * True if no free cell of the image begins with what cannot be a link: so it is as long
 * as only Windows 2000 frees cells.
 */
bool freecells_are_all_linked(const struct image *image);

/* The word of the report, or NULL for FREECELLS_UNKNOWN. */
const char *freecells_word(enum freecells kind);

#endif
