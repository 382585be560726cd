/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A copy of a profile keeps its sections, and its instance key until Outlook gives it one
 * of its own.  Once the original is gone, or both have other names, nothing tells the one
 * from the other.  One profile on each side is a pair; of more, only those are known that
 * stayed in their place.  The instance key decides where there is one; else a section
 * named at random, or the content.
 *
 * Two children of one name under one key are in no sound hive: which of them is meant
 * nothing tells, so both are claimants of that name.
 */
#include "compare/contest.h"

#include "base/array.h"
#include "mapi/section.h"

#include <stdlib.h>
#include <string.h>

/* Both snapshots' profiles together: far above what memory allows anyway. */
#define CLAIMS_MAX ((size_t)1 << 26)

enum trait { TRAIT_INSTANCE, TRAIT_SECTION, TRAIT_CONTENT };

/* What a profile has in common with others. */
struct claim {
	enum trait trait;
	const struct profile *profile;
	const struct key *section; /* TRAIT_SECTION */
	struct contest_side *side;
	size_t number; /* of the profile */
};

struct claims {
	struct claim *items;
	size_t n, cap;
};

static int compare_traits(const void *a, const void *b)
{
	const struct claim *x = a, *y = b;

	if (x->trait != y->trait)
		return x->trait < y->trait ? -1 : 1;
	switch (x->trait) {
	case TRAIT_INSTANCE:
		return memcmp(x->profile->instance, y->profile->instance,
			      sizeof(x->profile->instance));
	case TRAIT_SECTION:
		return text_compare(key_name(x->section), key_name(y->section));
	case TRAIT_CONTENT:
		return memcmp(x->profile->digest.bytes, y->profile->digest.bytes,
			      DIGEST_SIZE);
	}
	return 0;
}

static enum status add(struct claims *claims, struct claim claim)
{
	RETURN_IF_FAILED(ARRAY_RESERVE(claims, CLAIMS_MAX));
	claims->items[claims->n++] = claim;
	return STATUS_OK;
}

static enum status add_profile(struct claims *claims, struct contest_side *side,
			       size_t number)
{
	const struct profile *profile = &side->snapshot->profiles[number].profile;
	struct claim claim = { .profile = profile, .side = side, .number = number };

	if (profile->has_instance)
		RETURN_IF_FAILED(add(claims, claim));
	claim.trait = TRAIT_CONTENT;
	if (profile->n_values > 0 && !profile->has_instance)
		RETURN_IF_FAILED(add(claims, claim));
	claim.trait = TRAIT_SECTION;
	for (uint32_t i = 0; i < profile->key->n_children; i++) {
		claim.section = &profile->key->children[i];
		if (section_is_own(claim.section))
			RETURN_IF_FAILED(add(claims, claim));
	}
	return STATUS_OK;
}

static enum status collect(struct claims *claims, struct contest_side *side)
{
	for (size_t i = 0; i < side->snapshot->n_profiles; i++)
		RETURN_IF_FAILED(add_profile(claims, side, i));
	return STATUS_OK;
}

/*
 * True if something of the profile was not written since.  Else all of it may have been
 * made anew: a copy can get the very cell that the original left.
 */
static bool is_still(const struct key *a, const struct key *b)
{
	if (a->mtime_ft == b->mtime_ft)
		return true;
	for (uint32_t i = 0; i < a->n_children; i++) {
		const struct key *child = &a->children[i];
		const struct key *other = key_child(b, key_name(child));
		if (other && other->mtime_ft == child->mtime_ft &&
		    other->record_off == child->record_off)
			return true;
	}
	return false;
}

/*
 * True if the profile is in both snapshots what and where it was, to the cell: a copy that
 * took the place of the original has another one, or was written later as a whole.
 */
static bool stays(const struct claim *claim, const struct contest_side *other)
{
	const struct contest_side *side = claim->side;
	const struct snapshot_profile *partner = side->partner[claim->number];

	return partner && partner->profile.key->record_off > 0 &&
	       claim->profile->key->record_off == partner->profile.key->record_off &&
	       store_is_same(snapshot_store(side->snapshot,
					    &side->snapshot->profiles[claim->number]),
			     snapshot_store(other->snapshot, partner)) &&
	       text_equal(key_name(claim->profile->key),
			  key_name(partner->profile.key)) &&
	       is_still(claim->profile->key, partner->profile.key);
}

static int compare_places(const struct snapshot *a, size_t i, const struct snapshot *b,
			  size_t k)
{
	const struct snapshot_profile *x = &a->profiles[i], *y = &b->profiles[k];
	int order = store_compare(snapshot_store(a, x), snapshot_store(b, y));

	return order ? order
		     : text_compare(key_name(x->profile.key), key_name(y->profile.key));
}

/* All of a name that a list of `side` has twice: they stand in the order of both. */
static void contest_doubles(struct contest_side *side, struct contest_side *other)
{
	size_t n = side->snapshot->n_profiles, k = 0;

	for (size_t i = 0; i + 1 < n; i++) {
		if (compare_places(side->snapshot, i, side->snapshot, i + 1) != 0)
			continue;
		side->contested[i] = side->contested[i + 1] = true;
		for (; k < other->snapshot->n_profiles; k++) {
			int order = compare_places(side->snapshot, i, other->snapshot, k);
			if (order < 0)
				break;
			other->contested[k] |= order == 0;
		}
	}
}

/* All that have one trait. */
static void contest(struct claim *items, size_t n, const struct contest_side *before,
		    const struct contest_side *after)
{
	size_t left_before = 0, left_after = 0, n_decided = 0;

	for (size_t i = 0; i < n; i++)
		n_decided += items[i].profile->has_instance;
	/* Where all have instance keys those decide. */
	if (n < 3 || (items->trait == TRAIT_SECTION && n_decided == n))
		return;
	for (size_t i = 0; i < n; i++) {
		bool is_before = items[i].side == before;
		if (stays(&items[i], is_before ? after : before))
			continue;
		left_before += is_before;
		left_after += !is_before;
	}
	for (size_t i = 0; i < n; i++) {
		bool is_before = items[i].side == before;
		if (!stays(&items[i], is_before ? after : before) &&
		    (is_before ? left_after : left_before) > 0)
			items[i].side->contested[items[i].number] = true;
	}
}

enum status contest_find(struct contest_side *before, struct contest_side *after)
{
	struct claims claims = { 0 };
	enum status status = collect(&claims, before);

	if (status == STATUS_OK)
		status = collect(&claims, after);
	if (claims.n > 1)
		qsort(claims.items, claims.n, sizeof(*claims.items), compare_traits);
	for (size_t i = 0, end; status == STATUS_OK && i < claims.n; i = end) {
		for (end = i + 1; end < claims.n; end++)
			if (compare_traits(&claims.items[i], &claims.items[end]) != 0)
				break;
		contest(&claims.items[i], end - i, before, after);
	}
	contest_doubles(before, after);
	contest_doubles(after, before);
	free(claims.items);
	return status;
}
