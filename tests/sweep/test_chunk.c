/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Chunks: how long they are, written and read. */
#include "help/sweepfolders.h"

#include "base/compiler.h"
#include "sweep/chunk.h"

#define HEX "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static void test_lengths(void **state)
{
	uint64_t small[1000] = { 0 }, large[20];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(large); i++)
		large[i] = UINT64_C(70) << 20;
	/* Few units are spread over all processors; many go together, but not too many. */
	assert_int_equal(chunk_length(small, 10, 10, 4), 1);
	assert_true(chunk_length(small, 1000, 1000, 4) > 4);
	assert_true(chunk_length(small, 1000, 1000, 4) <= 1000 / 4 / 4);
	assert_true(chunk_length(small, 1000, 1000000, 4) < 100);
	assert_int_equal(chunk_length(small, 3, 1000, 4), 3);
	assert_int_equal(chunk_length(small, 5, 5, 0), 1);
	/* Large ones fill a chunk sooner. */
	assert_int_equal(chunk_length(large, 20, 1000, 4), 2);
	large[0] = UINT64_C(1) << 40;
	assert_int_equal(chunk_length(large, 20, 1000, 4), 1);
}

static void test_round_trip(void **state)
{
	char folder[] = "/a\tb", program[] = "wmsdiff", version[] = "wmsdiff 1",
	     into[] = "/i";
	struct chunk_way way = { .folder = folder,
				 .program = program,
				 .version = version,
				 .into = into,
				 .seconds = 5,
				 .mebibytes = 7,
				 .shard = { 2, 3 } };
	struct chunk_unit units[3] = { { .identity = HEX },
				       { .identity = HEX },
				       { .identity = HEX } };
	const size_t numbers[] = { 0, 2 };
	struct failure failure = { "" };
	struct chunk chunk;
	char *path = sweepfolder_path(*state, "1.tsv"), *text;

	assert_int_equal(planline_read("a\tx\\ty", false, &units[0].unit), PLANLINE_GOOD);
	assert_int_equal(planline_read("b\tz", false, &units[1].unit), PLANLINE_GOOD);
	assert_int_equal(planline_read("c\tz\t-q", false, &units[2].unit), PLANLINE_GOOD);
	text = chunk_text(&way, units, numbers, 2);
	assert_int_equal(sweepfolder_write(path, text, strlen(text), &failure),
			 STATUS_OK);
	assert_int_equal(chunk_read(path, &chunk, &failure), STATUS_OK);
	assert_string_equal(chunk.way.folder, "/a\tb");
	assert_string_equal(chunk.way.program, "wmsdiff");
	assert_string_equal(chunk.way.version, "wmsdiff 1");
	assert_string_equal(chunk.way.into, "/i");
	assert_int_equal(chunk.way.seconds, 5);
	assert_int_equal(chunk.way.mebibytes, 7);
	assert_int_equal(chunk.way.shard.i, 2);
	assert_int_equal(chunk.way.shard.n, 3);
	assert_int_equal(chunk.n, 2);
	assert_string_equal(chunk.items[0].unit.name, "a");
	assert_string_equal(chunk.items[0].unit.arguments[0], "x\ty");
	assert_string_equal(chunk.items[1].unit.name, "c");
	assert_string_equal(chunk.items[1].identity, HEX);
	chunk_clear(&chunk);
	/* Cut off anywhere, it is none. */
	for (size_t n = 0; n < strlen(text); n++) {
		assert_int_equal(sweepfolder_write(path, text, n, &failure), STATUS_OK);
		assert_int_equal(chunk_read(path, &chunk, &failure), STATUS_IO);
	}
	free(text);
	way.into = NULL;
	text = chunk_text(&way, units, numbers, 1);
	assert_int_equal(sweepfolder_write(path, text, strlen(text), &failure),
			 STATUS_OK);
	assert_int_equal(chunk_read(path, &chunk, &failure), STATUS_OK);
	assert_null(chunk.way.into);
	chunk_clear(&chunk);
	free(text);
	free(path);
	for (size_t i = 0; i < 3; i++)
		planline_clear(&units[i].unit);
}

static void test_refuses(void **state)
{
	static const char *const none[] = {
		"x\n#end\n",
		"#wmsdiff-sweep chunk 1\n#end\n",
		"#wmsdiff-sweep chunk 1\n#folder\t/\n#program\tp\n#version\tv\n"
		"#other\tx\n#end\n",
		"#wmsdiff-sweep chunk 1\n#folder\t/\n#program\tp\n#version\tv\n"
		"#shard\t2/1\n#end\n",
		"#wmsdiff-sweep chunk 1\n#folder\t/\n#program\tp\n#version\tv\n"
		"#seconds\t1x\n#end\n",
		"#wmsdiff-sweep chunk 1\n#folder\t/\n#program\tp\n#version\tv\n"
		"short\ta\tb\n#end\n",
	};
	struct failure failure = { "" };
	struct chunk chunk;
	char *path = sweepfolder_path(*state, "1.tsv");

	assert_int_equal(chunk_read(path, &chunk, &failure), STATUS_IO);
	for (size_t i = 0; i < ARRAY_LEN(none); i++) {
		sweepfolders_put(*state, "1.tsv", none[i]);
		assert_int_equal(chunk_read(path, &chunk, &failure), STATUS_IO);
		assert_non_null(strstr(failure.sentence, "is no chunk of a sweep"));
	}
	free(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lengths),
		SWEEPFOLDERS_TEST(test_round_trip),
		SWEEPFOLDERS_TEST(test_refuses),
	};
	return UNIT_RUN(tests);
}
