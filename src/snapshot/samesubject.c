/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One subject or two.  Who may do what with a hive, and where it lay, can change: a
 * user is moved to another domain and gets a new id, a folder is renamed.  What the
 * hive holds stays: an instance key is made at random for one profile, and a key's
 * cell is found again in another user's hive only if both began as one template, whose
 * keys have no profiles.  So both together show one hive: a profile of the same
 * instance in the same cell, and at least half of the keys of the smaller hive where
 * they stood.  A profile copied to another user has another cell.
 */
#include "snapshot/samesubject.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- cells ---- */

struct place {
	uint32_t off;
	const struct key *key;
};

static int by_place(const void *left, const void *right)
{
	const struct place *a = left, *b = right;

	return (a->off > b->off) - (a->off < b->off);
}

/* All keys of a tree by the places of their records; to be freed, NULL without memory. */
static struct place *list_places(const struct key_tree *keys, size_t *n)
{
	size_t all = (size_t)keys->n_keys;
	struct place *places = calloc(all, sizeof(*places));

	*n = 0;
	for (const struct key *key = keys->root; places && key && *n < all;
	     key = key_next(keys->root, key))
		places[(*n)++] = (struct place){ key->record_off, key };
	if (places)
		qsort(places, *n, sizeof(*places), by_place);
	return places;
}

/* True if at least half of the keys of the smaller hive stand where the other has them. */
static bool has_most_cells(const struct key_tree *a, const struct key_tree *b)
{
	size_t n;
	struct place *places = list_places(b, &n);
	uint64_t same = 0, smaller = a->n_keys < b->n_keys ? a->n_keys : b->n_keys;

	for (const struct key *key = a->root; places && key;
	     key = key_next(a->root, key)) {
		struct place wanted = { key->record_off, NULL };
		const struct place *found =
			bsearch(&wanted, places, n, sizeof(wanted), by_place);
		same += found && text_equal(key_name(key), key_name(found->key));
	}
	free(places);
	return same > 0 && same >= smaller - smaller / 2;
}

static bool has_profile(const struct snapshot *snapshot, const struct profile *wanted)
{
	for (size_t i = 0; i < snapshot->n_profiles; i++) {
		const struct profile *profile = &snapshot->profiles[i].profile;
		if (profile->has_instance && profile->key->record_off > 0 &&
		    profile->key->record_off == wanted->key->record_off &&
		    memcmp(profile->instance, wanted->instance, PROPERTY_UID_SIZE) == 0)
			return true;
	}
	return false;
}

bool samesubject_is_one_hive(const struct snapshot *a, const struct snapshot *b)
{
	bool shares = false;

	for (size_t i = 0; i < a->n_profiles && !shares; i++)
		shares = a->profiles[i].profile.has_instance &&
			 has_profile(b, &a->profiles[i].profile);
	return shares && has_most_cells(a->keys, b->keys);
}

/* ---- two snapshots ---- */

const char *samesubject_difference(const struct snapshot *a, const struct snapshot *b)
{
	const char *difference = subject_difference(&a->subject, &b->subject);

	return difference && !samesubject_is_one_hive(a, b) ? difference : NULL;
}

/* "user joe (security id S-1-...; path in the base block ...)": to be freed, or NULL. */
static char *describe(const struct snapshot *snapshot)
{
	const struct subject *subject = &snapshot->subject;
	struct text name = snapshot->image->base.embedded_name;
	char *who = subject_describe(subject), *path = text_to_utf8(name, NULL);
	const char *sid = subject->sid[0]	? subject->sid
			  : subject->n_sids > 0 ? subject->sids[0]
						: NULL;
	char *out = NULL;

	if (who && path &&
	    asprintf(&out, "%s (%s%s%s%s)", who, sid ? "by security id " : "",
		     sid ? sid : "",
		     text_length(name) == 0 ? ""
		     : sid		    ? ", base block "
					    : "by its base block, ",
		     text_length(name) > 0 ? path
		     : sid		   ? ""
					   : "by its content") < 0)
		out = NULL;
	free(who);
	free(path);
	return out;
}

enum status samesubject_check(const struct snapshot *a, const struct snapshot *b,
			      struct failure *failure)
{
	char shown[4200];

	if (a->subject.stated_same || b->subject.stated_same ||
	    !samesubject_difference(a, b))
		return STATUS_OK;
	char *first = describe(a), *second = describe(b);
	if (first && second)
		failure_set(failure,
			    "%s: not compared: this hive is of %s, that before it of %s; "
			    "--same-subject says that they are one",
			    failure_path(b->evidence->path, shown, sizeof(shown)), second,
			    first);
	else
		failure_set(failure, "out of memory");
	enum status status = first && second ? STATUS_UNSUPPORTED : STATUS_NOMEM;
	free(first);
	free(second);
	return status;
}
