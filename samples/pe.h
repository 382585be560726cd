/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Recipes for small libraries of Windows (PE images): headers, exported names, a version
 * resource. The code in them does nothing. Written from Microsoft's "PE Format" and
 * "VS_VERSIONINFO structure", apart from the program's own reader. As in builder.h, lack
 * of memory and wrong use stop the process. Damage is made by the caller, on the bytes.
 */
#ifndef SAMPLES_PE_H
#define SAMPLES_PE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PE_I386 = 0x14C, PE_X64 = 0x8664 };

/* The most languages of a version resource. */
enum { PE_MAX_LANGUAGES = 4 };

/* A string of the version resource; the value in Latin-1. */
struct pe_string {
	const char *name;
	const char *value;
};

struct pe_recipe {
	uint16_t machine;   /* 0: PE_I386 */
	bool plus;	    /* PE32+, the form of 64-bit images */
	uint32_t timestamp; /* seconds since 1970 */
	bool has_version;
	uint16_t version[4]; /* of the file and of the product */
	/* Of the version resource; each has the last number of version one higher. 0: 1. */
	unsigned n_languages;
	const struct pe_string *strings;
	size_t n_strings;
	bool has_text;	  /* a string table among the resources, before the version */
	const char *name; /* as the exports have it; NULL: no exports */
	const char *const *exports; /* sorted */
	size_t n_exports;
	size_t size; /* of the file, which a section of data and what remains fill; 0: any */
};

/* The bytes of a file. Offsets are in it; those of what the recipe has not are 0. */
struct pe_image {
	uint8_t *bytes;
	size_t len;
	size_t header;	    /* "PE\0\0" */
	size_t optional;    /* header */
	size_t directories; /* exports, imports, resources, ... */
	size_t sections;    /* table */
	size_t n_sections;
	size_t exports;	     /* directory */
	size_t export_names; /* table of addresses */
	size_t resources;    /* root directory */
	size_t version;	     /* block of the first language */
	size_t fixed;	     /* VS_FIXEDFILEINFO in it */
};

/* Return: the image, given to the caller, who frees it with pe_image_free(). */
struct pe_image pe_image_build(const struct pe_recipe *recipe);
void pe_image_free(struct pe_image *image);

/* Writes an image to a file. Return: false if that failed; errno says why. */
bool pe_image_write(const struct pe_image *image, const char *path);

/* Numbers at an offset of the file. */
uint32_t pe_image_get32(const struct pe_image *image, size_t offset);
void pe_image_put16(struct pe_image *image, size_t offset, uint16_t number);
void pe_image_put32(struct pe_image *image, size_t offset, uint32_t number);

#endif
