/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Names and strings as a hive stores them: Latin-1 ("compressed") or
 * UTF-16LE, with lone surrogates, NULs and control characters allowed.  A
 * struct text borrows the raw bytes; nothing is decoded before it is shown,
 * and nothing is ever lost: what a display form cannot hold is given beside
 * it as UTF-16 in hex.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/span.h"
#include "base/unicode.h"

enum text_encoding { TEXT_LATIN1, TEXT_UTF16LE };

struct text {
	struct span bytes; /* UTF-16LE: an odd last byte counts as one unit */
	enum text_encoding encoding;
};

/* A text over a C string of ASCII or Latin-1, borrowed. */
static inline struct text text_of(const char *latin1)
{
	return (struct text){ .bytes = span_of(latin1, strlen(latin1)),
			      .encoding = TEXT_LATIN1 };
}

/* Number of UTF-16 code units. */
static inline size_t text_length(struct text t)
{
	if (t.encoding == TEXT_LATIN1)
		return t.bytes.len;
	return t.bytes.len / 2 + t.bytes.len % 2;
}

/* Code unit i; 0 past the end. */
static inline uint16_t text_unit(struct text t, size_t i)
{
	uint16_t unit;
	uint8_t byte;

	if (t.encoding == TEXT_UTF16LE) {
		if (span_le16(t.bytes, 2 * i, &unit))
			return unit;
		i *= 2; /* perhaps the odd last byte: its high half is zero */
	}
	return span_u8(t.bytes, i, &byte) ? byte : 0;
}

/* The code point at *i, or half of one that stands alone, and *i moved past it. */
static inline uint32_t text_next(struct text t, size_t *i)
{
	uint32_t c = text_unit(t, (*i)++);

	if (unicode_is_high(c)) {
		uint32_t low = text_unit(t, *i);
		if (unicode_is_low(low)) {
			(*i)++;
			return unicode_of_pair(c, low);
		}
	}
	return c;
}

/*
 * The text without what follows its first NUL unit, and without that NUL:
 * how Windows reads a REG_SZ.
 */
struct text text_until_nul(struct text t);

/* The part of t from unit `from`, n units at most. */
struct text text_slice(struct text t, size_t from, size_t n);

/*
 * The upper-case form of one UTF-16 code unit as the Windows kernel folds
 * registry names: one unit to one unit, surrogates untouched.  Source of the
 * table and its exceptions: src/base/upcase.tsv.
 */
uint16_t text_upcase(uint16_t unit);

/*
 * Order and equality of registry names: code unit by code unit after
 * text_upcase(), a shorter name first.  Return: <0, 0, >0.
 */
int text_compare(struct text a, struct text b);
bool text_equal(struct text a, struct text b);

/* The same units exactly, whatever the encoding.  text_order: <0, 0, >0. */
bool text_same(struct text a, struct text b);
int text_order(struct text a, struct text b);

/* True if t equals, without case, the ASCII string. */
bool text_is(struct text t, const char *ascii);

/* True if t, without case, begins with / ends with the ASCII string. */
bool text_starts_with(struct text t, const char *ascii);
bool text_ends_with(struct text t, const char *ascii);

/* True if t holds, without case, the ASCII string anywhere. */
bool text_has(struct text t, const char *ascii);

/*
 * Well-formed UTF-8 for XML 1.0: what XML cannot hold (NUL, C0 controls but
 * TAB, LF and CR, lone surrogates, U+FFFE, U+FFFF) becomes U+FFFD, and *lossy
 * (may be NULL) says whether that happened.
 * Return: a malloc'ed, NUL-terminated string given to the caller; NULL when
 * out of memory.
 */
char *text_to_utf8(struct text t, bool *lossy) MUST_CHECK;

/* Every code unit as four lower-case hex digits in memory order (so "A" is 4100). */
char *text_to_utf16_hex(struct text t) MUST_CHECK;

/*
 * The text that such digits spell; whatever is no whole unit of them ends it.  Gives a
 * malloc'ed buffer that *out spans, to be freed with text_free().
 * Return: false when out of memory.
 */
bool text_from_utf16_hex(const char *hex, size_t n, struct text *out) MUST_CHECK;

/*
 * UTF-16LE from UTF-8, for what a user or another library gives.  Malformed
 * sequences become U+FFFD.  Gives a malloc'ed buffer that *out spans, to be
 * freed with text_free().
 * Return: false when out of memory.
 */
bool text_from_utf8(const char *utf8, size_t len, struct text *out) MUST_CHECK;

/*
 * Both in a row as UTF-16LE, to be freed with text_free().
 * Return: false when out of memory.
 */
bool text_join(struct text a, struct text b, struct text *out) MUST_CHECK;

/* Frees what a text_from_ function or text_join() gave; nothing else may be passed. */
void text_free(struct text text);

/*
 * For a terminal or a log line: printable, one line; control, format and
 * bidirectional characters are shown as \u{hex}.  utf8 must be well-formed.
 * Return: malloc'ed; NULL when out of memory.
 */
char *text_visible(const char *utf8) MUST_CHECK;

/*
 * The same for a terminal that does not take UTF-8, where its bytes could act:
 * all but ASCII is shown as \u{hex}.
 */
char *text_ascii(const char *utf8) MUST_CHECK;

/* The same of a text: what text_to_utf8() would replace is shown as \u{hex} too. */
char *text_exact(struct text t) MUST_CHECK;

/*
 * Ends a text that was printed to what open_memstream() opened with &text, NULL if it could
 * not, and *text NULL before; takes the stream.
 * Return: the text, to be freed; NULL if memory was lacking anywhere, which is noted
 * (base/status.h).
 */
MUST_CHECK char *text_of_stream(FILE *stream, char **text);

#endif
