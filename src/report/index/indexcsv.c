/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * CSV for a spreadsheet and for a terminal: no text is a formula, and characters that
 * would act or not show are written as \u{hex}, line ends among them, so that a record is
 * a line.  What a name is exactly, profile_utf16 and JSON lines tell.
 */
#include "report/index/indexcsv.h"

#include "report/csvcell.h"
#include "report/index/indexfields.h"
#include "report/index/indexorder.h"
#include "report/index/indextext.h"

#include <stdlib.h>

static enum status put_text(struct output *output, const char *bytes, const char *utf16,
			    bool last)
{
	struct text units;
	char *shown;

	if (!indextext_units(bytes, utf16, &units))
		return STATUS_NOMEM;
	shown = text_exact(units);
	if (shown)
		csvcell_put_defused(output, shown, last);
	text_free(units);
	free(shown);
	return shown ? STATUS_OK : STATUS_NOMEM;
}

static enum status put_cell(struct output *output, const struct index_row *row,
			    enum index_field field, const char *bytes)
{
	bool last = field + 1 == INDEX_N_FIELDS;

	if (bytes)
		return put_text(output, bytes,
				field == INDEX_FIELD_PROFILE ? row->profile_utf16 : NULL,
				last);
	csvcell_put(output, "", last);
	return STATUS_OK;
}

struct table {
	const char *in_front; /* the caller's own column; NULL: none */
	struct output *output;
};

static enum status put_row(const struct index_subject *subject,
			   const struct index_row *row, void *context)
{
	const struct table *table = context;
	struct index_cells cells;

	indexfields_row(subject, row, &cells);
	if (table->in_front)
		RETURN_IF_FAILED(put_text(table->output, table->in_front, NULL, false));
	for (unsigned k = 0; k < INDEX_N_FIELDS; k++)
		RETURN_IF_FAILED(put_cell(table->output, row, k, cells.items[k]));
	return STATUS_OK;
}

void indexcsv_put_names(const char *in_front, struct output *output)
{
	if (in_front)
		csvcell_put(output, in_front, false);
	for (unsigned k = 0; k < INDEX_N_FIELDS; k++)
		csvcell_put(output, indexfields_name(k), k + 1 == INDEX_N_FIELDS);
}

enum status indexcsv_put_rows(const struct index *index, const char *in_front,
			      struct output *output)
{
	struct table table = { .in_front = in_front, .output = output };

	return indexorder_each_row(index, put_row, &table);
}

enum status indexcsv_write(const struct index *index, struct output *output)
{
	indexcsv_put_names(NULL, output);
	return indexcsv_put_rows(index, NULL, output);
}
