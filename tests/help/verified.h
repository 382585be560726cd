/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A report that is held against evidence, and files of bytes as its evidence. */
#ifndef TESTS_HELP_VERIFIED_H
#define TESTS_HELP_VERIFIED_H

#include "verify/verifyplace.h"

#define VERIFIED_MAX_FILES 4
#define VERIFIED_MAX_BYTES 8192

struct verified {
	struct verifyplace_report report;
	struct verify_evidence evidence;
	struct failure failure;
	FILE *out;
	char *text; /* what was told so far: verified_told() */
	size_t size;
	struct verified_file {
		const char *path;
		uint8_t bytes[VERIFIED_MAX_BYTES];
		size_t len;
	} files[VERIFIED_MAX_FILES];
	size_t n_files;
};

/* Too large for a stack: to be freed with verified_free(). */
struct verified *verified_new(void);
void verified_free(struct verified *verified);

/* A file that is there.  Return: where its bytes are, which may be changed. */
struct verified_file *verified_put(struct verified *verified, const char *path,
				   const void *bytes, size_t len);

/* The same as an input of the report, whose size and hash are right.  Return: its index. */
size_t verified_add(struct verified *verified, const char *path, const void *bytes,
		    size_t len);

/* The next change of its bytes is read: until then they are kept. */
void verified_again(struct verified *verified, size_t index);

/* Attributes: names and values in turn, NULL behind the last; as many as 16. */
struct verifytext_element verified_element(const char *const *words);

/* All that was told, from the beginning. */
const char *verified_told(struct verified *verified);

#endif
