/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/workers.h"

#include <pthread.h>

struct work {
	size_t n, next;
	workers_task *task;
	void *context;
	pthread_mutex_t lock;
};

/* Takes pieces until none is left. */
static void *work_on(void *argument)
{
	struct work *work = argument;

	for (;;) {
		pthread_mutex_lock(&work->lock);
		size_t number = work->next++;
		pthread_mutex_unlock(&work->lock);
		if (number >= work->n)
			return NULL;
		work->task(work->context, number);
	}
}

void workers_run(size_t n, unsigned n_threads, workers_task *task, void *context)
{
	struct work work = {
		.n = n,
		.task = task,
		.context = context,
		.lock = PTHREAD_MUTEX_INITIALIZER,
	};
	pthread_t threads[WORKERS_MAX - 1];
	size_t started = 0;

	while (started < WORKERS_MAX - 1 && started + 1 < n_threads && started + 1 < n &&
	       pthread_create(&threads[started], NULL, work_on, &work) == 0)
		started++;
	work_on(&work);
	while (started > 0)
		pthread_join(threads[--started], NULL);
}
