/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What regfile.c asks of the encodings of .reg files, beside what all may ask. */
#ifndef REPORT_RESTORE_REGFILETEXT_H
#define REPORT_RESTORE_REGFILETEXT_H

#include "report/restore/regfile.h"

/* Data as the text that a string is. */
struct text regfiletext_utf16(struct span data);

/* The byte of windows-1252 for a character.  Return: false if there is none. */
bool regfiletext_cp1252(uint32_t c, uint8_t *byte);

/* True if the encoding of the format has the character. */
bool regfiletext_has(enum regfile_format format, uint32_t c);

/*
 * True for the types whose data version 4 has in the ANSI code page: those that
 * RegSetValueExA() converts, and Wine's regedit.
 */
bool regfiletext_is_ansi(enum regfile_format format, uint32_t type);

/*
 * True if the data of a REG_SZ can stand between quotation marks and nothing
 * is lost.
 */
bool regfiletext_can_quote(enum regfile_format format, struct span data);

#endif
