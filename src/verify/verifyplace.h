/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the parts of the room share: the report as far as it has come, and places in it. */
#ifndef VERIFY_VERIFYPLACE_H
#define VERIFY_VERIFYPLACE_H

#include "verify/verifyfiles.h"
#include "verify/verifytext.h"

struct verifyplace_snapshot {
	uint64_t number; /* "s2" is 2 */
	size_t file;
};

struct verifyplace_report {
	struct verifytally tally;
	struct verifyfiles files;
	struct verifyplace_snapshots {
		struct verifyplace_snapshot *items;
		size_t n, cap;
	} snapshots;
	size_t input; /* that is told of; VERIFYFILES_NONE */
	size_t here;  /* the hive file of the snapshot that is told of, likewise */
	size_t before, after; /* those of the comparison, likewise */
	struct failure *failure;
};

/* A place of bytes in a file. */
struct verifyplace {
	size_t file; /* its index; VERIFYFILES_NONE: no such input */
	uint64_t offset;
};

/* The file of a snapshot by an attribute that names it; VERIFYFILES_NONE. */
size_t verifyplace_snapshot(const struct verifyplace_report *report,
			    struct verifytext_element element, const char *name);

/* The place that attributes "input" and "offset" name.  Return: false if none does. */
bool verifyplace_named(const struct verifyplace_report *report,
		       struct verifytext_element element, struct verifyplace *out);

/*
 * The bytes of a file.  Return: STATUS_OK; STATUS_ABSENT: they are not to be had, which is
 * counted as so many statements that are not checked; STATUS_NOMEM; STATUS_IO.
 */
MUST_CHECK enum status verifyplace_bytes(struct verifyplace_report *report, size_t file,
					 uint64_t n_statements, struct span *out);

/* A number at a place; false if it ends before. */
bool verifyplace_le64(struct span bytes, uint64_t offset, uint64_t *out);

/* Counts whether a time is spelled as its FILETIME; both attributes of one element. */
void verifyplace_spelling(struct verifyplace_report *report,
			  struct verifytext_element element, const char *time,
			  const char *filetime, const char *what);

/* Counts whether a FILETIME stands at a place. */
MUST_CHECK enum status verifyplace_time(struct verifyplace_report *report,
					struct verifyplace place, uint64_t filetime,
					const char *what);

#endif
