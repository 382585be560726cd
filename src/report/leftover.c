/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/leftover.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <unistd.h>

/* Outputs that are open at one time: a run has two, and runs go side by side. */
#define MAX_NOTED 64

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

void leftover_remove_all(void)
{
	for (size_t i = 0; i < MAX_NOTED; i++)
		if (atomic_exchange(&slots[i].noted, false))
			(void)unlinkat(slots[i].folder, slots[i].name, 0);
}
