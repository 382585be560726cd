/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * CSV by RFC 4180, with the columns that Timesketch wants: a header row, CR LF
 * behind each record, quotes doubled.  Cells are as they are, so one that begins
 * with "=" is no formula of ours.
 */
#include "report/timeline/timelinecsv.h"

#include "report/csvcell.h"
#include "report/timeline/timelinefields.h"

enum status timelinecsv_write(const struct timeline *timeline, struct output *output)
{
	struct timeline_row row;

	for (unsigned k = 0; k < TIMELINE_N_FIELDS; k++) {
		csvcell_put(output, timelinefields_name(k), k + 1 == TIMELINE_N_FIELDS);
	}
	for (size_t i = 0; i < timeline->n; i++) {
		timelinefields_row(timeline, &timeline->items[i], &row);
		for (unsigned k = 0; k < TIMELINE_N_FIELDS; k++) {
			csvcell_put(output, row.cells[k] ? row.cells[k] : "",
				    k + 1 == TIMELINE_N_FIELDS);
		}
	}
	return STATUS_OK;
}
