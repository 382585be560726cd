/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Arguments of a program. */
#include "sweep/run/arguments.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void arguments_add(struct arguments *arguments, const char *format, ...)
{
	char **moved = reallocarray(arguments->items, arguments->n + 2, sizeof(*moved));
	char *text = NULL;
	va_list values;

	va_start(values, format);
	int n = vasprintf(&text, format, values);
	va_end(values);
	if (moved)
		arguments->items = moved;
	if (!moved || n < 0) {
		arguments->failed = true;
		if (n >= 0)
			free(text);
		return;
	}
	moved[arguments->n++] = text;
	moved[arguments->n] = NULL;
}

void arguments_clear(struct arguments *arguments)
{
	for (size_t i = 0; i < arguments->n; i++)
		free(arguments->items[i]);
	free(arguments->items);
	*arguments = (struct arguments){ 0 };
}

/* Within '...' all stands for itself but the mark, which becomes '\''. */
char *arguments_quote(const char *text)
{
	char *out = calloc(strlen(text) + 1, 4), *at = out;

	if (!out)
		return NULL;
	*at++ = '\'';
	for (const char *c = text; *c; c++) {
		if (*c != '\'') {
			*at++ = *c;
			continue;
		}
		memcpy(at, "'\\''", 4);
		at += 4;
	}
	*at++ = '\'';
	*at = '\0';
	return out;
}
