/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "samples/packer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TAR_BLOCK 512
/* Zip: a date that can be, 2003-03-14 09:26:58. */
#define DOS_TIME (9u << 11 | 26u << 5 | 29u)
#define DOS_DATE ((2003u - 1980) << 9 | 3u << 5 | 14u)

struct bytes {
	uint8_t *items;
	size_t n, cap;
};

struct packer {
	enum packer_format format;
	struct bytes body, directory; /* the central directory of a zip */
	uint32_t n_members;
};

static void *need(void *p)
{
	if (!p)
		abort();
	return p;
}

static void append(struct bytes *to, const void *what, size_t len)
{
	if (len > to->cap - to->n) {
		to->cap = 2 * to->cap + len + 4096;
		to->items = need(realloc(to->items, to->cap));
	}
	if (len > 0)
		memcpy(to->items + to->n, what, len);
	to->n += len;
}

static void put(struct bytes *to, uint32_t number, size_t size)
{
	for (size_t i = 0; i < size; i++, number >>= 8)
		append(to, &(uint8_t){ (uint8_t)number }, 1);
}

/* CRC-32 of ISO 3309, bit by bit. */
static uint32_t crc32_of(const uint8_t *bytes, size_t len)
{
	uint32_t crc = UINT32_MAX;

	for (size_t i = 0; i < len; i++) {
		crc ^= bytes[i];
		for (int bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320u : 0);
	}
	return ~crc;
}

struct packer *packer_new(enum packer_format format)
{
	struct packer *packer = need(calloc(1, sizeof(*packer)));

	packer->format = format;
	return packer;
}

/* What a member's own header and the directory both have: from "version needed" on. */
static void put_zip_fields(struct bytes *to, const struct packer_member *m)
{
	uint32_t crc = crc32_of(m->bytes, m->len) ^ (m->wrong_crc ? 1 : 0);

	put(to, 20, 2);
	put(to, (m->encrypted ? 1u : 0) | (m->utf8 ? 1u << 11 : 0), 2);
	put(to, 0, 2); /* stored */
	put(to, DOS_TIME, 2);
	put(to, DOS_DATE, 2);
	put(to, crc, 4);
	put(to, (uint32_t)m->len, 4);
	put(to, (uint32_t)m->len, 4);
	put(to, (uint32_t)strlen(m->name), 2);
	put(to, 0, 2); /* extra field */
}

static void add_zip(struct packer *packer, const struct packer_member *m)
{
	uint32_t off = (uint32_t)packer->body.n;

	append(&packer->body, "PK\3\4", 4);
	put_zip_fields(&packer->body, m);
	append(&packer->body, m->name, strlen(m->name));
	append(&packer->body, m->bytes, m->len);

	append(&packer->directory, "PK\1\2", 4);
	put(&packer->directory, 20, 2); /* made by: DOS */
	put_zip_fields(&packer->directory, m);
	put(&packer->directory, 0, 2); /* comment */
	put(&packer->directory, 0, 2); /* disk */
	put(&packer->directory, 0, 2); /* attributes */
	put(&packer->directory, 0, 4);
	put(&packer->directory, off, 4);
	append(&packer->directory, m->name, strlen(m->name));
}

/* A tar's header and bytes, up to whole blocks. */
static void put_tar(struct bytes *to, const char *name, char type, const char *target,
		    uint32_t time, const void *bytes, size_t len)
{
	static const uint8_t zeros[TAR_BLOCK];
	char header[TAR_BLOCK] = { 0 };
	unsigned sum = 0;

	memcpy(header, name, strnlen(name, 100));
	(void)snprintf(header + 100, 8, "%07o", 0644u);
	(void)snprintf(header + 108, 8, "%07o", 0u);
	(void)snprintf(header + 116, 8, "%07o", 0u);
	(void)snprintf(header + 124, 12, "%011zo", len);
	(void)snprintf(header + 136, 12, "%011o", time);
	memset(header + 148, ' ', 8);
	header[156] = type;
	if (target)
		memcpy(header + 157, target, strnlen(target, 100));
	memcpy(header + 257, "ustar\00000", 8);
	for (size_t i = 0; i < TAR_BLOCK; i++)
		sum += (uint8_t)header[i];
	(void)snprintf(header + 148, 7, "%06o", sum);
	append(to, header, sizeof(header));
	append(to, bytes, len);
	append(to, zeros, (TAR_BLOCK - len % TAR_BLOCK) % TAR_BLOCK);
}

static void add_tar(struct packer *packer, const struct packer_member *m)
{
	size_t len = strlen(m->name);

	if (len > 100)
		put_tar(&packer->body, "././@LongLink", 'L', NULL, 0, m->name, len + 1);
	put_tar(&packer->body, m->name, m->type ? (char)m->type : '0', m->target, m->time,
		m->bytes, m->len);
}

void packer_add(struct packer *packer, const struct packer_member *member)
{
	packer->n_members++;
	if (packer->format == PACKER_ZIP)
		add_zip(packer, member);
	else
		add_tar(packer, member);
}

/* The numbers of a zip with more members than 16 bits can say: zip64. */
static void put_zip64(struct bytes *to, const struct packer *packer, uint32_t off)
{
	uint32_t end = (uint32_t)to->n;

	append(to, "PK\6\6", 4);
	put(to, 44, 4);
	put(to, 0, 4);
	put(to, 45, 2);
	put(to, 45, 2);
	put(to, 0, 4);
	put(to, 0, 4);
	for (int i = 0; i < 2; i++) {
		put(to, packer->n_members, 4);
		put(to, 0, 4);
	}
	put(to, (uint32_t)packer->directory.n, 4);
	put(to, 0, 4);
	put(to, off, 4);
	put(to, 0, 4);
	append(to, "PK\6\7", 4);
	put(to, 0, 4);
	put(to, end, 4);
	put(to, 0, 4);
	put(to, 1, 4);
}

static void end_zip(struct packer *packer)
{
	struct bytes *to = &packer->body;
	uint32_t off = (uint32_t)to->n, n = packer->n_members;

	append(to, packer->directory.items, packer->directory.n);
	if (n >= UINT16_MAX) {
		put_zip64(to, packer, off);
		n = UINT16_MAX;
	}
	append(to, "PK\5\6", 4);
	put(to, 0, 4);
	put(to, n, 2);
	put(to, n, 2);
	put(to, (uint32_t)packer->directory.n, 4);
	put(to, off, 4);
	put(to, 0, 2);
}

const uint8_t *packer_end(struct packer *packer, size_t *len)
{
	static const uint8_t zeros[2 * TAR_BLOCK];

	if (packer->format == PACKER_ZIP)
		end_zip(packer);
	else
		append(&packer->body, zeros, sizeof(zeros));
	*len = packer->body.n;
	return packer->body.items;
}

void packer_free(struct packer *packer)
{
	free(packer->body.items);
	free(packer->directory.items);
	free(packer);
}
