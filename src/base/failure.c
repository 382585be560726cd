/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Sentences about what failed.  Paths come from the user or from evidence and
 * may hold anything, so they are shown with text_visible()'s rules.
 */
#include "base/failure.h"

#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void failure_set(struct failure *failure, const char *format, ...)
{
	if (!failure)
		return;
	va_list args;
	va_start(args, format);
	(void)vsnprintf(failure->sentence, sizeof(failure->sentence), format, args);
	va_end(args);
}

const char *failure_path(const char *path, char *out, size_t size)
{
	struct text units = { 0 };
	char *utf8 = NULL;
	char *visible = NULL;

	/* Through UTF-16 and back: what is no UTF-8 becomes U+FFFD. */
	if (text_from_utf8(path, strlen(path), &units))
		utf8 = text_to_utf8(units, NULL);
	if (utf8)
		visible = text_visible(utf8);
	(void)snprintf(out, size, "%s", visible ? visible : "?");
	free(visible);
	free(utf8);
	text_free(units);
	return out;
}
