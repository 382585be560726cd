/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One run of the program, as a process of its own, and the report that it wrote. */
#ifndef FALSIFIER_RUN_H
#define FALSIFIER_RUN_H

#include <libxml/tree.h>
#include <stdbool.h>
#include <stdint.h>

struct evidence;

enum { RUN_MAX_HIVES = 8, RUN_COMMAND = 2048 };

struct run {
	char command[RUN_COMMAND]; /* for people */
	int status;		   /* exit status, or -1 if it ended otherwise */
	char first_line[256];	   /* of the summary */
	xmlDocPtr report;	   /* NULL: none was written */
};

/* What a run is given beside the hives; both may be NULL. */
struct run_more {
	const struct evidence *evidence;
	const char *restore; /* where .reg files go */
};

/* Runs $WMSDIFF on hives; the report and the summary are left in the folder. */
void run_program(struct run *run, const char *folder, const char *const *hives, size_t n,
		 const struct run_more *more);
void run_clear(struct run *run);

/* --- the report: names without their namespaces, of which it has four --- */

bool run_is(const xmlNode *node, const char *name);

/* Return: the first child element of that name, or the next such sibling; or NULL. */
xmlNode *run_child(const xmlNode *node, const char *name);
xmlNode *run_next(const xmlNode *node, const char *name);

/* An attribute's or an element's text. Return: lent; "" if it is not there. */
const char *run_get(const xmlNode *node, const char *attribute);
const char *run_text(const xmlNode *node);

/* Return: a FILETIME attribute's number; 0 if it is not there. */
uint64_t run_number(const xmlNode *node, const char *attribute);

/* Return: FILETIME of a time as reports write it; 0 if there is none. */
uint64_t run_time(const char *text);

#endif
