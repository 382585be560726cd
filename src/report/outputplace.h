/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where an output goes.  It is written to a file that has no name, where the file system
 * has such (O_TMPFILE), else to one with a name of its own in the same folder, and stands
 * under its name when it is whole.  What it replaces is looked at when it has been taken
 * out of its place, so that nobody can put evidence there in between.
 */
#ifndef REPORT_OUTPUTPLACE_H
#define REPORT_OUTPUTPLACE_H

#include <stdbool.h>

#include "base/failure.h"
#include "base/status.h"
#include "report/kept.h"

/* ".wmsdiff-", twelve letters and digits, and a zero. */
#define OUTPUTPLACE_TEMPORARY_SIZE 22

/* Why a file that is there already stays. */
#define OUTPUTPLACE_IS_THERE                                                                \
	"is there already, and not one that wmsdiff wrote for the same subject and nobody " \
	"changed; nothing is written over"

/* How a place is taken. */
enum outputplace_how {
	OUTPUTPLACE_REPLACES,
	OUTPUTPLACE_FRESH, /* what stands there is refused, whatever it is */
	OUTPUTPLACE_NAMED, /* replaces; the file has a temporary name from the beginning */
	OUTPUTPLACE_OWN, /* replaces a regular file that is_own() knows, and nothing else */
};

/* Whether an open file, which is regular, is one that may go; read by pread() only. */
typedef bool outputplace_is_own(int fd, const void *context);

struct outputplace {
	int folder; /* held open; -1: a device or pipe, written to directly */
	char *path; /* where no link leads on */
	char *name; /* the file's, in that folder: the end of path */
	char temporary[OUTPUTPLACE_TEMPORARY_SIZE]; /* "" while the file has no name */
	int leftover;				    /* number of its leftover; -1: none */
	enum outputplace_how how;
	outputplace_is_own *is_own; /* OUTPUTPLACE_OWN */
	const void *context;	    /* lent to that */
	bool secret;		    /* nobody but the user may read it */
};

/*
 * Finds the place of path and opens what is written: *fd, to be closed by the caller.
 * A symbolic link stays one: the file it leads to is replaced, unless it has to be fresh:
 * then a link is refused, too.  What needs a name is never written to directly.
 * Return: STATUS_OK, and the place is to be put or given up; STATUS_NOMEM; STATUS_IO with
 * *failure set: evidence, another output of the run, or a file that is evidence by its
 * bytes stands there, or the system refuses.
 */
MUST_CHECK enum status outputplace_open(const char *path, enum outputplace_how how,
					struct kept *kept, struct outputplace *place,
					int *fd, struct failure *failure);
/*
 * The same for a file that replaces nothing but what is_own() knows, or, where that is
 * NULL, nothing.  A symbolic link is never its own.  secret: nobody but the user may read
 * the file, from its first moment.
 */
MUST_CHECK enum status outputplace_open_own(const char *path, outputplace_is_own *is_own,
					    const void *context, bool secret,
					    struct kept *kept, struct outputplace *place,
					    int *fd, struct failure *failure);

/*
 * The path of the file while it has a temporary name, for a library that opens files by
 * their paths.
 * Return: malloc'ed; NULL: it has none, or out of memory.
 */
MUST_CHECK char *outputplace_temporary(const struct outputplace *place);

/* Takes the temporary name away.  What stands in the place later is another file. */
void outputplace_forget_name(struct outputplace *place);

/*
 * Opens another file for the place, which has no name where that is possible, after the
 * name of the first was taken away.
 * Return: its descriptor, to be closed by the caller; -1 with errno set.
 */
int outputplace_open_another(struct outputplace *place);

/*
 * Gives the file of fd, written and synced, its name.  path is for messages.  *place
 * stays to be cleared.
 * Return: STATUS_OK; STATUS_IO with *failure set, and what stood there stands there still.
 */
MUST_CHECK enum status outputplace_put(struct outputplace *place, int fd,
				       struct kept *kept, const char *path,
				       struct failure *failure);

/* Removes what was written, if it has a name that is not its own, and frees. */
void outputplace_clear(struct outputplace *place);

#endif
