/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Opening hives for tests.  A test whose hive cannot even be made ready ends
 * with a message; what is wrong with a hive is what the tests are about and is
 * only kept for them.
 */
#include "help/unit.h"

#include "help/hives.h"

#include "regf/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct builder *hives_new(unsigned minor)
{
	return builder_new(&(struct builder_options){
		.minor = minor, .last_written = HIVES_TIME, .sequence = 7 });
}

uint32_t hives_cell(struct builder *b, size_t len)
{
	static const char name[] = "a cell";
	uint8_t *zeros = calloc(1, len);
	builder_key root = builder_root(b);

	assert_non_null(zeros);
	builder_value_set(b, root, name, BUILDER_BINARY, zeros, len);
	free(zeros);
	size_t value = builder_value_offset(b, root, name);
	size_t data = builder_value_data_offset(b, root, name);
	/* The value loses its data before it goes, so the cell stays allocated. */
	builder_poke32(b, value + VK_SIZE, 0x80000000);
	builder_value_delete(b, root, name);
	return hives_cell_at(data);
}

uint32_t hives_get(struct builder *b, size_t offset, size_t size)
{
	size_t len = 0;
	const uint8_t *bytes = builder_bytes(b, &len);
	uint32_t number = 0;

	for (size_t i = 0; i < size; i++)
		number |= (uint32_t)bytes[offset + i] << (8 * i);
	return number;
}

struct hive hives_open_bytes(uint8_t *bytes, size_t len)
{
	struct hive hive = { .bytes = bytes, .len = len, .read = STATUS_ABSENT };

	hive.file.fd = -1;
	hive.diags = diag_list_new();
	assert_non_null(hive.diags);
	hive.opened =
		image_open(span_of(bytes, len), hive.diags, &hive.image, &hive.failure);
	if (hive.opened == STATUS_OK)
		hive.read = record_read(hive.image, hive.diags, NULL, &hive.tree);
	return hive;
}

struct hive hives_open_part(struct builder *b, size_t len)
{
	size_t have = 0;
	const uint8_t *bytes = builder_bytes(b, &have);
	uint8_t *copy = malloc(len ? len : 1);

	assert_non_null(copy);
	memset(copy, 0, len);
	memcpy(copy, bytes, have < len ? have : len);
	builder_free(b);
	return hives_open_bytes(copy, len);
}

struct hive hives_open(struct builder *b)
{
	size_t len = 0;

	(void)builder_bytes(b, &len);
	return hives_open_part(b, len);
}

struct hive hives_open_real(const char *name)
{
	char path[4096];

	(void)snprintf(path, sizeof(path), "%s/%s", getenv("HIVES"), name);
	FILE *file = fopen(path, "rb");
	if (!file)
		fail_msg("%s cannot be opened", path);
	assert_int_equal(fseek(file, 0, SEEK_END), 0);
	size_t len = (size_t)ftell(file);
	uint8_t *bytes = malloc(len + 1);
	rewind(file);
	if (!bytes || fread(bytes, 1, len, file) != len)
		fail_msg("%s cannot be read", path);
	(void)fclose(file);
	return hives_open_bytes(bytes, len);
}

enum status hives_hivex(struct hive *hive, struct tree **tree)
{
	*tree = NULL;
	assert_int_equal(hive->opened, STATUS_OK);
	assert_int_equal(memfile_init(&hive->file), STATUS_OK);
	assert_int_equal(memfile_append(&hive->file, span_of(hive->bytes, hive->len)),
			 STATUS_OK);
	assert_int_equal(memfile_seal(&hive->file), STATUS_OK);
	diag_list_free(hive->diags);
	hive->diags = diag_list_new();
	assert_non_null(hive->diags);
	return tree_open(hive->image, &hive->file, hive->diags, tree);
}

void hives_close(struct hive *hive)
{
	memfile_clear(&hive->file);
	key_tree_free(hive->tree);
	image_free(hive->image);
	diag_list_free(hive->diags);
	free(hive->bytes);
	*hive = (struct hive){ .file = { .fd = -1 } };
}

const struct key *hives_key(const struct hive *hive, const char *path)
{
	assert_non_null(hive->tree);
	const struct key *key = key_at(hive->tree->root, path);
	if (!key)
		fail_msg("no key %s", path);
	return key;
}

const struct value *hives_value(const struct hive *hive, const char *path,
				const char *name)
{
	const struct value *value = key_value(hives_key(hive, path), text_of(name));

	if (!value)
		fail_msg("no value %s of key %s", name, path);
	return value;
}

/* What was said instead, for whoever looks into a failure. */
static bool unexpected(const struct hive *hive)
{
	for (size_t i = 0; i < diag_count(hive->diags); i++) {
		const struct diag *diag = diag_item(hive->diags, i);
		(void)fprintf(stderr, "# said: %s at %llu: %s\n", diag_word(diag->code),
			      (unsigned long long)diag->offset, diag->sentence);
	}
	return false;
}

bool hives_are_silent(const struct hive *hive)
{
	return diag_count(hive->diags) == 0 || unexpected(hive);
}

static size_t count(const struct hive *hive, enum diag_code code, uint64_t offset)
{
	size_t n = 0;

	for (size_t i = 0; i < diag_count(hive->diags); i++) {
		const struct diag *diag = diag_item(hive->diags, i);
		n += diag->code == code && diag->offset == offset;
	}
	return n;
}

bool hives_say(const struct hive *hive, enum diag_code code, uint64_t offset)
{
	return count(hive, code, offset) > 0 || unexpected(hive);
}

bool hives_say_only(const struct hive *hive, enum diag_code code, uint64_t offset)
{
	return (diag_count(hive->diags) == 1 && count(hive, code, offset) == 1) ||
	       unexpected(hive);
}

char *hives_temporary(const void *bytes, size_t len)
{
	const char *folder = getenv("TMPDIR");
	char path[4096];

	(void)snprintf(path, sizeof(path), "%s/wmsdiff-test-XXXXXX",
		       folder && *folder ? folder : "/tmp");
	int fd = mkstemp(path);
	if (fd < 0 || (len && write(fd, bytes, len) != (ssize_t)len))
		fail_msg("%s cannot be written", path);
	(void)close(fd);
	return strdup(path);
}

char *hives_file(struct builder *b)
{
	size_t len = 0;

	builder_finish(b);
	const uint8_t *bytes = builder_bytes(b, &len);
	return hives_temporary(bytes, len);
}
