// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * exchange2000machine SYSTEM SOFTWARE: the hives of the server itself to the samples of
 * exchange2000, saved with the second of them.
 */
#include "incident_server.h"
#include "sample.h"

#include <stdio.h>
#include <stdlib.h>

static bool write_hive(struct builder *b, const char *path)
{
	bool written = sample_hive(b, path);

	builder_free(b);
	return written;
}

int main(int argc, char **argv)
{
	if (argc != 3) {
		fputs("usage: exchange2000machine SYSTEM SOFTWARE\n", stderr);
		return EXIT_FAILURE;
	}
	if (!write_hive(incident_server_system(), argv[1]) ||
	    !write_hive(incident_server_software(), argv[2]))
		return EXIT_FAILURE;
	return EXIT_SUCCESS;
}
