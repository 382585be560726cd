/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The characters of a .reg file, whatever its encoding: units of one or two bytes, at
 * their offsets in the file.  What has meaning in the syntax is ASCII, which all
 * encodings hold as one unit.
 */
#ifndef REGTEXT_REGSOURCE_H
#define REGTEXT_REGSOURCE_H

#include "base/arena.h"
#include "base/status.h"
#include "base/text.h"
#include "regtext/regformat.h"

/* What stands behind the last unit. */
#define REGSOURCE_END 0x10000u
#define REGSOURCE_MARK 0xFEFFu

struct regsource {
	struct span bytes; /* the whole file */
	enum regtext_encoding encoding;
	unsigned width; /* bytes of a unit */
	/*
	 * What 8-bit text is that begins between these offsets: what was found for one
	 * header holds for those behind it, so that many of them cost no more than one.
	 */
	size_t eight_from, eight_to;
	enum regtext_encoding eight;
};

/* The unit at an offset. */
static inline uint32_t regsource_unit(const struct regsource *source, size_t at)
{
	uint16_t unit = 0;
	uint8_t byte = 0;

	if (source->width == 1)
		return span_u8(source->bytes, at, &byte) ? byte : REGSOURCE_END;
	if (!span_le16(source->bytes, at, &unit))
		return REGSOURCE_END;
	if (source->encoding == REGTEXT_UTF16BE)
		unit = (uint16_t)(unit << 8 | unit >> 8);
	return unit;
}

static inline bool regsource_is_blank(uint32_t unit)
{
	return unit == ' ' || unit == '\t';
}

static inline bool regsource_ends_line(uint32_t unit)
{
	return unit == '\r' || unit == '\n' || unit == REGSOURCE_END;
}

/* The first offset from `at` on that is not blank, or that ends the line. */
size_t regsource_skip_blanks(const struct regsource *source, size_t at);
size_t regsource_line_end(const struct regsource *source, size_t at);
/* The beginning of the next line; `at` is the end of one. */
size_t regsource_next_line(const struct regsource *source, size_t at);

/* True if the ASCII string stands at `at`, without case. */
bool regsource_is(const struct regsource *source, size_t at, const char *ascii);

/*
 * A header that begins at `at`, in whatever encoding, behind a mark or without one: sets
 * the encoding of what follows.
 * Return: the end of the header's line and *version set; 0 if there is none.
 */
size_t regsource_header(struct regsource *source, size_t at,
			enum regtext_version *version);

/*
 * What stands between two offsets, as a text that borrows from the file or from the arena.
 * *doubtful becomes true if bytes of an unknown code page are in it: they are taken for
 * windows-1252, the most frequent one.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status regsource_text(const struct regsource *source, size_t from,
				      size_t to, struct arena *arena, struct text *out,
				      bool *doubtful);

/*
 * The same of a text with escapes, always as UTF-16LE in the arena; with a NUL behind it
 * that belongs to the text if `nul`.
 */
MUST_CHECK enum status regsource_unescaped(const struct regsource *source, size_t from,
					   size_t to, bool nul, struct arena *arena,
					   struct text *out, bool *doubtful);

/*
 * Bytes in an unknown code page as UTF-16LE, in the arena.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status regsource_from_ansi(struct span bytes, struct arena *arena,
					   struct span *out, bool *doubtful);

#endif
