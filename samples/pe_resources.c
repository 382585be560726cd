// SPDX-License-Identifier: GPL-2.0-or-later
/* The section of resources: three levels of directories, a string table, the version. */
#include "builder_private.h"
#include "pe_private.h"

#include <stdlib.h>
#include <string.h>

enum {
	RT_STRING = 6,
	RT_VERSION = 16,
	ENGLISH = 0x409,
	UNICODE_PAGE = 1200,
	FIXED_SIZE = 52,
};
#define BELOW 0x80000000u /* a resource entry that leads to a directory */

/* In UTF-16, with its NUL. */
static void add_wide(struct pe_buffer *b, const char *latin1)
{
	do
		pe_add16(b, (uint8_t)*latin1);
	while (*latin1++);
}

/* --- version resource --- */

/* Blocks are counted without the padding behind them. Return: where it begins. */
static size_t begin_block(struct pe_buffer *b, size_t value_len, uint32_t type,
			  const char *key)
{
	pe_align(b, 4);
	size_t at = b->len;
	pe_add16(b, 0);
	pe_add16(b, (uint32_t)value_len);
	pe_add16(b, type);
	add_wide(b, key);
	pe_align(b, 4);
	return at;
}

static void end_block(struct pe_buffer *b, size_t at)
{
	pe_put(b->bytes + at, b->len - at, 2);
}

/* Return: where it begins in the buffer. */
static size_t add_fixed(struct pe_buffer *b, const uint16_t version[4])
{
	size_t at = b->len;

	pe_add32(b, 0xFEEF04BD);
	pe_add32(b, 0x10000);
	for (int i = 0; i < 2; i++) {
		pe_add32(b, (uint32_t)version[0] << 16 | version[1]);
		pe_add32(b, (uint32_t)version[2] << 16 | version[3]);
	}
	pe_add32(b, 0x3F);
	pe_add32(b, 0);
	pe_add32(b, 0x40004); /* Windows NT, 32 bit */
	pe_add32(b, 2);	      /* a library */
	pe_add(b, NULL, FIXED_SIZE - (b->len - at));
	return at;
}

static void add_strings(struct pe_buffer *b, const struct pe_recipe *recipe)
{
	size_t info = begin_block(b, 0, 1, "StringFileInfo");
	size_t table = begin_block(b, 0, 1, "040904b0");

	for (size_t i = 0; i < recipe->n_strings; i++) {
		const struct pe_string *string = &recipe->strings[i];
		size_t at = begin_block(b, strlen(string->value) + 1, 1, string->name);
		add_wide(b, string->value);
		end_block(b, at);
	}
	end_block(b, table);
	end_block(b, info);
	info = begin_block(b, 0, 1, "VarFileInfo");
	table = begin_block(b, 4, 0, "Translation");
	pe_add16(b, ENGLISH);
	pe_add16(b, UNICODE_PAGE);
	end_block(b, table);
	end_block(b, info);
}

/* Return: where VS_FIXEDFILEINFO begins in it. */
static size_t add_version(struct pe_buffer *b, const struct pe_recipe *recipe,
			  unsigned language)
{
	uint16_t version[4];

	memcpy(version, recipe->version, sizeof(version));
	version[3] = (uint16_t)(version[3] + language);
	size_t root = begin_block(b, FIXED_SIZE, 0, "VS_VERSION_INFO");
	size_t fixed = add_fixed(b, version);
	if (recipe->n_strings > 0)
		add_strings(b, recipe);
	end_block(b, root);
	return fixed;
}

/* --- resources --- */

static void add_directory(struct pe_buffer *b, size_t n)
{
	pe_add(b, NULL, 12);
	pe_add16(b, 0);
	pe_add16(b, (uint32_t)n);
}

/*
 * The lower two levels of a type with one name, and room for what describes the data.
 * Return: where that is.
 */
static size_t add_levels(struct pe_buffer *b, size_t n_languages)
{
	add_directory(b, 1);
	pe_add32(b, 1);
	pe_add32(b, (uint32_t)(b->len + 4) | BELOW);
	add_directory(b, n_languages);
	size_t entries = b->len + 8 * n_languages;
	for (size_t i = 0; i < n_languages; i++) {
		pe_add32(b, (uint32_t)(ENGLISH + 0x400 * i));
		pe_add32(b, (uint32_t)(entries + 16 * i));
	}
	pe_add(b, NULL, 16 * n_languages);
	return entries;
}

static void describe(struct pe_buffer *b, size_t entry, uint32_t address, size_t from)
{
	pe_put(b->bytes + entry, address + from, 4);
	pe_put(b->bytes + entry + 4, b->len - from, 4);
}

void pe_add_resources(const struct pe_recipe *recipe, struct pe_buffer *b,
		      uint32_t address, struct pe_image *image)
{
	unsigned n = recipe->n_languages ? recipe->n_languages : 1;
	size_t text = 0, version = 0, type = 16;

	if (n > PE_MAX_LANGUAGES)
		builder_die("too many languages");
	add_directory(b, (size_t)recipe->has_text + recipe->has_version);
	pe_add(b, NULL, 8 * ((size_t)recipe->has_text + recipe->has_version));
	if (recipe->has_text) {
		pe_put(b->bytes + type, RT_STRING, 4);
		pe_put(b->bytes + type + 4, b->len | BELOW, 4);
		text = add_levels(b, 1);
		type += 8;
	}
	if (recipe->has_version) {
		pe_put(b->bytes + type, RT_VERSION, 4);
		pe_put(b->bytes + type + 4, b->len | BELOW, 4);
		version = add_levels(b, n);
	}
	if (recipe->has_text) {
		size_t from = b->len;
		pe_add(b, NULL, 32); /* sixteen strings without a character */
		describe(b, text, address, from);
	}
	for (unsigned i = 0; recipe->has_version && i < n; i++) {
		struct pe_buffer block = { .bytes = NULL };
		size_t fixed = add_version(&block, recipe, i);
		pe_align(b, 8);
		size_t from = b->len;
		pe_add(b, block.bytes, block.len);
		free(block.bytes);
		describe(b, version + (size_t)16 * i, address, from);
		if (i == 0) {
			image->version = from;
			image->fixed = from + fixed;
		}
	}
}
