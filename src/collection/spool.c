/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A temporary file for all members of archives: one for each of them would take a
 * descriptor each, of which a process has some hundred.
 */
#include "collection/spool.h"

#include "base/readat.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Bytes copied at a time: what a processor's cache holds. */
#define CHUNK_SIZE ((size_t)256 * 1024)

struct spool {
	int fd;
	uint64_t size;
};

static const char *folder(void)
{
	const char *set = getenv("TMPDIR");

	return set && *set ? set : "/tmp";
}

/* A file in the folder that has no name, or loses it at once.  Return: -1 if none. */
static int unnamed_file(void)
{
	char path[4096];
	int fd = -1;

#ifdef O_TMPFILE
	fd = open(folder(), O_TMPFILE | O_RDWR | O_CLOEXEC | O_EXCL, 0600);
	if (fd >= 0)
		return fd;
#endif
	if (snprintf(path, sizeof(path), "%s/wmsdiff-XXXXXX", folder()) <
	    (int)sizeof(path))
		fd = mkostemp(path, O_CLOEXEC);
	if (fd >= 0 && unlink(path) != 0) {
		close(fd);
		return -1;
	}
	return fd;
}

static int file_in_memory(void)
{
#ifdef HAVE_MEMFD_CREATE
	return memfd_create("wmsdiff", MFD_CLOEXEC);
#else
	errno = ENOSYS;
	return -1;
#endif
}

static enum status refuse(struct failure *failure, const char *what, int error)
{
	failure_set(failure,
		    "%s for what comes out of archives in %s: %s; TMPDIR names "
		    "another folder for it",
		    what, folder(), strerror(error));
	return STATUS_IO;
}

enum status spool_new(struct spool **out, struct failure *failure)
{
	struct spool *spool = calloc(1, sizeof(*spool));

	if (!spool) {
		failure_set(failure, "out of memory");
		return STATUS_NOMEM;
	}
	spool->fd = unnamed_file();
	if (spool->fd < 0)
		spool->fd = file_in_memory();
	if (spool->fd < 0) {
		free(spool);
		return refuse(failure, "no temporary file can be made", errno);
	}
	*out = spool;
	return STATUS_OK;
}

void spool_free(struct spool *spool)
{
	if (!spool)
		return;
	close(spool->fd);
	free(spool);
}

uint64_t spool_size(const struct spool *spool)
{
	return spool->size;
}

int spool_fd(const struct spool *spool)
{
	return spool->fd;
}

/* Writes all bytes at off.  Return: false with errno set. */
static bool write_at(int fd, uint64_t off, struct span bytes)
{
	while (bytes.len > 0) {
		ssize_t n = pwrite(fd, bytes.ptr, bytes.len, (off_t)off);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		off += (uint64_t)n;
		bytes = span_from(bytes, (size_t)n);
	}
	return true;
}

enum status spool_append(struct spool *spool, struct span bytes, struct failure *failure)
{
	if (!write_at(spool->fd, spool->size, bytes))
		return refuse(failure, "there is no room", errno);
	spool->size += bytes.len;
	return STATUS_OK;
}

enum status spool_cut(struct spool *spool, uint64_t size, struct failure *failure)
{
	if (size >= spool->size)
		return STATUS_OK;
	if (ftruncate(spool->fd, (off_t)size) != 0)
		return refuse(failure, "a temporary file cannot be cut", errno);
	spool->size = size;
	return STATUS_OK;
}

/* Copies len bytes at off to the beginning of another file. */
static bool copy(int from, uint64_t off, uint64_t len, uint8_t *chunk, int to)
{
	uint64_t done = 0;

	while (done < len) {
		size_t most = len - done < CHUNK_SIZE ? (size_t)(len - done) : CHUNK_SIZE;
		ssize_t n = readat(from, off + done, chunk, most);
		if (n == 0)
			errno = EIO; /* it is shorter than what was written */
		if (n <= 0 || !write_at(to, done, span_of(chunk, (size_t)n)))
			return false;
		done += (uint64_t)n;
	}
	return true;
}

enum status spool_open(const struct spool *spool, uint64_t off, uint64_t len, int *fd,
		       struct failure *failure)
{
	uint8_t *chunk = malloc(CHUNK_SIZE);
	int file = file_in_memory();

	if (file < 0)
		file = unnamed_file();
	bool copied = chunk && file >= 0 && copy(spool->fd, off, len, chunk, file);
	int error = errno;
	free(chunk);
	if (copied) {
		*fd = file;
		return STATUS_OK;
	}
	if (file >= 0)
		close(file);
	if (!chunk) {
		failure_set(failure, "out of memory");
		return STATUS_NOMEM;
	}
	return refuse(failure, "there is no room", error);
}
