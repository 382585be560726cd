/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Profiles that stand below an Office key now and did not before, with the
 * earlier profile elsewhere that they are made of: it was moved there, or they
 * have sections that were made for it.
 */
#include "cause/incident_private.h"

#include "recovery/profileindex.h"

#include <stdlib.h>

/* An earlier profile of another list that has that section. */
static const struct snapshot_profile *owner_of(const struct incident *incident,
					       const struct profileindex *sections,
					       struct text uid, const struct store *to)
{
	size_t n;
	const struct profileindex_row *row = profileindex_find(sections, uid, &n);

	for (; n > 0; n--, row++) {
		const struct snapshot_profile *old =
			&incident->before->profiles[row->profile];
		if (!store_is_same(snapshot_store(incident->before, old), to))
			return old;
	}
	return NULL;
}

/* What a profile of the later hive is a copy of; NULL if it is none. */
static const struct snapshot_profile *original_of(const struct incident *incident,
						  const struct profileindex *sections,
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
	struct profileindex sections = { 0 };
	enum status status = STATUS_OK;

	if (!comparison)
		return STATUS_OK;
	incident->copies = calloc(comparison->n_findings + 1, sizeof(*incident->copies));
	if (!incident->copies)
		return STATUS_NOMEM;
	for (size_t i = 0; status == STATUS_OK && i < incident->before->n_profiles; i++)
		status = profileindex_add_sections(
			&sections, incident->before->profiles[i].profile.key, i);
	profileindex_sort(&sections);
	for (size_t i = 0; status == STATUS_OK && i < comparison->n_findings; i++) {
		const struct finding *finding = &comparison->findings[i];
		const struct snapshot_profile *original =
			original_of(incident, &sections, finding);
		if (original)
			incident->copies[incident->n_copies++] =
				(struct copy){ finding->after, original };
	}
	profileindex_clear(&sections);
	return status;
}
