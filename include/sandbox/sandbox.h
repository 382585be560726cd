/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What this process may still do once it reads evidence.  A parser that hostile evidence
 * takes over keeps the rights of its process; so the process gives them up first.
 *
 * Two mechanisms of Linux, each used as far as the kernel has it: Landlock bounds which
 * files can be opened (landlock(7)), a seccomp filter which system calls can be made
 * (seccomp(2)).  Both are one way: nothing that was given up comes back, and threads that
 * are started later have no more rights.
 */
#ifndef SANDBOX_SANDBOX_H
#define SANDBOX_SANDBOX_H

#include "sandbox/sandboxpaths.h"

/* How much of it the kernel could do. */
enum sandbox_state {
	SANDBOX_NONE,	 /* nothing was given up, or it was not asked for */
	SANDBOX_PARTIAL, /* one of both, or an older Landlock */
	SANDBOX_FULL,	 /* opening, truncating, network; system calls */
};

/* The version of the library that puts the filter together, or NULL: there is none. */
const char *sandbox_filter_library(void);

/* "none", "partial" or "full"; static. */
const char *sandbox_state_word(enum sandbox_state state);

struct sandbox;

/*
 * Gives up all rights but those to these paths.  To be called while there is one thread,
 * and before a byte of evidence is read; what loads libraries or modules later comes
 * before it.  From then on the process is ended by the kernel if it starts a program,
 * makes a process or a socket, or looks into another process.  Under a sanitizer, which
 * needs such calls, nothing is given up.
 * Return: what is needed for sandbox_end_reading(), malloc'ed; NULL if nothing could be
 * given up.
 */
struct sandbox *sandbox_begin(const struct sandbox_paths *paths);

/* NULL: SANDBOX_NONE. */
enum sandbox_state sandbox_state(const struct sandbox *sandbox);

/*
 * Gives up reading, but for what lies where outputs go.  It holds for the calling thread
 * and for those that it starts.  NULL is allowed; a second call changes nothing.
 */
void sandbox_end_reading(struct sandbox *sandbox);

/* Frees what is needed for the call above; rights do not come back.  NULL is allowed. */
void sandbox_free(struct sandbox *sandbox);

#endif
