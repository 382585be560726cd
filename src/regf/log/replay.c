/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Replay.  Which logs apply is decided by sequence numbers and times, never by
 * the names of the files: LOG2 may well come before LOG1.  The name in a log's base
 * block can be another than the hive's, since each is written at its own time; such a
 * log is a candidate only if its numbers are exactly those that the hive lacks.
 */
#include "regf/log/replay.h"

#include "base/array.h"
#include "regf/evidence.h"
#include "regf/log/logname.h"

#include <stdlib.h>
#include <string.h>

#define PAGE 4096u
#define BASE_SIZE 4096u
#define LOG_BASE_SIZE 512u
#define FIRST_BIN_TIME (BASE_SIZE + 20)
#define BASE_FLAGS 144
#define FLAG_FROM_LOG 1u

/* One entry of one log that is to be applied. */
struct step {
	size_t log;
	const struct txlog_entry *entry;
};

struct replay {
	struct memfile file;	/* the hive, borrowed */
	struct span hive;	/* its bytes */
	struct image_base base; /* as the hive file has it */
	struct replay_log logs[REPLAY_MAX_LOGS];
	size_t n_logs;
	bool named; /* logs that keep another name are refused */
	struct {
		struct step *items;
		size_t n, cap;
	} steps;
	size_t done;	 /* steps applied */
	uint8_t *image;	 /* NULL until the first step */
	size_t len, cap; /* bytes of image in use, allocated */
	struct {
		struct replay_origin *items;
		size_t n, cap;
	} origins;
};

/* Steps of all logs, and pages of all steps: what TXLOG_MAX_ENTRIES allows twice. */
#define STEPS_MAX (2 * TXLOG_MAX_ENTRIES)
#define ORIGINS_MAX ((size_t)1 << 25)

const char *replay_outcome_word(enum replay_outcome outcome)
{
	switch (outcome) {
	case REPLAY_APPLIED:
		return "applied";
	case REPLAY_IGNORED:
		return "ignored";
	case REPLAY_REFUSED:
		return "refused";
	}
	return "?";
}

static const struct {
	const char *word, *sentence;
} reasons[] = {
#define X(constant, word, sentence) [constant] = { word, sentence },
	REPLAY_REASONS(X)
#undef X
};

const char *replay_reason_word(enum replay_reason reason)
{
	return reasons[reason].word;
}

const char *replay_reason_sentence(enum replay_reason reason)
{
	return reasons[reason].sentence;
}

void replay_free(struct replay *replay)
{
	if (!replay)
		return;
	for (size_t i = 0; i < replay->n_logs; i++)
		txlog_free(replay->logs[i].log);
	free(replay->steps.items);
	free(replay->origins.items);
	memfile_free_copy(replay->image, replay->cap);
	free(replay);
}

void replay_freep(struct replay **replay)
{
	replay_free(*replay);
}

const struct replay_log *replay_logs(const struct replay *replay, size_t *n_logs)
{
	*n_logs = replay->n_logs;
	return replay->logs;
}

size_t replay_count(const struct replay *replay)
{
	return replay->steps.n;
}

/* ---- the plan ---- */

/* Sequence numbers wrap around: a is before b if the way from a to b is the short one. */
static bool is_before(uint32_t a, uint32_t b)
{
	return a != b && b - a <= INT32_MAX;
}

static void decide(struct replay_log *log, enum replay_outcome outcome,
		   enum replay_reason reason)
{
	log->outcome = outcome;
	log->reason = reason;
}

/* A candidate until decided otherwise: sound and not another hive's. */
static bool is_candidate(const struct replay_log *log, enum txlog_format format)
{
	return log->log && log->outcome != REPLAY_REFUSED && log->log->format == format;
}

bool replay_is_other_hives(const struct image_base *hive, const struct image_base *log)
{
	return hive->checksum_ok && text_length(hive->embedded_name) > 0 &&
	       text_length(log->embedded_name) > 0 &&
	       !text_equal(hive->embedded_name, log->embedded_name);
}

bool replay_applies_other_name(const struct replay *replay)
{
	for (size_t i = 0; i < replay->n_logs; i++)
		if (replay->logs[i].other_name &&
		    replay->logs[i].outcome == REPLAY_APPLIED)
			return true;
	return false;
}

/* Data that a log asks for must come from somewhere: from the hive or the logs. */
static bool is_too_large(const struct replay *replay, const struct txlog *log)
{
	uint64_t room = replay->hive.len;

	for (size_t i = 0; i < replay->n_logs; i++)
		if (replay->logs[i].log)
			room += replay->logs[i].log->bytes.len;
	for (size_t i = 0; i < log->n_entries; i++)
		if (log->entries[i].data_size > room ||
		    log->entries[i].data_size > EVIDENCE_MAX_SIZE - BASE_SIZE)
			return true;
	return false;
}

static enum status plan_log(struct replay *replay, size_t number)
{
	struct replay_log *log = &replay->logs[number];

	decide(log, REPLAY_APPLIED, REPLAY_COMPLETES);
	for (size_t i = 0; i < log->log->n_entries; i++) {
		RETURN_IF_FAILED(ARRAY_RESERVE(&replay->steps, STEPS_MAX));
		replay->steps.items[replay->steps.n++] =
			(struct step){ number, &log->log->entries[i] };
	}
	log->n_applied = log->log->n_entries;
	return STATUS_OK;
}

/* New format, sound base block: the earlier log first, the other if it follows. */
static enum status plan_new_in_order(struct replay *replay, const size_t order[2],
				     size_t n)
{
	uint32_t next = 0;
	bool applied = false;

	for (size_t i = 0; i < n; i++) {
		struct replay_log *log = &replay->logs[order[i]];
		uint32_t sequence = log->first_sequence;
		if (is_before(sequence, replay->base.secondary_sequence))
			decide(log, REPLAY_IGNORED, REPLAY_TOO_OLD);
		else if (applied && is_before(sequence, next))
			decide(log, REPLAY_IGNORED, REPLAY_TOO_OLD);
		else if (applied && sequence != next)
			decide(log, REPLAY_REFUSED, REPLAY_GAP);
		else
			RETURN_IF_FAILED(plan_log(replay, order[i]));
		if (log->outcome == REPLAY_APPLIED) {
			applied = true;
			next = log->last_sequence + 1;
		}
	}
	return STATUS_OK;
}

/* The two newest logs of the new format, earlier first.  Return: how many there are. */
static size_t choose_new(struct replay *replay, size_t order[2])
{
	size_t n = 0;

	for (size_t i = 0; i < replay->n_logs; i++) {
		if (!is_candidate(&replay->logs[i], TXLOG_NEW))
			continue;
		if (n < 2) {
			order[n++] = i;
		} else {
			/* More than Windows keeps: the oldest is left out. */
			size_t oldest = order[0];
			order[0] = is_before(replay->logs[i].first_sequence,
					     replay->logs[oldest].first_sequence)
					   ? oldest
					   : i;
			decide(&replay->logs[order[0] == i ? oldest : i], REPLAY_IGNORED,
			       REPLAY_OTHER_PREFERRED);
		}
		if (n == 2 && is_before(replay->logs[order[1]].first_sequence,
					replay->logs[order[0]].first_sequence)) {
			size_t swap = order[0];
			order[0] = order[1];
			order[1] = swap;
		}
	}
	return n;
}

/* With an unsound base block Windows applies the later log alone. */
static enum status plan_new(struct replay *replay, bool *planned)
{
	size_t order[2], n = choose_new(replay, order);

	*planned = n > 0;
	if (n == 0)
		return STATUS_OK;
	if (replay->base.checksum_ok)
		return plan_new_in_order(replay, order, n);
	if (n == 2)
		decide(&replay->logs[order[0]], REPLAY_IGNORED, REPLAY_OTHER_PREFERRED);
	return plan_log(replay, order[n - 1]);
}

/* The hive's own time; with an unsound base block that of its first bin. */
static uint64_t hive_time(const struct replay *replay)
{
	uint64_t time = replay->base.last_written_ft;

	if (!replay->base.checksum_ok && !span_le64(replay->hive, FIRST_BIN_TIME, &time))
		time = 0;
	return time;
}

/* Only one log of the old format applies: the newest that is not too old. */
static enum status plan_old(struct replay *replay)
{
	uint64_t time = hive_time(replay);
	size_t best = SIZE_MAX;

	for (size_t i = 0; i < replay->n_logs; i++) {
		struct replay_log *log = &replay->logs[i];
		if (!is_candidate(log, TXLOG_OLD))
			continue;
		if (log->log->base.last_written_ft < time) {
			decide(log, REPLAY_IGNORED, REPLAY_TOO_OLD);
			continue;
		}
		decide(log, REPLAY_IGNORED, REPLAY_OTHER_PREFERRED);
		if (best == SIZE_MAX ||
		    log->log->base.last_written_ft >
			    replay->logs[best].log->base.last_written_ft)
			best = i;
	}
	if (best == SIZE_MAX)
		return STATUS_OK;
	RETURN_IF_FAILED(plan_log(replay, best));
	if (replay->logs[best].log->base.last_written_ft > time)
		replay->logs[best].reason = REPLAY_COMPLETES_NEWER;
	return STATUS_OK;
}

static enum status plan(struct replay *replay)
{
	const struct image_base *base = &replay->base;
	const struct txlog *logs[REPLAY_MAX_LOGS];
	bool planned = false;

	for (size_t i = 0; i < replay->n_logs; i++)
		logs[i] = replay->logs[i].log;
	if (base->checksum_ok && base->primary_sequence == base->secondary_sequence) {
		for (size_t i = 0; i < replay->n_logs; i++)
			decide(&replay->logs[i], REPLAY_IGNORED, REPLAY_HIVE_CLEAN);
		return STATUS_OK;
	}
	for (size_t i = 0; i < replay->n_logs; i++) {
		struct replay_log *log = &replay->logs[i];
		if (!log->log)
			continue;
		log->other_name = replay_is_other_hives(base, &log->log->base);
		if (log->other_name &&
		    (replay->named || !logname_continues(base, logs, replay->n_logs, i)))
			decide(log, REPLAY_REFUSED, REPLAY_OTHER_HIVE);
		else if (is_too_large(replay, log->log))
			decide(log, REPLAY_REFUSED, REPLAY_TOO_LARGE);
	}
	for (size_t i = 0; i < replay->n_logs; i++)
		if (replay->logs[i].log && replay->logs[i].outcome != REPLAY_REFUSED)
			decide(&replay->logs[i], REPLAY_IGNORED, REPLAY_OTHER_PREFERRED);
	RETURN_IF_FAILED(plan_new(replay, &planned));
	return planned ? STATUS_OK : plan_old(replay);
}

static enum status read_log(struct span bytes, struct replay_log *log)
{
	enum status status = txlog_open(bytes, &log->log, &log->fault);

	if (status == STATUS_UNSUPPORTED) {
		/* Windows makes LOG2 with no bytes and may never write to it. */
		decide(log, log->fault == TXLOG_EMPTY ? REPLAY_IGNORED : REPLAY_REFUSED,
		       REPLAY_LOG_FAULT);
		return STATUS_OK;
	}
	RETURN_IF_FAILED(status);
	decide(log, REPLAY_IGNORED, REPLAY_OTHER_PREFERRED);
	log->first_sequence = log->log->entries[0].sequence;
	log->last_sequence = log->log->entries[log->log->n_entries - 1].sequence;
	return STATUS_OK;
}

static enum status plan_for(const struct memfile *hive, const struct span *logs,
			    size_t n_logs, bool named, struct replay **out)
{
	AUTO(replay_freep) struct replay *replay = calloc(1, sizeof(*replay));
	if (!replay)
		return STATUS_NOMEM;
	if (n_logs > REPLAY_MAX_LOGS)
		return STATUS_LIMIT;
	replay->named = named;
	replay->file = *hive;
	replay->hive = hive->bytes;
	if (baseblock_read(replay->hive, &replay->base)) {
		for (; replay->n_logs < n_logs; replay->n_logs++)
			RETURN_IF_FAILED(read_log(logs[replay->n_logs],
						  &replay->logs[replay->n_logs]));
		RETURN_IF_FAILED(plan(replay));
	}
	*out = STEAL(replay);
	return STATUS_OK;
}

enum status replay_plan(const struct memfile *hive, const struct span *logs,
			size_t n_logs, struct replay **out)
{
	return plan_for(hive, logs, n_logs, false, out);
}

enum status replay_plan_named(const struct memfile *hive, const struct span *logs,
			      size_t n_logs, struct replay **out)
{
	return plan_for(hive, logs, n_logs, true, out);
}

/* ---- the steps ---- */

/* Room for the largest state, so that no step has to move the image. */
static enum status start(struct replay *replay)
{
	size_t cap = replay->hive.len > BASE_SIZE ? replay->hive.len : BASE_SIZE;

	for (size_t i = 0; i < replay->steps.n; i++) {
		size_t size = (size_t)replay->steps.items[i].entry->data_size + BASE_SIZE;
		cap = size > cap ? size : cap;
	}
	RETURN_IF_FAILED(memfile_copy(&replay->file, cap, &replay->image));
	replay->cap = cap;
	replay->len = replay->hive.len;
	return STATUS_OK;
}

static enum status add_origin(struct replay *replay, size_t log, uint32_t image_off,
			      uint32_t len, uint32_t log_off)
{
	struct replay_origin *last =
		replay->origins.n ? &replay->origins.items[replay->origins.n - 1] : NULL;

	/* Neighbours in both places become one: an old log has many small pages. */
	if (last && last->log == log && last->image_off + last->len == image_off &&
	    last->log_off + last->len == log_off) {
		last->len += len;
		return STATUS_OK;
	}
	RETURN_IF_FAILED(ARRAY_RESERVE(&replay->origins, ORIGINS_MAX));
	replay->origins.items[replay->origins.n++] =
		(struct replay_origin){ image_off, len, log_off, log };
	return STATUS_OK;
}

/* The base block after a step, as Windows would leave it had it ended here. */
static enum status write_base(struct replay *replay, const struct step *step)
{
	const struct txlog *log = replay->logs[step->log].log;
	const struct txlog_entry *entry = step->entry;
	uint32_t flags = 0;

	/* An old log, or one that stands in for an unsound block, brings its own. */
	if ((log->format == TXLOG_OLD || !replay->base.checksum_ok) &&
	    span_copy(log->bytes, 0, replay->image, LOG_BASE_SIZE))
		RETURN_IF_FAILED(add_origin(replay, step->log, 0, LOG_BASE_SIZE, 0));
	put_le32(replay->image + 4, entry->sequence);
	put_le32(replay->image + 8, entry->sequence);
	put_le32(replay->image + 28, 0);
	put_le32(replay->image + 40, entry->data_size);
	if (log->format == TXLOG_NEW &&
	    span_le32(span_of(replay->image, LOG_BASE_SIZE), BASE_FLAGS, &flags))
		put_le32(replay->image + BASE_FLAGS,
			 (flags & ~FLAG_FROM_LOG) | (entry->flags & FLAG_FROM_LOG));
	put_le32(replay->image + 508,
		 baseblock_checksum(span_of(replay->image, LOG_BASE_SIZE)));
	return STATUS_OK;
}

static enum status apply(struct replay *replay, const struct step *step)
{
	const struct txlog *log = replay->logs[step->log].log;
	struct txlog_pages pages = txlog_pages(log, step->entry);
	size_t size = (size_t)step->entry->data_size + BASE_SIZE;
	struct txlog_page page;

	/* A hive grows from zeros; what stood behind a smaller one stays behind it. */
	if (size > replay->len)
		replay->len = size;
	while (txlog_next_page(&pages, &page)) {
		size_t off = (size_t)page.rel + BASE_SIZE;
		if (off > replay->len || page.len > replay->len - off ||
		    !span_copy(log->bytes, page.log_off, replay->image + off, page.len))
			continue;
		RETURN_IF_FAILED(add_origin(replay, step->log, (uint32_t)off, page.len,
					    page.log_off));
	}
	return write_base(replay, step);
}

enum status replay_step(struct replay *replay, uint32_t *sequence, size_t *log)
{
	if (replay->done == replay->steps.n)
		return STATUS_ABSENT;
	if (!replay->image)
		RETURN_IF_FAILED(start(replay));
	const struct step *step = &replay->steps.items[replay->done++];
	*sequence = step->entry->sequence;
	*log = step->log;
	return apply(replay, step);
}

struct txlog_pages replay_pages(const struct replay *replay)
{
	const struct step *step = &replay->steps.items[replay->done - 1];

	return txlog_pages(replay->logs[step->log].log, step->entry);
}

struct span replay_bytes(const struct replay *replay)
{
	return replay->image ? span_of(replay->image, replay->len) : replay->hive;
}

enum status replay_store(const struct replay *replay, struct memfile *out)
{
	RETURN_IF_FAILED(memfile_init(out));
	RETURN_IF_FAILED(memfile_append(out, replay_bytes(replay)));
	return memfile_seal(out);
}

uint32_t replay_origin(const struct replay *replay, uint32_t image_off, uint32_t len,
		       size_t *log, uint32_t *log_off)
{
	*log = SIZE_MAX;
	/* The last that wrote there counts; an earlier one only up to where it begins. */
	for (size_t i = replay->origins.n; i > 0; i--) {
		const struct replay_origin *origin = &replay->origins.items[i - 1];
		uint32_t end = origin->image_off + origin->len;
		if (origin->image_off <= image_off && image_off < end) {
			*log = origin->log;
			*log_off = origin->log_off + (image_off - origin->image_off);
			return end - image_off < len ? end - image_off : len;
		}
		if (image_off < origin->image_off && origin->image_off - image_off < len)
			len = origin->image_off - image_off;
	}
	return len;
}
