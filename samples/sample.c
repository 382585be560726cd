// SPDX-License-Identifier: GPL-2.0-or-later
/* Files that could not be written are told with their names. */
#include "sample.h"

#include "builder_log.h"

#include <limits.h>
#include <stdio.h>

static bool told(bool written, const char *path)
{
	if (!written)
		perror(path);
	return written;
}

bool sample_hive(struct builder *b, const char *path)
{
	return told(builder_write(b, path), path);
}

bool sample_state(const struct builder_log_state *state, const char *path)
{
	return told(builder_log_state_write(state, path), path);
}

bool sample_log(const struct builder_log *log, const char *path, const char *suffix)
{
	char name[PATH_MAX];
	int len = snprintf(name, sizeof(name), "%s%s", path, suffix);

	if (len < 0 || (size_t)len >= sizeof(name)) {
		fprintf(stderr, "%s: name too long\n", path);
		return false;
	}
	return told(builder_log_write(log, name), name);
}
