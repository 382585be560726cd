/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Seals: how many files a unit has, and of how many bytes, in engine/NAME.seal. */
#include "sweep/parcel.h"

#include "sweep/sweepfolder.h"

#include <fcntl.h>
#include <fts.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SEAL_SIZE 64

struct content {
	uintmax_t files, bytes;
};

static enum status add_part(const char *folder, enum sweepfolder_part part,
			    const char *unit, struct content *content)
{
	char *path = sweepfolder_of_unit(folder, part, unit);
	char *paths[] = { path, NULL };
	FTS *walk = path ? fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR, NULL) : NULL;
	enum status status = walk ? STATUS_OK : STATUS_NOMEM;

	for (FTSENT *item; walk && (item = fts_read(walk));) {
		if (item->fts_info != FTS_F)
			continue;
		content->files++;
		content->bytes += (uintmax_t)item->fts_statp->st_size;
	}
	if (walk)
		(void)fts_close(walk);
	free(path);
	return status;
}

static enum status write_seal(const char *folder, const char *unit, char out[SEAL_SIZE])
{
	struct content content = { 0 };

	for (size_t i = 0; i < SWEEPFOLDER_PARTS; i++)
		RETURN_IF_FAILED(
			add_part(folder, (enum sweepfolder_part)i, unit, &content));
	(void)snprintf(out, SEAL_SIZE, "%ju files %ju bytes\n", content.files,
		       content.bytes);
	return STATUS_OK;
}

enum status parcel_seal(const char *folder, const char *unit, struct failure *failure)
{
	char seal[SEAL_SIZE];
	char *path = sweepfolder_path(folder, "engine/%s.seal", unit);
	enum status status = path ? write_seal(folder, unit, seal) : STATUS_NOMEM;

	if (status == STATUS_OK)
		status = sweepfolder_write(path, seal, strlen(seal), failure);
	free(path);
	return status;
}

enum status parcel_is_whole(const char *folder, const char *unit, bool *whole)
{
	char seal[SEAL_SIZE], read_back[SEAL_SIZE] = "";
	char *path = sweepfolder_path(folder, "engine/%s.seal", unit);
	int fd = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
	ssize_t n = fd < 0 ? -1 : read(fd, read_back, sizeof(read_back) - 1);

	if (fd >= 0)
		close(fd);
	*whole = false;
	if (!path)
		return STATUS_NOMEM;
	free(path);
	RETURN_IF_FAILED(write_seal(folder, unit, seal));
	*whole = n > 0 && strcmp(seal, read_back) == 0;
	return STATUS_OK;
}
