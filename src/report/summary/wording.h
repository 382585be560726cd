/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Wording that several parts of the summary share. */
#ifndef REPORT_SUMMARY_WORDING_H
#define REPORT_SUMMARY_WORDING_H

#include <stdbool.h>
#include <stddef.h>

#include "compare/finding.h"
#include "mapi/store.h"
#include "report/summary/screen.h"

/* Kinds of changes in the order in which the summary lists them. */
#define WORDING_N_KINDS (FINDING_DEFAULT_CHANGED + 1)

/* The worst kind comes first, at 0; the report keeps the order of places. */
enum finding_kind wording_kind(size_t place);
enum screen_style wording_style(enum finding_kind kind);
/* "s" unless n is 1; static storage. */
const char *wording_plural(size_t n);
/* Puts which list it is: "Profiles of Windows Messaging Subsystem". */
void wording_list(struct screen *screen, const struct store *store);
/* True if it is known when the profile went, or between what. */
bool wording_is_dated(const struct finding *finding);
/* Puts that: "at ... UTC", "between ... and ... UTC", "within the second ...", "not before ...", "not after ...". */
void wording_when(struct screen *screen, const struct finding *finding);
/* Puts the name; for what has another name now, "old -> new". */
void wording_names(struct screen *screen, const struct finding *finding);
/* Begins a line below what was named, with a label; its text comes next. */
void wording_line(struct screen *screen, const char *label);

#endif
