/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "help/regs.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct regs_file regs_begin(enum regfile_format format)
{
	struct regs_file made = { .path = "/tmp/wmsdiff-test-XXXXXX" };
	int fd = mkstemp(made.path);

	assert_true(fd >= 0);
	close(fd);
	assert_int_equal(output_open(made.path, NULL, &made.output, NULL), STATUS_OK);
	assert_int_equal(regfile_start(made.output, format, &made.file), STATUS_OK);
	return made;
}

uint8_t *regs_end(struct regs_file *made, size_t *len)
{
	static const size_t size = 1 << 16;
	uint8_t *bytes = malloc(size);
	FILE *file;

	assert_non_null(bytes);
	assert_int_equal(regfile_finish(made->file), STATUS_OK);
	assert_int_equal(output_commit(made->output, NULL), STATUS_OK);
	file = fopen(made->path, "rb");
	assert_non_null(file);
	*len = fread(bytes, 1, size, file);
	assert_true(*len < size);
	fclose(file);
	remove(made->path);
	return bytes;
}

void regs_expect_bytes(struct regs_file *made, struct span expected)
{
	size_t len;
	uint8_t *bytes = regs_end(made, &len);

	assert_int_equal(len, expected.len);
	assert_memory_equal(bytes, expected.ptr, len);
	free(bytes);
}

void regs_expect(struct regs_file *made, enum regfile_format format, const char *text)
{
	uint8_t *expected = malloc(4 * strlen(text) + 2);
	size_t n = 0;

	assert_non_null(expected);
	if (format == REGFILE_5_UTF16) {
		expected[n++] = 0xFF;
		expected[n++] = 0xFE;
	}
	for (; *text; text++) {
		if (*text == '\n' && format != REGFILE_5_UTF8) {
			expected[n++] = '\r';
			if (format == REGFILE_5_UTF16)
				expected[n++] = 0;
		}
		expected[n++] = (uint8_t)*text;
		if (format == REGFILE_5_UTF16)
			expected[n++] = 0;
	}
	regs_expect_bytes(made, span_of(expected, n));
	free(expected);
}

void regs_expect_value(enum regfile_format format, struct text name, uint32_t type,
		       struct span data, const char *line)
{
	struct regs_file made = regs_begin(format);
	char text[4096];

	regfile_key(made.file, text_of("K"));
	regfile_value(made.file, name, type, data);
	(void)snprintf(text, sizeof(text), "%s[K]\n%s\n\n",
		       format == REGFILE_4 ? REGS_HEADER_4 : REGS_HEADER_5, line);
	regs_expect(&made, format, text);
}

void regs_expect_all(struct text name, uint32_t type, struct span data, const char *line)
{
	regs_expect_value(REGFILE_5_UTF16, name, type, data, line);
	regs_expect_value(REGFILE_5_UTF8, name, type, data, line);
	regs_expect_value(REGFILE_4, name, type, data, line);
}
