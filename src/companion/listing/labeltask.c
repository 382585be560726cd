/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tasklist /fo list: three lines for a process, blocks with blank lines between.
 *
 *	Image Name:   mad.exe
 *	PID:          1704
 *	Modules:      ntdll.dll, KERNEL32.dll,
 *	              MAPI32.DLL
 *
 * The labels are in the language of Windows, so they count by their order; a
 * block begins where the first of them comes again.
 */
#include "companion/listing/labeltask.h"

#include "companion/listing/listingcut.h"
#include "companion/listing/taskheading.h"

enum { IMAGE, PID, LIST, LABELS };

/* A listing begins at once; what stands before it is a heading at most. */
#define SAMPLE_LINES 20

struct labels {
	struct span of[LABELS];
	size_t first; /* line of the first block */
};

/* East Asian versions may print the wide colon, U+FF1A. */
#define WIDE_COLON "\xef\xbc\x9a"

static bool split(struct span line, struct span *label, struct span *value)
{
	size_t colon = listingcut_find(line, ":");
	size_t wide = listingcut_find(line, WIDE_COLON);
	size_t at = colon < wide ? colon : wide;

	if (at == 0 || at == line.len || listingcut_blank_at(line, 0))
		return false;
	*label = listingcut_trim(span_clip(line, at));
	*value = listingcut_trim(span_from(line, at + (colon < wide ? 1 : 3)));
	return true;
}

/*
 * The labels of one block, from `first`; each is another.
 * Return: how many there are; 0 if the second is not that of a number, so no
 * block begins here.
 */
static size_t read_labels(const struct listingrow_section *section, struct labels *labels)
{
	size_t n = 0;
	struct span label, value;
	uint32_t pid;

	for (size_t i = labels->first; i < section->n; i++) {
		if (!split(listingtext_of(&section->lines[i]), &label, &value))
			continue;
		if (n > 0 && span_equal(label, labels->of[IMAGE]))
			break;
		if (n == PID && !listingcut_number(value, &pid))
			return 0;
		if (n < LABELS)
			labels->of[n] = label;
		if (n++ == LABELS)
			break;
	}
	return n > PID ? n : 0;
}

static bool find_labels(const struct listingrow_section *section, struct labels *labels)
{
	for (size_t i = 0; i < section->n && i < SAMPLE_LINES; i++) {
		*labels = (struct labels){ .first = i };
		size_t n = read_labels(section, labels);
		/* tasklist without /m and /svc has more. */
		if (n > 0)
			return n == LABELS;
	}
	return false;
}

bool labeltask_identify(const struct listingrow_section *section)
{
	struct labels labels;

	return find_labels(section, &labels);
}

/* What is known of the block at hand before its PID is. */
struct block {
	const struct listingtext_line *line; /* of the image; NULL: none is open */
	struct span image;
};

static enum status take_value(struct listingrow_reader *reader, struct block *block,
			      const struct listingtext_line *line, size_t which,
			      struct span value)
{
	uint32_t pid;

	if (which == IMAGE) {
		if (block->line)
			listingrow_refuse(reader, block->line);
		reader->open = NULL;
		*block = (struct block){ 0 };
		if (value.len == 0)
			return STATUS_ABSENT;
		*block = (struct block){ line, value };
		return STATUS_OK;
	}
	if (which == PID && block->line && listingcut_number(value, &pid)) {
		enum status status =
			listingrow_begin(reader, block->line, block->image, pid);
		*block = (struct block){ 0 };
		return status;
	}
	if (which == LIST && reader->open && !reader->names)
		return listingrow_names(reader, &reader->open->modules, value);
	return STATUS_ABSENT;
}

static size_t which_label(const struct labels *labels, struct span label)
{
	size_t i = 0;

	while (i < LABELS && !span_equal(label, labels->of[i]))
		i++;
	return i;
}

enum status labeltask_read(struct listingrow_reader *reader)
{
	const struct listingrow_section *section = reader->section;
	struct labels labels;
	struct block block = { 0 };
	struct span label, value;

	if (!find_labels(section, &labels))
		return STATUS_OK;
	reader->listing->format = LISTING_LIST;
	reader->heading = taskheading_read(labels.of[LIST]);
	for (size_t i = 0; i < section->n; i++) {
		const struct listingtext_line *line = &section->lines[i];
		struct span s = listingtext_of(line);
		size_t which =
			split(s, &label, &value) ? which_label(&labels, label) : LABELS;
		enum status status = STATUS_ABSENT;

		if (which < LABELS)
			status = take_value(reader, &block, line, which, value);
		else if (reader->comma || listingcut_blank_at(s, 0))
			status = listingrow_more(reader, s);
		if (status == STATUS_ABSENT)
			listingrow_refuse(reader, line);
		else
			RETURN_IF_FAILED(status);
	}
	if (block.line)
		listingrow_refuse(reader, block.line);
	return STATUS_OK;
}
