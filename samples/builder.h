/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Recipes for registry hives: builds a regf image in memory, key by key, and changes it
 * as Windows would, so that what was deleted stays behind in free cells. The same calls
 * give the same bytes. Written from the public description of the format (M. Suhanov,
 * "Windows registry file format specification"), apart from the program's own readers.
 * A recipe needs no half-made hive: lack of memory and wrong use stop the process.
 */
#ifndef BUILDER_H
#define BUILDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct builder;

/* A key: the offset of its cell from the start of the hive bins, as the format has it. */
typedef uint32_t builder_key;

#define BUILDER_NO_KEY 0u /* no cell starts there: a bin's header does */

/* Value types by their numbers in the format; any other number may be given as well. */
enum builder_type {
	BUILDER_NONE = 0,
	BUILDER_SZ = 1,
	BUILDER_EXPAND_SZ = 2,
	BUILDER_BINARY = 3,
	BUILDER_DWORD = 4,
	BUILDER_MULTI_SZ = 7,
	BUILDER_QWORD = 11,
};

struct builder_options {
	/*
	 * 0 to 6. Lists of subkeys are li below 3, lf below 5, lh from 5 on; index roots
	 * (ri) come with 2, big data with 4. In 0 and 1, those of Windows NT 3.1, cells
	 * have 8 bytes before their data, and all names are UTF-16.
	 */
	unsigned minor;
	/* Lists of subkeys are li, without hints or hashes, whatever the version. */
	bool li_lists;
	/* A freed cell loses the first 4 bytes of its data to the link of a free list. */
	bool windows_2000;
	/* The file is padded to a multiple of it; 0: not at all. */
	uint32_t file_step;
	/* A path for the base block, which keeps its last 31 code units; or NULL. */
	const char *embedded_name;
	/* The root key's own name; NULL: "ROOT". */
	const char *root_name;
	/* Who has full control beside SYSTEM and Administrators; NULL: nobody. */
	const char *user_sid;
	/* FILETIME of the base block and of the new root key. */
	uint64_t last_written;
	/* Both sequence numbers: the hive is clean. */
	uint32_t sequence;
};

/*
 * Makes a hive that holds only its root key. Borrows the options for the call.
 * Return: the builder, given to the caller, who frees it with builder_free().
 */
struct builder *builder_new(const struct builder_options *options);
void builder_free(struct builder *b);

/* Return: an independent copy, given: "after" begins as a copy of "before". */
struct builder *builder_clone(const struct builder *b);

/* FILETIME of a moment in UTC, from the year 1601 on; month and day count from 1. */
uint64_t builder_filetime(unsigned year, unsigned month, unsigned day, unsigned hour,
			  unsigned minute, unsigned second);

/*
 * UTF-8 as UTF-16LE without a NUL; `out` has room for twice the bytes of the text.
 * Return: the bytes written.
 */
size_t builder_utf16(const char *text, uint8_t *out);

/* --- keys: names are UTF-8, kept as Latin-1 where version and characters allow it --- */

builder_key builder_root(const struct builder *b);

/*
 * Creates a subkey and stamps its parent; an existing key is left as it is.
 * Return: the key of that name.
 */
builder_key builder_key_add(struct builder *b, builder_key parent, const char *name,
			    uint64_t filetime);

/* The same for a name that UTF-8 cannot spell: any UTF-16 code units, NUL included. */
builder_key builder_key_add_units(struct builder *b, builder_key parent,
				  const uint16_t *units, size_t n, uint64_t filetime);

/* Creates what is missing of a path from the root, such as "Software\\Microsoft". */
builder_key builder_path(struct builder *b, const char *path, uint64_t filetime);

/* Return: the key at a path below `key`, whatever the case, or BUILDER_NO_KEY. */
builder_key builder_key_find(const struct builder *b, builder_key key, const char *path);

/* Sets a key's last-write time. */
void builder_key_touch(struct builder *b, builder_key key, uint64_t filetime);

/* Gives a key a class name. */
void builder_key_class(struct builder *b, builder_key key, const char *class_name);

/*
 * Gives a key its own security: full control for SYSTEM, Administrators and, if a SID is
 * named, that user, who owns it too; restricted code may read. Keys made below it later
 * inherit it; equal descriptors share a cell.
 */
void builder_key_security(struct builder *b, builder_key key, const char *user_sid);

/*
 * Deletes a key with all below it, children first: each removal stamps the parent with
 * `filetime`, every cell is freed, and nothing is wiped.
 */
void builder_key_delete(struct builder *b, builder_key key, uint64_t filetime);

/*
 * Makes a key the mark of a layered hive (version 1.6) that a lower layer's key of that
 * name is deleted. It stays in its parent's list.
 */
void builder_key_tombstone(struct builder *b, builder_key key);

/*
 * Copies a key with all below it to a new name; the copies are stamped with `filetime`.
 * With a deletion of the old key it makes a rename or a move, as MAPI does them.
 * Return: the copy.
 */
builder_key builder_key_copy(struct builder *b, builder_key key, builder_key parent,
			     const char *name, uint64_t filetime);

/* Return: the number of a key's subkeys. */
uint32_t builder_key_count(const struct builder *b, builder_key key);

/* --- values: setting one does not stamp its key, see builder_key_touch() --- */

/* Sets a value's type and data, creating it if need be; "" is the default value. */
void builder_value_set(struct builder *b, builder_key key, const char *name,
		       uint32_t type, const void *data, size_t len);
void builder_value_set_units(struct builder *b, builder_key key, const uint16_t *units,
			     size_t n, uint32_t type, const void *data, size_t len);
void builder_value_dword(struct builder *b, builder_key key, const char *name,
			 uint32_t number);
/* REG_SZ from UTF-8, with its final NUL. */
void builder_value_string(struct builder *b, builder_key key, const char *name,
			  const char *text);

/*
 * Return: the value's data, lent until the next change, its length in `len`; or NULL if
 * there is no such value. Data kept in segments (big data) cannot be asked for.
 */
const uint8_t *builder_value_data(const struct builder *b, builder_key key,
				  const char *name, size_t *len);

/* Deletes a value: the offsets behind it shift left, the last slot keeps what it held. */
void builder_value_delete(struct builder *b, builder_key key, const char *name);

/* Makes a value, which need not be there, the same mark; it loses its data and type. */
void builder_value_tombstone(struct builder *b, builder_key key, const char *name);

/* --- the file --- */

/* New last-written time and sequence numbers, for a hive that was written once more. */
void builder_stamp(struct builder *b, uint64_t last_written, uint32_t sequence);

/*
 * Gives up the bins at the end that hold no record, as Windows does when it writes a
 * hive. The first bin stays; what stood in the others may come to be padding.
 */
void builder_trim(struct builder *b);

/*
 * From now on a later system than Windows 2000 writes the hive: what is free already
 * keeps the links as they are, what is freed from now on gets none.
 */
void builder_upgrade(struct builder *b);

/* Completes base block and padding; a later change asks for it again. */
void builder_finish(struct builder *b);

/* Finishes the hive and writes it. Return: false if that failed; errno says why. */
bool builder_write(struct builder *b, const char *path);

/* --- raw access, for damage that Windows never does; offsets in the file --- */

/* Return: the image as last finished, lent until the next change. */
uint8_t *builder_bytes(struct builder *b, size_t *len);

/* Where the record of a key, its list of subkeys and its list of values begin. */
size_t builder_key_offset(const struct builder *b, builder_key key);
size_t builder_key_list_offset(const struct builder *b, builder_key key);
size_t builder_key_values_offset(const struct builder *b, builder_key key);
/* Where the record and the data of a value begin. Return: 0 if there is no such value. */
size_t builder_value_offset(const struct builder *b, builder_key key, const char *name);
size_t builder_value_data_offset(const struct builder *b, builder_key key,
				 const char *name);

void builder_poke8(struct builder *b, size_t offset, uint8_t number);
void builder_poke16(struct builder *b, size_t offset, uint16_t number);
void builder_poke32(struct builder *b, size_t offset, uint32_t number);

/* Makes the base block's checksum right again after a poke. */
void builder_checksum(struct builder *b);

#endif
