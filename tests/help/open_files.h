/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How many files a test has open, to see that none is forgotten. */
#ifndef TESTS_HELP_OPEN_FILES_H
#define TESTS_HELP_OPEN_FILES_H

#include <fcntl.h>
#include <stddef.h>

/* Return: the number of files this process has open. */
static inline size_t open_files(void)
{
	size_t n = 0;

	for (int fd = 0; fd < 256; fd++)
		n += fcntl(fd, F_GETFD) >= 0;
	return n;
}

#endif
