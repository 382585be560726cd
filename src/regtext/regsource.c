/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Encodings.  regedit writes version 5 as UTF-16LE with a mark, and version 4 in the code
 * page of the machine; editors and mail make UTF-8, UTF-16BE and files without a mark of
 * them.  The header is ASCII, so it shows the width of units.  8-bit text is UTF-8 if all
 * of it is well-formed; else its code page is not known.
 */
#include "regtext/regsource.h"

static const char header_5[] = "Windows Registry Editor Version 5";
static const char header_4[] = "REGEDIT4";

/* 0x80 to 0x9F of windows-1252; Windows takes the five that have none as they are. */
static const uint16_t cp1252[32] = {
	0x20AC, 0x81,	0x201A, 0x192,	0x201E, 0x2026, 0x2020, 0x2021,
	0x2C6,	0x2030, 0x160,	0x2039, 0x152,	0x8D,	0x17D,	0x8F,
	0x90,	0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
	0x2DC,	0x2122, 0x161,	0x203A, 0x153,	0x9D,	0x17E,	0x178,
};

size_t regsource_skip_blanks(const struct regsource *source, size_t at)
{
	while (regsource_is_blank(regsource_unit(source, at)))
		at += source->width;
	return at;
}

size_t regsource_line_end(const struct regsource *source, size_t at)
{
	while (!regsource_ends_line(regsource_unit(source, at)))
		at += source->width;
	return at;
}

size_t regsource_next_line(const struct regsource *source, size_t at)
{
	uint32_t unit = regsource_unit(source, at);

	if (unit == REGSOURCE_END)
		return at;
	at += source->width;
	if (unit == '\r' && regsource_unit(source, at) == '\n')
		at += source->width;
	return at;
}

bool regsource_is(const struct regsource *source, size_t at, const char *ascii)
{
	for (; *ascii; ascii++, at += source->width) {
		uint32_t unit = regsource_unit(source, at);
		uint32_t wanted = (uint8_t)*ascii;
		if (unit >= 'A' && unit <= 'Z')
			unit += 'a' - 'A';
		if (wanted >= 'A' && wanted <= 'Z')
			wanted += 'a' - 'A';
		if (unit != wanted)
			return false;
	}
	return true;
}

/* ---- encodings ---- */

/*
 * Of the 8-bit text from an offset on, which of the three.  *to is the last place from
 * which on it is the same: that of the last character, or of the byte, that decides.
 */
static enum regtext_encoding find_eight(struct span bytes, size_t from, size_t *to)
{
	enum regtext_encoding encoding = REGTEXT_ASCII;
	uint64_t eight = 0;
	uint32_t c;

	*to = bytes.len;
	for (size_t i = from; i < bytes.len;) {
		if (span_le64(bytes, i, &eight) && !(eight & 0x8080808080808080u)) {
			i += 8;
			continue;
		}
		struct span rest = span_from(bytes, i);
		size_t n = unicode_from_utf8(rest.ptr, rest.len, &c);
		if (c == UNICODE_NOT_UTF8) {
			*to = i;
			return REGTEXT_ANSI;
		}
		if (c >= 0x80) {
			encoding = REGTEXT_UTF8;
			*to = i;
		}
		/* What the end of the file cut off is no other code page. */
		i += n;
	}
	return encoding;
}

static enum regtext_encoding eight_bit(struct regsource *source, size_t from)
{
	if (source->eight_to == 0 || from < source->eight_from ||
	    from > source->eight_to) {
		source->eight_from = from;
		source->eight = find_eight(source->bytes, from, &source->eight_to);
	}
	return source->eight;
}

static bool is_header(const struct regsource *source, size_t at,
		      enum regtext_version *version)
{
	if (regsource_is(source, at, header_5)) {
		*version = REGTEXT_VERSION_5;
		return true;
	}
	if (!regsource_is(source, at, header_4))
		return false;
	at += (sizeof(header_4) - 1) * source->width;
	*version = REGTEXT_VERSION_4;
	at = regsource_skip_blanks(source, at);
	return regsource_ends_line(regsource_unit(source, at));
}

size_t regsource_header(struct regsource *source, size_t at,
			enum regtext_version *version)
{
	static const struct {
		enum regtext_encoding encoding;
		unsigned width, mark_len;
		const char *mark;
	} forms[] = {
		{ REGTEXT_UTF16LE, 2, 2, "\xff\xfe" },
		{ REGTEXT_UTF16BE, 2, 2, "\xfe\xff" },
		{ REGTEXT_UTF8, 1, 3, "\xef\xbb\xbf" },
	};

	for (size_t i = 0; i < ARRAY_LEN(forms); i++) {
		struct regsource other = *source;
		other.encoding = forms[i].encoding;
		other.width = forms[i].width;
		bool marked =
			span_starts(source->bytes, at, forms[i].mark, forms[i].mark_len);
		size_t begin = at + (marked ? forms[i].mark_len : 0);
		if (!is_header(&other, begin, version))
			continue;
		if (other.width == 1)
			other.encoding = eight_bit(&other, begin);
		*source = other;
		return regsource_line_end(source, begin);
	}
	return 0;
}

/* ---- texts ---- */

static void put_unit(uint8_t **at, uint32_t unit)
{
	(*at)[0] = (uint8_t)unit;
	(*at)[1] = (uint8_t)(unit >> 8);
	*at += 2;
}

static uint32_t of_ansi(uint32_t byte, bool *doubtful)
{
	*doubtful |= byte >= 0x80;
	return byte >= 0x80 && byte < 0xA0 ? cp1252[byte - 0x80] : byte;
}

/* One character at *at to *out. */
static void convert(const struct regsource *source, size_t *at, size_t to, uint8_t **out,
		    bool *doubtful)
{
	uint32_t c = regsource_unit(source, *at);
	uint16_t units[2];
	struct span rest;

	if (source->width == 2 || c < 0x80 || source->encoding != REGTEXT_UTF8 ||
	    !span_sub(source->bytes, *at, to - *at, &rest)) {
		*at += source->width;
		put_unit(out, source->width == 2 ? c : of_ansi(c, doubtful));
		return;
	}
	*at += unicode_from_utf8(rest.ptr, rest.len, &c);
	if (c > 0x10FFFF)
		c = UNICODE_REPLACEMENT;
	size_t n = unicode_to_utf16(c, units);
	for (size_t i = 0; i < n; i++)
		put_unit(out, units[i]);
}

enum status regsource_unescaped(const struct regsource *source, size_t from, size_t to,
				bool nul, struct arena *arena, struct text *out,
				bool *doubtful)
{
	/* No encoding needs fewer bytes for a character than half of what UTF-16 does. */
	size_t most = (to - from) / source->width * 2 + 2;
	uint8_t *begin = arena_calloc(arena, most, 1), *end = begin;

	if (!begin)
		return STATUS_NOMEM;
	while (from < to) {
		uint32_t unit = regsource_unit(source, from);
		if (unit == '\\') {
			uint32_t next = regsource_unit(source, from + source->width);
			if (next == '\\' || next == '"')
				from += source->width;
		}
		convert(source, &from, to, &end, doubtful);
	}
	if (nul)
		put_unit(&end, 0);
	*out = (struct text){ span_of(begin, (size_t)(end - begin)), TEXT_UTF16LE };
	return STATUS_OK;
}

static bool is_ascii(struct span bytes)
{
	uint64_t eight = 0;
	uint8_t byte = 0;
	size_t i = 0;

	for (; span_le64(bytes, i, &eight); i += 8)
		if (eight & 0x8080808080808080u)
			return false;
	for (; span_u8(bytes, i, &byte); i++)
		if (byte >= 0x80)
			return false;
	return true;
}

enum status regsource_text(const struct regsource *source, size_t from, size_t to,
			   struct arena *arena, struct text *out, bool *doubtful)
{
	struct span bytes = span_of(source->bytes.ptr + from, to - from);
	enum text_encoding as = source->width == 2 ? TEXT_UTF16LE : TEXT_LATIN1;

	if (source->encoding == REGTEXT_UTF16LE ||
	    (source->width == 1 && is_ascii(bytes))) {
		*out = (struct text){ bytes, as };
		return STATUS_OK;
	}
	uint8_t *begin = arena_calloc(arena, bytes.len / source->width * 2 + 2, 1);
	uint8_t *end = begin;
	if (!begin)
		return STATUS_NOMEM;
	while (from < to)
		convert(source, &from, to, &end, doubtful);
	*out = (struct text){ span_of(begin, (size_t)(end - begin)), TEXT_UTF16LE };
	return STATUS_OK;
}

enum status regsource_from_ansi(struct span bytes, struct arena *arena, struct span *out,
				bool *doubtful)
{
	uint8_t *begin = arena_calloc(arena, bytes.len * 2 + 1, 1), *end = begin;
	uint8_t byte = 0;

	if (!begin)
		return STATUS_NOMEM;
	for (size_t i = 0; span_u8(bytes, i, &byte); i++)
		put_unit(&end, of_ansi(byte, doubtful));
	*out = span_of(begin, bytes.len * 2);
	return STATUS_OK;
}
