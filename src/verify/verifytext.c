/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "verify/verifytext.h"

#include "base/filetime.h"
#include "base/hex.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct span *verifytext_get(struct verifytext_element element, const char *name)
{
	for (size_t i = 0; i < element.n; i++)
		if (strcmp(element.attributes[i].name, name) == 0)
			return &element.attributes[i].value;
	return NULL;
}

static bool is_word(struct span text, const char *word)
{
	return span_equal(text, span_of(word, strlen(word)));
}

bool verifytext_is(struct verifytext_element element, const char *name, const char *word)
{
	const struct span *text = verifytext_get(element, name);

	return text && is_word(*text, word);
}

bool verifytext_digits(struct span text, uint64_t *out)
{
	uint64_t number = 0;
	uint8_t c = 0;

	for (size_t i = 0; span_u8(text, i, &c); i++)
		if (c < '0' || c > '9' || __builtin_mul_overflow(number, 10, &number) ||
		    __builtin_add_overflow(number, c - '0', &number))
			return false;
	*out = number;
	return text.len > 0;
}

bool verifytext_number(struct verifytext_element element, const char *name, uint64_t *out)
{
	const struct span *text = verifytext_get(element, name);

	return text && verifytext_digits(*text, out);
}

bool verifytext_id(struct verifytext_element element, const char *name, uint64_t *out)
{
	const struct span *text = verifytext_get(element, name);

	return text && verifytext_digits(span_from(*text, 1), out);
}

bool verifytext_digest(struct span text, struct digest *out)
{
	uint8_t high = 0, low = 0;

	if (text.len != DIGEST_HEX_SIZE - 1)
		return false;
	for (size_t i = 0; i < DIGEST_SIZE; i++) {
		if (!span_u8(text, 2 * i, &high) || !span_u8(text, 2 * i + 1, &low) ||
		    hex_digit(high) < 0 || hex_digit(low) < 0)
			return false;
		out->bytes[i] = (uint8_t)(hex_digit(high) << 4 | hex_digit(low));
	}
	return true;
}

bool verifytext_says(struct span utf8, const struct span *utf16, struct text text)
{
	bool lossy = false, same = true;
	char *shown = text_to_utf8(text, &lossy);
	char *units = shown && lossy ? text_to_utf16_hex(text) : NULL;

	if (shown)
		same = is_word(utf8, shown) && (lossy || !utf16);
	if (units)
		same = same && utf16 && is_word(*utf16, units);
	free(shown);
	free(units);
	return same;
}

bool verifytext_attribute(struct verifytext_element element, const char *name,
			  struct text text)
{
	const struct span *utf8 = verifytext_get(element, name);
	char exact[64];

	(void)snprintf(exact, sizeof(exact), "%s_utf16", name);
	return verifytext_says(utf8 ? *utf8 : span_of("", 0),
			       verifytext_get(element, exact), text);
}

size_t verifytext_length(struct span utf8, const struct span *utf16)
{
	struct text units;
	size_t n = 0;

	if (utf16)
		return utf16->len / 4;
	if (text_from_utf8((const char *)utf8.ptr, utf8.len, &units)) {
		n = text_length(units);
		text_free(units);
	}
	return n;
}

bool verifytext_is_time(struct span text, uint64_t filetime)
{
	char time[FILETIME_TEXT_SIZE];

	filetime_format(filetime, time);
	return is_word(text, time);
}

/* RFC 4648, section 4. */
static int base64_digit(uint8_t c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

bool verifytext_unbase64(uint8_t *text, size_t *len)
{
	size_t n = *len, done = 0;
	uint32_t bits = 0;
	unsigned n_bits = 0;

	if (n % 4 != 0)
		return false;
	for (unsigned i = 0; i < 2 && n > 0 && text[n - 1] == '='; i++)
		n--;
	for (size_t i = 0; i < n; i++) {
		int digit = base64_digit(text[i]);
		if (digit < 0)
			return false;
		bits = bits << 6 | (uint32_t)digit;
		n_bits += 6;
		if (n_bits >= 8) {
			n_bits -= 8;
			text[done++] = (uint8_t)(bits >> n_bits);
			bits &= (1u << n_bits) - 1;
		}
	}
	*len = done;
	/* What is left of the last digit stands for nothing, and is zero. */
	return bits == 0;
}
