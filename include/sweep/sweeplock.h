/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Who works in the folder of a sweep: locks on bytes of its file `lock`, which the kernel
 * gives up when their holder ends, however that comes.  A whole sweep excludes all others;
 * shards of one division exclude only their own.
 */
#ifndef SWEEP_SWEEPLOCK_H
#define SWEEP_SWEEPLOCK_H

#include <stdbool.h>

#include "base/compiler.h"
#include "base/failure.h"
#include "base/status.h"

/* Shard i of n, from 1; n 0: the whole. */
struct shard {
	unsigned i, n;
};

/* Shards of one division: each has a byte of its own. */
#define SWEEPLOCK_MAX_SHARDS 100000

/*
 * Locks the folder for a sweep, and waits as sweeplock_wait() until workers have ended that
 * a sweep before left behind.  *fd holds the lock until it is closed.
 * Return: STATUS_OK; STATUS_NOMEM; STATUS_IO with *failure set: another sweep runs, too.
 */
MUST_CHECK enum status sweeplock_take(const char *folder, struct shard shard,
				      void (*waits)(void *context), void *context,
				      int *fd, struct failure *failure);

/* Waits until its workers have ended; `waits` is told once, if there are any. */
void sweeplock_wait(int fd, struct shard shard, void (*waits)(void *context),
		    void *context);

/* Tells the file of the lock who holds it. */
void sweeplock_sign(int fd, const char *who);

/* The same for a worker of that sweep.  Return: -1 if it could not, with errno. */
int sweeplock_work(const char *folder, struct shard shard);

/* True while the sweep that the worker belongs to goes on; fd is the worker's. */
bool sweeplock_goes_on(int fd, struct shard shard);

/* True if any sweep runs in the folder. */
bool sweeplock_is_taken(const char *folder);

#endif
