/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a hive tells of itself by a few reads, and that unsound places tell nothing. */
#include "help/unit.h"

#include "snapshot/glance.h"

#include "help/hives.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define USER_SID "S-1-5-21-1214440339-1202660629-839522115-1003"

static struct builder *recipe(unsigned minor)
{
	return builder_new(&(struct builder_options){
		.minor = minor,
		.embedded_name = "\\??\\C:\\Users\\jdoe\\ntuser.dat",
		.root_name = "CMI-CreateHive{1}",
		.user_sid = USER_SID,
		.last_written = HIVES_TIME,
		.sequence = 7 });
}

/* A file of the first len bytes, gone again; what is past the recipe's end is zeros. */
static int open_part(struct builder *b, size_t len)
{
	size_t all = 0;
	const uint8_t *bytes = builder_bytes(b, &all);
	uint8_t *part = calloc(1, len + 1);

	assert_non_null(part);
	memcpy(part, bytes, len < all ? len : all);
	char *path = hives_temporary(part, len);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	assert_true(fd >= 0);
	unlink(path);
	free(path);
	free(part);
	return fd;
}

static void glance_at(struct builder *b, size_t len, struct glance *out)
{
	int fd = open_part(b, len);

	assert_int_equal(glance_read(fd, out), STATUS_OK);
	close(fd);
}

static size_t size_of(struct builder *b)
{
	size_t len = 0;

	builder_finish(b);
	(void)builder_bytes(b, &len);
	return len;
}

static void check_all(unsigned minor)
{
	struct builder *b = recipe(minor);
	static struct glance glance;

	glance_at(b, size_of(b), &glance);
	assert_true(glance.has_base);
	assert_int_equal(glance.base.primary_sequence, 7);
	assert_true(glance.base.last_written_ft == HIVES_TIME);
	assert_true(glance.has_root);
	assert_true(text_is(glance.root_name, "CMI-CreateHive{1}"));
	assert_true(glance.root_ft == HIVES_TIME);
	assert_string_equal(glance.subject.sid, USER_SID);
	assert_int_equal(glance.subject.role, SUBJECT_USER);
	assert_string_equal(glance.subject.user, "jdoe");
	glance_clear(&glance);
	assert_null(glance.subject.user);
	builder_free(b);
}

/* In the oldest versions cells have longer headers, and names are UTF-16. */
static void test_all_versions(void **state)
{
	(void)state;
	for (unsigned minor = 0; minor <= 6; minor++)
		check_all(minor);
}

/* The file ends where the root key stands: the base block is told all the same. */
static void test_no_root(void **state)
{
	struct builder *b = recipe(5);
	static struct glance glance;

	(void)state;
	(void)size_of(b);
	glance_at(b, builder_key_offset(b, builder_root(b)), &glance);
	assert_true(glance.has_base);
	assert_false(glance.has_root);
	assert_int_equal(glance.subject.n_sids, 0);
	assert_string_equal(glance.subject.user, "jdoe");
	glance_clear(&glance);
	glance_at(b, GLANCE_HEAD - 1, &glance);
	assert_false(glance.has_base);
	assert_null(glance.subject.user);
	glance_clear(&glance);
	builder_free(b);
}

/* At `at` stands a number that cannot be true; *root: a root key is told all the same. */
static void check_unsound(size_t at, uint32_t number, bool root)
{
	struct builder *b = recipe(5);
	static struct glance glance;
	size_t len = size_of(b);

	builder_poke32(b, at ? at : builder_key_offset(b, builder_root(b)) + NK_SECURITY,
		       number);
	glance_at(b, len, &glance);
	assert_int_equal(glance.has_root, root);
	assert_int_equal(glance.subject.n_sids, 0);
	glance_clear(&glance);
	builder_free(b);
}

static void test_unsound_places(void **state)
{
	static const uint32_t places[] = { 0, 4, 0x21, 0x7FFFFFF8, 0x80000000, NIL };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(places); i++) {
		check_unsound(BASE_ROOT, places[i], false);
		check_unsound(0, places[i], true);
	}
}

/* A freed root key's cell, and a name that is longer than the cell. */
static void test_unsound_root(void **state)
{
	struct builder *b = recipe(5);
	static struct glance glance;
	size_t len = size_of(b), root = builder_key_offset(b, builder_root(b));
	uint32_t size = hives_get(b, root - 4, 4);

	(void)state;
	builder_poke32(b, root - 4, -size);
	glance_at(b, len, &glance);
	assert_false(glance.has_root);
	glance_clear(&glance);
	builder_poke32(b, root - 4, size);
	builder_poke16(b, root + NK_NAME_LEN, 0x7FFF);
	glance_at(b, len, &glance);
	assert_false(glance.has_root);
	glance_clear(&glance);
	builder_free(b);
}

/* Whatever byte is wrong, and wherever the file ends: nothing is read past its end. */
static void test_every_byte(void **state)
{
	struct builder *b = recipe(5);
	static struct glance glance;
	size_t len = size_of(b);

	(void)state;
	for (size_t at = 0; at < len; at += at == GLANCE_HEAD ? FIRST_BIN - at : 1) {
		const uint8_t was = builder_bytes(b, &len)[at];
		if (at >= FIRST_BIN + 1024)
			break;
		builder_poke8(b, at, was ^ 0xFF);
		glance_at(b, len, &glance);
		glance_clear(&glance);
		builder_poke8(b, at, was);
		glance_at(b, at, &glance);
		glance_clear(&glance);
	}
	builder_free(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all_versions),
		cmocka_unit_test(test_no_root),
		cmocka_unit_test(test_unsound_places),
		cmocka_unit_test(test_unsound_root),
		cmocka_unit_test(test_every_byte),
	};

	return UNIT_RUN(tests);
}
