/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One program, run with a limit of time and one of memory, and how it ended.  It ends with
 * whoever runs it, even if that is killed.
 */
#ifndef SWEEP_RUN_UNITRUN_H
#define SWEEP_RUN_UNITRUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/status.h"

struct unitrun_limits {
	uint64_t ms;	/* of time; 0: none */
	uint64_t bytes; /* of memory that it holds at one time; 0: none */
	bool output; /* what it says is kept of standard output, not of standard error */
};

enum unitrun_how {
	UNITRUN_EXITED,	     /* by itself, with code */
	UNITRUN_SIGNALLED,   /* by the signal `code` that was not ours */
	UNITRUN_TIMED_OUT,   /* it was ended past its time */
	UNITRUN_TOO_LARGE,   /* it was ended past its memory */
	UNITRUN_GIVEN_UP,    /* it was ended since goes_on said no */
	UNITRUN_NOT_STARTED, /* code is the errno */
};

/* Of what it says so much is kept: the beginning. */
#define UNITRUN_MAX_SAID 65536

struct unitrun_end {
	enum unitrun_how how;
	int code;
	uint64_t ms;
	uint64_t bytes; /* the most memory that was seen */
	char *said;	/* n_said bytes and a NUL; to be freed */
	size_t n_said;	/* what is kept of it */
	bool more;	/* there was more */
};

/*
 * Runs argv, found by PATH if argv[0] has no '/', in the folder, with nothing on standard
 * input, and what is not kept thrown away.  Memory is looked at often, not held by a limit of
 * the system, so that what exceeded it is known; a short excess may pass.  goes_on (may be
 * NULL) is asked about each second.  All that the program started ends with it.
 * Return: STATUS_OK and *out filled; STATUS_NOMEM; STATUS_IO with errno.
 */
MUST_CHECK enum status unitrun(const char *folder, char *const argv[],
			       const struct unitrun_limits *limits,
			       bool (*goes_on)(void *context), void *context,
			       struct unitrun_end *out);

#endif
