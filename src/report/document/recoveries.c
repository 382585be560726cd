/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What was recovered from unreferenced bytes: profiles, and keys and values apart. */
#include "report/document/recoveries.h"

#include "compare/keypath.h"
#include "mapi/proptag.h"
#include "mapi/recognize.h"
#include "report/document/causes.h"
#include "report/document/cell.h"
#include "report/document/profiles.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- profiles ---- */

/* By what it was recovered, and how sure that is. */
static void write_how(struct xml *xml, const struct recovered_profile *profile)
{
	xml_attribute(xml, "recovered_by", profile->torn ? "sections" : "profile_key");
	xml_attribute(xml, "path_certainty",
		      recovered_certainty_word(profile->certainty));
	if (profile->name_from != RECOVERY_NAME_RECORD) {
		xml_attribute(xml, "name_from", recovery_name_word(profile->name_from));
		xml_attribute(xml, "name_certainty",
			      recovered_certainty_word(profile->name_certainty));
	}
	if (profile->since)
		xml_attribute(xml, "since", recovered_since_word(profile->since));
}

static void write_when(struct xml *xml, const struct recovered_profile *profile)
{
	if (profile->deleted_ft) {
		xml_time(xml, "deleted_at", profile->deleted_ft);
		xml_number(xml, "deleted_filetime", profile->deleted_ft);
	}
	xml_time(xml, "deleted_not_after", profile->not_after_ft);
}

static void write_amount(struct xml *xml, const struct recovered_profile *profile)
{
	xml_number(xml, "keys", profile->n_keys);
	xml_number(xml, "values_lost", profile->n_values_lost);
	xml_number(xml, "data_lost", profile->n_data_lost);
	xml_number(xml, "heads_lost", profile->n_heads_lost);
}

/* The list that a profile was in, as far as anything tells. */
static const char *list_word(const struct recovered_profile *profile)
{
	const struct key *parent = profile->profile.key->parent;

	if (profile->store)
		return store_list_word(profile->store->list);
	if (parent && text_is(key_name(parent), "Profiles"))
		return store_list_word(STORE_PROFILES);
	if (parent && text_is(key_name(parent), "Deleted Profiles"))
		return store_list_word(STORE_DELETED_PROFILES);
	return "unknown";
}

static void write_profile(struct parts *parts, const struct snapshot *snapshot,
			  const struct recovered_profile *profile, bool reported,
			  bool whole)
{
	const struct profile *light = &profile->profile;
	struct xml *xml = parts->xml;
	char hex[DIGEST_HEX_SIZE];

	digest_hex(&light->digest, hex);
	xml_open(xml, "profile");
	xml_text(xml, "name", profile->name);
	xml_attribute(xml, "list", list_word(profile));
	xml_attribute(xml, "store_path", profile->store ? profile->store->path : NULL);
	xml_attribute(xml, "origin", "recovered");
	xml_number(xml, "default", profile->is_default);
	xml_time(xml, "mtime", light->key->mtime_ft);
	xml_number(xml, "filetime", light->key->mtime_ft);
	cell_time_place(parts, snapshot, light->key);
	xml_number(xml, "sections", light->n_sections);
	xml_number(xml, "values", light->n_values);
	xml_attribute(xml, "digest", hex);
	xml_attribute(xml, "completeness", profile->has_no_gaps ? "no_gaps" : "partial");
	write_how(xml, profile);
	write_when(xml, profile);
	if (profile->lives_on)
		xml_text(xml, "lives_on", key_name(profile->lives_on));
	if (profile->may_be_alive)
		xml_number(xml, "may_be_alive", 1);
	if (profile->went_on)
		xml_text(xml, "went_on", profile->went_on_as);
	if (profile->mixed)
		xml_number(xml, "mixed", 1);
	if (reported)
		xml_number(xml, "reported", 1);
	write_amount(xml, profile);
	causes_restore(parts, NULL, profile);
	if (whole)
		profiles_spell_out(parts, snapshot, light->key, CELL_DELETED);
	xml_close(xml);
}

/* ---- keys and values that belong to no recovered profile ---- */

/* True if the recovered key stands at a path that was asked for, or below it. */
static bool is_asked_for(const struct parts *parts, const struct snapshot *snapshot,
			 const struct key *key)
{
	struct text path;
	bool asked = false;

	if (parts->options->n_keys == 0)
		return false;
	/* A part of a path is none that can be asked for. */
	if (cell_is_adrift(parts, snapshot, key))
		return keypath_asks_for_all(parts->options->keys, parts->options->n_keys);
	if (!cell_path(parts, snapshot, key, NULL, &path)) {
		xml_fail(parts->xml, STATUS_NOMEM);
		return false;
	}
	for (size_t i = 0; i < parts->options->n_keys && !asked; i++)
		asked = keypath_is_below(path, parts->options->keys[i]);
	text_free(path);
	return asked;
}

static void write_tree(struct parts *parts, const struct snapshot *snapshot,
		       const struct recovery_part *part, const struct key *top)
{
	for (const struct key *key = top; key; key = key_next(top, key)) {
		bool recovered = key->flags & KEY_FLAG_RECOVERED;
		if (!recovered && key->n_values == 0)
			continue;
		enum recovery_place place = recovery_place(part, key);
		/* What is in a recovered profile is told there. */
		if (place == RECOVERY_IN_PROFILE || place == RECOVERY_FOUND_BEFORE ||
		    (place == RECOVERY_ELSEWHERE && !is_asked_for(parts, snapshot, key)))
			continue;
		if (recovered)
			cell_key(parts, snapshot, key, CELL_DELETED);
		for (uint32_t i = 0; i < key->n_values; i++)
			cell_value(parts, snapshot, key, &key->values[i], CELL_DELETED);
	}
}

/*
 * Without a key nothing but the name tells whether it was a profile's, and no name tells
 * nothing against it.
 */
static void write_lone(struct parts *parts, const struct snapshot *snapshot)
{
	const struct recovered_keys *recovered =
		series_recovery(parts->series, snapshot)->recovered;
	struct proptag tag;

	for (size_t i = 0; i < recovered->n_lone; i++)
		if (keypath_asks_for_all(parts->options->keys, parts->options->n_keys) ||
		    recovered->lone[i].name_len == 0 ||
		    proptag_parse(value_name(&recovered->lone[i]), &tag))
			cell_lone_value(parts, snapshot, i);
}

static void write_profiles(struct parts *parts, const struct snapshot *snapshot,
			   size_t n_whole)
{
	const struct recovery *recovery = series_recovery(parts->series, snapshot);
	size_t index = 0;
	bool *reported;

	while (parts->series->snapshots[index] != snapshot)
		index++;
	reported = series_reported(parts->series, index);
	if (!reported)
		xml_fail(parts->xml, STATUS_NOMEM);
	for (size_t i = 0; reported && i < recovery->n_profiles; i++) {
		write_profile(parts, snapshot, &recovery->profiles[i], reported[i],
			      i < n_whole);
		parts_step(parts);
	}
	free(reported);
}

void recoveries_write(struct parts *parts, const struct snapshot *snapshot,
		      size_t n_whole)
{
	const struct recovery *recovery = series_recovery(parts->series, snapshot);
	const struct recovered_keys *recovered = recovery->recovered;
	struct xml *xml = parts->xml;

	xml_open(xml, "recovered");
	xml_attribute(xml, "verdict", recovery->cannot_tell ? "cannot_tell" : "searched");
	xml_number(xml, "bytes", recovered->n_searched);
	xml_number(xml, "keys", recovered->n_keys);
	xml_number(xml, "values", recovered->n_values);
	xml_number(xml, "lone_values", recovered->n_lone);
	write_profiles(parts, snapshot, n_whole);
	for (size_t i = 0; i < recovery->n_parts; i++) {
		const struct recovery_part *part = &recovery->parts[i];
		write_tree(parts, snapshot, part, part->recovered->tree->root);
		write_tree(parts, snapshot, part, part->recovered->adrift);
	}
	write_lone(parts, snapshot);
	xml_close(xml);
}

/* ---- in a change ---- */

void recoveries_share(struct parts *parts, const struct recovered_share *share)
{
	struct xml *xml = parts->xml;

	xml_open(xml, "recovered_share");
	xml_attribute(xml, "completeness",
		      recoveredshare_word(recoveredshare_completeness(share)));
	xml_number(xml, "keys", share->n_keys);
	xml_number(xml, "values", share->n_values);
	xml_number(xml, "keys_lost", share->n_keys_lost);
	xml_number(xml, "values_lost", share->n_values_lost);
	xml_number(xml, "data_lost", share->n_data_lost);
	xml_number(xml, "heads_lost", share->n_heads_lost);
	xml_number(xml, "data_changed", share->n_data_changed);
	if (share->profile)
		write_how(xml, share->profile);
	xml_close(xml);
}
