/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The input elements: which files, in which order, with what in them. */
#include "help/unit.h"

#include "help/dirtyseries.h"
#include "help/logs.h"
#include "help/written.h"

#include "report/document/inputelements.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static void test_all_kinds(void **state)
{
	static const char *const roles[] = { "hive",	"hive",	  "mapi32",  "modules",
					     "modules", "system", "software" };
	struct world *world = *state;
	struct written w;
	char expression[64], id[16];

	written_start_world(&w, world);
	inputelements_write(&w.parts);
	written_end(&w);
	for (size_t i = 0; i < ARRAY_LEN(roles); i++) {
		(void)snprintf(id, sizeof(id), "i%zu", i + 1);
		(void)snprintf(expression, sizeof(expression),
			       "string(//w:input[%zu]/@id)", i + 1);
		written_is(&w, expression, id);
		(void)snprintf(expression, sizeof(expression),
			       "string(//w:input[%zu]/@role)", i + 1);
		written_is(&w, expression, roles[i]);
	}
	written_is(&w, "count(//w:input)", "9");
	written_is(&w, "string(//w:input[last()]/@role)", "patterns");
	written_is(&w, "string(//w:input[2]/dfxml:fileobject/dfxml:filename)",
		   world->paths[AFTER]);
	/* Hives have a hive in them, and so have those of the machine. */
	written_is(&w, "count(//w:input/w:hive)", "4");
	written_is(&w, "count(//w:input[3]/w:mapi32)", "1");
	written_is(&w, "count(//w:input[4]/w:listing | //w:input[5]/w:listing)", "2");
	written_is(&w, "count(//w:input[6]/w:system)", "1");
	written_is(&w, "count(//w:input[7]/w:software)", "1");
	written_is(&w, "count(//w:input[last()]/*)", "1");
	written_free(&w);
}

/* FIPS 180-4 has the hash of "abc"; the time is that of a moment in 2001. */
static void test_file(void **state)
{
	struct world *world = *state;
	char *path = world_text_file("abc");
	const struct timespec times[2] = { { .tv_sec = 1000000000 },
					   { .tv_sec = 1000000000, .tv_nsec = 500 } };
	struct written w;

	assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
	world->source.listings[0] = path;
	world->source.n_listings = 1;
	written_start_unweighed(&w, world);
	inputelements_write(&w.parts);
	written_end(&w);
	written_is(&w, "string(//w:input[3]/dfxml:fileobject/dfxml:filename)", path);
	written_is(&w, "string(//w:input[3]//dfxml:filesize)", "3");
	written_is(&w, "string(//w:input[3]//dfxml:mtime)",
		   "2001-09-09T01:46:40.0000005Z");
	written_is(&w, "string(//w:input[3]//dfxml:hashdigest/@type)", "sha256");
	written_is(&w, "string(//w:input[3]//dfxml:hashdigest)",
		   "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	written_free(&w);
	(void)remove(path);
	free(path);
}

/* A log stands behind its hive, and the hive as it was found is not told twice. */
static void test_log(void **state)
{
	struct dirtyseries dirty;
	struct written w;

	(void)state;
	dirtyseries_read(&dirty);
	written_start(&w);
	written_of(&w, dirty.series, NULL, NULL);
	inputelements_write(&w.parts);
	written_end(&w);
	written_is(&w, "count(//w:input)", "2");
	written_is(&w, "string(//w:input[1]/w:hive/@state)", "replayed");
	written_is(&w, "string(//w:input[2]/@id)", "i2");
	written_is(&w, "string(//w:input[2]/@role)", "log");
	written_is(&w, "string(//w:input[2]/dfxml:fileobject/dfxml:filename)", dirty.log);
	written_is(&w, "string(//w:input[2]/w:log/@entries)", "2");
	written_free(&w);
	dirtyseries_clear(&dirty);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(test_all_kinds),
		WORLD_TEST(test_file),
		cmocka_unit_test(test_log),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, logs_set_up, logs_tear_down);
}
