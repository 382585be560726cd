/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whole paths, after each step was judged by itself. */
#ifndef REGF_RECOVER_JOINSTEPS_H
#define REGF_RECOVER_JOINSTEPS_H

#include "regf/recover/search.h"

/*
 * Makes the certainty of each key's step that of its whole path, and finds its depth and
 * which keys had subkeys.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status joinsteps_all(struct search *search);

#endif
