/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Property values as a line of text for people.  A printer returns false when
 * the value is not of the shape it prints; it has then written nothing, and
 * hex takes over.
 */
#include "mapi/property_render.h"

#include "base/filetime.h"
#include "base/hex.h"
#include "mapi/property.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

struct line {
	FILE *out;
	bool nomem;
};

static void print_hex(struct line *line, struct span bytes)
{
	struct span shown = span_clip(bytes, PROPERTY_RENDER_MAX);
	char digits[2 * 64 + 1];

	for (size_t i = 0; i < shown.len; i += 64) {
		struct span some = span_clip(span_from(shown, i), 64);
		hex_bytes(digits, some.ptr, some.len);
		(void)fputs(digits, line->out);
	}
	if (shown.len < bytes.len)
		(void)fprintf(line->out, "... (%zu bytes)", bytes.len);
}

static bool print_text(struct line *line, struct text t)
{
	char *utf8 = text_to_utf8(t, NULL);

	if (!utf8) {
		line->nomem = true;
		return false;
	}
	(void)fputs(utf8, line->out);
	free(utf8);
	return true;
}

static bool print_string(struct line *line, const struct value *value)
{
	struct text t;

	return property_string(value, &t) && print_text(line, t);
}

/* digits: of the hexadecimal form. */
static void print_number(struct line *line, uint64_t number, int digits)
{
	(void)fprintf(line->out, "%" PRIu64 " (0x%0*" PRIx64 ")", number, digits, number);
}

static bool print_integer(struct line *line, const struct value *value,
			  struct proptag tag)
{
	uint32_t number;
	uint64_t wide;

	if (tag.type == PROPTAG_I8) {
		if (!span_le64(value_data(value), 0, &wide))
			return false;
		print_number(line, wide, 16);
		return true;
	}
	if (!property_number(value, &number))
		return false;
	print_number(line, number, tag.type == PROPTAG_LONG ? 8 : 4);
	return true;
}

static bool print_time(struct line *line, struct span data)
{
	char text[FILETIME_TEXT_SIZE];
	uint64_t ft;

	if (!span_le64(data, 0, &ft))
		return false;
	filetime_format(ft, text);
	(void)fputs(text, line->out);
	return true;
}

/* Registry form: the first three fields are numbers, the last two bytes in order. */
static bool print_guid(struct line *line, struct span data)
{
	uint32_t first;
	uint16_t second, third;
	uint8_t rest[8];

	if (!span_le32(data, 0, &first) || !span_le16(data, 4, &second) ||
	    !span_le16(data, 6, &third) || !span_copy(data, 8, rest, sizeof(rest)))
		return false;
	(void)fprintf(line->out, "{%08" PRIX32 "-%04X-%04X-%02X%02X-", first,
		      (unsigned)second, (unsigned)third, (unsigned)rest[0],
		      (unsigned)rest[1]);
	for (size_t i = 2; i < sizeof(rest); i++)
		(void)fprintf(line->out, "%02X", (unsigned)rest[i]);
	(void)fputc('}', line->out);
	return true;
}

static void print_separator(struct line *line, size_t i)
{
	if (i)
		(void)fputs("; ", line->out);
}

static void print_uids(struct line *line, struct span data)
{
	char uid[PROPERTY_UID_NAME_SIZE];

	for (size_t i = 0; i < property_uid_count(data, NULL); i++) {
		print_separator(line, i);
		property_uid_name(data, i, uid);
		(void)fputs(uid, line->out);
	}
}

static bool print_item(struct line *line, uint16_t type, struct span item)
{
	uint32_t number;

	switch (type) {
	case PROPTAG_MV_LONG:
		if (!span_le32(item, 0, &number))
			return false;
		print_number(line, number, 8);
		return true;
	case PROPTAG_MV_STRING8:
		return print_text(line, (struct text){ item, TEXT_LATIN1 });
	case PROPTAG_MV_UNICODE:
		return print_text(line, (struct text){ item, TEXT_UTF16LE });
	default:
		print_hex(line, item);
		return true;
	}
}

static bool print_items(struct line *line, const struct value *value)
{
	struct property_items items;
	struct span item;

	if (!property_items(value, &items))
		return false;
	for (size_t i = 0; i < items.n; i++) {
		print_separator(line, i);
		if (!property_item(&items, i, &item) ||
		    !print_item(line, items.type, item))
			return false;
	}
	return true;
}

static bool print_tagged(struct line *line, const struct value *value, struct proptag tag)
{
	if (!property_is_sound(value, tag))
		return false;
	switch (tag.type) {
	case PROPTAG_STRING8:
	case PROPTAG_UNICODE:
		return print_string(line, value);
	case PROPTAG_I2:
	case PROPTAG_LONG:
	case PROPTAG_BOOLEAN:
	case PROPTAG_I8:
		return print_integer(line, value, tag);
	case PROPTAG_SYSTIME:
		return print_time(line, value_data(value));
	case PROPTAG_CLSID:
		return print_guid(line, value_data(value));
	case PROPTAG_MV_LONG:
	case PROPTAG_MV_STRING8:
	case PROPTAG_MV_UNICODE:
	case PROPTAG_MV_BINARY:
		return print_items(line, value);
	default:
		if (!property_is_uid_list(tag))
			return false;
		print_uids(line, value_data(value));
		return true;
	}
}

/* The strings of REG_MULTI_SZ: each ends with a NUL, the list with an empty one. */
static bool print_strings(struct line *line, struct span data)
{
	struct text rest = { .bytes = data, .encoding = TEXT_UTF16LE };

	for (size_t i = 0; text_length(rest) > 0; i++) {
		struct text string = text_until_nul(rest);
		size_t length = text_length(string);
		if (length == 0)
			break;
		print_separator(line, i);
		if (!print_text(line, string))
			return false;
		rest = text_slice(rest, length + 1, SIZE_MAX);
	}
	return true;
}

static bool print_plain(struct line *line, const struct value *value)
{
	struct span data = value_data(value);
	uint8_t big[4];
	uint32_t number;
	uint64_t wide;

	switch (value->type) {
	case KEY_TYPE_SZ:
	case KEY_TYPE_EXPAND_SZ:
	case KEY_TYPE_LINK:
		return print_text(line,
				  text_until_nul((struct text){ data, TEXT_UTF16LE }));
	case KEY_TYPE_MULTI_SZ:
		return print_strings(line, data);
	case KEY_TYPE_BINARY:
		return print_string(line, value);
	case KEY_TYPE_DWORD:
		if (data.len != 4 || !span_le32(data, 0, &number))
			return false;
		print_number(line, number, 8);
		return true;
	case KEY_TYPE_DWORD_BIG_ENDIAN:
		if (data.len != 4 || !span_copy(data, 0, big, sizeof(big)))
			return false;
		print_number(line,
			     le32((const uint8_t[]){ big[3], big[2], big[1], big[0] }),
			     8);
		return true;
	case KEY_TYPE_QWORD:
		if (data.len != 8 || !span_le64(data, 0, &wide))
			return false;
		print_number(line, wide, 16);
		return true;
	default:
		return false;
	}
}

/* True if what is lost of the value are characters: they have a sign of their own. */
static bool is_text(const struct value *value, const struct proptag *tag)
{
	if (tag)
		return tag->type == PROPTAG_STRING8 || tag->type == PROPTAG_UNICODE;
	return value->type == KEY_TYPE_SZ || value->type == KEY_TYPE_EXPAND_SZ ||
	       value->type == KEY_TYPE_LINK || value->type == KEY_TYPE_MULTI_SZ;
}

/* Hex with two question marks for each byte that is overwritten. */
static void print_headless(struct line *line, const struct value *value)
{
	uint32_t lost = value_head_lost(value);

	for (uint32_t i = 0; i < lost; i++)
		fputs("??", line->out);
	print_hex(line, span_from(value_data(value), lost));
}

static char *render(const struct value *value, const struct proptag *tag)
{
	char *text = NULL;
	size_t size = 0;
	struct text string;

	/* A string is its line: nothing has to be put together. */
	if (tag && is_text(value, tag) && property_string(value, &string))
		return text_to_utf8(string, NULL);
	struct line line = { .out = open_memstream(&text, &size) };
	if (!line.out)
		return NULL;
	if (value_head_lost(value) > 0 && !is_text(value, tag))
		print_headless(&line, value);
	else if (!(tag ? print_tagged(&line, value, *tag) : print_plain(&line, value)))
		print_hex(&line, value_data(value));
	if (ferror(line.out))
		line.nomem = true;
	text = text_of_stream(line.out, &text);
	if (!line.nomem)
		return text;
	free(text);
	return NULL;
}

char *property_render(const struct value *value, struct proptag tag)
{
	return render(value, &tag);
}

char *property_render_plain(const struct value *value)
{
	return render(value, NULL);
}
