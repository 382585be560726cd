/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A .reg export, read into the same plain keys and values that a hive gives.  What
 * such a text cannot tell is not there: keys have no last write, no place in a hive, no
 * security.  What it does not export is not known to be absent: such keys have
 * KEY_FLAG_SUBKEYS_PARTIAL and KEY_FLAG_VALUES_PARTIAL.
 *
 * One file may hold the branches of several users: each is a root of its own.
 */
#ifndef REGTEXT_REGTEXT_H
#define REGTEXT_REGTEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/failure.h"
#include "base/span.h"
#include "base/status.h"
#include "regf/key.h"
#include "regtext/regformat.h"

enum regtext_root_kind {
	REGTEXT_CURRENT_USER, /* HKEY_CURRENT_USER: of whom, the file does not tell */
	REGTEXT_USERS,	      /* HKEY_USERS\NAME: a SID, .DEFAULT, or a loaded hive */
	REGTEXT_MACHINE,      /* HKEY_LOCAL_MACHINE\NAME: a hive loaded by hand */
	REGTEXT_UNNAMED,      /* paths without a root, as other programs export a hive */
};

struct regtext_root {
	enum regtext_root_kind kind;
	char *path; /* "HKEY_USERS\S-1-5-18", UTF-8; "" if unnamed */
	char *name; /* its last part, "S-1-5-18"; "" where there is none */
	/* Root key: the root itself.  Its arena is the export's; not to be freed. */
	struct key_tree keys;
	bool whole;	   /* the root itself is exported, with all that is below it */
	size_t n_branches; /* branches of it that are exported */
};

struct regtext {
	struct arena *arena;
	struct regtext_root *roots; /* those that can be a user's, in order of the file */
	size_t n_roots;
	char *other; /* path of the first key that is below no such root, or NULL */
	enum regtext_encoding encoding; /* of the first part */
	enum regtext_version version;	/* likewise */
	size_t n_parts;			/* headers: exports that were joined */
	uint64_t n_doubtful; /* names and strings in a code page that is not known */
};

/*
 * Reads a whole file.  Names may borrow from bytes, which must live as long as the export.
 * What cannot be read is a diagnostic, at its offset.
 * Return: STATUS_OK and *out given; STATUS_NOMEM; STATUS_UNSUPPORTED when it is no export:
 * without a header, or a list of changes that removes keys or values; *failure then says
 * why, the offset first.
 */
MUST_CHECK enum status regtext_read(struct span bytes, struct diag_list *diags,
				    struct regtext **out, struct failure *failure);

/* Takes the export; NULL is allowed. */
void regtext_free(struct regtext *export);
void regtext_freep(struct regtext **export);

/* "utf-16le" and so on: a word of the report. */
const char *regtext_encoding_word(enum regtext_encoding encoding);

#endif
