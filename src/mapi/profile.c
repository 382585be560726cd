/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One profile: its light form with the digest.
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

#include "mapi/secret.h"
#include "mapi/section.h"

#include <string.h>

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

/* The usual name, which fits as a whole: no unit has to be looked at twice. */
static bool put_latin1(struct gather *g, struct text name)
{
	if (name.encoding != TEXT_LATIN1 || name.bytes.len > sizeof(g->bytes) / 2)
		return false;
	make_room(g, 2 * name.bytes.len);
	/* Of its own: what is written could else be thought to be these. */
	const uint8_t *in = name.bytes.ptr, *end = in + name.bytes.len;
	for (uint8_t *out = g->bytes + g->n; in < end; out += 2) {
		out[0] = *in++;
		out[1] = 0;
	}
	g->n += 2 * name.bytes.len;
	return true;
}

static void put_name(struct gather *g, struct text name)
{
	size_t length = text_length(name);

	put_number(g, (uint32_t)length, 2);
	if (put_latin1(g, name))
		return;
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
	const struct key *section = key_child(profile->key, text_of(SECTION_INSTANCE));
	struct span bytes;

	profile->has_instance = section && section_bytes(section, 0x300b, &bytes) &&
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

bool profile_is_other_instance(const struct profile *a, const struct profile *b)
{
	return a->has_instance && b->has_instance &&
	       memcmp(a->instance, b->instance, sizeof(a->instance)) != 0;
}

bool profile_same_content(const struct profile *a, const struct profile *b)
{
	return memcmp(a->digest.bytes, b->digest.bytes, DIGEST_SIZE) == 0 &&
	       memcmp(a->secrets.bytes, b->secrets.bytes, DIGEST_SIZE) == 0;
}
