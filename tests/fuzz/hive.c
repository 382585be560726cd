/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Fuzz target: one hive.  Above the bits of FUZZ_WRITTEN the choice says what it is: alone,
 * the later or the earlier one beside a sound hive, twice the same, or one of the machine.
 */
#include "fuzz/fuzz.h"

#include "fuzz/recipes.h"
#include "report/document/report.h"
#include "report/page/html.h"

enum { ALONE = 0, LATER = 16, EARLIER = 32, TWICE = 48, WAYS = 48, MACHINE = 64 };

/* The small one is read in half the time. */
static struct builder *sound, *small;

/* Of so many inputs one is held against the larger sound hive. */
#define LARGER_EACH 4

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc, (void)argv;
	report_prepare();
	html_prepare();
	sound = recipes_before(5);
	small = recipes_small(5);
	return 0;
}

static struct snapshot_source source_of(const struct fuzz_files *files, size_t i)
{
	return (struct snapshot_source){
		.path = files->items[i].path,
		.opener = &files->opener,
		.number = i,
	};
}

/* Nothing is told of a hive that is compared with itself, however damaged it is. */
static void compare_with_itself(const struct snapshot_source *source)
{
	const struct snapshot_source both[2] = { *source, *source };
	const struct series_options options = { .n_threads = 1,
						.order = SERIES_AS_GIVEN };
	struct series *series = NULL;
	struct failure failure;

	if (series_read(both, 2, &options, &series, &failure) == STATUS_OK) {
		FUZZ_CHECK(series->n_comparisons == 1);
		FUZZ_CHECK(series->comparisons[0]->n_findings == 0);
	}
	series_free(series);
}

/* The machine's hive, as SYSTEM and as SOFTWARE, beside the sound one. */
static void read_as_machine(const struct fuzz_files *files, uint8_t choice, uint32_t turn)
{
	struct snapshot_source user = source_of(files, 1);
	struct companions_source beside = {
		.system = snapshot_source_beside(files->items[0].path, &files->opener),
		.software = snapshot_source_beside(files->items[0].path, &files->opener),
	};
	struct companions *companions = NULL;
	struct failure failure;

	if (companions_read(&beside, &companions, &failure) == STATUS_OK)
		fuzz_write_sources(&user, 1, companions, choice, turn);
	companions_free(companions);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input in = fuzz_split(data, size, 1);
	struct fuzz_files files = fuzz_files_none();
	uint32_t turn = fuzz_turn(data, size);
	size_t len = 0;

	fuzz_files_add(&files, "fuzzed", in.parts[0]);
	const uint8_t *bytes =
		builder_bytes(turn % LARGER_EACH == 0 ? sound : small, &len);
	fuzz_files_add(&files, "sound", span_of(bytes, len));
	struct snapshot_source fuzzed = source_of(&files, 0),
			       other = source_of(&files, 1);
	if (in.choice & MACHINE) {
		read_as_machine(&files, in.choice, turn);
		return 0;
	}
	switch (in.choice & WAYS) {
	case ALONE:
		fuzz_write_sources(&fuzzed, 1, NULL, in.choice, turn);
		break;
	case TWICE:
		compare_with_itself(&fuzzed);
		break;
	default: {
		bool later = (in.choice & WAYS) == LATER;
		fuzz_write_sources(
			(const struct snapshot_source[]){ later ? other : fuzzed,
							  later ? fuzzed : other },
			2, NULL, in.choice, turn);
		break;
	}
	}
	return 0;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed)
{
	static fuzz_mutator *const mutators[] = { fuzz_mutate_hive };

	return fuzz_mutate_parts(data, size, max_size, seed, mutators, 1);
}
