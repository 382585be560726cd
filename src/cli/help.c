/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What --help and --version print. */
#include "cli/help.h"

#include "cli/optiontable.h"
#include "collection/found.h"
#include "companion/eventlog.h"
#include "report/page/html.h"
#include "report/summary/summary.h"

#include <stdio.h>

/* Blanks up to the column, two where there is none.  Return: where the line is then. */
static int put_blanks(int at, int column)
{
	return at + printf("%*s", column > at ? column - at : column > 0 ? 1 : 2, "");
}

static int put_row(const struct optiontable_row *row, int at)
{
	if (row->column == OPTIONTABLE_FIRST)
		at = printf("%s%-*s", at > 0 ? "\n" : "", OPTIONTABLE_FIRST, row->group) -
		     (at > 0);
	else
		at = put_blanks(at, row->column);
	if (row->letter)
		at += printf("-%c, ", row->letter);
	at += printf("--%s%s%s", row->name, row->argument ? " " : "",
		     row->argument ? row->argument : "");
	if (row->help) {
		at = put_blanks(at, row->help_column);
		at += printf("%s", row->help);
	}
	return at;
}

void help_print(void)
{
	int at = 0;

	fputs("Usage: wmsdiff [OPTION]... SNAPSHOT...    hives, folders, archives in order\n"
	      "       wmsdiff --validate REPORT          or  --render REPORT --html FILE\n"
	      "Tell which MAPI profiles vanished from a Windows user's registry hive.\n",
	      stdout);
	for (size_t i = 0; i < optiontable_n; i++)
		at = put_row(&optiontable[i], at);
	fputs("\n"
	      "Exit status: 0 no profile is lost, 1 one is gone, recreated or damaged,\n"
	      "2 trouble, or it cannot be told.  The manual: man wmsdiff\n",
	      stdout);
}

void help_print_version(void)
{
	unsigned unistring = summary_library_version();

	fputs("wmsdiff " PACKAGE_VERSION "\n"
	      "hivex " HIVEX_VERSION "\n"
	      "libxml2 " LIBXML2_VERSION "\n"
	      "nettle " NETTLE_VERSION "\n",
	      stdout);
	printf("libunistring %u.%u\n", unistring >> 16, unistring >> 8 & 0xff);
	if (html_library_version())
		printf("libxslt %s\n", html_library_version());
	if (finds_archive_library())
		printf("libarchive %s\n", finds_archive_library());
	if (eventlog_library_version())
		printf("libevtx %s\n", eventlog_library_version());
}
