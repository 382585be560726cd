/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Boot diagnostics of Outlook 2016 and later.  Neither the place of the key nor
 * its values were published (unconfirmed): both keys in which Outlook keeps
 * diagnostics are looked at, and all values are shown as they are.
 */
#include "mapi/office/bootdiagnostics.h"

#include "base/array.h"
#include "mapi/secret.h"

#include <stdlib.h>

#define KEY "BootDiagnostics"

static enum status add(struct boot_values *out, const struct key *key,
		       const struct value *value)
{
	enum status status;

	if (secret_is(value))
		return STATUS_OK;
	status = ARRAY_RESERVE(out, BOOTDIAGNOSTICS_MAX);
	if (status == STATUS_LIMIT) {
		out->truncated = true;
		return STATUS_OK;
	}
	RETURN_IF_FAILED(status);
	out->items[out->n++] = (struct boot_value){ key, value };
	return STATUS_OK;
}

static enum status add_all(struct boot_values *out, const struct key *top)
{
	for (const struct key *key = top; key; key = key_next(top, key))
		for (uint32_t i = 0; i < key->n_values; i++)
			RETURN_IF_FAILED(add(out, key, &key->values[i]));
	return STATUS_OK;
}

static enum status add_named(struct boot_values *out, const struct key *key)
{
	for (uint32_t i = 0; i < key->n_values; i++)
		if (text_starts_with(value_name(&key->values[i]), "Boot"))
			RETURN_IF_FAILED(add(out, key, &key->values[i]));
	return STATUS_OK;
}

enum status bootdiagnostics_read(const struct office *office, struct boot_values *out)
{
	const struct key *outlook = office->outlook;
	const struct key *diagnostics =
		outlook ? key_child(outlook, text_of("Diagnostics")) : NULL;
	enum status status = STATUS_OK;

	*out = (struct boot_values){ 0 };
	if (outlook)
		status = add_all(out, key_child(outlook, text_of(KEY)));
	if (status == STATUS_OK && diagnostics)
		status = add_named(out, diagnostics);
	if (status == STATUS_OK && diagnostics)
		status = add_all(out, key_child(diagnostics, text_of(KEY)));
	if (status != STATUS_OK)
		bootdiagnostics_clear(out);
	return status;
}

void bootdiagnostics_clear(struct boot_values *values)
{
	free(values->items);
	*values = (struct boot_values){ 0 };
}
