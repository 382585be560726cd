/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/leftover.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <time.h>
#include <unistd.h>

/* Outputs that are open at one time: a run has two, and runs go side by side. */
#define MAX_NOTED 64

/* Threads that change names at the moment. */
static atomic_int n_holding;

/* So long a handler waits for them: a disk that does not answer must not keep the program. */
#define LOOKS 2000
#define LOOK_NS 1000000

/* taken: by a caller, while it fills or empties it; noted: it holds a name. */
static struct {
	atomic_bool taken;
	atomic_bool noted;
	int folder;
	const char *name;
} slots[MAX_NOTED];

int leftover_note(int folder, const char *name)
{
	for (int i = 0; i < MAX_NOTED; i++) {
		if (atomic_exchange(&slots[i].taken, true))
			continue;
		slots[i].folder = folder;
		slots[i].name = name;
		atomic_store(&slots[i].noted, true);
		return i;
	}
	return -1;
}

void leftover_forget(int number)
{
	if (number < 0)
		return;
	atomic_store(&slots[number].noted, false);
	atomic_store(&slots[number].taken, false);
}

void leftover_hold(sigset_t *before)
{
	sigset_t all;

	(void)sigfillset(&all);
	(void)pthread_sigmask(SIG_BLOCK, &all, before);
	(void)atomic_fetch_add(&n_holding, 1);
}

void leftover_release(const sigset_t *before)
{
	(void)atomic_fetch_sub(&n_holding, 1);
	(void)pthread_sigmask(SIG_SETMASK, before, NULL);
}

void leftover_remove_all(void)
{
	const struct timespec look = { .tv_nsec = LOOK_NS };

	for (int i = 0; i < LOOKS && atomic_load(&n_holding) > 0; i++)
		(void)nanosleep(&look, NULL);
	for (size_t i = 0; i < MAX_NOTED; i++)
		if (atomic_exchange(&slots[i].noted, false))
			(void)unlinkat(slots[i].folder, slots[i].name, 0);
}
