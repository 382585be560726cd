/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Parts of lines. */
#include "companion/listing/listingcut.h"

#include "base/text.h"

bool listingcut_blank_at(struct span s, size_t off)
{
	uint8_t byte = 0;

	return span_u8(s, off, &byte) && (byte == ' ' || byte == '\t');
}

struct span listingcut_trim(struct span s)
{
	size_t from = 0;

	while (listingcut_blank_at(s, from))
		from++;
	s = span_from(s, from);
	while (s.len > 0 && listingcut_blank_at(s, s.len - 1))
		s = span_clip(s, s.len - 1);
	return s;
}

struct span listingcut_word(struct span *rest)
{
	struct span s = listingcut_trim(*rest);
	size_t end = 0;

	while (end < s.len && !listingcut_blank_at(s, end))
		end++;
	*rest = listingcut_trim(span_from(s, end));
	return span_clip(s, end);
}

/* Every byte of UTF-8 but 10xxxxxx begins a character. */
static bool begins(struct span s, size_t off)
{
	uint8_t byte = 0;

	return span_u8(s, off, &byte) && (byte & 0xc0) != 0x80;
}

size_t listingcut_length(struct span s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++)
		n += begins(s, i);
	return n;
}

size_t listingcut_column(struct span s, size_t i)
{
	size_t off = 0;

	for (; off < s.len; off++)
		if (begins(s, off) && i-- == 0)
			break;
	return off;
}

/* Compared as bytes: a byte of UTF-8 that is not ASCII equals no ASCII character. */
static struct text as_text(struct span s)
{
	return (struct text){ .bytes = s, .encoding = TEXT_LATIN1 };
}

size_t listingcut_find(struct span s, const char *ascii)
{
	uint8_t first = (uint8_t)ascii[0], byte = 0;

	/* Bit 0x20 tells the cases of a letter apart: a quick look first. */
	for (size_t off = 0; span_u8(s, off, &byte); off++)
		if (((byte ^ first) & ~0x20) == 0 &&
		    text_starts_with(as_text(span_from(s, off)), ascii))
			return off;
	return s.len;
}

bool listingcut_is(struct span s, const char *ascii)
{
	return text_is(as_text(s), ascii);
}

bool listingcut_starts(struct span s, const char *ascii)
{
	return text_starts_with(as_text(s), ascii);
}

bool listingcut_ends(struct span s, const char *ascii)
{
	return text_ends_with(as_text(s), ascii);
}

static bool is_digit(uint8_t byte)
{
	return byte >= '0' && byte <= '9';
}

static bool is_letter(uint8_t byte)
{
	return (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
}

bool listingcut_number(struct span s, uint32_t *out)
{
	uint32_t number = 0;
	uint8_t byte = 0;

	for (size_t i = 0; span_u8(s, i, &byte); i++)
		if (!is_digit(byte) || ckd_mul(&number, number, UINT32_C(10)) ||
		    ckd_add(&number, number, (uint32_t)(byte - '0')))
			return false;
	*out = number;
	return s.len > 0;
}

/* The longest there is: .exe, .dll and .drv have three, .winmd has five. */
#define EXTENSION_MAX 5

bool listingcut_has_extension(struct span s)
{
	uint8_t byte = 0;

	for (size_t n = 1; n <= EXTENSION_MAX + 1 && n < s.len; n++) {
		if (!span_u8(s, s.len - n, &byte))
			return false;
		if (byte == '.')
			return n > 2 && span_u8(s, s.len - n + 1, &byte) &&
			       is_letter(byte);
		if (!is_letter(byte) && !is_digit(byte))
			return false;
	}
	return false;
}

bool listingcut_has_gap(struct span s)
{
	for (size_t i = 0; i < s.len; i++)
		if (span_starts(s, i, "\t", 1) || span_starts(s, i, "  ", 2))
			return true;
	return false;
}
