/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which of Windows' hives a hive is.  Only that of a user holds lists of
 * profiles; what another one lacks says nothing of any profile.
 */
#ifndef SNAPSHOT_HIVEKIND_H
#define SNAPSHOT_HIVEKIND_H

#include "base/compiler.h"
#include "base/text.h"
#include "mapi/store.h"
#include "regf/image.h"
#include "regf/key.h"

/* A kind of hive that is no user's, and how it was found.  All is static. */
struct hivekind {
	const char *name;  /* "SYSTEM", "UsrClass.dat" ... */
	const char *what;  /* for people: "settings of the machine" */
	const char *marks; /* for people: what its root key holds; NULL: its name tells */
};

/*
 * Decides by the keys below the root, then by the name that the base block keeps;
 * never by the name of the file.  keys may be NULL.  What holds a list of profiles,
 * or keys that only a user's hive has, is one, also a subtree that was saved by
 * itself.
 * Return: true and *out filled if it is another kind of hive.
 */
MUST_CHECK bool hivekind_is_other(const struct image *image, const struct key_tree *keys,
				  const struct stores *stores, struct hivekind *out);

/*
 * The same by nothing but the path that the base block keeps.  A hive that it calls
 * another's may still prove to be a user's when it is read.
 */
MUST_CHECK bool hivekind_by_name(struct text path, struct hivekind *out);

#endif
