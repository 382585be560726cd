/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Format: regf specification, "Base block", "Key node", "Key security".  Each step takes
 * what the one before tells only if it lies in a cell that is in use and begins as such a
 * record does.
 */
#include "snapshot/glance.h"

#include "base/readat.h"

#include <stdlib.h>

/* Fields of a key record, from its signature on. */
#define KEY_FLAGS 2
#define KEY_TIME 4
#define KEY_SECURITY 44
#define KEY_NAME_LENGTH 72
#define KEY_NAME 76
#define KEY_LATIN_1 0x20 /* of its flags: the name has 8 bits a character */

/* Of a security record. */
#define SECURITY_LENGTH 16
#define SECURITY_DESCRIPTOR 20

/* Two lists and two ids: no list can have more bytes than 65535. */
#define DESCRIPTOR_MOST (2 * 65536 + 1024)

struct file {
	int fd;
	const struct evidence_part *part;
};

/* Up to n bytes at a place of the file.  Return: how many are there. */
static size_t read_at(const struct file *file, uint64_t at, uint8_t *out, size_t n)
{
	const struct evidence_part *part = file->part;

	if (at > part->size)
		return 0;
	if (n > part->size - at)
		n = (size_t)(part->size - at);
	ssize_t got = readat(file->fd, part->off + at, out, n);
	return got < 0 ? 0 : (size_t)got;
}

/*
 * The first bytes, n at most, of the record in a cell; *cell becomes the bytes that the
 * cell has.  Return: an empty span unless the cell is in use.
 */
static struct span read_cell(const struct file *file, const struct image_base *base,
			     uint32_t rel, uint8_t *out, size_t n, uint32_t *cell)
{
	uint64_t at = IMAGE_BASE_SIZE + (uint64_t)rel;
	uint32_t header = base->minor < 2 ? 8 : 4, size = 0;
	uint8_t word[4];

	if (rel > INT32_MAX || rel % 8 != 0 ||
	    read_at(file, at, word, sizeof(word)) != sizeof(word) ||
	    !span_le32(span_of(word, sizeof(word)), 0, &size) || size <= INT32_MAX)
		return span_of(NULL, 0);
	size = -size;
	if (size <= header)
		return span_of(NULL, 0);
	*cell = size - header;
	return span_of(out, read_at(file, at + header, out, n < *cell ? n : *cell));
}

static enum status read_descriptor(const struct file *file, struct glance *out,
				   uint32_t rel)
{
	uint8_t head[SECURITY_DESCRIPTOR];
	uint32_t cell = 0, len = 0;
	struct span bytes, descriptor;
	struct span record = read_cell(file, &out->base, rel, head, sizeof(head), &cell);

	if (!span_starts(record, 0, "sk", 2) ||
	    !span_le32(record, SECURITY_LENGTH, &len) || len > DESCRIPTOR_MOST ||
	    cell < SECURITY_DESCRIPTOR + len)
		return STATUS_OK;
	uint8_t *whole = malloc(SECURITY_DESCRIPTOR + (size_t)len);
	if (!whole)
		return STATUS_NOMEM;
	bytes = read_cell(file, &out->base, rel, whole, SECURITY_DESCRIPTOR + (size_t)len,
			  &cell);
	if (span_sub(bytes, SECURITY_DESCRIPTOR, len, &descriptor))
		subject_read_descriptor(descriptor, &out->subject);
	free(whole);
	return STATUS_OK;
}

/* *security: where its descriptor stands.  Return: false if there is no such record. */
static bool read_root(const struct file *file, struct glance *out, uint32_t *security)
{
	uint8_t record[KEY_NAME + GLANCE_NAME];
	uint32_t cell = 0;
	uint16_t flags = 0, len = 0;
	struct span name, key = read_cell(file, &out->base, out->base.root_rel, record,
					  sizeof(record), &cell);

	if (!span_starts(key, 0, "nk", 2) || !span_le16(key, KEY_FLAGS, &flags) ||
	    !span_le64(key, KEY_TIME, &out->root_ft) ||
	    !span_le32(key, KEY_SECURITY, security) ||
	    !span_le16(key, KEY_NAME_LENGTH, &len) ||
	    !span_sub(key, KEY_NAME, len, &name) || len > sizeof(out->name) ||
	    !span_copy(name, 0, out->name, len))
		return false;
	out->root_name = (struct text){
		.bytes = span_of(out->name, len),
		.encoding = flags & KEY_LATIN_1 ? TEXT_LATIN1 : TEXT_UTF16LE,
	};
	return true;
}

enum status glance_read(int fd, const struct evidence_part *part, struct glance *out)
{
	const struct file of = { fd, part }, *file = &of;
	uint32_t security = 0;
	enum status status = STATUS_OK;

	*out = (struct glance){ .subject.role = SUBJECT_UNKNOWN };
	out->has_base = baseblock_read(
		span_of(out->head, read_at(file, 0, out->head, sizeof(out->head))),
		&out->base);
	if (!out->has_base)
		return STATUS_OK;
	status = subject_read_name(out->base.embedded_name, &out->subject);
	out->has_root = read_root(file, out, &security);
	if (status == STATUS_OK && out->has_root)
		status = read_descriptor(file, out, security);
	subject_settle_role(&out->subject);
	if (status != STATUS_OK)
		glance_clear(out);
	return status;
}

void glance_clear(struct glance *glance)
{
	subject_clear(&glance->subject);
}
