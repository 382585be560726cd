/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Strings of JSON (RFC 8259), in ASCII alone: no reader takes U+2028 for the end of a
 * line, and nothing acts on a terminal.
 */
#ifndef REPORT_JSONTEXT_H
#define REPORT_JSONTEXT_H

#include "base/text.h"
#include "report/output.h"

/*
 * Writes a text between quotation marks.  All but printable ASCII is escaped, a character
 * beyond U+FFFF as two units, a lone surrogate as U+FFFD: many readers refuse one.
 */
void jsontext_put(struct output *output, struct text text);

#endif
