/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The path of a key, from its root down. */
#ifndef REGTEXT_REGPATH_H
#define REGTEXT_REGPATH_H

#include "regtext/regsource.h"

enum regpath_kind {
	REGPATH_KEY,   /* below a root that can be a user's, or above them */
	REGPATH_OTHER, /* below another root */
	REGPATH_DEEP,  /* more than REGTEXT_MAX_DEPTH names */
	REGPATH_LONG,  /* a name has more than REGTEXT_MAX_NAME units */
	REGPATH_NUL,   /* it holds a NUL, which no name in an export can */
};

/* Its parts as the file has them; the root is not among them. */
struct regpath {
	uint32_t base; /* REGFOREST_CURRENT_USER and so on */
	uint32_t n;
	struct text raw[REGTEXT_MAX_DEPTH];
	size_t from[REGTEXT_MAX_DEPTH], to[REGTEXT_MAX_DEPTH];
};

/* Reads what stands between the brackets of a key's line. */
MUST_CHECK enum regpath_kind regpath_read(const struct regsource *source, size_t from,
					  size_t to, struct regpath *out);

/* "HKEY_CURRENT_USER" and so on; "" for paths without a root. */
const char *regpath_root_name(uint32_t base);

#endif
