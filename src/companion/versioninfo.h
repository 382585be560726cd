/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A version resource (VS_VERSIONINFO): the file version, and the strings that
 * say what the file is.
 */
#ifndef COMPANION_VERSIONINFO_H
#define COMPANION_VERSIONINFO_H

#include <stdbool.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/status.h"
#include "companion/pe.h"

enum versioninfo_string {
	VERSIONINFO_COMPANY,
	VERSIONINFO_PRODUCT,
	VERSIONINFO_DESCRIPTION,
	VERSIONINFO_ORIGINAL_NAME,
	VERSIONINFO_N_STRINGS,
};

struct versioninfo {
	bool has_version;
	uint16_t version[4];  /* the most significant number first */
	uint64_t version_off; /* of it in the file */
	/* UTF-8; NULL if not there, or if they cannot be shown as they are. */
	char *strings[VERSIONINFO_N_STRINGS];
};

/*
 * Reads the bytes of a version resource.  What is wrong with them goes to diags
 * as DIAG_PE_DAMAGED.  *out is to be cleared whatever the status.
 * Return: STATUS_OK; STATUS_NOMEM.
 */
MUST_CHECK enum status versioninfo_read(struct pe_part part, struct diag_list *diags,
					struct versioninfo *out);

/* Frees the strings; may be done twice. */
void versioninfo_clear(struct versioninfo *info);

#endif
