/* SPDX-License-Identifier: GPL-2.0-or-later */
/* JSON lines: an object a line, all of it strings, without what there is not. */
#include "report/index/indexjson.h"

#include "report/index/indexfields.h"
#include "report/index/indexorder.h"
#include "report/index/indextext.h"
#include "report/jsontext.h"

#include <string.h>

static void put(struct output *output, const char *ascii)
{
	(void)output_write(output, span_of(ascii, strlen(ascii)));
}

static enum status put_row(const struct index_subject *subject,
			   const struct index_row *row, void *context)
{
	struct output *output = context;
	struct index_cells cells;
	const char *before = "{\"";

	indexfields_row(subject, row, &cells);
	for (unsigned k = 0; k < INDEX_N_FIELDS; k++) {
		const char *utf16 = k == INDEX_FIELD_PROFILE ? row->profile_utf16 : NULL;
		struct text units;
		if (!cells.items[k])
			continue;
		if (!indextext_units(cells.items[k], utf16, &units))
			return STATUS_NOMEM;
		put(output, before);
		put(output, indexfields_name(k));
		put(output, "\":");
		jsontext_put(output, units);
		text_free(units);
		before = ",\"";
	}
	put(output, "}\n");
	return STATUS_OK;
}

enum status indexjson_write(const struct index *index, struct output *output)
{
	return indexorder_each_row(index, put_row, output);
}
