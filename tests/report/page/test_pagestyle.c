/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The look of the pages: all of page.css, and its hash as policies write it. */
#include "help/unit.h"

#include "report/page/pagestyle.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char file[1 << 16];

static void test_text(void **state)
{
	const char *srcdir = getenv("srcdir");
	char path[4096];

	(void)state;
	(void)snprintf(path, sizeof(path), "%s/src/report/page/page.css",
		       srcdir ? srcdir : ".");
	FILE *in = fopen(path, "r");
	assert_non_null(in);
	file[fread(file, 1, sizeof(file) - 1, in)] = '\0';
	assert_int_equal(fclose(in), 0);
	assert_string_equal(pagestyle_text(), file);
	/* It stands in a page as it is. */
	assert_null(strstr(file, "</"));
	assert_null(strstr(file, "url("));
	assert_null(strstr(file, "@import"));
}

static void test_hash(void **state)
{
	char hash[PAGESTYLE_HASH_SIZE], other[PAGESTYLE_HASH_SIZE];
	uint8_t bytes[DIGEST_SIZE + 1];
	struct digest digest =
		digest_of(span_of(pagestyle_text(), strlen(pagestyle_text())));

	(void)state;
	pagestyle_hash(hash);
	pagestyle_hash(other);
	assert_string_equal(hash, other);
	assert_int_equal(strlen(hash), PAGESTYLE_HASH_SIZE - 1);
	assert_int_equal(strncmp(hash, "sha256-", 7), 0);
	assert_int_equal(base64_read(hash + 7, strlen(hash + 7), bytes, sizeof(bytes)),
			 DIGEST_SIZE);
	assert_memory_equal(bytes, digest.bytes, DIGEST_SIZE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_hash),
	};
	return UNIT_RUN(tests);
}
