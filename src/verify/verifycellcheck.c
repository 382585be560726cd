/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "verify/verifycellcheck.h"

#include "verify/verifydata.h"
#include "verify/verifyrecord.h"

#include <inttypes.h>
#include <stdlib.h>

/* Places in a record. */
#define KEY_FLAGS 2
#define KEY_TIME 4
#define KEY_NAME_LENGTH 72
#define VALUE_NAME_LENGTH 2
#define VALUE_SIZE 4
#define VALUE_TYPE 12

/* Before version 1.2 of the format cells have 8 bytes in front of their data. */
#define MINOR_SHORT_CELLS 2

/* Statements about a record, of which none is checked when its file is not there. */
#define N_KEY 4
#define N_VALUE 5

/* ---- the record ---- */

struct check {
	struct verifyplace_report *report;
	const struct verifycell *cell;
	struct span record;
	char where[VERIFYFILES_WHERE_SIZE];
};

static bool is_inferred(const struct check *check, enum verifycell_inferred field)
{
	return check->cell->inferred & 1u << field;
}

static void check_signature(struct check *check)
{
	const struct verifycell *cell = check->cell;
	const char *signature = cell->is_value ? "vk" : "nk";

	if (is_inferred(check, VERIFYCELL_KIND))
		verifytally_leave(&check->report->tally, VERIFYTALLY_CONCLUDED, 1);
	else if (span_starts(check->record, 0, signature, 2))
		verifytally_holds(&check->report->tally, VERIFYTALLY_RECORD);
	else
		verifytally_wrong(&check->report->tally, VERIFYTALLY_RECORD, check->where,
				  "no %s record (%s) stands there",
				  cell->is_value ? "value" : "key", signature);
}

/* The size in front of a cell is negative as long as it is in use. */
static enum status check_use(struct check *check)
{
	const struct verifycell *cell = check->cell;
	const struct verifycell_run *first = &cell->runs.items[0];
	struct verifyplace_report *report = check->report;
	struct span bytes;
	uint32_t size = 0;

	if (cell->in_use == cell->recovered)
		verifytally_wrong(&report->tally, VERIFYTALLY_RECORD, check->where,
				  "the report says that a key refers to it, and that it "
				  "was recovered, or neither");
	if (!cell->in_use || cell->hive >= report->files.n ||
	    report->files.items[cell->hive].minor < MINOR_SHORT_CELLS)
		return STATUS_OK;
	RETURN_IF_FAILED(
		verifyfiles_bytes(&report->files, first->file, &bytes, report->failure));
	if (first->offset >= 4 && first->offset <= bytes.len &&
	    span_le32(bytes, (size_t)first->offset - 4, &size) && size >> 31)
		verifytally_holds(&report->tally, VERIFYTALLY_RECORD);
	else
		verifytally_wrong(&report->tally, VERIFYTALLY_RECORD, check->where,
				  "the report says that a key refers to it, but its cell "
				  "is not in use");
	return STATUS_OK;
}

/* ---- its name ---- */

static bool name_is(const struct check *check, const struct verifyrecord *record,
		    struct span name, enum text_encoding encoding)
{
	const struct verifycell *cell = check->cell;

	return verifyrecord_may_be(check->report, cell, record, encoding) &&
	       verifytext_says(cell->name,
			       cell->name_utf16.len > 0 ? &cell->name_utf16 : NULL,
			       (struct text){ name, encoding });
}

/* Of a damaged record the length may be more than the cell has room for. */
static bool length_fits(const struct check *check, size_t fixed)
{
	uint16_t len = 0;

	return is_inferred(check, VERIFYCELL_NAME_LENGTH) ||
	       (span_le16(check->record,
			  check->cell->is_value ? VALUE_NAME_LENGTH : KEY_NAME_LENGTH,
			  &len) &&
		len >= check->record.len - fixed);
}

static void check_name(struct check *check, const struct verifyrecord *record)
{
	const struct verifycell *cell = check->cell;
	size_t fixed = cell->is_value ? VERIFYRECORD_VALUE : VERIFYRECORD_KEY;
	struct span name = span_from(check->record, fixed);
	bool right;

	if (is_inferred(check, VERIFYCELL_NAME)) {
		verifytally_leave(&check->report->tally, VERIFYTALLY_CONCLUDED, 1);
		return;
	}
	right = record->n_runs > 0 && length_fits(check, fixed) &&
		(name_is(check, record, name, TEXT_LATIN1) ||
		 name_is(check, record, name, TEXT_UTF16LE));
	if (right)
		verifytally_holds(&check->report->tally, VERIFYTALLY_NAME);
	else
		verifytally_wrong(
			&check->report->tally, VERIFYTALLY_NAME, check->where,
			"the record has not the name that the report says, %.*s",
			(int)span_clip(cell->name, 1000).len,
			(const char *)cell->name.ptr);
}

/*
 * The path ends with the name, but for a root's; what comes before is not checked.  The
 * default value of a key has no name, and the path of the key.
 */
static void check_path(struct check *check)
{
	const struct verifycell *cell = check->cell;
	struct span path = cell->path, name = cell->name;
	size_t front = path.len - name.len;
	bool root = !cell->is_value && (cell->recovered || path.len == 0);
	bool nameless = name.len == 0;

	verifytally_leave(&check->report->tally, VERIFYTALLY_PATH, 1);
	if (root || nameless ||
	    (path.len >= name.len && span_equal(span_from(path, front), name) &&
	     (front == 0 || span_starts(path, front - 1, "\\", 1))))
		return;
	verifytally_wrong(&check->report->tally, VERIFYTALLY_NAME, check->where,
			  "the path %.*s does not end with the name %.*s",
			  (int)span_clip(path, 2000).len, (const char *)path.ptr,
			  (int)span_clip(name, 1000).len, (const char *)name.ptr);
}

/* ---- what else is in it ---- */

static void check_time(struct check *check)
{
	const struct verifycell *cell = check->cell;
	uint64_t is = 0;

	if (span_le64(check->record, KEY_TIME, &is) &&
	    is == (cell->has_time ? cell->filetime : 0))
		verifytally_holds(&check->report->tally, VERIFYTALLY_TIME);
	else
		verifytally_wrong(&check->report->tally, VERIFYTALLY_TIME, check->where,
				  "the key's last write is the FILETIME %" PRIu64
				  ", the report says %" PRIu64,
				  is, cell->has_time ? cell->filetime : 0);
}

static void check_type(struct check *check)
{
	static const char *const words[] = {
		"REG_NONE",
		"REG_SZ",
		"REG_EXPAND_SZ",
		"REG_BINARY",
		"REG_DWORD",
		"REG_DWORD_BIG_ENDIAN",
		"REG_LINK",
		"REG_MULTI_SZ",
		"REG_RESOURCE_LIST",
		"REG_FULL_RESOURCE_DESCRIPTOR",
		"REG_RESOURCE_REQUIREMENTS_LIST",
		"REG_QWORD",
	};
	uint32_t type = 0;
	char number[16];
	const char *word = number;
	bool there = span_le32(check->record, VALUE_TYPE, &type);

	(void)snprintf(number, sizeof(number), "%" PRIu32, type);
	if (type < ARRAY_LEN(words))
		word = words[type];
	if (there && strcmp(word, check->cell->type) == 0)
		verifytally_holds(&check->report->tally, VERIFYTALLY_TYPE);
	else
		verifytally_wrong(&check->report->tally, VERIFYTALLY_TYPE, check->where,
				  "the value's type is %s, the report says %s", word,
				  check->cell->type);
}

/* Of a secret the runs tell how long it is; there are none if it stands in the record. */
static void check_length(struct check *check, const struct verifyrecord *record)
{
	const struct verifycell *cell = check->cell;
	uint64_t len = 0;
	uint32_t size = 0;

	for (size_t i = record->n_runs; i < cell->runs.n; i++)
		len += cell->runs.items[i].len;
	if (span_le32(check->record, VALUE_SIZE, &size) &&
	    (size >> 31 ? len == 0 : len <= size))
		verifytally_holds(&check->report->tally, VERIFYTALLY_DATA);
	else
		verifytally_wrong(&check->report->tally, VERIFYTALLY_DATA, check->where,
				  "the record of the secret %.*s tells of another length",
				  (int)span_clip(cell->name, 1000).len,
				  (const char *)cell->name.ptr);
}

static enum status check_data(struct check *check, const struct verifyrecord *record)
{
	const struct verifycell *cell = check->cell;
	struct verifytally *tally = &check->report->tally;
	struct verifydata_answer answer = { 0 };

	if (cell->redacted) {
		verifytally_leave(tally, VERIFYTALLY_HELD_BACK, 1);
		check_length(check, record);
		return STATUS_OK;
	}
	enum status status = verifydata_compare(check->report, cell, record, &answer);
	if (status == STATUS_ABSENT)
		verifytally_leave(tally, VERIFYTALLY_NOT_THERE, 1);
	if (status != STATUS_OK)
		return status == STATUS_ABSENT ? STATUS_OK : status;
	verifytally_leave(tally, VERIFYTALLY_CONCLUDED, answer.n_inferred > 0);
	if (!answer.wrong)
		verifytally_holds(tally, VERIFYTALLY_DATA);
	else
		verifytally_wrong(tally, VERIFYTALLY_DATA, check->where,
				  "the data of the value %.*s: %s",
				  (int)span_clip(cell->name, 1000).len,
				  (const char *)cell->name.ptr, answer.wrong);
	return STATUS_OK;
}

static enum status check_record(struct check *check, const struct verifyrecord *record)
{
	check_signature(check);
	check_name(check, record);
	check_path(check);
	if (check->cell->is_value) {
		check_type(check);
		if (record->n_runs > 0)
			RETURN_IF_FAILED(check_data(check, record));
	} else {
		check_time(check);
	}
	return check_use(check);
}

enum status verifycellcheck_all(struct verifyplace_report *report,
				const struct verifycell *cell)
{
	struct verifyrecord record;
	struct check check = { .report = report, .cell = cell };
	enum status status;

	for (size_t i = 0; i < cell->runs.n; i++)
		RETURN_IF_FAILED(verifyrecord_run(report, &cell->runs.items[i]));
	if (cell->unplaced) {
		verifytally_leave(&report->tally, VERIFYTALLY_EXPORT, 1);
		return STATUS_OK;
	}
	status = verifyrecord_read(report, cell, &record);
	check.record = span_of(record.bytes, record.len);
	if (status == STATUS_OK) {
		verifyfiles_where(&report->files, cell->runs.items[0].file,
				  cell->runs.items[0].offset, check.where);
		status = check_record(&check, &record);
	} else if (status == STATUS_ABSENT) {
		verifytally_leave(&report->tally,
				  cell->runs.n > 0 ? VERIFYTALLY_NOT_THERE
						   : VERIFYTALLY_CONCLUDED,
				  cell->is_value ? N_VALUE : N_KEY);
		status = STATUS_OK;
	}
	free(record.bytes);
	return status;
}
