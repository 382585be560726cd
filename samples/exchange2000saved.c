// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * exchange2000saved BEFORE AFTER: the two hives of the sample exchange2000 as they lie on
 * the disk of a server that is shut down or backed up: BEFORE.LOG and AFTER.LOG are beside
 * them. Each log is that of the last writing, which was ended: the hive holds all of it,
 * and its sequence numbers are the log's. The Makefile makes two folders of them and of
 * what else was saved of the server.
 */
#include "builder_log.h"
#include "incident.h"
#include "sample.h"

#include <stdio.h>
#include <stdlib.h>

/* Writes a hive and the log of the step that led to it. */
static bool write_both(struct builder *earlier, struct builder *b, const char *path)
{
	struct builder_log_state from = builder_log_state_take(earlier);
	struct builder_log_state to = builder_log_state_take(b);
	struct builder_log log = builder_log_old(&from, &to,
						 &(struct builder_log_options){
							 .page = 512,
							 .file_type = 2,
						 });
	bool written = sample_hive(b, path) && sample_log(&log, path, ".LOG");

	builder_log_free(&log);
	builder_log_state_free(&to);
	builder_log_state_free(&from);
	return written;
}

/* The last writing of the 17th: the agent had noted something an hour before, too. */
static struct builder *make_earlier(const struct builder *before)
{
	struct builder *b = builder_clone(before);

	builder_key_touch(b, builder_key_find(b, builder_root(b), INCIDENT_AGENT),
			  incident_moment(17, 17, 30, 0, 8));
	return b;
}

/* That of the 18th: what stood in the hive since the purge. */
static struct builder *make_purged(const struct builder *before)
{
	struct builder *b = builder_clone(before);

	incident_overnight(b);
	incident_purge(b);
	return b;
}

int main(int argc, char **argv)
{
	if (argc != 3) {
		fputs("usage: exchange2000saved BEFORE AFTER\n", stderr);
		return EXIT_FAILURE;
	}
	struct builder *b = incident_before();
	struct builder *earlier = make_earlier(b), *purged = make_purged(b);
	bool written = write_both(earlier, b, argv[1]);
	incident_aftermath(b);
	written = written && write_both(purged, b, argv[2]);
	builder_free(purged);
	builder_free(earlier);
	builder_free(b);
	return written ? EXIT_SUCCESS : EXIT_FAILURE;
}
