/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What wmsdiff-sweep says to people on the way: a line for each thing that is wrong, and
 * how many there were.
 */
#ifndef SWEEP_PLAN_VOICE_H
#define SWEEP_PLAN_VOICE_H

#include <stddef.h>
#include <stdio.h>

#include "base/compiler.h"

struct voice {
	FILE *out;     /* borrowed; NULL: it is only counted */
	size_t faults; /* how often voice_fault() was called */
};

/*
 * Writes "wmsdiff-sweep: " and one line; what could act on a terminal is made visible.
 * voice_fault() counts it as a fault, voice_say() does not.
 */
void voice_fault(struct voice *voice, const char *format, ...) PRINTF_LIKE(2, 3);
void voice_say(const struct voice *voice, const char *format, ...) PRINTF_LIKE(2, 3);

#endif
