/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Big data: a value's data in segments, each a cell of its own, whose offsets
 * stand in a list that a record (db) names.  Format: regf specification, "Big
 * data".
 */
#ifndef REGF_BIGDATA_H
#define REGF_BIGDATA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/span.h"
#include "regf/image.h"

/* Big data came with version 1.4; a segment holds this many bytes of data. */
#define BIGDATA_MINOR 4
#define BIGDATA_SEGMENT 16344

struct bigdata {
	struct span list; /* n offsets of segments; borrowed from the image */
	size_t n;
	uint32_t list_rel; /* cell of the list */
};

/*
 * True if a value of `size` bytes whose data are said to be in this cell (its
 * data, without header) is in segments.  Version, size and signature have to
 * say so: a plain value of an older hive may well begin with the bytes "db".
 * A plain value would also fill its cell; a big-data record never does.
 */
bool bigdata_is(const struct image *image, struct span cell, uint32_t size);

/* Finds the segments that a record names.  Return: false if the list of them is lost. */
MUST_CHECK bool bigdata_open(const struct image *image, struct span cell,
			     struct bigdata *big);

/*
 * The bytes of segment i, borrowed from the image, that belong to a value of
 * which `left` bytes are still to come, and its cell.
 * Return: false if there is no such segment.
 */
MUST_CHECK bool bigdata_segment(const struct image *image, const struct bigdata *big,
				size_t i, uint32_t left, uint32_t *rel,
				struct span *bytes);

#endif
