/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a profile held, in some words or in lines of the summary. */
#ifndef REPORT_SUMMARY_PROFILELINES_H
#define REPORT_SUMMARY_PROFILELINES_H

#include <stdbool.h>

#include "mapi/profile.h"
#include "report/summary/screen.h"

/* What a profile held, in some words; nothing if it cannot be read. */
void profilelines_brief(struct screen *screen, const struct profile *profile);
/*
 * What a profile that is still there has lost, likewise, as profilelines_write_losses()
 * has it.
 * Return: false, and nothing is put, if it lost no account and no service.
 */
bool profilelines_brief_losses(struct screen *screen, const struct profile *before,
			       const struct profile *after);

/* Lines with what a profile held: counts, mailboxes, files, accounts. */
void profilelines_write(struct screen *screen, const struct profile *profile);
/*
 * What a profile that is still there has lost: accounts and services, by name.
 * Nothing if the profile after is too large to be read whole.
 */
void profilelines_write_losses(struct screen *screen, const struct profile *before,
			       const struct profile *after);

#endif
