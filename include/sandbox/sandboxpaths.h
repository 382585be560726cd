/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a process that gives up its rights still reads and writes. */
#ifndef SANDBOX_SANDBOXPATHS_H
#define SANDBOX_SANDBOXPATHS_H

#include <stddef.h>

/* Paths are borrowed for the call; what is not there is left out. */
struct sandbox_paths {
	/* Files and folders that may be read, these with all that is below them. */
	const char *const *read;
	size_t n_read;
	/* Folders in which files are made, read and replaced; files that are written to. */
	const char *const *write;
	size_t n_write;
};

#endif
