/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a copy of a process did to files: judged, and undone. */
#ifndef TESTS_WHOLE_FAULTS_H
#define TESTS_WHOLE_FAULTS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#define FAULTS_LANDLOCK_SELF 446 /* landlock_restrict_self() on all architectures */

#define FAULTS_MAX_FDS 64
#define FAULTS_MAX_FILES 512

struct faults_paths {
	const char *made;  /* folder; .out and .err beside it are what was said */
	const char *whole; /* likewise, without a fault */
	const char *grave; /* an empty folder of the same file system */
	int ours[2];	   /* descriptors that are no part of it */
};

/* An open descriptor: both processes share its place in the file, and the file. */
struct faults_fd {
	int fd;
	off_t at, size;
	void *bytes; /* NULL: nobody can have written */
};

struct faults_file {
	char *path;
	dev_t device;
	ino_t inode;
};

struct faults_files {
	struct faults_fd fds[FAULTS_MAX_FDS];
	size_t n_fds;
	struct faults_file items[FAULTS_MAX_FILES];
	size_t n;
};

/* Entries of a folder without "." and ".."; 0 if it cannot be read. */
size_t faults_count(const char *folder);

/* Notes what is open and what stands in the folder made. */
void faults_save(struct faults_files *files, const struct faults_paths *paths);

/* Puts it back as it was, and frees what was noted. */
void faults_restore(struct faults_files *files, const struct faults_paths *paths);

/*
 * What became of a run that ended with this status, 128 and more for a signal: "same" as
 * without a fault, "refused" with status 2, a sentence and no file that is not whole; or a
 * fault: "crashed", "shortened", "silent", "partial".  Static.
 */
const char *faults_judge(const struct faults_paths *paths, int status, int usual);
bool faults_is_fault(const char *verdict);

#endif
