/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The last line of a .reg file that wmsdiff wrote: a comment with the SHA-256 of all bytes
 * before it.  A file that holds what its last line says is as it was written, and may be
 * written anew; nobody has changed anything in it.
 */
#ifndef REPORT_RESTORE_REGSEAL_H
#define REPORT_RESTORE_REGSEAL_H

#include <stdbool.h>

#include "base/sum/digest.h"

/* What the comment says before the digits. */
#define REGSEAL_TEXT "wmsdiff: SHA-256 of all before this line: "

/* Its text, without the semicolon. */
#define REGSEAL_SIZE (sizeof(REGSEAL_TEXT) - 1 + DIGEST_HEX_SIZE)
void regseal_text(const struct digest *of, char out[REGSEAL_SIZE]);

/*
 * True if the regular file of fd ends with such a line, in an encoding of .reg files, and
 * the sum is right.  Read by pread() only; one that cannot be read is none.
 */
bool regseal_is_whole(int fd);

#endif
