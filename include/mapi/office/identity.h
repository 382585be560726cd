/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Who was signed in to Office: Common\Identity.  Only values that name a
 * person or a service are given; all others may be tokens or lead to them, so
 * that of them name and length are all that is told.
 */
#ifndef MAPI_OFFICE_IDENTITY_H
#define MAPI_OFFICE_IDENTITY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"
#include "mapi/office/office.h"

struct identity_value {
	const struct key *key;	   /* Identity, or one below it */
	const struct value *value; /* its data are to be shown only if is_open */
	bool is_open;
};

struct identity_values {
	const struct key *top;	      /* Common\Identity; NULL if there is none */
	struct identity_value *items; /* in the order of the keys, then by name */
	size_t n, cap;
	bool truncated; /* more than IDENTITY_MAX: the rest is left out */
};

#define IDENTITY_MAX 2000

/*
 * Lists all values of the key and of those below it.
 * Return: STATUS_OK and *out filled, to be cleared; STATUS_NOMEM.
 */
MUST_CHECK enum status identity_read(const struct office *office,
				     struct identity_values *out);
void identity_clear(struct identity_values *values);

#endif
