/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Writing .reg files, as regedit and hivexregedit read them: version 5 in
 * UTF-16LE with a mark, or in UTF-8; version 4 (REGEDIT4) in the ANSI code
 * page.  CR LF, hex folded as regedit folds it.  Knows nothing of profiles.
 */
#ifndef REPORT_RESTORE_REGFILE_H
#define REPORT_RESTORE_REGFILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"
#include "base/text.h"
#include "regf/key.h"
#include "report/output.h"

enum regfile_format {
	REGFILE_5_UTF16, /* regedit of Windows 2000 and later */
	REGFILE_5_UTF8,	 /* hivexregedit: UTF-8, LF, no mark */
	REGFILE_4,	 /* regedit of Windows NT 4 and 9x: REGEDIT4, windows-1252 */
};

struct regfile;

/*
 * Starts a file: the header line and an empty line.  Comments come next, then
 * keys.  The output is borrowed until regfile_finish() and stays the caller's.
 * Return: STATUS_OK and *out given; STATUS_NOMEM.
 */
MUST_CHECK enum status regfile_start(struct output *output, enum regfile_format format,
				     struct regfile **out);

/*
 * Ends the file and takes it, but neither commits nor aborts the output.
 * Nothing is written after the first failure, which is what is returned.
 * Return: STATUS_OK; STATUS_NOMEM; STATUS_IO if output_write() failed, and
 * output_commit() tells why; STATUS_UNSUPPORTED if a path, name or data that
 * the format cannot hold was given, or a value outside a key.
 */
MUST_CHECK enum status regfile_finish(struct regfile *file);

/*
 * A line of comment, UTF-8; control characters are made visible.  "" is a bare
 * ";".  It ends the key before it, for hivexregedit takes it for that: a value
 * may follow only after the next regfile_key().  NULL is a line that could not be
 * made for lack of memory: regfile_finish() tells.
 */
void regfile_comment(struct regfile *file, const char *utf8);

/*
 * Begins a key: its full path, root included, in any encoding.  Every key on
 * the way to it comes before it, since hivexregedit makes one level at a time.
 */
void regfile_key(struct regfile *file, struct text path);

/* A value of the key just begun, with its name, type and data as they are. */
void regfile_value(struct regfile *file, struct text name, uint32_t type,
		   struct span data);

/*
 * True if the name can be written in the format so that it is read back as it
 * is: no NUL, CR or LF; no odd last byte; no lone surrogate in UTF-8; all of it
 * in windows-1252 in version 4.
 */
bool regfile_can_name(enum regfile_format format, struct text name);

/*
 * The same for the name of one key, without its path: not empty and no
 * backslash in it, which would make two keys of it; in UTF-8 not what
 * hivexregedit takes for a header wherever it stands.
 */
bool regfile_can_key(enum regfile_format format, struct text name);

/*
 * The same for a value's data.  Only version 4 cannot hold all strings: those
 * of REG_SZ, REG_EXPAND_SZ and REG_MULTI_SZ must be UTF-16 that ends with a NUL
 * and stands wholly in windows-1252, for they are converted there and back.
 */
bool regfile_can_data(enum regfile_format format, uint32_t type, struct span data);

/*
 * True if a reader may add a NUL to the data: they are of one of those three
 * types, are not empty and do not end with a whole NUL.  Regedit and reg import
 * of Windows Vista and later do so in version 5; those of Windows XP and
 * hivexregedit keep the bytes.  Known from Wine's tests of reg import, which
 * are run on Windows, too.
 */
bool regfile_gains_nul(enum regfile_format format, uint32_t type, struct span data);

/* "5" or "4"; "utf-16le", "utf-8" or "windows-1252". */
const char *regfile_version_word(enum regfile_format format);
const char *regfile_encoding_word(enum regfile_format format);

#endif
