/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/outputcheck.h"

#include "base/span.h"
#include "collection/filekind.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define SHOWN_PATH_SIZE 4200

enum status outputcheck_refuse(struct failure *failure, const char *path, const char *why)
{
	char shown[SHOWN_PATH_SIZE];

	failure_set(failure, "%s: %s", failure_path(path, shown, sizeof(shown)), why);
	return STATUS_IO;
}

enum status outputcheck_refuse_for(struct failure *failure, const char *path, int error)
{
	enum status status = outputcheck_refuse(failure, path, strerror(error));

	return error == ENOMEM ? STATUS_NOMEM : status;
}

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
		return outputcheck_refuse_for(failure, path, errno);
	RETURN_IF_FAILED(
		filekind_of(span_of(head, (size_t)n), (uint64_t)st->st_size, "", &kind));
	if (is_plain(kind))
		return STATUS_OK;
	(void)snprintf(why, sizeof(why),
		       "is evidence by its bytes (one of: %s); it is never written over",
		       filekind_people(kind));
	return outputcheck_refuse(failure, path, why);
}

enum status outputcheck_file(const struct outputplace *place, int folder,
			     const char *name, struct kept *kept, const char *path,
			     struct stat *st, struct failure *failure)
{
	bool own = place->how == OUTPUTPLACE_OWN;
	int fd = openat(folder, name,
			O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK |
				(own ? O_NOFOLLOW : 0));
	enum status status;

	if (fd < 0 && own && errno == ELOOP)
		return outputcheck_refuse(failure, path, OUTPUTPLACE_IS_THERE);
	/* What cannot be read may be evidence. */
	if (fd < 0)
		return errno == ENOENT ? STATUS_ABSENT
				       : outputcheck_refuse_for(failure, path, errno);
	if (fstat(fd, st) != 0) {
		status = outputcheck_refuse_for(failure, path, errno);
		close(fd);
		return status;
	}
	switch (kept_what(kept, filemark_of(st))) {
	case KEPT_EVIDENCE:
		status = outputcheck_refuse(failure, path,
					    "is evidence; it is never written to");
		break;
	case KEPT_REPORT:
		status = outputcheck_refuse(failure, path,
					    "is a report that was read; it is kept");
		break;
	case KEPT_OUTPUT:
		status = outputcheck_refuse(failure, path,
					    "is an output of this run already");
		break;
	case KEPT_NOT:
	default:
		/* Its own are of a kind that evidence has, too. */
		if (own && (!S_ISREG(st->st_mode) || !place->is_own(fd, place->context)))
			status = outputcheck_refuse(failure, path, OUTPUTPLACE_IS_THERE);
		else
			status = own ? STATUS_OK
				 : S_ISREG(st->st_mode)
					 ? check_kind(fd, st, path, failure)
				 : S_ISDIR(st->st_mode)
					 ? outputcheck_refuse_for(failure, path, EISDIR)
					 : STATUS_OK;
	}
	close(fd);
	return status;
}
