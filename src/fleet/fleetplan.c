/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Byte by byte, since a line may be as long as somebody likes: of each only its name is
 * kept.
 */
#include "fleet/fleetplan.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define MARK "#wmsdiff-sweep plan 1"

/*
 * The beginning of a line, up to a tab or its end; the rest is passed over.
 * Return: false at the end of the file.
 */
static bool read_begin(FILE *in, char out[FLEETPLAN_NAME_MAX + 1], bool *has_tab)
{
	size_t n = 0;
	int c = getc_unlocked(in);

	*has_tab = false;
	if (c == EOF)
		return false;
	for (; c != EOF && c != '\n'; c = getc_unlocked(in)) {
		*has_tab = *has_tab || c == '\t';
		/* One byte too many makes it no name. */
		if (!*has_tab && n < FLEETPLAN_NAME_MAX)
			out[n++] = (char)c;
	}
	out[n] = '\0';
	return true;
}

/* What names of units consist of: no other is the name of a file in the folder. */
static bool is_name(const char *text)
{
	size_t n = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				"0123456789.-_%");

	return *text && *text != '.' && !text[n] && n < FLEETPLAN_NAME_MAX;
}

enum status fleetplan_read(int fd, fleetplan_visit *visit, void *data)
{
	char text[FLEETPLAN_NAME_MAX + 1];
	int own = fcntl(fd, F_DUPFD_CLOEXEC, 0);
	FILE *in = own < 0 ? NULL : fdopen(own, "r");
	enum status status = STATUS_OK;
	bool has_tab;

	if (!in) {
		int why = errno;
		if (own >= 0)
			close(own);
		errno = why;
		return why == ENOMEM ? STATUS_NOMEM : STATUS_IO;
	}
	errno = 0;
	if (read_begin(in, text, &has_tab) && !has_tab && strcmp(text, MARK) == 0)
		while (status == STATUS_OK && read_begin(in, text, &has_tab))
			if (has_tab && is_name(text))
				status = visit(data, text);
	if (status == STATUS_OK && ferror(in))
		status = STATUS_IO;
	int error = errno;
	(void)fclose(in);
	errno = error;
	return status;
}
