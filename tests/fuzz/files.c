/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Files in memory.  Each is opened for reading once more after it was written, and nobody
 * has it open for writing then: so the reader does not wait for a writer.
 */
#include "fuzz/fuzz.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static void write_all(int fd, struct span bytes)
{
	for (size_t done = 0; done < bytes.len;) {
		ssize_t n = write(fd, bytes.ptr + done, bytes.len - done);
		FUZZ_CHECK(n > 0 || errno == EINTR);
		done += n > 0 ? (size_t)n : 0;
	}
}

int fuzz_descriptor(struct span bytes)
{
	char path[32];
	int written = memfd_create("fuzz", MFD_CLOEXEC);

	FUZZ_CHECK(written >= 0);
	write_all(written, bytes);
	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", written);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	FUZZ_CHECK(fd >= 0);
	close(written);
	return fd;
}

static int open_file(const struct evidence_opener *self, const char *path,
		     struct failure *failure)
{
	/* The opener is the first member. */
	const struct fuzz_files *files = (const struct fuzz_files *)self;

	for (size_t i = 0; i < files->n; i++)
		if (strcmp(files->items[i].path, path) == 0)
			return fuzz_descriptor(files->items[i].bytes);
	failure_set(failure, "%s: is not there", path);
	return -1;
}

struct fuzz_files fuzz_files_none(void)
{
	return (struct fuzz_files){ .opener = { .open = open_file } };
}

void fuzz_files_add(struct fuzz_files *files, const char *path, struct span bytes)
{
	FUZZ_CHECK(files->n < FUZZ_PARTS + 1);
	files->items[files->n++] = (struct fuzz_file){ .path = path, .bytes = bytes };
}
