/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Transcripts of PowerShell ("Start-Transcript" in Microsoft's documentation):
 *
 *	**********************
 *	Windows PowerShell transcript start
 *	Start time: 20240229101500
 *	Username: EXAMPLE\\admin
 *	**********************
 *	Transcript started, output file is C:\\t.txt
 *	PS C:\\> tasklist /m mapi32.dll
 *	...
 *	**********************
 *	Windows PowerShell transcript end
 *	**********************
 *
 * The words are in the language of Windows, so frames are found by their asterisks; with
 * -IncludeInvocationHeader each command has one more, which holds its time.
 */
#include "companion/listing/listingtranscript.h"

#include "companion/listing/listingcommand.h"
#include "companion/listing/listingcut.h"

#include <stdlib.h>

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

void listingtranscript_strip(struct listingtext *text)
{
	size_t kept = 0, end = 0; /* of the frame that is being dropped */
	bool framed = false;

	for (size_t i = 0; i < text->n;) {
		if (i >= end && frame_length(text, i) > 0)
			end = i + frame_length(text, i);
		if (i < end) {
			drop(text, &i);
			if (i == end && !framed && is_started(text, i))
				drop(text, &i);
			framed |= i >= end;
		} else if (is_type_line(text, i)) {
			drop(text, &i);
		} else {
			text->items[kept++] = text->items[i++];
		}
	}
	text->n = kept;
}
