/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is given to verify.h: elements with their attributes, and who finds the evidence. */
#ifndef VERIFY_VERIFYEVIDENCE_H
#define VERIFY_VERIFYEVIDENCE_H

#include <stddef.h>
#include <stdint.h>

#include "base/failure.h"
#include "base/span.h"
#include "base/status.h"
#include "base/sum/digest.h"

/* An attribute by its local name; both borrowed for the call, the value is UTF-8. */
struct verify_attribute {
	const char *name;
	struct span value;
};

/* An input of the report. */
struct verify_wanted {
	const char *path; /* as the report has it, any bytes */
	uint64_t size;	  /* bytes */
	struct digest sha256;
};

/* Who finds the evidence. */
struct verify_evidence {
	void *data;
	/*
	 * Opens a regular file that may be the one wanted: its size and hash are looked at
	 * here.  It is asked again when its bytes were put away meanwhile.
	 * Return: STATUS_OK with *fd at the file's beginning, to be closed by the caller;
	 * STATUS_NOMEM; any other: it is not there, or not to be read, and *why says so.
	 */
	enum status (*open)(void *data, const struct verify_wanted *wanted, int *fd,
			    struct failure *why);
};

/* Bytes of evidence that are kept at one time, beside the file that is looked at. */
#define VERIFY_MEMORY (UINT64_C(1) << 30)

/* Inputs of one report: those of 64 users with logs are some hundred. */
#define VERIFY_MAX_FILES 100000
/* Snapshots of one report. */
#define VERIFY_MAX_SNAPSHOTS 100000
/* Byte runs of one key or value: data of 10 MB, in pieces of one sector. */
#define VERIFY_MAX_RUNS 65536

#endif
