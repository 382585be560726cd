/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Cells of CSV, as RFC 4180 has them. */
#ifndef REPORT_CSVCELL_H
#define REPORT_CSVCELL_H

#include "report/output.h"

/*
 * Writes a cell, between quotation marks only where it must be, then a comma, or CR LF
 * behind the last of a record.
 */
void csvcell_put(struct output *output, const char *cell, bool last);

/*
 * The same of a text that a spreadsheet might run as a formula: one that begins with
 * "=", "+", "-" or "@", blanks and control characters before it or not, or with an
 * apostrophe, gets an apostrophe in front.  So an apostrophe at the beginning is never the
 * text's own, and taking it away gives the text back.
 */
void csvcell_put_defused(struct output *output, const char *text, bool last);

#endif
