// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The image is made of sections, each a buffer of its own until its place is known: code,
 * exports, resources, and data that fill the file up.
 */
#include "pe.h"

#include "builder_private.h"
#include "pe_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	HEADER_AT = 0x80, /* "PE\0\0"; before it the DOS header and its program */
	DIRECTORIES = 16,
	HEADERS_SIZE = 0x400,
	FILE_ALIGNMENT = 0x200,
	SECTION_ALIGNMENT = 0x1000,
	MAX_PE_SECTIONS = 4,
	DIRECTORY_EXPORTS = 0,
	DIRECTORY_RESOURCES = 2,
	FUNCTION_SIZE = 16,
};

/* Characteristics of sections. */
#define SECTION_CODE 0x60000020u
#define SECTION_READ 0x40000040u
#define SECTION_DATA 0xC0000040u

struct part {
	const char *name;
	struct pe_buffer content;
	uint32_t characteristics;
	uint32_t address;
	size_t raw;
};

struct build {
	const struct pe_recipe *recipe;
	struct pe_image image;
	struct part parts[MAX_PE_SECTIONS];
	size_t n_parts;
};

void pe_put(uint8_t *at, uint64_t number, size_t n)
{
	for (size_t i = 0; i < n; i++)
		at[i] = (uint8_t)(number >> (8 * i));
}

/* --- buffers --- */

void pe_add(struct pe_buffer *b, const void *bytes, size_t len)
{
	if (b->len + len > b->cap) {
		b->cap = 2 * (b->len + len);
		b->bytes = builder_realloc(b->bytes, b->cap, 1);
	}
	if (len > 0 && bytes != NULL)
		memcpy(b->bytes + b->len, bytes, len);
	else if (len > 0)
		memset(b->bytes + b->len, 0, len);
	b->len += len;
}

void pe_add_number(struct pe_buffer *b, uint64_t number, size_t n)
{
	uint8_t bytes[8];

	pe_put(bytes, number, n);
	pe_add(b, bytes, n);
}

void pe_add16(struct pe_buffer *b, uint32_t number)
{
	pe_add_number(b, number, 2);
}

void pe_add32(struct pe_buffer *b, uint32_t number)
{
	pe_add_number(b, number, 4);
}

void pe_align(struct pe_buffer *b, size_t to)
{
	pe_add(b, NULL, (to - b->len % to) % to);
}

/* --- exports --- */

static void add_exports(struct build *build, struct pe_buffer *b, uint32_t address)
{
	const struct pe_recipe *recipe = build->recipe;
	size_t n = recipe->n_exports;
	size_t names = 40 + 4 * n, ordinals = names + 4 * n, at = ordinals + 2 * n;

	build->image.export_names = names;
	pe_add(b, NULL, 4);
	pe_add32(b, recipe->timestamp);
	pe_add32(b, 0);
	pe_add32(b, address + (uint32_t)at);
	pe_add32(b, 1);
	pe_add32(b, (uint32_t)n);
	pe_add32(b, (uint32_t)n);
	pe_add32(b, address + 40);
	pe_add32(b, address + (uint32_t)names);
	pe_add32(b, address + (uint32_t)ordinals);
	for (size_t i = 0; i < n; i++)
		pe_add32(b, build->parts[0].address + (uint32_t)(FUNCTION_SIZE * i));
	at += strlen(recipe->name) + 1;
	for (size_t i = 0; i < n; i++) {
		pe_add32(b, address + (uint32_t)at);
		at += strlen(recipe->exports[i]) + 1;
	}
	for (size_t i = 0; i < n; i++)
		pe_add16(b, (uint32_t)i);
	pe_add(b, recipe->name, strlen(recipe->name) + 1);
	for (size_t i = 0; i < n; i++)
		pe_add(b, recipe->exports[i], strlen(recipe->exports[i]) + 1);
}

/* xor eax, eax; ret: as often as there are names, and once at least. */
static void add_code(struct pe_buffer *b, size_t n)
{
	static const uint8_t function[FUNCTION_SIZE] = {
		0x33, 0xC0, 0xC3, 0xCC, 0xCC, 0xCC, 0xCC, 0xCC,
		0xCC, 0xCC, 0xCC, 0xCC, 0xCC, 0xCC, 0xCC, 0xCC,
	};

	do
		pe_add(b, function, sizeof(function));
	while (n-- > 1);
}

/* --- image --- */

static size_t rounded(size_t len, size_t to)
{
	return (len + to - 1) / to * to;
}

/* Return: the section, of which address and offset are told by those before it. */
static struct part *new_part(struct build *build, const char *name,
			     uint32_t characteristics)
{
	struct part *part = &build->parts[build->n_parts];

	*part = (struct part){ .name = name,
			       .characteristics = characteristics,
			       .address = SECTION_ALIGNMENT,
			       .raw = HEADERS_SIZE };
	if (build->n_parts > 0) {
		const struct part *last = part - 1;
		part->raw = last->raw + rounded(last->content.len, FILE_ALIGNMENT);
		part->address = (uint32_t)(last->address +
					   rounded(last->content.len, SECTION_ALIGNMENT));
	}
	build->n_parts++;
	return part;
}

static size_t end_of(const struct build *build)
{
	const struct part *last = &build->parts[build->n_parts - 1];

	return last->raw + rounded(last->content.len, FILE_ALIGNMENT);
}

static void add_optional(const struct build *build, struct pe_buffer *b)
{
	const struct part *last = &build->parts[build->n_parts - 1];
	size_t word = build->recipe->plus ? 8 : 4;

	pe_add16(b, build->recipe->plus ? 0x20B : 0x10B);
	pe_add16(b, 6); /* linker 6.0 */
	pe_add32(b, (uint32_t)rounded(build->parts[0].content.len, FILE_ALIGNMENT));
	pe_add32(b, (uint32_t)(end_of(build) - build->parts[1].raw));
	pe_add32(b, 0);
	pe_add32(b, 0);
	pe_add32(b, build->parts[0].address);
	if (!build->recipe->plus)
		pe_add32(b, build->n_parts > 1 ? build->parts[1].address : 0);
	pe_add_number(b, 0x35F40000, word);
	pe_add32(b, SECTION_ALIGNMENT);
	pe_add32(b, FILE_ALIGNMENT);
	pe_add32(b, 5); /* Windows 5.0, image 0.0, subsystem 4.0 */
	pe_add32(b, 0);
	pe_add32(b, 4);
	pe_add32(b, 0);
	pe_add32(b, (uint32_t)(last->address +
			       rounded(last->content.len, SECTION_ALIGNMENT)));
	pe_add32(b, HEADERS_SIZE);
	pe_add32(b, 0);
	pe_add16(b, 2); /* windows, not a console */
	pe_add16(b, 0);
	for (size_t i = 0; i < 4; i++) /* stack and heap: reserve and commit */
		pe_add_number(b, i % 2 == 0 ? 0x100000 : 0x1000, word);
	pe_add32(b, 0);
	pe_add32(b, DIRECTORIES);
}

static void add_section(struct pe_buffer *b, const struct part *part)
{
	char name[8] = { 0 };

	memcpy(name, part->name, strnlen(part->name, sizeof(name)));
	pe_add(b, name, sizeof(name));
	pe_add32(b, (uint32_t)part->content.len);
	pe_add32(b, part->address);
	pe_add32(b, (uint32_t)rounded(part->content.len, FILE_ALIGNMENT));
	pe_add32(b, (uint32_t)part->raw);
	pe_add(b, NULL, 12);
	pe_add32(b, part->characteristics);
}

static void add_headers(struct build *build, struct pe_buffer *b)
{
	const struct pe_recipe *recipe = build->recipe;
	struct pe_image *image = &build->image;

	pe_add(b, "MZ", 2);
	pe_add(b, NULL, 58);
	pe_add32(b, HEADER_AT);
	pe_add(b, NULL, HEADER_AT - b->len);
	image->header = b->len;
	pe_add(b, "PE\0", 4);
	pe_add16(b, recipe->machine ? recipe->machine : PE_I386);
	pe_add16(b, (uint32_t)build->n_parts);
	pe_add32(b, recipe->timestamp);
	pe_add(b, NULL, 8);
	pe_add16(b, recipe->plus ? 240 : 224);
	pe_add16(b, recipe->plus ? 0x2022 : 0x210E); /* a library that can run */
	image->optional = b->len;
	add_optional(build, b);
	image->directories = b->len;
	pe_add(b, NULL, (size_t)8 * DIRECTORIES);
	image->sections = b->len;
	image->n_sections = build->n_parts;
	for (size_t i = 0; i < build->n_parts; i++)
		add_section(b, &build->parts[i]);
	pe_align(b, HEADERS_SIZE);
}

static void point(struct pe_buffer *b, const struct build *build, size_t number,
		  const struct part *to)
{
	size_t at = build->image.directories + 8 * number;

	pe_put(b->bytes + at, to->address, 4);
	pe_put(b->bytes + at + 4, to->content.len, 4);
}

/* Data up to the wanted size; bytes that no whole sector holds stand behind it. */
static void fill(struct build *build)
{
	size_t end = end_of(build), size = build->recipe->size;

	if (size == 0 || size == end)
		return;
	if (size < end)
		builder_die("image larger than it should be");
	if (size - end >= FILE_ALIGNMENT) {
		struct part *data = new_part(build, ".data", SECTION_DATA);
		pe_add(&data->content, NULL,
		       (size - end) / FILE_ALIGNMENT * FILE_ALIGNMENT);
	}
}

static void assemble(struct build *build, const struct part *exports,
		     const struct part *resources)
{
	struct pe_buffer b = { .bytes = NULL };
	struct pe_image *image = &build->image;

	add_headers(build, &b);
	for (size_t i = 0; i < build->n_parts; i++) {
		pe_add(&b, build->parts[i].content.bytes, build->parts[i].content.len);
		pe_align(&b, FILE_ALIGNMENT);
	}
	if (build->recipe->size > b.len)
		pe_add(&b, NULL, build->recipe->size - b.len);
	if (exports != NULL) {
		point(&b, build, DIRECTORY_EXPORTS, exports);
		image->exports = exports->raw;
		image->export_names += exports->raw;
	}
	if (resources != NULL) {
		point(&b, build, DIRECTORY_RESOURCES, resources);
		image->resources = resources->raw;
		if (build->recipe->has_version) {
			image->version += resources->raw;
			image->fixed += resources->raw;
		}
	}
	image->bytes = b.bytes;
	image->len = b.len;
}

struct pe_image pe_image_build(const struct pe_recipe *recipe)
{
	struct build build = { .recipe = recipe };
	struct part *exports = NULL, *resources = NULL;

	add_code(&new_part(&build, ".text", SECTION_CODE)->content, recipe->n_exports);
	if (recipe->name != NULL) {
		exports = new_part(&build, ".edata", SECTION_READ);
		add_exports(&build, &exports->content, exports->address);
	}
	if (recipe->has_version || recipe->has_text) {
		resources = new_part(&build, ".rsrc", SECTION_READ);
		pe_add_resources(recipe, &resources->content, resources->address,
				 &build.image);
	}
	fill(&build);
	assemble(&build, exports, resources);
	for (size_t i = 0; i < build.n_parts; i++)
		free(build.parts[i].content.bytes);
	return build.image;
}

void pe_image_free(struct pe_image *image)
{
	free(image->bytes);
	*image = (struct pe_image){ .bytes = NULL };
}

bool pe_image_write(const struct pe_image *image, const char *path)
{
	FILE *file = fopen(path, "wb");

	if (file == NULL)
		return false;
	bool written = fwrite(image->bytes, 1, image->len, file) == image->len;
	return fclose(file) == 0 && written;
}

static uint8_t *field(const struct pe_image *image, size_t offset, size_t n)
{
	if (image->len < n || offset > image->len - n)
		builder_die("field past the end of the image");
	return image->bytes + offset;
}

uint32_t pe_image_get32(const struct pe_image *image, size_t offset)
{
	const uint8_t *p = field(image, offset, 4);

	return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
	       (uint32_t)p[3] << 24;
}

void pe_image_put16(struct pe_image *image, size_t offset, uint16_t number)
{
	pe_put(field(image, offset, 2), number, 2);
}

void pe_image_put32(struct pe_image *image, size_t offset, uint32_t number)
{
	pe_put(field(image, offset, 4), number, 4);
}
