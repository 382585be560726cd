/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fleet/fleetread.h"

#include "fleet/fleetelements.h"
#include "fleet/fleetstream.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static enum status read_bytes(int fd, struct fleetstream *stream, struct failure *failure)
{
	char buffer[65536];
	ssize_t n;

	do {
		n = read(fd, buffer, sizeof(buffer));
		if (n < 0 && errno != EINTR) {
			failure_set(failure, "%s", strerror(errno));
			return STATUS_IO;
		}
		if (n > 0 && !fleetstream_take(stream, span_of(buffer, (size_t)n)))
			break;
	} while (n != 0);
	return fleetstream_finish(stream, failure);
}

/* One series and one summary: anything else is none of what this program writes. */
static enum status check(const struct fleetreport *report, struct failure *failure)
{
	if (report->n_series == 1 && report->n_summaries == 1)
		return STATUS_OK;
	failure_set(failure,
		    "has %zu series and %zu summaries, where one of each belongs",
		    report->n_series, report->n_summaries);
	return STATUS_MALFORMED;
}

enum status fleetread_report(int fd, struct fleetreport **out, struct failure *failure)
{
	AUTO(fleetreport_freep) struct fleetreport *report = NULL;
	struct fleetstream *stream = NULL;
	struct fleetstream_reader reader;
	enum status status;

	RETURN_IF_FAILED(fleetreport_new(&report));
	reader = fleetelements_reader(report);
	RETURN_IF_FAILED(fleetstream_new(&reader, &stream));
	status = read_bytes(fd, stream, failure);
	fleetstream_free(stream);
	if (status == STATUS_OK)
		status = check(report, failure);
	if (status == STATUS_OK)
		*out = STEAL(report);
	return status;
}
