/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Matching by place, then by identity.  Each pass over what is left sorts
 * both sides by the same key and pairs equal groups from the front; nothing
 * in it depends on which side is called before, so the result mirrors.
 *
 * Instance key, content and sections are heavier than a name: what has nothing but the
 * name in common is one only if neither is found elsewhere by the others.  Two instance
 * keys tell of two profiles.  Where one key record stands there with one last write
 * nobody made it anew, yet something below it contradicts that: it is not split, and
 * nothing is built on its being one either.
 */
#include "compare/match.h"

#include "base/array.h"
#include "compare/contest.h"
#include "mapi/section.h"

#include <stdlib.h>
#include <string.h>

/* Both snapshots' profiles together: far above what memory allows anyway. */
#define MATCHES_MAX ((size_t)1 << 26)

/* What a pass holds against each other.  Each pass is less strict than the last. */
enum pass {
	PASS_INSTANCE_CONTENT_LIST,
	PASS_INSTANCE_CONTENT,
	PASS_INSTANCE_LIST,
	PASS_INSTANCE,
	PASS_CONTENT_LIST,
	PASS_CONTENT,
	N_PASSES,
};

/* One side of the work. */
struct side {
	const struct snapshot *snapshot;
	const struct snapshot_profile **partner; /* of each profile, or NULL */
	enum match_basis *basis;
	bool *contested;
};

/* A profile that has no partner yet, as a pass sorts it. */
struct candidate {
	const struct snapshot *snapshot;
	const struct snapshot_profile *profile;
	const struct key *section; /* only when matching by sections */
	enum pass pass;
};

struct candidates {
	struct candidate *items;
	size_t n, cap;
};

void matches_clear(struct matches *matches)
{
	free(matches->items);
	*matches = (struct matches){ 0 };
}

/* ---- what makes two profiles one ---- */

/* An empty key has the same content as any other: that proves nothing. */
static bool has_content(const struct profile *profile)
{
	return profile->n_values > 0;
}

enum sections { SECTIONS_SHARED, SECTIONS_NONE_SHARED, SECTIONS_UNKNOWN };

/* Children are sorted, so one merge tells whether an own section is shared. */
static enum sections compare_sections(const struct profile *a, const struct profile *b)
{
	bool own_a = false, own_b = false;
	const struct key *x = a->key->children, *end_x = ARRAY_END(x, a->key->n_children);
	const struct key *y = b->key->children, *end_y = ARRAY_END(y, b->key->n_children);

	while (x < end_x || y < end_y) {
		int sign = x == end_x	? 1
			   : y == end_y ? -1
					: text_compare(key_name(x), key_name(y));
		bool own_x = sign <= 0 && section_is_own(x);
		bool own_y = sign >= 0 && section_is_own(y);
		if (own_x && own_y)
			return SECTIONS_SHARED;
		own_a |= own_x;
		own_b |= own_y;
		if (sign <= 0)
			x++;
		if (sign >= 0)
			y++;
	}
	return own_a && own_b ? SECTIONS_NONE_SHARED : SECTIONS_UNKNOWN;
}

/* What two profiles of the same list and name are to each other. */
static enum match_basis basis_at_same_place(const struct profile *a,
					    const struct profile *b)
{
	/* One record with one last write is one key; what differs below may be spoilt. */
	bool same_record = a->key->record_off > 0 &&
			   a->key->record_off == b->key->record_off &&
			   a->key->mtime_ft == b->key->mtime_ft;

	if (a->has_instance && b->has_instance) {
		if (memcmp(a->instance, b->instance, sizeof(a->instance)) == 0)
			return MATCH_INSTANCE;
		return same_record ? MATCH_DISPUTED : MATCH_OTHER_INSTANCE;
	}
	if (has_content(a) && profile_same_content(a, b))
		return MATCH_CONTENT;
	switch (compare_sections(a, b)) {
	case SECTIONS_SHARED:
		return MATCH_SECTIONS;
	case SECTIONS_NONE_SHARED:
		return same_record ? MATCH_DISPUTED : MATCH_OTHER_SECTIONS;
	case SECTIONS_UNKNOWN:
		return MATCH_NAME;
	}
	return MATCH_NAME;
}

/* ---- order among candidates ---- */

static int compare_lists(const struct candidate *a, const struct candidate *b)
{
	return store_compare(snapshot_store(a->snapshot, a->profile),
			     snapshot_store(b->snapshot, b->profile));
}

static int compare_places(const struct candidate *a, const struct candidate *b)
{
	int order = compare_lists(a, b);

	if (order == 0)
		order = text_compare(key_name(a->profile->profile.key),
				     key_name(b->profile->profile.key));
	return order;
}

static bool by_instance(enum pass pass)
{
	return pass <= PASS_INSTANCE;
}

static bool by_content(enum pass pass)
{
	return pass == PASS_INSTANCE_CONTENT_LIST || pass == PASS_INSTANCE_CONTENT ||
	       pass == PASS_CONTENT_LIST || pass == PASS_CONTENT;
}

static bool by_list(enum pass pass)
{
	return pass == PASS_INSTANCE_CONTENT_LIST || pass == PASS_INSTANCE_LIST ||
	       pass == PASS_CONTENT_LIST;
}

/* Equal under their pass: 0.  This is the key both sides are sorted by. */
static int compare_in_pass(const struct candidate *a, const struct candidate *b)
{
	const struct profile *x = &a->profile->profile, *y = &b->profile->profile;
	int order = 0;

	if (by_instance(a->pass))
		order = memcmp(x->instance, y->instance, sizeof(x->instance));
	if (order == 0 && by_content(a->pass))
		order = memcmp(x->digest.bytes, y->digest.bytes, DIGEST_SIZE);
	if (order == 0 && by_list(a->pass))
		order = compare_lists(a, b);
	return order;
}

static int sort_in_pass(const void *a, const void *b)
{
	int order = compare_in_pass(a, b);

	return order ? order : compare_places(a, b);
}

static int sort_by_section(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;
	int order = text_compare(key_name(x->section), key_name(y->section));

	return order ? order : compare_places(x, y);
}

/* ---- passes ---- */

static size_t index_of(const struct side *side, const struct snapshot_profile *profile)
{
	return (size_t)(profile - side->snapshot->profiles);
}

static void pair(struct side *before, const struct snapshot_profile *b,
		 struct side *after, const struct snapshot_profile *a,
		 enum match_basis basis)
{
	before->partner[index_of(before, b)] = a;
	before->basis[index_of(before, b)] = basis;
	after->partner[index_of(after, a)] = b;
	after->basis[index_of(after, a)] = basis;
}

static bool is_paired(const struct side *side, const struct snapshot_profile *profile)
{
	return side->partner[index_of(side, profile)] != NULL;
}

static bool fits_pass(const struct profile *profile, enum pass pass)
{
	return by_instance(pass) ? profile->has_instance : has_content(profile);
}

static enum status collect(const struct side *side, enum pass pass,
			   struct candidates *out)
{
	out->n = 0;
	for (size_t i = 0; i < side->snapshot->n_profiles; i++) {
		const struct snapshot_profile *profile = &side->snapshot->profiles[i];
		if (side->partner[i] || !fits_pass(&profile->profile, pass))
			continue;
		RETURN_IF_FAILED(ARRAY_RESERVE(out, MATCHES_MAX));
		out->items[out->n++] = (struct candidate){ .snapshot = side->snapshot,
							   .profile = profile,
							   .pass = pass };
	}
	return STATUS_OK;
}

static enum status collect_sections(const struct side *side, struct candidates *out)
{
	out->n = 0;
	for (size_t i = 0; i < side->snapshot->n_profiles; i++) {
		const struct snapshot_profile *profile = &side->snapshot->profiles[i];
		const struct key *key = profile->profile.key;
		for (uint32_t k = 0; !side->partner[i] && k < key->n_children; k++) {
			if (!section_is_own(&key->children[k]))
				continue;
			RETURN_IF_FAILED(ARRAY_RESERVE(out, MATCHES_MAX));
			out->items[out->n++] =
				(struct candidate){ .snapshot = side->snapshot,
						    .profile = profile,
						    .section = &key->children[k] };
		}
	}
	return STATUS_OK;
}

static void sort(struct candidates *candidates, int (*order)(const void *, const void *))
{
	if (candidates->n > 1)
		qsort(candidates->items, candidates->n, sizeof(*candidates->items),
		      order);
}

static void run_pass(struct side *before, struct side *after, enum pass pass,
		     struct candidates *b, struct candidates *a)
{
	sort(b, sort_in_pass);
	sort(a, sort_in_pass);
	for (size_t i = 0, k = 0; i < b->n && k < a->n;) {
		int order = compare_in_pass(&b->items[i], &a->items[k]);
		if (order == 0)
			pair(before, b->items[i].profile, after, a->items[k].profile,
			     by_instance(pass) ? MATCH_INSTANCE : MATCH_CONTENT);
		i += order <= 0;
		k += order >= 0;
	}
}

/*
 * Sections made for one profile name it, even when its instance section is
 * gone on one side.  Two known and different instances stay two.
 */
static void run_section_pass(struct side *before, struct side *after,
			     struct candidates *b, struct candidates *a)
{
	sort(b, sort_by_section);
	sort(a, sort_by_section);
	for (size_t i = 0, k = 0; i < b->n && k < a->n;) {
		const struct snapshot_profile *x = b->items[i].profile;
		const struct snapshot_profile *y = a->items[k].profile;
		int order = text_compare(key_name(b->items[i].section),
					 key_name(a->items[k].section));
		bool both = x->profile.has_instance && y->profile.has_instance;
		if (order == 0 && !both && !is_paired(before, x) && !is_paired(after, y))
			pair(before, x, after, y, MATCH_SECTIONS);
		i += order <= 0;
		k += order >= 0;
	}
}

static enum status match_by_identity(struct side *before, struct side *after)
{
	struct candidates b = { 0 }, a = { 0 };
	enum status status = STATUS_OK;

	for (int pass = 0; pass < N_PASSES && status == STATUS_OK; pass++) {
		status = collect(before, (enum pass)pass, &b);
		if (status == STATUS_OK)
			status = collect(after, (enum pass)pass, &a);
		if (status == STATUS_OK)
			run_pass(before, after, (enum pass)pass, &b, &a);
	}
	if (status == STATUS_OK)
		status = collect_sections(before, &b);
	if (status == STATUS_OK)
		status = collect_sections(after, &a);
	if (status == STATUS_OK)
		run_section_pass(before, after, &b, &a);
	free(b.items);
	free(a.items);
	return status;
}

/* ---- the same place ---- */

/* What pairs of one place are made, in this order. */
enum place_pass {
	PLACE_KNOWN,   /* those that are known to be one */
	PLACE_BY_NAME, /* those of which nothing, or nothing sure, speaks against it */
	PLACE_OTHERS,  /* those that are two */
};

static enum place_pass place_pass_of(enum match_basis basis)
{
	if (basis >= MATCH_OTHER_INSTANCE)
		return PLACE_OTHERS;
	return basis == MATCH_NAME || basis == MATCH_DISPUTED ? PLACE_BY_NAME
							      : PLACE_KNOWN;
}

/*
 * Walks the profiles of both sides that share list and name.  They stand
 * sorted by list and name on both sides.
 */
static void match_by_place(struct side *before, struct side *after, enum place_pass pass)
{
	size_t n_before = before->snapshot->n_profiles,
	       n_after = after->snapshot->n_profiles;

	for (size_t b = 0, a = 0; b < n_before && a < n_after;) {
		const struct snapshot_profile *x = &before->snapshot->profiles[b];
		const struct snapshot_profile *y = &after->snapshot->profiles[a];
		struct candidate cx = { .snapshot = before->snapshot, .profile = x };
		struct candidate cy = { .snapshot = after->snapshot, .profile = y };
		int order = compare_places(&cx, &cy);
		if (order == 0 && !is_paired(before, x) && !is_paired(after, y)) {
			enum match_basis basis =
				basis_at_same_place(&x->profile, &y->profile);
			if (place_pass_of(basis) == pass)
				pair(before, x, after, y, basis);
		}
		b += order <= 0;
		a += order >= 0;
	}
}

/* ---- who else may be it ---- */

static struct contest_side contest_of(const struct side *side)
{
	return (struct contest_side){ side->snapshot, side->partner, side->contested };
}

static enum status find_contested(const struct side *before, const struct side *after)
{
	struct contest_side b = contest_of(before), a = contest_of(after);

	return contest_find(&b, &a);
}

static enum status add_match(struct matches *out, struct match match)
{
	RETURN_IF_FAILED(ARRAY_RESERVE(out, MATCHES_MAX));
	out->items[out->n++] = match;
	return STATUS_OK;
}

static bool is_contested(const struct side *before, const struct side *after, size_t i)
{
	const struct snapshot_profile *partner = before->partner[i];

	return before->contested[i] ||
	       (partner && after->contested[index_of(after, partner)]);
}

static enum status list_matches(const struct side *before, const struct side *after,
				struct matches *out)
{
	for (size_t i = 0; i < before->snapshot->n_profiles; i++)
		RETURN_IF_FAILED(add_match(
			out,
			(struct match){ .before = &before->snapshot->profiles[i],
					.after = before->partner[i],
					.basis = before->basis[i],
					.contested = is_contested(before, after, i) }));
	for (size_t i = 0; i < after->snapshot->n_profiles; i++)
		if (!after->partner[i])
			RETURN_IF_FAILED(add_match(
				out,
				(struct match){ .after = &after->snapshot->profiles[i],
						.contested = after->contested[i] }));
	return STATUS_OK;
}

static bool side_init(struct side *side, const struct snapshot *snapshot)
{
	side->snapshot = snapshot;
	side->partner = calloc(snapshot->n_profiles + 1, sizeof(*side->partner));
	side->basis = calloc(snapshot->n_profiles + 1, sizeof(*side->basis));
	side->contested = calloc(snapshot->n_profiles + 1, sizeof(*side->contested));
	return side->partner && side->basis && side->contested;
}

static void side_clear(struct side *side)
{
	free(side->partner);
	free(side->basis);
	free(side->contested);
}

enum status match_profiles(const struct snapshot *before, const struct snapshot *after,
			   struct matches *out)
{
	struct side b = { 0 }, a = { 0 };
	struct matches found = { 0 };
	enum status status = STATUS_NOMEM;

	if (side_init(&b, before) && side_init(&a, after)) {
		match_by_place(&b, &a, PLACE_KNOWN);
		status = match_by_identity(&b, &a);
		match_by_place(&b, &a, PLACE_BY_NAME);
		/* Before those are paired that are two in one place. */
		if (status == STATUS_OK)
			status = find_contested(&b, &a);
		match_by_place(&b, &a, PLACE_OTHERS);
		if (status == STATUS_OK)
			status = list_matches(&b, &a, &found);
	}
	side_clear(&b);
	side_clear(&a);
	if (status == STATUS_OK)
		*out = found;
	else
		matches_clear(&found);
	return status;
}
