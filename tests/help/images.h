/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A library of Windows as the tests of its reader have it, and all that is read of it. */
#ifndef TESTS_HELP_IMAGES_H
#define TESTS_HELP_IMAGES_H

#include "help/unit.h"

#include "samples/pe.h"

#include "companion/pe.h"
#include "companion/versioninfo.h"

/* Offsets in the parts of an image, from Microsoft's "PE Format". */
enum {
	COFF_N_SECTIONS = 6,
	COFF_OPTIONAL_SIZE = 20,
	OPTIONAL_SECTION_ALIGNMENT = 32,
	OPTIONAL_HEADERS_SIZE = 60,
	OPTIONAL_N_DIRECTORIES_32 = 92,
	DIRECTORY_EXPORTS = 0,
	DIRECTORY_RESOURCES = 16,
	DIRECTORY_SIGNATURES = 32,
	SECTION_SIZE = 40,
	SECTION_VIRTUAL_SIZE = 8,
	SECTION_ADDRESS = 12,
	SECTION_RAW_SIZE = 16,
	SECTION_RAW = 20,
	EXPORTS_N_NAMES = 24,
	EXPORTS_NAMES = 32,
	/* The recipe's resources without a string table: one type, one name, languages. */
	TYPE_ENTRY = 16,
	NAMES = 24,
	NAME_ENTRY = NAMES + 16,
	LANGUAGES = NAMES + 24,
	LANGUAGE_ENTRY = LANGUAGES + 16,
	RSRC = 2, /* the third section */
};
#define BELOW 0x80000000u

/* All that is read of an image, from memory that ends where the file ends. */
struct images_reading {
	uint8_t *bytes;
	struct diag_list *diags;
	struct pe pe;
	bool open, has_resource, exports;
	uint64_t export_off;
	struct pe_part part;
	struct versioninfo info;
};

/*
 * Version 6.0.6249.1, four strings and four exports, GetOutlookVersion the second. The
 * image is freed with pe_image_free().
 */
struct pe_recipe images_recipe(void);
struct pe_image images_build(void);

/* Of section i, where this field of its header stands. */
size_t images_section(const struct pe_image *image, size_t i, size_t field);

struct images_reading images_read(const uint8_t *bytes, size_t len);
void images_end(struct images_reading *r);

/* It is 6.0.6249 and this. */
void images_assert_version(const struct images_reading *r, unsigned last);
void images_assert_sound(const struct images_reading *r);

#endif
