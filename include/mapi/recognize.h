/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whether a key is a profile, and which names can stand below each other, told
 * from the names of keys alone.  Recovery asks this where the path of a
 * deleted key is in doubt.
 */
#ifndef MAPI_RECOGNIZE_H
#define MAPI_RECOGNIZE_H

#include <stdbool.h>

#include "base/text.h"
#include "regf/key.h"
#include "regf/recover/source.h"

/*
 * Whether a key of this name can stand below `parent`, and that below `above`;
 * an empty text is a name that is not known.  The names decide nothing:
 * RECOVERED_MAY_FIT.
 */
enum recovered_fit recognize_fit(struct text name, struct text parent, struct text above);

/*
 * True for a list of deleted profiles that has no list of profiles beside it.  Where the
 * one is the other was, and what was deleted with that fits both: it may have stood in
 * this one's cell.
 */
bool recognize_has_rival_list(const struct key *list);

/*
 * Whether a value of this name can stand in a key of that one.  It fits a section if it
 * is named as a property, and an account or the manager of the accounts if it is one of
 * their settings; of keys that are neither nothing is known: RECOVERED_MAY_FIT.
 */
enum recovered_fit recognize_value_fit(struct text value, struct text key);

/*
 * Whether bytes with that end can be the data of a REG_BINARY value of this name in a key
 * of that one.  Outlook writes properties of type PT_UNICODE and the texts of accounts as
 * UTF-16 with a zero at the end, and LastChangeVer as a count of eight bytes, which never
 * needs the upper four.  The bytes are borrowed; their beginning may be missing.
 * Return: false only where such data end otherwise.
 */
bool recognize_data_fits(struct text value, struct text key, struct span data);

/*
 * The length of the setting of an account, or of the manager of the accounts, with whose
 * name the bytes begin: of the longest such name.  0 if they begin with none.
 */
size_t recognize_name_end(struct span bytes);

/*
 * True for the name of a section that every profile names alike, or of an account in
 * one: a key of that name can be any profile's.
 */
bool recognize_is_common(struct text name);

/*
 * True if the key holds what only a profile holds: a section that every
 * profile names alike, or two sections with random uids that hold properties.
 * Its own name and place do not count.
 */
bool recognize_is_profile(const struct key *key);

/*
 * How many sections with random uids both have.  Such a uid is made for one
 * profile, so a shared one means that both are states of the same profile.
 */
size_t recognize_shared_sections(const struct key *a, const struct key *b);

/* True for the name of a list of profiles, "Profiles" or "Deleted Profiles". */
bool recognize_is_list_name(struct text name);

/* True if some value of the key is named as a property is. */
bool recognize_has_properties(const struct key *key);

#endif
