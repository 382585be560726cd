// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Profiles, sections and properties, and the chain of services and providers. The forms
 * of names and data are those of real profiles: PT_STRING8 is REG_SZ, all else is
 * REG_BINARY.
 */
#include "mapi.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Property types (MS-OXCDATA 2.11.1). */
enum {
	PT_LONG = 0x0003,
	PT_BOOLEAN = 0x000B,
	PT_STRING8 = 0x001E,
	PT_UNICODE = 0x001F,
	PT_SYSTIME = 0x0040,
	PT_CLSID = 0x0048,
	PT_BINARY = 0x0102,
	PT_MV_LONG = 0x1003,
	PT_MV_STRING8 = 0x101E,
	PT_MV_UNICODE = 0x101F,
	PT_MV_BINARY = 0x1102,
};

enum { UID_DIGITS = 32 };

/* --- bytes --- */

void mapi_blob_add(struct mapi_blob *blob, const void *bytes, size_t n)
{
	if (n > sizeof(blob->bytes) - blob->n) {
		fputs("mapi: value too large\n", stderr);
		abort();
	}
	memcpy(blob->bytes + blob->n, bytes, n);
	blob->n += n;
}

void mapi_blob_number(struct mapi_blob *blob, uint64_t number, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		uint8_t byte = (uint8_t)(number >> (8 * i));

		mapi_blob_add(blob, &byte, 1);
	}
}

static uint8_t digit(char c)
{
	return (uint8_t)(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
}

void mapi_blob_hex(struct mapi_blob *blob, const char *digits)
{
	for (; digits[0] != '\0'; digits += 2)
		mapi_blob_number(blob,
				 (uint64_t)(digit(digits[0]) << 4 | digit(digits[1])), 1);
}

void mapi_blob_text(struct mapi_blob *blob, const char *text)
{
	uint8_t units[2 * 1024];

	if (strlen(text) >= 1024)
		abort();
	mapi_blob_add(blob, units, builder_utf16(text, units));
	mapi_blob_number(blob, 0, 2);
}

/* splitmix64 (S. Vigna, public domain): small, and well mixed from any seed. */
static uint64_t next_random(uint64_t *state)
{
	uint64_t z = *state += 0x9E3779B97F4A7C15;

	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
	return z ^ (z >> 31);
}

void mapi_blob_random(struct mapi_profile *p, struct mapi_blob *blob, size_t n)
{
	for (; n >= 8; n -= 8)
		mapi_blob_number(blob, next_random(&p->seed), 8);
	mapi_blob_number(blob, next_random(&p->seed), n);
}

struct mapi_uid mapi_uid_next(struct mapi_profile *p)
{
	struct mapi_blob blob = { .n = 0 };
	struct mapi_uid uid;

	mapi_blob_random(p, &blob, sizeof(uid.bytes));
	memcpy(uid.bytes, blob.bytes, sizeof(uid.bytes));
	return uid;
}

/* --- profiles and sections --- */

struct mapi_profile mapi_profile_new(struct builder *b, builder_key profiles,
				     const char *name, enum mapi_writer writer,
				     uint64_t filetime, uint64_t seed)
{
	return (struct mapi_profile){
		.b = b,
		.key = builder_key_add(b, profiles, name, filetime),
		.writer = writer,
		.filetime = filetime,
		.seed = seed,
	};
}

builder_key mapi_profile_move(struct builder *b, builder_key profile,
			      builder_key profiles, const char *name, uint64_t filetime)
{
	builder_key moved = builder_key_copy(b, profile, profiles, name, filetime);

	builder_key_delete(b, profile, filetime);
	return moved;
}

void mapi_generated_name(char *out, size_t size, const char *prefix, uint32_t pid,
			 uint64_t filetime)
{
	int len = snprintf(out, size, "%s %08" PRIx32 "%08" PRIx32 "%08" PRIx32, prefix,
			   pid, (uint32_t)(filetime >> 32), (uint32_t)filetime);

	if (len < 0 || (size_t)len >= size)
		abort();
}

builder_key mapi_section(struct mapi_profile *p, const char *digits)
{
	return builder_key_add(p->b, p->key, digits, p->filetime);
}

builder_key mapi_section_of(struct mapi_profile *p, const struct mapi_uid *uid)
{
	static const char hex[] = "0123456789abcdef";
	char digits[UID_DIGITS + 1] = "";

	for (size_t i = 0; i < sizeof(uid->bytes); i++) {
		digits[2 * i] = hex[uid->bytes[i] >> 4];
		digits[2 * i + 1] = hex[uid->bytes[i] & 0xF];
	}
	return mapi_section(p, digits);
}

/* --- properties --- */

static void put(struct mapi_profile *p, builder_key section, unsigned type, uint16_t id,
		const struct mapi_blob *data)
{
	char name[16];

	snprintf(name, sizeof(name), "%04x%04x", type, (unsigned)id);
	builder_value_set(p->b, section, name,
			  type == PT_STRING8 ? BUILDER_SZ : BUILDER_BINARY, data->bytes,
			  data->n);
}

static void put_number(struct mapi_profile *p, builder_key section, unsigned type,
		       uint16_t id, uint64_t number, size_t size)
{
	struct mapi_blob data;

	data.n = 0;
	mapi_blob_number(&data, number, size);
	put(p, section, type, id, &data);
}

static void put_text(struct mapi_profile *p, builder_key section, unsigned type,
		     uint16_t id, const char *text)
{
	struct mapi_blob data;

	data.n = 0;
	mapi_blob_text(&data, text);
	put(p, section, type, id, &data);
}

void mapi_string8(struct mapi_profile *p, builder_key section, uint16_t id,
		  const char *text)
{
	put_text(p, section, PT_STRING8, id, text);
}

void mapi_unicode(struct mapi_profile *p, builder_key section, uint16_t id,
		  const char *text)
{
	put_text(p, section, PT_UNICODE, id, text);
}

void mapi_text(struct mapi_profile *p, builder_key section, uint16_t id, const char *text)
{
	put_text(p, section, p->writer == MAPI_ANSI_32 ? PT_STRING8 : PT_UNICODE, id,
		 text);
}

void mapi_long(struct mapi_profile *p, builder_key section, uint16_t id, uint32_t number)
{
	put_number(p, section, PT_LONG, id, number, 4);
}

void mapi_boolean(struct mapi_profile *p, builder_key section, uint16_t id, bool on)
{
	put_number(p, section, PT_BOOLEAN, id, on, 2);
}

void mapi_systime(struct mapi_profile *p, builder_key section, uint16_t id,
		  uint64_t filetime)
{
	put_number(p, section, PT_SYSTIME, id, filetime, 8);
}

static void put_bytes(struct mapi_profile *p, builder_key section, unsigned type,
		      uint16_t id, const void *bytes, size_t n)
{
	struct mapi_blob data;

	data.n = 0;
	mapi_blob_add(&data, bytes, n);
	put(p, section, type, id, &data);
}

void mapi_clsid(struct mapi_profile *p, builder_key section, uint16_t id,
		const struct mapi_uid *guid)
{
	put_bytes(p, section, PT_CLSID, id, guid->bytes, sizeof(guid->bytes));
}

void mapi_binary(struct mapi_profile *p, builder_key section, uint16_t id,
		 const void *data, size_t len)
{
	put_bytes(p, section, PT_BINARY, id, data, len);
}

void mapi_uid_set(struct mapi_profile *p, builder_key section, uint16_t id,
		  const struct mapi_uid *uid)
{
	put_bytes(p, section, PT_BINARY, id, uid->bytes, sizeof(uid->bytes));
}

void mapi_uid_append(struct mapi_profile *p, builder_key section, uint16_t id,
		     const struct mapi_uid *uid)
{
	struct mapi_blob list;
	char name[16];
	size_t len;

	list.n = 0;
	snprintf(name, sizeof(name), "%04x%04x", (unsigned)PT_BINARY, (unsigned)id);
	const uint8_t *old = builder_value_data(p->b, section, name, &len);
	if (old != NULL)
		mapi_blob_add(&list, old, len);
	mapi_blob_add(&list, uid->bytes, sizeof(uid->bytes));
	put(p, section, PT_BINARY, id, &list);
}

/* --- multi-value properties: arrays as in memory, pointers turned into offsets --- */

static size_t pointer_size(const struct mapi_profile *p)
{
	return p->writer == MAPI_UNICODE_64 ? 8 : 4;
}

void mapi_mv_long(struct mapi_profile *p, builder_key section, uint16_t id,
		  const uint32_t *numbers, size_t n)
{
	struct mapi_blob data;

	data.n = 0;
	for (size_t i = 0; i < n; i++)
		mapi_blob_number(&data, numbers[i], 4);
	put(p, section, PT_MV_LONG, id, &data);
}

static void put_table(struct mapi_profile *p, builder_key section, unsigned type,
		      uint16_t id, const struct mapi_blob *items, size_t n)
{
	struct mapi_blob data;
	size_t pointer = pointer_size(p);
	/* A binary entry is a length and a pointer, which 64-bit code aligns to 8. */
	size_t entry = type == PT_MV_BINARY ? 2 * pointer : pointer;
	size_t offset = 4 + n * entry;

	data.n = 0;
	mapi_blob_number(&data, n, 4);
	for (size_t i = 0; i < n; i++) {
		if (type == PT_MV_BINARY)
			mapi_blob_number(&data, items[i].n, pointer);
		mapi_blob_number(&data, offset, pointer);
		offset += items[i].n;
	}
	for (size_t i = 0; i < n; i++)
		mapi_blob_add(&data, items[i].bytes, items[i].n);
	put(p, section, type, id, &data);
}

void mapi_mv_string8(struct mapi_profile *p, builder_key section, uint16_t id,
		     const char *const *texts, size_t n)
{
	struct mapi_blob items[8];

	for (size_t i = 0; i < n; i++) {
		items[i].n = 0;
		mapi_blob_add(&items[i], texts[i], strlen(texts[i]) + 1);
	}
	put_table(p, section, PT_MV_STRING8, id, items, n);
}

void mapi_mv_unicode(struct mapi_profile *p, builder_key section, uint16_t id,
		     const char *const *texts, size_t n)
{
	struct mapi_blob items[8];

	for (size_t i = 0; i < n; i++) {
		items[i].n = 0;
		mapi_blob_text(&items[i], texts[i]);
	}
	put_table(p, section, PT_MV_UNICODE, id, items, n);
}

void mapi_mv_binary(struct mapi_profile *p, builder_key section, uint16_t id,
		    const struct mapi_blob *items, size_t n)
{
	put_table(p, section, PT_MV_BINARY, id, items, n);
}

/* --- the chain --- */

struct mapi_uid mapi_service_add(struct mapi_profile *p,
				 const struct mapi_service *service)
{
	struct mapi_uid uid = mapi_uid_next(p);
	builder_key section = mapi_section_of(p, &uid);

	mapi_text(p, section, 0x3001, service->display);
	mapi_text(p, section, 0x3d09, service->name);
	mapi_text(p, section, 0x3d0a, service->dll);
	mapi_text(p, section, 0x3d0b, service->entry);
	mapi_mv_string8(p, section, 0x3d0f, &service->dll, 1);
	if (service->install_id != NULL)
		mapi_text(p, section, 0x3d13, service->install_id);
	mapi_long(p, section, 0x3009, service->flags);
	mapi_uid_append(p, mapi_section(p, MAPI_ROOT), 0x3d0e, &uid);
	return uid;
}

struct mapi_uid mapi_provider_add(struct mapi_profile *p, const struct mapi_uid *service,
				  const char *service_name,
				  const struct mapi_provider *provider)
{
	struct mapi_uid uid = mapi_uid_next(p);
	builder_key section = mapi_section_of(p, &uid);
	uint16_t list = provider->type == MAPI_STORE	      ? 0x3d00
			: provider->type == MAPI_ADDRESS_BOOK ? 0x3d01
							      : 0x3d02;

	mapi_long(p, section, 0x3e03, (uint32_t)provider->type);
	mapi_text(p, section, 0x300a, provider->dll);
	mapi_text(p, section, 0x3006, provider->name);
	mapi_text(p, section, 0x3001, provider->display);
	mapi_text(p, section, 0x3d09, service_name);
	mapi_long(p, section, 0x3009, provider->flags);
	mapi_uid_set(p, section, 0x3d0c, service);
	mapi_uid_append(p, mapi_section_of(p, service), list, &uid);
	mapi_uid_append(p, mapi_section(p, MAPI_ROOT), list, &uid);
	return uid;
}

void mapi_instance(struct mapi_profile *p)
{
	struct mapi_uid id = mapi_uid_next(p);

	mapi_uid_set(p, mapi_section(p, MAPI_INSTANCE), 0x300b, &id);
}
