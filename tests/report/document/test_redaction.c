/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What was redacted is counted, and what is left out is told. */
#include "help/unit.h"

#include "help/written.h"

#include "report/document/redaction.h"

static void test_counted(void **state)
{
	struct redact *redact = redact_new();
	struct written w;

	(void)state;
	assert_non_null(redact);
	written_start_redacted(&w, redact);
	struct xml *xml = w.parts.xml;
	xml_open(xml, "series");
	xml_attribute(xml, "user", "anna");
	xml_attribute(xml, "subject", "user anna");
	xml_text(xml, "profile", text_of("Home\xE4"));
	xml_close(xml);
	/* With all that is in it. */
	xml_open(xml, "regxml:cellobject");
	xml_number(xml, "since", 7);
	xml_element_text(xml, "regxml:cellpath", "cellpath", text_of("Anna"));
	xml_element(xml, "regxml:data", "Anna");
	xml_close(xml);
	xml_element_path(xml, "path", "/anna\xFF");
	redaction_write(xml, redact);
	written_end(&w);
	written_is(&w, "string(//w:series/@user)", "user-1");
	written_is(&w, "string(//w:series/@subject)", "user user-1");
	written_is(&w, "string(//w:series/@profile)", "text-1");
	written_is(&w, "string(//w:path)", "path-1");
	written_is(&w, "count(//w:path/@*)", "0");
	written_is(&w, "count(//*[local-name() = 'cellobject' or local-name() = 'data'])", "0");
	written_is(&w, "string(//w:redacted[@kind = 'user']/@texts)", "1");
	written_is(&w, "string(//w:redacted[@kind = 'user']/@places)", "2");
	written_is(&w, "count(//w:redacted)", "3");
	written_is(&w, "string(//w:left_out[@what = 'cells']/@count)", "1");
	written_is(&w, "count(//w:left_out)", "3");
	written_free(&w);
	redact_free(redact);
}

static void test_nothing(void **state)
{
	struct written w;

	(void)state;
	written_start(&w);
	redaction_write(w.parts.xml, NULL);
	written_end(&w);
	written_is(&w, "count(//w:redaction)", "0");
	written_free(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_counted),
		cmocka_unit_test(test_nothing),
	};

	return UNIT_RUN(tests);
}
