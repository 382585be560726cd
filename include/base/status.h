/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What an operation can come to.  The first four are fatal for the caller's
 * work and are passed upwards untouched; the last three are conditions that
 * the direct caller handles.  What is wrong with the evidence itself is not a
 * status but an entry in the list of diagnostics (base/diag.h).
 */
#ifndef BASE_STATUS_H
#define BASE_STATUS_H

#include <stdbool.h>

#include "base/compiler.h"

enum status {
	STATUS_OK,
	STATUS_NOMEM,	    /* out of memory */
	STATUS_IO,	    /* the operating system refused; a message was made */
	STATUS_LIMIT,	    /* a named limit was reached */
	STATUS_ABSENT,	    /* what was asked for is not there */
	STATUS_MALFORMED,   /* the bytes contradict the format */
	STATUS_UNSUPPORTED, /* the bytes are of a kind or version not handled */
};

/* Return: a short English word for the status; static storage. */
const char *status_word(enum status status);

/*
 * That memory was lacking, once, anywhere in the process.  Where a text is only shortened
 * then, nobody passes that upwards; so it is noted here, no output is put in its place any
 * more (report/output.h), and the program ends with its status for trouble.
 */
void status_note_nomem(void);
bool status_had_nomem(void);
/* For tests, which go on. */
void status_forget_nomem(void);

/* Leaves the function with any status but STATUS_OK: the one control macro. */
#define RETURN_IF_FAILED(expr)                                                           \
	do {                                                                             \
		enum status failed_ = (expr);                                            \
		if (failed_ != STATUS_OK)                                                \
			return failed_;                                                  \
	} while (0)

#endif
