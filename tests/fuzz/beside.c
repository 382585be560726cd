/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fuzz/beside.h"

#include "fuzz/fuzz.h"
#include "fuzz/recipes.h"
#include "report/document/report.h"
#include "report/page/html.h"

/* The bytes are lent by the recipes until they are read. */
static struct series *read_sound(void)
{
	struct fuzz_files files = fuzz_files_none();
	struct builder *before = recipes_before(3), *after = builder_clone(before);
	struct builder *hives[2] = { before, after };
	static const char *const paths[2] = { "before", "after" };
	struct snapshot_source sources[2] = { 0 };
	struct series *series = NULL;
	struct failure failure;

	recipes_change(after);
	for (size_t i = 0; i < 2; i++) {
		size_t len;
		const uint8_t *bytes = builder_bytes(hives[i], &len);
		fuzz_files_add(&files, paths[i], span_of(bytes, len));
		sources[i].path = paths[i];
		sources[i].opener = &files.opener;
		sources[i].number = i;
	}
	FUZZ_CHECK(series_read(sources, 2,
			       &(struct series_options){ .n_threads = 1,
							 .recover = true,
							 .order = SERIES_AS_GIVEN },
			       &series, &failure) == STATUS_OK);
	builder_free(before);
	builder_free(after);
	return series;
}

uint8_t *beside_report(struct span *out)
{
	struct series *sound = read_sound();
	struct fuzz_memory memory;

	report_prepare();
	fuzz_report(sound, &memory);
	series_free(sound);
	*out = span_of(memory.bytes, memory.len);
	return memory.bytes;
}

void beside_write(const struct companions_source *source, uint8_t choice, uint32_t turn)
{
	static struct series *sound;
	struct companions *companions = NULL;
	struct failure failure;

	if (!sound) {
		report_prepare();
		html_prepare();
		sound = read_sound();
	}
	enum status status = companions_read(source, &companions, &failure);
	FUZZ_CHECK(status != STATUS_NOMEM && status != STATUS_IO);
	if (status == STATUS_OK)
		fuzz_write(sound, companions, choice, turn);
	companions_free(companions);
}
