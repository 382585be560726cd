/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Timelines read from series, and how many events of a kind they have. */
#include "help/timelines.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct timeline *timelines_read(const struct series *series)
{
	struct timeline *timeline = NULL;

	assert_int_equal(timeline_read(series, NULL, NULL, NULL, &timeline), STATUS_OK);
	return timeline;
}

struct timeline *timelines_read_one(struct pair *pair)
{
	struct series series = { .snapshots = &pair->new,
				 .recoveries = &pair->recoveries[1],
				 .n_snapshots = 1,
				 .comparisons = NULL,
				 .n_comparisons = 0 };

	return timelines_read(&series);
}

size_t timelines_count(const struct timeline *timeline, enum timeline_kind kind)
{
	size_t n = 0;

	for (size_t i = 0; i < timeline->n; i++)
		n += timeline->items[i].kind == kind;
	return n;
}

struct timeline *timelines_pair(struct pair *pair)
{
	pair_compare(pair);
	struct snapshot *snapshots[] = { pair->old, pair->new };
	struct series series = { .snapshots = snapshots,
				 .recoveries = pair->recoveries,
				 .n_snapshots = 2,
				 .comparisons = &pair->found,
				 .n_comparisons = 1 };

	return timelines_read(&series);
}

char timelines_content[1 << 20];

size_t timelines_write(const struct timeline *timeline, enum timeline_format format)
{
	char path[] = "/tmp/wmsdiff-timeline-XXXXXX";
	int fd = mkstemp(path);
	struct output *output = NULL;
	struct failure failure;

	assert_true(fd >= 0);
	close(fd);
	assert_int_equal(output_open(path, NULL, &output, &failure), STATUS_OK);
	assert_int_equal(timeline_write(timeline, format, output), STATUS_OK);
	assert_int_equal(output_commit(output, &failure), STATUS_OK);
	FILE *file = fopen(path, "r");
	assert_non_null(file);
	size_t n = fread(timelines_content, 1, sizeof(timelines_content) - 1, file);
	assert_int_equal(fclose(file), 0);
	unlink(path);
	timelines_content[n] = '\0';
	assert_int_equal(strlen(timelines_content), n);
	return n;
}

size_t timelines_content_count(const char *what)
{
	size_t n = 0;

	for (const char *at = strstr(timelines_content, what); at;
	     at = strstr(at + 1, what))
		n++;
	return n;
}

void timelines_assert_holds(const char *what)
{
	if (!strstr(timelines_content, what))
		fail_msg("not there: %s\n%s", what, timelines_content);
}

void timelines_assert_two(struct timeline_event events[2], enum timeline_format format,
			  const char *text)
{
	const struct timeline timeline = { .items = events, .n = 2 };

	(void)timelines_write(&timeline, format);
	assert_string_equal(timelines_content, text);
}

const struct timeline_event *timelines_only(const struct timeline *timeline,
					    enum timeline_kind kind, const char *profile)
{
	const struct timeline_event *found = NULL;

	for (size_t i = 0; i < timeline->n; i++) {
		const struct timeline_event *event = &timeline->items[i];
		if (event->kind != kind || (event->profile != NULL) != (profile != NULL))
			continue;
		if (profile && strcmp(event->profile, profile) != 0)
			continue;
		assert_null(found);
		found = event;
	}
	assert_non_null(found);
	return found;
}

void timelines_assert_says(const struct timeline_event *event, const char *what)
{
	if (!strstr(event->message, what))
		fail_msg("not said: %s: %s", what, event->message);
}

const uint16_t timelines_hostile[16] = {
	'A',  '"',  '|',    0x2c,   0x0a,   0x0d,   0x202e, '%',
	0x5c, 0x01, 0xd800, 0x2028, 0xd83d, 0xde00, 0x7f,   0x9b,
};

struct timeline *timelines_read_units(struct pair *pair, const uint16_t *units, size_t n)
{
	builder_key list = builder_path(pair->before, PAIR_PROFILES, pair_made());

	(void)builder_key_add_units(pair->before, list, units, n, pair_made());
	pair_fork(pair);
	pair_compare(pair);
	return timelines_read_one(pair);
}
