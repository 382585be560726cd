/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A cell can have held the key of one profile and then that of another, and what names
 * the cell as its parent may be of either.  So these cannot be of one profile:
 *
 *   - two recovered keys of one name below one key;
 *   - a key that was written after the last write of the key above it, where that one's
 *     record is free and empty: deleting a child writes its parent, and later;
 *   - a section that an earlier snapshot has as deleted already, below a profile that was
 *     still there then, and that did not have it.
 *
 * None of these is proof of reuse: a clock may have been set back, and a section made
 * anew under its old name.  But such a profile is neither whole nor written to a file.
 */
#include "recovery/mixture.h"

static bool is_read(const struct key *key)
{
	return key->flags & KEY_FLAG_RECOVERED;
}

/* Children are sorted by name. */
static bool has_name_twice(const struct key *key)
{
	for (uint32_t i = 0; i + 1 < key->n_children; i++)
		if (is_read(&key->children[i]) && is_read(&key->children[i + 1]) &&
		    text_equal(key_name(&key->children[i]),
			       key_name(&key->children[i + 1])))
			return true;
	return false;
}

/* Its last write is the end of what was below it. */
static bool shows_end(const struct recovered_key *info)
{
	return info->n_places > 0 && info->places[0].origin == RECOVERED_FREE &&
	       info->is_empty;
}

static bool has_later_child(const struct recovered_keys *recovered, const struct key *key)
{
	if (!is_read(key) || !shows_end(recovered_of(recovered, key)))
		return false;
	for (uint32_t i = 0; i < key->n_children; i++)
		if (is_read(&key->children[i]) &&
		    key->children[i].mtime_ft > key->mtime_ft)
			return true;
	return false;
}

bool mixture_has_later(const struct recovered_keys *recovered, const struct key *profile)
{
	for (const struct key *key = profile; key; key = key_next(profile, key))
		if (has_later_child(recovered, key))
			return true;
	return false;
}

/* A section that was gone already while the profile was there without it. */
static bool has_earlier_section(const struct recovered_keys *recovered,
				const struct key *profile)
{
	const struct key *then = recovered_of(recovered, profile)->witness;

	for (uint32_t i = 0; then && i < profile->n_children; i++) {
		const struct key *child = &profile->children[i];
		if (is_read(child) &&
		    recovered_of(recovered, child)->since == RECOVERED_SINCE_EARLIER &&
		    !key_child(then, key_name(child)))
			return true;
	}
	return false;
}

bool mixture_is(const struct recovered_keys *recovered, const struct key *profile)
{
	for (const struct key *key = profile; key; key = key_next(profile, key))
		if (has_name_twice(key))
			return true;
	return mixture_has_later(recovered, profile) ||
	       has_earlier_section(recovered, profile);
}
