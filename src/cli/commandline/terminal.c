/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the place where something is written can show. */
#include "cli/commandline/terminal.h"

#include "base/text.h"
#include "report/redact/redacttext.h"

#include <langinfo.h>
#include <locale.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool terminal_is_one(FILE *file)
{
	const char *kind = getenv("TERM");

	return isatty(fileno(file)) == 1 && kind && *kind && strcmp(kind, "dumb") != 0;
}

/* A locale of its own, so that the program's stays as it is. */
static bool takes_utf8(void)
{
	locale_t locale = newlocale(LC_CTYPE_MASK, "", (locale_t)0);
	bool utf8 = locale && strcmp(nl_langinfo_l(CODESET, locale), "UTF-8") == 0;

	if (locale)
		freelocale(locale);
	return utf8;
}

struct summary_look terminal_look(FILE *file, enum terminal_when color)
{
	const char *without = getenv("NO_COLOR");

	return (struct summary_look){
		.color = color == TERMINAL_ALWAYS ||
			 (color == TERMINAL_AUTO && terminal_is_one(file) &&
			  !(without && *without)),
		.ascii = isatty(fileno(file)) == 1 && !takes_utf8(),
	};
}

char *terminal_shown(FILE *file, const char *utf8)
{
	return terminal_look(file, TERMINAL_NEVER).ascii ? text_ascii(utf8)
							 : text_visible(utf8);
}

static PRINTF_LIKE(2, 0) void complain(FILE *to, const char *format, va_list arguments)
{
	char *line = NULL, *shown = NULL;
	int n = vasprintf(&line, format, arguments);

	/* Whatever keeps it: standard error is where it will stand. */
	if (n >= 0)
		shown = terminal_shown(stderr, line);
	fprintf(to, "wmsdiff: %s\n", shown ? shown : "out of memory");
	if (n >= 0)
		free(line);
	free(shown);
}

void terminal_complain(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	complain(stderr, format, arguments);
	va_end(arguments);
}

void terminal_complain_to(FILE *kept, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	complain(kept ? kept : stderr, format, arguments);
	va_end(arguments);
}

void terminal_complain_of(FILE *kept, struct redact *redact, const char *sentence)
{
	char *shown = redacttext_sentence(redact, sentence);

	terminal_complain_to(kept, "%s", shown ? shown : "out of memory");
	free(shown);
}
