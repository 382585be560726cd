/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Version resources, after Microsoft's "VS_VERSIONINFO structure" and the pages
 * of its parts.  All is blocks of one form: three numbers of 16 bits (length,
 * length of the value, type), a key in UTF-16 with its NUL, the value, and
 * blocks inside, the last two at multiples of 4 from the start.  Every block
 * lies in the one around it, and four levels are all there is.
 */
#include "companion/versioninfo.h"

#include "base/text.h"

#include <stdlib.h>

#define BLOCK_KEY 6 /* where the key begins */
#define BLOCK_LEAST (BLOCK_KEY + 2)

/* VS_FIXEDFILEINFO: the value of the outermost block. */
#define FIXED_SIZE 52
#define FIXED_SIGNATURE 0xFEEF04BDu
#define FIXED_VERSION 8 /* dwFileVersionMS, dwFileVersionLS */

/* Names of companies and products are a line; what is longer is something else. */
#define MAX_STRING 512

static const char *const string_names[VERSIONINFO_N_STRINGS] = {
	[VERSIONINFO_COMPANY] = "CompanyName",
	[VERSIONINFO_PRODUCT] = "ProductName",
	[VERSIONINFO_DESCRIPTION] = "FileDescription",
	[VERSIONINFO_ORIGINAL_NAME] = "OriginalFilename",
};

struct reading {
	struct pe_part part;
	struct diag_list *diags;
	struct versioninfo *out;
};

/* Offsets are from the start of the resource. */
struct block {
	size_t at, value, end;
	uint16_t value_len; /* in bytes; of strings in units, and not always right */
	struct text key;
	bool whole;
};

static void damaged(const struct reading *r, size_t at, const char *what)
{
	diag_at(r->diags, DIAG_PE_DAMAGED, r->part.off + at, "%s", what);
}

/* at comes from a 16-bit length: no overflow. */
static size_t align(size_t at)
{
	return (at + 3) / 4 * 4;
}

static struct span between(const struct reading *r, size_t at, size_t end)
{
	return span_clip(span_from(r->part.bytes, at), end > at ? end - at : 0);
}

/*
 * The block at `at`, which must end by `limit`.  One that would end later is
 * cut there.  Return: false if there is none; what is only padding is none.
 */
static bool read_block(const struct reading *r, size_t at, size_t limit,
		       struct block *out)
{
	struct span bytes = between(r, at, limit);
	uint16_t len = 0;

	if (!span_le16(bytes, 0, &len) || len == 0)
		return false;
	if (len < BLOCK_LEAST || bytes.len < BLOCK_LEAST ||
	    !span_le16(bytes, 2, &out->value_len)) {
		damaged(r, at, "a block of the version resource is too short");
		return false;
	}
	out->whole = len <= bytes.len;
	if (!out->whole)
		damaged(r, at, "a block of the version resource goes on past its end");
	bytes = span_clip(bytes, len);
	out->at = at;
	out->end = at + bytes.len;
	out->key = text_until_nul((struct text){ .bytes = span_from(bytes, BLOCK_KEY),
						 .encoding = TEXT_UTF16LE });
	out->value = align(at + BLOCK_KEY + out->key.bytes.len + 2);
	if (out->value > out->end)
		out->value = out->end;
	return true;
}

static void read_fixed(struct reading *r, const struct block *root)
{
	struct span fixed = between(r, root->value, root->end);
	uint32_t signature = 0, high = 0, low = 0;

	if (root->value_len == 0)
		return;
	if (root->value_len < FIXED_SIZE || !span_le32(fixed, 0, &signature) ||
	    !span_le32(fixed, FIXED_VERSION, &high) ||
	    !span_le32(fixed, FIXED_VERSION + 4, &low)) {
		damaged(r, root->value, "the fixed part of the version resource is cut");
		return;
	}
	if (signature != FIXED_SIGNATURE) {
		damaged(r, root->value,
			"the fixed part of the version resource has not its signature");
		return;
	}
	r->out->has_version = true;
	r->out->version_off = r->part.off + root->value + FIXED_VERSION;
	r->out->version[0] = (uint16_t)(high >> 16);
	r->out->version[1] = (uint16_t)high;
	r->out->version[2] = (uint16_t)(low >> 16);
	r->out->version[3] = (uint16_t)low;
}

/*
 * The first of each name counts.  What could only be shown in part, or with
 * other characters than it has, is left out.
 */
static enum status take_string(struct reading *r, const struct block *block)
{
	struct text value = { .bytes = between(r, block->value, block->end),
			      .encoding = TEXT_UTF16LE };
	bool lossy = false;

	/* The length of the value is given in bytes or units: its NUL ends it. */
	value = text_until_nul(value);
	size_t n = text_length(value);
	if (!block->whole || block->value_len == 0 || n == 0 || n > MAX_STRING)
		return STATUS_OK;
	for (size_t i = 0; i < VERSIONINFO_N_STRINGS; i++) {
		if (r->out->strings[i] || !text_is(block->key, string_names[i]))
			continue;
		char *utf8 = text_to_utf8(value, &lossy);
		if (!utf8)
			return STATUS_NOMEM;
		if (lossy)
			free(utf8);
		else
			r->out->strings[i] = utf8;
	}
	return STATUS_OK;
}

/* The strings of a table, of one language. */
static enum status read_table(struct reading *r, const struct block *table)
{
	struct block block;

	for (size_t at = table->value; read_block(r, at, table->end, &block);
	     at = align(block.end))
		RETURN_IF_FAILED(take_string(r, &block));
	return STATUS_OK;
}

static enum status read_tables(struct reading *r, const struct block *info)
{
	struct block block;

	for (size_t at = info->value; read_block(r, at, info->end, &block);
	     at = align(block.end))
		RETURN_IF_FAILED(read_table(r, &block));
	return STATUS_OK;
}

enum status versioninfo_read(struct pe_part part, struct diag_list *diags,
			     struct versioninfo *out)
{
	struct reading r = { part, diags, out };
	struct block root, block;

	*out = (struct versioninfo){ 0 };
	if (!read_block(&r, 0, part.bytes.len, &root) ||
	    !text_same(root.key, text_of("VS_VERSION_INFO"))) {
		damaged(&r, 0, "the version resource does not begin as one");
		return STATUS_OK;
	}
	read_fixed(&r, &root);
	for (size_t at = align(root.value + root.value_len);
	     read_block(&r, at, root.end, &block); at = align(block.end))
		if (text_is(block.key, "StringFileInfo"))
			RETURN_IF_FAILED(read_tables(&r, &block));
	return STATUS_OK;
}

void versioninfo_clear(struct versioninfo *info)
{
	for (size_t i = 0; i < VERSIONINFO_N_STRINGS; i++) {
		free(info->strings[i]);
		info->strings[i] = NULL;
	}
}
