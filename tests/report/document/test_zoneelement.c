/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which local time the report tells of, and by whom. */
#include "help/unit.h"

#include "help/world.h"
#include "help/written.h"

#include "report/document/zoneelement.h"

static void add(struct timezone *zone, uint64_t from_ft, int32_t offset_s)
{
	assert_int_equal(timezone_add(zone, from_ft, offset_s), STATUS_OK);
}

/* of_system: the zone is that of the SYSTEM hive of the world. */
static void write_zone(struct written *w, struct world *world, struct report_zone zone,
		       bool of_system)
{
	written_start_world(w, world);
	struct report_options options = *w->parts.options;
	const struct report_options *was = w->parts.options;
	options.zone = zone;
	if (of_system)
		options.zone = (struct report_zone){
			.zone = &world->companions->system->zone,
			.system = world->companions->system,
		};
	w->parts.options = &options;
	zoneelement_write(&w->parts);
	w->parts.options = was;
	written_end(w);
}

static void test_none(void **state)
{
	struct written w;

	write_zone(&w, *state, (struct report_zone){ .zone = NULL }, false);
	written_is(&w, "count(//w:time_zone)", "0");
	written_free(&w);
}

static void test_named(void **state)
{
	struct timezone zone = { .end_ft = UINT64_C(126924596480000000) };
	struct written w;

	add(&zone, UINT64_C(126924596460000000), 3600);
	add(&zone, UINT64_C(126924596470000000), -12600);
	write_zone(&w, *state, (struct report_zone){ .zone = &zone, .name = "A/B" },
		   false);
	written_is(&w, "string(//w:time_zone/@source)", "option");
	written_is(&w, "string(//w:time_zone/@name)", "A/B");
	written_is(&w, "count(//w:time_zone/@input)", "0");
	written_is(&w, "string(//w:time_zone/@until)", "2003-03-18T11:14:08.0000000Z");
	written_is(&w, "count(//w:offset)", "2");
	written_is(&w, "string(//w:offset[1]/@from)", "2003-03-18T11:14:06.0000000Z");
	written_is(&w, "string(//w:offset[1]/@utc_offset)", "+01:00");
	written_is(&w, "string(//w:offset[2]/@utc_offset)", "-03:30");
	written_free(&w);
	timezone_clear(&zone);
}

static void test_of_the_system_hive(void **state)
{
	struct written w;

	write_zone(&w, *state, (struct report_zone){ .zone = NULL }, true);
	written_is(&w, "string(//w:time_zone/@source)", "system_hive");
	written_is(&w, "string(//w:time_zone/@name)", "Central Europe Standard Time");
	/* As test_inputelements.c has it: hives, Mapi32.dll, two listings, SYSTEM. */
	written_is(&w, "string(//w:time_zone/@input)", "i6");
	written_is(&w, "string(//w:time_zone/@control_set)", "1");
	written_is(&w, "string(//w:offset[last()]/@utc_offset)", "+01:00");
	written_free(&w);
}

static void test_missing(void **state)
{
	struct written w;

	write_zone(&w, *state, (struct report_zone){ .missing = true }, false);
	written_is(&w, "string(//w:time_zone/@source)", "system_hive");
	written_is(&w, "count(//w:time_zone/* | //w:time_zone/@until)", "0");
	written_free(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(test_none),
		WORLD_TEST(test_named),
		WORLD_TEST(test_of_the_system_hive),
		WORLD_TEST(test_missing),
	};

	return UNIT_RUN(tests);
}
