/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Folders and archives as people send them, made for a test, and what is found in them. */
#ifndef TESTS_HELP_COLLECTIONS_H
#define TESTS_HELP_COLLECTIONS_H

#include "help/unit.h"

#include <stdbool.h>

#include "collection/found.h"
#include "samples/packer.h"

/* A new folder, for collections_remove(), which takes it with all that is in it. */
char *collections_new(void);
void collections_remove(char *folder);

/* The path of something in the folder, to be freed. */
char *collections_path(const char *folder, const char *inside);

/* A file in the folder, and the folders that lead to it. */
void collections_write(const char *folder, const char *inside, const void *bytes,
		       size_t len);
#define COLLECTIONS_TEXT(folder, inside, text)                                           \
	collections_write(folder, inside, text, strlen(text))
void collections_make(const char *folder, const char *inside); /* a folder */

/*
 * Mounts the folder at a path inside of it, for this process alone.  Return: false where
 * that may not be done.
 */
bool collections_mount(const char *folder, const char *path);

/* The bytes of a small, sound hive, to be freed. */
uint8_t *collections_hive(size_t *len);
/* A hive in the folder. */
void collections_write_hive(const char *folder, const char *inside);
/* A member that is a hive. */
void collections_pack_hive(struct packer *packer, const char *name);
/* Ends the archive, writes it to the folder and frees it; cut: bytes that are missing. */
void collections_write_archive(const char *folder, const char *inside,
			       struct packer *packer, size_t cut);

/* Finds all in one operand; it must come to STATUS_OK. */
struct finds *collections_find(const char *operand);
/* The item with this path inside of the first operand; NULL if there is none. */
const struct found *collections_item(const struct finds *finds, const char *inside);
/* The number of diagnostics of this code. */
size_t collections_said(const struct finds *finds, enum diag_code code);
/* True if some diagnostic has the text in its sentence. */
bool collections_says(const struct finds *finds, const char *text);
/* The item's bytes are these. */
void collections_check(const struct found *item, const void *bytes, size_t len);

#endif
