/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "faults.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_SIZE 1024

#ifndef F_GET_SEALS
#define F_GET_SEALS 1034
#define F_SEAL_WRITE 8
#endif

/* The test itself cannot go on. */
static void need(bool done, const char *what)
{
	if (done)
		return;
	perror(what);
	_exit(96);
}

static void *allocate(size_t size)
{
	void *bytes = malloc(size > 0 ? size : 1);

	need(bytes != NULL, "malloc");
	return bytes;
}

static bool is_dots(const char *name)
{
	return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

size_t faults_count(const char *folder)
{
	DIR *dir = opendir(folder);
	size_t n = 0;

	for (struct dirent *entry; dir && (entry = readdir(dir));)
		n += !is_dots(entry->d_name);
	if (dir)
		closedir(dir);
	return n;
}

/* ---- descriptors ---- */

static bool can_be_written(int fd)
{
	int flags = fcntl(fd, F_GETFL), seals = fcntl(fd, F_GET_SEALS);

	return (flags & O_ACCMODE) != O_RDONLY && (seals < 0 || !(seals & F_SEAL_WRITE));
}

static void save_fd(struct faults_files *files, int fd)
{
	struct faults_fd *save = &files->fds[files->n_fds];
	struct stat st;

	if (fstat(fd, &st) != 0 || (!S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode)))
		return;
	need(files->n_fds < FAULTS_MAX_FDS, "too many descriptors");
	*save = (struct faults_fd){ .fd = fd, .at = lseek(fd, 0, SEEK_CUR) };
	files->n_fds++;
	if (!S_ISREG(st.st_mode) || !can_be_written(fd))
		return;
	save->size = st.st_size;
	save->bytes = allocate((size_t)st.st_size);
	/* What can only be written to is said by standard output: the place tells it. */
	if (pread(fd, save->bytes, (size_t)st.st_size, 0) != st.st_size) {
		free(save->bytes);
		save->bytes = allocate(0);
		save->size = save->at;
	}
}

static void restore_fd(const struct faults_fd *save)
{
	if (save->bytes) {
		need(ftruncate(save->fd, save->size) == 0, "ftruncate");
		/* Of a descriptor that cannot be read nothing was noted. */
		if ((fcntl(save->fd, F_GETFL) & O_ACCMODE) == O_RDWR)
			need(pwrite(save->fd, save->bytes, (size_t)save->size, 0) ==
				     save->size,
			     "pwrite");
		free(save->bytes);
	}
	if (save->at >= 0)
		need(lseek(save->fd, save->at, SEEK_SET) == save->at, "lseek");
}

/* ---- folders ---- */

typedef void visitor(void *context, const char *path, const struct stat *st);

/* All that stands in a folder, what is in a folder before the folder. */
static void visit(const char *folder, visitor *each, void *context)
{
	char path[PATH_SIZE];
	struct stat st;
	DIR *dir = opendir(folder);

	for (struct dirent *entry; dir && (entry = readdir(dir));) {
		if (is_dots(entry->d_name))
			continue;
		need(snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name) <
			     (int)sizeof(path),
		     "path");
		if (lstat(path, &st) != 0)
			continue;
		if (S_ISDIR(st.st_mode))
			visit(path, each, context);
		each(context, path, &st);
	}
	if (dir)
		closedir(dir);
}

/* Where a file of the folder made is kept under a second name, told by its inode. */
static void kept_path(char path[PATH_SIZE], const struct faults_paths *paths, ino_t inode)
{
	(void)snprintf(path, PATH_SIZE, "%s/%ju", paths->grave, (uintmax_t)inode);
}

struct saving {
	struct faults_files *files;
	const struct faults_paths *paths;
};

static void save_file(void *context, const char *path, const struct stat *st)
{
	struct saving *saving = context;
	struct faults_files *files = saving->files;
	char kept[PATH_SIZE];

	need(files->n < FAULTS_MAX_FILES, "too many files");
	files->items[files->n] =
		(struct faults_file){ strdup(path), st->st_dev, st->st_ino };
	need(files->items[files->n++].path != NULL, "strdup");
	if (S_ISDIR(st->st_mode))
		return;
	kept_path(kept, saving->paths, st->st_ino);
	(void)link(path, kept);
}

static const struct faults_file *find(const struct faults_files *files, const char *path)
{
	for (size_t i = 0; i < files->n; i++)
		if (strcmp(files->items[i].path, path) == 0)
			return &files->items[i];
	return NULL;
}

/*
 * What was not there is put aside: a file without a name, which the copy has given one,
 * could not get another if this were taken away.
 */
static void put_aside(void *context, const char *path, const struct stat *st)
{
	struct saving *saving = context;
	const struct faults_file *before = find(saving->files, path);
	char kept[PATH_SIZE];

	if (before && before->device == st->st_dev && before->inode == st->st_ino)
		return;
	if (S_ISDIR(st->st_mode)) {
		need(rmdir(path) == 0, path);
		return;
	}
	kept_path(kept, saving->paths, st->st_ino);
	need(rename(path, kept) == 0, path);
	/* Nothing is renamed if both are names of one file already. */
	(void)unlink(path);
}

/* ---- all ---- */

void faults_save(struct faults_files *files, const struct faults_paths *paths)
{
	struct saving saving = { files, paths };

	files->n = files->n_fds = 0;
	for (int fd = 0; fd < 256; fd++)
		if (fd != paths->ours[0] && fd != paths->ours[1])
			save_fd(files, fd);
	visit(paths->made, save_file, &saving);
}

void faults_restore(struct faults_files *files, const struct faults_paths *paths)
{
	struct saving saving = { files, paths };
	char kept[PATH_SIZE];

	for (size_t i = 0; i < files->n_fds; i++)
		restore_fd(&files->fds[i]);
	visit(paths->made, put_aside, &saving);
	for (size_t i = 0; i < files->n; i++) {
		kept_path(kept, paths, files->items[i].inode);
		if (access(files->items[i].path, F_OK) != 0)
			need(link(kept, files->items[i].path) == 0, files->items[i].path);
		free(files->items[i].path);
	}
}

/* ---- judging ---- */

static char *read_file(const char *path, size_t *len)
{
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	char *bytes = NULL;

	*len = 0;
	if (fd < 0)
		return NULL;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) {
		bytes = allocate((size_t)st.st_size);
		*len = (size_t)st.st_size;
		need(read(fd, bytes, *len) == (ssize_t)*len, path);
	}
	close(fd);
	return bytes;
}

static bool is_same(const char *one, const char *other)
{
	struct stat st, other_st;
	size_t n, m;

	if (stat(one, &st) != 0 || stat(other, &other_st) != 0 ||
	    st.st_size != other_st.st_size)
		return false;
	char *a = read_file(one, &n), *b = read_file(other, &m);
	bool same = a && b && n == m && memcmp(a, b, n) == 0;

	free(a);
	free(b);
	return same;
}

static bool said_same(const struct faults_paths *paths, const char *end)
{
	char one[PATH_SIZE], other[PATH_SIZE];

	(void)snprintf(one, sizeof(one), "%s%s", paths->made, end);
	(void)snprintf(other, sizeof(other), "%s%s", paths->whole, end);
	return is_same(one, other);
}

static void count_file(void *context, const char *path, const struct stat *st)
{
	size_t *n = context;

	(void)path;
	*n += S_ISREG(st->st_mode);
}

struct comparing {
	const char *folder, *other;
	size_t n, n_different;
};

static void compare_file(void *context, const char *path, const struct stat *st)
{
	struct comparing *comparing = context;
	char other[PATH_SIZE];

	if (!S_ISREG(st->st_mode))
		return;
	(void)snprintf(other, sizeof(other), "%s%s", comparing->other,
		       path + strlen(comparing->folder));
	comparing->n++;
	comparing->n_different += !is_same(path, other);
}

const char *faults_judge(const struct faults_paths *paths, int status, int usual)
{
	struct comparing made = { paths->made, paths->whole, 0, 0 };
	size_t n_whole = 0;
	char said[PATH_SIZE];
	struct stat st;

	if (status > 2)
		return "crashed";
	visit(paths->made, compare_file, &made);
	visit(paths->whole, count_file, &n_whole);
	if (status == usual && made.n == n_whole && made.n_different == 0 &&
	    said_same(paths, ".out") && said_same(paths, ".err"))
		return "same";
	if (status != 2)
		return "shortened";
	(void)snprintf(said, sizeof(said), "%s.err", paths->made);
	if (stat(said, &st) != 0 || st.st_size == 0)
		return "silent";
	return made.n_different > 0 ? "partial" : "refused";
}

bool faults_is_fault(const char *verdict)
{
	static const char *const faults[] = { "crashed", "shortened", "silent",
					      "partial" };

	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++)
		if (strcmp(verdict, faults[i]) == 0)
			return true;
	return false;
}
