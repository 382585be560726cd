/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The index from outside: subjects go in, table, page and screen come out. */
#include "report/index/index.h"

#include "base/array.h"
#include "report/index/indexcsv.h"
#include "report/index/indexjson.h"
#include "report/index/indexpage.h"
#include "report/index/indexrows.h"
#include "report/index/indexscreen.h"
#include "report/index/indextext.h"

#include <stdlib.h>
#include <string.h>

enum status index_new(const char *folder, struct index **out)
{
	AUTO(index_freep) struct index *index = calloc(1, sizeof(*index));

	if (!index)
		return STATUS_NOMEM;
	index->arena = arena_new();
	index->folder = strdup(folder ? folder : "");
	if (!index->arena || !index->folder)
		return STATUS_NOMEM;
	*out = STEAL(index);
	return STATUS_OK;
}

void index_free(struct index *index)
{
	if (!index)
		return;
	free(index->rows.items);
	free(index->subjects.items);
	free(index->unread.items);
	free(index->folder);
	arena_free(index->arena);
	free(index);
}

void index_freep(struct index **index)
{
	index_free(*index);
}

void index_redact(struct index *index, struct redact *redact)
{
	index->redact = redact;
}

static struct index_texts texts_of(const struct index *index)
{
	return (struct index_texts){
		.arena = index->arena,
		.folder = index->folder,
		.redact = index->redact,
	};
}

void index_note_incomplete(struct index *index)
{
	index->incomplete = true;
}

enum status index_add_unread(struct index *index, const char *sentence)
{
	struct index_texts texts = texts_of(index);
	const char *kept = indextext_sentence(&texts, sentence);
	enum status status = STATUS_LIMIT;

	index->incomplete = true;
	if (sentence)
		status = kept ? ARRAY_RESERVE(&index->unread, INDEX_MAX_UNREAD)
			      : STATUS_NOMEM;
	if (status == STATUS_OK)
		index->unread.items[index->unread.n++] = kept;
	else if (status == STATUS_LIMIT)
		index->n_unread_left_out++;
	return status == STATUS_LIMIT ? STATUS_OK : status;
}

/* ---- who it is ---- */

static const struct snapshot *last_of(const struct index_given *given)
{
	return given->series ? given->series->snapshots[given->series->n_snapshots - 1]
			     : NULL;
}

/* The user's name; where a hive tells none, whose it is in words. */
static const char *keep_name(struct index_texts *texts, const struct index_given *given)
{
	const struct snapshot *last = last_of(given);
	const char *kept = NULL;
	char *words = NULL;

	if (given->name && *given->name)
		return indextext_as(texts, REDACT_USER, given->name);
	if (last && last->subject.user)
		return indextext_as(texts, REDACT_USER, last->subject.user);
	if (!last || !subject_is_known(&last->subject))
		return "";
	words = subject_describe(&last->subject);
	texts->nomem |= !words;
	kept = indextext_sentence(texts, words);
	free(words);
	return kept;
}

static void put_who(struct index_texts *texts, const struct index_given *given,
		    struct index_subject *subject)
{
	const struct snapshot *last = last_of(given);
	const char *sid = given->sid && *given->sid ? given->sid
			  : last		    ? last->subject.sid
						    : "";

	subject->name = keep_name(texts, given);
	subject->sid = *sid ? indextext_as(texts, REDACT_SID, sid) : NULL;
	subject->role = given->role;
	if (!subject->role && last && last->subject.role != SUBJECT_UNKNOWN)
		subject->role = subject_role_word(last->subject.role);
}

/* A path for each snapshot, or those that were given. */
static void put_paths(struct index_texts *texts, const struct index_given *given,
		      struct index_subject *subject)
{
	const struct series *series = given->series;
	bool of_series =
		series && !(given->paths && given->n_paths == series->n_snapshots);
	size_t n = of_series ? series->n_snapshots : given->n_paths;
	const char **paths = n > 0 ? arena_calloc(texts->arena, n, sizeof(*paths)) : NULL;

	texts->nomem |= n > 0 && !paths;
	for (size_t i = 0; paths && i < n; i++)
		paths[i] = indextext_as(texts, REDACT_PATH,
					of_series ? series->snapshots[i]->evidence->path
						  : given->paths[i]);
	subject->paths = paths;
	subject->n_paths = paths ? n : 0;
}

/* ---- what came of it ---- */

static size_t count_changes(const struct series *series)
{
	size_t n = 0;

	for (size_t i = 0; i < series->n_comparisons; i++)
		n += series->comparisons[i]->n_findings;
	return n;
}

/* What could not be read proves nothing: neither that it lost something, nor the contrary. */
static enum index_state state_of(const struct index_given *given)
{
	const struct verdict *v = given->verdict;

	if (v->gone + v->recreated + v->damaged + v->recovered > 0)
		return INDEX_LOST;
	if (v->unknown + v->unknown_damaged > 0 || v->unread)
		return INDEX_IN_DOUBT;
	if (v->back > 0)
		return INDEX_BACK;
	if (count_changes(given->series) > 0)
		return INDEX_CHANGED;
	return v->single ? INDEX_NONE_FOUND : INDEX_UNCHANGED;
}

/* What the answer of a subject is that was not compared. */
static const char *answer_of(const struct index_given *given)
{
	switch (given->how) {
	case INDEX_HIVE_GONE:
		return "the whole hive is not there";
	case INDEX_NOT_LATER:
		return "only the earlier collection has it, and the later one could not "
		       "be read whole";
	case INDEX_NOT_EARLIER:
		return "only the later collection has it";
	case INDEX_FAILED:
		return "it could not be read";
	case INDEX_COMPARED:
		break;
	}
	return "";
}

static void put_compared(struct index_texts *texts, const struct index_given *given,
			 struct index_subject *subject)
{
	char *sentence = verdict_sentence(given->verdict);

	texts->nomem |= !sentence;
	subject->answer = indextext_sentence(texts, sentence);
	free(sentence);
	subject->state = state_of(given);
	subject->verdict = *given->verdict;
	subject->exit_status = verdict_exit_status(given->verdict);
}

static void put_result(struct index_texts *texts, const struct index_given *given,
		       struct index_subject *subject)
{
	switch (given->how) {
	case INDEX_COMPARED:
		put_compared(texts, given, subject);
		return;
	case INDEX_HIVE_GONE:
		subject->state = INDEX_MISSING;
		subject->side = INDEX_EARLIER_SIDE;
		subject->exit_status = 1;
		break;
	case INDEX_NOT_LATER:
		subject->state = INDEX_UNPAIRED;
		subject->side = INDEX_EARLIER_SIDE;
		subject->exit_status = 2;
		break;
	case INDEX_NOT_EARLIER:
		subject->state = INDEX_UNPAIRED;
		subject->side = INDEX_LATER_SIDE;
		break;
	case INDEX_FAILED:
		subject->state = INDEX_UNREADABLE;
		subject->exit_status = 2;
		break;
	}
	subject->answer =
		indextext_sentence(texts, given->why ? given->why : answer_of(given));
	/* The one hive that there is may be unreadable in part. */
	if (given->verdict && verdict_exit_status(given->verdict) == 2)
		subject->exit_status = 2;
}

/* ---- the rows of the subject as a whole ---- */

static enum status add_whole(struct index *index, const struct index_subject *subject)
{
	const char *kind = NULL, *certainty = NULL;

	switch (subject->state) {
	case INDEX_LOST:
	case INDEX_IN_DOUBT:
	case INDEX_BACK:
	case INDEX_CHANGED:
		break;
	case INDEX_MISSING:
		kind = "hive_missing";
		certainty = finding_certainty_word(FINDING_CERTAIN);
		break;
	case INDEX_UNREADABLE:
		kind = "unreadable";
		break;
	case INDEX_UNPAIRED:
		kind = "unpaired";
		if (subject->side == INDEX_EARLIER_SIDE)
			certainty = finding_certainty_word(FINDING_UNRESOLVED);
		break;
	case INDEX_UNCHANGED:
	case INDEX_NONE_FOUND:
		kind = indexdata_state_word(subject->state);
		break;
	}
	if (kind)
		RETURN_IF_FAILED(indexrows_add_whole(index, subject, kind, certainty));
	/* What an unreadable or unpaired one tells says that already. */
	if (subject->exit_status == 2 && subject->state != INDEX_UNREADABLE &&
	    subject->state != INDEX_UNPAIRED)
		return indexrows_add_whole(index, subject, "incomplete", NULL);
	return STATUS_OK;
}

static enum status add_rows(struct index *index, struct index_texts *texts,
			    const struct index_given *given,
			    const struct index_subject *subject)
{
	struct index_source source = {
		.index = index,
		.texts = texts,
		.series = given->series,
		.diagnoses = given->diagnoses,
		.restores = given->restores,
		.subject = subject,
		.first_change = given->first_change,
	};

	if (given->how == INDEX_COMPARED)
		RETURN_IF_FAILED(indexrows_add(&source));
	return add_whole(index, subject);
}

/* All rows behind those of the others are its own. */
static void close_subject(struct index *index, struct index_subject *subject)
{
	subject->n_rows = index->rows.n - subject->first_row;
	for (size_t i = 0; i < subject->n_rows; i++)
		subject->n_restored +=
			index->rows.items[subject->first_row + i].restore_file != NULL;
	index->subjects.items[index->subjects.n++] = *subject;
}

enum status index_add_subject(struct index *index, const struct index_given *given)
{
	struct index_texts texts = texts_of(index);
	struct index_subject subject = {
		.order = given->number,
		.first_row = index->rows.n,
		.report = indextext_file(&texts, given->report),
		.page = indextext_file(&texts, given->page),
	};
	size_t n_left_out = index->n_rows_left_out;
	enum status status = ARRAY_RESERVE(&index->subjects, INDEX_MAX_SUBJECTS);

	if (status != STATUS_OK)
		return status;
	put_who(&texts, given, &subject);
	put_paths(&texts, given, &subject);
	put_result(&texts, given, &subject);
	status = texts.nomem ? STATUS_NOMEM : add_rows(index, &texts, given, &subject);
	if (status != STATUS_OK || texts.nomem) {
		index->rows.n = subject.first_row;
		index->n_rows_left_out = n_left_out;
		return STATUS_NOMEM;
	}
	close_subject(index, &subject);
	return STATUS_OK;
}

enum status index_put_row(struct index *index, const struct index_row *row)
{
	return indexrows_put(index, row);
}

enum status index_put_subject(struct index *index, struct index_subject subject)
{
	size_t n = index->subjects.n;

	RETURN_IF_FAILED(ARRAY_RESERVE(&index->subjects, INDEX_MAX_SUBJECTS));
	subject.order = n;
	subject.first_row = 0;
	if (n > 0)
		subject.first_row = index->subjects.items[n - 1].first_row +
				    index->subjects.items[n - 1].n_rows;
	RETURN_IF_FAILED(add_whole(index, &subject));
	close_subject(index, &subject);
	return STATUS_OK;
}

/* ---- what comes out ---- */

int index_exit_status(const struct index *index)
{
	return indexdata_exit_status(index);
}

char *index_sentence(const struct index *index)
{
	return indexdata_sentence(index);
}

enum status index_write_csv(const struct index *index, struct output *output)
{
	return indexcsv_write(index, output);
}

enum status index_write_jsonl(const struct index *index, struct output *output)
{
	return indexjson_write(index, output);
}

enum status index_write_html(const struct index *index, struct output *output)
{
	return indexpage_write(index, output);
}

enum status index_print(const struct index *index, const char *what, const char *path,
			struct summary_look look, FILE *out)
{
	return indexscreen_write(index, what, path, look, out);
}
