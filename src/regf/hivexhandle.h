/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An image that hivex has opened: what tree.c, which opens and reads it, and
 * treecheck.c, which compares it with the own reader, need of hivex both.
 */
#ifndef REGF_HIVEXHANDLE_H
#define REGF_HIVEXHANDLE_H

#include "base/diag.h"
#include "base/memfile.h"
#include "base/status.h"

#include <errno.h>
#include <hivex.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

/* A hive handle is the file offset of a cell, so this far before its record. */
#define HIVEXHANDLE_TO_RECORD 4

/*
 * What hivex is asked for is counted in bytes of the hive: so many times all of its bytes
 * may come together.  In a sound hive each list, record and piece of data is asked for
 * once, and the way to each list of profiles once for each; without an end, keys that
 * share a list or values that share their data would be asked for over and over.
 */
#define HIVEXHANDLE_BUDGET 8

/* The least that an element of a list, a key and a value take of a hive. */
#define HIVEXHANDLE_ELEMENT 8
#define HIVEXHANDLE_KEY 80
#define HIVEXHANDLE_VALUE 24

struct tree {
	hive_h *hive;
	uint64_t left;	     /* bytes that hivex may still be asked for */
	bool spent;	     /* it was asked for more */
	struct memfile copy; /* only where the base block had to be corrected */
	uint32_t limit;	     /* bytes of bins: no handle is past them */
};

/* For AUTO: what hivex gives is malloc'ed. */
static inline void hivexhandle_freep(char **p)
{
	free(*p);
}

/* The number of handles in a list that ends with 0. */
static inline size_t hivexhandle_count(const size_t *handles)
{
	size_t n = 0;

	while (handles[n])
		n++;
	return n;
}

/* Takes so many bytes from what is left.  Return: false if there are not so many. */
static inline bool hivexhandle_spend(struct tree *tree, uint64_t bytes)
{
	if (tree->spent || bytes > tree->left) {
		tree->spent = true;
		return false;
	}
	tree->left -= bytes;
	return true;
}

/*
 * True if what hivex did not do failed for lack of memory.  It keeps a converter of texts
 * that could not be opened, and EBADF comes of using that: where one can be had, memory was
 * lacking.
 */
static inline bool hivexhandle_lacked_memory(void)
{
	iconv_t converter = (iconv_t)-1;

	if (errno == ENOMEM)
		return true;
	if (errno != EBADF)
		return false;
	converter = iconv_open("UTF-8", "UTF-16LE");
	if (converter != (iconv_t)-1)
		(void)iconv_close(converter);
	errno = EBADF;
	return converter != (iconv_t)-1;
}

/*
 * Reports that hivex does not read something, with errno as its only reason.
 * Return: STATUS_OK; STATUS_NOMEM if that is the reason: it is none of the hive.
 */
MUST_CHECK static inline enum status hivexhandle_refused(struct diag_list *diags,
							 uint64_t offset,
							 const char *what)
{
	if (hivexhandle_lacked_memory())
		return STATUS_NOMEM;
	diag_at(diags, DIAG_READER_REFUSED, offset, "hivex does not read %s (%s)", what,
		strerror(errno));
	return STATUS_OK;
}

#endif
