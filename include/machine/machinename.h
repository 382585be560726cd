/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether two names of computers may be one's. */
#ifndef MACHINE_MACHINENAME_H
#define MACHINE_MACHINENAME_H

#include <stdbool.h>

/*
 * True if two names, UTF-8, can be of one computer: the same but for the case of ASCII;
 * one may have its domain behind it, and the name that NetBIOS has is cut at 15
 * characters.  Nothing is like an empty name.
 */
bool machinename_same(const char *a, const char *b);

#endif
