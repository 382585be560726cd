/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fuzz/seeds.h"

#include "fuzz/recipes.h"

#include "samples/mapi.h"

#include <stdio.h>

#define SMALL_PROFILE MAPI_WMS "\\Profiles\\Outlook"

/* What is written of a hive: each thing in its turn (written.c, hive.c). */
static uint8_t next_choice(void)
{
	static uint8_t written, way;

	written = (uint8_t)((written + 1) % 13);
	way = (uint8_t)((way + 16) & 48);
	return written | way;
}

static void write_hive(const struct seeds *seeds, struct builder *b, const char *name,
		       uint8_t choice)
{
	size_t len;
	const uint8_t *bytes = builder_bytes(b, &len);
	struct span part = span_of(bytes, len);

	seeds_write(seeds, "hive", name, choice, &part, 1);
}

static void write_versions(const struct seeds *seeds)
{
	char name[64];

	for (unsigned minor = 0; minor <= 6; minor++) {
		struct builder *b = recipes_before(minor);
		(void)snprintf(name, sizeof(name), "before-1.%u", minor);
		write_hive(seeds, b, name, next_choice());
		recipes_change(b);
		(void)snprintf(name, sizeof(name), "after-1.%u", minor);
		write_hive(seeds, b, name, next_choice());
		(void)snprintf(name, sizeof(name), "later-1.%u", minor);
		write_hive(seeds, b, name, (uint8_t)(16 | (minor + 1)));
		builder_free(b);
		b = recipes_small(minor);
		(void)snprintf(name, sizeof(name), "small-1.%u", minor);
		write_hive(seeds, b, name, next_choice());
		builder_key_delete(b, builder_key_find(b, builder_root(b), SMALL_PROFILE),
				   recipes_moment(2));
		(void)snprintf(name, sizeof(name), "deleted-1.%u", minor);
		write_hive(seeds, b, name, next_choice());
		builder_free(b);
	}
}

/* Keys without subkeys and profiles without sections: lists of nothing. */
static void write_bare(const struct seeds *seeds)
{
	struct builder *b = recipes_bare(0);

	write_hive(seeds, b, "bare-root", 48);
	write_hive(seeds, b, "bare-root-later", 16 | 1);
	builder_free(b);
	b = recipes_bare(2);
	write_hive(seeds, b, "bare-profiles", 48);
	write_hive(seeds, b, "bare-profiles-later", 16 | 2);
	write_hive(seeds, b, "bare-profiles-earlier", 32 | 2);
	builder_free(b);
}

/* Records that only come with much of a kind: index roots and big data. */
static void write_large(const struct seeds *seeds)
{
	static uint8_t data[17000];
	struct builder *b = recipes_before(5);
	builder_key key = builder_path(b, "Software\\Many", recipes_moment(0));
	char name[16];

	for (unsigned i = 0; i < 1100; i++) {
		(void)snprintf(name, sizeof(name), "%04u", i);
		(void)builder_key_add(b, key, name, recipes_moment(0));
	}
	builder_value_set(b, key, "Big", BUILDER_BINARY, data, sizeof(data));
	builder_finish(b);
	write_hive(seeds, b, "large", 0);
	builder_free(b);
}

void seeds_write_hives(const struct seeds *seeds)
{
	struct builder *system = recipes_system(), *software = recipes_software();

	write_versions(seeds);
	write_bare(seeds);
	write_large(seeds);
	write_hive(seeds, system, "system", 64 | 1);
	write_hive(seeds, software, "software", 64 | 2);
	builder_free(system);
	builder_free(software);
}

void seeds_write_logs(const struct seeds *seeds)
{
	char name[64];

	for (unsigned i = 0; i < 26; i++) {
		struct recipes_logged made = recipes_logged(i % 2 == 0);
		struct span parts[3] = { span_of(made.hive.bytes, made.hive.len) };
		for (size_t k = 0; k < made.n; k++)
			parts[k + 1] = span_of(made.logs[k].bytes, made.logs[k].len);
		(void)snprintf(name, sizeof(name), "%s-%u", i % 2 ? "new" : "old", i / 2);
		seeds_write(seeds, "logs", name, (uint8_t)(i / 2), parts, 3);
		recipes_logged_free(&made);
	}
}
