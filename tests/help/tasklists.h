/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Short words for listings of tasklist, and what stands below the headings of its tables. */
#ifndef TESTS_HELP_TASKLISTS_H
#define TESTS_HELP_TASKLISTS_H

#include "help/listings.h"

#define MODULES LISTING_TASKLIST_MODULES
#define SERVICES LISTING_TASKLIST_SERVICES

/* Widths of 25, 6 and 45 on XP and 2003; 25, 8 and 44 since Vista. */
#define RULE_XP                                                                          \
	"========================= ====== =============================================" \
	"\r\n"
#define RULE_VISTA                                                                        \
	"========================= ======== ============================================" \
	"\r\n"

#endif
