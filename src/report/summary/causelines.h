/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lines of the summary about causes, and about what was restored. */
#ifndef REPORT_SUMMARY_CAUSELINES_H
#define REPORT_SUMMARY_CAUSELINES_H

#include <stdbool.h>

#include "report/restore/restored.h"
#include "report/summary/summarystate.h"

/* Whether there is something about a comparison (NULL: a single hive) to be explained. */
bool causelines_is_due(const struct summary *summary,
		       const struct comparison *comparison);
/* In brief: the likeliest cause, what is missing, what to do. */
void causelines_brief(struct summary *summary, const struct comparison *comparison);
/* What caused the changes of a comparison (NULL: of a single hive), and what to do. */
void causelines_write(struct summary *summary, const struct comparison *comparison);
/* Whether a profile was written to a .reg file; nothing if that was not asked for. */
void causelines_restored(struct screen *screen, const struct restored *restored);

#endif
