/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Keys that a user asks for by their paths, as people write them: "HKCU\\...", "\\Software". */
#ifndef COMPARE_KEYPATH_H
#define COMPARE_KEYPATH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "regf/key.h"
#include "snapshot/snapshot.h"

/*
 * The paths asked for are UTF-8; "HKCU\", "HKEY_CURRENT_USER\", "HKU\<who>\" and
 * "HKEY_USERS\<who>\" are passed over, and backslashes at the beginning.
 */

/*
 * True if a path from the user's root is the one asked for, or leads below it,
 * whatever the case; false too when out of memory, or if it is no UTF-8.
 */
bool keypath_is_below(struct text path, const char *asked);
/* True if one of the paths is that of the whole hive. */
bool keypath_asks_for_all(const char *const *paths, size_t n_paths);

/*
 * The key that a user's path names in a snapshot, borrowed from it.
 * Return: NULL if it is not there, when out of memory, or if the path is no UTF-8.
 */
const struct key *keypath_find(const struct snapshot *snapshot, const char *path);

#endif
