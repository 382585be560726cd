/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tlist, one process a line:
 *
 *	tlist -m NAME	MAPI32.DLL -  1234 mad.exe          Title of its window
 *			No tasks found using MAPI32.DLL
 *	tlist -s	 208 services.exe    Svcs:  AppMgmt,Browser
 *			 160 csrss.exe       Title:
 *			   0 System Process
 *
 * Sources: KB 250320 and the Windows driver documentation on debugging WIA for
 * -s; public scripts that read it for -m.  A list of services is one line; in
 * copies from a console window or a page it is wrapped.
 */
#include "companion/listing/tlist.h"

#include "companion/listing/listingcut.h"

#include <stdlib.h>

#define NONE "No tasks found using "

/* Lines looked at to tell what a text is: headers before it are shorter. */
#define SAMPLE_LINES 200

/*
 * A console window is 80 wide: what is copied from it breaks there, at a name or in
 * it.  A longer line was not copied from one.
 */
#define CONSOLE_WIDTH 80

/*
 * Published listings pad images to 16 characters; whether longer ones are cut is
 * not known.  One that fills them and does not end as a program may be.
 */
#define IMAGE_WIDTH 15

/* The parts of a row; what is not there is empty. */
struct row {
	struct span module, image, title, services;
	uint32_t pid;
	bool listed; /* with Svcs: */
	bool titled; /* with Title: */
};

/* Takes a decimal number with a blank behind it from the front. */
static bool take_pid(struct span *rest, uint32_t *pid)
{
	struct span ahead = *rest;

	if (!listingcut_number(listingcut_word(&ahead), pid))
		return false;
	*rest = ahead;
	return rest->len > 0;
}

/* Where a label begins: behind a blank, or behind a name that fills its column. */
static size_t find_label(struct span s, const char *label)
{
	size_t at = listingcut_find(s, label);
	struct span before = span_clip(s, at);

	if (at > 0 && at < s.len && !listingcut_blank_at(s, at - 1) &&
	    !listingcut_ends(before, ".exe"))
		return s.len;
	return at;
}

/* The image without label: to its .exe, or to the gap behind its column. */
static size_t image_end(struct span s)
{
	size_t exe = listingcut_find(s, ".exe");
	size_t end = 0;

	if (exe + 4 == s.len || listingcut_blank_at(s, exe + 4))
		return exe + 4;
	while (end < s.len && !listingcut_has_gap(span_clip(span_from(s, end), 2)))
		end++;
	return end;
}

/* Image and what follows it; without a label that is a title, if it is one at all. */
static void split_process(struct span s, bool may_be_title, struct row *row)
{
	size_t services = find_label(s, "Svcs:");
	size_t title = find_label(s, "Title:");

	row->listed = services < title;
	row->titled = title < services;
	if (row->listed) {
		row->image = span_clip(s, services);
		row->services = span_from(s, services + strlen("Svcs:"));
	} else if (row->titled) {
		row->image = span_clip(s, title);
		row->title = span_from(s, title + strlen("Title:"));
	} else {
		size_t end = may_be_title ? image_end(s) : s.len;
		row->image = span_clip(s, end);
		row->title = span_from(s, end);
	}
	row->image = listingcut_trim(row->image);
	row->title = listingcut_trim(row->title);
	row->services = listingcut_trim(row->services);
}

static bool read_services_row(struct span line, struct row *row)
{
	*row = (struct row){ 0 };
	line = listingcut_trim(line);
	if (!take_pid(&line, &row->pid))
		return false;
	split_process(line, false, row);
	/* tlist -v shows more numbers before the name. */
	struct span rest = row->image;
	uint32_t number;
	return row->image.len > 0 &&
	       !listingcut_number(listingcut_word(&rest), &number) &&
	       listingcut_find(line, "Command Line:") == line.len;
}

static bool read_modules_row(struct span line, struct row *row)
{
	line = listingcut_trim(line);
	for (size_t i = 1; i + 2 < line.len; i++) {
		struct span rest = span_from(line, i + 1);

		if (!span_starts(line, i, "-", 1) || !listingcut_blank_at(line, i - 1) ||
		    !listingcut_blank_at(line, i + 1))
			continue;
		*row = (struct row){ .module = listingcut_trim(span_clip(line, i)) };
		if (!take_pid(&rest, &row->pid))
			continue;
		split_process(rest, true, row);
		return row->image.len > 0 && row->module.len > 0;
	}
	return false;
}

enum listing_kind tlist_identify(const struct listingrow_section *section)
{
	size_t n = section->n < SAMPLE_LINES ? section->n : SAMPLE_LINES;
	size_t modules = 0, services = 0, rows = 0;
	bool asked_services = section->command.tool == LISTINGCOMMAND_TLIST &&
			      section->command.asked == LISTINGCOMMAND_SERVICES;

	for (size_t i = 0; i < n; i++) {
		struct span line = listingtext_of(&section->lines[i]);
		struct row row;

		if (listingcut_starts(listingcut_trim(line), NONE))
			return LISTING_TLIST_MODULES;
		if (read_modules_row(line, &row)) {
			modules += listingcut_has_extension(row.module);
		} else if (read_services_row(line, &row)) {
			rows++;
			services += (row.listed || row.titled) &&
				    listingcut_has_extension(row.image);
		}
	}
	if (modules > 0 && modules >= n - modules)
		return LISTING_TLIST_MODULES;
	return services > 0 || (asked_services && rows > 0) ? LISTING_TLIST_SERVICES
							    : LISTING_UNKNOWN;
}

/* Gives the row at hand its title and services. */
static enum status take_labels(struct listingrow_reader *reader, const struct row *row)
{
	struct listing_process *process = reader->open;

	if (row->title.len > 0 && !process->window) {
		process->window = strndup((const char *)row->title.ptr, row->title.len);
		if (!process->window)
			return STATUS_NOMEM;
	}
	if (!row->listed)
		return STATUS_OK;
	return listingrow_names(reader, &process->services, row->services);
}

static enum status take_row(struct listingrow_reader *reader,
			    const struct listingtext_line *line, const struct row *row)
{
	RETURN_IF_FAILED(listingrow_begin(reader, line, row->image, row->pid));

	struct listing_process *process = reader->open;
	size_t length = listingcut_length(row->image);
	process->image_cut = (length == IMAGE_WIDTH || length == IMAGE_WIDTH + 1) &&
			     !listingcut_ends(row->image, ".exe");
	if (row->module.len > 0)
		RETURN_IF_FAILED(
			listingrow_names(reader, &process->modules, row->module));
	/* A wrapped line goes on with services, never with the module. */
	reader->names = NULL;
	reader->comma = false;
	return take_labels(reader, row);
}

/* A label that a page has moved to a line of its own. */
static bool read_label(const struct listingrow_reader *reader, struct span line,
		       struct row *row)
{
	line = listingcut_trim(line);
	if (!reader->open || reader->names ||
	    !(listingcut_starts(line, "Svcs:") || listingcut_starts(line, "Title:")))
		return false;
	*row = (struct row){ 0 };
	split_process(line, false, row);
	return true;
}

static enum status take_line(struct listingrow_reader *reader,
			     const struct listingtext_line *line)
{
	bool modules = reader->listing->kind == LISTING_TLIST_MODULES;
	struct span s = listingtext_of(line);
	enum status status = STATUS_ABSENT;
	struct row row;

	if (modules ? read_modules_row(s, &row) : read_services_row(s, &row)) {
		status = take_row(reader, line, &row);
	} else if (read_label(reader, s, &row)) {
		status = take_labels(reader, &row);
	} else if (modules && listingcut_starts(listingcut_trim(s), NONE)) {
		reader->open = NULL;
		status = STATUS_OK;
	} else if (reader->comma || reader->filled ||
		   (reader->names && reader->names->n == 0)) {
		/* Only then: a line of its own must not become part of a name. */
		status = listingrow_more(reader, s);
	}
	if (status == STATUS_ABSENT) {
		listingrow_refuse(reader, line);
		status = STATUS_OK;
	}
	/* A blank at the edge was cut off. */
	size_t length = listingcut_length(s);
	reader->filled = length == CONSOLE_WIDTH || length == CONSOLE_WIDTH - 1;
	return status;
}

/* True if the line says that nobody uses Mapi32.dll, or what stands for it. */
static bool denies_mapi32(struct span line)
{
	line = listingcut_trim(line);
	return listingcut_starts(line, NONE) &&
	       listingcommand_matches(listingcut_trim(span_from(line, strlen(NONE))),
				      "mapi32.dll");
}

enum status tlist_read(struct listingrow_reader *reader)
{
	const struct listingrow_section *section = reader->section;
	struct listing *listing = reader->listing;
	bool modules = listing->kind == LISTING_TLIST_MODULES;

	listing->format = LISTING_LINES;
	listing->answers_mapi32 =
		modules && listingcommand_asks_mapi32(&section->command);
	for (size_t i = 0; i < section->n; i++) {
		if (modules && denies_mapi32(listingtext_of(&section->lines[i])))
			listing->answers_mapi32 = true;
		RETURN_IF_FAILED(take_line(reader, &section->lines[i]));
	}
	return STATUS_OK;
}
