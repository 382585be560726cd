/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which Mapi32.dll it is: the full library of Exchange 2000, affected or
 * fixed; the stub of Windows and Outlook; or that of another product.  What
 * is affected may delete profiles; that it did is for other evidence to show.
 */
#ifndef COMPANION_MAPI32_H
#define COMPANION_MAPI32_H

#include <stdbool.h>
#include <stdint.h>

#include "base/basis.h"
#include "base/diag.h"
#include "base/failure.h"
#include "base/status.h"
#include "regf/evidence.h"

/* Four numbers, the most significant first; compared as numbers, never as text. */
struct mapi32_version {
	uint16_t parts[4];
};

/* The fixed file: KB 817375. */
#define MAPI32_FIXED_SIZE 745472

enum mapi32_verdict {
	MAPI32_UNKNOWN,	 /* no version could be read */
	MAPI32_AFFECTED, /* 6.0 before 6.0.6448.0 */
	MAPI32_FIXED,	 /* 6.0.6448.0 and later 6.0 */
	MAPI32_STUB,	 /* the stub of Windows or Outlook: look for the full library */
	MAPI32_EXCHANGE_55,   /* 5.5: KB 818861 may apply */
	MAPI32_EXCHANGE_2003, /* 6.5: not listed as affected, not proven fixed */
	MAPI32_OTHER_PRODUCT, /* any other version: out of scope */
	MAPI32_MISMATCH, /* version and size contradict each other: decides nothing */
};

struct mapi32 {
	struct evidence *evidence; /* NULL if only the number was given */
	struct diag_list *diags;
	bool has_version;
	struct mapi32_version version; /* file version */
	uint64_t version_off; /* of it in the file, bytes; 0 if given as a number */
	bool needs_sp3;	      /* affected, and older than Service Pack 3 (6.0.6249) */
	bool stub;	      /* exports GetOutlookVersion, or its version is 1.0 */
	bool exports_outlook_version;
	uint64_t export_off; /* of that name in the file; 0 if it is not there */
	uint16_t
		machine; /* COFF number: 0x14c i386, 0x8664 x64, ...; 0 if given as a number */
	/* TimeDateStamp of the header as FILETIME; 0 if it is 0.  The linker's word:
	   those of today may put a checksum there. */
	uint64_t built_ft;
	/* From StringFileInfo, UTF-8; NULL if not there. */
	char *company, *product, *description, *original_name;
	enum mapi32_verdict verdict;
};

/*
 * Four numbers of 16 bits with dots between and nothing else.
 * Return: false if the text is no version.
 */
bool mapi32_parse_version(const char *text, struct mapi32_version *out);

/* <0, 0, >0 */
int mapi32_compare_version(const struct mapi32_version *a,
			   const struct mapi32_version *b);

/*
 * Reads a file and judges it.  What is no PE image, or a damaged one, becomes a
 * diagnostic (DIAG_WRONG_KIND, DIAG_PE_DAMAGED, DIAG_PE_NO_VERSION) and
 * verdict MAPI32_UNKNOWN, as far as nothing better is known.
 * The opener is borrowed; NULL: the system.
 * Return: STATUS_OK and *out given; else as evidence_read_through().
 */
MUST_CHECK enum status mapi32_read(const struct evidence_opener *opener, const char *path,
				   struct mapi32 **out, struct failure *failure);

/* Judges a bare version.  Return: STATUS_OK and *out given; STATUS_NOMEM. */
MUST_CHECK enum status mapi32_from_version(const struct mapi32_version *version,
					   struct mapi32 **out);

void mapi32_free(struct mapi32 *mapi32);
void mapi32_freep(struct mapi32 **mapi32);

/*
 * "affected" and so on; a sentence for people, which goes on from "Mapi32.dll
 * is" and has no full stop.  Static.
 */
const char *mapi32_verdict_word(enum mapi32_verdict verdict);
const char *mapi32_verdict_sentence(enum mapi32_verdict verdict);

/* What the verdict rests on. */
enum basis mapi32_verdict_basis(const struct mapi32 *mapi32);

#endif
