/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the place can show that a summary is written to. */
#ifndef REPORT_SUMMARY_LOOK_H
#define REPORT_SUMMARY_LOOK_H

#include <stdbool.h>

#include "report/redact/redact.h"

struct summary_look {
	bool color; /* words stand out by colour too */
	bool ascii; /* it does not take UTF-8: all else is shown as \u{hex} */
	struct redact
		*redact; /* texts of the evidence are redacted by it; NULL: none is */
};

#endif
