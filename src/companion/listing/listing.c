/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A file with the output of tlist or tasklist, or a saved console session with
 * it among other things.  The first listing in it is read.
 */
#include "companion/listing/listing.h"

#include "companion/listing/listingcut.h"
#include "companion/listing/listingrow.h"
#include "companion/listing/listingtranscript.h"
#include "companion/listing/tasklist.h"
#include "companion/listing/tlist.h"

#include <stdlib.h>
#include <string.h>

/* What the shells print before their first prompt; never a row. */
static bool is_banner(const struct listingtext_line *line)
{
	static const char *const starts[] = {
		"Microsoft Windows", "Microsoft(R) Windows", "Windows PowerShell", "(C) ",
		"Copyright ",
	};
	struct span s = listingtext_of(line);

	if (listingcut_find(s, ".exe") < s.len || listingcut_find(s, ".dll") < s.len)
		return false;
	for (size_t i = 0; i < ARRAY_LEN(starts); i++)
		if (listingcut_starts(s, starts[i]))
			return true;
	return false;
}

/*
 * The section that begins with line *next, and *next moved past it.
 * Return: false behind the last line.
 */
static bool take_section(const struct listingtext *text, size_t *next,
			 struct listingrow_section *section)
{
	size_t i = *next;
	struct listingcommand command;

	if (i >= text->n)
		return false;
	*section = (struct listingrow_section){ 0 };
	if (listingcommand_parse(listingtext_of(&text->items[i]), &command)) {
		section->command = command;
		i++;
	}
	section->lines = &text->items[i];
	while (i + section->n < text->n &&
	       !listingcommand_parse(listingtext_of(&section->lines[section->n]),
				     &command))
		section->n++;
	*next = i + section->n;
	/* Before the first prompt, and only there, a shell may have introduced itself. */
	while (*next < text->n && section->command.tool == LISTINGCOMMAND_UNSEEN &&
	       section->n > 0 && is_banner(section->lines)) {
		section->lines++;
		section->n--;
	}
	return true;
}

static enum listing_kind identify(const struct listingrow_section *section)
{
	enum listing_kind kind = tlist_identify(section);

	if (kind != LISTING_UNKNOWN)
		return kind;
	return tasklist_identify(section) ? LISTING_TASKLIST_MODULES : LISTING_UNKNOWN;
}

static enum status read_section(struct listing *listing,
				const struct listingrow_section *section)
{
	struct listingrow_reader reader = { .listing = listing, .section = section };
	enum status status;

	listing->kind = identify(section);
	if (listing->kind == LISTING_UNKNOWN)
		return STATUS_OK;
	status = listing->kind == LISTING_TASKLIST_MODULES ? tasklist_read(&reader)
							   : tlist_read(&reader);
	if (status != STATUS_LIMIT)
		return status;
	diag_at(listing->diags, DIAG_COUNT_LIMIT, section->lines[0].offset,
		"more than %d processes or %d names: the rest is not read",
		LISTING_MAX_PROCESSES, LISTINGROW_MAX_NAMES);
	return STATUS_OK;
}

/* A command or prompt is nearer to the rows than the transcript that they stand in. */
static enum status set_machine(struct listing *listing,
			       const struct listingrow_section *section)
{
	struct span told = section->command.machine;
	const char *around = section->n > 0 ? section->lines[0].machine : NULL;

	if (told.len == 0 && around)
		told = span_of(around, strlen(around));
	if (told.len == 0)
		return STATUS_OK;
	listing->machine = strndup((const char *)told.ptr, told.len);
	return listing->machine ? STATUS_OK : STATUS_NOMEM;
}

/* Reads the first listing.  Return: its section's number in *chosen. */
static enum status read_first(struct listing *listing, const struct listingtext *text,
			      size_t *chosen)
{
	struct listingrow_section section;

	*chosen = 0;
	for (size_t next = 0; take_section(text, &next, &section); (*chosen)++) {
		RETURN_IF_FAILED(read_section(listing, &section));
		if (listing->kind != LISTING_UNKNOWN)
			return set_machine(listing, &section);
	}
	return STATUS_OK;
}

/* Says what else stands there. */
static void tell_others(struct listing *listing, const struct listingtext *text,
			size_t chosen)
{
	struct listingrow_section section;
	size_t i = 0;

	for (size_t next = 0; take_section(text, &next, &section); i++)
		if (i != chosen && section.n > 0)
			diag_at(listing->diags, DIAG_LISTING_LINE,
				section.lines[0].offset,
				"line %zu begins what another command printed: it is not "
				"read; save each listing in a file of its own",
				section.lines[0].number);
}

/* True if the module's name, without the folder, is Mapi32.dll. */
static bool is_mapi32(const char *module)
{
	const char *name = module;

	for (const char *p = module; *p; p++)
		if (*p == '\\' || *p == '/')
			name = p + 1;
	return listingcut_is(span_of(name, strlen(name)), "mapi32.dll");
}

static void find_mapi32(struct listing *listing)
{
	for (size_t i = 0; i < listing->n_processes; i++) {
		struct listing_process *process = &listing->processes[i];
		for (size_t k = 0; k < process->modules.n; k++)
			process->holds_mapi32 |= is_mapi32(process->modules.items[k]);
		listing->answers_mapi32 |= process->holds_mapi32;
	}
}

/* True if the first thing that some command printed is an answer and no listing. */
static bool is_answer(const struct listingtext *text)
{
	struct listingrow_section section;

	for (size_t next = 0; take_section(text, &next, &section);)
		if (section.n > 0)
			return tasklist_is_answer(&section);
	return false;
}

static enum status read_text(struct listing *listing, const struct listingtext *text)
{
	size_t chosen;

	listing->encoding = text->encoding;
	RETURN_IF_FAILED(read_first(listing, text, &chosen));
	if (listing->kind == LISTING_UNKNOWN) {
		listing->format = LISTING_LINES;
		if (is_answer(text)) {
			diag_at(listing->diags, DIAG_WRONG_KIND, 0,
				"holds an answer that is not understood, and no rows: it "
				"may say in another language that nothing was found");
			return STATUS_OK;
		}
		diag_at(listing->diags, DIAG_WRONG_KIND, 0,
			"holds no listing of tlist -m, tlist -s, tasklist /m or tasklist "
			"/svc");
		return STATUS_OK;
	}
	tell_others(listing, text, chosen);
	RETURN_IF_FAILED(listingrow_merge(listing));
	find_mapi32(listing);
	return STATUS_OK;
}

enum status listing_read(const struct evidence_opener *opener, const char *path,
			 struct listing **out, struct failure *failure)
{
	AUTO(listing_freep) struct listing *listing = calloc(1, sizeof(*listing));

	if (listing)
		listing->diags = diag_list_new();
	if (!listing || !listing->diags) {
		failure_set(failure, "out of memory");
		return STATUS_NOMEM;
	}
	RETURN_IF_FAILED(
		evidence_read_through(opener, path, NULL, &listing->evidence, failure));

	struct listingtext text;
	enum status status =
		listingtext_read(listing->evidence->bytes, listing->diags, &text);
	if (status == STATUS_OK)
		status = listingtranscript_strip(&text);
	if (status == STATUS_OK)
		status = read_text(listing, &text);
	listingtext_clear(&text);
	if (status != STATUS_OK) {
		failure_set(failure, "out of memory");
		return status;
	}
	*out = STEAL(listing);
	return STATUS_OK;
}

/*
 * True if half of the rows name programs: what else is laid out so is no listing.  What
 * tlist says if it finds none is like nothing else.
 */
static bool has_programs(const struct listing *listing)
{
	size_t n = 0;

	if (listing->kind == LISTING_TLIST_MODULES && listing->n_processes == 0)
		return true;
	for (size_t i = 0; i < listing->n_processes; i++) {
		const char *image = listing->processes[i].image;
		n += listingcut_ends(span_of(image, strlen(image)), ".exe");
	}
	return n > 0 && n >= listing->n_processes - n;
}

/* Reads the sections up to the first that is a listing beyond doubt. */
static enum status recognize(struct listing *listing, const struct listingtext *text,
			     bool *is)
{
	struct listingrow_section section;

	for (size_t next = 0; !*is && take_section(text, &next, &section);) {
		bool asked = section.command.tool == LISTINGCOMMAND_TLIST ||
			     section.command.tool == LISTINGCOMMAND_TASKLIST;
		listingrow_clear(listing);
		RETURN_IF_FAILED(read_section(listing, &section));
		*is = listing->kind != LISTING_UNKNOWN &&
		      (asked || has_programs(listing));
	}
	return STATUS_OK;
}

enum status listing_recognize(struct span head, bool *is)
{
	struct listing listing = { .diags = diag_list_new() };
	struct listingtext text;

	*is = false;
	if (!listing.diags)
		return STATUS_NOMEM;
	enum status status = listingtext_read(head, listing.diags, &text);
	if (status == STATUS_OK)
		status = listingtranscript_strip(&text);
	if (status == STATUS_OK)
		status = recognize(&listing, &text, is);
	listingtext_clear(&text);
	listingrow_clear(&listing);
	diag_list_free(listing.diags);
	return status;
}

void listing_free(struct listing *listing)
{
	if (!listing)
		return;
	listingrow_clear(listing);
	free(listing->machine);
	diag_list_free(listing->diags);
	evidence_free(listing->evidence);
	free(listing);
}

void listing_freep(struct listing **listing)
{
	listing_free(*listing);
	*listing = NULL;
}

const char *listing_kind_word(enum listing_kind kind)
{
	switch (kind) {
	case LISTING_UNKNOWN:
		return "unknown";
	case LISTING_TLIST_MODULES:
		return "tlist_modules";
	case LISTING_TLIST_SERVICES:
		return "tlist_services";
	case LISTING_TASKLIST_MODULES:
		return "tasklist_modules";
	case LISTING_TASKLIST_SERVICES:
		return "tasklist_services";
	}
	return "unknown";
}

const char *listing_format_word(enum listing_format format)
{
	switch (format) {
	case LISTING_LINES:
		return "lines";
	case LISTING_TABLE:
		return "table";
	case LISTING_LIST:
		return "list";
	case LISTING_CSV:
		return "csv";
	}
	return "lines";
}

const char *listing_code_page(size_t n)
{
	return listingtext_code_page(n);
}
