/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Fuzz target: an event log, .evt or .evtx as its first bytes say. */
#include "fuzz/fuzz.h"

#include "fuzz/beside.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input in = fuzz_split(data, size, 1);
	struct fuzz_files files = fuzz_files_none();

	fuzz_files_add(&files, "fuzzed", in.parts[0]);
	const struct companions_source source = {
		.opener = &files.opener,
		.events = { "fuzzed" },
		.n_events = 1,
	};
	beside_write(&source, in.choice, fuzz_turn(data, size));
	return 0;
}
