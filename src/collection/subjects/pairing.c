/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Hives are of one subject if they have the same security id, else the same name, else
 * the same path inside of their operands, and of exports the same root there.  Hives that are known by a name alone go with
 * those of the one security id that has this name; where several ids have it, they stay
 * for themselves.  "jdoe" and "jdoe.CORP" are one if their id is, and "jdoe" with two
 * ids is two.
 */
#include "collection/subjects/pairing.h"

#include "base/array.h"
#include "base/path.h"
#include "base/text.h"
#include "collection/subjects/pairinggap.h"
#include "collection/subjects/pairinglog.h"
#include "collection/subjects/pairingname.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* What a hive is known by, in the order of what is believed. */
enum key_kind { KEY_SID, KEY_ROLE, KEY_NAME, KEY_PATH };

struct pairing_key {
	enum key_kind kind;
	const struct whose_hive *hive;
	const struct found *found;
	const char *text;
	const char *root; /* of KEY_PATH: of an export; "" if it is none */
	struct text name; /* of KEY_NAME, to be freed */
	size_t subject;	  /* its index, once it is known */
};

struct pairing_keys {
	struct pairing_key *items;
	size_t n;
};

void pairing_free(struct pairing *pairing)
{
	if (!pairing)
		return;
	for (size_t i = 0; i < pairing->n; i++) {
		free(pairing->items[i].file_name);
		free(pairing->items[i].why);
		free(pairing->items[i].sources);
	}
	free(pairing->items);
	free(pairing);
}

void pairing_freep(struct pairing **pairing)
{
	pairing_free(*pairing);
}

/* ---- what hives are known by ---- */

static enum status set_key(struct pairing_key *key, bool one_subject)
{
	const struct whose_hive *hive = key->hive;

	*key = (struct pairing_key){ .kind = KEY_PATH,
				     .hive = hive,
				     .found = key->found,
				     .root = hive->root && !one_subject ? hive->root : "",
				     .text = *key->found->inside
						     ? key->found->inside
						     : path_name(key->found->path) };
	if (one_subject)
		key->text = "";
	else if (hive->sid[0]) {
		key->kind = KEY_SID;
		key->text = hive->sid;
	} else if (hive->role == SUBJECT_TEMPLATE) {
		key->kind = KEY_ROLE;
		key->text = subject_role_word(hive->role);
	} else if (hive->name) {
		key->kind = KEY_NAME;
		key->text = hive->name;
		if (!text_from_utf8(hive->name, strlen(hive->name), &key->name))
			return STATUS_NOMEM;
	}
	return STATUS_OK;
}

static int compare_keys(const struct pairing_key *a, const struct pairing_key *b)
{
	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	if (a->kind == KEY_NAME)
		return text_compare(a->name, b->name);
	if (a->kind != KEY_PATH)
		return strcmp(a->text, b->text);
	int order = strcasecmp(a->text, b->text);
	return order ? order : strcasecmp(a->root, b->root);
}

/* Hives of one subject stay in the order of the finds. */
static int by_key(const void *left, const void *right)
{
	const struct pairing_key *a = left, *b = right;
	int order = compare_keys(a, b);

	return order ? order : (a->hive > b->hive) - (a->hive < b->hive);
}

static void clear_keys(struct pairing_keys *keys)
{
	for (size_t i = 0; i < keys->n; i++)
		text_free(keys->items[i].name);
	free(keys->items);
}

static enum status read_keys(const struct finds *finds, const struct whose *whose,
			     bool one_subject, struct pairing_keys *keys)
{
	keys->items = calloc(whose->n + 1, sizeof(*keys->items));
	if (!keys->items)
		return STATUS_NOMEM;
	for (size_t i = 0; i < whose->n; i++) {
		struct pairing_key *key = &keys->items[keys->n];
		if (whose->items[i].kind != WHOSE_USERS)
			continue;
		key->hive = &whose->items[i];
		key->found = &finds->items[whose->items[i].found];
		RETURN_IF_FAILED(set_key(key, one_subject));
		keys->n++;
	}
	qsort(keys->items, keys->n, sizeof(*keys->items), by_key);
	return STATUS_OK;
}

/* ---- subjects ---- */

/* A name that some hive of a security id has. */
struct id_name {
	struct text name;
	size_t subject;
};

struct id_names {
	struct id_name *items;
	size_t n;
};

static int by_name(const void *left, const void *right)
{
	const struct id_name *a = left, *b = right;
	int order = text_compare(a->name, b->name);

	return order ? order : (a->subject > b->subject) - (a->subject < b->subject);
}

static void clear_names(struct id_names *names)
{
	for (size_t i = 0; i < names->n; i++)
		text_free(names->items[i].name);
	free(names->items);
}

static enum status read_names(const struct pairing_keys *keys, struct id_names *out)
{
	out->items = calloc(keys->n + 1, sizeof(*out->items));
	if (!out->items)
		return STATUS_NOMEM;
	for (size_t i = 0; i < keys->n; i++) {
		const struct pairing_key *key = &keys->items[i];
		struct id_name *name = &out->items[out->n];
		if (key->kind != KEY_SID || !key->hive->name)
			continue;
		if (!text_from_utf8(key->hive->name, strlen(key->hive->name),
				    &name->name))
			return STATUS_NOMEM;
		name->subject = key->subject;
		out->n++;
	}
	qsort(out->items, out->n, sizeof(*out->items), by_name);
	return STATUS_OK;
}

/* The only security id that has the name; *several: more than one has it. */
static bool find_id(const struct id_names *names, struct text name, size_t *subject,
		    bool *several)
{
	size_t i = ARRAY_COUNT_BEFORE(names->items, names->n, item,
				      text_compare(item->name, name) < 0);
	bool found = i < names->n && text_equal(names->items[i].name, name);

	if (found)
		*subject = names->items[i].subject;
	for (; found && i < names->n && text_equal(names->items[i].name, name); i++)
		*several |= names->items[i].subject != *subject;
	return found && !*several;
}

/* Each run of equal keys is a subject, or joins one. */
static enum status make_subjects(struct pairing *pairing, struct pairing_keys *keys,
				 bool joins)
{
	struct id_names names = { 0 };
	enum status status = joins ? read_names(keys, &names) : STATUS_OK;

	for (size_t i = 0, next; status == STATUS_OK && i < keys->n; i = next) {
		struct pairing_key *key = &keys->items[i];
		size_t subject = pairing->n;
		bool several = false;
		for (next = i + 1;
		     next < keys->n && compare_keys(key, key + (next - i)) == 0;)
			next++;
		if ((key->kind == KEY_NAME) != joins)
			continue;
		if (!joins || !find_id(&names, key->name, &subject, &several)) {
			status = ARRAY_RESERVE(pairing, FOUND_MAX);
			if (status != STATUS_OK)
				break;
			subject = pairing->n++;
			pairing->items[subject] =
				(struct pairing_subject){ .ambiguous = several };
		}
		for (size_t k = i; k < next; k++)
			keys->items[k].subject = subject;
	}
	clear_names(&names);
	return status;
}

/* ---- their snapshots ---- */

static uint64_t rank_of(const struct place *place)
{
	enum { REPAIR, WINDOWS_OLD, RESTORE_POINT, SHADOW_COPY, REGBACK, LIVE };
	uint64_t rank = LIVE;
	uint32_t number = 0;

	if (place->shadow_copy > 0) {
		rank = SHADOW_COPY;
		number = place->shadow_copy;
	} else if (place->layout == PLACE_RESTORE_POINT) {
		rank = RESTORE_POINT;
		number = place->number;
	} else if (place->layout == PLACE_REPAIR) {
		rank = REPAIR;
	} else if (place->layout == PLACE_WINDOWS_OLD) {
		rank = WINDOWS_OLD;
	} else if (place->layout == PLACE_REGBACK) {
		rank = REGBACK;
	}
	return rank << 32 | number;
}

/* By operand, then as the headers tell; what the keys tell comes when they are read. */
static int by_age(const void *left, const void *right)
{
	const struct pairing_source *a = left, *b = right;
	uint64_t x = a->hive->written_ft, y = b->hive->written_ft;

	if (a->found->operand != b->found->operand)
		return a->found->operand < b->found->operand ? -1 : 1;
	if (x != y)
		return x < y ? -1 : 1;
	if (a->rank != b->rank)
		return a->rank < b->rank ? -1 : 1;
	return (a->hive > b->hive) - (a->hive < b->hive);
}

/*
 * Past the most, the oldest are left out of the operand that has the most snapshots, so
 * that none of them loses all.
 */
static void leave_out(struct pairing_subject *subject)
{
	while (subject->n > PAIRING_MOST) {
		size_t most = 0, at = 0;
		for (size_t i = 0, next; i < subject->n; i = next) {
			size_t operand = subject->sources[i].found->operand;
			for (next = i; next < subject->n &&
				       subject->sources[next].found->operand == operand;)
				next++;
			if (next - i > most) {
				most = next - i;
				at = i;
			}
		}
		subject->n--;
		subject->n_left_out++;
		memmove(&subject->sources[at], &subject->sources[at + 1],
			(subject->n - at) * sizeof(*subject->sources));
	}
}

static enum status add_sources(struct pairing *pairing, const struct pairing_keys *keys,
			       const struct pairinglog *logs)
{
	for (size_t i = 0; i < keys->n; i++) {
		const struct pairing_key *key = &keys->items[i];
		struct pairing_subject *subject = &pairing->items[key->subject];
		void *sources = subject->sources;
		enum status status = array_reserve(&sources, subject->n, &subject->cap,
						   sizeof(*subject->sources), FOUND_MAX);
		subject->sources = sources;
		RETURN_IF_FAILED(status);
		struct pairing_source *source = &subject->sources[subject->n++];
		*source = (struct pairing_source){ .hive = key->hive,
						   .found = key->found,
						   .rank = rank_of(&key->found->place) };
		if (!whose_is_export(key->hive))
			pairinglog_add(logs, source);
	}
	return STATUS_OK;
}

/* Of what its hives tell the newest that is told. */
static void name_subject(struct pairing_subject *subject)
{
	subject->sid = "";
	subject->role = SUBJECT_UNKNOWN;
	for (size_t i = subject->n; i > 0; i--) {
		const struct whose_hive *hive = subject->sources[i - 1].hive;
		if (!subject->sid[0])
			subject->sid = hive->sid;
		if (!subject->name)
			subject->name = hive->name;
		if (subject->role == SUBJECT_UNKNOWN)
			subject->role = hive->role;
	}
}

static int by_subject(const void *left, const void *right)
{
	const struct pairing_subject *a = left, *b = right;
	int order = strcasecmp(paired_name(a), paired_name(b));

	order = order ? order : strcmp(paired_name(a), paired_name(b));
	return order ? order : strcmp(a->sid, b->sid);
}

static enum status complete(struct pairing *pairing, const struct finds *finds,
			    const struct whose *whose, bool by_time)
{
	for (size_t i = 0; i < pairing->n; i++) {
		struct pairing_subject *subject = &pairing->items[i];
		qsort(subject->sources, subject->n, sizeof(*subject->sources), by_age);
		leave_out(subject);
		name_subject(subject);
		RETURN_IF_FAILED(pairinggap_decide(finds, whose, by_time, subject));
	}
	if (pairing->n > 1)
		qsort(pairing->items, pairing->n, sizeof(*pairing->items), by_subject);
	return pairingname_set(pairing);
}

enum status pairing_read(const struct finds *finds, const struct whose *whose,
			 bool one_subject, bool by_time, struct pairing **out)
{
	AUTO(pairing_freep) struct pairing *pairing = calloc(1, sizeof(*pairing));
	struct pairing_keys keys = { 0 };
	struct pairinglog logs = { 0 };
	enum status status = pairing ? pairinglog_read(finds, &logs) : STATUS_NOMEM;

	if (status == STATUS_OK)
		status = read_keys(finds, whose, one_subject, &keys);
	if (status == STATUS_OK)
		status = make_subjects(pairing, &keys, false);
	if (status == STATUS_OK)
		status = make_subjects(pairing, &keys, true);
	if (status == STATUS_OK)
		status = add_sources(pairing, &keys, &logs);
	if (status == STATUS_OK)
		status = complete(pairing, finds, whose, by_time);
	clear_keys(&keys);
	pairinglog_clear(&logs);
	RETURN_IF_FAILED(status);
	*out = STEAL(pairing);
	return STATUS_OK;
}
