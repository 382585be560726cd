/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of the recipes for images share: buffers of bytes, and the resources. */
#ifndef PE_PRIVATE_H
#define PE_PRIVATE_H

#include "pe.h"

struct pe_buffer {
	uint8_t *bytes;
	size_t len;
	size_t cap;
};

/* Writes a number of n bytes, the lowest first. */
void pe_put(uint8_t *at, uint64_t number, size_t n);

/* These append; bytes may be NULL for zeros. */
void pe_add(struct pe_buffer *b, const void *bytes, size_t len);
void pe_add_number(struct pe_buffer *b, uint64_t number, size_t n);
void pe_add16(struct pe_buffer *b, uint32_t number);
void pe_add32(struct pe_buffer *b, uint32_t number);
void pe_align(struct pe_buffer *b, size_t to);

/*
 * The section of resources, whose address is given. The version's offsets are left in the
 * image as those in the section.
 */
void pe_add_resources(const struct pe_recipe *recipe, struct pe_buffer *b,
		      uint32_t address, struct pe_image *image);

#endif
