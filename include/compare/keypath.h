/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Keys that a user asks for by their paths, as people write them: "HKCU\\...", "\\Software". */
#ifndef COMPARE_KEYPATH_H
#define COMPARE_KEYPATH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "regf/key.h"
#include "snapshot/snapshot.h"

/* True if a path from the user's root is the one asked for, or leads below it. */
bool keypath_is_below(struct text path, const char *asked);
/* True if one of the paths is that of the whole hive. */
bool keypath_asks_for_all(const char *const *paths, size_t n_paths);

/* The key that a user's path names in a snapshot; NULL if it is not there. */
const struct key *keypath_find(const struct snapshot *snapshot, const char *path);

#endif
