// SPDX-License-Identifier: GPL-2.0-or-later
#include "samples/worst.h"

#include "samples/builder.h"
#include "samples/builder_log.h"
#include "samples/mapi.h"
#include "samples/packer.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PROFILES MAPI_WMS "\\Profiles"
#define NAME_SIZE 40

/* What one more of them takes of a file, in bytes. */
enum {
	KEY_BYTES = 750, /* with the lists that it made too short */
	OF_SECTION = 16,
	SECTION_BYTES = 2000,
	MEMBER_BYTES = 130,
	ELEMENT_BYTES = 16,
	PAGE = 4096,
	MOST_SHARED = 50000,
};

/* Fields of a key's record, from where builder_key_offset() points. */
enum { NK_SUBKEYS = 20, NK_LIST = 28, NK_VALUES = 36, NK_VALUE_LIST = 40 };

static const struct {
	const char *word, *file;
} kinds[WORST_N_KINDS] = {
	[WORST_KEYS] = { "keys", "NTUSER.DAT" },
	[WORST_VALUES] = { "values", "NTUSER.DAT" },
	[WORST_SHARED_KEYS] = { "shared-keys", "NTUSER.DAT" },
	[WORST_SHARED_VALUES] = { "shared-values", "NTUSER.DAT" },
	[WORST_DELETED] = { "deleted", "NTUSER.DAT" },
	[WORST_ENTRIES] = { "entries", "NTUSER.DAT" },
	[WORST_TOUCHING] = { "touching", "NTUSER.DAT" },
	[WORST_ATTRIBUTES] = { "attributes", "report.xml" },
	[WORST_MEMBERS] = { "members", "archive.zip" },
	[WORST_LINES] = { "lines", "export.reg" },
};

const char *worst_word(enum worst_kind kind)
{
	return kinds[kind].word;
}

const char *worst_file_name(enum worst_kind kind)
{
	return kinds[kind].file;
}

static void *room(size_t len)
{
	void *bytes = calloc(len ? len : 1, 1);

	if (!bytes) {
		fputs("worst: out of memory\n", stderr);
		abort();
	}
	return bytes;
}

static uint64_t moment(void)
{
	return builder_filetime(2015, 3, 14, 9, 26, 53);
}

static struct builder *new_hive(unsigned minor)
{
	return builder_new(&(struct builder_options){
		.minor = minor,
		.embedded_name = "\\??\\C:\\Users\\worst\\ntuser.dat",
		.user_sid = "S-1-5-21-1004336348-1177238915-682003330-500",
		.last_written = moment(),
		.sequence = 1,
	});
}

/* Takes the builder. */
static struct worst finish(struct builder *b, size_t n)
{
	struct worst worst = { .n = n };
	const uint8_t *bytes = builder_bytes(b, &worst.len);

	worst.bytes = room(worst.len);
	memcpy(worst.bytes, bytes, worst.len);
	builder_free(b);
	return worst;
}

/* ---- hives ---- */

/* So many profiles without content; keys (may be NULL) are where they stand. */
static void add_profiles(struct builder *b, size_t n, builder_key *keys)
{
	builder_key list = builder_path(b, PROFILES, moment());
	char name[NAME_SIZE];

	for (size_t i = 0; i < n; i++) {
		(void)snprintf(name, sizeof(name), "p%07zu", i);
		builder_key key = builder_key_add(b, list, name, moment());
		if (keys)
			keys[i] = key;
	}
}

static struct worst many_keys(size_t bytes)
{
	struct builder *b = new_hive(5);

	add_profiles(b, bytes / KEY_BYTES, NULL);
	builder_finish(b);
	return finish(b, bytes / KEY_BYTES);
}

/* In sections of 16: a list that grows leaves the shorter ones behind. */
static struct worst many_values(size_t bytes)
{
	size_t n = bytes / SECTION_BYTES;
	struct builder *b = new_hive(5);
	builder_key profile = builder_path(b, PROFILES "\\Work", moment());
	char name[NAME_SIZE];

	for (size_t i = 0; i < n; i++) {
		(void)snprintf(name, sizeof(name), "%032zx", i);
		builder_key key = builder_key_add(b, profile, name, moment());
		for (size_t k = 0; k < OF_SECTION; k++) {
			(void)snprintf(name, sizeof(name), "001e%04zx", k);
			builder_value_dword(b, key, name, (uint32_t)i);
		}
	}
	builder_finish(b);
	return finish(b, n * OF_SECTION);
}

/* A list of subkeys (lf) or values of so many elements, as bytes of a value. */
static uint32_t add_list(struct builder *b, size_t n, bool values, builder_key subkey)
{
	size_t each = values ? 4 : 8, head = values ? 0 : 4;
	builder_key junk = builder_path(b, "zzz", moment());
	uint8_t *list = room(head + n * each);

	builder_value_dword(b, junk, "v", 1);
	size_t value = builder_value_offset(b, junk, "v");
	uint32_t rel = values ? (uint32_t)(value - 4 - PAGE) : subkey;
	if (!values) {
		memcpy(list, "lf", 2);
		list[2] = (uint8_t)n;
		list[3] = (uint8_t)(n >> 8);
	}
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < 4; k++)
			list[head + i * each + k] = (uint8_t)(rel >> (8 * k));
	builder_value_set(b, junk, "list", BUILDER_BINARY, list, head + n * each);
	free(list);
	builder_finish(b);
	return (uint32_t)(builder_value_data_offset(b, junk, "list") - 4 - PAGE);
}

/* Profiles, and a list that all of them name, of half of the bytes at most. */
static struct worst shared(size_t bytes, bool values)
{
	size_t each = values ? 4 : 8, n_shared = bytes / 2 / each;
	/* Data of one piece, however long. */
	struct builder *b = new_hive(3);

	/* hivex reads no longer lists than these, and what it refuses takes no time. */
	n_shared = n_shared > MOST_SHARED ? MOST_SHARED : n_shared;
	size_t n = (bytes - n_shared * each) / KEY_BYTES;
	builder_key *keys = room(n * sizeof(*keys));
	add_profiles(b, n, keys);
	uint32_t list = add_list(b, n_shared, values, keys[0]);
	for (size_t i = 1; i < n; i++) {
		size_t key = builder_key_offset(b, keys[i]);
		builder_poke32(b, key + (values ? NK_VALUES : NK_SUBKEYS),
			       (uint32_t)n_shared);
		builder_poke32(b, key + (values ? NK_VALUE_LIST : NK_LIST), list);
	}
	free(keys);
	return finish(b, n);
}

/* From the last one on: otherwise the list would be moved up for each. */
static struct worst many_deleted(size_t bytes)
{
	size_t n = bytes / KEY_BYTES;
	builder_key *keys = room(n * sizeof(*keys));
	struct builder *b = new_hive(5);

	add_profiles(b, n, keys);
	for (size_t i = n; i-- > 1;)
		builder_key_delete(b, keys[i], moment() + 1);
	builder_finish(b);
	free(keys);
	return finish(b, n - 1);
}

/* ---- logs ---- */

/* An eighth of the bytes is a hive, the rest are entries that are copies of one. */
static struct worst many_entries(size_t bytes, bool touching)
{
	struct builder *b = new_hive(5);
	uint8_t *data = room(15000);
	builder_key other = builder_path(b, "Other", moment());

	builder_path(b, PROFILES "\\Work\\" MAPI_ROOT, moment());
	/* Pieces in pages of their own, so that the hive is no single bin. */
	for (size_t i = 0; i < bytes / 8 / 16384; i++) {
		char name[NAME_SIZE];
		(void)snprintf(name, sizeof(name), "%06zu", i);
		builder_value_set(b, other, name, BUILDER_BINARY, data, 15000);
	}
	free(data);
	builder_key touched = touching ? builder_path(b, PROFILES, moment())
				       : builder_path(b, "Other\\Last", moment());
	size_t place = builder_key_offset(b, touched) + 4;
	struct builder_log_state before = builder_log_state_take(b);
	builder_key_touch(b, touched, moment() + 1);
	struct builder_log_state after = builder_log_state_take(b);
	if (memcmp(before.bytes + place, after.bytes + place, 8) == 0)
		abort();
	struct builder_log one = builder_log_new(&before, 1);
	/* Windows does not write such small ones, but they are sound. */
	size_t from = builder_log_add(
		&one, &before, &after,
		&(struct builder_log_options){ .page = 512, .tight = true });
	size_t size = one.end - from, n = bytes / 8 * 7 / size;
	struct worst worst = { .n = n, .log_len = from + n * size };
	worst.log = room(worst.log_len);
	memcpy(worst.log, one.bytes, from);
	/* Each writes another time, so that no two are the same. */
	const uint8_t *was = memmem(one.bytes + from, size, after.bytes + place, 8);
	if (!was)
		abort();
	size_t time = (size_t)(was - one.bytes);
	for (size_t i = 0; i < n; i++) {
		builder_log_put32(&one, from + 12, (uint32_t)(1 + i));
		builder_log_put32(&one, time, (uint32_t)(moment() + 1 + i));
		builder_log_rehash_entry(&one, from);
		memcpy(worst.log + from + i * size, one.bytes + from, size);
	}
	struct builder_log_state dirty = builder_log_dirty(&before, &before, 2, 1);
	worst.bytes = dirty.bytes;
	worst.len = dirty.len;
	builder_log_free(&one);
	builder_log_state_free(&before);
	builder_log_state_free(&after);
	builder_free(b);
	return worst;
}

/* ---- texts and archives ---- */

static struct worst many_attributes(size_t bytes)
{
	struct worst worst = { .n = bytes / ELEMENT_BYTES };
	FILE *out = open_memstream((char **)&worst.bytes, &worst.len);

	if (!out)
		abort();
	fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	      "<report xmlns=\"urn:wmsdiff:report:1\" version=\"1.0\"",
	      out);
	for (size_t i = 0; i < worst.n; i++)
		fprintf(out, " a%09zu=\"0\"", i);
	fputs("/>\n", out);
	if (fclose(out) != 0)
		abort();
	return worst;
}

static struct worst many_members(size_t bytes)
{
	struct packer *packer = packer_new(PACKER_ZIP);
	struct worst worst = { .n = bytes / MEMBER_BYTES };
	char name[NAME_SIZE];

	for (size_t i = 0; i < worst.n; i++) {
		(void)snprintf(name, sizeof(name), "f/%07zu", i);
		packer_add(packer, &(struct packer_member){ .name = name });
	}
	const uint8_t *made = packer_end(packer, &worst.len);
	worst.bytes = room(worst.len);
	memcpy(worst.bytes, made, worst.len);
	packer_free(packer);
	return worst;
}

/* From the last name to the first, which sorts worst. */
static struct worst many_lines(size_t bytes)
{
	static const char key[] = "[HKEY_CURRENT_USER\\" PROFILES "\\p";
	struct worst worst = { .n = bytes / (sizeof(key) + 20) };
	FILE *out = open_memstream((char **)&worst.bytes, &worst.len);

	if (!out)
		abort();
	fputs("REGEDIT4\r\n\r\n", out);
	for (size_t i = worst.n; i-- > 0;)
		fprintf(out, "%s%07zu]\r\n\"a\"=\"\"\r\n", key, i);
	if (fclose(out) != 0)
		abort();
	return worst;
}

struct worst worst_make(enum worst_kind kind, size_t bytes)
{
	switch (kind) {
	case WORST_KEYS:
		return many_keys(bytes);
	case WORST_VALUES:
		return many_values(bytes);
	case WORST_SHARED_KEYS:
	case WORST_SHARED_VALUES:
		return shared(bytes, kind == WORST_SHARED_VALUES);
	case WORST_DELETED:
		return many_deleted(bytes);
	case WORST_ENTRIES:
	case WORST_TOUCHING:
		return many_entries(bytes, kind == WORST_TOUCHING);
	case WORST_ATTRIBUTES:
		return many_attributes(bytes);
	case WORST_MEMBERS:
		return many_members(bytes);
	case WORST_LINES:
		return many_lines(bytes);
	case WORST_N_KINDS:
		break;
	}
	abort();
}

void worst_free(struct worst *worst)
{
	free(worst->bytes);
	free(worst->log);
	*worst = (struct worst){ 0 };
}
