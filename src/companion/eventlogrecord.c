/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Records of event logs.  Source: Microsoft, EVENTLOGRECORD.  SID and data are
 * not read: nothing here needs them, and what is wrong with them spoils nothing.
 */
#include "companion/eventlogrecord.h"

#define NUMBER 0x08
#define TIME 0x0c
#define ID 0x14
#define TYPE 0x18
#define N_STRINGS 0x1a
#define CATEGORY 0x1c
#define STRINGS 0x24
#define DATA 0x34
#define LENGTH_SIZE 4u

/* The units of UTF-16 up to the first NUL; *ended says whether there is one. */
static struct text units_at(struct span bytes, bool *ended)
{
	struct text all = { span_clip(bytes, bytes.len - bytes.len % 2), TEXT_UTF16LE };
	struct text t = text_until_nul(all);

	*ended = t.bytes.len < all.bytes.len;
	return t;
}

/* Takes a name from the front of *rest.  Return: false if it has no NUL. */
static bool take_name(struct span *rest, struct text *out)
{
	bool ended = false;

	*out = units_at(*rest, &ended);
	*rest = span_from(*rest, out->bytes.len + 2);
	return ended;
}

/*
 * Strings stand behind the names and end where data begin, if that can be; a
 * NUL is the least that there can be of them.
 */
static struct span strings_of(struct span body, size_t names_end)
{
	uint32_t strings = 0, data = 0;

	if (!span_le32(body, STRINGS, &strings) || !span_le32(body, DATA, &data) ||
	    strings < names_end || strings > body.len - 2)
		return span_of("", 0);
	if (data > body.len || data < strings || data - strings < 2)
		data = (uint32_t)body.len;
	return span_clip(span_from(body, strings), data - strings);
}

bool eventlogrecord_read(struct span record, struct eventlogrecord *out)
{
	struct span body, names;

	*out = (struct eventlogrecord){ 0 };
	if (record.len < EVENTLOGRECORD_LEAST)
		return false;
	body = span_clip(record, record.len - LENGTH_SIZE);
	names = span_from(body, EVENTLOGRECORD_FIXED);
	out->names_end = take_name(&names, &out->source);
	out->names_end &= take_name(&names, &out->computer);
	out->strings = strings_of(body, body.len - names.len);
	if (!span_le16(record, N_STRINGS, &out->n_strings))
		return false;
	out->strings_lost = out->n_strings > 0 && out->strings.len == 0;
	if (out->strings_lost)
		out->n_strings = 0;
	return span_le32(record, NUMBER, &out->number) &&
	       span_le32(record, TIME, &out->time) && span_le32(record, ID, &out->id) &&
	       span_le16(record, TYPE, &out->type) &&
	       span_le16(record, CATEGORY, &out->category);
}

bool eventlogrecord_string(struct span *strings, struct text *out, bool *ended)
{
	bool has_nul = false;

	if (strings->len < 2)
		return false;
	*out = units_at(*strings, &has_nul);
	if (ended)
		*ended = has_nul;
	*strings = span_from(*strings, out->bytes.len + 2);
	return true;
}
