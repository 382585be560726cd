/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What profiles look like from outside: names that can stand below each
 * other.  Decides where deleted keys are put together again and their paths
 * are in doubt.
 */
#ifndef MAPI_RECOGNIZE_H
#define MAPI_RECOGNIZE_H

#include <stdbool.h>

#include "base/text.h"
#include "regf/key.h"
#include "regf/recover/source.h"

/* The step from a key to its parent, as in struct recovered_source. */
enum recovered_fit recognize_fit(struct text name, struct text parent, struct text above);

/*
 * True if the key holds what only a profile holds: a section that every
 * profile names alike, or two sections with random uids that hold properties.
 * Its own name and place do not count.
 */
bool recognize_is_profile(const struct key *key);

/*
 * How many sections with random uids both have: made for one profile, they are
 * in no other.
 */
size_t recognize_shared_sections(const struct key *a, const struct key *b);

/* True for the name of a list of profiles, "Profiles" or "Deleted Profiles". */
bool recognize_is_list_name(struct text name);

/* True if some value of the key is named as a property is. */
bool recognize_has_properties(const struct key *key);

#endif
