/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Names by which the profiles of services are known, and whether the service
 * makes its profile anew by itself: src/mapi/servicenames.tsv, and what the
 * user adds to it.
 */
#ifndef MAPI_SERVICENAME_H
#define MAPI_SERVICENAME_H

#include <stdbool.h>
#include <stddef.h>

#include "base/basis.h"
#include "base/failure.h"
#include "base/span.h"
#include "base/status.h"
#include "base/text.h"

/* Stands in the table for a name that profilename_read() knows. */
#define SERVICENAME_GENERATED "<generated>"

struct servicename {
	const char *pattern; /* "*" any units of UTF-16, "?" one; without case; UTF-8 */
	struct text units;   /* the same for comparing; owned */
	const char *owner;   /* whose profiles are called so */
	bool remade;	     /* the service makes it anew when it starts */
	enum basis basis;    /* what remade rests on */
	const char *note;    /* the source */
	bool given;	     /* from the user's file */
};

struct servicenames {
	struct servicename *items; /* the user's first: they overrule the table */
	size_t n, cap;
	char *text; /* of the user's file; owned */
};

/* Rows of a user's file: more than anyone writes down. */
#define SERVICENAMES_MAX 10000

/*
 * The table that is compiled in, and before it the rows of a file of the same
 * form, tab-separated UTF-8: pattern, owner, yes or no (made anew), and, if
 * wanted, basis and note; "#" begins a comment line.  file may be empty; path
 * names it in *failure.
 * Return: STATUS_OK and *out filled (to be cleared); STATUS_NOMEM;
 * STATUS_MALFORMED or STATUS_LIMIT with *failure naming the file and, where
 * it is one, the line.
 */
MUST_CHECK enum status servicenames_read(struct span file, const char *path,
					 struct servicenames *out,
					 struct failure *failure);
void servicenames_clear(struct servicenames *names);

/* The first row whose pattern a profile's name fits; NULL if none does. */
const struct servicename *servicenames_find(const struct servicenames *names,
					    struct text profile_name);

#endif
