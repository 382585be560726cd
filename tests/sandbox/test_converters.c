/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What was kept is still to be had where no file can be opened any more. */
#include "help/unit.h"

#include "help/confined.h"
#include "sandbox/converters.h"
#include "sandbox/landlock.h"

#include <iconv.h>
#include <string.h>

static bool converts(const char *code_page)
{
	char in[] = "\x81\x40", out[16];
	char *from = in, *to = out;
	size_t in_left = 2, out_left = sizeof(out);
	iconv_t converter = iconv_open("UTF-16LE", code_page);
	bool done = converter != (iconv_t)-1 &&
		    iconv(converter, &from, &in_left, &to, &out_left) != (size_t)-1;

	if (converter != (iconv_t)-1)
		(void)iconv_close(converter);
	return done;
}

static void kept(const void *context)
{
	static const struct sandbox_paths none;
	int rules = landlock_rules(&none, true);
	struct converters *converters = converters_new();

	(void)context;
	CONFINED_CHECK(converters);
	converters_keep(converters, "CP932");
	converters_keep(converters, "a code page that nobody has");
	CONFINED_CHECK(rules >= 0 && landlock_restrict(rules));
	/* Again and again: glibc unloads what nobody uses. */
	for (int i = 0; i < 10; i++)
		CONFINED_CHECK(converts("CP932"));
	/* This one was not kept, so the test is one of something. */
	CONFINED_CHECK(!converts("CP949"));
	converters_free(converters);
}

/* In a child, too: what is loaded once may stay. */
static void there(const void *context)
{
	(void)context;
	CONFINED_CHECK(converts("CP932") && converts("CP949"));
}

static void test_kept(void **state)
{
	(void)state;
	if (landlock_version() == 0 || confined_run(there, NULL) != 0)
		UNIT_SKIP("no Landlock, or no converters");
	assert_int_equal(confined_run(kept, NULL), 0);
}

/* As many as there are: what is too much is left out. */
static void test_many(void **state)
{
	struct converters *converters = converters_new();

	(void)state;
	assert_non_null(converters);
	for (int i = 0; i < 100; i++)
		converters_keep(converters, "UTF-16LE");
	converters_free(converters);
	converters_keep(NULL, "UTF-16LE");
	converters_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kept),
		cmocka_unit_test(test_many),
	};

	return UNIT_RUN(tests);
}
