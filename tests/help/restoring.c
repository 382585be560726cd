/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "help/unit.h"

#include "help/recoveredhive.h"
#include "help/restoring.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void restoring_start(struct restoring *run)
{
	*run = (struct restoring){ .options = { .format = REGFILE_5_UTF8 } };
	strcpy(run->folder, "/tmp/wmsdiff-restore-XXXXXX");
	assert_non_null(mkdtemp(run->folder));
	(void)snprintf(run->sub, sizeof(run->sub), "%s/reg", run->folder);
	run->options.folder = run->sub;
}

void restoring_start_lost(struct restoring *run, struct pair *pair)
{
	restoring_start(run);
	recoveredhive_add_two(pair);
	pair_fork(pair);
	recoveredhive_delete(pair, WORK);
}

/* How many files there are; they are removed. */
size_t restoring_empty(const struct restoring *run)
{
	DIR *folder = opendir(run->sub);
	size_t n = 0;

	if (!folder)
		return 0;
	for (const struct dirent *item; (item = readdir(folder)) != NULL;) {
		if (item->d_name[0] == '.' &&
		    strspn(item->d_name, ".") == strlen(item->d_name))
			continue;
		assert_int_equal(unlinkat(dirfd(folder), item->d_name, 0), 0);
		n++;
	}
	closedir(folder);
	return n;
}

void restoring_end(struct restoring *run)
{
	restored_clear(&run->restores);
	(void)restoring_empty(run);
	(void)rmdir(run->sub);
	assert_int_equal(rmdir(run->folder), 0);
}

enum status restoring_write(struct restoring *run)
{
	restored_clear(&run->restores);
	return restore_write(&run->series, &run->names, &run->options, NULL, 0,
			     &run->restores, &run->failure);
}

/* The two hives of a pair as a series. */
void restoring_pair(struct restoring *run, struct pair *pair,
		    struct snapshot *snapshots[2])
{
	pair_compare(pair);
	snapshots[0] = pair->old;
	snapshots[1] = pair->new;
	run->series = (struct series){ .snapshots = snapshots,
				       .recoveries = pair->recoveries,
				       .n_snapshots = 2,
				       .comparisons = &pair->found,
				       .n_comparisons = 1 };
}

/* What became of the only profile there is to bring back. */
const struct restored *restoring_only(const struct restoring *run)
{
	assert_int_equal(run->restores.n, 1);
	return &run->restores.items[0];
}

void restoring_assert_not_written(const struct restoring *run,
				  enum restore_outcome outcome,
				  enum restore_reason reason)
{
	assert_int_equal(restoring_only(run)->outcome, outcome);
	assert_int_equal(restoring_only(run)->reason, reason);
	assert_null(restoring_only(run)->path);
	assert_int_equal(restoring_empty(run), 0);
}

/* True if the file restoring_holds the text. */
bool restoring_holds(const struct restored *restored, const char *text)
{
	static char content[1 << 20];
	FILE *file = fopen(restored->path, "r");

	assert_non_null(file);
	size_t n = fread(content, 1, sizeof(content) - 1, file);
	assert_int_equal(fclose(file), 0);
	content[n] = '\0';
	assert_int_equal(strlen(content), n);
	return strstr(content, text) != NULL;
}

void restoring_delete_all(struct builder *b)
{
	builder_key_delete(b, pair_key(b, PAIR_PROFILES), pair_changed());
	builder_path(b, PAIR_PROFILES, pair_changed());
}
