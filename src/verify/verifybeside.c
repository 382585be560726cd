/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Formats: PE/COFF specification; VS_FIXEDFILEINFO; EVENTLOGRECORD; of .evtx what libevtx's
 * documentation calls the event record header.
 */
#include "verify/verifybeside.h"

#include "base/filetime.h"

#include <inttypes.h>
#include <stdlib.h>

/* A program file: where its header's place stands, and what is behind the signature. */
#define PE_HEADER 0x3c
#define PE_MACHINE 4
#define PE_BUILT 8

/* In front of the version that version_offset names, with the version of that structure. */
#define FIXED_SIGNATURE 0xFEEF04BDu
#define FIXED_BEFORE 8

/* Records of .evt and .evtx, at their offset. */
#define EVT_SIGNATURE 4
#define EVT_RECORD 8
#define EVT_TIME 12
#define EVT_ID 20
#define EVTX_RECORD 8
#define EVTX_SIZE 4

/* Longest line of a listing that is looked at, bytes. */
#define LINE_MOST 65536

static void tell(struct verifyplace_report *report, enum verifytally_kind kind,
		 bool holds, uint64_t offset, const char *what)
{
	char where[VERIFYFILES_WHERE_SIZE];

	if (holds)
		verifytally_holds(&report->tally, kind);
	else
		verifytally_wrong(
			&report->tally, kind,
			verifyfiles_where(&report->files, report->input, offset, where),
			"%s is not as the report says", what);
}

/* ---- Mapi32.dll ---- */

static void check_header(struct verifyplace_report *report,
			 struct verifytext_element element, struct span bytes)
{
	const struct span *built = verifytext_get(element, "built");
	uint32_t header = 0, time = 0;
	uint16_t machine = 0;
	char number[8];
	bool there = span_le32(bytes, PE_HEADER, &header) &&
		     span_starts(bytes, header, "PE\0\0", 4) &&
		     span_le16(bytes, (size_t)header + PE_MACHINE, &machine) &&
		     span_le32(bytes, (size_t)header + PE_BUILT, &time);

	if (verifytext_get(element, "machine")) {
		(void)snprintf(number, sizeof(number), "0x%04x", machine);
		tell(report, VERIFYTALLY_PROGRAM,
		     there && verifytext_is(element, "machine", number),
		     (uint64_t)header + PE_MACHINE, "machine");
	}
	if (built)
		tell(report, VERIFYTALLY_PROGRAM,
		     there && verifytext_is_time(*built, filetime_from_unix(time, 0)),
		     (uint64_t)header + PE_BUILT, "built");
}

static void check_version(struct verifyplace_report *report,
			  struct verifytext_element element, struct span bytes)
{
	uint16_t parts[4] = { 0 };
	uint32_t signature = 0;
	uint64_t offset = 0;
	char version[24];
	bool there = verifytext_number(element, "version_offset", &offset) &&
		     offset >= FIXED_BEFORE && offset <= bytes.len &&
		     span_le32(bytes, (size_t)offset - FIXED_BEFORE, &signature) &&
		     signature == FIXED_SIGNATURE;

	/* Each two numbers are one of 32 bits, the higher half first. */
	for (size_t i = 0; there && i < ARRAY_LEN(parts); i++)
		there = span_le16(bytes, (size_t)offset + 2 * (i ^ 1), &parts[i]);
	(void)snprintf(version, sizeof(version), "%u.%u.%u.%u", parts[0], parts[1],
		       parts[2], parts[3]);
	tell(report, VERIFYTALLY_PROGRAM,
	     there && verifytext_is(element, "version", version), offset, "version");
}

/* A string of the version resource stands in the file as UTF-16, wherever. */
static enum status check_string(struct verifyplace_report *report,
				struct verifytext_element element, const char *name,
				struct span bytes)
{
	const struct span *told = verifytext_get(element, name);
	struct text units;

	if (!told || told->len == 0)
		return STATUS_OK;
	if (!text_from_utf8((const char *)told->ptr, told->len, &units))
		return STATUS_NOMEM;
	tell(report, VERIFYTALLY_PROGRAM,
	     span_contains(bytes, units.bytes.ptr, units.bytes.len), 0, name);
	text_free(units);
	return STATUS_OK;
}

enum status verifybeside_mapi32(struct verifyplace_report *report,
				struct verifytext_element element)
{
	static const char *const strings[] = { "company", "product", "description",
					       "original_name" };
	struct span bytes;

	/* The verdict; what it exports; whether it is older than a service pack. */
	verifytally_leave(&report->tally, VERIFYTALLY_WHOLE, 3);
	enum status status = verifyplace_bytes(report, report->input, 3, &bytes);
	if (status != STATUS_OK)
		return status == STATUS_ABSENT ? STATUS_OK : status;
	check_header(report, element, bytes);
	if (verifytext_get(element, "version"))
		check_version(report, element, bytes);
	for (size_t i = 0; i < ARRAY_LEN(strings); i++)
		RETURN_IF_FAILED(check_string(report, element, strings[i], bytes));
	return STATUS_OK;
}

/* ---- listings ---- */

/* The line as UTF-8, as far as its encoding is known here; to be freed. */
static char *read_line(struct span bytes, bool utf16be, bool utf16le)
{
	size_t step = utf16be || utf16le ? 2 : 1, n = 0;
	struct text units = { .encoding = TEXT_UTF16LE };
	uint8_t *copy = malloc(bytes.len + 1);
	char *line = NULL;

	if (!copy)
		return NULL;
	for (; n + step <= bytes.len; n += step) {
		uint8_t unit[2] = { 0 };
		if (!span_copy(bytes, n, unit, step))
			break;
		if (utf16be) {
			uint8_t high = unit[0];
			unit[0] = unit[1];
			unit[1] = high;
		}
		if (unit[1] == 0 && (unit[0] == '\n' || unit[0] == '\r'))
			break;
		memcpy(copy + n, unit, step);
	}
	if (step == 2) {
		units.bytes = span_of(copy, n);
		line = text_to_utf8(units, NULL);
		free(copy);
		return line;
	}
	copy[n] = '\0';
	return (char *)copy;
}

static bool is_ascii(struct span text)
{
	uint8_t c = 0;

	for (size_t i = 0; span_u8(text, i, &c); i++)
		if (c >= 0x80)
			return false;
	return true;
}

enum status verifybeside_holder(struct verifyplace_report *report,
				struct verifytext_element element, bool utf16be,
				bool utf16le)
{
	const struct span *image = verifytext_get(element, "image");
	uint64_t offset = 0;
	struct span bytes;
	enum status status = verifyplace_bytes(report, report->input, 1, &bytes);

	if (status != STATUS_OK)
		return status == STATUS_ABSENT ? STATUS_OK : status;
	if (!image || !verifytext_number(element, "offset", &offset) ||
	    offset > bytes.len)
		image = NULL;
	/* A code page that no listing tells is not known here: those letters are passed over. */
	if (image && !is_ascii(*image)) {
		verifytally_leave(&report->tally, VERIFYTALLY_DECODED, 1);
		return STATUS_OK;
	}
	char *line =
		read_line(image ? span_clip(span_from(bytes, (size_t)offset), LINE_MOST)
				: span_of("", 0),
			  utf16be, utf16le);
	if (!line)
		return STATUS_NOMEM;
	tell(report, VERIFYTALLY_PROCESS,
	     image && span_contains(span_of(line, strlen(line)), image->ptr, image->len),
	     offset, "the program in this line");
	free(line);
	return STATUS_OK;
}

/* ---- events ---- */

static void check_evt(struct verifyplace_report *report,
		      struct verifytext_element element, struct span bytes, size_t at)
{
	uint64_t record = 0, code = 0, time = 0;
	uint32_t is_record = 0, id = 0, seconds = 0;
	bool told = verifytext_number(element, "record", &record) &&
		    verifytext_number(element, "code", &code) &&
		    verifytext_number(element, "filetime", &time);

	tell(report, VERIFYTALLY_EVENT,
	     told && span_starts(bytes, at + EVT_SIGNATURE, "LfLe", 4) &&
		     span_le32(bytes, at + EVT_RECORD, &is_record) && is_record == record,
	     at, "the number of the event record");
	tell(report, VERIFYTALLY_EVENT,
	     told && span_le32(bytes, at + EVT_ID, &id) && (id & 0xffff) == code, at,
	     "the number of the event");
	tell(report, VERIFYTALLY_TIME,
	     told && span_le32(bytes, at + EVT_TIME, &seconds) &&
		     filetime_from_unix(seconds, 0) == time,
	     at, "the time of the event");
}

static void check_evtx(struct verifyplace_report *report,
		       struct verifytext_element element, struct span bytes, size_t at)
{
	uint64_t record = 0, time = 0, is_record = 0;
	uint8_t time_bytes[8];
	uint32_t size = 0;
	bool told = verifytext_number(element, "record", &record) &&
		    verifytext_number(element, "filetime", &time);

	/* It was generated at a time that stands in its XML, and written at another. */
	put_le32(time_bytes, (uint32_t)time);
	put_le32(time_bytes + 4, (uint32_t)(time >> 32));

	tell(report, VERIFYTALLY_EVENT,
	     told && span_starts(bytes, at, "**\0\0", 4) &&
		     span_le64(bytes, at + EVTX_RECORD, &is_record) &&
		     is_record == record,
	     at, "the number of the event record");
	tell(report, VERIFYTALLY_TIME,
	     told && span_le32(bytes, at + EVTX_SIZE, &size) &&
		     span_contains(span_clip(span_from(bytes, at), size), time_bytes,
				   sizeof(time_bytes)),
	     at, "the time of the event");
	/* The rest of it is binary XML. */
	verifytally_leave(&report->tally, VERIFYTALLY_DECODED, 1);
}

enum status verifybeside_event(struct verifyplace_report *report,
			       struct verifytext_element element, bool evtx)
{
	uint64_t offset = 0;
	struct span bytes;

	verifyplace_spelling(report, element, "time", "filetime", "event");
	/* Whose it is, and what it tells. */
	verifytally_leave(&report->tally, VERIFYTALLY_DECODED, 1);
	enum status status = verifyplace_bytes(report, report->input, 3, &bytes);
	if (status != STATUS_OK)
		return status == STATUS_ABSENT ? STATUS_OK : status;
	if (!verifytext_number(element, "offset", &offset) || offset > bytes.len)
		tell(report, VERIFYTALLY_EVENT, false, offset, "the place of the event");
	else if (evtx)
		check_evtx(report, element, bytes, (size_t)offset);
	else
		check_evt(report, element, bytes, (size_t)offset);
	return STATUS_OK;
}
