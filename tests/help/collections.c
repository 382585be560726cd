/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "help/collections.h"

#include "help/hives.h"

#include <dirent.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

char *collections_new(void)
{
	const char *folder = getenv("TMPDIR");
	char path[4096];

	(void)snprintf(path, sizeof(path), "%s/wmsdiff-test-XXXXXX",
		       folder && *folder ? folder : "/tmp");
	if (!mkdtemp(path))
		fail_msg("%s cannot be made", path);
	return strdup(path);
}

/* Takes away all that is in the folder, which is closed then. */
static void empty(int fd)
{
	DIR *dir = fdopendir(fd);
	struct dirent *entry;

	while (dir && (entry = readdir(dir))) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0 ||
		    unlinkat(fd, entry->d_name, 0) == 0)
			continue;
		int below = -1;
		if (fchmodat(fd, entry->d_name, 0700, 0) == 0)
			below = openat(fd, entry->d_name,
				       O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
		if (below >= 0)
			empty(below);
		(void)unlinkat(fd, entry->d_name, AT_REMOVEDIR);
	}
	if (dir)
		(void)closedir(dir);
}

void collections_remove(char *folder)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY);

	if (fd >= 0)
		empty(fd);
	assert_int_equal(rmdir(folder), 0);
	free(folder);
}

char *collections_path(const char *folder, const char *inside)
{
	size_t size = strlen(folder) + strlen(inside) + 2;
	char *path = malloc(size);

	assert_non_null(path);
	(void)snprintf(path, size, "%s/%s", folder, inside);
	return path;
}

void collections_make(const char *folder, const char *inside)
{
	char *path = collections_path(folder, inside);

	for (char *p = path + strlen(folder) + 1; (p = strchr(p, '/')); *p++ = '/') {
		*p = '\0';
		(void)mkdir(path, 0700);
	}
	(void)mkdir(path, 0700);
	free(path);
}

void collections_write(const char *folder, const char *inside, const void *bytes,
		       size_t len)
{
	char *around = strdup(inside), *path = collections_path(folder, inside);
	char *slash = strrchr(around, '/');

	if (slash) {
		*slash = '\0';
		collections_make(folder, around);
	}
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	if (fd < 0 || (len && write(fd, bytes, len) != (ssize_t)len))
		fail_msg("%s cannot be written", path);
	(void)close(fd);
	free(around);
	free(path);
}

bool collections_mount(const char *folder, const char *path)
{
	return (unshare(CLONE_NEWNS) == 0 || unshare(CLONE_NEWUSER | CLONE_NEWNS) == 0) &&
	       mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
	       mount(folder, path, NULL, MS_BIND, NULL) == 0;
}

uint8_t *collections_hive(size_t *len)
{
	struct builder *b = hives_new(5);

	builder_finish(b);
	const uint8_t *bytes = builder_bytes(b, len);
	uint8_t *copy = malloc(*len);
	assert_non_null(copy);
	memcpy(copy, bytes, *len);
	builder_free(b);
	return copy;
}

void collections_write_hive(const char *folder, const char *inside)
{
	size_t len;
	uint8_t *hive = collections_hive(&len);

	collections_write(folder, inside, hive, len);
	free(hive);
}

void collections_pack_hive(struct packer *packer, const char *name)
{
	size_t len;
	uint8_t *hive = collections_hive(&len);

	packer_add(packer,
		   &(struct packer_member){ .name = name, .bytes = hive, .len = len });
	free(hive);
}

void collections_write_archive(const char *folder, const char *inside,
			       struct packer *packer, size_t cut)
{
	size_t len;
	const uint8_t *bytes = packer_end(packer, &len);

	assert_true(cut < len);
	collections_write(folder, inside, bytes, len - cut);
	packer_free(packer);
}

struct finds *collections_find(const char *operand)
{
	struct failure failure = { 0 };
	struct finds *finds = NULL;
	enum status status = finds_read(&operand, 1, NULL, &finds, &failure);

	if (status != STATUS_OK)
		fail_msg("%s", failure.sentence);
	return finds;
}

const struct found *collections_item(const struct finds *finds, const char *inside)
{
	for (size_t i = 0; i < finds->n; i++)
		if (finds->items[i].operand == 0 &&
		    strcmp(finds->items[i].inside, inside) == 0)
			return &finds->items[i];
	return NULL;
}

size_t collections_said(const struct finds *finds, enum diag_code code)
{
	return diag_count_of(finds->diags, code);
}

bool collections_says(const struct finds *finds, const char *text)
{
	for (size_t i = 0; i < diag_count(finds->diags); i++)
		if (strstr(diag_item(finds->diags, i)->sentence, text))
			return true;
	return false;
}

void collections_check(const struct found *item, const void *bytes, size_t len)
{
	struct failure failure = { 0 };
	struct stat st;
	int fd = -1;

	assert_non_null(item);
	assert_int_equal(item->size, len);
	if (found_open(item, &fd, &failure) != STATUS_OK)
		fail_msg("%s", failure.sentence);
	uint8_t *read_bytes = malloc(len + 1);
	assert_non_null(read_bytes);
	assert_int_equal(fstat(fd, &st), 0);
	assert_int_equal(st.st_size, len);
	/* With read(): the descriptor stands at the beginning. */
	assert_int_equal(read(fd, read_bytes, len + 1), len);
	assert_memory_equal(read_bytes, bytes, len);
	free(read_bytes);
	(void)close(fd);
}
