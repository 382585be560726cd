/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Locks of open file descriptions (fcntl(2), F_OFD_SETLK): unlike flock() they can be asked
 * about without being taken, and go by ranges of bytes.  The bytes need not exist.
 */
#include "sweep/sweeplock.h"

#include "sweep/sweepfolder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Byte 0: the whole; then, each as long as there can be shards: how many, which, workers. */
#define DIVISIONS 1000000
#define SHARDS 2000000
#define WORKERS 3000000
#define SPAN (SWEEPLOCK_MAX_SHARDS + 1)

/* How long it waits between two looks at workers that are left. */
#define LOOK_NS 100000000L

static bool set(int fd, short kind, off_t at, off_t n)
{
	struct flock lock = {
		.l_type = kind, .l_whence = SEEK_SET, .l_start = at, .l_len = n
	};

	return fcntl(fd, F_OFD_SETLK, &lock) == 0;
}

/* True if nobody else has a lock there that would hinder one of this kind. */
static bool is_free(int fd, short kind, off_t at, off_t n)
{
	struct flock lock = {
		.l_type = kind, .l_whence = SEEK_SET, .l_start = at, .l_len = n
	};

	return n <= 0 || fcntl(fd, F_OFD_GETLK, &lock) != 0 || lock.l_type == F_UNLCK;
}

static int open_lock(const char *folder, int flags)
{
	char *path = sweepfolder_path(folder, "lock");
	int fd =
		path ? open(path, flags | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0666) : -1;

	free(path);
	return fd;
}

static bool take(int fd, struct shard shard)
{
	if (shard.n == 0)
		return set(fd, F_WRLCK, 0, 1);
	if (!set(fd, F_RDLCK, 0, 1) || !set(fd, F_RDLCK, DIVISIONS + shard.n, 1))
		return false;
	/* Shards of another division would do what these do. */
	errno = EAGAIN;
	return is_free(fd, F_WRLCK, DIVISIONS, shard.n) &&
	       is_free(fd, F_WRLCK, DIVISIONS + shard.n + 1, SPAN - shard.n - 1) &&
	       set(fd, F_WRLCK, SHARDS + shard.i, 1);
}

static bool workers_ended(int fd, struct shard shard)
{
	if (shard.n == 0)
		return is_free(fd, F_WRLCK, WORKERS, SPAN);
	return is_free(fd, F_WRLCK, WORKERS, 1) &&
	       is_free(fd, F_WRLCK, WORKERS + shard.i, 1);
}

static enum status refuse(int fd, const char *folder, int error, struct failure *failure)
{
	char shown[4200], who[512] = "";
	ssize_t n = error ? 0 : pread(fd, who, sizeof(who) - 1, 0);

	who[n > 0 ? strcspn(who, "\n") : 0] = '\0';
	failure_path(folder, shown, sizeof(shown));
	if (error)
		failure_set(failure, "%s/lock: %s", shown, strerror(error));
	else
		failure_set(failure, "%s: another sweep runs there%s%s%s", shown,
			    *who ? " (" : "", who, *who ? ")" : "");
	if (fd >= 0)
		close(fd);
	return STATUS_IO;
}

void sweeplock_wait(int fd, struct shard shard, void (*waits)(void *context),
		    void *context)
{
	for (bool told = false; !workers_ended(fd, shard); told = true) {
		if (!told)
			waits(context);
		(void)nanosleep(&(struct timespec){ .tv_nsec = LOOK_NS }, NULL);
	}
}

enum status sweeplock_take(const char *folder, struct shard shard,
			   void (*waits)(void *context), void *context, int *fd,
			   struct failure *failure)
{
	int lock = open_lock(folder, O_RDWR | O_CREAT);

	if (lock < 0)
		return refuse(lock, folder, errno, failure);
	if (!take(lock, shard))
		return refuse(lock, folder,
			      errno == EAGAIN || errno == EACCES ? 0 : errno, failure);
	sweeplock_wait(lock, shard, waits, context);
	*fd = lock;
	return STATUS_OK;
}

void sweeplock_sign(int fd, const char *who)
{
	size_t n = strlen(who);

	/* For people only: what cannot be written is not missed. */
	if (ftruncate(fd, 0) != 0 || pwrite(fd, who, n, 0) != (ssize_t)n)
		return;
}

int sweeplock_work(const char *folder, struct shard shard)
{
	int fd = open_lock(folder, O_RDWR);

	if (fd >= 0 && !set(fd, F_RDLCK, WORKERS + (off_t)(shard.n ? shard.i : 0), 1)) {
		int error = errno;
		close(fd);
		errno = error;
		return -1;
	}
	return fd;
}

bool sweeplock_goes_on(int fd, struct shard shard)
{
	return !is_free(fd, F_WRLCK, shard.n ? SHARDS + (off_t)shard.i : 0, 1);
}

bool sweeplock_is_taken(const char *folder)
{
	int fd = open_lock(folder, O_RDONLY);
	bool taken = fd >= 0 && !is_free(fd, F_WRLCK, 0, 1);

	if (fd >= 0)
		close(fd);
	return taken;
}
