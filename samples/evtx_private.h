/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the two files of the writer of .evtx share: a chunk that is being filled, and an
 * event put into it as binary XML. All offsets count from the beginning of the chunk.
 */
#ifndef EVTX_PRIVATE_H
#define EVTX_PRIVATE_H

#include "evtx.h"

enum {
	EVTX_MAX_NAMES = 128,	 /* of elements and attributes in a chunk */
	EVTX_MAX_TEMPLATES = 64, /* in a chunk */
	EVTX_NAME_BUCKETS = 64,	 /* lists of names that the chunk's header leads to */
	EVTX_TEMPLATE_BUCKETS = 32,
	EVTX_NAMES_AT = 0x80,	   /* those lists in the header */
	EVTX_TEMPLATES_AT = 0x180, /* likewise */
};

/* What a chunk already holds: later records only point at it. */
struct evtx_known {
	struct {
		char text[64];
		uint32_t off;
	} names[EVTX_MAX_NAMES];
	size_t n_names;
	struct {
		uint32_t id; /* what tells templates apart, beside the computer */
		char computer[64];
		uint32_t off;
	} templates[EVTX_MAX_TEMPLATES];
	size_t n_templates;
};

struct evtx_out {
	uint8_t *chunk;
	uint32_t len; /* where the next byte goes */
	bool full;    /* it did not fit: what was written is to be thrown away */
	struct evtx_known *known;
};

struct evtx_content {
	const char *computer, *channel, *provider, *sid;
	uint64_t filetime, number; /* EventRecordID */
	uint64_t record;	   /* number of the record */
	uint16_t id;
	uint8_t level;
	const char *strings[EVTX_MAX_STRINGS];
	size_t n_strings;
	const void *raw; /* the XML itself; NULL: it is made of the others */
	size_t raw_len;
};

/* --- evtx_xml.c --- */

void evtx_put(struct evtx_out *out, uint64_t number, size_t bytes);
void evtx_set(uint8_t *at, uint64_t number, size_t bytes);

void evtx_put_bytes(struct evtx_out *out, const void *bytes, size_t len);

/* Puts the event as a fragment of binary XML behind what the chunk holds. */
void evtx_xml(struct evtx_out *out, const struct evtx_content *event);

#endif
