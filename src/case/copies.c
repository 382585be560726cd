/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Profiles that stand below an Office key now and did not before, with the
 * earlier profile elsewhere that they are made of: it was moved there, or they
 * have sections that were made for it.
 */
#include "case/incident_private.h"

#include "base/array.h"

#include <stdlib.h>

/* A section with a random uid, and the earlier profile that has it. */
struct section {
	struct text uid;
	const struct snapshot_profile *profile;
};

struct sections {
	struct section *items; /* by uid */
	size_t n, cap;
};

/* Sections of one hive: a key has at least 80 bytes, and a hive at most 2 GB. */
#define SECTIONS_MAX ((size_t)1 << 25)

/* Earlier profiles with the same random uid that are looked at: there is but one. */
#define SAME_UID_MAX 64

static int by_uid(const void *a, const void *b)
{
	const struct section *x = a, *y = b;
	int order = text_compare(x->uid, y->uid);

	/* Equal ones in the order of the hive, so that the outcome is always the same. */
	return order ? order : x->profile < y->profile ? -1 : x->profile > y->profile;
}

static enum status collect(const struct snapshot *snapshot, struct sections *out)
{
	for (size_t i = 0; i < snapshot->n_profiles; i++) {
		const struct key *key = snapshot->profiles[i].profile.key;
		for (uint32_t k = 0; k < key->n_children; k++) {
			if (!profile_is_own_section(&key->children[k]))
				continue;
			RETURN_IF_FAILED(ARRAY_RESERVE(out, SECTIONS_MAX));
			out->items[out->n++] =
				(struct section){ key_name(&key->children[k]),
						  &snapshot->profiles[i] };
		}
	}
	if (out->n > 1)
		qsort(out->items, out->n, sizeof(*out->items), by_uid);
	return STATUS_OK;
}

/* An earlier profile of another list that has that section. */
static const struct snapshot_profile *owner_of(const struct incident *incident,
					       const struct sections *sections,
					       struct text uid, const struct store *to)
{
	size_t first = ARRAY_COUNT_BEFORE(sections->items, sections->n, section,
					  text_compare(section->uid, uid) < 0);

	for (size_t i = first; i < sections->n && i - first < SAME_UID_MAX &&
			       text_equal(sections->items[i].uid, uid);
	     i++) {
		const struct snapshot_profile *old = sections->items[i].profile;
		if (!store_is_same(snapshot_store(incident->before, old), to))
			return old;
	}
	return NULL;
}

/* What a profile of the later hive is a copy of; NULL if it is none. */
static const struct snapshot_profile *original_of(const struct incident *incident,
						  const struct sections *sections,
						  const struct finding *finding)
{
	const struct snapshot_profile *copy = finding->after;
	const struct store *to = copy ? snapshot_store(incident->after, copy) : NULL;
	const struct snapshot_profile *original = NULL;

	if (!to || to->kind != STORE_OFFICE)
		return NULL;
	if (finding->kind == FINDING_MOVED)
		return finding->before;
	for (uint32_t i = 0; finding->kind == FINDING_ADDED && !original &&
			     i < copy->profile.key->n_children;
	     i++)
		original = owner_of(incident, sections,
				    key_name(&copy->profile.key->children[i]), to);
	return original;
}

enum status copies_find(struct incident *incident)
{
	const struct comparison *comparison = incident->comparison;
	struct sections sections = { 0 };
	enum status status = STATUS_OK;

	if (!comparison)
		return STATUS_OK;
	incident->copies = calloc(comparison->n_findings + 1, sizeof(*incident->copies));
	status = incident->copies ? collect(incident->before, &sections) : STATUS_NOMEM;
	for (size_t i = 0; status == STATUS_OK && i < comparison->n_findings; i++) {
		const struct finding *finding = &comparison->findings[i];
		const struct snapshot_profile *original =
			original_of(incident, &sections, finding);
		if (original)
			incident->copies[incident->n_copies++] =
				(struct copy){ finding->after, original };
	}
	free(sections.items);
	return status;
}
