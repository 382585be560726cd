/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which profiles are brought back, from what, and why some are not.  A file
 * never says more than is known: what is incomplete is written only on
 * request, and what a service makes anew is not put in its way.
 */
#include "report/restore.h"

#include "base/array.h"
#include "report/restore_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct job {
	const struct series *series;
	const struct servicenames *names;
	const struct restore_options *options;
	struct restores *out;
	struct failure *failure;
};

/* Findings and recovered profiles of one run: each yields one at most. */
#define RESTORES_MAX ((size_t)1 << 27)

/* Digits of the hash in a file's name: tells profiles of one name apart. */
#define HASH_DIGITS 8
/* Characters of a profile's name that its file's name keeps. */
#define NAME_MAX_KEPT 64

/* ---- where it goes ---- */

/* The key under which a hive stands on a running machine. */
static const char *root_of(const struct series *series, char out[SUBJECT_SID_SIZE + 16])
{
	for (size_t i = 0; i < series->n_snapshots; i++) {
		const struct subject *subject = &series->snapshots[i]->subject;
		switch (subject->role) {
		case SUBJECT_LOCAL_SYSTEM:
			return "HKEY_USERS\\.DEFAULT";
		case SUBJECT_SERVICE_ACCOUNT:
			if (!subject->sid[0])
				break;
			(void)snprintf(out, SUBJECT_SID_SIZE + 16, "HKEY_USERS\\%s",
				       subject->sid);
			return out;
		case SUBJECT_USER:
		case SUBJECT_TEMPLATE:
			return "HKEY_CURRENT_USER";
		case SUBJECT_UNKNOWN:
			break;
		}
	}
	return "HKEY_CURRENT_USER";
}

/* "folder/Outlook-1a2b3c4d.reg": only plain characters, whatever the name holds. */
static char *file_path(const struct rebuilt *rebuilt)
{
	char kept[NAME_MAX_KEPT + 1], hex[DIGEST_HEX_SIZE];
	size_t n = text_length(rebuilt->name);
	struct text units, list;
	struct digest digest;
	char *path = NULL;

	n = n < NAME_MAX_KEPT ? n : NAME_MAX_KEPT;
	for (size_t i = 0; i < n; i++) {
		uint16_t unit = text_unit(rebuilt->name, i);
		bool plain = (unit >= '0' && unit <= '9') ||
			     (unit >= 'A' && unit <= 'Z') ||
			     (unit >= 'a' && unit <= 'z') || unit == '_' ||
			     (i > 0 && (unit == '-' || unit == '.'));
		kept[i] = plain ? (char)unit : '_';
	}
	kept[n] = '\0';
	if (!text_from_utf8(rebuilt->store->path, strlen(rebuilt->store->path), &list))
		return NULL;
	bool joined = text_join(list, rebuilt->name, &units);
	text_free(list);
	if (!joined)
		return NULL;
	digest = digest_of(units.bytes);
	text_free(units);
	digest_hex(&digest, hex);
	if (asprintf(&path, "%s/%s-%.*s.reg", rebuilt->options->folder, kept, HASH_DIGITS,
		     hex) < 0)
		return NULL;
	return path;
}

/* ---- whether it goes ---- */

/* True if the name was asked for. */
static bool is_asked_for(const struct restore_options *options, struct text name)
{
	bool same = false;

	for (size_t i = 0; i < options->n_names && !same; i++) {
		struct text asked;
		if (!text_from_utf8(options->names[i], strlen(options->names[i]), &asked))
			return false;
		same = text_equal(asked, name);
		text_free(asked);
	}
	return same;
}

/* True if the last hive has a live profile of that name in that list. */
static bool is_taken(const struct rebuilt *rebuilt)
{
	const struct store *store = snapshot_same_store(rebuilt->last, rebuilt->store);

	return store && store->key && key_child(store->key, rebuilt->name);
}

/* A hive that was not read whole may have held more of the profile. */
static bool is_complete(const struct rebuilt *rebuilt)
{
	const struct restored *restored = rebuilt->restored;
	const struct finding *finding = restored->finding;

	for (size_t i = 0; finding && i < finding->n_reasons; i++)
		if (finding->reasons[i] == FINDING_BEFORE_INCOMPLETE)
			return false;
	return restored->n_left_out == 0 &&
	       (!restored->recovered || restored->recovered->whole ||
		/* Heads that the profile itself tells are known all the same. */
		(restored->recovered->n_values_lost == 0 &&
		 restored->recovered->n_data_lost == 0 && !restored->recovered->torn));
}

static enum restore_reason why_not(const struct job *job, const struct rebuilt *rebuilt)
{
	const struct restored *restored = rebuilt->restored;
	bool damaged = restored->finding && restored->finding->kind == FINDING_DAMAGED;

	if (!rebuilt->store || strchr(rebuilt->store->path, '*'))
		return RESTORE_LIST_LOST;
	if (text_length(rebuilt->name) == 0)
		return RESTORE_NAME_LOST;
	if (restored->pattern && restored->pattern->remade && job->options->n_names == 0)
		return RESTORE_MADE_ANEW;
	if (!damaged && is_taken(rebuilt))
		return RESTORE_NAME_TAKEN;
	if (!restorefile_measure(rebuilt))
		return RESTORE_CODE_PAGE;
	if (!is_complete(rebuilt) && !job->options->partial)
		return RESTORE_INCOMPLETE;
	return RESTORE_NO_REASON;
}

/* ---- one profile ---- */

/* Read back: what is hashed is what stands on the disk. */
static enum status hash_file(struct restored *restored, struct failure *failure)
{
	AUTO(evidence_freep) struct evidence *written = NULL;

	RETURN_IF_FAILED(evidence_read(restored->path, &written, failure));
	restored->sha256 = written->sha256;
	return STATUS_OK;
}

static enum status write_one(const struct rebuilt *rebuilt, struct failure *failure)
{
	struct restored *restored = rebuilt->restored;
	char *path = file_path(rebuilt);

	if (!path)
		return STATUS_NOMEM;
	enum status status = restorefile_write(rebuilt, path, failure);
	if (status != STATUS_OK) {
		free(path);
		return status;
	}
	restored->path = path;
	restored->outcome = RESTORE_WRITTEN;
	return hash_file(restored, failure);
}

static enum status bring_back(const struct job *job, struct rebuilt *rebuilt)
{
	struct restored *restored = rebuilt->restored;
	enum status status = STATUS_OK;
	struct text as = { 0 };

	restored->pattern = servicenames_find(job->names, rebuilt->name);
	if (job->options->as) {
		if (!text_from_utf8(job->options->as, strlen(job->options->as), &as))
			return STATUS_NOMEM;
		rebuilt->name = as;
	}
	restored->reason = why_not(job, rebuilt);
	if (restored->reason == RESTORE_NO_REASON)
		status = write_one(rebuilt, job->failure);
	else
		restored->outcome = restored->reason == RESTORE_MADE_ANEW
					    ? RESTORE_LEFT_OUT
					    : RESTORE_REFUSED;
	job->out->failed |= restored->reason == RESTORE_CODE_PAGE;
	text_free(as);
	return status;
}

/* ---- all of them ---- */

static bool is_candidate(const struct finding *finding)
{
	return finding_is_loss(finding) || finding->kind == FINDING_DAMAGED;
}

/* True if a finding tells of the recovered profile already. */
static bool is_told(const struct series *series, const struct recovered_profile *profile)
{
	for (size_t i = 0; i < series->n_comparisons; i++)
		for (size_t k = 0; k < series->comparisons[i]->n_findings; k++)
			if (series->comparisons[i]->findings[k].remains.profile ==
			    profile)
				return true;
	return false;
}

/* What one profile is rebuilt from. */
static struct rebuilt rebuilt_from(const struct job *job, const struct restored *restored)
{
	const struct series *series = job->series;
	const struct snapshot *last = series->snapshots[series->n_snapshots - 1];
	const struct finding *finding = restored->finding;
	struct rebuilt rebuilt = { .last = last, .options = job->options };

	if (finding) {
		rebuilt.source = restored->source;
		rebuilt.store = finding->store;
		rebuilt.profile = &finding->before->profile;
		rebuilt.name = key_name(finding->before->profile.key);
	} else {
		rebuilt.source = last;
		rebuilt.store = restored->recovered->store;
		rebuilt.profile = &restored->recovered->profile;
		rebuilt.name = restored->recovered->name;
	}
	return rebuilt;
}

static enum status choose(const struct job *job, const struct restored *what)
{
	struct rebuilt rebuilt = rebuilt_from(job, what);

	if (job->options->n_names > 0 && !is_asked_for(job->options, rebuilt.name))
		return STATUS_OK;
	RETURN_IF_FAILED(ARRAY_RESERVE(job->out, RESTORES_MAX));
	job->out->items[job->out->n++] = *what;
	return STATUS_OK;
}

/* Lost again later, under the same name: only the last state is brought back. */
static bool is_lost_later(const struct series *series, size_t comparison,
			  const struct finding *finding)
{
	for (size_t i = comparison + 1; i < series->n_comparisons; i++)
		for (size_t k = 0; k < series->comparisons[i]->n_findings; k++) {
			const struct finding *later =
				&series->comparisons[i]->findings[k];
			if (is_candidate(later) &&
			    store_is_same(later->store, finding->store) &&
			    text_equal(key_name(later->before->profile.key),
				       key_name(finding->before->profile.key)))
				return true;
		}
	return false;
}

static enum status choose_all(const struct job *job)
{
	const struct series *series = job->series;
	const struct snapshot *last = series->snapshots[series->n_snapshots - 1];

	for (size_t i = 0; i < series->n_comparisons; i++)
		for (size_t k = 0; k < series->comparisons[i]->n_findings; k++) {
			const struct finding *finding =
				&series->comparisons[i]->findings[k];
			if (is_candidate(finding) && !is_lost_later(series, i, finding))
				RETURN_IF_FAILED(choose(
					job, &(struct restored){
						     .finding = finding,
						     .source = series->snapshots[i] }));
		}
	for (size_t i = 0; last->recovery && i < last->recovery->n_profiles; i++) {
		const struct recovered_profile *recovered = &last->recovery->profiles[i];
		if (!recovered->lives_on && !is_told(series, recovered))
			RETURN_IF_FAILED(
				choose(job, &(struct restored){ .recovered = recovered,
								.source = last }));
	}
	return STATUS_OK;
}

/* The options must fit what was found; a name that is not there is a mistake. */
static enum status check_choice(const struct job *job)
{
	char shown[4200];

	if (job->options->as && job->out->n != 1) {
		failure_set(
			job->failure,
			"--restore-as goes with one profile, and here are %zu: choose "
			"one with --restore-profile",
			job->out->n);
		return STATUS_UNSUPPORTED;
	}
	if (job->options->n_names > 0 && job->out->n == 0) {
		failure_set(job->failure,
			    "%s: no profile of that name is gone or damaged",
			    failure_path(job->options->names[0], shown, sizeof(shown)));
		return STATUS_UNSUPPORTED;
	}
	return STATUS_OK;
}

static enum status write_all(const struct job *job)
{
	char root[SUBJECT_SID_SIZE + 16];

	for (size_t i = 0; i < job->out->n; i++) {
		struct rebuilt rebuilt = rebuilt_from(job, &job->out->items[i]);
		rebuilt.restored = &job->out->items[i];
		rebuilt.root = job->options->root ? job->options->root
						  : root_of(job->series, root);
		RETURN_IF_FAILED(bring_back(job, &rebuilt));
	}
	return STATUS_OK;
}

enum status restore_write(const struct series *series, const struct servicenames *names,
			  const struct restore_options *options,
			  const char *const *evidence, size_t n_evidence,
			  struct restores *out, struct failure *failure)
{
	struct restores restores = { .format = options->format };
	struct job job = { series, names, options, &restores, failure };
	enum status status;

	failure_set(failure, "out of memory");
	status = choose_all(&job);
	if (status == STATUS_OK)
		status = check_choice(&job);
	if (status == STATUS_OK)
		status = output_folder(options->folder, true, evidence, n_evidence,
				       failure);
	if (status == STATUS_OK)
		status = write_all(&job);
	if (status != STATUS_OK)
		restores_clear(&restores);
	else
		*out = restores;
	return status;
}

void restores_clear(struct restores *restores)
{
	for (size_t i = 0; i < restores->n; i++)
		free(restores->items[i].path);
	free(restores->items);
	*restores = (struct restores){ 0 };
}

const struct restored *restore_of(const struct restores *restores,
				  const struct finding *finding,
				  const struct recovered_profile *recovered)
{
	for (size_t i = 0; restores && i < restores->n; i++)
		if (restores->items[i].finding == finding &&
		    restores->items[i].recovered == recovered)
			return &restores->items[i];
	return NULL;
}

/* ---- words ---- */

const char *restore_outcome_word(enum restore_outcome outcome)
{
	switch (outcome) {
	case RESTORE_WRITTEN:
		return "written";
	case RESTORE_LEFT_OUT:
		return "left_out";
	case RESTORE_REFUSED:
		return "refused";
	}
	return "refused";
}

static const struct {
	const char *word, *sentence;
} reasons[] = {
#define X(constant, word, sentence) [constant] = { word, sentence },
	RESTORE_REASONS(X)
#undef X
};

static const struct {
	const char *word, *sentence;
} losses[] = {
#define X(constant, word, sentence) [constant] = { word, sentence },
	RESTORE_LOSSES(X)
#undef X
};

const char *restore_reason_word(enum restore_reason reason)
{
	return reason == RESTORE_NO_REASON ? NULL : reasons[reason].word;
}

const char *restore_reason_sentence(enum restore_reason reason)
{
	return reasons[reason].sentence;
}

const char *restore_loss_word(enum restore_loss loss)
{
	return losses[loss].word;
}

const char *restore_loss_sentence(enum restore_loss loss)
{
	return losses[loss].sentence;
}
