/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The bytes of one hive: base block, bins and the map of their cells.
 *
 * Offsets: "file" counts from the first byte of the file; "rel" counts from
 * the first bin, as the hive itself does (file = 4096 + rel).  Format: the
 * public regf specification, sections on base block, hive bin and cell.
 */
#ifndef REGF_IMAGE_H
#define REGF_IMAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/failure.h"
#include "base/span.h"
#include "base/status.h"
#include "base/text.h"
#include "regf/baseblock.h"
#include "regf/cellmap.h"
#include "regf/gap.h"

#define IMAGE_MIN_SIZE (2 * 4096) /* base block and one bin */
#define IMAGE_NIL UINT32_MAX	  /* the rel offset that points nowhere */

enum image_state {
	IMAGE_CLEAN,   /* checksum right, both sequence numbers equal, all bins sound */
	IMAGE_DIRTY,   /* a write had begun and not ended: newer changes are in a log */
	IMAGE_DAMAGED, /* bytes are missing or contradict the format */
	IMAGE_NO_BASE, /* the base block is lost; damaged, too, as far as that goes */
};

struct image {
	struct span bytes; /* the whole file, borrowed */
	struct span bins;  /* from the first bin to the end of the usable data */
	struct image_base base;
	bool sized; /* the header's data size was believed, else the bins tell it */
	enum image_state state;
	uint32_t cell_header; /* bytes before a cell's data: 4; 8 in versions 1.0, 1.1 */
	struct cellmap allocated, free; /* starts of sound cells */
	uint32_t n_free;
	struct gaps gaps; /* what is in no sound cell: damaged bins, bins of others */
	struct gaps tail; /* what bins stand behind bins.len; the same rel counts on */
};

/*
 * Checks the base block and walks bins and cells.  What is unsound becomes a
 * diagnostic and is passed over; the walk goes on at the next sound bin.
 * bytes must live as long as the image.
 * Return: STATUS_OK and *out given; STATUS_NOMEM; STATUS_UNSUPPORTED when the
 * bytes are no hive that can be read at all (neither "regf" nor bins at their places,
 * shorter than IMAGE_MIN_SIZE, major version other than 1), with *failure set.
 */
MUST_CHECK enum status image_open(struct span bytes, struct diag_list *diags,
				  struct image **out, struct failure *failure);

/* Takes the image (not its bytes); NULL is allowed. */
void image_free(struct image *image);
void image_freep(struct image **image);

/*
 * The data of the allocated cell that starts at rel, without its size field.
 * In bytes that a damaged bin hides from the map (GAP_UNMAPPED) a cell counts
 * if its size can be true: ask only for what a live record leads to.
 * Return: false unless rel is the start of such a cell.
 */
MUST_CHECK bool image_cell(const struct image *image, uint32_t rel, struct span *data);

/* True if the cell at rel lies in bytes that no map tells of. */
static inline bool image_is_unmapped(const struct image *image, uint32_t rel)
{
	return gaps_at(&image->gaps, rel) != NULL;
}

/* File offset of a byte that lies inside the image's bytes. */
uint32_t image_file_offset(const struct image *image, const uint8_t *byte);

/*
 * The base block as another reader wants it: equal sequence numbers, file
 * type 0, data size as usable, checksum right (without the two special
 * cases if the plain sum is wanted: hivex omits them).
 */
void image_corrected_base(const struct image *image, uint8_t out[IMAGE_BASE_SIZE]);

#endif
