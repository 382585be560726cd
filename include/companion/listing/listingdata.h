/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a listing of processes holds: its rows with modules and services. */
#ifndef COMPANION_LISTING_LISTINGDATA_H
#define COMPANION_LISTING_LISTINGDATA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "regf/evidence.h"

enum listing_kind {
	LISTING_UNKNOWN,	  /* another command, binary, empty: a diagnostic tells */
	LISTING_TLIST_MODULES,	  /* tlist -m mapi32.dll */
	LISTING_TLIST_SERVICES,	  /* tlist -s */
	LISTING_TASKLIST_MODULES, /* tasklist /m [mapi32.dll] */
	LISTING_TASKLIST_SERVICES, /* tasklist /svc */
};

enum listing_format { LISTING_LINES, LISTING_TABLE, LISTING_LIST, LISTING_CSV };

/* Names of one row: modules or services, UTF-8. */
struct listing_names {
	char **items;
	size_t n, cap;
};

struct listing_process {
	char *image; /* as listed, UTF-8; a table may cut it, see image_cut */
	/* Fills its column: the end of the name may be missing. */
	bool image_cut;
	uint32_t pid;
	struct listing_names modules; /* of a module listing, else empty */
	/* Of a service listing, or where tlist -m shows them; else empty. */
	struct listing_names services;
	bool holds_mapi32; /* a module is Mapi32.dll, without case */
	char *window;	   /* window title that tlist shows, or NULL */
	size_t line;	   /* where the row begins, from 1 */
	uint64_t offset;   /* of that line in the file, bytes */
};

struct listing {
	struct evidence *evidence;
	struct diag_list *diags;
	enum listing_kind kind;
	enum listing_format format;
	/*
	 * "utf-8" (also of plain ASCII), "utf-16le", "utf-16be", or "oem": 8 bits,
	 * taken for code page 850; static.
	 */
	const char *encoding;
	/*
	 * It answers for Mapi32.dll: rows say who holds it, and none says that
	 * nobody does.  False for service listings, for listings of other modules
	 * or of some processes only, and where "none" is said but not of what.
	 */
	bool answers_mapi32;
	/*
	 * On which it was taken, as the prompt, the command or the transcript around it
	 * says, UTF-8; NULL: nothing does.
	 */
	char *machine;
	/* It is not this machine's, or nothing tells whose: no more than shown. */
	bool foreign;
	/* In the order of the file; several rows of one process are one. */
	struct listing_process *processes;
	size_t n_processes, cap_processes;
};

/* Rows of one listing: far more processes than Windows runs. */
#define LISTING_MAX_PROCESSES 100000

#endif
