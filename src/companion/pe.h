/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * PE images (32 and 64 bit) as they lie in a file: headers, what an address of
 * the loaded image is in the file, the names a library exports, and the bytes
 * of its version resource.  Nothing is allocated; all is read from the bytes
 * when it is asked for.
 */
#ifndef COMPANION_PE_H
#define COMPANION_PE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/span.h"

/* A part of the file and where it begins there. */
struct pe_part {
	struct span bytes;
	uint64_t off;
};

struct pe {
	struct span bytes;	 /* the file, borrowed */
	struct diag_list *diags; /* borrowed */
	uint16_t machine;
	uint32_t timestamp; /* seconds since 1970, or what the linker put there */
	uint32_t headers_size;
	uint32_t section_alignment;
	uint64_t sections; /* offset of the section table */
	uint32_t n_sections;
	uint64_t directories; /* offset of the data directories */
	uint32_t n_directories;
};

/*
 * Reads the headers and holds what they promise against the file.  What is
 * wrong goes to diags: DIAG_WRONG_KIND for what is no PE image, else
 * DIAG_PE_DAMAGED.
 * Return: false if nothing more can be read; *out then has what was known by then.
 */
MUST_CHECK bool pe_open(struct span bytes, struct diag_list *diags, struct pe *out);

/* Return: true if the image exports the name; *off is where it stands in the file. */
bool pe_exports(const struct pe *pe, const char *name, uint64_t *off);

/*
 * The part of the file that the resources are in, from the beginning of their tree to the
 * end of their section.  Only the headers are read for it; of what follows them nothing.
 * Return: false if there are none.
 */
MUST_CHECK bool pe_resources(const struct pe *pe, struct pe_part *out);

/*
 * The bytes of the version resource, as many as are there: of the first name
 * and the first language for which there are any.
 * Return: false if there are none.
 */
MUST_CHECK bool pe_version_resource(const struct pe *pe, struct pe_part *out);

#endif
