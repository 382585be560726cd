/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Patterns for names of profiles: the table that is compiled in, and the rows
 * of a user's file, which come before it.
 */
#include "mapi/servicename.h"

#include "base/array.h"
#include "mapi/profilename.h"

#include <stdlib.h>
#include <string.h>

struct servicename_row {
	const char *pattern;
	const char *owner;
	const char *remade;
	const char *basis;
	const char *note;
};

static const struct servicename_row known[] = {
#include "mapi/servicenames.inc"
};

/* Columns of a row, of which a user may leave out the last two. */
enum { COLUMNS = 5, COLUMNS_NEEDED = 3 };

/* Bytes: names of keys have 255 units, each three bytes of UTF-8 at most. */
#define PATTERN_MAX 1024

static enum status add(struct servicenames *names, const struct servicename_row *row,
		       bool given)
{
	struct text units;

	RETURN_IF_FAILED(
		ARRAY_RESERVE(names, SERVICENAMES_MAX + (given ? 0 : ARRAY_LEN(known))));
	if (!text_from_utf8(row->pattern, strlen(row->pattern), &units))
		return STATUS_NOMEM;
	names->items[names->n++] = (struct servicename){
		.pattern = row->pattern,
		.units = units,
		.owner = row->owner,
		.remade = strcmp(row->remade, "yes") == 0,
		.basis = basis_of(row->basis),
		.note = row->note,
		.given = given,
	};
	return STATUS_OK;
}

/* Cuts the text behind the first `end` and steps over it.  Return: what stood before. */
static char *cut(char **rest, char end)
{
	char *piece = *rest;
	char *at = strchr(piece, end);

	if (at)
		*at = '\0';
	*rest = at ? at + 1 : NULL;
	return piece;
}

static const char *read_row(char *line, struct servicename_row *out)
{
	const char *columns[COLUMNS] = { "", "", "", "unconfirmed", "given by the user" };
	size_t n = 0;

	for (char *rest = line; rest && n < COLUMNS; n++)
		columns[n] = cut(&rest, '\t');
	if (n < COLUMNS_NEEDED)
		return "has fewer than three columns: pattern, owner, made anew";
	*out = (struct servicename_row){ columns[0], columns[1], columns[2], columns[3],
					 columns[4] };
	if (!*out->pattern || strlen(out->pattern) > PATTERN_MAX)
		return "has no pattern, or one that is too long";
	if (strcmp(out->remade, "yes") != 0 && strcmp(out->remade, "no") != 0)
		return "says neither yes nor no in its third column";
	return NULL;
}

static enum status read_lines(struct servicenames *names, const char *path,
			      struct failure *failure)
{
	char shown[4200];
	size_t number = 0;

	for (char *rest = names->text; rest;) {
		char *line = cut(&rest, '\n');
		size_t len = strlen(line);
		struct servicename_row row;

		number++;
		if (len > 0 && line[len - 1] == '\r')
			line[len - 1] = '\0';
		if (!*line || *line == '#')
			continue;
		const char *why = read_row(line, &row);
		if (why) {
			failure_set(failure, "%s: line %zu %s",
				    failure_path(path, shown, sizeof(shown)), number,
				    why);
			return STATUS_MALFORMED;
		}
		enum status status = add(names, &row, true);
		if (status == STATUS_LIMIT)
			failure_set(failure, "%s: line %zu: more than %d patterns",
				    failure_path(path, shown, sizeof(shown)), number,
				    SERVICENAMES_MAX);
		RETURN_IF_FAILED(status);
	}
	return STATUS_OK;
}

/* The file as a string of well-formed UTF-8. */
static enum status take_file(struct span file, const char *path, struct servicenames *out,
			     struct failure *failure)
{
	char shown[4200];
	size_t mark = span_starts(file, 0, "\xef\xbb\xbf", 3) ? 3 : 0;
	struct text units;

	file = span_from(file, mark);
	if (!text_from_utf8((const char *)file.ptr, file.len, &units))
		return STATUS_NOMEM;
	out->text = text_to_utf8(units, NULL);
	text_free(units);
	if (!out->text)
		return STATUS_NOMEM;
	/* What is no UTF-8, and what XML cannot hold, has become another character. */
	if (!span_equal(file, span_of(out->text, strlen(out->text)))) {
		failure_set(failure, "%s: is no plain text in UTF-8",
			    failure_path(path, shown, sizeof(shown)));
		return STATUS_MALFORMED;
	}
	return read_lines(out, path, failure);
}

enum status servicenames_read(struct span file, const char *path,
			      struct servicenames *out, struct failure *failure)
{
	struct servicenames names = { 0 };
	enum status status = STATUS_OK;

	failure_set(failure, "out of memory");
	if (!span_is_empty(file))
		status = take_file(file, path, &names, failure);
	for (size_t i = 0; i < ARRAY_LEN(known) && status == STATUS_OK; i++)
		status = add(&names, &known[i], false);
	if (status != STATUS_OK)
		servicenames_clear(&names);
	else
		*out = names;
	return status;
}

void servicenames_clear(struct servicenames *names)
{
	for (size_t i = 0; i < names->n; i++)
		text_free(names->items[i].units);
	free(names->items);
	free(names->text);
	*names = (struct servicenames){ 0 };
}

/*
 * Unit by unit; after a mismatch only the last "*" takes one unit more, so the
 * work is bounded by the product of both lengths.
 */
static bool fits(struct text pattern, struct text name)
{
	size_t p = 0, n = 0, star = SIZE_MAX, taken = 0;

	while (n < text_length(name)) {
		uint16_t want = p < text_length(pattern) ? text_unit(pattern, p) : 0;
		if (p < text_length(pattern) && want == '*') {
			star = p++;
			taken = n;
		} else if (p < text_length(pattern) &&
			   (want == '?' ||
			    text_upcase(want) == text_upcase(text_unit(name, n)))) {
			p++;
			n++;
		} else if (star != SIZE_MAX) {
			p = star + 1;
			n = ++taken;
		} else {
			return false;
		}
	}
	while (p < text_length(pattern) && text_unit(pattern, p) == '*')
		p++;
	return p == text_length(pattern);
}

const struct servicename *servicenames_find(const struct servicenames *names,
					    struct text profile_name)
{
	struct profile_generated_name generated;

	profilename_read(profile_name, &generated);
	for (size_t i = 0; i < names->n; i++) {
		const struct servicename *row = &names->items[i];
		if (strcmp(row->pattern, SERVICENAME_GENERATED) == 0
			    ? generated.present
			    : fits(row->units, profile_name))
			return row;
	}
	return NULL;
}
