/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/jsontext.h"

#include "base/unicode.h"

#include <stdio.h>
#include <string.h>

static void put_unit(struct output *output, uint16_t unit)
{
	char text[8];

	if (unit == '"' || unit == '\\')
		(void)snprintf(text, sizeof(text), "\\%c", (char)unit);
	else if (unit >= 0x20 && unit < 0x7f)
		(void)snprintf(text, sizeof(text), "%c", (char)unit);
	else
		(void)snprintf(text, sizeof(text), "\\u%04x", unit);
	(void)output_write(output, span_of(text, strlen(text)));
}

void jsontext_put(struct output *output, struct text text)
{
	(void)output_write(output, span_of("\"", 1));
	for (size_t i = 0; i < text_length(text);) {
		uint32_t c = text_next(text, &i);
		uint16_t units[2];
		size_t n = unicode_to_utf16(
			unicode_is_surrogate(c) ? UNICODE_REPLACEMENT : c, units);
		for (size_t k = 0; k < n; k++)
			put_unit(output, units[k]);
	}
	(void)output_write(output, span_of("\"", 1));
}
