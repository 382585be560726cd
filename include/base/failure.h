/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The one sentence a person sees when something cannot be done at all.  It
 * travels beside an enum status: filled in where the reason is known, printed
 * by the command line.
 */
#ifndef BASE_FAILURE_H
#define BASE_FAILURE_H

#include "base/compiler.h"

struct failure {
	/* UTF-8, one line, without full stop; long enough for two paths */
	char sentence[8704];
};

/* Writes the sentence; what does not fit is cut.  NULL is allowed. */
void failure_set(struct failure *failure, const char *format, ...) PRINTF_LIKE(2, 3);

/*
 * Writes a copy of a path into out (size bytes) for use in a sentence, with
 * everything that could act on a terminal made visible.
 */
const char *failure_path(const char *path, char *out, size_t size);

#endif
