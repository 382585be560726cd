/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Files in memory.  Seals also rule out the one danger of a mapped file, that
 * it is cut short under the reader; an unlinked temporary file can be reached
 * by nobody else.
 */
#include "base/memfile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#ifndef MAP_POPULATE
#define MAP_POPULATE 0 /* only saves page faults */
#endif

#if defined(HAVE_MEMFD_CREATE) && defined(F_ADD_SEALS)

static int create(void)
{
	return memfd_create("wmsdiff", MFD_CLOEXEC | MFD_ALLOW_SEALING);
}

static bool seal(int *fd)
{
	return fcntl(*fd, F_ADD_SEALS,
		     F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) == 0;
}

#else

static int create(void)
{
	const char *folder = getenv("TMPDIR");
	char path[4096];
	int fd;

	(void)snprintf(path, sizeof(path), "%s/wmsdiff-XXXXXX",
		       folder && *folder ? folder : "/tmp");
	fd = mkstemp(path);
	if (fd >= 0 && unlink(path) != 0) {
		close(fd);
		return -1;
	}
	return fd;
}

/* Without seals: at least this descriptor can no longer write. */
static bool seal(int *fd)
{
	struct memfile file = { .fd = *fd };
	char path[MEMFILE_PATH_SIZE];

	memfile_path(&file, path);
	int again = open(path, O_RDONLY | O_CLOEXEC);
	if (again < 0)
		return false;
	close(*fd);
	*fd = again;
	return true;
}

#endif

enum status memfile_init(struct memfile *file)
{
	*file = (struct memfile){ .fd = create() };
	return file->fd < 0 ? STATUS_IO : STATUS_OK;
}

enum status memfile_append(struct memfile *file, struct span bytes)
{
	size_t len = bytes.len;

	while (bytes.len > 0) {
		ssize_t n = write(file->fd, bytes.ptr, bytes.len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return STATUS_IO;
		bytes = span_from(bytes, (size_t)n);
	}
	file->bytes.len += len;
	return STATUS_OK;
}

enum status memfile_seal(struct memfile *file)
{
	void *map;

	if (!seal(&file->fd))
		return STATUS_IO;
	if (file->bytes.len == 0)
		return STATUS_OK;
	map = mmap(NULL, file->bytes.len, PROT_READ, MAP_SHARED | MAP_POPULATE, file->fd,
		   0);
	if (map == MAP_FAILED)
		return STATUS_IO;
	file->bytes.ptr = map;
	return STATUS_OK;
}

enum status memfile_copy(const struct memfile *file, size_t size, uint8_t **out)
{
	/* The room first, so that what goes past the file's last page is there too. */
	void *room = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
			  -1, 0);
	if (room == MAP_FAILED)
		return STATUS_NOMEM;
	if (file->bytes.len > 0 &&
	    mmap(room, file->bytes.len, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_FIXED,
		 file->fd, 0) == MAP_FAILED) {
		munmap(room, size);
		return STATUS_NOMEM;
	}
	*out = room;
	return STATUS_OK;
}

void memfile_free_copy(uint8_t *copy, size_t size)
{
	if (copy)
		munmap(copy, size);
}

void memfile_clear(struct memfile *file)
{
	if (file->bytes.ptr)
		munmap((void *)(uintptr_t)file->bytes.ptr, file->bytes.len);
	if (file->fd >= 0)
		close(file->fd);
	*file = (struct memfile){ .fd = -1 };
}

void memfile_path(const struct memfile *file, char path[MEMFILE_PATH_SIZE])
{
	(void)snprintf(path, MEMFILE_PATH_SIZE, "/proc/self/fd/%d", file->fd);
}
