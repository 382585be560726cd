/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/document/redaction.h"

/* What a redacted report never holds; with how much of it there was, where that is known. */
static void write_left_out(struct xml *xml)
{
	xml_open(xml, "left_out");
	xml_attribute(xml, "what", "cells");
	xml_number(xml, "count", xml_n_left_out(xml));
	xml_close(xml);
	xml_open(xml, "left_out");
	xml_attribute(xml, "what", "digests");
	xml_close(xml);
	xml_open(xml, "left_out");
	xml_attribute(xml, "what", "reg_files");
	xml_close(xml);
}

void redaction_write(struct xml *xml, const struct redact *redact)
{
	if (!redact)
		return;
	xml_open(xml, "redaction");
	for (size_t i = 0; i < REDACT_N_KINDS; i++) {
		enum redact_kind kind = (enum redact_kind)i;
		if (redact_n_texts(redact, kind) == 0)
			continue;
		xml_open(xml, "redacted");
		xml_attribute(xml, "kind", redact_kind_word(kind));
		xml_number(xml, "texts", redact_n_texts(redact, kind));
		xml_number(xml, "places", redact_n_places(redact, kind));
		xml_close(xml);
	}
	write_left_out(xml);
	xml_close(xml);
}
