/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where a file beside the hives is from, by its path: the disk that it lay on, the machine
 * that its collection is named by, and for a DLL whether programs load it from there.
 * Labels only, which can show that two files do not belong together, never that they do.
 */
#ifndef COLLECTION_ORIGIN_H
#define COLLECTION_ORIGIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* origin_tree(): the file lies in no tree of a disk. */
#define ORIGIN_NO_TREE SIZE_MAX

/*
 * How many bytes of a path lead to the tree of a disk that the file lies in: to the folder
 * that holds the drives and shadow copies of one collection, or Users, Windows and so on.
 * Return: ORIGIN_NO_TREE if it lies in none: beside them, or all in one folder.
 */
size_t origin_tree(const char *path);

#define ORIGIN_HOST_SIZE 256

/*
 * The machine that a collection is named by, as Velociraptor does:
 * Collection-<host>-<date>T<time>.  Of several the innermost.
 * Return: false, and "" in out, if nothing is named so.
 */
bool origin_host(const char *path, char out[ORIGIN_HOST_SIZE]);

/*
 * True if programs may load a DLL with this path inside its operand, or its folder's name
 * and its own: in the tree of a disk from System32 and SysWOW64 alone; outside of one it
 * may have been put anywhere, but not among the copies that Windows, its setup and its
 * updates keep.
 */
bool origin_is_loaded(const char *inside);

#endif
