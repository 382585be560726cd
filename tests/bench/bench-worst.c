// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * bench-worst KIND MEGABYTES FOLDER: a file of that size into the folder, with its log if it
 * has one, in which there is as much as fits of one kind. Prints the file's name.
 * bench-worst: the kinds.
 */
#include "samples/worst.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void write_file(const char *folder, const char *name, const char *end,
		       const uint8_t *bytes, size_t len)
{
	char path[4096];

	(void)snprintf(path, sizeof(path), "%s/%s%s", folder, name, end);
	FILE *out = fopen(path, "wb");
	if (!out || fwrite(bytes, 1, len, out) != len || fclose(out) != 0) {
		perror(path);
		exit(EXIT_FAILURE);
	}
}

int main(int argc, char **argv)
{
	for (int i = 0; i < WORST_N_KINDS; i++) {
		enum worst_kind kind = (enum worst_kind)i;
		if (argc < 4) {
			puts(worst_word(kind));
			continue;
		}
		if (strcmp(argv[1], worst_word(kind)) != 0)
			continue;
		struct worst worst =
			worst_make(kind, (size_t)strtoul(argv[2], NULL, 10) << 20);
		const char *name = worst_file_name(kind);
		write_file(argv[3], name, "", worst.bytes, worst.len);
		if (worst.log)
			write_file(argv[3], name, ".LOG1", worst.log, worst.log_len);
		puts(name);
		worst_free(&worst);
	}
	return EXIT_SUCCESS;
}
