/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "verify/verifyrecord.h"

#include <inttypes.h>
#include <stdlib.h>

/* Flags that say that a name has one byte for each letter, and where they stand. */
#define KEY_FLAGS 2
#define KEY_LATIN1 0x20
#define VALUE_FLAGS 16
#define VALUE_LATIN1 1

/* Before version 1.2 of the format no flags tell it, and names are UTF-16. */
#define MINOR_FLAGS 2

static size_t fixed_size(const struct verifycell *cell)
{
	return cell->is_value ? VERIFYRECORD_VALUE : VERIFYRECORD_KEY;
}

bool verifyrecord_may_be(const struct verifyplace_report *report,
			 const struct verifycell *cell, const struct verifyrecord *record,
			 enum text_encoding encoding)
{
	struct span bytes = span_of(record->bytes, record->len);
	uint16_t flags = 0;
	bool latin1;

	if (!span_le16(bytes, cell->is_value ? VALUE_FLAGS : KEY_FLAGS, &flags))
		return false;
	if (cell->inferred & 1u << VERIFYCELL_ENCODING)
		return true;
	if (cell->hive < report->files.n &&
	    report->files.items[cell->hive].minor < MINOR_FLAGS)
		return true;
	latin1 = flags & (cell->is_value ? VALUE_LATIN1 : KEY_LATIN1);
	return latin1 == (encoding == TEXT_LATIN1);
}

/* True if what is there is as long as a record with its name. */
static bool is_whole(const struct verifyplace_report *report,
		     const struct verifycell *cell, const struct verifyrecord *record)
{
	size_t fixed = fixed_size(cell), len = record->len;
	size_t units = verifytext_length(
		cell->name, cell->name_utf16.len > 0 ? &cell->name_utf16 : NULL);

	if (verifyrecord_may_be(report, cell, record, TEXT_LATIN1) &&
	    len == fixed + units)
		return true;
	/* A UTF-16 name of an odd number of bytes has half a unit at its end. */
	return verifyrecord_may_be(report, cell, record, TEXT_UTF16LE) &&
	       (len == fixed + 2 * units || (units > 0 && len == fixed + 2 * units - 1));
}

/* Copies the run behind what is there, as far as there is room. */
static enum status append(struct verifyplace_report *report,
			  const struct verifycell_run *run, struct verifyrecord *record)
{
	size_t room = VERIFYRECORD_MOST - record->len;
	struct span bytes;

	RETURN_IF_FAILED(
		verifyfiles_bytes(&report->files, run->file, &bytes, report->failure));
	if (run->offset > bytes.len)
		return STATUS_ABSENT;
	bytes = span_clip(span_from(bytes, (size_t)run->offset),
			  run->len < room ? (size_t)run->len : room);
	if (!span_copy(bytes, 0, record->bytes + record->len, bytes.len))
		return STATUS_ABSENT;
	record->len += bytes.len;
	record->n_runs++;
	return STATUS_OK;
}

enum status verifyrecord_read(struct verifyplace_report *report,
			      const struct verifycell *cell, struct verifyrecord *out)
{
	size_t first = 0;

	*out = (struct verifyrecord){ .bytes = malloc(VERIFYRECORD_MOST) };
	if (!out->bytes)
		return STATUS_NOMEM;
	if (cell->runs.n == 0)
		return STATUS_ABSENT;
	for (size_t i = 0; i < cell->runs.n && out->len < VERIFYRECORD_MOST; i++) {
		RETURN_IF_FAILED(append(report, &cell->runs.items[i], out));
		if (i == 0)
			first = out->len;
		if (is_whole(report, cell, out))
			return STATUS_OK;
	}
	/* No number of runs is so long: what the first one holds can be looked at. */
	out->len = first;
	out->n_runs = 0;
	return STATUS_OK;
}

static void compare(struct verifyplace_report *report, const struct verifycell_run *run,
		    struct span bytes)
{
	char where[VERIFYFILES_WHERE_SIZE], is[DIGEST_HEX_SIZE], told[DIGEST_HEX_SIZE];
	struct digest digest;

	verifyfiles_where(&report->files, run->file, run->offset, where);
	if (run->offset > bytes.len ||
	    !span_sub(bytes, (size_t)run->offset, (size_t)run->len, &bytes)) {
		verifytally_wrong(&report->tally, VERIFYTALLY_PLACE, where,
				  "the byte run of %" PRIu64
				  " bytes ends behind the file's end",
				  run->len);
		return;
	}
	verifytally_holds(&report->tally, VERIFYTALLY_PLACE);
	if (!run->hashed) {
		verifytally_leave(&report->tally, VERIFYTALLY_HELD_BACK, 1);
		return;
	}
	digest = digest_of(bytes);
	if (memcmp(digest.bytes, run->sha256.bytes, DIGEST_SIZE) == 0) {
		verifytally_holds(&report->tally, VERIFYTALLY_RUN);
		return;
	}
	digest_hex(&digest, is);
	digest_hex(&run->sha256, told);
	verifytally_wrong(&report->tally, VERIFYTALLY_RUN, where,
			  "the byte run of %" PRIu64
			  " bytes has the SHA-256 %s, the report says %s",
			  run->len, is, told);
}

enum status verifyrecord_run(struct verifyplace_report *report,
			     const struct verifycell_run *run)
{
	struct span bytes;
	enum status status = verifyplace_bytes(report, run->file, 2, &bytes);

	if (status != STATUS_OK)
		return status == STATUS_ABSENT ? STATUS_OK : status;
	compare(report, run, bytes);
	return STATUS_OK;
}
