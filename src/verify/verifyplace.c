/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "verify/verifyplace.h"

#include "base/filetime.h"

#include <inttypes.h>

size_t verifyplace_snapshot(const struct verifyplace_report *report,
			    struct verifytext_element element, const char *name)
{
	const struct verifyplace_snapshots *all = &report->snapshots;
	uint64_t number = 0;

	if (!verifytext_id(element, name, &number))
		return VERIFYFILES_NONE;
	/* They are numbered as they stand. */
	if (number > 0 && number <= all->n && all->items[number - 1].number == number)
		return all->items[number - 1].file;
	for (size_t i = 0; i < all->n; i++)
		if (all->items[i].number == number)
			return all->items[i].file;
	return VERIFYFILES_NONE;
}

bool verifyplace_named(const struct verifyplace_report *report,
		       struct verifytext_element element, struct verifyplace *out)
{
	uint64_t number = 0;

	if (!verifytext_id(element, "input", &number) ||
	    !verifytext_number(element, "offset", &out->offset))
		return false;
	out->file = verifyfiles_find(&report->files, number);
	return out->file != VERIFYFILES_NONE;
}

enum status verifyplace_bytes(struct verifyplace_report *report, size_t file,
			      uint64_t n_statements, struct span *out)
{
	enum status status =
		verifyfiles_bytes(&report->files, file, out, report->failure);

	if (status == STATUS_ABSENT)
		verifytally_leave(&report->tally, VERIFYTALLY_NOT_THERE, n_statements);
	return status;
}

bool verifyplace_le64(struct span bytes, uint64_t offset, uint64_t *out)
{
	return offset <= bytes.len && span_le64(bytes, (size_t)offset, out);
}

void verifyplace_spelling(struct verifyplace_report *report,
			  struct verifytext_element element, const char *time,
			  const char *filetime, const char *what)
{
	const struct span *spelled = verifytext_get(element, time);
	uint64_t ft = 0;
	char shown[FILETIME_TEXT_SIZE];

	if (!verifytext_number(element, filetime, &ft))
		return;
	/* Zero is no time, and none is spelled. */
	if (spelled ? ft != 0 && verifytext_is_time(*spelled, ft) : ft == 0) {
		verifytally_holds(&report->tally, VERIFYTALLY_SPELLING);
		return;
	}
	filetime_format(ft, shown);
	verifytally_wrong(&report->tally, VERIFYTALLY_SPELLING, what,
			  "the FILETIME %" PRIu64 " is %s, the report spells it %.*s", ft,
			  ft ? shown : "no time", spelled ? (int)spelled->len : 7,
			  spelled ? (const char *)spelled->ptr : "nothing");
}

enum status verifyplace_time(struct verifyplace_report *report, struct verifyplace place,
			     uint64_t filetime, const char *what)
{
	char where[VERIFYFILES_WHERE_SIZE];
	struct span bytes;
	uint64_t is = 0;
	enum status status = verifyplace_bytes(report, place.file, 1, &bytes);

	if (status != STATUS_OK)
		return status == STATUS_ABSENT ? STATUS_OK : status;
	if (verifyplace_le64(bytes, place.offset, &is) && is == filetime) {
		verifytally_holds(&report->tally, VERIFYTALLY_TIME);
		return STATUS_OK;
	}
	verifytally_wrong(
		&report->tally, VERIFYTALLY_TIME,
		verifyfiles_where(&report->files, place.file, place.offset, where),
		"the FILETIME %" PRIu64 " (%s) does not stand there", filetime, what);
	return STATUS_OK;
}
