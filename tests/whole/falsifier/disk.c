// SPDX-License-Identifier: GPL-2.0-or-later
/* Snapshots in all conditions in which hives are found. */
#include "whole/falsifier/disk.h"

#include "whole/falsifier/damage.h"
#include "whole/falsifier/packed.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	FIRST_SEQUENCE = 100,
	BASE = 4096,
	SECTOR = 512,
	EMBEDDED_NAME = 48,
	EMBEDDED_SIZE = 64,
};

static const char *const kind_names[DISK_KINDS] = {
	"clean",   "leftover logs", "dirty",   "cut log",      "torn",
	"no logs", "packed",	    "damaged", "foreign bins", "no base block",
};

const char *disk_kind_name(enum disk_kind kind)
{
	return kind_names[kind];
}

void disk_write(struct disk *disk, struct world *w)
{
	if (disk->n > 0 && disk->points[disk->n - 1].state == w->state)
		return;
	if (disk->n == DISK_POINTS)
		abort();
	struct disk_point *point = &disk->points[disk->n];
	point->state = w->state;
	point->replaced = w->replaced;
	point->sequence = FIRST_SEQUENCE + (uint32_t)disk->n;
	builder_stamp(w->b, w->stale_header ? w->started : w->clock, point->sequence);
	point->bytes = builder_log_state_take(w->b);
	disk->n++;
}

void disk_clear(struct disk *disk)
{
	for (size_t i = 0; i < disk->n; i++)
		builder_log_state_free(&disk->points[i].bytes);
	memset(disk, 0, sizeof(*disk));
}

static struct builder_log_state copy_of(const struct builder_log_state *state)
{
	struct builder_log_state copy = { malloc(state->len), state->len };

	if (copy.bytes == NULL)
		abort();
	memcpy(copy.bytes, state->bytes, state->len);
	return copy;
}

/* Return: a point from which logs lead to point `to`, up to `most` steps before it. */
static size_t choose_from(const struct disk *disk, struct random *r, size_t to,
			  size_t most)
{
	size_t first = to;

	while (first > 0 && to - first < most &&
	       disk->points[first - 1].replaced == disk->points[to].replaced)
		first--;
	return first == to ? to : first + random_below(r, to - first);
}

static bool new_format(const struct world *w)
{
	return w->stale_header;
}

/* The logs of a snapshot: one of the old format, or up to two of the new one. */
struct logs {
	struct builder_log log[2];
	size_t n;
	size_t from[2]; /* the point that an entry of a log begins with */
};

static void add_entries(const struct disk *disk, struct builder_log *log, size_t from,
			size_t to)
{
	for (size_t i = from; i < to; i++)
		builder_log_add(log, &disk->points[i].bytes, &disk->points[i + 1].bytes,
				NULL);
}

static struct builder_log new_log(const struct disk *disk, struct random *r, size_t from,
				  size_t to)
{
	size_t older = choose_from(disk, r, from, 4);
	const struct disk_point *point = &disk->points[older];
	struct builder_log log = builder_log_new(&point->bytes, point->sequence);

	/* What an earlier use of the file left stands behind the entries. */
	if (older < from && random_chance(r, 40)) {
		add_entries(disk, &log, older, from);
		point = &disk->points[from];
		builder_log_restart(&log, &point->bytes, point->sequence);
	} else {
		builder_log_free(&log);
		point = &disk->points[from];
		log = builder_log_new(&point->bytes, point->sequence);
	}
	add_entries(disk, &log, from, to);
	return log;
}

static void make_logs(const struct disk *disk, struct world *w, size_t from, size_t to,
		      struct logs *logs)
{
	struct random *r = &w->random;

	memset(logs, 0, sizeof(*logs));
	if (!new_format(w)) {
		logs->n = 1;
		logs->from[0] = to - 1;
		logs->log[0] = builder_log_old(
			&disk->points[to - 1].bytes, &disk->points[to].bytes,
			w->options.windows_2000 ? &(struct builder_log_options){
						  .page = 512,
						  .file_type = 2,
					  }
						: NULL);
		return;
	}
	size_t middle = to - from > 1 && random_chance(r, 40)
				? from + 1 + random_below(r, to - from - 1)
				: to;
	logs->log[0] = new_log(disk, r, from, middle);
	logs->from[0] = from;
	logs->n = 1;
	if (middle == to)
		return;
	logs->log[1] =
		builder_log_new(&disk->points[middle].bytes, logs->log[0].sequence);
	add_entries(disk, &logs->log[1], middle, to);
	logs->from[1] = middle;
	logs->n = 2;
}

static void write_logs(struct world *w, const struct disk_snapshot *out,
		       struct logs *logs)
{
	static const char *const ends[] = { ".LOG1", ".LOG2" };
	char path[DISK_PATH + 8];
	bool swapped = random_chance(&w->random, 30);

	for (size_t i = 0; i < logs->n; i++) {
		snprintf(path, sizeof(path), "%s%s", out->path,
			 new_format(w) ? ends[swapped ? 1 - i : i] : ".LOG");
		if (!builder_log_write(&logs->log[i], path))
			abort();
		builder_log_free(&logs->log[i]);
	}
}

/* Sector 0 of a log has the hive's name, which is another after the file was moved. */
static void rename_logs(struct logs *logs)
{
	static const char other[] = "\\??\\D:\\Old\\mkeller\\NTUSER.DAT";

	for (size_t i = 0; i < logs->n; i++) {
		uint8_t *name = logs->log[i].bytes + EMBEDDED_NAME;

		memset(name, 0, EMBEDDED_SIZE);
		builder_utf16(other, name);
		builder_log_checksum(&logs->log[i]);
	}
}

static void note_entries(const struct disk *disk, const struct world *w, size_t from,
			 size_t to, struct disk_snapshot *out)
{
	for (size_t i = from; i < to && out->n_entries < DISK_ENTRIES; i++) {
		const struct disk_point *next = &disk->points[i + 1];

		if (next->state > out->lo)
			return;
		out->entries[out->n_entries++] = (struct disk_entry){
			new_format(w) ? disk->points[i].sequence : next->sequence,
			next->state,
		};
	}
}

/* Cuts the last log anywhere. Return: the last point that its whole entries lead to. */
static size_t cut(struct world *w, struct logs *logs)
{
	struct builder_log *log = &logs->log[logs->n - 1];
	size_t from = logs->from[logs->n - 1];
	size_t len = 1 + random_below(&w->random, log->end);

	builder_log_resize(log, len);
	if (!new_format(w))
		return from;
	for (size_t i = 0; i < log->n_entries; i++) {
		size_t end = i + 1 < log->n_entries ? log->entries[i + 1] : log->end;

		if (end > len)
			return from + i;
	}
	return from + log->n_entries;
}

static struct builder_log_state dirty_hive(const struct disk *disk, struct world *w,
					   size_t from, size_t to)
{
	const struct disk_point *a = &disk->points[from];
	const struct disk_point *b = &disk->points[to];

	if (new_format(w))
		return builder_log_dirty(&a->bytes, &a->bytes, a->sequence + 1,
					 a->sequence);
	return builder_log_dirty(&a->bytes, &b->bytes, b->sequence, b->sequence - 1);
}

/* The first pages of the newer state are written, the others are not yet. */
static void tear(struct builder_log_state *hive, const struct builder_log_state *newer,
		 struct random *r)
{
	size_t end = hive->len < newer->len ? hive->len : newer->len;
	size_t n = random_below(r, (end - BASE) / SECTOR + 1) * SECTOR;

	memcpy(hive->bytes + BASE, newer->bytes + BASE, n);
}

/* Kinds whose last changes stand in logs. Return: the hive. */
static struct builder_log_state with_logs(struct disk *disk, struct world *w,
					  struct disk_snapshot *out)
{
	size_t to = disk->n - 1;
	size_t from = choose_from(disk, &w->random, to, new_format(w) ? 4 : 1);
	struct logs logs;

	if (from == to) {
		out->kind = DISK_CLEAN;
		return copy_of(&disk->points[to].bytes);
	}
	if (!new_format(w))
		from = to - 1;
	struct builder_log_state hive = dirty_hive(disk, w, from, to);
	out->file_lo = disk->points[from].state;
	out->file_hi = out->file_lo;
	if (out->kind == DISK_MISSING) {
		out->lo = out->file_lo;
		return hive;
	}
	make_logs(disk, w, from, to, &logs);
	out->other_name = w->odd && random_chance(&w->extra, 30);
	if (out->other_name)
		rename_logs(&logs);
	if (out->kind == DISK_CUT)
		out->lo = disk->points[cut(w, &logs)].state;
	if (out->kind == DISK_TORN) {
		tear(&hive, &disk->points[to].bytes, &w->random);
		out->file_hi = out->hi;
	}
	if (out->kind != DISK_TORN)
		note_entries(disk, w, from, to, out);
	write_logs(w, out, &logs);
	return hive;
}

static void add_leftovers(struct disk *disk, struct world *w, struct disk_snapshot *out)
{
	size_t to = disk->n - 1;
	struct logs logs;

	if (to > 0)
		to -= random_below(&w->random, to < 4 ? to : 4);
	size_t from = choose_from(disk, &w->random, to, 4);
	if (from == to)
		return;
	make_logs(disk, w, from, to, &logs);
	write_logs(w, out, &logs);
}

/* Return: the bytes of a packed copy, whose cells the truth learns. */
static struct builder_log_state packed(struct world *w, struct disk_snapshot *out)
{
	struct world copy = *w;

	/* A new file: its count begins at 1. */
	copy.options.sequence = 1;
	out->number = 1;
	copy.options.last_written = w->clock;
	copy.b = packed_copy(world_walk(w), &copy.options);
	out->lo = world_record(&copy, false);
	out->hi = out->lo;
	out->file_lo = out->lo;
	out->file_hi = out->lo;
	w->truth->packed = true;
	struct builder_log_state hive = builder_log_state_take(copy.b);
	builder_free(copy.b);
	return hive;
}

/* Whether the hive of that kind lacks what its logs hold. */
static bool is_unfinished(enum disk_kind kind)
{
	return kind == DISK_DIRTY || kind == DISK_CUT || kind == DISK_TORN ||
	       kind == DISK_MISSING;
}

static void damage(struct builder_log_state *hive, const struct builder_log_state *older,
		   struct world *w, struct disk_snapshot *out)
{
	struct damage done = damage_hive(hive, older, &w->random);

	snprintf(out->how, sizeof(out->how), "%s", done.what);
	out->hit_from = (uint32_t)(done.from - BASE);
	out->hit_to = (uint32_t)(done.to - BASE);
}

static void behead(struct builder_log_state *hive, struct world *w,
		   struct disk_snapshot *out)
{
	size_t lost = 0;
	struct damage done = damage_head(hive, &w->extra, &lost);

	snprintf(out->how, sizeof(out->how), "%s", done.what);
	out->hit_to = (uint32_t)(done.to - BASE);
	out->bins_at = BASE - (int64_t)lost;
}

static struct builder_log_state take(struct disk *disk, struct world *w,
				     struct disk_snapshot *out)
{
	const struct disk_point *last = &disk->points[disk->n - 1];

	if (is_unfinished(out->kind))
		return with_logs(disk, w, out);
	if (out->kind == DISK_PACKED)
		return packed(w, out);
	struct builder_log_state hive = copy_of(&last->bytes);
	if (out->kind == DISK_LEFTOVER ||
	    (out->kind == DISK_DAMAGED && random_chance(&w->random, 30)))
		add_leftovers(disk, w, out);
	if (out->kind == DISK_DAMAGED)
		damage(&hive, disk->n > 1 ? &last[-1].bytes : NULL, w, out);
	if (out->kind == DISK_HEADLESS)
		behead(&hive, w, out);
	if (out->kind == DISK_FOREIGN)
		damage_append_foreign(&hive, &w->random);
	return hive;
}

void disk_snapshot(struct disk *disk, struct world *w, const char *folder,
		   unsigned number, struct disk_snapshot *out)
{
	static const unsigned weights[DISK_KINDS] = { 40, 12, 16, 6, 6, 5, 6, 10, 3 };

	disk_write(disk, w);
	uint32_t state = disk->points[disk->n - 1].state;
	*out = (struct disk_snapshot){
		.kind = w->plain ? DISK_CLEAN
				 : (enum disk_kind)random_pick(&w->random, weights,
							       DISK_KINDS),
		.lo = state,
		.hi = state,
		.file_lo = state,
		.file_hi = state,
		.bins_at = BASE,
		.number = disk->points[disk->n - 1].sequence,
	};
	if (w->odd && out->kind == DISK_CLEAN && random_chance(&w->extra, 20))
		out->kind = DISK_HEADLESS;
	snprintf(out->path, sizeof(out->path), "%s/h%u.dat", folder, number);
	struct builder_log_state hive = take(disk, w, out);
	if (!builder_log_state_write(&hive, out->path))
		abort();
	builder_log_state_free(&hive);
}
