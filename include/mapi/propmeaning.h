/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the bits and numbers of properties mean, as far as that was published. */
#ifndef MAPI_PROPMEANING_H
#define MAPI_PROPMEANING_H

#include "base/compiler.h"
#include "mapi/proptag.h"
#include "regf/key.h"

/* What kind of section holds the property: 3009 means another thing in each. */
enum propmeaning_place {
	PROPMEANING_ANY,
	PROPMEANING_SERVICE,
	PROPMEANING_PROVIDER,
};

/*
 * The meaning of a number in words ("cached mode; headers only"), joined by
 * "; ", bits that no source names behind them in hex; *out is malloc'ed, NULL if
 * the property is none whose numbers are known or the value is no number.
 * Return: false when out of memory.
 */
MUST_CHECK bool propmeaning_of(const struct value *value, struct proptag tag,
			       enum proptag_owner owner, enum propmeaning_place place,
			       char **out);

#endif
