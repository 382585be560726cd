/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lines for people; names in them come from evidence, so each is made harmless. */
#include "sweep/plan/voice.h"

#include "base/failure.h"

#include <stdarg.h>
#include <stdlib.h>

static void say(FILE *out, const char *format, va_list arguments) PRINTF_LIKE(2, 0);

static void say(FILE *out, const char *format, va_list arguments)
{
	static const size_t most = 16384;
	char *line = NULL, *shown = malloc(most);

	if (vasprintf(&line, format, arguments) < 0)
		line = NULL;
	fprintf(out, "wmsdiff-sweep: %s\n",
		line && shown ? failure_path(line, shown, most) : "out of memory");
	(void)fflush(out);
	free(shown);
	free(line);
}

void voice_fault(struct voice *voice, const char *format, ...)
{
	va_list arguments;

	voice->faults++;
	if (!voice->out)
		return;
	va_start(arguments, format);
	say(voice->out, format, arguments);
	va_end(arguments);
}

void voice_say(const struct voice *voice, const char *format, ...)
{
	va_list arguments;

	if (!voice->out)
		return;
	va_start(arguments, format);
	say(voice->out, format, arguments);
	va_end(arguments);
}
