/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The plain keys and values that every reader yields and every later stage
 * reads.  They do not tell which reader made them, only where their bytes
 * stand.  Names and data are borrowed: from the image, or from the tree's own
 * arena where they had to be put together (big data, another library's copy).
 */
#ifndef REGF_KEY_H
#define REGF_KEY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/span.h"
#include "base/status.h"
#include "base/text.h"

/* Registry value types; any other number is legal too. */
enum key_type {
	KEY_TYPE_NONE = 0,
	KEY_TYPE_SZ = 1,
	KEY_TYPE_EXPAND_SZ = 2,
	KEY_TYPE_BINARY = 3,
	KEY_TYPE_DWORD = 4,
	KEY_TYPE_DWORD_BIG_ENDIAN = 5,
	KEY_TYPE_LINK = 6,
	KEY_TYPE_MULTI_SZ = 7,
	KEY_TYPE_RESOURCE_LIST = 8,
	KEY_TYPE_FULL_RESOURCE_DESCRIPTOR = 9,
	KEY_TYPE_RESOURCE_REQUIREMENTS_LIST = 10,
	KEY_TYPE_QWORD = 11,
};

#define KEY_FLAG_NAME_UTF16 1u	/* else Latin-1 */
#define KEY_FLAG_RECOVERED 2u	/* a deleted key, see regf/recover/recovered.h */
#define KEY_FLAG_PLACEHOLDER 4u /* only holds the place above recovered keys */
/* Not all of its subkeys, or of its values and their data, could be read. */
#define KEY_FLAG_SUBKEYS_PARTIAL 8u
#define KEY_FLAG_VALUES_PARTIAL 16u
/* Two of its subkeys, or two of its values, have one name. */
#define KEY_FLAG_NAMES_TWICE 32u
/* A list of its subkeys, or its list of values, is one that another key has, too. */
#define KEY_FLAG_SUBKEYS_REFUSED 64u
#define KEY_FLAG_VALUES_REFUSED 128u
#define VALUE_FLAG_NAME_UTF16 1u
#define VALUE_FLAG_INLINE 2u	 /* the data stand in the value record itself */
#define VALUE_FLAG_SEGMENTED 4u	 /* big data: put together from several cells */
#define VALUE_FLAG_SHORT 8u	 /* fewer bytes could be read than the record declares */
#define VALUE_FLAG_COPIED 16u	 /* another library's copy: not a place in the image */
#define VALUE_FLAG_HEAD_LOST 32u /* the first bytes of the data are not known */

/* Those bytes: what Windows 2000 writes over the data of a cell that it frees. */
#define VALUE_LOST_HEAD 4

/* 40 bytes on a 64-bit machine: a hive may hold millions. */
struct value {
	const uint8_t *name;
	const uint8_t *data;
	uint32_t data_len;     /* bytes that could be read */
	uint32_t declared_len; /* bytes that the record says there are */
	uint32_t type;	       /* enum key_type or any other number */
	uint32_t record_off;   /* file offset of the value record; 0 if unknown */
	uint32_t position;     /* in its key's list of values, damaged ones counted */
	uint16_t name_len;     /* bytes; 0 is the key's default value */
	uint16_t flags;	       /* VALUE_FLAG_* */
};

struct key {
	struct key *parent; /* NULL for the root */
	struct key *children;
	struct value *values;
	const uint8_t *name;
	uint64_t mtime_ft; /* FILETIME of the last write */
	uint32_t n_children, n_values;
	uint32_t record_off; /* file offset of the key record; 0 if unknown */
	union {
		uint32_t
			security_rel; /* cell of the security descriptor; nil if unknown */
		uint32_t recovered;   /* of a recovered key or placeholder: its number */
	};
	uint16_t name_len; /* bytes */
	uint16_t flags;	   /* KEY_FLAG_* */
	uint32_t depth;	   /* 0 for the root */
};

/* All live keys of one hive, children and values sorted by upper-cased name. */
struct key_tree {
	struct arena *arena; /* owns the keys, values and what was put together */
	struct key *root;
	uint64_t n_keys, n_values; /* the root counts as a key */
};

/* Takes the tree; NULL is allowed. */
void key_tree_free(struct key_tree *tree);
void key_tree_freep(struct key_tree **tree);

struct text key_name(const struct key *key);
struct text value_name(const struct value *value);
struct span value_data(const struct value *value);

/* True if the value's data begin inside a cell of their own (not inline, not segmented). */
bool value_has_own_cell(const struct value *value);

/* Bytes at the beginning of the data that are not known. */
static inline uint32_t value_head_lost(const struct value *value)
{
	if (!(value->flags & VALUE_FLAG_HEAD_LOST))
		return 0;
	return value->data_len < VALUE_LOST_HEAD ? value->data_len : VALUE_LOST_HEAD;
}

/* The child, value or descendant of that name, without case.  Return: NULL if absent. */
const struct key *key_child(const struct key *key, struct text name);
const struct value *key_value(const struct key *key, struct text name);
/* path: components joined by '\\', ASCII or Latin-1; "" is the key itself. */
const struct key *key_at(const struct key *key, const char *path);

/*
 * The deepest key on the way down path (components joined by backslashes,
 * empty ones passed over) that is there; the key itself if not even the first
 * is.  *whole (may be NULL) says whether that is the end of the path.
 */
const struct key *key_nearest(const struct key *key, struct text path, bool *whole);

/*
 * The newest last write of the key and all keys below it; 0 if none is set.
 * Walks without recursion.
 */
uint64_t key_newest(const struct key *key);

/*
 * The next key of the subtree of `top` after `key` in depth-first order,
 * parents before children, siblings by name.  Return: NULL at the end.
 */
const struct key *key_next(const struct key *top, const struct key *key);

/* The same for who builds the tree and may change its keys. */
struct key *key_next_mutable(struct key *top, struct key *key);

/*
 * Sorts children or values as every reader must leave them.
 * Return: true if the children stood in that order already.
 */
bool key_sort_children(struct key *key);
void key_sort_values(struct key *key);

/*
 * The words of a registry type ("REG_SZ"), or its decimal number in `number`
 * (at least 11 bytes) when it has no name.
 */
const char *key_type_word(uint32_t type, char number[11]);

/*
 * A path in UTF-16LE: the prefix (ASCII, taken as it is), the names from below
 * `top` (NULL: the root) down to key, backslashes between, and behind them the
 * name of a value unless that is NULL.  "" for top itself.
 * Return: true and *out given, to be freed with text_free(); false when out
 * of memory.
 */
MUST_CHECK bool key_path(const struct key *key, const struct key *top, const char *prefix,
			 const struct value *value, struct text *out);

#endif
