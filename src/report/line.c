/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names, paths and times as people read them. */
#include "report/line.h"

#include "base/failure.h"
#include "base/filetime.h"

#include <stdlib.h>
#include <string.h>

void line_utf8(FILE *out, const char *utf8)
{
	char *visible = text_visible(utf8);

	fputs(visible ? visible : "?", out);
	free(visible);
}

void line_text(FILE *out, struct text text)
{
	char *utf8 = text_to_utf8(text, NULL);

	line_utf8(out, utf8 ? utf8 : "?");
	free(utf8);
}

void line_path(FILE *out, const char *path)
{
	char shown[4200];

	fputs(failure_path(path, shown, sizeof(shown)), out);
}

void line_time(FILE *out, uint64_t filetime)
{
	char time[FILETIME_TEXT_SIZE];
	char *separator, *fraction;

	filetime_format(filetime, time);
	separator = strchr(time, 'T');
	fraction = strchr(time, '.');
	if (separator)
		*separator = ' ';
	if (fraction)
		*fraction = '\0';
	fputs(time, out);
}

const char *line_plural(size_t n)
{
	return n == 1 ? "" : "s";
}

/* "Profiles of Windows Messaging Subsystem": the report has the whole path. */
void line_list(FILE *out, const struct store *store)
{
	fputs(store->list == STORE_PROFILES ? "Profiles of " : "Deleted Profiles of ",
	      out);
	switch (store->kind) {
	case STORE_WMS:
		fputs("Windows Messaging Subsystem\n", out);
		return;
	case STORE_WMS9X:
		fputs("Windows Messaging Subsystem (Windows 9x)\n", out);
		return;
	case STORE_OFFICE:
		fprintf(out, "Outlook, Office %s\n",
			store->office_version ? store->office_version
					      : "(version unknown)");
		return;
	}
}

/* Columns of the page, and where text behind a label begins. */
#define PAGE_WIDTH 80
#define TEXT_COLUMN 14

void line_wrapped(FILE *out, const char *label, const char *utf8)
{
	char *visible = text_visible(utf8);
	size_t column = TEXT_COLUMN;

	fprintf(out, LINE_LABEL, label);
	for (const char *word = visible ? visible : ""; *word;) {
		size_t len = strcspn(word, " ");
		if (column > TEXT_COLUMN && column + len + 1 > PAGE_WIDTH) {
			fprintf(out, "\n" LINE_LABEL, "");
			column = TEXT_COLUMN;
		} else if (column > TEXT_COLUMN) {
			fputc(' ', out);
			column++;
		}
		fprintf(out, "%.*s", (int)len, word);
		column += len;
		word += len;
		word += strspn(word, " ");
	}
	fputc('\n', out);
	free(visible);
}
