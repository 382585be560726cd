/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/index/indexfields.h"

#include <stdio.h>

const char *indexfields_name(enum index_field field)
{
	static const char *const names[] = {
#define X(constant, name) [constant] = name,
		INDEX_FIELDS(X)
#undef X
	};

	return names[field];
}

/* As in the report; NULL for no time. */
static const char *put_time(uint64_t ft, char out[FILETIME_TEXT_SIZE])
{
	if (ft == 0)
		return NULL;
	filetime_format(ft, out);
	return out;
}

void indexfields_row(const struct index_subject *subject, const struct index_row *row,
		     struct index_cells *out)
{
	const char **cells = out->items;

	*out = (struct index_cells){ 0 };
	cells[INDEX_FIELD_SUBJECT] = *subject->name ? subject->name : NULL;
	cells[INDEX_FIELD_SID] = subject->sid;
	cells[INDEX_FIELD_PROFILE] = row->profile;
	cells[INDEX_FIELD_KIND] = row->kind;
	cells[INDEX_FIELD_FROM] = put_time(row->from_ft, out->from);
	cells[INDEX_FIELD_TO] = put_time(row->to_ft, out->to);
	cells[INDEX_FIELD_MOMENT] = put_time(row->moment_ft, out->moment);
	cells[INDEX_FIELD_CERTAINTY] = row->certainty;
	cells[INDEX_FIELD_TIME_CERTAINTY] = row->time_certainty;
	cells[INDEX_FIELD_FATE] = row->fate;
	if (row->weighed) {
		cells[INDEX_FIELD_CAUSE] = cause_word(row->cause);
		cells[INDEX_FIELD_GRADE] = grade_word(row->grade);
	}
	cells[INDEX_FIELD_RESTORE] = row->restore;
	cells[INDEX_FIELD_RESTORE_REASON] = row->restore_reason;
	cells[INDEX_FIELD_RESTORE_FILE] = row->restore_file;
	cells[INDEX_FIELD_REPORT] = subject->report;
	if (row->change > 0) {
		(void)snprintf(out->change, sizeof(out->change), "c%zu", row->change);
		cells[INDEX_FIELD_CHANGE] = out->change;
	}
	cells[INDEX_FIELD_ROLE] = subject->role;
	cells[INDEX_FIELD_PROFILE_UTF16] = row->profile_utf16;
	cells[INDEX_FIELD_STORE_PATH] = row->store_path;
	cells[INDEX_FIELD_NEW_NAME] = row->new_name;
	cells[INDEX_FIELD_NEW_STORE_PATH] = row->new_store_path;
	cells[INDEX_FIELD_BEFORE_FILE] = row->before_file;
	cells[INDEX_FIELD_AFTER_FILE] = row->after_file;
	cells[INDEX_FIELD_NOTE] = row->note;
}
