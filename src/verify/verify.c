/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The report goes by element by element: what an element says is looked at when it begins,
 * what its text says when it ends, and a key or value when all of it is known.
 */
#include "verify/verify.h"

#include "base/array.h"
#include "verify/verifybeside.h"
#include "verify/verifycellcheck.h"
#include "verify/verifycellread.h"
#include "verify/verifyhive.h"
#include "verify/verifystory.h"

#include <inttypes.h>
#include <stdlib.h>

/* As deep as parsers of XML go. */
#define MAX_DEPTH 256

/* Bytes of one text, as much as parsers of XML take. */
#define MAX_TEXT ((size_t)16 << 20)

struct verify {
	struct verifyplace_report report;
	enum verifyelement stack[MAX_DEPTH];
	size_t depth;
	uint8_t *text; /* of the element that is open, if it is wanted */
	size_t text_len, text_cap;
	uint8_t *utf16; /* its units, malloc'ed; NULL: none are told */
	size_t utf16_len;
	struct verifycell cells[2]; /* in a changed one its earlier state */
	size_t n_cells;
	struct verifystory story;
	bool evtx, utf16be, utf16le; /* of the event log, of the listing */
};

enum status verify_new(const struct verify_evidence *evidence, FILE *out,
		       struct verify **given)
{
	struct verify *verify = calloc(1, sizeof(*verify));

	if (!verify)
		return STATUS_NOMEM;
	verify->report.tally.out = out;
	verify->report.files.evidence = evidence;
	verify->report.files.tally = &verify->report.tally;
	verify->report.input = verify->report.here = VERIFYFILES_NONE;
	verify->report.before = verify->report.after = VERIFYFILES_NONE;
	*given = verify;
	return STATUS_OK;
}

void verify_free(struct verify *verify)
{
	if (!verify)
		return;
	verifyfiles_clear(&verify->report.files);
	free(verify->report.snapshots.items);
	for (size_t i = 0; i < ARRAY_LEN(verify->cells); i++)
		verifycell_clear(&verify->cells[i]);
	free(verify->text);
	free(verify->utf16);
	free(verify);
}

static enum verifyelement parent_of(const struct verify *verify)
{
	return verify->depth > 1 ? verify->stack[verify->depth - 2] : VERIFYELEMENT_OTHER;
}

/* ---- elements that begin ---- */

static enum status begin_input(struct verify *verify, struct verifytext_element element)
{
	uint64_t number = 0;

	if (!verifytext_id(element, "id", &number))
		return STATUS_MALFORMED;
	verify->report.input = verify->report.files.n;
	return verifyfiles_add(&verify->report.files, number);
}

/* The hive file in which runs stand that name no input. */
static size_t hive_of(const struct verify *verify, struct verifytext_element element)
{
	const struct verifyplace_report *report = &verify->report;

	if (report->before == VERIFYFILES_NONE)
		return report->here;
	return verifytext_is(element, "new_cell", "1") ||
			       verifytext_is(element, "modified_cell", "1")
		       ? report->after
		       : report->before;
}

static enum status begin_cell(struct verify *verify, struct verifytext_element element,
			      bool original)
{
	const struct span *inferred = verifytext_get(element, "inferred");
	struct verifycell *cell;

	if (verify->n_cells >= ARRAY_LEN(verify->cells))
		return STATUS_MALFORMED;
	cell = &verify->cells[verify->n_cells++];
	verifycell_clear(cell);
	cell->hive = original ? verify->report.before : hive_of(verify, element);
	cell->recovered = verifytext_get(element, "origin");
	if (cell->recovered)
		verifytally_leave(&verify->report.tally, VERIFYTALLY_RECOVERED, 1);
	if (inferred)
		cell->inferred = verifycell_inferred(*inferred);
	return STATUS_OK;
}

static enum status begin_beside(struct verify *verify, enum verifyelement element,
				struct verifytext_element attributes)
{
	struct verifyplace_report *report = &verify->report;

	switch ((int)element) {
	case VERIFYELEMENT_EVENT_LOG:
		verify->evtx = verifytext_is(attributes, "format", "evtx");
		return STATUS_OK;
	case VERIFYELEMENT_LISTING:
		verify->utf16be = verifytext_is(attributes, "encoding", "utf-16be");
		verify->utf16le = verifytext_is(attributes, "encoding", "utf-16le");
		return STATUS_OK;
	case VERIFYELEMENT_EVENT:
		return verifybeside_event(report, attributes, verify->evtx);
	case VERIFYELEMENT_HOLDER:
		return verifybeside_holder(report, attributes, verify->utf16be,
					   verify->utf16le);
	case VERIFYELEMENT_HIVE:
		return verifyhive_base(report, attributes);
	case VERIFYELEMENT_LOG:
		return verifyhive_log(report, attributes);
	case VERIFYELEMENT_MAPI32:
		return verifybeside_mapi32(report, attributes);
	default:
		return STATUS_OK;
	}
}

static enum status begin(struct verify *verify, enum verifyelement element,
			 struct verifytext_element attributes)
{
	if (verify->n_cells > 0 && element != VERIFYELEMENT_ORIGINAL)
		return verifycellread_begin(&verify->cells[verify->n_cells - 1],
					    &verify->report, element, attributes);
	switch ((int)element) {
	case VERIFYELEMENT_INPUT:
		return begin_input(verify, attributes);
	case VERIFYELEMENT_CELL:
	case VERIFYELEMENT_ORIGINAL:
		return begin_cell(verify, attributes, element == VERIFYELEMENT_ORIGINAL);
	case VERIFYELEMENT_BOUND:
	case VERIFYELEMENT_CHANGE:
	case VERIFYELEMENT_COMPARISON:
	case VERIFYELEMENT_DELETION:
	case VERIFYELEMENT_OTHER_HIVE:
	case VERIFYELEMENT_PROFILE:
	case VERIFYELEMENT_SNAPSHOT:
	case VERIFYELEMENT_STORE:
	case VERIFYELEMENT_USER_FOLDER:
		return verifystory_begin(&verify->story, &verify->report, element,
					 attributes);
	default:
		return begin_beside(verify, element, attributes);
	}
}

/* Of a text that XML cannot hold: <basename basename_utf16="...">. */
static enum status keep_utf16(struct verify *verify, const char *name,
			      struct verifytext_element element)
{
	char attribute[64];
	const struct span *utf16;

	free(verify->utf16);
	verify->utf16 = NULL;
	verify->utf16_len = 0;
	(void)snprintf(attribute, sizeof(attribute), "%s_utf16", name);
	utf16 = verifytext_get(element, attribute);
	/* The path of a file has its bytes. */
	if (!utf16)
		utf16 = verifytext_get(element, "bytes");
	if (!utf16)
		return STATUS_OK;
	verify->utf16 = malloc(utf16->len + 1);
	if (!verify->utf16)
		return STATUS_NOMEM;
	verify->utf16_len = utf16->len;
	return span_copy(*utf16, 0, verify->utf16, utf16->len) ? STATUS_OK
							       : STATUS_MALFORMED;
}

/* Why it cannot go on, where nothing was said yet. */
static enum status explain(enum status status, const char *name, struct failure *failure)
{
	if (status == STATUS_MALFORMED)
		failure_set(failure, "what stands in <%s> is not as in a report", name);
	if (status == STATUS_LIMIT)
		failure_set(failure, "more of <%s> than can be checked", name);
	return status;
}

enum status verify_begin(struct verify *verify, const char *name,
			 const struct verify_attribute *attributes, size_t n,
			 struct failure *failure)
{
	struct verifytext_element element = { attributes, n };
	enum verifyelement kind = verifyelement_of(name);

	if (verify->depth == MAX_DEPTH)
		return explain(STATUS_LIMIT, name, failure);
	verify->stack[verify->depth++] = kind;
	verify->text_len = 0;
	verify->report.failure = failure;
	if (verify->depth == 1)
		verify->report.tally.redacted = verifytext_is(element, "redacted", "1");
	verifyelement_leave(&verify->report.tally, name);
	if (verifyelement_has_text(kind))
		RETURN_IF_FAILED(keep_utf16(verify, name, element));
	return explain(begin(verify, kind, element), name, failure);
}

/* ---- texts ---- */

enum status verify_text(struct verify *verify, struct span utf8, struct failure *failure)
{
	size_t size = verify->text_cap ? verify->text_cap : 4096;
	uint8_t *larger;

	if (verify->depth == 0 ||
	    !verifyelement_has_text(verify->stack[verify->depth - 1]))
		return STATUS_OK;
	if (utf8.len > MAX_TEXT - verify->text_len)
		return explain(STATUS_LIMIT, "data", failure);
	while (size < verify->text_len + utf8.len)
		size *= 2;
	if (size > verify->text_cap) {
		larger = realloc(verify->text, size);
		if (!larger)
			return STATUS_NOMEM;
		verify->text = larger;
		verify->text_cap = size;
	}
	if (!span_copy(utf8, 0, verify->text + verify->text_len, utf8.len))
		return STATUS_MALFORMED;
	verify->text_len += utf8.len;
	return STATUS_OK;
}

/* ---- elements that end ---- */

/* The path as the system has it: the text, or the bytes that no text can hold. */
static enum status end_filename(struct verify *verify, struct verifyfile *file)
{
	struct text bytes;

	free(file->path);
	if (!verify->utf16) {
		file->path = malloc(verify->text_len + 1);
		if (!file->path)
			return STATUS_NOMEM;
		if (verify->text_len > 0)
			memcpy(file->path, verify->text, verify->text_len);
		file->path[verify->text_len] = '\0';
		return STATUS_OK;
	}
	/* Two digits for each byte, one more byte as that makes units of them. */
	file->path = calloc(verify->utf16_len / 2 + 2, 1);
	if (!file->path ||
	    !text_from_utf16_hex((const char *)verify->utf16, verify->utf16_len, &bytes))
		return STATUS_NOMEM;
	bool fits = span_copy(bytes.bytes, 0, file->path, bytes.bytes.len);
	text_free(bytes);
	return fits ? STATUS_OK : STATUS_MALFORMED;
}

static enum status end_file(struct verify *verify, enum verifyelement element)
{
	struct verifyplace_report *report = &verify->report;
	struct span text = span_of(verify->text, verify->text_len);
	struct verifyfile *file = report->input < report->files.n
					  ? &report->files.items[report->input]
					  : NULL;

	if (!file)
		return STATUS_OK;
	switch ((int)element) {
	case VERIFYELEMENT_FILENAME:
		return end_filename(verify, file);
	case VERIFYELEMENT_FILESIZE:
		return verifytext_digits(text, &file->size) ? STATUS_OK
							    : STATUS_MALFORMED;
	case VERIFYELEMENT_HASHDIGEST:
		return verifytext_digest(text, &file->sha256) ? STATUS_OK
							      : STATUS_MALFORMED;
	case VERIFYELEMENT_FILEOBJECT:
		return verifyfiles_settle(&report->files, report->input);
	default:
		return STATUS_OK;
	}
}

/* The time of a key is spelled out as its element's text. */
static void check_spelling(struct verify *verify, const struct verifycell *cell)
{
	struct verify_attribute both[2] = {
		{ "time", span_of(verify->text, verify->text_len) }, { "filetime", { 0 } }
	};
	char number[24];

	(void)snprintf(number, sizeof(number), "%" PRIu64, cell->filetime);
	both[1].value = span_of(number, strlen(number));
	verifyplace_spelling(&verify->report, (struct verifytext_element){ both, 2 },
			     "time", "filetime", "last write of a key");
}

static enum status end_cell(struct verify *verify)
{
	struct verifycell *cell = &verify->cells[--verify->n_cells];
	enum status status = verifycellcheck_all(&verify->report, cell);

	verifycell_clear(cell);
	return status;
}

static enum status end(struct verify *verify, enum verifyelement element)
{
	struct span utf16 = span_of(verify->utf16, verify->utf16_len);

	if (element == VERIFYELEMENT_CELL || element == VERIFYELEMENT_ORIGINAL)
		return end_cell(verify);
	if (verify->n_cells > 0) {
		struct verifycell *cell = &verify->cells[verify->n_cells - 1];
		if (element == VERIFYELEMENT_MTIME)
			check_spelling(verify, cell);
		return verifycellread_end(cell, element, verify->text, verify->text_len,
					  verify->utf16 ? &utf16 : NULL);
	}
	if (element == VERIFYELEMENT_INPUT)
		verify->report.input = VERIFYFILES_NONE;
	if (element == VERIFYELEMENT_FILEOBJECT ||
	    parent_of(verify) == VERIFYELEMENT_FILEOBJECT)
		return end_file(verify, element);
	verifystory_end(&verify->story, &verify->report, element);
	return STATUS_OK;
}

enum status verify_end(struct verify *verify, struct failure *failure)
{
	enum verifyelement element;
	enum status status;

	if (verify->depth == 0)
		return explain(STATUS_MALFORMED, "report", failure);
	element = verify->stack[verify->depth - 1];
	verify->report.failure = failure;
	status = explain(end(verify, element), "an element", failure);
	verify->depth--;
	verify->text_len = 0;
	return status;
}

enum verify_answer verify_finish(struct verify *verify)
{
	const struct verifytally *tally = &verify->report.tally;

	verifytally_print(tally);
	if (tally->n_wrong > 0)
		fprintf(tally->out,
			"%" PRIu64 " of %" PRIu64 " statements that were checked do not "
			"hold\n",
			tally->n_wrong, tally->n_wrong + tally->n_hold);
	else
		fprintf(tally->out, "all %" PRIu64 " statements that were checked hold\n",
			tally->n_hold);
	if (tally->n_absent > 0)
		fprintf(tally->out, "%" PRIu64 " of %zu files are not there\n",
			tally->n_absent, verify->report.files.n);
	if (tally->n_wrong > 0)
		return VERIFY_WRONG;
	return tally->n_absent > 0 ? VERIFY_INCOMPLETE : VERIFY_HOLDS;
}
