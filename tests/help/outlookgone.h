/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The plainest loss: one profile, "Outlook", is deleted, and nothing else is wrong. */
#ifndef TESTS_HELP_OUTLOOKGONE_H
#define TESTS_HELP_OUTLOOKGONE_H

#include "help/pair.h"

#define OUTLOOK PAIR_PROFILES "\\Outlook"

/* Adds it to the earlier hive, and deletes it in the later one at pair_changed(). */
void outlookgone_make(struct pair *pair);

/* Compares, and takes what is found, which must be a deleted profile and nothing else. */
const struct finding *outlookgone_found(struct pair *pair);

#endif
