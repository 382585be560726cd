/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Transcripts of PowerShell ("Start-Transcript" in Microsoft's documentation):
 *
 *	**********************
 *	Windows PowerShell transcript start
 *	Start time: 20240229101500
 *	Username: EXAMPLE\\admin
 *	Machine: PC1 (Microsoft Windows NT 10.0.19045.0)
 *	**********************
 *	Transcript started, output file is C:\\t.txt
 *	PS C:\\> tasklist /m mapi32.dll
 *	...
 *	**********************
 *	Windows PowerShell transcript end
 *	**********************
 *
 * The words are in the language of Windows, so frames are found by their asterisks, and
 * the machine by the system in brackets behind it, which is in none; with
 * -IncludeInvocationHeader each command has one more, which holds its time.
 */
#include "companion/listing/listingtranscript.h"

#include "base/array.h"
#include "companion/listing/listingcommand.h"
#include "companion/listing/listingcut.h"

#include <stdlib.h>
#include <string.h>

/* Asterisks of a line that begins or ends a frame: PowerShell writes 22. */
#define STARS_MIN 10

/* Lines of a frame: about 20 are written; past it two rulers are no frame. */
#define FRAME_MAX 40

static bool is_ruler(const struct listingtext_line *line)
{
	struct span s = listingcut_trim(listingtext_of(line));

	for (size_t i = 0; i < s.len; i++)
		if (!span_starts(s, i, "*", 1))
			return false;
	return s.len >= STARS_MIN;
}

/* Lines of the frame that begins with line i; 0: none does. */
static size_t frame_length(const struct listingtext *text, size_t i)
{
	if (!is_ruler(&text->items[i]))
		return 0;
	for (size_t n = 2; n <= FRAME_MAX && i + n <= text->n; n++)
		if (is_ruler(&text->items[i + n - 1]))
			return n;
	return 0;
}

/* True for a line between a frame and the first prompt, which says where the file is. */
static bool is_started(const struct listingtext *text, size_t i)
{
	struct listingcommand command;

	return i + 1 < text->n &&
	       !listingcommand_parse(listingtext_of(&text->items[i]), &command) &&
	       (is_ruler(&text->items[i + 1]) ||
		listingcommand_parse(listingtext_of(&text->items[i + 1]), &command));
}

static bool is_type_line(const struct listingtext *text, size_t i)
{
	return listingcut_starts(listingtext_of(&text->items[i]), "#TYPE ") &&
	       i + 1 < text->n &&
	       span_starts(listingtext_of(&text->items[i + 1]), 0, "\"", 1);
}

/* Frees the line at *i and goes on behind it. */
static void drop(struct listingtext *text, size_t *i)
{
	free(text->items[(*i)++].text);
}

/* The word before the system's name; empty: the line names no machine. */
static struct span machine_of(struct span line)
{
	struct span s = listingcut_trim(line), word = span_clip(s, 0);

	if (!listingcut_ends(s, ")"))
		return word;
	size_t end = listingcut_find(s, " (Microsoft Windows");
	if (end == s.len)
		return word;
	for (s = listingcut_trim(span_clip(s, end)); s.len > 0;)
		word = listingcut_word(&s);
	return word;
}

/* Keeps the machine that a line of a frame names, for the lines below it. */
static enum status note_machine(struct listingtext *text, size_t i, const char **machine)
{
	struct span name = machine_of(listingtext_of(&text->items[i]));

	if (name.len == 0 || (*machine && strlen(*machine) == name.len &&
			      span_starts(name, 0, *machine, name.len)))
		return STATUS_OK;
	RETURN_IF_FAILED(ARRAY_RESERVE(&text->machines, LISTINGTEXT_MAX_LINES));
	char *copy = strndup((const char *)name.ptr, name.len);
	if (!copy)
		return STATUS_NOMEM;
	text->machines.items[text->machines.n++] = copy;
	*machine = copy;
	return STATUS_OK;
}

enum status listingtranscript_strip(struct listingtext *text)
{
	size_t kept = 0, end = 0; /* of the frame that is being dropped */
	const char *machine = NULL;
	enum status status = STATUS_OK;
	bool framed = false;

	for (size_t i = 0; i < text->n;) {
		if (i >= end && frame_length(text, i) > 0)
			end = i + frame_length(text, i);
		if (i < end) {
			if (status == STATUS_OK)
				status = note_machine(text, i, &machine);
			drop(text, &i);
			if (i == end && !framed && is_started(text, i))
				drop(text, &i);
			framed |= i >= end;
		} else if (is_type_line(text, i)) {
			drop(text, &i);
		} else {
			text->items[kept] = text->items[i++];
			text->items[kept++].machine = machine;
		}
	}
	text->n = kept;
	return status;
}
