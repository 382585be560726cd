/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Rules on files and network, by Landlock's three system calls: the C library has no
 * functions for them.  Values and structures as in landlock(7) and the kernel's
 * Documentation/userspace-api/landlock.rst.
 */
#ifndef SANDBOX_LANDLOCK_H
#define SANDBOX_LANDLOCK_H

#include <stdbool.h>

#include "sandbox/sandboxpaths.h"

/* The first version that also bounds truncating (3) and TCP (4). */
#define LANDLOCK_FULL 4

/* Version of Landlock that this kernel has; 0: none. */
int landlock_version(void);

/*
 * A set of rules that allows the paths and nothing else: with read also those that may be
 * read.  Return: a descriptor, given to the caller; -1 if there is no Landlock or the set
 * cannot be made.
 */
int landlock_rules(const struct sandbox_paths *paths, bool read);

/*
 * Makes the rules hold for the calling thread, which first gives up gaining rights by
 * starting programs.  Return: false if the kernel refuses.
 */
bool landlock_restrict(int rules);

#endif
