/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Format: regf specification, "Base block", "New log file", "Old log file". */
#include "verify/verifyhive.h"

#include "base/filetime.h"

#include <inttypes.h>

/* Places in a base block. */
#define BASE_PRIMARY 4
#define BASE_SECONDARY 8
#define BASE_WRITTEN 12
#define BASE_MAJOR 20
#define BASE_MINOR 24
#define BASE_TYPE 28
#define BASE_DATA_SIZE 40
#define BASE_NAME 48
#define BASE_NAME_SIZE 64
#define BASE_CHECKSUM 508
#define BASE_SIZE 512

/* The file type of a log of the new format; those of the old one are 1 and 2. */
#define TYPE_NEW_LOG 6

/* An entry of the new format: its size and number, and how long it is at least. */
#define ENTRY_FIRST 512
#define ENTRY_SIZE 4
#define ENTRY_SEQUENCE 12
#define ENTRY_LEAST 512

/* ---- the base block ---- */

static void tell(struct verifyplace_report *report, bool holds, uint64_t offset,
		 const char *what)
{
	char where[VERIFYFILES_WHERE_SIZE];

	if (holds)
		verifytally_holds(&report->tally, VERIFYTALLY_BASE);
	else
		verifytally_wrong(
			&report->tally, VERIFYTALLY_BASE,
			verifyfiles_where(&report->files, report->input, offset, where),
			"%s is not as the report says", what);
}

static void check_number(struct verifyplace_report *report,
			 struct verifytext_element element, const char *name,
			 struct span bytes, uint32_t offset)
{
	uint64_t told = 0;
	uint32_t is = 0;

	tell(report,
	     verifytext_number(element, name, &told) && span_le32(bytes, offset, &is) &&
		     is == told,
	     offset, name);
}

/* The XOR of all words in front of it, which is never 0 or all ones. */
static bool checksum_is_right(struct span bytes)
{
	uint32_t sum = 0, word = 0;

	for (size_t i = 0; i < BASE_CHECKSUM; i += 4)
		if (span_le32(bytes, i, &word))
			sum ^= word;
	if (sum == 0)
		sum = 1;
	if (sum == UINT32_MAX)
		sum = UINT32_MAX - 1;
	return span_le32(bytes, BASE_CHECKSUM, &word) && word == sum;
}

static void check_version(struct verifyplace_report *report,
			  struct verifytext_element element, struct span bytes)
{
	uint32_t major = 0, minor = 0;
	char version[24];
	bool there = span_le32(bytes, BASE_MAJOR, &major) &&
		     span_le32(bytes, BASE_MINOR, &minor);

	(void)snprintf(version, sizeof(version), "%" PRIu32 ".%" PRIu32, major, minor);
	tell(report, there && verifytext_is(element, "version", version), BASE_MAJOR,
	     "version");
}

static void check_written(struct verifyplace_report *report,
			  struct verifytext_element element, struct span bytes)
{
	const struct span *told = verifytext_get(element, "last_written");
	uint64_t ft = 0;
	bool there = span_le64(bytes, BASE_WRITTEN, &ft);

	tell(report, there && (told ? verifytext_is_time(*told, ft) : ft == 0),
	     BASE_WRITTEN, "last_written");
}

static void check_embedded_name(struct verifyplace_report *report,
				struct verifytext_element element, struct span bytes)
{
	struct text name = { .encoding = TEXT_UTF16LE };

	if (span_sub(bytes, BASE_NAME, BASE_NAME_SIZE, &name.bytes))
		name = text_until_nul(name);
	tell(report, verifytext_attribute(element, "embedded_name", name), BASE_NAME,
	     "embedded_name");
}

/* The minor version tells of what form cells and names are. */
static void note_minor(struct verifyplace_report *report,
		       struct verifytext_element element)
{
	const struct span *version = verifytext_get(element, "version");
	size_t point = 0;
	uint64_t minor = 0;

	if (report->input < report->files.n && version &&
	    span_find(*version, ".", 1, &point) &&
	    verifytext_digits(span_from(*version, point + 1), &minor) &&
	    minor <= UINT32_MAX)
		report->files.items[report->input].minor = (uint32_t)minor;
}

/* The sequence numbers of a hive that was written whole are the same. */
static void check_state(struct verifyplace_report *report,
			struct verifytext_element element, struct span bytes)
{
	uint32_t primary = 0, secondary = 0;
	bool there = span_le32(bytes, BASE_PRIMARY, &primary) &&
		     span_le32(bytes, BASE_SECONDARY, &secondary);

	if (verifytext_is(element, "state", "clean"))
		tell(report, there && primary == secondary, BASE_PRIMARY, "state");
	else if (verifytext_is(element, "state", "dirty"))
		tell(report, there && primary != secondary, BASE_PRIMARY, "state");
	else
		verifytally_leave(&report->tally, VERIFYTALLY_WHOLE, 1);
}

enum status verifyhive_base(struct verifyplace_report *report,
			    struct verifytext_element element)
{
	struct span bytes;

	note_minor(report, element);
	/* newest_key, keys and values; free_cells. */
	verifytally_leave(&report->tally, VERIFYTALLY_WHOLE, 4);
	enum status status = verifyplace_bytes(report, report->input, 8, &bytes);
	if (status != STATUS_OK)
		return status == STATUS_ABSENT ? STATUS_OK : status;
	if (verifytext_is(element, "state", "no_base_block")) {
		verifytally_leave(&report->tally, VERIFYTALLY_CONCLUDED, 7);
		return STATUS_OK;
	}
	check_version(report, element, bytes);
	check_number(report, element, "primary_sequence", bytes, BASE_PRIMARY);
	check_number(report, element, "secondary_sequence", bytes, BASE_SECONDARY);
	check_number(report, element, "data_size", bytes, BASE_DATA_SIZE);
	tell(report,
	     verifytext_is(element, "checksum", checksum_is_right(bytes) ? "ok" : "bad"),
	     BASE_CHECKSUM, "checksum");
	check_written(report, element, bytes);
	check_embedded_name(report, element, bytes);
	check_state(report, element, bytes);
	return STATUS_OK;
}

/* ---- logs ---- */

static void tell_log(struct verifyplace_report *report, size_t file, bool holds,
		     uint64_t offset, const char *what)
{
	char where[VERIFYFILES_WHERE_SIZE];

	if (holds)
		verifytally_holds(&report->tally, VERIFYTALLY_LOG);
	else
		verifytally_wrong(&report->tally, VERIFYTALLY_LOG,
				  verifyfiles_where(&report->files, file, offset, where),
				  "%s", what);
}

/* The number and size of the entry of the new format at an offset. */
static bool read_entry(struct span bytes, uint64_t offset, uint32_t *sequence,
		       uint32_t *size)
{
	return offset <= bytes.len && span_starts(bytes, (size_t)offset, "HvLE", 4) &&
	       span_le32(bytes, (size_t)offset + ENTRY_SIZE, size) &&
	       span_le32(bytes, (size_t)offset + ENTRY_SEQUENCE, sequence) &&
	       *size >= ENTRY_LEAST;
}

static bool is_new(struct span bytes)
{
	uint32_t type = 0;

	return span_le32(bytes, BASE_TYPE, &type) && type == TYPE_NEW_LOG;
}

/* All of its entries, one after another. */
static bool has_entries(struct span bytes, uint64_t first, uint64_t n)
{
	uint32_t sequence = 0, size = 0;
	uint64_t offset = ENTRY_FIRST;

	for (uint64_t i = 0; i < n; i++, offset += size)
		if (!read_entry(bytes, offset, &sequence, &size) ||
		    sequence != (uint32_t)(first + i))
			return false;
	return offset <= bytes.len;
}

enum status verifyhive_log(struct verifyplace_report *report,
			   struct verifytext_element element)
{
	uint64_t first = 0, last = 0, n = 0;
	uint32_t primary = 0;
	struct span bytes;

	/* What became of it; the entries behind those that count. */
	verifytally_leave(&report->tally, VERIFYTALLY_WHOLE, 2);
	if (!verifytext_get(element, "format"))
		return STATUS_OK;
	enum status status = verifyplace_bytes(report, report->input, 2, &bytes);
	if (status != STATUS_OK)
		return status == STATUS_ABSENT ? STATUS_OK : status;
	tell_log(report, report->input,
		 verifytext_is(element, "format", is_new(bytes) ? "new" : "old"),
		 BASE_TYPE, "the log has not the format that the report says");
	bool told = verifytext_number(element, "first_sequence", &first) &&
		    verifytext_number(element, "last_sequence", &last) &&
		    verifytext_number(element, "entries", &n) &&
		    (uint32_t)(first + n - 1) == last;
	if (is_new(bytes))
		told = told && has_entries(bytes, first, n);
	else
		told = told && n == 1 && span_le32(bytes, BASE_PRIMARY, &primary) &&
		       primary == first;
	tell_log(report, report->input, told, ENTRY_FIRST,
		 "the log has not the entries that the report says");
	return STATUS_OK;
}

static bool has_entry(struct span bytes, uint64_t wanted)
{
	uint32_t sequence = 0, size = 0;

	if (!is_new(bytes))
		return span_le32(bytes, BASE_PRIMARY, &sequence) && sequence == wanted;
	for (uint64_t offset = ENTRY_FIRST; read_entry(bytes, offset, &sequence, &size);
	     offset += size)
		if (sequence == wanted)
			return true;
	return false;
}

enum status verifyhive_entry(struct verifyplace_report *report,
			     struct verifytext_element element)
{
	uint64_t number = 0, sequence = 0;
	struct span bytes;

	if (!verifytext_id(element, "log", &number) ||
	    !verifytext_number(element, "log_sequence", &sequence))
		return STATUS_OK;
	size_t file = verifyfiles_find(&report->files, number);
	enum status status = verifyplace_bytes(report, file, 1, &bytes);
	if (status != STATUS_OK)
		return status == STATUS_ABSENT ? STATUS_OK : status;
	tell_log(report, file, has_entry(bytes, sequence), ENTRY_FIRST,
		 "the log has no entry of the number that a change names");
	return STATUS_OK;
}
