/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Hives in memory for tests of what reads them: a recipe's bytes, damaged as
 * a test wants them, opened by the own reader without a file; and the real
 * hives of $HIVES.  Bytes are held in an exact copy on the heap, so that a
 * sanitizer sees a byte read too far.
 */
#ifndef TESTS_HELP_HIVES_H
#define TESTS_HELP_HIVES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/failure.h"
#include "base/memfile.h"
#include "regf/image.h"
#include "regf/key.h"
#include "regf/tree.h"

#include "samples/builder.h"

/* A FILETIME for what needs one: 2000-11-14 08:00:00. */
#define HIVES_TIME UINT64_C(126186624000000000)

#define NIL 0xFFFFFFFFu

/* Fields of the base block (regf specification). */
enum {
	BASE_PRIMARY = 4,
	BASE_SECONDARY = 8,
	BASE_MAJOR = 20,
	BASE_MINOR = 24,
	BASE_TYPE = 28,
	BASE_FORMAT = 32,
	BASE_ROOT = 36,
	BASE_DATA_SIZE = 40,
	BASE_CLUSTER = 44,
	BASE_NAME = 48,
	BASE_CHECKSUM = 508,
	FIRST_BIN = 4096,
};

/* Fields of records, from where builder_key_offset() and its like point. */
enum {
	NK_FLAGS = 2,
	NK_LAYERED = 13,
	NK_PARENT = 16,
	NK_SUBKEYS = 20,
	NK_LIST = 28,
	NK_VALUES = 36,
	NK_VALUE_LIST = 40,
	NK_SECURITY = 44,
	NK_NAME_LEN = 72,
	NK_NAME = 76,

	VK_NAME_LEN = 2,
	VK_SIZE = 4,
	VK_DATA = 8,
	VK_TYPE = 12,
	VK_FLAGS = 16,
	VK_NAME = 20,

	LIST_COUNT = 2,
	LIST_ITEMS = 4,
};

/* A hive, as the own reader sees it. */
struct hive {
	uint8_t *bytes;
	size_t len;
	struct diag_list *diags;
	struct failure failure;
	enum status opened;    /* what image_open() said */
	enum status read;      /* what record_read() said */
	struct image *image;   /* NULL unless opened */
	struct key_tree *tree; /* NULL unless read */
	struct memfile file;   /* what hivex reads */
};

/* A hive of its root only, clean, without padding; minor is 3 to 6. */
struct builder *hives_new(unsigned minor);

/*
 * An allocated cell for len bytes (5 to 16344) that nothing refers to yet, zeroed.
 * Return: its offset from the first bin.
 */
uint32_t hives_cell(struct builder *b, size_t len);

/* File offset of the data of a cell; and back, from a record to its cell. */
static inline size_t hives_data(uint32_t cell)
{
	return FIRST_BIN + (size_t)cell + 4;
}

static inline uint32_t hives_cell_at(size_t record)
{
	return (uint32_t)(record - 4 - FIRST_BIN);
}

/* A number as it stands in the recipe's bytes, size being 1, 2 or 4. */
uint32_t hives_get(struct builder *b, size_t offset, size_t size);

/* Opens the bytes as they were last finished and poked; takes the builder. */
struct hive hives_open(struct builder *b);
/* The same of the first len bytes; what is past the recipe's end is zeros. */
struct hive hives_open_part(struct builder *b, size_t len);
/* The same of bytes from malloc(), which it takes. */
struct hive hives_open_bytes(uint8_t *bytes, size_t len);
/* Reads a file of the test hives.  Fails the test if it cannot. */
struct hive hives_open_real(const char *name);
/*
 * The same hive through hivex; *tree is to be closed before the hive.  Only what
 * is said from then on counts.  Return: what tree_open() says.
 */
enum status hives_hivex(struct hive *hive, struct tree **tree);
void hives_close(struct hive *hive);

/* The key at a path of ASCII or Latin-1 names.  Fails the test if it is absent. */
const struct key *hives_key(const struct hive *hive, const char *path);
/* The value of that name.  Fails the test if it is absent. */
const struct value *hives_value(const struct hive *hive, const char *path,
				const char *name);

/* No diagnostic at all. */
bool hives_are_silent(const struct hive *hive);
/* Exactly one diagnostic: of this code, at this offset. */
bool hives_say_only(const struct hive *hive, enum diag_code code, uint64_t offset);
/* A diagnostic of this code at this offset, maybe among others. */
bool hives_say(const struct hive *hive, enum diag_code code, uint64_t offset);

/* The path of a new temporary file of these bytes, for the caller to remove and free. */
char *hives_temporary(const void *bytes, size_t len);
/* The same of what the builder holds, which stays the caller's. */
char *hives_file(struct builder *b);

#endif
