/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The bytes of a manifest, typed by hand from the form of sha256sum; what it refuses. */
#include "help/unit.h"

#include "report/manifest.h"

#include "report/output.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* SHA-256 of "abc", by FIPS 180-2, appendix B.1. */
#define ABC "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
/* A sum of bytes 0x01. */
#define ONES "0101010101010101010101010101010101010101010101010101010101010101"

struct folder {
	char path[64];
	struct kept *kept;
	struct filelist *list;
};

static int set_up(void **state)
{
	struct folder *folder = calloc(1, sizeof(*folder));
	char made[] = "/tmp/wmsdiff-manifest-XXXXXX";

	assert_non_null(folder);
	assert_non_null(mkdtemp(made));
	/* Where no link leads through it. */
	char *real = realpath(made, NULL);
	assert_non_null(real);
	(void)snprintf(folder->path, sizeof(folder->path), "%s", real);
	free(real);
	assert_int_equal(kept_new(&folder->kept), STATUS_OK);
	assert_int_equal(filelist_new(&folder->list), STATUS_OK);
	kept_list_outputs(folder->kept, folder->list);
	*state = folder;
	return 0;
}

static int tear_down(void **state)
{
	struct folder *folder = *state;
	char command[128];

	(void)snprintf(command, sizeof(command), "rm -rf '%s'", folder->path);
	assert_int_equal(system(command), 0); /* NOLINT: a path of ours */
	kept_free(folder->kept);
	filelist_free(folder->list);
	free(folder);
	return 0;
}

static const char *in(const struct folder *folder, const char *name)
{
	static char path[2][128];
	static int turn;

	turn = !turn;
	(void)snprintf(path[turn], sizeof(path[turn]), "%s/%s", folder->path, name);
	return path[turn];
}

/* An output of the run that holds "abc". */
static void write_abc(struct folder *folder, const char *path)
{
	struct failure failure = { "" };
	struct output *output = NULL;

	assert_int_equal(output_open(path, folder->kept, &output, &failure), STATUS_OK);
	assert_true(output_write(output, span_of((const uint8_t *)"abc", 3)));
	assert_int_equal(output_commit(output, &failure), STATUS_OK);
}

static void add_input(struct folder *folder, enum filelist_kind kind, const char *path)
{
	struct digest ones;

	memset(&ones, 1, sizeof(ones));
	assert_int_equal(
		filelist_add(folder->list, kind, path, &ones, (struct filemark){ 0 }),
		STATUS_OK);
}

static enum status write_it(struct folder *folder, const char *name,
			    const struct manifest_about *about, struct failure *failure)
{
	struct digest sum, again;
	char *text = malloc(8192);
	enum status status = manifest_write(in(folder, name), folder->list, about,
					    folder->kept, &sum, failure);

	assert_non_null(text);
	if (status == STATUS_OK) {
		FILE *file = fopen(in(folder, name), "r");
		assert_non_null(file);
		size_t n = fread(text, 1, 8192, file);
		assert_int_equal(fclose(file), 0);
		again = digest_of(span_of((const uint8_t *)text, n));
		assert_memory_equal(&sum, &again, sizeof(sum));
	}
	free(text);
	return status;
}

static void expect(const struct folder *folder, const char *name, const char *expected)
{
	char found[8192];
	FILE *file = fopen(in(folder, name), "r");

	assert_non_null(file);
	size_t n = fread(found, 1, sizeof(found) - 1, file);
	found[n] = '\0';
	assert_int_equal(fclose(file), 0);
	assert_string_equal(found, expected);
}

#define HEAD                                                                             \
	"## what " PACKAGE_NAME " " PACKAGE_VERSION                                      \
	" read and wrote; begun 1601-01-01T00:00:00.0000000Z\n"
#define OUTPUTS "## outputs; to check them, in the folder of this file: sha256sum -c\n"
#define INPUTS                                                                           \
	"## inputs; to check them, where the run was begun: sed -n 's/^# //p' "          \
	"THIS-FILE | sha256sum -c\n"

static void test_nothing(void **state)
{
	struct failure failure = { "" };

	assert_int_equal(write_it(*state, "m", &(struct manifest_about){ 0 }, &failure),
			 STATUS_OK);
	expect(*state, "m", HEAD OUTPUTS INPUTS);
}

/* Names of outputs are from the folder of the manifest, with what sha256sum escapes. */
static void test_outputs(void **state)
{
	struct folder *folder = *state;
	struct failure failure = { "" };
	char expected[1024];

	assert_int_equal(mkdir(in(folder, "sub"), 0700), 0);
	assert_int_equal(mkdir(in(folder, "sub2"), 0700), 0);
	write_abc(folder, in(folder, "sub/r.xml"));
	write_abc(folder, in(folder, "sub/a\\b\nc\rd"));
	write_abc(folder, in(folder, "sub/-"));
	write_abc(folder, in(folder, "sub2/beside"));
	write_abc(folder, "/dev/null");
	assert_int_equal(
		write_it(folder, "sub/m", &(struct manifest_about){ 0 }, &failure),
		STATUS_OK);
	(void)snprintf(expected, sizeof(expected),
		       HEAD OUTPUTS ABC "  ./-\n"
					"\\" ABC "  a\\\\b\\nc\\rd\n" ABC "  r.xml\n" ABC
					"  %s/sub2/beside\n"
					"## " ABC "  /dev/null (no file)\n" INPUTS,
		       folder->path);
	expect(folder, "sub/m", expected);
}

/* No name from evidence begins a line, or acts on a terminal. */
static void test_inputs(void **state)
{
	struct folder *folder = *state;
	struct failure failure = { "" };

	add_input(folder, FILELIST_INPUT, "before/NTUSER.DAT");
	add_input(folder, FILELIST_INPUT, "C:\\hive");
	add_input(folder, FILELIST_INPUT, "x\n" ONES "  report.xml");
	add_input(folder, FILELIST_INPUT, "x\033[2J");
	add_input(folder, FILELIST_PART, "a.zip/NTUSER.DAT\n# " ONES "  y");
	assert_int_equal(write_it(folder, "m", &(struct manifest_about){ 0 }, &failure),
			 STATUS_OK);
	expect(folder, "m",
	       HEAD OUTPUTS INPUTS "# \\" ONES "  C:\\\\hive\n"
				   "# " ONES "  before/NTUSER.DAT\n"
				   "## " ONES "  x\\u{a}" ONES
				   "  report.xml (the name is not shown as it is)\n"
				   "## " ONES
				   "  x\xEF\xBF\xBD[2J (the name is not shown as it is)\n"
				   "## " ONES "  a.zip/NTUSER.DAT\\u{a}# " ONES
				   "  y (what an archive held, or no longer there)\n");
}

static void test_record(void **state)
{
	const struct custody custodies[] = {
		{ .path = "before",
		  .evidence_number = "7\n8",
		  .received_from = "J. Doe" },
		{ .path = "after", .received_at = "" },
	};
	const struct manifest_about about = { .case_id = "2016-117",
					      .note = "a\nb",
					      .custodies = custodies,
					      .n_custodies = 2 };
	struct failure failure = { "" };

	assert_int_equal(write_it(*state, "m", &about, &failure), STATUS_OK);
	expect(*state, "m",
	       HEAD "## case: 2016-117\n## note: a\\u{a}"
		    "b\n" OUTPUTS INPUTS "## custody, as it was given and not checked:\n"
		    "## of: before\n"
		    "##   evidence number: 7\\u{a}"
		    "8\n##   received from: J. Doe\n"
		    "## of: after\n##   received at: \n");
}

/* An output that somebody replaced is not the one whose sum is known. */
static void test_replaced(void **state)
{
	struct folder *folder = *state;
	struct failure failure = { "" };

	write_abc(folder, in(folder, "r"));
	write_abc(folder, in(folder, "s"));
	FILE *other = fopen(in(folder, "t"), "w");
	assert_non_null(other);
	assert_int_equal(fclose(other), 0);
	assert_int_equal(rename(in(folder, "t"), in(folder, "r")), 0);
	assert_int_equal(write_it(folder, "m", &(struct manifest_about){ 0 }, &failure),
			 STATUS_IO);
	assert_non_null(strstr(failure.sentence, "no longer the file that was written"));
	assert_int_equal(access(in(folder, "m"), F_OK), -1);
	/* A link to the very file is another one, too. */
	assert_int_equal(rename(in(folder, "s"), in(folder, "u")), 0);
	assert_int_equal(unlink(in(folder, "r")), 0);
	assert_int_equal(symlink("u", in(folder, "s")), 0);
	assert_int_equal(write_it(folder, "m", &(struct manifest_about){ 0 }, &failure),
			 STATUS_IO);
}

/* It replaces no output of its run, and an older manifest. */
static void test_place(void **state)
{
	struct folder *folder = *state;
	struct failure failure = { "" };

	write_abc(folder, in(folder, "r"));
	assert_int_equal(write_it(folder, "r", &(struct manifest_about){ 0 }, &failure),
			 STATUS_IO);
	assert_non_null(strstr(failure.sentence, "is an output of this run"));
	for (int i = 0; i < 2; i++) {
		kept_free(folder->kept);
		assert_int_equal(kept_new(&folder->kept), STATUS_OK);
		assert_int_equal(
			write_it(folder, "m", &(struct manifest_about){ 0 }, &failure),
			STATUS_OK);
	}
	expect(folder, "m", HEAD OUTPUTS ABC "  r\n" INPUTS);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_nothing), TEST(test_outputs),	 TEST(test_inputs),
		TEST(test_record),  TEST(test_replaced), TEST(test_place),
	};

	return UNIT_RUN(tests);
}
