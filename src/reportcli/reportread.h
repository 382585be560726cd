/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A report that a command works on: read whole, and held against the schema. */
#ifndef REPORTCLI_REPORTREAD_H
#define REPORTCLI_REPORTREAD_H

#include "regf/evidence.h"
#include "report/schema/check.h"

struct html;

struct reportread {
	struct evidence *file;
	struct check check; /* its faults */
	struct html *html;  /* its page, if it was asked for; NULL */
};

/*
 * Reads and checks it; what went wrong is told on standard error, faults of the report are
 * not.  To be cleared in any case.  with_page: a page will be made of it.
 * Return: true if it could be read.
 */
bool reportread_open(const char *path, bool with_page, struct reportread *out);
void reportread_clear(struct reportread *report);

/* Tells the faults on standard error, a line each.  Return: true if there is none. */
bool reportread_is_valid(const struct reportread *report);

/* Tells what went wrong. */
void reportread_complain(const struct failure *failure);

#endif
