/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Common\Identity of Office 15.0 and later: values of its own, and a key below
 * Identities for each account.  The names that are given out are those that
 * scripts of administrators read; what else lies there is held back unseen.
 */
#include "mapi/office/identity.h"

#include "base/array.h"
#include "mapi/secret.h"

#include <stdlib.h>

static const char *const open_names[] = {
	"ADUserDisplayName", "ADUserEmailAddress", "ADUserName", "EmailAddress",
	"FirstName",	     "FriendlyName",	   "LastName",	 "ProviderId",
	"SignedOutADUser",   "SignInName",
};

static bool is_open(const struct value *value)
{
	if (secret_is(value) ||
	    (value->type != KEY_TYPE_SZ && value->type != KEY_TYPE_EXPAND_SZ))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(open_names); i++)
		if (text_is(value_name(value), open_names[i]))
			return true;
	return false;
}

static enum status add(struct identity_values *out, const struct key *key,
		       const struct value *value)
{
	enum status status = ARRAY_RESERVE(out, IDENTITY_MAX);

	if (status == STATUS_LIMIT) {
		out->truncated = true;
		return STATUS_OK;
	}
	RETURN_IF_FAILED(status);
	out->items[out->n++] = (struct identity_value){ key, value, is_open(value) };
	return STATUS_OK;
}

enum status identity_read(const struct office *office, struct identity_values *out)
{
	const struct key *top =
		office->common ? key_child(office->common, text_of("Identity")) : NULL;

	*out = (struct identity_values){ .top = top };
	for (const struct key *key = top; key; key = key_next(top, key))
		for (uint32_t i = 0; i < key->n_values && !out->truncated; i++)
			if (add(out, key, &key->values[i]) != STATUS_OK) {
				identity_clear(out);
				return STATUS_NOMEM;
			}
	return STATUS_OK;
}

void identity_clear(struct identity_values *values)
{
	free(values->items);
	*values = (struct identity_values){ 0 };
}
