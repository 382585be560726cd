/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/outputplace.h"

#include "base/span.h"
#include "collection/filekind.h"
#include "report/leftover.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#define SHOWN_PATH_SIZE 4200

/* Names are drawn at random; that so many are taken does not happen by chance. */
#define MAX_ATTEMPTS 100

static enum status refuse(struct failure *failure, const char *path, const char *why)
{
	char shown[SHOWN_PATH_SIZE];

	failure_set(failure, "%s: %s", failure_path(path, shown, sizeof(shown)), why);
	return STATUS_IO;
}

static enum status refuse_for(struct failure *failure, const char *path, int error)
{
	enum status status = refuse(failure, path, strerror(error));

	return error == ENOMEM ? STATUS_NOMEM : status;
}

/* ---- what may be replaced ---- */

/* Our own outputs are none of these kinds. */
static bool is_plain(enum filekind kind)
{
	return kind == FILEKIND_OTHER || kind == FILEKIND_EMPTY;
}

static enum status check_kind(int fd, const struct stat *st, const char *path,
			      struct failure *failure)
{
	uint8_t head[FILEKIND_HEAD];
	enum filekind kind;
	ssize_t n;
	char why[160];

	do
		n = pread(fd, head, sizeof(head), 0);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return refuse_for(failure, path, errno);
	RETURN_IF_FAILED(
		filekind_of(span_of(head, (size_t)n), (uint64_t)st->st_size, "", &kind));
	if (is_plain(kind))
		return STATUS_OK;
	(void)snprintf(why, sizeof(why),
		       "is evidence by its bytes (one of: %s); it is never written over",
		       filekind_people(kind));
	return refuse(failure, path, why);
}

/* Whether the file that name leads to, in a folder, may be replaced or written to. */
static enum status check(const struct outputplace *place, int folder, const char *name,
			 struct kept *kept, const char *path, struct stat *st,
			 struct failure *failure)
{
	bool own = place->how == OUTPUTPLACE_OWN;
	int fd = openat(folder, name,
			O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK |
				(own ? O_NOFOLLOW : 0));
	enum status status;

	if (fd < 0 && own && errno == ELOOP)
		return refuse(failure, path, OUTPUTPLACE_IS_THERE);
	/* What cannot be read may be evidence. */
	if (fd < 0)
		return errno == ENOENT ? STATUS_ABSENT : refuse_for(failure, path, errno);
	if (fstat(fd, st) != 0) {
		status = refuse_for(failure, path, errno);
		close(fd);
		return status;
	}
	switch (kept_what(kept, filemark_of(st))) {
	case KEPT_EVIDENCE:
		status = refuse(failure, path, "is evidence; it is never written to");
		break;
	case KEPT_REPORT:
		status = refuse(failure, path, "is a report that was read; it is kept");
		break;
	case KEPT_OUTPUT:
		status = refuse(failure, path, "is an output of this run already");
		break;
	case KEPT_NOT:
	default:
		/* Its own are of a kind that evidence has, too. */
		if (own && (!S_ISREG(st->st_mode) || !place->is_own(fd, place->context)))
			status = refuse(failure, path, OUTPUTPLACE_IS_THERE);
		else
			status =
				own		       ? STATUS_OK
				: S_ISREG(st->st_mode) ? check_kind(fd, st, path, failure)
				: S_ISDIR(st->st_mode) ? refuse_for(failure, path, EISDIR)
						       : STATUS_OK;
	}
	close(fd);
	return status;
}

/* ---- opening ---- */

/* Devices, pipes and sockets of a terminal: written to directly. */
static enum status open_direct(const char *path, struct outputplace *place, int *fd,
			       struct failure *failure)
{
	struct stat st;

	*fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
	if (*fd < 0)
		return refuse_for(failure, path, errno);
	place->folder = -1;
	if (fstat(*fd, &st) == 0 && !S_ISREG(st.st_mode))
		return STATUS_OK;
	close(*fd);
	*fd = -1;
	return refuse(failure, path, "was replaced while it was opened");
}

static bool draw_name(char name[OUTPUTPLACE_TEMPORARY_SIZE])
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
	uint8_t random[12];
	char drawn[sizeof(random) + 1] = "";

	if (getrandom(random, sizeof(random), 0) != (ssize_t)sizeof(random))
		return false;
	for (size_t i = 0; i < sizeof(random); i++)
		drawn[i] = letters[random[i] % (sizeof(letters) - 1)];
	(void)snprintf(name, OUTPUTPLACE_TEMPORARY_SIZE, ".wmsdiff-%s", drawn);
	return true;
}

/* The user's mask takes from it. */
static mode_t mode_of(const struct outputplace *place)
{
	return place->secret ? 0600 : 0666;
}

/* Return: the new file; -1 with errno set. */
static int open_named(struct outputplace *place)
{
	for (int i = 0; i < MAX_ATTEMPTS; i++) {
		if (!draw_name(place->temporary))
			return -1;
		/* Noted first, so that no signal comes between. */
		place->leftover = leftover_note(place->folder, place->temporary);
		int fd = openat(place->folder, place->temporary,
				O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode_of(place));
		if (fd >= 0)
			return fd;
		int error = errno;
		leftover_forget(place->leftover);
		place->leftover = -1;
		errno = error;
		if (error != EEXIST)
			break;
	}
	place->temporary[0] = '\0';
	return -1;
}

static int open_new(struct outputplace *place)
{
	int fd = -1;

	/* A name is given through /proc later. */
	errno = EOPNOTSUPP;
	if (access("/proc/self/fd", X_OK) == 0)
		fd = openat(place->folder, ".", O_TMPFILE | O_RDWR | O_CLOEXEC,
			    mode_of(place));
	/* Not every file system or kernel has files without a name. */
	if (fd < 0 && (errno == EOPNOTSUPP || errno == EISDIR || errno == ENOENT ||
		       errno == EINVAL))
		fd = open_named(place);
	return fd;
}

/* Opens the folder of a path, and keeps the path. */
static enum status open_folder(const char *path, struct outputplace *place,
			       struct failure *failure)
{
	const char *slash = strrchr(path, '/');
	char *folder = !slash	       ? strdup(".")
		       : slash == path ? strdup("/")
				       : strndup(path, (size_t)(slash - path));

	place->path = strdup(path);
	if (place->path)
		place->name = place->path + (slash ? slash + 1 - path : 0);
	place->folder = folder ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
	int error = errno;
	free(folder);
	if (!place->name)
		return refuse_for(failure, path, ENOMEM);
	return place->folder < 0 ? refuse_for(failure, path, error) : STATUS_OK;
}

static enum status find_place(const char *path, struct kept *kept,
			      struct outputplace *place, int *fd, struct failure *failure)
{
	struct stat st;
	enum status status = STATUS_ABSENT;

	bool fresh = place->how == OUTPUTPLACE_FRESH;
	bool own = place->how == OUTPUTPLACE_OWN;
	if (own) {
		status = check(place, AT_FDCWD, path, kept, path, &st, failure);
	} else if (!fresh && stat(path, &st) == 0) {
		bool direct = !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode);
		if (direct && place->how == OUTPUTPLACE_NAMED)
			return refuse(failure, path, "is not a regular file");
		if (direct)
			return open_direct(path, place, fd, failure);
		status = check(place, AT_FDCWD, path, kept, path, &st, failure);
	} else if (fresh && lstat(path, &st) == 0) {
		return refuse_for(failure, path, EEXIST);
	}
	if (status != STATUS_OK && status != STATUS_ABSENT)
		return status;
	char *real = status == STATUS_OK && !own ? realpath(path, NULL) : strdup(path);
	/* It has just gone. */
	if (!real && errno == ENOENT)
		real = strdup(path);
	status = real ? open_folder(real, place, failure)
		      : refuse_for(failure, path, errno);
	free(real);
	return status;
}

/* *place says how. */
static enum status open_place(const char *path, struct kept *kept,
			      struct outputplace *place, int *fd, struct failure *failure)
{
	*fd = -1;
	enum status status = *path ? find_place(path, kept, place, fd, failure)
				   : refuse(failure, "''", strerror(ENOENT));
	if (status == STATUS_OK && *fd < 0) {
		*fd = place->how == OUTPUTPLACE_NAMED ? open_named(place)
						      : open_new(place);
		if (*fd < 0)
			status = refuse_for(failure, path, errno);
	}
	if (status != STATUS_OK)
		outputplace_clear(place);
	return status;
}

enum status outputplace_open(const char *path, enum outputplace_how how,
			     struct kept *kept, struct outputplace *place, int *fd,
			     struct failure *failure)
{
	*place = (struct outputplace){ .folder = -1, .leftover = -1, .how = how };
	return open_place(path, kept, place, fd, failure);
}

enum status outputplace_open_own(const char *path, outputplace_is_own *is_own,
				 const void *context, bool secret, struct kept *kept,
				 struct outputplace *place, int *fd,
				 struct failure *failure)
{
	*place = (struct outputplace){
		.folder = -1,
		.leftover = -1,
		.how = is_own ? OUTPUTPLACE_OWN : OUTPUTPLACE_FRESH,
		.is_own = is_own,
		.context = context,
		.secret = secret,
	};
	return open_place(path, kept, place, fd, failure);
}

char *outputplace_temporary(const struct outputplace *place)
{
	char *path = NULL;

	if (!place->temporary[0] ||
	    asprintf(&path, "%.*s%s", (int)(place->name - place->path), place->path,
		     place->temporary) < 0)
		return NULL;
	return path;
}

int outputplace_open_another(struct outputplace *place)
{
	return open_new(place);
}

/* ---- putting it in its place ---- */

/* Gives the file of fd a name in the folder.  Return: 0; an errno. */
static int link_as(const struct outputplace *place, int fd, const char *name)
{
	char own[40];

	(void)snprintf(own, sizeof(own), "/proc/self/fd/%d", fd);
	return linkat(AT_FDCWD, own, place->folder, name, AT_SYMLINK_FOLLOW) == 0 ? 0
										  : errno;
}

static int rename_temporary(const struct outputplace *place, unsigned how)
{
	return renameat2(place->folder, place->temporary, place->folder, place->name,
			 how) == 0
		       ? 0
		       : errno;
}

static void forget_temporary(struct outputplace *place)
{
	leftover_forget(place->leftover);
	place->leftover = -1;
	place->temporary[0] = '\0';
}

void outputplace_forget_name(struct outputplace *place)
{
	if (!place->temporary[0])
		return;
	(void)unlinkat(place->folder, place->temporary, 0);
	forget_temporary(place);
}

/* Puts it where nothing stands.  Return: 0; EEXIST; another errno. */
static int put_new(struct outputplace *place, int fd)
{
	if (!place->temporary[0])
		return link_as(place, fd, place->name);
	int error = rename_temporary(place, RENAME_NOREPLACE);
	/* Where the system cannot tell: a second name cannot replace anything either. */
	if (error == EINVAL) {
		error = linkat(place->folder, place->temporary, place->folder,
			       place->name, 0) == 0
				? 0
				: errno;
		if (error == 0)
			(void)unlinkat(place->folder, place->temporary, 0);
	}
	if (error == 0)
		forget_temporary(place);
	return error;
}

/* What is to be renamed needs a name.  Return: 0; an errno. */
static int name_temporary(struct outputplace *place, int fd)
{
	int error = EEXIST;

	for (int i = 0; i < MAX_ATTEMPTS && error == EEXIST; i++) {
		if (!draw_name(place->temporary))
			return errno;
		error = link_as(place, fd, place->temporary);
	}
	if (error != 0)
		place->temporary[0] = '\0';
	return error;
}

/* True if the temporary name is that of the file of fd. */
static bool is_own(const struct outputplace *place, int fd)
{
	struct stat own, st;

	return fstat(fd, &own) == 0 &&
	       fstatat(place->folder, place->temporary, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
	       filemark_equal(filemark_of(&own), filemark_of(&st));
}

/*
 * What has the temporary name came from the place, and returns there; meanwhile others may
 * remove or replace what stands there.  Return: true; false: it keeps the temporary name.
 */
static bool put_back(struct outputplace *place, int fd)
{
	for (int i = 0; i < MAX_ATTEMPTS; i++) {
		int error = rename_temporary(place, RENAME_EXCHANGE);
		if (error == 0)
			return is_own(place, fd);
		if (error != ENOENT)
			return false;
		error = rename_temporary(place, RENAME_NOREPLACE);
		if (error == 0)
			place->temporary[0] = '\0';
		if (error != EEXIST)
			return error == 0;
	}
	return false;
}

/*
 * Exchanges it with what stands there, which has the temporary name then: if that must not
 * go, both are exchanged back.
 */
static enum status exchange(struct outputplace *place, int fd, struct kept *kept,
			    const char *path, int *error, struct failure *failure)
{
	struct failure *why;
	struct stat st;

	/* From here on a signal must not remove what has that name, however long this takes. */
	leftover_forget(place->leftover);
	place->leftover = -1;
	*error = rename_temporary(place, RENAME_EXCHANGE);
	if (*error != 0)
		return STATUS_OK;
	enum status status =
		check(place, place->folder, place->temporary, kept, path, &st, failure);
	/* It was there a moment ago. */
	if (status == STATUS_ABSENT)
		status = refuse(failure, path, "is a link that leads nowhere");
	if (status == STATUS_OK) {
		(void)unlinkat(place->folder, place->temporary, 0);
		forget_temporary(place);
		return STATUS_OK;
	}
	if (put_back(place, fd))
		return status;
	/* Nothing removes it; where it is has to be told. */
	why = calloc(1, sizeof(*why));
	if (why) {
		*why = *failure;
		failure_set(failure, "%s; a file that stood there is called %s now",
			    why->sentence, place->temporary);
	}
	free(why);
	forget_temporary(place);
	return status;
}

/* Where the system cannot exchange: looked at, then replaced. */
static enum status replace(struct outputplace *place, struct kept *kept, const char *path,
			   int *error, struct failure *failure)
{
	struct stat st;
	enum status status =
		check(place, place->folder, place->name, kept, path, &st, failure);

	if (status != STATUS_OK && status != STATUS_ABSENT)
		return status;
	*error = rename_temporary(place, 0);
	if (*error == 0)
		forget_temporary(place);
	return STATUS_OK;
}

static enum status put_held(struct outputplace *place, int fd, struct kept *kept,
			    const char *path, struct failure *failure)
{
	int error = put_new(place, fd);

	for (int i = 0;
	     error == EEXIST && place->how != OUTPUTPLACE_FRESH && i < MAX_ATTEMPTS;
	     i++) {
		error = place->temporary[0] ? 0 : name_temporary(place, fd);
		if (error != 0)
			break;
		enum status status = exchange(place, fd, kept, path, &error, failure);
		if (status == STATUS_OK && (error == EINVAL || error == ENOSYS))
			status = replace(place, kept, path, &error, failure);
		RETURN_IF_FAILED(status);
		/* What stood there has just gone: it is as if it had not been there. */
		if (error == ENOENT)
			error = put_new(place, fd);
	}
	return error == 0 ? STATUS_OK : refuse_for(failure, path, error);
}

enum status outputplace_put(struct outputplace *place, int fd, struct kept *kept,
			    const char *path, struct failure *failure)
{
	sigset_t before;

	if (place->folder < 0)
		return STATUS_OK;
	/* A signal would not know which of two names is that of what must stay. */
	leftover_hold(&before);
	enum status status = put_held(place, fd, kept, path, failure);
	if (place->temporary[0]) {
		(void)unlinkat(place->folder, place->temporary, 0);
		forget_temporary(place);
	}
	leftover_release(&before);
	return status;
}

void outputplace_clear(struct outputplace *place)
{
	if (place->temporary[0]) {
		(void)unlinkat(place->folder, place->temporary, 0);
		leftover_forget(place->leftover);
	}
	if (place->folder >= 0)
		close(place->folder);
	free(place->path);
	*place = (struct outputplace){ .folder = -1, .leftover = -1 };
}
