/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Independent pieces of work, shared out among a few threads. */
#ifndef BASE_WORKERS_H
#define BASE_WORKERS_H

#include <stddef.h>

/*
 * Does one piece, by its number from 0.  Two of them run at the same time: they change
 * nothing of the context that both use, unless under a lock.
 */
typedef void workers_task(void *context, size_t number);

/* Threads at most, however many are asked for. */
#define WORKERS_MAX 64

/*
 * Does n pieces by n_threads threads, of which the caller's is one: with 1, or where no
 * thread can be started, it does all of them.  They are begun in the order of their
 * numbers.  It returns when all are done.
 */
void workers_run(size_t n, unsigned n_threads, workers_task *task, void *context);

/*
 * Begins a single piece, number 0, in a thread of its own, while the caller does other
 * work.  Return: what workers_wait() takes; NULL where no thread can be had, and nothing
 * was begun then.
 */
struct workers_beside;
struct workers_beside *workers_begin(workers_task *task, void *context);

/* Waits until that piece is done, and takes what was given for it; NULL is allowed. */
void workers_wait(struct workers_beside *beside);

#endif
