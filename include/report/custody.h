/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From whom an input was received, as it was given on the command line: nothing of it is
 * read from evidence, completed or checked.
 */
#ifndef REPORT_CUSTODY_H
#define REPORT_CUSTODY_H

#include <stdbool.h>
#include <stddef.h>

struct custody {
	const char *path; /* of the file or folder, as given */
	const char *evidence_number, *received_from, *received_at; /* NULL if not given */
};

/* True if anything but the path was given. */
bool custody_is_given(const struct custody *custody);

/*
 * What was given of the file with this path.
 * Return: one of the list; NULL: nothing.
 */
const struct custody *custody_of(const struct custody *list, size_t n, const char *path);

#endif
