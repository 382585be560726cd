/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the builder's own files share: the image, the layout of its records, cells, names,
 * subkey lists and security. Offsets named `cell` count from the start of the hive bins
 * and point at the cell's size field; its data begin 4 bytes further on, or 8 before
 * version 1.2, where the previous cell's offset from the bin stands between them.
 */
#ifndef BUILDER_PRIVATE_H
#define BUILDER_PRIVATE_H

#include "builder.h"

#define BASE_SIZE 4096u	       /* base block: cells count from its end */
#define NIL 0xFFFFFFFFu	       /* an offset that names no cell */
#define BUILDER_NAME_MAX 16383 /* longest value name of Windows, in code units */
#define CELL_CLASSES 48	       /* free lists: 16 by exact size, others by powers of 2 */

/* Offsets of fields in the data of a cell (regf specification, "Key node" and so on). */
enum {
	NK_FLAGS = 2,
	NK_FILETIME = 4,
	NK_LAYERED = 13, /* before version 1.2 a title index of 4 bytes at 12 */
	NK_PARENT = 16,
	NK_SUBKEYS = 20,
	NK_LIST = 28,
	NK_VOLATILE_LIST = 32,
	NK_VALUES = 36,
	NK_VALUE_LIST = 40,
	NK_SECURITY = 44,
	NK_CLASS = 48,
	NK_MAX_NAME = 52, /* largest subkey name, as UTF-16 bytes */
	NK_MAX_VALUE_NAME = 60,
	NK_MAX_VALUE_DATA = 64,
	NK_NAME_LEN = 72,
	NK_CLASS_LEN = 74,
	NK_NAME = 76,

	VK_NAME_LEN = 2,
	VK_DATA_LEN = 4,
	VK_DATA = 8,
	VK_TYPE = 12,
	VK_FLAGS = 16, /* before version 1.2 a title index of 4 bytes, no flags */
	VK_NAME = 20,

	LIST_COUNT = 2,
	LIST_ITEMS = 4,

	SK_NEXT = 4,
	SK_PREVIOUS = 8,
	SK_REFERENCES = 12,
	SK_LEN = 16,
	SK_DESCRIPTOR = 20,
};

struct cell_stack {
	uint32_t *cells;
	size_t n;
	size_t cap;
};

struct builder {
	struct builder_options options; /* without its strings */
	uint8_t *image;			/* base block, bins, padding */
	size_t bins_len;
	size_t file_len;  /* as of the last builder_finish() */
	size_t cap;	  /* bytes of image; zero beyond the bins */
	uint64_t *starts; /* a bit for every 8 bytes of bins: a cell or bin starts */
	size_t n_starts;  /* words of starts */
	struct cell_stack free_cells[CELL_CLASSES];
	builder_key root;
};

/* A name in UTF-16 code units. */
struct builder_name {
	size_t n;
	uint16_t units[BUILDER_NAME_MAX];
};

/* Windows NT 3.1: longer cell headers, UTF-16 names only, li lists only. */
static inline bool builder_is_old(const struct builder *b)
{
	return b->options.minor < 2;
}

/* --- builder.c --- */

/* Ends the process: recipes are programs, and a wrong one is to be corrected. */
__attribute__((noreturn)) void builder_die(const char *why);
/* realloc() that does not fail. */
void *builder_realloc(void *old, size_t n, size_t size);

/* --- builder_cell.c --- */

/* Makes room for a file of `len` bytes in the image. */
void builder_cell_reserve(struct builder *b, size_t len);
/* Return: a cell with room for `len` bytes, which are left as they were found. */
uint32_t builder_cell_alloc(struct builder *b, size_t len);
/* Return: the cell if it has the room, else a larger copy; the old one is then free. */
uint32_t builder_cell_resize(struct builder *b, uint32_t cell, size_t len);
void builder_cell_free(struct builder *b, uint32_t cell);
/* Return: bytes of data the cell has room for. */
size_t builder_cell_room(const struct builder *b, uint32_t cell);
/* Writes the free lists of Windows 2000 into the free cells. */
void builder_cell_link(struct builder *b);
/* Writes before each cell's data where the cell before it begins: versions 1.0, 1.1. */
void builder_cell_chain(struct builder *b);

/* A field of a cell's data: byte by byte, whatever the machine's byte order. */
uint8_t *builder_cell_data(const struct builder *b, uint32_t cell);
uint16_t builder_get16(const struct builder *b, uint32_t cell, size_t field);
uint32_t builder_get32(const struct builder *b, uint32_t cell, size_t field);
void builder_put16(struct builder *b, uint32_t cell, size_t field, uint16_t number);
void builder_put32(struct builder *b, uint32_t cell, size_t field, uint32_t number);
void builder_put64(struct builder *b, uint32_t cell, size_t field, uint64_t number);

/* --- builder_name.c --- */

void builder_name_utf8(struct builder_name *name, const char *text, size_t len);
void builder_name_units(struct builder_name *name, const uint16_t *units, size_t n);
/* Whether the hive keeps that name as Latin-1, one byte per character. */
bool builder_name_is_latin1(const struct builder *b, const struct builder_name *name);
/* Bytes the name takes in a record, which begin at `out`. */
size_t builder_name_size(const struct builder *b, const struct builder_name *name);
void builder_name_store(const struct builder *b, const struct builder_name *name,
			uint8_t *out);
/* Orders a name against a stored one as Windows does: upper case, unit by unit. */
int builder_name_compare(const struct builder_name *name, const uint8_t *stored,
			 size_t size, bool latin1);
/* Reads a stored name back. */
void builder_name_load(struct builder_name *name, const uint8_t *stored, size_t size,
		       bool latin1);
/* What a list keeps beside an offset: the hash of lh, the hint of lf. */
uint32_t builder_name_hash(const struct builder_name *name);
uint32_t builder_name_hint(const struct builder_name *name);

/* --- builder_list.c: the sorted list of a key's subkeys; counts stand in the key --- */

/* Return: the subkey of that name, or BUILDER_NO_KEY. */
builder_key builder_list_find(const struct builder *b, builder_key parent,
			      const struct builder_name *name);
void builder_list_insert(struct builder *b, builder_key parent,
			 const struct builder_name *name, builder_key key);
void builder_list_remove(struct builder *b, builder_key parent, builder_key key);
/* Return: the subkey at that place in the order of names. */
builder_key builder_list_at(const struct builder *b, builder_key parent, uint32_t index);

/* --- builder_key.c --- */

/* Makes the root key; the image holds no other yet. */
void builder_key_root(struct builder *b);
void builder_key_name(const struct builder *b, builder_key key,
		      struct builder_name *name);

/* --- builder_value.c --- */

void builder_value_copy_all(struct builder *b, builder_key from, builder_key to);
/* Frees all values of a key that is going away; its count and list offset stay. */
void builder_value_free_all(struct builder *b, builder_key key);

/* --- builder_security.c --- */

/* Return: the cell of such a descriptor, one reference more; the SID may be NULL. */
uint32_t builder_security_take(struct builder *b, const char *user_sid);
/* One more reference to a cell, and one less: the last one frees it. */
void builder_security_share(struct builder *b, uint32_t cell);
void builder_security_drop(struct builder *b, uint32_t cell);

#endif
