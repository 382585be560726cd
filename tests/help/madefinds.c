/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "help/unit.h"

#include "help/madefinds.h"

#include "help/hives.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int open_file(const struct evidence_opener *opener, const char *path,
		     struct failure *failure)
{
	const struct madefinds *all = (const struct madefinds *)opener;

	for (size_t i = 0; i < all->finds.n; i++)
		if (all->files[i] && strcmp(all->items[i].path, path) == 0)
			return open(all->files[i], O_RDONLY | O_CLOEXEC);
	failure_set(failure, "no bytes");
	return -1;
}

void madefinds_init(struct madefinds *all, const char *const *operands)
{
	*all = (struct madefinds){ .opener.open = open_file };
	all->finds.items = all->items;
	all->finds.operands = all->operands;
	all->finds.folders = all->folders;
	for (; *operands; operands++)
		all->operands[all->finds.n_operands++] = (struct found_operand){
			.path = *operands, .kind = FOUND_FOLDER, .whole = true
		};
}

void madefinds_clear(struct madefinds *all)
{
	for (size_t i = 0; i < all->finds.n; i++) {
		if (all->files[i])
			unlink(all->files[i]);
		free(all->files[i]);
		free(all->items[i].path);
		place_clear(&all->items[i].place);
	}
	for (size_t i = 0; i < all->finds.n_folders; i++) {
		free(all->folders[i].path);
		place_clear(&all->folders[i].place);
	}
}

/* Of the path's operand the number, and what stands behind it. */
static const char *inside_of(const struct madefinds *all, const char *path,
			     size_t *operand)
{
	for (size_t i = all->finds.n_operands; i > 0; i--) {
		size_t len = strlen(all->operands[i - 1].path);
		if (strncmp(path, all->operands[i - 1].path, len) == 0 &&
		    (path[len] == '/' || path[len] == '\0')) {
			*operand = i - 1;
			return path + len + (path[len] == '/');
		}
	}
	fail_msg("%s is in no operand", path);
	return path;
}

void madefinds_add(struct madefinds *all, const char *path, enum filekind kind,
		   struct builder *b)
{
	size_t i = all->finds.n++;
	struct found *found = &all->items[i];

	assert_true(i < MADEFINDS_MOST);
	found->path = strdup(path);
	found->inside = inside_of(all, found->path, &found->operand);
	found->kind = kind;
	assert_int_equal(place_read(path, &found->place), STATUS_OK);
	all->files[i] = b ? hives_file(b) : NULL;
	builder_free(b);
}

void madefinds_folder(struct madefinds *all, const char *path, bool whole)
{
	struct found_folder *folder = &all->folders[all->finds.n_folders++];

	folder->path = strdup(path);
	(void)inside_of(all, folder->path, &folder->operand);
	folder->whole = whole;
	assert_int_equal(place_read_folder(path, &folder->place), STATUS_OK);
}

struct builder *madefinds_hive(const char *embedded, const char *sid, uint64_t time)
{
	struct builder *b = builder_new(&(struct builder_options){
		.minor = 5,
		.embedded_name = embedded,
		.user_sid = sid,
		.last_written = time,
		.sequence = 1,
	});

	builder_key_add(b, builder_root(b), "Environment", time);
	return b;
}
