/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the files of the writer of .evtx share: a chunk that is being filled, and an
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

enum evtx_type {
	EVTX_TYPE_NULL = 0x00,
	EVTX_TYPE_STRING = 0x01,
	EVTX_TYPE_U8 = 0x04,
	EVTX_TYPE_U16 = 0x06,
	EVTX_TYPE_U32 = 0x08,
	EVTX_TYPE_U64 = 0x0a,
	EVTX_TYPE_GUID = 0x0f,
	EVTX_TYPE_FILETIME = 0x11,
	EVTX_TYPE_SID = 0x13,
	EVTX_TYPE_HEX64 = 0x15,
	EVTX_TYPE_XML = 0x21,
	EVTX_TYPE_STRINGS = 0x81, /* an array of strings, each with its NUL */
};

/* The values of the outer template, in their order. */
enum {
	EVTX_V_LEVEL,
	EVTX_V_TASK,
	EVTX_V_OPCODE,
	EVTX_V_ID,
	EVTX_V_QUALIFIERS,
	EVTX_V_KEYWORDS,
	EVTX_V_TIME,
	EVTX_V_ACTIVITY,
	EVTX_V_PROCESS,
	EVTX_V_THREAD,
	EVTX_V_NUMBER,
	EVTX_V_VERSION,
	EVTX_V_SID,
	EVTX_V_RELATED,
	EVTX_V_PROVIDER,
	EVTX_V_GUID,
	EVTX_V_CHANNEL,
	EVTX_V_DATA,
	EVTX_N_VALUES,
};

/* What the templates are. */
enum {
	EVTX_OUTER = 1,	  /* template of all events */
	EVTX_MANIFEST,	  /* and so many more: strings as named elements */
	EVTX_CLASSIC = 64 /* strings as an array */
};

#define EVTX_END_OF_STREAM 0x00

/* --- evtx_template.c --- */

/* Puts the head of an instance, with the template itself where it is new in the chunk. */
void evtx_instance(struct evtx_out *out, uint32_t id, const char *computer);

/* --- evtx_xml.c --- */

void evtx_put(struct evtx_out *out, uint64_t number, size_t bytes);
void evtx_set(uint8_t *at, uint64_t number, size_t bytes);

void evtx_put_bytes(struct evtx_out *out, const void *bytes, size_t len);
/* Units of the text, without a NUL. Return: bytes. */
size_t evtx_put_text(struct evtx_out *out, const char *text);

/* Room for a length that is known later; evtx_end_length() fills it in. */
uint32_t evtx_begin_length(struct evtx_out *out);
void evtx_end_length(struct evtx_out *out, uint32_t begin);

/* Puts the event as a fragment of binary XML behind what the chunk holds. */
void evtx_xml(struct evtx_out *out, const struct evtx_content *event);

#endif
