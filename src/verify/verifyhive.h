/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a report says of base blocks and transaction logs. */
#ifndef VERIFY_VERIFYHIVE_H
#define VERIFY_VERIFYHIVE_H

#include "verify/verifyplace.h"

/* The element hive of the input.  Return: as verifyplace_bytes(). */
MUST_CHECK enum status verifyhive_base(struct verifyplace_report *report,
				       struct verifytext_element element);

/* The element log of the input, likewise. */
MUST_CHECK enum status verifyhive_log(struct verifyplace_report *report,
				      struct verifytext_element element);

/* The log entry that a change stands in, by its attributes, likewise. */
MUST_CHECK enum status verifyhive_entry(struct verifyplace_report *report,
					struct verifytext_element element);

#endif
