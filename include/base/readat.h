/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BASE_READAT_H
#define BASE_READAT_H

#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

/*
 * Reads n bytes at a place of a file, whatever its own offset is; several threads may.
 * Return: how many there are, fewer than n only at the end of the file, and 0 past the
 * largest offset; -1 with errno set, whatever was read before.
 */
static inline ssize_t readat(int fd, uint64_t at, void *out, size_t n)
{
	uint8_t *bytes = out;

	if (at > INT64_MAX)
		return 0;
	if (n > INT64_MAX - at)
		n = (size_t)(INT64_MAX - at);
	size_t left = n;
	while (left > 0) {
		size_t done = n - left;
		ssize_t got = pread(fd, bytes + done, left, (off_t)(at + done));
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -1;
		if (got == 0)
			break;
		/* Never more than was asked for, which a compiler cannot know. */
		left -= (size_t)got < left ? (size_t)got : left;
	}
	return (ssize_t)(n - left);
}

#endif
