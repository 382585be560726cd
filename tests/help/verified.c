/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "help/unit.h"

#include "help/verified.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static enum status open_file(void *data, const struct verify_wanted *wanted, int *fd,
			     struct failure *why)
{
	struct verified *verified = data;

	for (size_t i = 0; i < verified->n_files; i++) {
		const struct verified_file *file = &verified->files[i];
		if (!wanted->path || strcmp(file->path, wanted->path) != 0)
			continue;
		FILE *copy = tmpfile();
		assert_non_null(copy);
		assert_int_equal(fwrite(file->bytes, 1, file->len, copy), file->len);
		assert_int_equal(fflush(copy), 0);
		*fd = dup(fileno(copy));
		assert_true(*fd >= 0);
		assert_int_equal(lseek(*fd, 0, SEEK_SET), 0);
		assert_int_equal(fclose(copy), 0);
		return STATUS_OK;
	}
	failure_set(why, "is nowhere");
	return STATUS_ABSENT;
}

struct verified *verified_new(void)
{
	struct verified *verified = calloc(1, sizeof(*verified));

	assert_non_null(verified);
	verified->out = open_memstream(&verified->text, &verified->size);
	assert_non_null(verified->out);
	verified->evidence = (struct verify_evidence){ verified, open_file };
	verified->report.tally.out = verified->out;
	verified->report.files.evidence = &verified->evidence;
	verified->report.files.tally = &verified->report.tally;
	verified->report.input = verified->report.here = VERIFYFILES_NONE;
	verified->report.before = verified->report.after = VERIFYFILES_NONE;
	verified->report.failure = &verified->failure;
	return verified;
}

void verified_free(struct verified *verified)
{
	verifyfiles_clear(&verified->report.files);
	free(verified->report.snapshots.items);
	assert_int_equal(fclose(verified->out), 0);
	free(verified->text);
	free(verified);
}

struct verified_file *verified_put(struct verified *verified, const char *path,
				   const void *bytes, size_t len)
{
	struct verified_file *file = &verified->files[verified->n_files++];

	assert_true(verified->n_files <= VERIFIED_MAX_FILES);
	assert_true(len <= sizeof(file->bytes));
	file->path = path;
	memcpy(file->bytes, bytes, len);
	file->len = len;
	return file;
}

size_t verified_add(struct verified *verified, const char *path, const void *bytes,
		    size_t len)
{
	struct verifyfiles *files = &verified->report.files;
	size_t index = files->n;

	(void)verified_put(verified, path, bytes, len);
	assert_int_equal(verifyfiles_add(files, index + 1), STATUS_OK);
	files->items[index].path = strdup(path);
	files->items[index].size = len;
	files->items[index].sha256 = digest_of(span_of(bytes, len));
	files->items[index].minor = 3;
	assert_int_equal(verifyfiles_settle(files, index), STATUS_OK);
	return index;
}

void verified_again(struct verified *verified, size_t index)
{
	struct verifyfiles *files = &verified->report.files;
	struct verifyfile *file = &files->items[index];
	const struct verified_file *bytes = &verified->files[index];

	files->kept -= file->memory.bytes.len;
	memfile_clear(&file->memory);
	file->memory = (struct memfile){ .fd = -1 };
	file->loaded = false;
	file->actual = digest_of(span_of(bytes->bytes, bytes->len));
}

struct verifytext_element verified_element(const char *const *words)
{
	static struct verify_attribute attributes[16];
	size_t n = 0;

	for (; words[2 * n]; n++) {
		assert_true(n < 16);
		attributes[n] = (struct verify_attribute){
			words[2 * n], span_of(words[2 * n + 1], strlen(words[2 * n + 1]))
		};
	}
	return (struct verifytext_element){ attributes, n };
}

const char *verified_told(struct verified *verified)
{
	assert_int_equal(fflush(verified->out), 0);
	return verified->text;
}
