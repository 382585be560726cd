/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Keys and values made by hand, for tests of what reads them: no hive is
 * written or parsed.  Paths are names joined by '\\', "" is the root itself;
 * keys on the way come into being as needed.  All strings are ASCII.
 */
#ifndef TESTS_HELP_KEYS_H
#define TESTS_HELP_KEYS_H

#include <stddef.h>
#include <stdint.h>

#include "regf/key.h"

struct keys;

struct keys *keys_new(const char *root_name);
void keys_free(struct keys *keys);

void keys_add(struct keys *keys, const char *path);
void keys_data(struct keys *keys, const char *path, const char *name, uint32_t type,
	       const void *data, size_t len);
/* REG_BINARY from hex digits; blanks between them are passed over. */
void keys_hex(struct keys *keys, const char *path, const char *name, const char *hex);
/* REG_BINARY: UTF-16LE with its NUL. */
void keys_wide(struct keys *keys, const char *path, const char *name, const char *text);
/* REG_SZ */
void keys_sz(struct keys *keys, const char *path, const char *name, const char *text);
/* REG_BINARY of four bytes. */
void keys_long(struct keys *keys, const char *path, const char *name, uint32_t number);
void keys_dword(struct keys *keys, const char *path, const char *name, uint32_t number);

/* The tree as readers leave it, sorted; nothing can be added any more. */
struct key *keys_root(struct keys *keys);

/* One value of its own; it lives as long as the keys. */
struct value keys_value(struct keys *keys, const char *name, uint32_t type,
			const void *data, size_t len);
struct value keys_hex_value(struct keys *keys, const char *name, const char *hex);

#endif
