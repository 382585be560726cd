/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A report goes by as a stream; what holds, what does not, and what is missing. */
#include "help/unit.h"

#include "help/cells.h"
#include "verify/verify.h"

#include <stdlib.h>
#include <string.h>

struct stream {
	struct verified *evidence; /* of which only the files are used */
	struct verify *verify;
	FILE *out;
	char *text;
	size_t size;
	struct failure failure;
};

static void begin(struct stream *stream, const char *name, const char *const *words)
{
	struct verifytext_element element = verified_element(words);

	assert_int_equal(verify_begin(stream->verify, name, element.attributes, element.n,
				      &stream->failure),
			 STATUS_OK);
}

static void end(struct stream *stream)
{
	assert_int_equal(verify_end(stream->verify, &stream->failure), STATUS_OK);
}

static void leaf(struct stream *stream, const char *name, const char *text)
{
	begin(stream, name, (const char *const[]){ NULL });
	/* In two pieces, as a parser may give it. */
	size_t half = strlen(text) / 2;
	assert_int_equal(
		verify_text(stream->verify, span_of(text, half), &stream->failure),
		STATUS_OK);
	assert_int_equal(verify_text(stream->verify,
				     span_of(text + half, strlen(text + half)),
				     &stream->failure),
			 STATUS_OK);
	end(stream);
}

static void put_hash(struct stream *stream, const uint8_t *bytes, size_t len)
{
	struct digest digest = digest_of(span_of(bytes, len));
	char hex[DIGEST_HEX_SIZE];

	digest_hex(&digest, hex);
	leaf(stream, "hashdigest", hex);
}

/* The report of a hive with one value; path: where it is said to be. */
static void tell(struct stream *stream, const uint8_t *bytes, const char *path,
		 const char *data)
{
	begin(stream, "report", (const char *const[]){ NULL });
	begin(stream, "input", (const char *const[]){ "id", "i1", NULL });
	begin(stream, "fileobject", (const char *const[]){ NULL });
	leaf(stream, "filename", path);
	leaf(stream, "filesize", "200");
	put_hash(stream, bytes, CELLS_SIZE);
	end(stream);
	end(stream);
	begin(stream, "snapshot",
	      (const char *const[]){ "id", "s1", "input", "i1", NULL });
	begin(stream, "cellobject", (const char *const[]){ NULL });
	leaf(stream, "cellpath", "Above\\Name\\Wert");
	leaf(stream, "basename", "Wert");
	leaf(stream, "name_type", "v");
	leaf(stream, "alloc", "1");
	leaf(stream, "data_type", "REG_BINARY");
	leaf(stream, "data", data);
	begin(stream, "byte_runs", (const char *const[]){ NULL });
	begin(stream, "byte_run",
	      (const char *const[]){ "file_offset", "104", "len", "24", NULL });
	put_hash(stream, bytes + CELLS_VALUE, 24);
	end(stream);
	begin(stream, "byte_run",
	      (const char *const[]){ "file_offset", "164", "len", "6", NULL });
	put_hash(stream, bytes + CELLS_DATA, 6);
	end(stream);
	end(stream);
	end(stream);
	end(stream);
	end(stream);
}

static struct stream *start(uint8_t bytes[CELLS_SIZE])
{
	struct stream *stream = calloc(1, sizeof(*stream));

	assert_non_null(stream);
	cells_fill(bytes);
	stream->evidence = verified_new();
	(void)verified_put(stream->evidence, "folder/hive", bytes, CELLS_SIZE);
	stream->out = open_memstream(&stream->text, &stream->size);
	assert_non_null(stream->out);
	assert_int_equal(
		verify_new(&stream->evidence->evidence, stream->out, &stream->verify),
		STATUS_OK);
	return stream;
}

static void finish(struct stream *stream, enum verify_answer answer, const char *last)
{
	assert_int_equal(verify_finish(stream->verify), answer);
	verify_free(stream->verify);
	assert_int_equal(fclose(stream->out), 0);
	assert_non_null(strstr(stream->text, last));
	free(stream->text);
	verified_free(stream->evidence);
	free(stream);
}

static void test_holds(void **state)
{
	uint8_t bytes[CELLS_SIZE];
	struct stream *stream = start(bytes);

	(void)state;
	tell(stream, bytes, "folder/hive", "c2VjcmV0");
	/*
	 * Size, hash; two runs with places; record, name, type, data.  Whether the
	 * cell is in use is not looked at without a version of the hive.
	 */
	finish(stream, VERIFY_HOLDS, "all 10 statements that were checked hold\n");
}

static void test_wrong(void **state)
{
	uint8_t bytes[CELLS_SIZE];
	struct stream *stream = start(bytes);

	(void)state;
	tell(stream, bytes, "folder/hive", "c2VjcmVU");
	finish(stream, VERIFY_WRONG,
	       "1 of 10 statements that were checked do not hold\n");
	stream = start(bytes);
	stream->evidence->files[0].bytes[CELLS_DATA] = 'S';
	tell(stream, bytes, "folder/hive", "c2VjcmV0");
	/* The file's hash, the run's, and the data. */
	finish(stream, VERIFY_WRONG,
	       "3 of 10 statements that were checked do not hold\n");
}

static void test_missing(void **state)
{
	uint8_t bytes[CELLS_SIZE];
	struct stream *stream = start(bytes);

	(void)state;
	tell(stream, bytes, "elsewhere/hive", "c2VjcmV0");
	finish(stream, VERIFY_INCOMPLETE, "1 of 1 files are not there\n");
}

static void test_no_report(void **state)
{
	uint8_t bytes[CELLS_SIZE];
	struct stream *stream = start(bytes);
	struct failure *failure = &stream->failure;

	(void)state;
	assert_int_equal(verify_end(stream->verify, failure), STATUS_MALFORMED);
	assert_int_equal(verify_begin(stream->verify, "input", NULL, 0, failure),
			 STATUS_MALFORMED);
	assert_string_equal(failure->sentence,
			    "what stands in <input> is not as in a report");
	for (size_t i = 1; i < 256; i++)
		assert_int_equal(verify_begin(stream->verify, "x", NULL, 0, failure),
				 STATUS_OK);
	assert_int_equal(verify_begin(stream->verify, "x", NULL, 0, failure),
			 STATUS_LIMIT);
	finish(stream, VERIFY_HOLDS, "  nothing\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_holds),
		cmocka_unit_test(test_wrong),
		cmocka_unit_test(test_missing),
		cmocka_unit_test(test_no_report),
	};
	return UNIT_RUN(tests);
}
