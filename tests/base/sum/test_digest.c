/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SHA-256 against the vectors of FIPS 180-2, at once and in pieces. */
#define UNIT_OOM
#include "help/unit.h"

#include "base/sum/digest.h"

#include <stdlib.h>

static const char empty_hex[] =
	"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
static const char abc_hex[] =
	"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
static const char two_blocks[] =
	"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
static const char two_blocks_hex[] =
	"248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1";
static const char million_hex[] =
	"cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";

static void assert_digest(struct digest digest, const char *hex)
{
	char out[DIGEST_HEX_SIZE];

	memset(out, 'x', sizeof(out));
	digest_hex(&digest, out);
	assert_string_equal(out, hex);
}

static void test_published_vectors(void **state)
{
	(void)state;
	assert_digest(digest_of(span_of("", 0)), empty_hex);
	assert_digest(digest_of(span_of(NULL, 0)), empty_hex);
	assert_digest(digest_of(span_of("abc", 3)), abc_hex);
	assert_digest(digest_of(span_of(two_blocks, 56)), two_blocks_hex);
}

static void test_stream_of_a_million(void **state)
{
	struct digest_stream *stream = digest_start();
	struct digest digest;
	char piece[1000];

	(void)state;
	assert_non_null(stream);
	memset(piece, 'a', sizeof(piece));
	for (int i = 0; i < 1000; i++)
		digest_add(stream, span_of(piece, sizeof(piece)));
	digest_finish(stream, &digest);
	assert_digest(digest, million_hex);
}

static void test_every_way_to_cut_in_two(void **state)
{
	struct span whole = span_of(two_blocks, 56);

	(void)state;
	for (size_t at = 0; at <= whole.len; at++) {
		struct digest_stream *stream = digest_start();
		struct digest digest;

		assert_non_null(stream);
		digest_add(stream, span_clip(whole, at));
		digest_add(stream, span_of(NULL, 0));
		digest_add(stream, span_from(whole, at));
		digest_finish(stream, &digest);
		assert_digest(digest, two_blocks_hex);
	}
}

static void test_giving_up(void **state)
{
	struct digest_stream *stream = digest_start();

	(void)state;
	assert_non_null(stream);
	digest_add(stream, span_of("abc", 3));
	digest_finish(stream, NULL);
	digest_finish(NULL, NULL);
}

static void test_out_of_memory(void **state)
{
	(void)state;
	assert_null(UNIT_FAIL_AT(0, digest_start()));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_published_vectors),
		cmocka_unit_test(test_stream_of_a_million),
		cmocka_unit_test(test_every_way_to_cut_in_two),
		cmocka_unit_test(test_giving_up),
		cmocka_unit_test(test_out_of_memory),
	};

	return UNIT_RUN(tests);
}
