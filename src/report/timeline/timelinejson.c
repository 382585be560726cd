/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * JSON lines, as Timesketch reads them: one object a line, message, datetime
 * (ISO 8601) and timestamp_desc in each.  All but ASCII is escaped, so that no
 * reader takes U+2028 for the end of a line, and nothing acts on a terminal.
 */
#include "report/timeline/timelinejson.h"

#include "base/text.h"
#include "report/timeline/timelinefields.h"

#include <stdio.h>
#include <string.h>

static void put(struct output *output, const char *ascii)
{
	(void)output_write(output, span_of(ascii, strlen(ascii)));
}

static void put_unit(struct output *output, uint16_t unit)
{
	char text[8];

	if (unit == '"' || unit == '\\')
		(void)snprintf(text, sizeof(text), "\\%c", (char)unit);
	else if (unit >= 0x20 && unit < 0x7f)
		(void)snprintf(text, sizeof(text), "%c", (char)unit);
	else
		(void)snprintf(text, sizeof(text), "\\u%04x", unit);
	put(output, text);
}

static void put_string(struct output *output, struct text text)
{
	size_t n = text_length(text);

	put(output, "\"");
	for (size_t i = 0; i < n; i++)
		put_unit(output, text_unit(text, i));
	put(output, "\"");
}

/* Tags are ours: literals without anything to escape. */
static void put_tags(struct output *output, const char *tags)
{
	put(output, "[");
	for (const char *tag = tags; *tag;) {
		size_t len = strcspn(tag, ",");
		put_string(output, (struct text){ .bytes = span_of(tag, len),
						  .encoding = TEXT_LATIN1 });
		tag += len;
		if (*tag == ',') {
			put(output, ",");
			tag++;
		}
	}
	put(output, "]");
}

/* A name and what it has, comma before it but for the first. */
static enum status put_field(struct output *output, enum timeline_field field,
			     const char *cell)
{
	struct text units;

	if (!cell)
		return STATUS_OK;
	put(output, field == TIMELINE_FIELD_MESSAGE ? "\"" : ",\"");
	put(output, timelinefields_name(field));
	put(output, "\":");
	if (timelinefields_is_number(field)) {
		put(output, cell);
		return STATUS_OK;
	}
	if (field == TIMELINE_FIELD_TAG) {
		put_tags(output, cell);
		return STATUS_OK;
	}
	/* A character beyond U+FFFF becomes two units, as JSON escapes it. */
	if (!text_from_utf8(cell, strlen(cell), &units))
		return STATUS_NOMEM;
	put_string(output, units);
	text_free(units);
	return STATUS_OK;
}

enum status timelinejson_write(const struct timeline *timeline, struct output *output)
{
	struct timeline_row row;

	for (size_t i = 0; i < timeline->n; i++) {
		timelinefields_row(timeline, &timeline->items[i], &row);
		put(output, "{");
		for (unsigned k = 0; k < TIMELINE_N_FIELDS; k++)
			RETURN_IF_FAILED(put_field(output, k, row.cells[k]));
		put(output, "}\n");
	}
	return STATUS_OK;
}
