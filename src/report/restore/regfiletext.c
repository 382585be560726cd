/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The characters that the encodings of .reg files have, and what they can hold. */
#include "report/restore/regfiletext.h"

#include "base/compiler.h"
#include "regf/key.h"

/*
 * The bytes 0x80 to 0x9f of windows-1252; 0 where it has no character.  All
 * other bytes are those of Latin-1.  Source: the Unicode Consortium's mapping
 * table MAPPINGS/VENDORS/MICSFT/WINDOWS/CP1252.TXT, version 2.01.
 */
static const uint16_t cp1252_high[32] = {
	0x20AC, 0,	0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
	0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,	0x017D, 0,
	0,	0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
	0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,	0x017E, 0x0178,
};

/* ---- characters ---- */

bool regfiletext_cp1252(uint32_t c, uint8_t *byte)
{
	*byte = (uint8_t)c;
	if (c < 0x80 || (c >= 0xA0 && c <= 0xFF))
		return true;
	for (unsigned i = 0; i < ARRAY_LEN(cp1252_high); i++)
		if (cp1252_high[i] == c) {
			*byte = (uint8_t)(0x80 + i);
			return true;
		}
	return false;
}

bool regfiletext_has(enum regfile_format format, uint32_t c)
{
	uint8_t byte;

	if (format == REGFILE_4)
		return regfiletext_cp1252(c, &byte);
	return format == REGFILE_5_UTF16 || !unicode_is_surrogate(c);
}

/* ---- what a format can hold ---- */

struct text regfiletext_utf16(struct span data)
{
	return (struct text){ .bytes = data, .encoding = TEXT_UTF16LE };
}

bool regfiletext_can_name(enum regfile_format format, struct text name)
{
	size_t n = text_length(name);

	if (name.encoding == TEXT_UTF16LE && name.bytes.len % 2 != 0)
		return false;
	for (size_t i = 0; i < n;) {
		uint32_t c = text_next(name, &i);

		if (c == 0 || c == '\r' || c == '\n' || !regfiletext_has(format, c))
			return false;
	}
	return true;
}

bool regfiletext_can_key(enum regfile_format format, struct text name)
{
	size_t n = text_length(name);

	for (size_t i = 0; i < n; i++)
		if (text_unit(name, i) == '\\')
			return false;
	if (format == REGFILE_5_UTF8 && text_has(name, "Windows Registry Editor Version"))
		return false;
	return n > 0 && regfiletext_can_name(format, name);
}

static bool is_string(uint32_t type)
{
	return type == KEY_TYPE_SZ || type == KEY_TYPE_EXPAND_SZ ||
	       type == KEY_TYPE_MULTI_SZ;
}

bool regfiletext_is_ansi(enum regfile_format format, uint32_t type)
{
	return format == REGFILE_4 && is_string(type);
}

/* True if the data are whole UTF-16 units with a NUL at the end. */
static bool is_terminated(struct span data)
{
	uint16_t last;

	return data.len % 2 == 0 && data.len > 0 &&
	       span_le16(data, data.len - 2, &last) && last == 0;
}

bool regfiletext_can_data(enum regfile_format format, uint32_t type, struct span data)
{
	struct text string = regfiletext_utf16(data);
	uint8_t byte;

	if (!regfiletext_is_ansi(format, type))
		return true;
	/* Readers may add a missing NUL, and of nothing make one, too. */
	if (!is_terminated(data))
		return false;
	for (size_t i = 0; i < data.len / 2; i++)
		if (!regfiletext_cp1252(text_unit(string, i), &byte))
			return false;
	return true;
}

bool regfiletext_gains_nul(enum regfile_format format, uint32_t type, struct span data)
{
	return format == REGFILE_5_UTF16 && is_string(type) && data.len > 0 &&
	       !is_terminated(data);
}

bool regfiletext_can_quote(enum regfile_format format, struct span data)
{
	size_t n = data.len / 2;
	struct text string;

	if (!is_terminated(data))
		return false;
	string = text_slice(regfiletext_utf16(data), 0, n - 1);
	for (size_t i = 0; i < n - 1;) {
		uint32_t c = text_next(string, &i);

		/* Readers of lines or of C strings may stop at controls; TAB is usual. */
		if ((c < 0x20 && c != '\t') || unicode_is_surrogate(c) ||
		    !regfiletext_has(format, c))
			return false;
		/* hivexregedit takes the bytes of a string for Latin-1. */
		if (format == REGFILE_5_UTF8 && c >= 0x80)
			return false;
	}
	return true;
}
