/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Fuzz target: a file of patterns of names. */
#include "fuzz/fuzz.h"

#include "fuzz/beside.h"

#include <stdio.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input in = fuzz_split(data, size, 1);
	char path[32];
	int fd = fuzz_descriptor(in.parts[0]);

	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	beside_write(&(struct companions_source){ .patterns = path }, in.choice,
		     fuzz_turn(data, size));
	close(fd);
	return 0;
}
