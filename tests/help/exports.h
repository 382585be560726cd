/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * .reg exports made in a test, and read from an exact copy on the heap, so that a
 * sanitizer sees a byte read too far.
 */
#ifndef TESTS_HELP_EXPORTS_H
#define TESTS_HELP_EXPORTS_H

#include "base/diag.h"
#include "base/failure.h"
#include "regtext/regtext.h"

#define EXPORTS_5 "Windows Registry Editor Version 5.00\r\n\r\n"
#define EXPORTS_4 "REGEDIT4\r\n\r\n"

struct export
{
	uint8_t *bytes;
	size_t len;
	struct diag_list *diags;
	struct failure failure;
	enum status status;
	struct regtext *text; /* NULL unless STATUS_OK */
};

struct export exports_bytes(const void *bytes, size_t len);
/* Of a string literal that may hold any bytes. */
#define EXPORTS(literal) exports_bytes(literal, sizeof(literal) - 1)
/* Each byte of the text as a unit of UTF-16, big-endian or not, with a mark or not. */
struct export exports_utf16(const char *latin1, bool big, bool mark);
void exports_close(struct export *export);

/* The key at a path below a root.  Fails the test if root or key are absent. */
const struct key *exports_key(const struct export *export, size_t root, const char *path);
/* Likewise; the key's value of that name, with this type and these bytes. */
void exports_expect(const struct export *export, const char *path, const char *name,
		    uint32_t type, const void *data, size_t len);
#define EXPORTS_EXPECT(export, path, name, type, literal)                                \
	exports_expect(export, path, name, type, literal, sizeof(literal) - 1)

/* True if subkeys and values of the key are all that there are. */
bool exports_is_whole(const struct export *export, size_t root, const char *path);

#endif
