/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cause/incident/copies.h"

#include "recovery/profileindex.h"

#include <stdlib.h>

/* An earlier profile of another list that has that section. */
static const struct snapshot_profile *owner_of(const struct snapshot *before,
					       const struct profileindex *sections,
					       struct text uid, const struct store *to)
{
	size_t n;
	const struct profileindex_row *row = profileindex_find(sections, uid, &n);

	for (; n > 0; n--, row++) {
		const struct snapshot_profile *old = &before->profiles[row->profile];
		if (!store_is_same(snapshot_store(before, old), to))
			return old;
	}
	return NULL;
}

/* What stands in a list of Outlook's own, and came there or was moved there. */
static bool may_be_copy(const struct snapshot *after, const struct finding *finding)
{
	return finding->after &&
	       (finding->kind == FINDING_MOVED || finding->kind == FINDING_ADDED) &&
	       snapshot_store(after, finding->after)->kind == STORE_OFFICE;
}

/* What a profile of the later hive is a copy of; NULL if it is none. */
static const struct snapshot_profile *original_of(const struct snapshot *before,
						  const struct snapshot *after,
						  const struct profileindex *sections,
						  const struct finding *finding)
{
	const struct snapshot_profile *copy = finding->after;
	const struct snapshot_profile *original = NULL;

	if (!may_be_copy(after, finding))
		return NULL;
	if (finding->kind == FINDING_MOVED)
		return finding->before;
	const struct store *to = snapshot_store(after, copy);
	for (uint32_t i = 0; !original && i < copy->profile.key->n_children; i++)
		original = owner_of(before, sections,
				    key_name(&copy->profile.key->children[i]), to);
	return original;
}

static enum status find_all(const struct comparison *comparison,
			    const struct snapshot *before, const struct snapshot *after,
			    struct copies *copies)
{
	struct profileindex sections = { 0 };
	enum status status = STATUS_OK;
	bool wanted = false;

	/* Most changes are no copies, and then the index is not needed. */
	for (size_t i = 0; i < comparison->n_findings; i++)
		wanted |= may_be_copy(after, &comparison->findings[i]);
	if (!wanted)
		return STATUS_OK;
	for (size_t i = 0; status == STATUS_OK && i < before->n_profiles; i++)
		status = profileindex_add_sections(&sections,
						   before->profiles[i].profile.key, i);
	profileindex_sort(&sections);
	for (size_t i = 0; status == STATUS_OK && i < comparison->n_findings; i++) {
		const struct finding *finding = &comparison->findings[i];
		const struct snapshot_profile *original =
			original_of(before, after, &sections, finding);
		if (original)
			copies->items[copies->n++] =
				(struct copy){ finding->after, original };
	}
	profileindex_clear(&sections);
	return status;
}

enum status copies_find(const struct comparison *comparison,
			const struct snapshot *before, const struct snapshot *after,
			struct copies *out)
{
	struct copies copies = { 0 };

	copies.items = calloc(comparison->n_findings + 1, sizeof(*copies.items));
	if (!copies.items)
		return STATUS_NOMEM;
	enum status status = find_all(comparison, before, after, &copies);
	if (status != STATUS_OK)
		copies_clear(&copies);
	else
		*out = copies;
	return status;
}

void copies_clear(struct copies *copies)
{
	free(copies->items);
	*copies = (struct copies){ 0 };
}
