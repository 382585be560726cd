/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "help/dirty.h"

#include "help/hives.h"

#include "snapshot/snapshotread.h"

#include <stdlib.h>
#include <unistd.h>

struct dirty_files dirty_files_make(const struct builder_log_state *const *states,
				    size_t n)
{
	struct builder_log log = builder_log_new(states[0], DIRTY_FIRST);
	struct builder_log_state dirty =
		builder_log_dirty(states[0], states[0], DIRTY_FIRST + 1, DIRTY_FIRST);
	struct dirty_files files = { 0 };

	for (size_t i = 1; i < n; i++)
		builder_log_add(&log, states[i - 1], states[i], NULL);
	files.hive = hives_temporary(dirty.bytes, dirty.len);
	files.log = hives_temporary(log.bytes, log.len);
	files.source = (struct snapshot_source){ .path = files.hive,
						 .logs = { files.log },
						 .n_logs = 1,
						 .number = STAGE_NO_HIVE };
	builder_log_state_free(&dirty);
	builder_log_free(&log);
	return files;
}

struct dirty_files dirty_files_of(struct builder *before, struct builder *after)
{
	struct builder_log_state from = builder_log_state_take(before);
	struct builder_log_state to = builder_log_state_take(after);
	const struct builder_log_state *const states[] = { &from, &to };
	struct dirty_files files = dirty_files_make(states, 2);

	builder_log_state_free(&from);
	builder_log_state_free(&to);
	return files;
}

void dirty_files_remove(struct dirty_files *files)
{
	unlink(files->hive);
	unlink(files->log);
	free(files->hive);
	free(files->log);
	*files = (struct dirty_files){ 0 };
}

struct snapshot *dirty_files_read(const struct dirty_files *files)
{
	struct snapshot *snapshot = NULL;
	struct failure failure;

	assert_int_equal(snapshotread_source(&files->source, &snapshot, &failure),
			 STATUS_OK);
	assert_true(snapshot_is_replayed(snapshot));
	return snapshot;
}
