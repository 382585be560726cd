/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Fuzz target: a report that is checked, made into a page, and read for an index. */
#include "fuzz/fuzz.h"

#include "fleet/fleetread.h"
#include "report/page/html.h"
#include "report/page/pagedoc.h"
#include "report/schema/check.h"

#include <unistd.h>

enum { VALIDATE = 1, RENDER = 2, INDEX = 4 };

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc, (void)argv;
	html_prepare();
	return 0;
}

/* The page of what is no report, too, but says so on top. */
static void render(struct pagedoc *doc, bool valid)
{
	struct fuzz_memory page;
	struct failure failure;
	struct html *html = NULL;

	if (html_of(doc, &html) != STATUS_OK)
		return;
	fuzz_memory_open(&page, false);
	enum status status =
		html_write(html, valid ? NULL : "not valid", page.output, &failure);
	FUZZ_CHECK(status == STATUS_OK || (status == STATUS_MALFORMED && !valid));
	html_free(html);
	fuzz_memory_close(&page);
}

static void read_for_index(struct span bytes)
{
	struct fleetreport *report = NULL;
	struct failure failure;
	int fd = fuzz_descriptor(bytes);
	enum status status = fleetread_report(fd, &report, &failure);

	FUZZ_CHECK(status != STATUS_NOMEM && status != STATUS_IO);
	fleetreport_free(report);
	close(fd);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct check check;
	struct fuzz_input in = fuzz_split(data, size, 1);
	struct pagedoc *doc = NULL;

	if (in.choice & (VALIDATE | RENDER))
		FUZZ_CHECK(check_report(in.parts[0], NULL, &check,
					in.choice & RENDER ? &doc : NULL) == STATUS_OK);
	if (in.choice & RENDER)
		render(doc, check.n_faults == 0);
	if (in.choice & INDEX)
		read_for_index(in.parts[0]);
	return 0;
}
