/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The lines of an export, one after another, into keys and values. */
#ifndef REGTEXT_REGPARSER_H
#define REGTEXT_REGPARSER_H

#include "regtext/regreading.h"

/*
 * Reads all that follows the first header, whose line ends at `at`.
 * Return: STATUS_OK; STATUS_NOMEM; STATUS_UNSUPPORTED for a list of changes, *failure set.
 */
MUST_CHECK enum status regparser_read(struct regparser *parser, size_t at);

/* Frees what it holds, not what it borrows. */
void regparser_clear(struct regparser *parser);

#endif
