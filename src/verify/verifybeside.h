/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a report says of evidence beside the hives. */
#ifndef VERIFY_VERIFYBESIDE_H
#define VERIFY_VERIFYBESIDE_H

#include "verify/verifyplace.h"

/* The elements of those names; all are of the input.  Return: as verifyplace_bytes(). */
MUST_CHECK enum status verifybeside_mapi32(struct verifyplace_report *report,
					   struct verifytext_element element);
MUST_CHECK enum status verifybeside_holder(struct verifyplace_report *report,
					   struct verifytext_element element,
					   bool utf16be, bool utf16le);
MUST_CHECK enum status verifybeside_event(struct verifyplace_report *report,
					  struct verifytext_element element, bool evtx);

#endif
