/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Live profiles in sorted lists. */
#include "recovery/living.h"

#include "base/array.h"
#include "mapi/section.h"

#include <stdlib.h>
#include <string.h>

static const struct profile *profile_at(const struct living *living, size_t number)
{
	return &living->snapshot->profiles[number].profile;
}

static int compare_instances(const struct profile *a, const struct profile *b)
{
	return memcmp(a->instance, b->instance, sizeof(a->instance));
}

/* What is sorted: qsort() hands no snapshot to those who compare. */
struct row {
	const struct profile *profile;
	size_t number;
};

static int by_instance(const void *a, const void *b)
{
	const struct row *x = a, *y = b;
	int order = compare_instances(x->profile, y->profile);

	return order ? order : (x->number > y->number) - (x->number < y->number);
}

static enum status sort_instances(struct living *living)
{
	const struct snapshot *snapshot = living->snapshot;
	struct row *rows = calloc(snapshot->n_profiles + 1, sizeof(*rows));

	if (!rows)
		return STATUS_NOMEM;
	for (size_t i = 0; i < snapshot->n_profiles; i++)
		if (profile_at(living, i)->has_instance)
			rows[living->n_instances++] =
				(struct row){ profile_at(living, i), i };
	if (living->n_instances > 1)
		qsort(rows, living->n_instances, sizeof(*rows), by_instance);
	for (size_t i = 0; i < living->n_instances; i++)
		living->by_instance[i] = rows[i].number;
	free(rows);
	return STATUS_OK;
}

/* Of what is missing only sections and the instance key tell who it is. */
static bool is_partial(const struct key *key)
{
	const struct key *section = key_child(key, text_of(SECTION_INSTANCE));

	return key->flags & KEY_FLAG_SUBKEYS_PARTIAL ||
	       (section && section->flags & KEY_FLAG_VALUES_PARTIAL);
}

static enum status read_all(struct living *living)
{
	const struct snapshot *snapshot = living->snapshot;

	living->by_instance = calloc(snapshot->n_profiles + 1, sizeof(size_t));
	living->partial = calloc(snapshot->n_profiles + 1, sizeof(size_t));
	if (!living->by_instance || !living->partial)
		return STATUS_NOMEM;
	for (size_t i = 0; i < snapshot->n_profiles; i++) {
		const struct key *key = profile_at(living, i)->key;
		RETURN_IF_FAILED(profileindex_add_sections(&living->sections, key, i));
		if (is_partial(key))
			living->partial[living->n_partial++] = i;
	}
	profileindex_sort(&living->sections);
	return sort_instances(living);
}

enum status living_read(const struct snapshot *snapshot, struct living *out)
{
	struct living living = { .snapshot = snapshot };
	enum status status = read_all(&living);

	if (status == STATUS_OK)
		*out = living;
	else
		living_clear(&living);
	return status;
}

void living_clear(struct living *living)
{
	profileindex_clear(&living->sections);
	free(living->by_instance);
	free(living->partial);
	*living = (struct living){ 0 };
}

const struct profile *living_instance(const struct living *living,
				      const struct profile *profile)
{
	size_t n = living->n_instances;
	size_t low = ARRAY_COUNT_BEFORE(
		living->by_instance, n, number,
		compare_instances(profile_at(living, *number), profile) < 0);

	if (!profile->has_instance || low == n)
		return NULL;
	const struct profile *live = profile_at(living, living->by_instance[low]);
	return compare_instances(live, profile) == 0 ? live : NULL;
}

bool living_may_be_unread(const struct living *living, const struct profile *profile)
{
	for (size_t i = 0; i < living->n_partial; i++)
		if (!profile_is_other_instance(profile_at(living, living->partial[i]),
					       profile))
			return true;
	return false;
}

/* True if a live profile has the section, and two instance keys do not part them. */
static bool has_section(const struct living *living, const struct profile *profile,
			const struct key *section)
{
	for (const struct profileindex_row *row = NULL;
	     (row = profileindex_next(&living->sections, key_name(section), row));)
		if (!profile->has_instance ||
		    !profile_at(living, row->profile)->has_instance)
			return true;
	return false;
}

bool living_has(const struct living *living, const struct profile *profile)
{
	if (living_instance(living, profile))
		return true;
	for (uint32_t i = 0; i < profile->key->n_children; i++)
		if (section_is_own(&profile->key->children[i]) &&
		    has_section(living, profile, &profile->key->children[i]))
			return true;
	return false;
}
