/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The arguments of a program that is to be run, put together one after the other. */
#ifndef SWEEP_RUN_ARGUMENTS_H
#define SWEEP_RUN_ARGUMENTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/compiler.h"

struct arguments {
	char **items; /* n of them, and a NULL behind */
	size_t n;
	bool failed; /* one could not be added: out of memory */
};

/* Adds one. */
void arguments_add(struct arguments *arguments, const char *format, ...)
	PRINTF_LIKE(2, 3);
void arguments_clear(struct arguments *arguments);

/*
 * A text as one word of a command for sh.
 * Return: malloc'ed; NULL when out of memory.
 */
char *arguments_quote(const char *text) MUST_CHECK;

#endif
