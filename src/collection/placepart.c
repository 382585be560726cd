/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Parts of a path, decoded byte by byte where they are compared, so that nothing is
 * allocated for the many paths that are only looked at.
 */
#include "collection/placepart.h"

#include "base/unicode.h"

#include <stdio.h>
#include <stdlib.h>

struct placepart_path placepart_path(const char *path)
{
	return (struct placepart_path){ .path = path,
					.at = path,
					.dividers = strchr(path, '/') ? "/" : "\\" };
}

bool placepart_step(struct placepart_path *rest, struct placepart *part, size_t *end,
		    bool *last)
{
	while (*rest->at) {
		const char *at = rest->at;
		size_t len = strcspn(at, rest->dividers);

		*last = at[len] == '\0';
		rest->at += *last ? len : len + 1;
		if (len == 0)
			continue;
		*part = (struct placepart){ span_of(at, len), rest->encoded };
		*end = (size_t)(at - rest->path) + len;
		return true;
	}
	return false;
}

static bool hex_digit(uint8_t byte, uint8_t *out)
{
	if (byte >= '0' && byte <= '9')
		*out = (uint8_t)(byte - '0');
	else if ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'f')
		*out = (uint8_t)((byte | 0x20) - 'a' + 10);
	else
		return false;
	return true;
}

bool placepart_next(const struct placepart *part, size_t *i, uint8_t *out)
{
	uint8_t a = 0, b = 0;

	if (!span_u8(part->bytes, *i, out))
		return false;
	(*i)++;
	if (part->encoded && *out == '%' && span_u8(part->bytes, *i, &a) &&
	    span_u8(part->bytes, *i + 1, &b) && hex_digit(a, &a) && hex_digit(b, &b) &&
	    (a | b) != 0) { /* %00 stays: it is in no name */
		*out = (uint8_t)(a << 4 | b);
		*i += 2;
	}
	return true;
}

bool placepart_begins(const struct placepart *part, const char *ascii,
		      struct placepart *rest)
{
	size_t i = 0;
	uint8_t byte;

	for (; *ascii; ascii++)
		if (!placepart_next(part, &i, &byte) ||
		    placepart_lower(byte) != placepart_lower((uint8_t)*ascii))
			return false;
	*rest = (struct placepart){ span_from(part->bytes, i), part->encoded };
	return true;
}

bool placepart_is(const struct placepart *part, const char *ascii)
{
	struct placepart rest;

	return placepart_begins(part, ascii, &rest) && span_is_empty(rest.bytes);
}

bool placepart_is_name(const struct placepart *part, const char *ascii)
{
	struct placepart rest;
	size_t i = 0;
	uint8_t byte;

	return placepart_begins(part, ascii, &rest) &&
	       (!placepart_next(&rest, &i, &byte) || byte == '.');
}

bool placepart_number(const struct placepart *part, const char *ascii, uint32_t *out)
{
	struct placepart rest;
	uint64_t number = 0;
	size_t i = 0;
	uint8_t byte;

	if (!placepart_begins(part, ascii, &rest))
		return false;
	while (placepart_next(&rest, &i, &byte)) {
		if (byte < '0' || byte > '9')
			return false;
		number = number * 10 + (uint64_t)(byte - '0');
		if (number > UINT32_MAX)
			return false;
	}
	if (number > 0)
		*out = (uint32_t)number;
	return number > 0;
}

bool placepart_volume(const struct placepart *part, char *drive)
{
	struct placepart rest = *part;
	size_t i = 0;
	uint8_t letter, colon, more;

	if (!placepart_begins(part, "\\\\.\\", &rest) &&
	    !placepart_begins(part, "\\\\?\\", &rest))
		rest = *part;
	if (!placepart_next(&rest, &i, &letter) || placepart_lower(letter) < 'a' ||
	    placepart_lower(letter) > 'z' || !placepart_next(&rest, &i, &colon) ||
	    colon != ':' || placepart_next(&rest, &i, &more))
		return false;
	*drive = (char)(placepart_lower(letter) - 'a' + 'A');
	return true;
}

bool placepart_shadow_copy(const struct placepart *part, uint32_t *number)
{
	return placepart_number(part, "vss", number) ||
	       placepart_number(part, "HarddiskVolumeShadowCopy", number) ||
	       placepart_number(part,
				"\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy",
				number) ||
	       placepart_number(part, "\\\\.\\HarddiskVolumeShadowCopy", number);
}

bool placepart_is_top(const struct placepart *part)
{
	static const char *const tops[] = {
		"Users",
		"Documents and Settings",
		"Windows",
		"WINNT",
		"ProgramData",
		"Program Files",
		"System Volume Information",
	};

	for (size_t i = 0; i < ARRAY_LEN(tops); i++)
		if (placepart_is(part, tops[i]))
			return true;
	return placepart_is_name(part, "Windows.old");
}

char *placepart_text(const struct placepart *part)
{
	uint8_t *bytes = malloc(part->bytes.len + 1);
	/* Each byte could become four characters. */
	char *out = calloc(part->bytes.len + 1, 4), *end = out;
	size_t len = 0, i = 0;

	while (bytes && out && placepart_next(part, &i, &bytes[len]))
		len++;
	for (i = 0; bytes && out && i < len;) {
		uint32_t c;
		size_t n = unicode_from_utf8(bytes + i, len - i, &c);
		if (c != UNICODE_NOT_UTF8 && c != UNICODE_CUT_OFF && c != '\\') {
			memcpy(end, bytes + i, n);
			end += n;
		} else {
			for (size_t k = 0; k < n; k++)
				end += snprintf(end, 5, "\\x%02x", bytes[i + k]);
		}
		i += n;
	}
	free(bytes);
	if (!bytes) {
		free(out);
		return NULL;
	}
	return out;
}
