/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The words for what an operation can come to. */
#include "base/status.h"

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
