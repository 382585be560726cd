/* SPDX-License-Identifier: GPL-2.0-or-later */
/* seeds FOLDER: writes the seeds of all fuzz targets from their recipes. */
#include "fuzz/seeds.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static void give_up(const char *path)
{
	perror(path);
	exit(EXIT_FAILURE);
}

static void make_folder(const char *path)
{
	if (mkdir(path, 0777) != 0 && errno != EEXIST)
		give_up(path);
}

void seeds_write(const struct seeds *seeds, const char *target, const char *name,
		 uint8_t choice, const struct span *parts, size_t n)
{
	char path[4096];
	uint8_t length[4];
	bool written = true;

	(void)snprintf(path, sizeof(path), "%s/%s", seeds->folder, target);
	make_folder(path);
	(void)snprintf(path, sizeof(path), "%s/%s/%s", seeds->folder, target, name);
	FILE *out = fopen(path, "wb");
	if (!out)
		give_up(path);
	written &= fwrite(&choice, 1, 1, out) == 1;
	for (size_t i = 0; i < n; i++) {
		put_le32(length, (uint32_t)parts[i].len);
		if (i + 1 < n)
			written &= fwrite(length, 4, 1, out) == 1;
		written &= parts[i].len == 0 ||
			   fwrite(parts[i].ptr, parts[i].len, 1, out) == 1;
	}
	if (fclose(out) != 0 || !written)
		give_up(path);
}

int main(int argc, char **argv)
{
	struct seeds seeds;

	if (argc != 2) {
		(void)fputs("usage: seeds FOLDER\n", stderr);
		return EXIT_FAILURE;
	}
	seeds.folder = argv[1];
	make_folder(seeds.folder);
	seeds_write_hives(&seeds);
	seeds_write_logs(&seeds);
	seeds_write_texts(&seeds);
	seeds_write_libraries(&seeds);
	seeds_write_events(&seeds);
	seeds_write_archives(&seeds);
	seeds_write_reports(&seeds);
	return EXIT_SUCCESS;
}
