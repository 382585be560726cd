/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Fuzz target: a hive with its transaction logs, .LOG1 and .LOG2; an empty one is not there. */
#include "fuzz/fuzz.h"

#include "report/document/report.h"
#include "report/page/html.h"

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc, (void)argv;
	report_prepare();
	html_prepare();
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input in = fuzz_split(data, size, 3);
	struct fuzz_files files = fuzz_files_none();
	struct snapshot_source source = { .path = "hive", .opener = &files.opener };

	fuzz_files_add(&files, "hive", in.parts[0]);
	for (size_t i = 1; i < 3; i++) {
		const char *path = i == 1 ? "hive.LOG1" : "hive.LOG2";
		if (span_is_empty(in.parts[i]))
			continue;
		fuzz_files_add(&files, path, in.parts[i]);
		source.logs[source.n_logs++] = path;
	}
	source.lone_log = source.n_logs == 1;
	fuzz_write_sources(&source, 1, NULL, in.choice, fuzz_turn(data, size));
	return 0;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed)
{
	static fuzz_mutator *const mutators[] = { fuzz_mutate_hive, fuzz_mutate_log,
						  fuzz_mutate_log };

	return fuzz_mutate_parts(data, size, max_size, seed, mutators, 3);
}
