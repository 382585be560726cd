/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a profile held, decoded: the elements of a profile before its cells. */
#ifndef REPORT_DOCUMENT_PROFILECONTENT_H
#define REPORT_DOCUMENT_PROFILECONTENT_H

#include "mapi/content/content.h"
#include "mapi/office/office.h"
#include "report/document/writer/xml.h"

/*
 * Writes the elements in the order of the schema; the profile's element is open.
 * offices: what the hive has beside the profile.
 */
void profilecontent_write(struct xml *xml, const struct content *content,
			  const struct offices *offices);

#endif
