/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lines of a plan: tabs divide, a backslash takes what would divide. */
#include "sweep/plan/planline.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *planline_escape(const char *text)
{
	char *out = calloc(strlen(text) + 1, 2), *at = out;

	for (const char *c = text; out && *c; c++) {
		char letter = (char)(*c == '\t'	  ? 't'
				     : *c == '\n' ? 'n'
				     : *c == '\r' ? 'r'
				     : *c == '\\' ? '\\'
						  : 0);
		if (letter)
			*at++ = '\\';
		*at++ = letter ? letter : *c;
	}
	if (out)
		*at = '\0';
	return out;
}

char *planline_unescape(const char *field, size_t n)
{
	char *out = malloc(n + 1), *at = out;

	for (size_t i = 0; out && i < n; i++) {
		if (field[i] != '\\') {
			*at++ = field[i];
			continue;
		}
		char next = (char)(i + 1 < n ? field[++i] : 0);
		char c = (char)(next == 't'    ? '\t'
				: next == 'n'  ? '\n'
				: next == 'r'  ? '\r'
				: next == '\\' ? '\\'
					       : 0);
		if (!c) {
			free(out);
			return NULL;
		}
		*at++ = c;
	}
	if (out)
		*at = '\0';
	return out;
}

/* True if every backslash of the field has a letter that it goes with. */
static bool is_field(const char *field, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (field[i] == '\\' && (++i == n || !strchr("tnr\\", field[i])))
			return false;
	return true;
}

static enum planline_fault read_name(const char *field, size_t n, bool encoded,
				     struct unit *out)
{
	char *text = planline_unescape(field, n);

	if (!text)
		return PLANLINE_NOMEM;
	bool good = encoded ? unitname_is_one(text) : unitname_encode(text, out->name);
	if (good && encoded)
		(void)snprintf(out->name, sizeof(out->name), "%s", text);
	free(text);
	return good ? PLANLINE_GOOD : PLANLINE_NAME;
}

/* An abbreviation is one, too: getopt takes it for the whole. */
static bool names_folder(const char *argument)
{
	static const char option[] = "--output-dir";
	size_t n = strcspn(argument, "=");

	return n > strlen("--output") && n < sizeof(option) &&
	       strncmp(argument, option, n) == 0;
}

static enum planline_fault add_argument(const char *field, size_t n, struct unit *out)
{
	if (n == 0)
		return PLANLINE_EMPTY;
	if (out->n == PLANLINE_MAX_ARGUMENTS)
		return PLANLINE_TOO_MANY;
	char **moved = reallocarray(out->arguments, out->n + 2, sizeof(*out->arguments));
	if (!moved)
		return PLANLINE_NOMEM;
	out->arguments = moved;
	moved[out->n] = planline_unescape(field, n);
	if (!moved[out->n])
		return PLANLINE_NOMEM;
	moved[++out->n] = NULL;
	return names_folder(moved[out->n - 1]) ? PLANLINE_FOLDER : PLANLINE_GOOD;
}

enum planline_fault planline_read(const char *line, bool encoded, struct unit *out)
{
	enum planline_fault fault = PLANLINE_GOOD;
	const char *at = line;

	*out = (struct unit){ 0 };
	for (bool first = true; fault == PLANLINE_GOOD; first = false) {
		size_t n = strcspn(at, "\t");
		if (!is_field(at, n))
			fault = PLANLINE_ESCAPE;
		else
			fault = first ? read_name(at, n, encoded, out)
				      : add_argument(at, n, out);
		at += n;
		if (!*at++)
			break;
	}
	if (fault == PLANLINE_GOOD && out->n == 0)
		fault = PLANLINE_BARE;
	if (fault != PLANLINE_GOOD)
		planline_clear(out);
	return fault;
}

const char *planline_sentence(enum planline_fault fault)
{
	switch (fault) {
	case PLANLINE_GOOD:
		return "it is a unit";
	case PLANLINE_NOMEM:
		return "out of memory";
	case PLANLINE_NAME:
		return "its first field is no name of a unit";
	case PLANLINE_BARE:
		return "nothing to compare stands behind the name";
	case PLANLINE_ESCAPE:
		return "a backslash stands before something else than t, n, r or a "
		       "backslash";
	case PLANLINE_TOO_MANY:
		return "more than 256 arguments";
	case PLANLINE_EMPTY:
		return "an empty field";
	case PLANLINE_FOLDER:
		return "--output-dir is given by the sweep itself";
	}
	return "";
}

char *planline_text(const struct unit *unit)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);
	bool whole = out != NULL;

	if (!out)
		return NULL;
	fputs(unit->name, out);
	for (size_t i = 0; i < unit->n && whole; i++) {
		char *field = planline_escape(unit->arguments[i]);
		whole = field != NULL;
		if (whole)
			fprintf(out, "\t%s", field);
		free(field);
	}
	fputc('\n', out);
	whole &= !ferror(out);
	whole &= fclose(out) == 0;
	if (whole)
		return text;
	free(text);
	return NULL;
}

void planline_clear(struct unit *unit)
{
	for (size_t i = 0; i < unit->n; i++)
		free(unit->arguments[i]);
	free(unit->arguments);
	*unit = (struct unit){ 0 };
}
