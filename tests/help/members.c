/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "help/unit.h"

#include "help/members.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void note(struct members *seen, const char *text)
{
	size_t len = strlen(text);

	if (seen->quiet)
		return;
	seen->text = realloc(seen->text, seen->len + len + 1);
	assert_non_null(seen->text);
	memcpy(seen->text + seen->len, text, len + 1);
	seen->len += len;
}

static enum status member(void *data, const struct archivefile_member *m)
{
	static const char *const types[] = { "file ", "folder ", "link ", "special " };
	struct members *seen = data;

	seen->n_members++;
	seen->size = 0;
	memset(seen->first, 0, sizeof(seen->first));
	note(seen, types[m->type]);
	note(seen, m->name);
	if (m->type != ARCHIVEFILE_FILE)
		note(seen, "\n");
	return seen->end_with;
}

static enum status bytes(void *data, struct span more, bool *enough)
{
	struct members *seen = data;

	for (size_t i = 0; i < more.len && seen->size + i < 8; i++)
		seen->first[seen->size + i] = (char)more.ptr[i];
	seen->size += more.len;
	*enough = seen->size >= seen->wanted;
	return STATUS_OK;
}

static enum status file_end(void *data, enum archivefile_fault fault, const char *why)
{
	static const char *const words[] = { "whole", "encrypted", "damaged", "large" };
	struct members *seen = data;
	char line[64];

	(void)why;
	(void)snprintf(line, sizeof(line), " [%s %u %s]\n", seen->first,
		       (unsigned)seen->size, words[fault]);
	note(seen, line);
	return STATUS_OK;
}

static enum status lost(void *data, enum archivefile_loss loss, const char *why)
{
	struct members *seen = data;

	(void)why;
	seen->loss = loss;
	seen->n_lost++;
	return STATUS_OK;
}

struct members members_read(const void *all, size_t len, bool compressed,
			    struct archivefile_limits limits, struct members seen)
{
	struct archivefile_visitor visitor = { &seen, member, bytes, file_end, lost };
	FILE *file = tmpfile();

	assert_non_null(file);
	assert_int_equal(fwrite(all, 1, len, file), len);
	assert_int_equal(fflush(file), 0);
	if (seen.wanted == 0)
		seen.wanted = UINT64_MAX;
	assert_int_equal(
		archivefile_read(fileno(file), len, compressed, &limits, &visitor),
		seen.end_with);
	(void)fclose(file);
	return seen;
}

struct members members_of(const void *all, size_t len, bool compressed)
{
	return members_read(all, len, compressed, ARCHIVEFILE_LIMITS,
			    (struct members){ 0 });
}

void members_assert(struct members seen, const char *expected)
{
	assert_int_equal(seen.n_lost, 0);
	assert_string_equal(seen.text ? seen.text : "", expected);
	free(seen.text);
}

void members_assert_lost(struct members seen, const char *expected,
			 enum archivefile_loss loss)
{
	assert_int_equal(seen.n_lost, 1);
	assert_int_equal(seen.loss, loss);
	assert_string_equal(seen.text ? seen.text : "", expected);
	free(seen.text);
}

struct members members_read_packed(enum packer_format format,
				   const struct packer_member *members, size_t n,
				   size_t cut)
{
	struct packer *packer = packer_new(format);
	size_t len;

	for (size_t i = 0; i < n; i++)
		packer_add(packer, &members[i]);
	const uint8_t *all = packer_end(packer, &len);
	struct members seen = members_of(all, len - cut, false);
	packer_free(packer);
	return seen;
}
