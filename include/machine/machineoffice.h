/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which Outlook a SOFTWARE hive says to be installed, and how: by Windows Installer, or
 * as click-to-run, which has one configuration for all of Office.
 */
#ifndef MACHINE_MACHINEOFFICE_H
#define MACHINE_MACHINEOFFICE_H

#include <stddef.h>

#include "base/diag.h"
#include "base/status.h"
#include "base/text.h"
#include "regf/key.h"

struct machine_office {
	const struct key *key;
	char version[16]; /* "9.0", "16.0" */
};

/* Keys and texts are borrowed from the hive. */
struct machine_offices {
	struct machine_office *items; /* each version once, the oldest first */
	size_t n, cap;
	/* Office\ClickToRun\Configuration; NULL: not installed so. */
	const struct key *click_to_run;
	struct text run_version; /* VersionToReport, "16.0.14332.20706" */
	struct text products;	 /* ProductReleaseIds, "O365ProPlusRetail" */
};

/*
 * Adds what the key Office below `microsoft`, and that of 32-bit programs below `wow`,
 * tell; either may be NULL.  Of a list that is too long the rest is left out, which
 * `diags` are told.
 * Return: STATUS_OK; STATUS_NOMEM.  Either way *out is to be cleared.
 */
MUST_CHECK enum status machineoffice_read(const struct key *microsoft,
					  const struct key *wow, struct diag_list *diags,
					  struct machine_offices *out);
void machineoffice_clear(struct machine_offices *offices);

#endif
