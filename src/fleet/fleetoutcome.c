/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fleet/fleetoutcome.h"

#include "base/text.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Bytes of such a file: a line of names, and one of texts with a sentence in it. */
#define MAX_FILE 65536

/* Columns that such a file may have; the sweep writes nine. */
#define MAX_COLUMNS 64

static const struct column {
	const char *name;
	size_t at; /* of the text in struct fleetoutcome */
} columns[] = {
	{ "outcome", offsetof(struct fleetoutcome, outcome) },
	{ "status", offsetof(struct fleetoutcome, status) },
	{ "reason", offsetof(struct fleetoutcome, reason) },
	{ "host", offsetof(struct fleetoutcome, host) },
	{ "started", offsetof(struct fleetoutcome, started) },
	{ "seconds", offsetof(struct fleetoutcome, seconds) },
	{ "identity", offsetof(struct fleetoutcome, identity) },
	{ "wmsdiff", offsetof(struct fleetoutcome, wmsdiff) },
};

/* *n: bytes read, one more than MAX_FILE if there are more. */
static enum status read_all(int fd, char buffer[MAX_FILE + 2], size_t *n,
			    struct failure *failure)
{
	*n = 0;
	while (*n <= MAX_FILE) {
		ssize_t got = read(fd, buffer + *n, MAX_FILE + 1 - *n);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0) {
			failure_set(failure, "%s", strerror(errno));
			return STATUS_IO;
		}
		if (got == 0)
			break;
		*n += (size_t)got;
	}
	buffer[*n] = '\0';
	return STATUS_OK;
}

/* Parts the line at tabs.  Return: how many texts there are. */
static size_t part(char *line, char *out[MAX_COLUMNS])
{
	size_t n = 0;

	while (n < MAX_COLUMNS) {
		char *tab = strchr(line, '\t');
		out[n++] = line;
		if (!tab)
			break;
		*tab = '\0';
		line = tab + 1;
	}
	return n;
}

/* Cuts a line off.  Return: what follows it; NULL: there is no whole line. */
static char *cut_line(char *text)
{
	char *end = strchr(text, '\n');

	if (!end)
		return NULL;
	*end = '\0';
	if (end > text && end[-1] == '\r')
		end[-1] = '\0';
	return end + 1;
}

/* Undoes what stands for tabs, ends of lines and a backslash, in its place. */
static void unescape(char *text)
{
	static const char *const letters = "tnr\\", *const bytes = "\t\n\r\\";
	char *to = text;

	for (const char *from = text; *from; from++) {
		const char *letter =
			from[0] == '\\' && from[1] ? strchr(letters, from[1]) : NULL;
		*to++ = letter ? bytes[letter - letters] : *from;
		from += letter != NULL;
	}
	*to = '\0';
}

/* Whatever bytes they are, as UTF-8; nothing, and "-" as the sweep has it, is NULL. */
static enum status keep(struct arena *arena, char *bytes, const char **out)
{
	struct text units;
	char *utf8;

	unescape(bytes);
	if (!*bytes || strcmp(bytes, "-") == 0)
		return STATUS_OK;
	if (!text_from_utf8(bytes, strlen(bytes), &units))
		return STATUS_NOMEM;
	utf8 = text_to_utf8(units, NULL);
	text_free(units);
	if (utf8)
		*out = arena_strdup(arena, utf8);
	free(utf8);
	return *out ? STATUS_OK : STATUS_NOMEM;
}

static enum status take(struct arena *arena, char *names[], char *texts[], size_t n,
			struct fleetoutcome *out)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < ARRAY_LEN(columns); k++) {
			const char *text = NULL;
			if (strcmp(names[i], columns[k].name) != 0)
				continue;
			RETURN_IF_FAILED(keep(arena, texts[i], &text));
			memcpy((char *)out + columns[k].at, &text, sizeof(text));
		}
	return STATUS_OK;
}

static enum status refuse(struct failure *failure, const char *why)
{
	failure_set(failure, "tells no outcome: %s", why);
	return STATUS_MALFORMED;
}

static enum status read_text(char *text, struct arena *arena, struct fleetoutcome *out,
			     struct failure *failure)
{
	char *names[MAX_COLUMNS], *texts[MAX_COLUMNS];
	char *second = cut_line(text), *third = second ? cut_line(second) : NULL;
	size_t n;

	if (!third)
		return refuse(failure, "it has not two whole lines");
	if (*third)
		return refuse(failure, "it has more than two lines");
	n = part(text, names);
	if (part(second, texts) != n)
		return refuse(failure, "its lines have not the same number of columns");
	RETURN_IF_FAILED(take(arena, names, texts, n, out));
	if (!out->outcome)
		return refuse(failure, "it has no column of that name, or nothing in it");
	return STATUS_OK;
}

enum status fleetoutcome_read(int fd, struct arena *arena, struct fleetoutcome *out,
			      struct failure *failure)
{
	char *buffer = malloc(MAX_FILE + 2);
	struct fleetoutcome outcome = { 0 };
	enum status status = STATUS_NOMEM;
	size_t n = 0;

	if (buffer)
		status = read_all(fd, buffer, &n, failure);
	if (status == STATUS_OK && n > MAX_FILE)
		status = refuse(failure, "it is longer than 65536 bytes");
	else if (status == STATUS_OK && strlen(buffer) != n)
		status = refuse(failure, "it is no text");
	if (status == STATUS_OK)
		status = read_text(buffer, arena, &outcome, failure);
	free(buffer);
	if (status == STATUS_OK)
		*out = outcome;
	return status;
}

bool fleetoutcome_is_done(const struct fleetoutcome *outcome)
{
	return strcmp(outcome->outcome, "compared") == 0 ||
	       strcmp(outcome->outcome, "incomplete") == 0;
}
