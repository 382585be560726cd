/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reports of many machines, made by hand: a text each, small and whole. */
#ifndef TESTS_HELP_FLEETS_H
#define TESTS_HELP_FLEETS_H

#include "help/caught.h"

#include <stdbool.h>

#include "fleet/fleetdata.h"
#include "fleet/fleetreport.h"

#define FLEETS_BEGIN                                                                     \
	"<?xml version=\"1.0\"?>\n<report xmlns=\"urn:wmsdiff:report:1\" "               \
	"xmlns:dfxml=\"http://www.forensicswiki.org/wiki/"                               \
	"Category:Digital_Forensics_XML\" version=\"1.0\">\n"
#define FLEETS_END "</report>\n"
/* A series of nothing, and a summary that says so. */
#define FLEETS_NOTHING                                                                   \
	"<series id=\"series1\" subject=\"amy\" role=\"user\" user=\"amy\"/>\n"          \
	"<summary exit_status=\"0\" gone=\"0\" back=\"0\" unresolved=\"0\" "             \
	"verdict=\"no profile is gone\"/>\n"

/* A loss as a report tells it: one profile of one user.  What is NULL is not told. */
struct fleets_loss {
	const char *machine;
	const char *at, *from, *to; /* as times of the report are written */
	const char *cause, *grade;
	const char *process; /* a third party's, which held Mapi32.dll */
	const char *computer;
	const char *sha256;    /* of the later hive */
	const char *certainty; /* "certain" */
	const char *fate;      /* "gone" */
	const char *profile;   /* "Outlook" */
	bool conflict;
};

/* The report of that loss; to be freed. */
char *fleets_text(const struct fleets_loss *loss);

/* Reads a report.  Return: its status, and *out or *failure. */
enum status fleets_try(const char *bytes, size_t n, struct fleetreport **out,
		       struct failure *failure);
/* The same of one that must be sound. */
struct fleetreport *fleets_read(const char *text);
/* The sentence why it is not taken, which it must not be; until the next one. */
const char *fleets_refused(const char *text, enum status expected);

/* What an index keeps of so many machines with a report each; to be freed. */
struct fleetdata *fleets_data(const struct fleets_loss *losses, size_t n);
/* Adds a machine with one report of that text to it. */
void fleets_add(struct fleetdata *data, const char *machine, const char *text);

#endif
