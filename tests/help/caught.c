/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "help/caught.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct output *output;
static char path[64];
static char content[1 << 20];

struct output *caught_begin(void)
{
	struct failure failure;
	int fd;

	strcpy(path, "/tmp/wmsdiff-caught-XXXXXX");
	fd = mkstemp(path);
	assert_true(fd >= 0);
	close(fd);
	assert_int_equal(output_open(path, NULL, &output, &failure), STATUS_OK);
	return output;
}

const char *caught_end(void)
{
	struct failure failure;

	assert_int_equal(output_commit(output, &failure), STATUS_OK);
	FILE *file = fopen(path, "r");
	assert_non_null(file);
	size_t n = fread(content, 1, sizeof(content) - 1, file);
	assert_int_equal(fclose(file), 0);
	unlink(path);
	content[n] = '\0';
	assert_int_equal(strlen(content), n);
	return content;
}

size_t caught_count(const char *text, const char *what)
{
	size_t n = 0;

	for (const char *at = strstr(text, what); at; at = strstr(at + 1, what))
		n++;
	return n;
}

void caught_has(const char *text, const char *what)
{
	if (!strstr(text, what))
		fail_msg("not there: %s\n%s", what, text);
}

void caught_lacks(const char *text, const char *what)
{
	if (strstr(text, what))
		fail_msg("is there: %s\n%s", what, text);
}
