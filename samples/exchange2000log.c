// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * exchange2000log BEFORE AFTER: the incident of the sample exchange2000, but the server
 * was cut off while it wrote. BEFORE is the DEFAULT hive as saved on the evening of 17
 * March 2003. AFTER and AFTER.LOG were taken from the disk:
 *
 *	02:00:31	18 March; the night's changes, in the hive as sequence 1223
 *	09:14:07	the purge: seven profiles go, the agent's own stays
 *	09:14:12	Windows writes that: the log, the base block - and no more
 *
 * So AFTER still holds all eight profiles below a base block that says 1224/1223, and
 * the purge stands only in the log: file type 2, pages of 512 bytes, sequence 1224 twice,
 * the same time of writing.
 */
#include "builder_log.h"
#include "incident.h"
#include "sample.h"

#include <stdio.h>
#include <stdlib.h>

enum { NIGHT_SEQUENCE = 1223 };

static bool write_after(struct builder *b, const char *path)
{
	incident_overnight(b);
	builder_stamp(b, incident_moment(18, 2, 0, 36, 11), NIGHT_SEQUENCE);
	struct builder_log_state night = builder_log_state_take(b);

	incident_purge(b);
	builder_stamp(b, incident_moment(18, 9, 14, 12, 20), NIGHT_SEQUENCE + 1);
	struct builder_log_state purged = builder_log_state_take(b);

	struct builder_log log = builder_log_old(&night, &purged,
						 &(struct builder_log_options){
							 .page = 512,
							 .file_type = 2,
						 });
	struct builder_log_state dirty =
		builder_log_dirty(&night, &purged, NIGHT_SEQUENCE + 1, NIGHT_SEQUENCE);
	bool written = sample_state(&dirty, path) && sample_log(&log, path, ".LOG");

	builder_log_state_free(&dirty);
	builder_log_state_free(&purged);
	builder_log_state_free(&night);
	builder_log_free(&log);
	return written;
}

int main(int argc, char **argv)
{
	if (argc != 3) {
		fputs("usage: exchange2000log BEFORE AFTER\n", stderr);
		return EXIT_FAILURE;
	}
	struct builder *b = incident_before();
	bool written = sample_hive(b, argv[1]) && write_after(b, argv[2]);
	builder_free(b);
	return written ? EXIT_SUCCESS : EXIT_FAILURE;
}
