/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The words for what an operation can come to. */
#include "base/status.h"

#include <stdatomic.h>

const char *status_word(enum status status)
{
	switch (status) {
	case STATUS_OK:
		return "ok";
	case STATUS_NOMEM:
		return "out of memory";
	case STATUS_IO:
		return "input/output error";
	case STATUS_LIMIT:
		return "limit reached";
	case STATUS_ABSENT:
		return "absent";
	case STATUS_MALFORMED:
		return "malformed";
	case STATUS_UNSUPPORTED:
		return "unsupported";
	}
	return "unknown";
}

static atomic_bool had_nomem;

void status_note_nomem(void)
{
	atomic_store(&had_nomem, true);
}

bool status_had_nomem(void)
{
	return atomic_load(&had_nomem);
}

void status_forget_nomem(void)
{
	atomic_store(&had_nomem, false);
}
