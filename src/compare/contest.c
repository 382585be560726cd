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

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Both snapshots' profiles together: far above what memory allows anyway. */
#define CLAIMS_MAX ((size_t)1 << 26)

enum trait { TRAIT_INSTANCE, TRAIT_SECTION, TRAIT_CONTENT };

/*
 * What a profile has in common with others.  The bytes that decide are copied: sorting
 * must not fetch each name from its hive again and again.
 */
struct claim {
	enum trait trait;
	bool is_before; /* whose profile it is */
	size_t number;	/* of the profile */
	/* The instance key, the section's uid, or the content's digest. */
	uint8_t bytes[DIGEST_SIZE];
};

static_assert(PROPERTY_UID_SIZE <= DIGEST_SIZE, "all fit");

struct claims {
	struct claim *items;
	size_t n, cap;
};

static int compare_traits(const void *a, const void *b)
{
	const struct claim *x = a, *y = b;

	if (x->trait != y->trait)
		return x->trait < y->trait ? -1 : 1;
	return memcmp(x->bytes, y->bytes, sizeof(x->bytes));
}

static enum status add(struct claims *claims, struct claim claim, const uint8_t *bytes,
		       size_t len)
{
	RETURN_IF_FAILED(ARRAY_RESERVE(claims, CLAIMS_MAX));
	memcpy(claim.bytes, bytes, len);
	claims->items[claims->n++] = claim;
	return STATUS_OK;
}

static enum status add_profile(struct claims *claims, const struct profile *profile,
			       struct claim claim)
{
	uint8_t uid[PROPERTY_UID_SIZE];

	claim.trait = TRAIT_INSTANCE;
	if (profile->has_instance)
		RETURN_IF_FAILED(
			add(claims, claim, profile->instance, sizeof(profile->instance)));
	claim.trait = TRAIT_CONTENT;
	if (profile->n_values > 0 && !profile->has_instance)
		RETURN_IF_FAILED(add(claims, claim, profile->digest.bytes, DIGEST_SIZE));
	claim.trait = TRAIT_SECTION;
	for (uint32_t i = 0; i < profile->key->n_children; i++)
		if (section_uid(&profile->key->children[i], uid))
			RETURN_IF_FAILED(add(claims, claim, uid, sizeof(uid)));
	return STATUS_OK;
}

static enum status collect(struct claims *claims, const struct contest_side *side,
			   bool is_before)
{
	for (size_t i = 0; i < side->snapshot->n_profiles; i++)
		RETURN_IF_FAILED(add_profile(
			claims, &side->snapshot->profiles[i].profile,
			(struct claim){ .is_before = is_before, .number = i }));
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
static bool stays(const struct contest_side *side, size_t number,
		  const struct contest_side *other)
{
	const struct snapshot_profile *profile = &side->snapshot->profiles[number];
	const struct snapshot_profile *partner = side->partner[number];

	return partner && partner->profile.key->record_off > 0 &&
	       profile->profile.key->record_off == partner->profile.key->record_off &&
	       store_is_same(snapshot_store(side->snapshot, profile),
			     snapshot_store(other->snapshot, partner)) &&
	       text_equal(key_name(profile->profile.key),
			  key_name(partner->profile.key)) &&
	       is_still(profile->profile.key, partner->profile.key);
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

/* Both sides of the work. */
struct sides {
	struct contest_side *before, *after;
};

static struct contest_side *side_of(const struct sides *sides, const struct claim *claim)
{
	return claim->is_before ? sides->before : sides->after;
}

static bool claim_stays(const struct sides *sides, const struct claim *claim)
{
	return stays(side_of(sides, claim), claim->number,
		     claim->is_before ? sides->after : sides->before);
}

/* All that have one trait. */
static void contest(const struct claim *items, size_t n, const struct sides *sides)
{
	size_t left_before = 0, left_after = 0, n_decided = 0;

	if (n < 3)
		return;
	for (size_t i = 0; i < n; i++)
		n_decided += side_of(sides, &items[i])
				     ->snapshot->profiles[items[i].number]
				     .profile.has_instance;
	/* Where all have instance keys those decide. */
	if (items->trait == TRAIT_SECTION && n_decided == n)
		return;
	for (size_t i = 0; i < n; i++) {
		if (claim_stays(sides, &items[i]))
			continue;
		left_before += items[i].is_before;
		left_after += !items[i].is_before;
	}
	for (size_t i = 0; i < n; i++)
		if ((items[i].is_before ? left_after : left_before) > 0 &&
		    !claim_stays(sides, &items[i]))
			side_of(sides, &items[i])->contested[items[i].number] = true;
}

/* ---- those that others may share ---- */

/* Where a claim is counted: equal ones at one place, others seldom at the same. */
static size_t count_place(const struct claim *claim, size_t mask)
{
	uint64_t mixed = (le64(claim->bytes) ^ claim->trait) *
			 UINT64_C(0x9e3779b97f4a7c15); /* 2^64 by the golden ratio */

	return (size_t)(mixed >> 32) & mask;
}

/*
 * Leaves out what surely fewer than three have, which decides nothing: it would have to
 * be sorted with the rest, and nearly everything is so.
 */
static enum status drop_unshared(struct claims *claims)
{
	size_t places = 1024, n = 0;

	while (places < 4 * claims->n && places < CLAIMS_MAX)
		places *= 2;
	/* Counted up to three: more say nothing else. */
	uint8_t *counts = calloc(places, 1);
	if (!counts)
		return STATUS_NOMEM;
	for (size_t i = 0; i < claims->n; i++) {
		uint8_t *count = &counts[count_place(&claims->items[i], places - 1)];
		if (*count < 3)
			++*count;
	}
	for (size_t i = 0; i < claims->n; i++)
		if (counts[count_place(&claims->items[i], places - 1)] == 3)
			claims->items[n++] = claims->items[i];
	claims->n = n;
	free(counts);
	return STATUS_OK;
}

enum status contest_find(struct contest_side *before, struct contest_side *after)
{
	const struct sides sides = { before, after };
	struct claims claims = { 0 };
	enum status status = collect(&claims, before, true);

	if (status == STATUS_OK)
		status = collect(&claims, after, false);
	if (status == STATUS_OK)
		status = drop_unshared(&claims);
	if (claims.n > 1)
		qsort(claims.items, claims.n, sizeof(*claims.items), compare_traits);
	for (size_t i = 0, end; status == STATUS_OK && i < claims.n; i = end) {
		for (end = i + 1; end < claims.n; end++)
			if (compare_traits(&claims.items[i], &claims.items[end]) != 0)
				break;
		contest(&claims.items[i], end - i, &sides);
	}
	contest_doubles(before, after);
	contest_doubles(after, before);
	free(claims.items);
	return status;
}
