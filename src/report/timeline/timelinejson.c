/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * JSON lines, as Timesketch reads them: one object a line, message, datetime
 * (ISO 8601) and timestamp_desc in each.
 */
#include "report/timeline/timelinejson.h"

#include "base/text.h"
#include "report/jsontext.h"
#include "report/timeline/timelinefields.h"

#include <string.h>

static void put(struct output *output, const char *ascii)
{
	(void)output_write(output, span_of(ascii, strlen(ascii)));
}

/* Tags are ours: literals without anything to escape. */
static void put_tags(struct output *output, const char *tags)
{
	put(output, "[");
	for (const char *tag = tags; *tag;) {
		size_t len = strcspn(tag, ",");
		jsontext_put(output, (struct text){ .bytes = span_of(tag, len),
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
	jsontext_put(output, units);
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
