/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Prints the words that the report has for what the program knows, as the program itself
 * says them: of each kind all, by its enumeration.  A line of each: KIND WORD [MORE].
 * tests/check/schema.sh holds the schema and the manuals against them.
 */
#include "base/basis.h"
#include "base/diag.h"
#include "cause/condition/conditiontable.h"
#include "cause/condition/wanted.h"
#include "cause/diagnosis.h"
#include "cause/incident/holder.h"
#include "cause/incident/sign.h"
#include "collection/place.h"
#include "collection/subjects/whose.h"
#include "companion/listing/listing.h"
#include "companion/mapi32.h"
#include "compare/difference.h"
#include "compare/finding.h"
#include "compare/origin/otherhive.h"
#include "compare/recoveredshare.h"
#include "compare/verdict.h"
#include "mapi/content/content.h"
#include "mapi/proptag.h"
#include "mapi/store.h"
#include "recovery/recovery.h"
#include "regf/log/replay.h"
#include "regf/log/txlog.h"
#include "regf/recover/recovered.h"
#include "report/restore/restored.h"
#include "snapshot/snapshot.h"
#include "snapshot/subject.h"

#include <stdio.h>

/* All words of an enumeration from its first constant to its last. */
#define WORDS(kind, word_of, type, first, last)                                          \
	for (int i = (first); i <= (int)(last); i++)                                     \
	printf("%s %s\n", (kind), word_of((type)i))

static void print_of_hives(void)
{
#define X(code, word, severity)                                                          \
	printf("diagnostic_code %s %s\n", diag_word(code),                               \
	       diag_severity_word(diag_severity(code)));
	DIAG_CODES(X)
#undef X
	/* That a log is sound is no reason, and of one that is not its fault is told. */
#define X(fault, word, sentence)                                                         \
	if ((fault) != TXLOG_SOUND)                                                      \
		printf("log_reason %s\n", txlog_fault_word(fault));
	TXLOG_FAULTS(X)
#undef X
#define X(reason, word, sentence)                                                        \
	if ((reason) != REPLAY_LOG_FAULT)                                                \
		printf("log_reason %s\n", replay_reason_word(reason));
	REPLAY_REASONS(X)
#undef X
	WORDS("log_outcome", replay_outcome_word, enum replay_outcome, REPLAY_APPLIED,
	      REPLAY_REFUSED);
	WORDS("origin", recovered_origin_word, enum recovered_origin, RECOVERED_FREE,
	      RECOVERED_UNMAPPED);
	WORDS("path_certainty", recovered_certainty_word, enum recovered_certainty,
	      RECOVERED_CERTAIN, RECOVERED_PARTIAL);
	WORDS("since", recovered_since_word, enum recovered_since,
	      RECOVERED_SINCE_UNKNOWN, RECOVERED_SINCE_BETWEEN);
	WORDS("subject_role", subject_role_word, enum subject_role, SUBJECT_LOCAL_SYSTEM,
	      SUBJECT_UNKNOWN);
	WORDS("export_text", regtext_encoding_word, enum regtext_encoding, REGTEXT_ASCII,
	      REGTEXT_UTF16BE);
	WORDS("paired_by", whose_way_word, enum whose_way, WHOSE_SID_ROOT, WHOSE_PATH);
	WORDS("place_layout", place_layout_word, enum place_layout, PLACE_UNKNOWN,
	      PLACE_SHADOW_COPY);
	WORDS("file_kind_seen", filekind_word, enum filekind, 0, FILEKIND_N - 1);
	WORDS("readers", snapshot_readers_word, enum snapshot_readers, SNAPSHOT_AGREE,
	      SNAPSHOT_TEXT);
}

static void print_of_profiles(void)
{
	WORDS("problem_code", content_problem_word, enum profile_problem_code,
	      PROFILE_DANGLING_UID, PROFILE_TRUNCATED);
	WORDS("mailbox", content_mailbox_word, enum profile_mailbox,
	      PROFILE_MAILBOX_PRIMARY, PROFILE_MAILBOX_PUBLIC);
	WORDS("encryption", content_encryption_word, enum profile_encryption,
	      PROFILE_NO_ENCRYPTION, PROFILE_AUTOMATIC);
	WORDS("mail_login", content_login_word, enum profile_login, PROFILE_LOGIN_NONE,
	      PROFILE_LOGIN_INCOMING_FIRST);
	WORDS("store_kind", store_kind_word, enum store_kind, STORE_WMS, STORE_OFFICE);
	for (unsigned type = 0; type <= UINT16_MAX; type++)
		if (proptag_type_word((uint16_t)type))
			printf("property_type %s\n", proptag_type_word((uint16_t)type));
	WORDS("name_from", recovery_name_word, enum recovery_name, RECOVERY_NAME_RECORD,
	      RECOVERY_NAME_NONE);
}

static void print_of_changes(void)
{
	WORDS("change_kind", finding_kind_word, enum finding_kind, FINDING_DELETED,
	      FINDING_DEFAULT_CHANGED);
	WORDS("certainty", finding_certainty_word, enum finding_certainty,
	      FINDING_CERTAIN, FINDING_UNRESOLVED);
	WORDS("fate", verdict_fate_word, enum verdict_fate, VERDICT_GONE,
	      VERDICT_UNKNOWN);
	WORDS("bound_source", finding_source_word, enum finding_source,
	      FINDING_PROFILE_KEY_TIME, FINDING_NEW_HIVE_KEY_TIME);
	WORDS("other_hive_is", otherhive_word, enum otherhive_kind, OTHERHIVE_NEW,
	      OTHERHIVE_OLDER_COPY);
#define X(reason, word, sentence) printf("reason_code %s\n", finding_reason_word(reason));
	FINDING_REASONS(X)
#undef X
	WORDS("difference_kind", difference_word, enum difference_kind,
	      DIFFERENCE_KEY_REMOVED, DIFFERENCE_VALUE_CHANGED);
	WORDS("recovered_share_completeness", recoveredshare_word,
	      enum recovered_share_completeness, RECOVERED_SHARE_NONE,
	      RECOVERED_SHARE_WHOLE);
}

static void print_of_causes(void)
{
	WORDS("cause", cause_word, enum cause, CAUSE_KB_817375, CAUSE_WRONG_PAIR);
	WORDS("grade", grade_word, enum grade, GRADE_SUPPORTED, GRADE_RULED_OUT);
	for (unsigned id = 0; id < CONDITION_N_IDS; id++) {
		const struct condition_kind *kind =
			conditiontable_kind((enum condition_id)id);
		printf("condition_id %s %s\n", kind->word, basis_word(kind->basis));
	}
	WORDS("diagnosis_rank", diagnosis_rank_word, enum diagnosis_rank, DIAGNOSIS_OTHER,
	      DIAGNOSIS_BEST_OF_ALL);
	for (unsigned bit = WANTED_FIRST_OPTION; bit <= WANTED_LAST_OPTION; bit <<= 1)
		printf("missing_option %s\n", wanted_option((enum wanted)bit));
	WORDS("condition_state", condition_state_word, enum condition_state,
	      CONDITION_UNKNOWN, CONDITION_NOT_MET);
	WORDS("condition_weight", condition_weight_word, enum condition_weight,
	      CONDITION_NECESSARY, CONDITION_HINT);
	WORDS("basis", basis_word, enum basis, BASIS_DOCUMENTED, BASIS_UNCONFIRMED);
	WORDS("holder_class", holder_class_word, enum holder_class, HOLDER_THIRD_PARTY,
	      HOLDER_WINDOWS);
	WORDS("holder_join", holder_join_word, enum holder_join, HOLDER_BY_PID,
	      HOLDER_BY_IMAGE);
	WORDS("sign_strength", sign_strength_word, enum sign_strength, SIGN_STRONG,
	      SIGN_WEAK);
	WORDS("mapi32_verdict", mapi32_verdict_word, enum mapi32_verdict, MAPI32_UNKNOWN,
	      MAPI32_MISMATCH);
	WORDS("listing_kind", listing_kind_word, enum listing_kind, LISTING_UNKNOWN,
	      LISTING_TASKLIST_SERVICES);
	WORDS("listing_format", listing_format_word, enum listing_format, LISTING_LINES,
	      LISTING_CSV);
}

static void print_of_restoring(void)
{
	WORDS("restore_outcome", restored_outcome_word, enum restore_outcome,
	      RESTORE_WRITTEN, RESTORE_REFUSED);
#define X(reason, word, why, remedy)                                                     \
	if ((reason) != RESTORE_NO_REASON)                                               \
		printf("restore_reason %s\n", restored_reason_word(reason));
	RESTORE_REASONS(X)
#undef X
#define X(loss, word, sentence) printf("restore_loss %s\n", restored_loss_word(loss));
	RESTORE_LOSSES(X)
#undef X
}

int main(void)
{
	print_of_hives();
	print_of_profiles();
	print_of_changes();
	print_of_causes();
	print_of_restoring();
	return ferror(stdout) || fclose(stdout) ? 1 : 0;
}
