/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a reader of archives tells of the members of one, written down as text. */
#ifndef TESTS_HELP_MEMBERS_H
#define TESTS_HELP_MEMBERS_H

#include "help/unit.h"

#include "collection/archivefile.h"
#include "samples/packer.h"

/* A line for each member, with its first bytes, its size and what became of it. */
struct members {
	char *text;
	size_t len;
	uint64_t size, wanted; /* bytes of the member at hand; that are wanted of each */
	char first[9];
	enum archivefile_loss loss;
	unsigned n_lost, n_members;
	enum status end_with;
	bool quiet; /* no text: there are many */
};

/*
 * Reads an archive of these bytes, or a compressed file.  `seen` says how: what is wanted
 * (0 for everything), how the visitor ends it, whether there is to be no text.  Return:
 * what was seen; its text is for the caller to free.
 */
struct members members_read(const void *all, size_t len, bool compressed,
			    struct archivefile_limits limits, struct members seen);
/* The same with the usual limits and everything wanted. */
struct members members_of(const void *all, size_t len, bool compressed);
/* Packs the members and reads them; cut: bytes that are missing at the end. */
struct members members_read_packed(enum packer_format format,
				   const struct packer_member *members, size_t n,
				   size_t cut);

/* Takes what was seen.  Fails the test unless it was this, and nothing was lost. */
void members_assert(struct members seen, const char *expected);
/* The same where just one thing was lost, for that reason. */
void members_assert_lost(struct members seen, const char *expected,
			 enum archivefile_loss loss);

#endif
