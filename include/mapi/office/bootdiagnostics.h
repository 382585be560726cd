/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What Outlook notes of how it started, and which profile it was opening then. */
#ifndef MAPI_OFFICE_BOOTDIAGNOSTICS_H
#define MAPI_OFFICE_BOOTDIAGNOSTICS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"
#include "mapi/office/office.h"

struct boot_value {
	const struct key *key;
	const struct value *value;
};

struct boot_values {
	struct boot_value *items;
	size_t n, cap;
	bool truncated; /* more than BOOTDIAGNOSTICS_MAX: the rest is left out */
};

#define BOOTDIAGNOSTICS_MAX 1000

/*
 * Lists the values of a key BootDiagnostics in Outlook or Outlook\Diagnostics and
 * of those below it, and those of Outlook\Diagnostics whose names begin with
 * "Boot"; no secrets, and BOOTDIAGNOSTICS_MAX at most.
 * Return: STATUS_OK and *out filled, to be cleared; STATUS_NOMEM.
 */
MUST_CHECK enum status bootdiagnostics_read(const struct office *office,
					    struct boot_values *out);
void bootdiagnostics_clear(struct boot_values *values);

#endif
