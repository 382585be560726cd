/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lines of the summary about a recovered profile. */
#ifndef REPORT_SUMMARY_RECOVEREDLINES_H
#define REPORT_SUMMARY_RECOVEREDLINES_H

#include <stdbool.h>
#include <stddef.h>

#include "recovery/recovery.h"
#include "report/summary/screen.h"

/* A recovered profile: its name, when it went, what it held, what is lost. */
void recoveredlines_write(struct screen *screen, const struct recovered_profile *profile);
/*
 * A line with what is lost of a profile: its own key, values, the data of values, the
 * first bytes of values.  None if nothing is.
 */
void recoveredlines_lost(struct screen *screen, bool own_key, size_t n_values,
			 size_t n_data, size_t n_beginnings);

#endif
