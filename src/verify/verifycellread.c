/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "verify/verifycellread.h"

#include "base/array.h"

#include <stdlib.h>
#include <string.h>

static enum status add_run(struct verifycell *cell,
			   const struct verifyplace_report *report,
			   struct verifytext_element attributes)
{
	struct verifycell_run run = { .file = cell->hive };
	uint64_t number = 0;

	if (!verifytext_number(attributes, "file_offset", &run.offset) ||
	    !verifytext_number(attributes, "len", &run.len))
		return STATUS_MALFORMED;
	if (verifytext_get(attributes, "input"))
		run.file = verifytext_id(attributes, "input", &number)
				   ? verifyfiles_find(&report->files, number)
				   : VERIFYFILES_NONE;
	RETURN_IF_FAILED(ARRAY_RESERVE(&cell->runs, VERIFY_MAX_RUNS));
	cell->runs.items[cell->runs.n++] = run;
	return STATUS_OK;
}

static enum status begin_data(struct verifycell *cell,
			      struct verifytext_element attributes)
{
	const struct span *unknown = verifytext_get(attributes, "unknown");
	const struct span *inferred = verifytext_get(attributes, "inferred_bytes");

	cell->redacted = verifytext_is(attributes, "redacted", "1");
	if (unknown &&
	    !verifycell_ranges(*unknown, cell->unknown, ARRAY_LEN(cell->unknown)))
		return STATUS_MALFORMED;
	if (inferred && !verifycell_ranges(*inferred, &cell->inferred_bytes, 1))
		return STATUS_MALFORMED;
	return STATUS_OK;
}

enum status verifycellread_begin(struct verifycell *cell,
				 const struct verifyplace_report *report,
				 enum verifyelement element,
				 struct verifytext_element attributes)
{
	switch ((int)element) {
	case VERIFYELEMENT_BYTE_RUN:
		return add_run(cell, report, attributes);
	case VERIFYELEMENT_DATA:
		return begin_data(cell, attributes);
	case VERIFYELEMENT_MTIME:
		cell->has_time =
			verifytext_number(attributes, "filetime", &cell->filetime);
		return cell->has_time ? STATUS_OK : STATUS_MALFORMED;
	case VERIFYELEMENT_NO_PLACE:
		cell->unplaced = true;
		return STATUS_OK;
	default:
		return STATUS_OK;
	}
}

/* Takes a copy. */
static enum status keep(uint8_t **kept, struct span *at, struct span text)
{
	uint8_t *copy = malloc(text.len + 1);

	if (!copy)
		return STATUS_NOMEM;
	if (!span_copy(text, 0, copy, text.len)) {
		free(copy);
		return STATUS_MALFORMED;
	}
	free(*kept);
	*kept = copy;
	*at = span_of(copy, text.len);
	return STATUS_OK;
}

static enum status end_hash(struct verifycell *cell, struct span text)
{
	struct verifycell_run *run;

	if (cell->runs.n == 0)
		return STATUS_MALFORMED;
	run = &cell->runs.items[cell->runs.n - 1];
	run->hashed = verifytext_digest(text, &run->sha256);
	return run->hashed ? STATUS_OK : STATUS_MALFORMED;
}

static enum status end_data(struct verifycell *cell, uint8_t *text, size_t len)
{
	if (!verifytext_unbase64(text, &len))
		return STATUS_MALFORMED;
	cell->data = malloc(len + 1);
	if (!cell->data)
		return STATUS_NOMEM;
	if (len > 0)
		memcpy(cell->data, text, len);
	cell->data_len = len;
	return STATUS_OK;
}

enum status verifycellread_end(struct verifycell *cell, enum verifyelement element,
			       uint8_t *text, size_t len, const struct span *utf16)
{
	struct span bytes = span_of(text, len);

	switch ((int)element) {
	case VERIFYELEMENT_ALLOC:
		cell->in_use = span_starts(bytes, 0, "1", 1);
		return STATUS_OK;
	case VERIFYELEMENT_BASENAME:
		RETURN_IF_FAILED(
			keep(&cell->kept[VERIFYCELL_KEPT_NAME], &cell->name, bytes));
		return utf16 ? keep(&cell->kept[VERIFYCELL_KEPT_UTF16], &cell->name_utf16,
				    *utf16)
			     : STATUS_OK;
	case VERIFYELEMENT_CELLPATH:
		return keep(&cell->kept[VERIFYCELL_KEPT_PATH], &cell->path, bytes);
	case VERIFYELEMENT_NAME_TYPE:
		cell->is_value = span_starts(bytes, 0, "v", 1);
		return STATUS_OK;
	case VERIFYELEMENT_DATA_TYPE:
		return span_copy(bytes, 0, cell->type,
				 len < sizeof(cell->type) ? len : sizeof(cell->type) - 1)
			       ? STATUS_OK
			       : STATUS_MALFORMED;
	case VERIFYELEMENT_DATA:
		return end_data(cell, text, len);
	case VERIFYELEMENT_HASHDIGEST:
		return end_hash(cell, bytes);
	default:
		return STATUS_OK;
	}
}
