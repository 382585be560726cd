/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * CSV by RFC 4180, with the columns that Timesketch wants: a header row, CR LF
 * behind each record, quotes doubled.  Cells are as they are, so one that begins
 * with "=" is no formula of ours.
 */
#include "report/timeline/timelinecsv.h"

#include "report/timeline/timelinefields.h"

#include <string.h>

static void put(struct output *output, const char *utf8, size_t len)
{
	(void)output_write(output, span_of(utf8, len));
}

static void put_cell(struct output *output, const char *cell)
{
	size_t len;

	if (!strpbrk(cell, "\",\r\n")) {
		put(output, cell, strlen(cell));
		return;
	}
	put(output, "\"", 1);
	for (; *cell; cell += len) {
		len = strcspn(cell, "\"");
		if (len == 0) {
			put(output, "\"\"", 2);
			len = 1;
		} else {
			put(output, cell, len);
		}
	}
	put(output, "\"", 1);
}

static void put_end(struct output *output, unsigned field)
{
	bool last = field + 1 == TIMELINE_N_FIELDS;

	put(output, last ? "\r\n" : ",", last ? 2 : 1);
}

enum status timelinecsv_write(const struct timeline *timeline, struct output *output)
{
	struct timeline_row row;

	for (unsigned k = 0; k < TIMELINE_N_FIELDS; k++) {
		put_cell(output, timelinefields_name(k));
		put_end(output, k);
	}
	for (size_t i = 0; i < timeline->n; i++) {
		timelinefields_row(timeline, &timeline->items[i], &row);
		for (unsigned k = 0; k < TIMELINE_N_FIELDS; k++) {
			put_cell(output, row.cells[k] ? row.cells[k] : "");
			put_end(output, k);
		}
	}
	return STATUS_OK;
}
