/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The formats of .reg files: which characters their encodings have, and what can be
 * written in them so that it is read back as it is.
 */
#ifndef REPORT_RESTORE_REGFILETEXT_H
#define REPORT_RESTORE_REGFILETEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"
#include "base/text.h"

enum regfile_format {
	REGFILE_5_UTF16, /* regedit of Windows 2000 and later */
	REGFILE_5_UTF8,	 /* hivexregedit: UTF-8, LF, no mark */
	REGFILE_4,	 /* regedit of Windows NT 4 and 9x: REGEDIT4, windows-1252 */
};

/* ---- what a format can hold ---- */

/*
 * True if the name can be written in the format so that it is read back as it
 * is: no NUL, CR or LF; no odd last byte; no lone surrogate in UTF-8; all of it
 * in windows-1252 in version 4.
 */
bool regfiletext_can_name(enum regfile_format format, struct text name);

/*
 * The same for the name of one key, without its path: not empty and no
 * backslash in it, which would make two keys of it; in UTF-8 not what
 * hivexregedit takes for a header wherever it stands.
 */
bool regfiletext_can_key(enum regfile_format format, struct text name);

/*
 * The same for a value's data.  Only version 4 cannot hold all strings: those
 * of REG_SZ, REG_EXPAND_SZ and REG_MULTI_SZ must be UTF-16 that ends with a NUL
 * and stands wholly in windows-1252, for they are converted there and back.
 */
bool regfiletext_can_data(enum regfile_format format, uint32_t type, struct span data);

/*
 * True if a reader may add a NUL to the data: they are of one of those three
 * types, are not empty and do not end with a whole NUL.  Regedit and reg import
 * of Windows Vista and later do so in version 5; those of Windows XP and
 * hivexregedit keep the bytes.  Known from Wine's tests of reg import, which
 * are run on Windows, too.
 */
bool regfiletext_gains_nul(enum regfile_format format, uint32_t type, struct span data);

/* ---- characters ---- */

/* Data as the text that a string is. */
struct text regfiletext_utf16(struct span data);

/* The character at *i, a lone surrogate as it is, and *i moved past it. */
uint32_t regfiletext_next(struct text t, size_t *i);

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
