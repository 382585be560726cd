/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The .reg file of one profile. */
#ifndef REPORT_RESTORE_RESTOREFILE_H
#define REPORT_RESTORE_RESTOREFILE_H

#include <stdbool.h>

#include "base/failure.h"
#include "base/status.h"
#include "report/output.h"
#include "report/restore/rebuilt.h"

/*
 * Counts what can be written and notes what cannot, before a file is made.
 * *fits: false if the format cannot carry a text of it (version 4).
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status restorefile_measure(const struct rebuilt *rebuilt, bool *fits);

/* The digest of what describes the subject, by which its files are known (regseal.h). */
MUST_CHECK enum status restorefile_whose(const struct rebuilt *rebuilt,
					 struct digest *out);

/*
 * Writes what the file holds to an output, which stays the caller's.  It was measured and
 * fits; whose: by restorefile_whose().
 * Return: STATUS_OK; STATUS_NOMEM; STATUS_UNSUPPORTED if a name does not fit;
 * STATUS_IO if output_write() failed, and output_commit() tells why.
 */
MUST_CHECK enum status restorefile_text(const struct rebuilt *rebuilt,
					const struct digest *whose,
					struct output *output);

/* Writes the file.  Return: STATUS_OK; STATUS_NOMEM; STATUS_IO with *failure set. */
MUST_CHECK enum status restorefile_write(const struct rebuilt *rebuilt, const char *path,
					 struct failure *failure);

#endif
