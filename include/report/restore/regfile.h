/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Writing .reg files, as regedit and hivexregedit read them: version 5 in
 * UTF-16LE with a mark, or in UTF-8; version 4 (REGEDIT4) in the ANSI code
 * page.  CR LF, hex folded as regedit folds it.  Knows nothing of profiles.
 */
#ifndef REPORT_RESTORE_REGFILE_H
#define REPORT_RESTORE_REGFILE_H

#include <stdint.h>

#include "base/status.h"
#include "base/sum/digest.h"
#include "base/text.h"
#include "report/output.h"
#include "report/restore/regfiletext.h"

struct regfile;

/*
 * Starts a file: the header line and an empty line.  Comments come next, then
 * keys.  The output is borrowed until regfile_finish() and stays the caller's.
 * Return: STATUS_OK and *out given; STATUS_NOMEM.
 */
MUST_CHECK enum status regfile_start(struct output *output, enum regfile_format format,
				     struct regfile **out);

/*
 * The last line of a file that is whole: a comment by which it is known to be as it was
 * written (regseal.h).  whose: of what describes the subject.  Only regfile_finish() may
 * come after it.
 */
void regfile_seal(struct regfile *file, const struct digest *whose);

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

/* "5" or "4"; "utf-16le", "utf-8" or "windows-1252". */
const char *regfile_version_word(enum regfile_format format);
const char *regfile_encoding_word(enum regfile_format format);

#endif
