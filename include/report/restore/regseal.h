/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The last line of a .reg file that wmsdiff wrote: a comment with the SHA-256 of all bytes
 * before it, and the beginning of one of whose profile it is.  A file that holds what its
 * last line says is as it was written: for the same subject it may be written anew, since
 * nobody has changed anything in it.  Files of two users can have the same name.
 */
#ifndef REPORT_RESTORE_REGSEAL_H
#define REPORT_RESTORE_REGSEAL_H

#include <stdbool.h>

#include "base/sum/digest.h"

/* What the comment says before the digits of the sum: REGSEAL_WHOSE digits stand in it. */
#define REGSEAL_WHOSE 16
#define REGSEAL_FORMAT "wmsdiff: of %.*s; SHA-256 of all before this line: "
#define REGSEAL_HEAD (sizeof(REGSEAL_FORMAT) - 1 - 4 + REGSEAL_WHOSE)

/* Its text, without the semicolon.  whose: of what describes the subject. */
#define REGSEAL_SIZE (REGSEAL_HEAD + DIGEST_HEX_SIZE)
void regseal_text(const struct digest *whose, const struct digest *sum,
		  char out[REGSEAL_SIZE]);

/*
 * True if the regular file of fd ends with such a line, in an encoding of .reg files, of
 * that subject (a struct digest), and the sum is right.  Read by pread() only; one that
 * cannot be read is none.
 */
bool regseal_is_whole(int fd, const void *whose);

#endif
