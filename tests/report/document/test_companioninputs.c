/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the report tells of each file beside the hives: the incident's server, as its recipe has it. */
#include "help/unit.h"

#include "help/written.h"

#include "report/document/companioninputs.h"

#include <stdio.h>
#include <stdlib.h>

/* Writes the content of every companion, each in an element of its role. */
static void write_all(struct written *w)
{
	for (size_t i = 0; i < w->inputs->n; i++) {
		const struct input *input = &w->inputs->items[i];
		if (input->kind != INPUT_COMPANION)
			continue;
		xml_open(w->parts.xml, inputs_role_word(input));
		companioninputs_write(&w->parts, input);
		xml_close(w->parts.xml);
	}
}

static void start(struct written *w, void **state)
{
	written_start_world(w, *state);
	write_all(w);
	written_end(w);
}

static void test_dll(void **state)
{
	struct written w;

	start(&w, state);
	written_is(&w, "string(/w:report/w:mapi32/w:mapi32/@version)", "6.0.6249.0");
	written_is(&w, "string(//w:mapi32/w:mapi32/@verdict)", "affected");
	written_is(&w, "string(//w:mapi32/w:mapi32/@verdict_basis)", "documented");
	written_is(&w, "string(//w:mapi32/w:mapi32/@needs_sp3)", "0");
	written_is(&w, "count(//w:mapi32/w:mapi32/@needs_sp3_basis)", "0");
	written_is(&w, "string-length(//w:mapi32/w:mapi32) > 0", "true");
	written_free(&w);
}

/* One listing answers who holds the file, the other which services a process runs. */
static void test_listings(void **state)
{
	struct written w;

	start(&w, state);
	written_is(&w, "count(//w:listing)", "2");
	written_is(&w, "string(//w:modules[1]/w:listing/@kind)", "tlist_modules");
	written_is(&w, "string(//w:modules[1]/w:listing/@answers_mapi32)", "1");
	written_is(&w, "string(//w:modules[2]/w:listing/@kind)", "tlist_services");
	written_is(&w, "string(//w:modules[2]/w:listing/@processes)", "3");
	written_is(&w, "count(//w:modules[1]//w:holder)", "3");
	written_is(&w, "count(//w:modules[2]//w:holder)", "0");
	written_is(&w, "string(//w:holder[@image='mad.exe']/@pid)", "1704");
	written_is(&w, "string(//w:holder[@image='mad.exe']/@class)", "exchange");
	written_is(&w, "string(//w:holder[@image='bkagent.exe']/@class)", "third_party");
	written_is(&w, "string(//w:holder[@pid='2032']/w:runs/@name)",
		   "ExampleFaxGateway");
	written_is(&w, "string(//w:holder[@pid='2032']/w:runs/@display_name)",
		   "Example Fax Gateway");
	written_is(&w, "string(//w:holder[@pid='2032']/w:runs/@account)", "LocalSystem");
	written_is(&w, "string(//w:holder[@pid='2032']/w:runs/@local_system)", "1");
	written_is(&w, "string(//w:holder[@pid='2032']/w:runs/@image_path)",
		   "C:\\Program Files\\Example\\Fax\\faxgate.exe -service");
	/* It starts by itself: 2. */
	written_is(&w, "string(//w:holder[@pid='2032']/w:runs/@start)", "2");
	written_free(&w);
}

static void test_machine_hives(void **state)
{
	struct written w;

	start(&w, state);
	written_is(&w, "string(/w:report/w:system/w:hive/@version)", "1.3");
	written_is(&w, "string(/w:report/w:system/w:system/@control_set)", "1");
	written_is(&w, "string(/w:report/w:system/w:system/@computer_name)", "EXCH01");
	written_is(&w, "string(/w:report/w:system/w:system/@time_zone)",
		   "Central Europe Standard Time");
	written_is(&w, "string(/w:report/w:system/w:system/@bias_minutes)", "-60");
	written_is(&w, "string(/w:report/w:system/w:system/@terminal_applications)", "0");
	written_is(&w, "string(/w:report/w:system/w:system/@services)", "19");
	written_is(&w, "count(/w:report/w:software/w:hive)", "1");
	written_is(&w, "string(//w:software/w:software/@windows)",
		   "Microsoft Windows 2000");
	written_is(&w, "string(//w:software/w:software/@windows_version)", "5.0");
	written_is(&w, "string(//w:software/w:software/@exchange)", "6.0");
	written_is(&w, "string(//w:software/w:software/@exchange_build)", "6249");
	written_is(&w, "string(//w:software/w:software/@exchange_service_pack)", "3");
	/* Of seven the one of Exchange is told. */
	written_is(&w, "count(//w:hotfix)", "1");
	written_is(&w, "string(//w:hotfix/@name)", "Q320436");
	written_is(&w, "string(//w:hotfix/@article)", "320436");
	written_is(&w, "string(//w:hotfix/@installed)", "2002-06-01T06:11:05.0000000Z");
	written_is(&w, "count(//w:outlook)", "0");
	written_free(&w);
}

/* Of two events the one that tells something of the loss. */
static void test_events(void **state)
{
	struct written w;

	start(&w, state);
	written_is(&w, "string(//w:event_log/@events)", "2");
	written_is(&w, "string(//w:event_log/@dirty)", "0");
	written_is(&w, "string(//w:event_log/@first)", "2003-03-16T06:00:00.0000000Z");
	written_is(&w, "string(//w:event_log/@last)", "2003-03-18T09:14:09.0000000Z");
	written_is(&w, "count(//w:event)", "1");
	written_is(&w, "string(//w:event/@time)", "2003-03-18T09:14:09.0000000Z");
	written_is(&w, "string(//w:event/@source)", "MSExchangeSA");
	written_is(&w, "string(//w:event/@code)", "9202");
	written_is(&w, "string(//w:event/@type)", "error");
	written_is(&w, "string(//w:event/@strength)", "strong");
	written_is(&w, "string(//w:event/@recovered)", "0");
	written_free(&w);
}

/* Nobody weighed: what is concluded from several files is not there. */
static void test_without_diagnoses(void **state)
{
	struct world *world = *state;
	struct written w;

	world_give_all(world);
	written_start_unweighed(&w, world);
	write_all(&w);
	written_end(&w);
	written_is(&w, "count(//w:listing)", "2");
	written_is(&w, "count(//w:holder | //w:event)", "0");
	written_is(&w, "count(//w:patterns/*)", "0");
	written_free(&w);
}

/* A SYSTEM hive that is none: there is no hive to tell of, and no crash either. */
static void test_no_hive_at_all(void **state)
{
	struct world *world = *state;
	struct written w;

	world->source.system.path = world->paths[MODULES];
	written_start_unweighed(&w, world);
	write_all(&w);
	written_end(&w);
	written_is(&w, "count(/w:report/w:system/w:hive)", "0");
	written_is(&w, "string(/w:report/w:system/w:system/@services)", "0");
	written_free(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(test_dll),
		WORLD_TEST(test_listings),
		WORLD_TEST(test_machine_hives),
		WORLD_TEST(test_events),
		WORLD_TEST(test_without_diagnoses),
		WORLD_TEST(test_no_hive_at_all),
	};

	return UNIT_RUN(tests);
}
