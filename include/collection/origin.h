/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where a file beside the hives is from, by its path: the disk that it lay on, the machine
 * that its collection is named by, for a DLL whether programs load it from there, and for
 * an event log whether its channel is of use.
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

/*
 * True for what lies in winevt\\Logs, where Windows Vista and later has a file for each
 * of some hundred channels, and is not named by one that is searched for events near a
 * loss: Application, with its older parts, and the operational one of the User Profile
 * Service.  A log anywhere else was put there for the purpose.
 */
bool origin_is_other_channel(const char *path);

#endif
