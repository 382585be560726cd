/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/workers.h"

#include <pthread.h>
#include <stdlib.h>

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

/* ---- one beside ---- */

struct workers_beside {
	pthread_t thread;
	workers_task *task;
	void *context;
};

static void *work_beside(void *argument)
{
	struct workers_beside *beside = argument;

	beside->task(beside->context, 0);
	return NULL;
}

struct workers_beside *workers_begin(workers_task *task, void *context)
{
	struct workers_beside *beside = malloc(sizeof(*beside));

	if (!beside)
		return NULL;
	*beside = (struct workers_beside){ .task = task, .context = context };
	if (pthread_create(&beside->thread, NULL, work_beside, beside) == 0)
		return beside;
	free(beside);
	return NULL;
}

void workers_wait(struct workers_beside *beside)
{
	if (!beside)
		return;
	pthread_join(beside->thread, NULL);
	free(beside);
}
