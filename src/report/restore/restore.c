/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which profiles are brought back, from what, and why some are not.  A file
 * never says more than is known: what is incomplete is written only on
 * request, and what a service makes anew is not put in its way.  What was recovered is
 * not written at all if remnants of two profiles may be in it, only on request if the
 * path of its own key is less than certain, and not under its own name where it, or another of that
 * name, is or may be there.  Nor is what a change tells that is less than probable:
 * then the profile may be there.
 */
#include "report/restore/restore.h"

#include "base/sum/digest.h"
#include "recovery/living.h"
#include "regf/evidence.h"
#include "report/output.h"
#include "report/restore/regseal.h"
#include "report/restore/restorechoice.h"
#include "report/restore/restorefile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct job {
	const struct series *series;
	const struct servicenames *names;
	const struct restore_options *options;
	const char *root;     /* NULL: not known */
	struct text as;	      /* options->as */
	struct living living; /* of the last hive */
	struct restores *out;
	struct failure *failure;
};

/* "HKEY_USERS\\" and a SID. */
#define ROOT_SIZE (SUBJECT_SID_SIZE + 16)

/* Digits of the hash in a file's name: tells profiles of one name apart. */
#define HASH_DIGITS 8
/* Characters of a profile's name that its file's name keeps. */
#define NAME_MAX_KEPT 64

/* ---- where it goes ---- */

/*
 * The key under which the hive stands on a running machine; NULL if that cannot be
 * told: the template for new users stands under none.
 */
static const char *root_of(const struct series *series, char out[ROOT_SIZE])
{
	for (size_t i = 0; i < series->n_snapshots; i++) {
		const struct subject *subject = &series->snapshots[i]->subject;
		switch (subject->role) {
		case SUBJECT_LOCAL_SYSTEM:
			return "HKEY_USERS\\.DEFAULT";
		case SUBJECT_SERVICE_ACCOUNT:
			if (!subject->sid[0])
				break;
			(void)snprintf(out, ROOT_SIZE, "HKEY_USERS\\%s", subject->sid);
			return out;
		case SUBJECT_USER:
			return "HKEY_CURRENT_USER";
		case SUBJECT_TEMPLATE:
		case SUBJECT_UNKNOWN:
			break;
		}
	}
	return NULL;
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

/* A hive that was not read whole may have held more of the profile. */
static bool is_complete(const struct restored *restored)
{
	const struct finding *finding = restored->finding;

	for (size_t i = 0; finding && i < finding->n_reasons; i++)
		if (finding->reasons[i] == FINDING_BEFORE_INCOMPLETE)
			return false;
	/* First bytes that the profile itself tells are known all the same. */
	return restored->n_left_out == 0 &&
	       (!restored->recovered || restored->recovered->has_no_gaps);
}

/* What a key record tells of, but was not found, is left out as well. */
static void count_lost(struct restored *restored)
{
	const struct recovered_profile *recovered = restored->recovered;

	if (recovered)
		restored->n_left_out += recovered->n_values_lost;
	if (!(restored->losses >> RESTORE_NAMES & 1) && !is_complete(restored))
		restored->losses |= 1u << RESTORE_DATA;
	restored->incomplete = !is_complete(restored);
}

/* What damage hides may be there, under the name that it had. */
static bool may_be_in_the_way(const struct rebuilt *rebuilt)
{
	const struct recovered_profile *recovered = rebuilt->restored->recovered;

	return recovered && recovered->may_be_alive &&
	       text_equal(rebuilt->name, rebuilt->was);
}

/*
 * What is only possible, or unresolved, may not have happened: the profile may be there
 * under its name, or another one may have that.  Not so where the whole list is gone,
 * or keys above it: then the doubt is what took them, and nothing is in the way.
 */
static bool is_loss_unsure(const struct rebuilt *rebuilt)
{
	const struct finding *finding = rebuilt->restored->finding;

	if (!finding || finding->certainty <= FINDING_PROBABLE ||
	    !text_equal(rebuilt->name, rebuilt->was))
		return false;
	for (size_t i = 0; i < finding->n_reasons; i++)
		if (finding->reasons[i] == FINDING_ANCESTOR_GONE ||
		    finding->reasons[i] == FINDING_STORE_GONE)
			return finding->certainty == FINDING_UNRESOLVED;
	return true;
}

/*
 * The profile's own key may have been another's, and with it all that was put below it.
 * Where it is certain, what is only possible below it is written and marked.
 */
static bool is_content_unsure(const struct restored *restored)
{
	return restored->recovered && restored->recovered->certainty > RECOVERED_CERTAIN;
}

/* What is written below a link is written elsewhere. */
static bool is_linked(const struct rebuilt *rebuilt)
{
	const struct store *last = snapshot_same_store(rebuilt->last, rebuilt->store);

	return last && store_is_link(last);
}

static enum status why_not(const struct job *job, const struct rebuilt *rebuilt)
{
	struct restored *restored = rebuilt->restored;
	enum restore_reason *reason = &restored->reason;
	bool fits;

	RETURN_IF_FAILED(restorefile_measure(rebuilt, &fits));
	bool elsewhere = restorechoice_is_elsewhere(job->series, &job->living, rebuilt);
	count_lost(restored);
	restored->unsure = is_content_unsure(restored);
	restored->pattern = servicenames_find(job->names, rebuilt->was);
	if (!rebuilt->store || strchr(rebuilt->store->path, '*'))
		*reason = RESTORE_LIST_LOST;
	else if (text_length(rebuilt->name) == 0)
		*reason = RESTORE_NAME_LOST;
	else if (restored->pattern && restored->pattern->remade &&
		 job->options->n_names == 0)
		*reason = RESTORE_MADE_ANEW;
	else if (restored->recovered && restored->recovered->mixed)
		*reason = RESTORE_MIXED;
	else if (is_linked(rebuilt))
		*reason = RESTORE_LIST_IS_LINK;
	else if (elsewhere)
		*reason = RESTORE_ELSEWHERE;
	else if (may_be_in_the_way(rebuilt))
		*reason = RESTORE_MAY_BE_ALIVE;
	else
		*reason = restorechoice_place(rebuilt);
	if (*reason == RESTORE_NO_REASON && is_loss_unsure(rebuilt))
		*reason = RESTORE_LOSS_UNSURE;
	if (*reason != RESTORE_NO_REASON)
		return STATUS_OK;
	if (!regfiletext_can_key(REGFILE_5_UTF16, rebuilt->name))
		*reason = RESTORE_NAME_UNFIT;
	else if (!fits)
		*reason = job->options->format == REGFILE_4 ? RESTORE_CODE_PAGE
							    : RESTORE_NAME_UNFIT;
	else if (restored->incomplete && !job->options->partial)
		*reason = RESTORE_INCOMPLETE;
	else if (restored->unsure && !job->options->partial)
		*reason = RESTORE_CONTENT_UNSURE;
	return STATUS_OK;
}

static enum restore_outcome outcome_of(enum restore_reason reason)
{
	switch (reason) {
	case RESTORE_NO_REASON:
		return RESTORE_WRITTEN;
	case RESTORE_MADE_ANEW:
	case RESTORE_IS_BACK:
	case RESTORE_OTHER_STATE:
	case RESTORE_ELSEWHERE:
		return RESTORE_LEFT_OUT;
	case RESTORE_INCOMPLETE:
	case RESTORE_NAME_TAKEN:
	case RESTORE_NAME_LOST:
	case RESTORE_NAME_UNFIT:
	case RESTORE_LIST_LOST:
	case RESTORE_CODE_PAGE:
	case RESTORE_MIXED:
	case RESTORE_MAY_BE_ALIVE:
	case RESTORE_LIST_IS_LINK:
	case RESTORE_LOSS_UNSURE:
	case RESTORE_CONTENT_UNSURE:
	case RESTORE_TOO_MANY:
		break;
	}
	return RESTORE_REFUSED;
}

/* What becomes of it in the last hive, under the name that it gets. */
static struct rebuilt rebuilt_of(const struct job *job, struct restored *restored)
{
	struct rebuilt rebuilt =
		restorechoice_rebuilt(job->series, job->options, restored);

	if (job->options->as)
		rebuilt.name = job->as;
	rebuilt.root = job->root ? job->root : "HKEY_CURRENT_USER";
	rebuilt.root_guessed = !job->root;
	return rebuilt;
}

static enum status judge_all(const struct job *job)
{
	size_t n_written = 0, most = job->options->most;

	if (most == 0)
		most = RESTORE_MAX_FILES;
	for (size_t i = 0; i < job->out->n; i++) {
		struct restored *restored = &job->out->items[i];
		struct rebuilt rebuilt = rebuilt_of(job, restored);
		if (restored->reason == RESTORE_OTHER_STATE)
			continue;
		RETURN_IF_FAILED(why_not(job, &rebuilt));
		if (restored->reason == RESTORE_NO_REASON && n_written == most) {
			restored->reason = RESTORE_TOO_MANY;
			job->out->n_over++;
		}
		n_written += restored->reason == RESTORE_NO_REASON;
		restored->outcome = outcome_of(restored->reason);
		job->out->failed |= restored->outcome == RESTORE_REFUSED &&
				    (restored->reason == RESTORE_CODE_PAGE ||
				     restored->reason == RESTORE_TOO_MANY ||
				     job->options->n_names > 0 || job->options->as);
	}
	return STATUS_OK;
}

/* ---- whether the options fit ---- */

static enum status find_name(const struct job *job, const char *name, bool *found)
{
	struct text wanted;

	*found = false;
	if (!text_from_utf8(name, strlen(name), &wanted))
		return STATUS_NOMEM;
	for (size_t i = 0; i < job->out->n && !*found; i++)
		*found = text_equal(wanted, rebuilt_of(job, &job->out->items[i]).was);
	text_free(wanted);
	return STATUS_OK;
}

/* A name that is not there is a mistake, and nothing is written. */
static enum status check_names(const struct job *job)
{
	char shown[4200];
	bool found;

	for (size_t i = 0; i < job->options->n_names; i++) {
		const char *name = job->options->names[i];
		RETURN_IF_FAILED(find_name(job, name, &found));
		if (found)
			continue;
		failure_set(job->failure,
			    "%s: no profile of that name is gone or damaged",
			    failure_path(name, shown, sizeof(shown)));
		return STATUS_UNSUPPORTED;
	}
	return STATUS_OK;
}

/* Another name is for one: what is left out, or has no list, is none. */
static enum status check_as(const struct job *job)
{
	size_t n = 0;

	for (size_t i = 0; i < job->out->n; i++)
		n += job->out->items[i].outcome != RESTORE_LEFT_OUT &&
		     job->out->items[i].reason != RESTORE_LIST_LOST;
	if (!job->options->as || n == 1)
		return STATUS_OK;
	if (n == 0)
		failure_set(job->failure,
			    "--restore-as: there is no profile to bring back");
	else
		failure_set(job->failure,
			    "--restore-as goes with one profile, and here are %zu: "
			    "choose one with --restore-profile",
			    n);
	return STATUS_UNSUPPORTED;
}

/* ---- the files ---- */

/*
 * Nothing is begun that cannot be ended: a file that is there must be one of ours, as it
 * was written.  The file that is put in its place looks again.
 */
static enum status check_path(const struct job *job, const struct rebuilt *rebuilt,
			      const char *path, bool *replaces)
{
	struct digest whose;
	struct output *output = NULL;
	struct stat st;

	*replaces = lstat(path, &st) == 0;
	if (!*replaces)
		return STATUS_OK;
	RETURN_IF_FAILED(restorefile_whose(rebuilt, &whose));
	const struct output_manner manner = { .is_own = regseal_is_whole,
					      .context = &whose };
	RETURN_IF_FAILED(
		output_create(path, &manner, job->options->kept, &output, job->failure));
	output_abort(output);
	return STATUS_OK;
}

/* Read back: what is hashed is what stands on the disk. */
static enum status hash_file(struct restored *restored, struct failure *failure)
{
	AUTO(evidence_freep) struct evidence *written = NULL;

	RETURN_IF_FAILED(evidence_read(restored->path, &written, failure));
	restored->sha256 = written->sha256;
	restored->n_bytes = written->bytes.len;
	return STATUS_OK;
}

static enum status check_paths(const struct job *job)
{
	for (size_t i = 0; i < job->out->n; i++) {
		struct restored *restored = &job->out->items[i];
		if (restored->outcome != RESTORE_WRITTEN)
			continue;
		struct rebuilt rebuilt = rebuilt_of(job, restored);
		restored->path = file_path(&rebuilt);
		if (!restored->path)
			return STATUS_NOMEM;
		RETURN_IF_FAILED(
			check_path(job, &rebuilt, restored->path, &restored->replaces));
	}
	return STATUS_OK;
}

/* *n_made: so many are on the disk, also when one fails. */
static enum status write_all(const struct job *job, size_t *n_made)
{
	for (size_t i = 0; i < job->out->n; i++, *n_made = i) {
		struct restored *restored = &job->out->items[i];
		stage_advance(job->options->stage, i, job->out->n);
		if (restored->outcome != RESTORE_WRITTEN)
			continue;
		struct rebuilt rebuilt = rebuilt_of(job, restored);
		RETURN_IF_FAILED(
			restorefile_write(&rebuilt, restored->path, job->failure));
		*n_made = i + 1;
		RETURN_IF_FAILED(hash_file(restored, job->failure));
	}
	return STATUS_OK;
}

/*
 * Files without the report that tells of them would be worse than none; but where one of
 * an earlier run stood, that is gone, and a whole one is better than nothing.
 */
static void remove_files(const struct restores *restores, size_t n, struct kept *kept)
{
	for (size_t i = 0; i < n; i++)
		if (restores->items[i].path && !restores->items[i].replaces)
			output_remove(restores->items[i].path, kept);
}

static enum status run(const struct job *job, const char *const *evidence,
		       size_t n_evidence)
{
	size_t n_made = 0;

	RETURN_IF_FAILED(restorechoice_find(job->series, job->options, job->out));
	RETURN_IF_FAILED(restored_sort(job->out));
	RETURN_IF_FAILED(check_names(job));
	RETURN_IF_FAILED(judge_all(job));
	RETURN_IF_FAILED(check_as(job));
	RETURN_IF_FAILED(output_folder(job->options->folder, true, evidence, n_evidence,
				       job->failure));
	RETURN_IF_FAILED(check_paths(job));
	enum status status = write_all(job, &n_made);
	if (status != STATUS_OK)
		remove_files(job->out, n_made, job->options->kept);
	return status;
}

enum status restore_write(const struct series *series, const struct servicenames *names,
			  const struct restore_options *options,
			  const char *const *evidence, size_t n_evidence,
			  struct restores *out, struct failure *failure)
{
	struct restores restores = { .format = options->format };
	char root[ROOT_SIZE];
	struct job job = {
		.series = series,
		.names = names,
		.options = options,
		.root = options->root ? options->root : root_of(series, root),
		.out = &restores,
		.failure = failure,
	};

	failure_set(failure, "out of memory");
	if (options->as && !text_from_utf8(options->as, strlen(options->as), &job.as))
		return STATUS_NOMEM;
	enum status status =
		living_read(series->snapshots[series->n_snapshots - 1], &job.living);
	if (status == STATUS_OK)
		status = run(&job, evidence, n_evidence);
	living_clear(&job.living);
	if (options->as)
		text_free(job.as);
	if (status != STATUS_OK)
		restored_clear(&restores);
	else
		*out = restores;
	return status;
}
