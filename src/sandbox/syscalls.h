/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which system calls can still be made: a seccomp filter, put together by libseccomp when the
 * program is built (makefilter.c).
 */
#ifndef SANDBOX_SYSCALLS_H
#define SANDBOX_SYSCALLS_H

#include <stdbool.h>

/*
 * Only what reading evidence and writing outputs needs is allowed, for all threads of the
 * process.  What starts a program or a process, speaks with another or looks into it ends
 * the process (SIGSYS); anything else fails with ENOSYS, as on a kernel that lacks it.
 * A signal to another process ends it, too.
 * Return: false if there is no filter: none in the kernel, built without libseccomp, or no
 * memory, which is noted (status_note_nomem()).
 */
bool syscalls_restrict(void);

#endif
