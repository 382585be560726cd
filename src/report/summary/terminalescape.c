/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How text of the evidence is escaped for a terminal.  Which characters are not shown
 * as they are, base/text.h decides (text_visible(), text_ascii()).
 */
#include "report/summary/terminalescape.h"

#include "base/failure.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *terminalescape_utf8(const char *utf8, bool ascii)
{
	return ascii ? text_ascii(utf8) : text_visible(utf8);
}

char *terminalescape_text(struct text text, bool ascii)
{
	bool cut = text_length(text) > TERMINALESCAPE_MAX_TEXT;
	char *utf8 = text_exact(text_slice(text, 0, TERMINALESCAPE_MAX_TEXT));
	char *shown = utf8 ? terminalescape_utf8(utf8, ascii) : NULL;
	char *marked = NULL;

	free(utf8);
	if (!shown || !cut)
		return shown;
	if (asprintf(&marked, "%s [...]", shown) < 0)
		marked = NULL;
	free(shown);
	return marked;
}

char *terminalescape_path(const char *path, bool ascii)
{
	char visible[4200];

	failure_path(path, visible, sizeof(visible));
	return ascii ? text_ascii(visible) : strdup(visible);
}
