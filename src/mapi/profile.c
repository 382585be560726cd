/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One profile: its light form with the digest, its sections and their
 * properties, and the order in which its whole content is read.
 *
 * The digest is the SHA-256 of these records, one after the other, all
 * numbers little-endian.  For the profile key and each key below it, parents
 * before children and siblings by upper-cased name:
 *
 *   u8   0x4B 'K'
 *   u32  depth: 0 for the profile key, 1 for its subkeys, ...
 *   u16  units of the name; 0 for the profile key, whose name does not count
 *        the name in UTF-16LE, as spelled
 *
 * and after it for each of its values, by upper-cased name:
 *
 *   u8   0x56 'V', or 0x53 'S' for a secret
 *   u16  units of the name
 *        the name in UTF-16LE, as spelled
 *   u32  registry type
 *   u32  bytes of data
 *        the data; not those of a secret
 *
 * With everything else in the report, a short secret could be found by trying
 * until the digest fits; so secrets count only by their length.  Whether they
 * are the same is told by a digest of their own that is never shown.
 */
#include "mapi/profile.h"

#include "mapi/content.h"
#include "mapi/hex.h"
#include "mapi/secret.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct section_row {
	const char *name;
	const char *owner;
	const char *word; /* "" if nobody knows */
	const char *holds;
};

static const struct section_row fixed_sections[] = {
#include "mapi/sections.inc"
};

static const char *const problem_words[] = {
	[PROFILE_DANGLING_UID] = "dangling_uid",
	[PROFILE_DANGLING_ACCOUNT] = "dangling_account",
	[PROFILE_ORPHAN_SECTION] = "orphan_section",
	[PROFILE_MISSING_ROOT_SECTION] = "missing_root_section",
	[PROFILE_DANGLING_DEFAULT] = "dangling_default",
	[PROFILE_UNDECODABLE] = "undecodable",
	[PROFILE_TRUNCATED] = "truncated",
};

static const char *const mailbox_words[] = {
	[PROFILE_MAILBOX_PRIMARY] = "primary",
	[PROFILE_MAILBOX_DELEGATE] = "delegate",
	[PROFILE_MAILBOX_PUBLIC] = "public",
};

const char *profile_problem_word(enum profile_problem_code code)
{
	return problem_words[code];
}

const char *profile_mailbox_word(enum profile_mailbox mailbox)
{
	return mailbox_words[mailbox];
}

/* ---- the digest ---- */

/* Small pieces are gathered: a call for each would cost more than the hash. */
struct gather {
	struct digest_stream *stream, *secrets;
	size_t n;
	uint8_t bytes[4096];
};

#define RECORD_HEAD_SIZE 8 /* no fixed part of a record is longer */

static void flush(struct gather *g)
{
	digest_add(g->stream, span_of(g->bytes, g->n));
	g->n = 0;
}

static void make_room(struct gather *g, size_t len)
{
	if (sizeof(g->bytes) - g->n < len)
		flush(g);
}

static void put_number(struct gather *g, uint32_t number, unsigned bytes)
{
	for (unsigned i = 0; i < bytes; i++)
		g->bytes[g->n++] = (uint8_t)(number >> 8 * i);
}

static void put_name(struct gather *g, struct text name)
{
	size_t length = text_length(name);

	put_number(g, (uint32_t)length, 2);
	for (size_t i = 0; i < length; i++) {
		uint16_t unit = text_unit(name, i);
		make_room(g, 2);
		g->bytes[g->n++] = (uint8_t)unit;
		g->bytes[g->n++] = (uint8_t)(unit >> 8);
	}
}

static void put_key(struct gather *g, const struct key *profile, const struct key *key)
{
	make_room(g, RECORD_HEAD_SIZE);
	put_number(g, 'K', 1);
	put_number(g, key->depth - profile->depth, 4);
	put_name(g, key == profile ? text_of("") : key_name(key));
}

static void put_data(struct gather *g, struct span data)
{
	if (span_is_empty(data))
		return;
	make_room(g, data.len);
	if (data.len > sizeof(g->bytes))
		digest_add(g->stream, data);
	else if (span_copy(data, 0, g->bytes + g->n, data.len))
		g->n += data.len;
}

static void put_value(struct gather *g, const struct value *value)
{
	bool secret = secret_is(value);

	make_room(g, RECORD_HEAD_SIZE);
	put_number(g, secret ? 'S' : 'V', 1);
	put_name(g, value_name(value));
	make_room(g, RECORD_HEAD_SIZE);
	put_number(g, value->type, 4);
	put_number(g, value->data_len, 4);
	if (secret)
		digest_add(g->secrets, value_data(value));
	else
		put_data(g, value_data(value));
}

/* ---- the light form ---- */

static void read_instance(struct profile *profile)
{
	const struct key *section =
		key_child(profile->key, text_of(PROFILE_SECTION_INSTANCE));
	struct span bytes;

	profile->has_instance = section && profile_bytes(section, 0x300b, &bytes) &&
				bytes.len == sizeof(profile->instance) &&
				span_copy(bytes, 0, profile->instance, bytes.len);
}

enum status profile_read(const struct key *key, struct profile *out)
{
	struct gather g;

	*out = (struct profile){ .key = key, .n_sections = key->n_children };
	g.n = 0;
	g.stream = digest_start();
	g.secrets = digest_start();
	if (!g.stream || !g.secrets) {
		digest_finish(g.stream, NULL);
		digest_finish(g.secrets, NULL);
		return STATUS_NOMEM;
	}
	for (const struct key *k = key; k; k = key_next(key, k)) {
		out->n_keys++;
		out->n_values += k->n_values;
		if (k->mtime_ft > out->newest_ft)
			out->newest_ft = k->mtime_ft;
		put_key(&g, key, k);
		for (uint32_t i = 0; i < k->n_values; i++) {
			out->n_bytes += value_data(&k->values[i]).len;
			put_value(&g, &k->values[i]);
		}
	}
	flush(&g);
	digest_finish(g.stream, &out->digest);
	digest_finish(g.secrets, &out->secrets);
	read_instance(out);
	return STATUS_OK;
}

bool profile_same_content(const struct profile *a, const struct profile *b)
{
	return memcmp(a->digest.bytes, b->digest.bytes, DIGEST_SIZE) == 0 &&
	       memcmp(a->secrets.bytes, b->secrets.bytes, DIGEST_SIZE) == 0;
}

/* ---- sections and their properties ---- */

static const struct section_row *find_section(struct text name)
{
	for (size_t i = 0; i < ARRAY_LEN(fixed_sections); i++)
		if (text_is(name, fixed_sections[i].name))
			return &fixed_sections[i];
	return NULL;
}

const char *profile_section_word(struct text section_name)
{
	const struct section_row *row = find_section(section_name);

	return row && row->word[0] ? row->word : NULL;
}

enum proptag_owner profile_section_owner(struct text section_name)
{
	const struct section_row *row = find_section(section_name);

	return row ? proptag_owner(row->owner) : PROPTAG_OWNER_ANY;
}

bool profile_is_fixed_section(struct text name)
{
	return find_section(name) != NULL;
}

bool profile_is_own_section(const struct key *section)
{
	struct text name = key_name(section);

	return hex_is(name, PROPERTY_UID_NAME_SIZE - 1) && !find_section(name);
}

const struct value *profile_typed_value(const struct key *section, uint16_t type,
					uint16_t id)
{
	char name[9];

	(void)snprintf(name, sizeof(name), "%04x%04x", (unsigned)type, (unsigned)id);
	return key_value(section, text_of(name));
}

const struct value *profile_property(const struct key *section, uint16_t id)
{
	static const uint16_t types[] = {
		PROPTAG_UNICODE,    PROPTAG_STRING8,	PROPTAG_LONG,
		PROPTAG_BINARY,	    PROPTAG_BOOLEAN,	PROPTAG_I2,
		PROPTAG_I8,	    PROPTAG_SYSTIME,	PROPTAG_CLSID,
		PROPTAG_MV_UNICODE, PROPTAG_MV_STRING8, PROPTAG_MV_BINARY,
		PROPTAG_MV_LONG,
	};

	for (size_t i = 0; i < ARRAY_LEN(types); i++) {
		const struct value *value = profile_typed_value(section, types[i], id);
		if (value)
			return value;
	}
	return NULL;
}

bool profile_string(const struct key *section, uint16_t id, struct text *out)
{
	const struct value *wide = profile_typed_value(section, PROPTAG_UNICODE, id);
	const struct value *narrow = profile_typed_value(section, PROPTAG_STRING8, id);

	return (wide && property_string(wide, out)) ||
	       (narrow && property_string(narrow, out));
}

bool profile_number(const struct key *section, uint16_t id, uint32_t *out)
{
	static const uint16_t types[] = { PROPTAG_LONG, PROPTAG_BOOLEAN, PROPTAG_I2 };

	for (size_t i = 0; i < ARRAY_LEN(types); i++) {
		const struct value *value = profile_typed_value(section, types[i], id);
		if (value && property_number(value, out))
			return true;
	}
	return false;
}

bool profile_bytes(const struct key *section, uint16_t id, struct span *out)
{
	const struct value *value = profile_typed_value(section, PROPTAG_BINARY, id);

	return value && property_bytes(value, out);
}

/* ---- the whole profile ---- */

static enum status read_content(struct content *c)
{
	RETURN_IF_FAILED(service_read(c));
	RETURN_IF_FAILED(account_read(c));
	RETURN_IF_FAILED(exchange_read(c));
	RETURN_IF_FAILED(datafile_read(c));
	RETURN_IF_FAILED(content_list_values(c));
	return content_list_orphans(c);
}

enum status profile_content_read(const struct key *key, struct profile_content **out)
{
	AUTO(profile_content_freep)
	struct profile_content *content = calloc(1, sizeof(*content));
	AUTO(content_clear) struct content c = { 0 };

	if (!content)
		return STATUS_NOMEM;
	content->key = key;
	profilename_read(key_name(key), &content->generated);
	RETURN_IF_FAILED(content_init(&c, content));
	RETURN_IF_FAILED(read_content(&c));
	*out = STEAL(content);
	return STATUS_OK;
}

void profile_content_free(struct profile_content *content)
{
	if (!content)
		return;
	free(content->services.items);
	free(content->providers.items);
	free(content->exchanges.items);
	free(content->files.items);
	free(content->accounts.items);
	free(content->settings.items);
	free(content->values.items);
	free(content->secrets.items);
	free(content->problems.items);
	free(content);
}

void profile_content_freep(struct profile_content **content)
{
	profile_content_free(*content);
}
