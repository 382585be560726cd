/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tasklist /fo table:
 *
 *	Image Name                     PID Modules
 *	========================= ======== ============================================
 *	System Idle Process              0 N/A
 *	mad.exe                       1704 ntdll.dll, KERNEL32.dll, MAPI32.DLL,
 *	                                   EXCHMEM.dll
 *
 * The rule tells the widths: of the PID 6 characters on XP and 2003, 8 since
 * Vista.  Without it (/nh, or a page that has joined its blanks) rows are known
 * by their shape: a name, a number, a list without gaps.
 */
#include "companion/listing/tabletask.h"

#include "companion/listing/listingcut.h"
#include "companion/listing/taskheading.h"

#define COLUMNS 3

/* Lines looked at to tell what a text is. */
#define SAMPLE_LINES 200
/* Words in which a PID is looked for: names of images have few. */
#define MAX_WORDS 16
/* A rule of less is a line in some text. */
#define RULE_MIN 20

/* Where the PID ends: behind the image of 25, a blank, and 6 or 8 digits. */
#define IMAGE_WIDTH 25
#define PID_END_XP 32
#define PID_END_VISTA 34

struct layout {
	bool ruled;
	size_t width[COLUMNS]; /* in characters */
	size_t header;	       /* lines up to the rule and with it; 0 without */
};

struct row {
	struct span image, list;
	uint32_t pid;
};

/* Reads a rule.  Return: how many columns it has; 0 if it is none. */
static size_t read_rule(struct span line, size_t width[COLUMNS])
{
	size_t n = 0, i = 0;

	if (line.len < RULE_MIN)
		return 0;
	while (i < line.len) {
		size_t from = i;

		while (span_starts(line, i, "=", 1))
			i++;
		if (i == from)
			return 0;
		if (n < COLUMNS)
			width[n] = i - from;
		n++;
		if (i < line.len && !span_starts(line, i, " ", 1))
			return 0;
		i += i < line.len;
	}
	return n;
}

/* Return: false if a rule tells that it is another table. */
static bool find_layout(const struct listingrow_section *section, struct layout *layout)
{
	*layout = (struct layout){ 0 };
	for (size_t i = 0; i < section->n && i < SAMPLE_LINES; i++) {
		size_t n = read_rule(listingtext_of(&section->lines[i]), layout->width);

		if (n == 0)
			continue;
		layout->header = i + 1;
		layout->ruled = n == COLUMNS;
		/* Pages join the blanks of a rule, but put none in. */
		return n <= COLUMNS;
	}
	return true;
}

/* From character `from`, n characters. */
static struct span characters(struct span s, size_t from, size_t n)
{
	s = span_from(s, listingcut_column(s, from));
	return span_clip(s, listingcut_column(s, n));
}

static bool read_ruled(const struct layout *layout, struct span line, struct row *row)
{
	size_t pid = layout->width[0] + 1;
	size_t list = pid + layout->width[1] + 1;

	row->image = listingcut_trim(characters(line, 0, layout->width[0]));
	row->list = listingcut_trim(span_from(line, listingcut_column(line, list)));
	return row->image.len > 0 && row->list.len > 0 &&
	       listingcut_blank_at(line, listingcut_column(line, pid - 1)) &&
	       listingcut_blank_at(line, listingcut_column(line, list - 1)) &&
	       listingcut_number(listingcut_trim(characters(line, pid, layout->width[1])),
				 &row->pid);
}

/* Characters that no name of a file has. */
static bool may_be_image(struct span s)
{
	static const char never[] = "\\/:*?\"<>|";

	for (size_t i = 0; i + 1 < sizeof(never); i++)
		if (span_contains(s, &never[i], 1))
			return false;
	return s.len > 0 && !listingcut_has_gap(s);
}

/*
 * A row by its shape.  Of several numbers the one is the PID that ends where one
 * does in a table, or else the first.
 */
static bool read_shape(struct span line, struct row *row)
{
	struct span rest = line;
	bool found = false;

	if (listingcut_blank_at(line, 0))
		return false;
	for (size_t i = 0; i < MAX_WORDS && rest.len > 0; i++) {
		struct span word = listingcut_word(&rest);
		size_t at = (size_t)(word.ptr - line.ptr);
		size_t end = listingcut_length(span_clip(line, at + word.len));
		bool placed = end == PID_END_XP || end == PID_END_VISTA;
		uint32_t pid;

		if (i == 0 || rest.len == 0 || !listingcut_number(word, &pid) ||
		    (found && !placed))
			continue;
		*row = (struct row){
			.image = listingcut_trim(span_clip(line, at)),
			.list = rest,
			.pid = pid,
		};
		found = true;
		if (placed)
			break;
	}
	return found && may_be_image(row->image) && !listingcut_has_gap(row->list);
}

static bool read_row(const struct layout *layout, struct span line, struct row *row)
{
	/* A name in letters of double width shifts what follows it. */
	return (layout->ruled && read_ruled(layout, line, row)) || read_shape(line, row);
}

bool tabletask_identify(const struct listingrow_section *section)
{
	size_t rows = 0, others = 0, images = 0;
	struct layout layout;
	struct row row;

	if (!find_layout(section, &layout))
		return false;
	if (layout.ruled)
		return true;
	for (size_t i = layout.header; i < section->n && i < SAMPLE_LINES; i++) {
		struct span line = listingtext_of(&section->lines[i]);

		if (read_shape(line, &row)) {
			rows++;
			/* Few rows are those of the system, which has no file. */
			images += listingcut_has_extension(row.image) || row.pid <= 8;
		} else if (!listingcut_blank_at(line, 0)) {
			others++;
		}
	}
	return rows > 0 && rows >= others && images * 2 >= rows;
}

/* True if the line may go on with the list of the row at hand. */
static bool goes_on(const struct listingrow_reader *reader, const struct layout *layout,
		    struct span line)
{
	size_t wide = layout->ruled ? layout->width[0] + layout->width[1] : IMAGE_WIDTH;

	if (reader->comma)
		return true;
	return listingcut_trim(characters(line, 0, wide)).len == 0;
}

static enum status take_line(struct listingrow_reader *reader,
			     const struct layout *layout,
			     const struct listingtext_line *line)
{
	struct span s = listingtext_of(line);
	enum status status = STATUS_ABSENT;
	struct row row;

	if (read_row(layout, s, &row)) {
		RETURN_IF_FAILED(listingrow_begin(reader, line, row.image, row.pid));
		reader->open->image_cut =
			listingcut_length(row.image) ==
			(layout->ruled ? layout->width[0] : IMAGE_WIDTH);
		status = listingrow_names(reader, &reader->open->modules, row.list);
	} else if (goes_on(reader, layout, s)) {
		status = listingrow_more(reader, s);
	}
	if (status == STATUS_ABSENT) {
		listingrow_refuse(reader, line);
		status = STATUS_OK;
	}
	reader->filled = layout->ruled &&
			 listingcut_length(s) >= layout->width[0] + layout->width[1] +
							 layout->width[2] + 2;
	return status;
}

enum status tabletask_read(struct listingrow_reader *reader)
{
	const struct listingrow_section *section = reader->section;
	struct layout layout;

	if (!find_layout(section, &layout))
		return STATUS_OK;
	reader->listing->format = LISTING_TABLE;
	/* The headings are in the language of Windows; other lines there are odd. */
	for (size_t i = 0; i + 2 < layout.header; i++)
		listingrow_refuse(reader, &section->lines[i]);
	if (layout.header >= 2)
		reader->heading = taskheading_read(
			listingtext_of(&section->lines[layout.header - 2]));
	for (size_t i = layout.header; i < section->n; i++)
		RETURN_IF_FAILED(take_line(reader, &layout, &section->lines[i]));
	return STATUS_OK;
}
