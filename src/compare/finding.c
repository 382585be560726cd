/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The words of findings, and what is put into one. */
#include "compare/finding.h"

bool finding_needs_cause(const struct finding *finding)
{
	switch (finding->kind) {
	case FINDING_DELETED:
	case FINDING_MOVED:
	case FINDING_RENAMED:
	case FINDING_RECREATED:
	case FINDING_DAMAGED:
	case FINDING_OTHER_HIVE:
	case FINDING_STORE_REMOVED:
		return true;
	case FINDING_ADDED:
	case FINDING_MODIFIED:
	case FINDING_DEFAULT_CHANGED:
		break;
	}
	return false;
}

const char *finding_kind_word(enum finding_kind kind)
{
	static const char *const words[] = {
		[FINDING_DELETED] = "deleted",
		[FINDING_MOVED] = "moved",
		[FINDING_RENAMED] = "renamed",
		[FINDING_RECREATED] = "recreated",
		[FINDING_ADDED] = "added",
		[FINDING_MODIFIED] = "modified",
		[FINDING_DAMAGED] = "damaged",
		[FINDING_OTHER_HIVE] = "other_hive",
		[FINDING_STORE_REMOVED] = "store_removed",
		[FINDING_DEFAULT_CHANGED] = "default_changed",
	};

	return words[kind];
}

const char *finding_certainty_word(enum finding_certainty certainty)
{
	static const char *const words[] = {
		[FINDING_CERTAIN] = "certain",
		[FINDING_PROBABLE] = "probable",
		[FINDING_POSSIBLE] = "possible",
		[FINDING_UNRESOLVED] = "unresolved",
	};

	return words[certainty];
}

const char *finding_reason_word(enum finding_reason reason)
{
	static const char *const words[] = {
#define X(constant, word, sentence) [constant] = word,
		FINDING_REASONS(X)
#undef X
	};

	return words[reason];
}

const char *finding_reason_sentence(enum finding_reason reason)
{
	static const char *const sentences[] = {
#define X(constant, word, sentence) [constant] = sentence,
		FINDING_REASONS(X)
#undef X
	};

	return sentences[reason];
}

const char *finding_source_word(enum finding_source source)
{
	static const char *const words[] = {
		[FINDING_PROFILE_KEY_TIME] = "profile_key_time",
		[FINDING_HIVE_KEY_TIME] = "hive_key_time",
		[FINDING_HEADER_TIME] = "header_time",
		[FINDING_LIST_KEY_TIME] = "list_key_time",
		[FINDING_ANCESTOR_KEY_TIME] = "ancestor_key_time",
		[FINDING_NEW_LIST_KEY_TIME] = "new_list_key_time",
		[FINDING_RECOVERED_KEY_TIME] = "recovered_key_time",
		[FINDING_NEW_HIVE_KEY_TIME] = "new_hive_key_time",
	};

	return words[source];
}

void finding_clear(struct finding *finding)
{
	differences_clear(&finding->differences);
}

void finding_add_reason(struct finding *finding, enum finding_reason reason)
{
	if (finding->n_reasons < FINDING_MAX_REASONS)
		finding->reasons[finding->n_reasons++] = reason;
}

bool finding_is_out_of_order(const struct finding *finding)
{
	for (size_t i = 0; i < finding->n_reasons; i++)
		if (finding->reasons[i] == FINDING_BOUNDS_CONFLICT ||
		    finding->reasons[i] == FINDING_TIMES_BACKWARDS)
			return true;
	return false;
}

void finding_lower(struct finding *finding, enum finding_certainty to,
		   enum finding_reason reason)
{
	if (finding->certainty < to)
		finding->certainty = to;
	for (size_t i = 0; i < finding->n_reasons; i++)
		if (finding->reasons[i] == reason)
			return;
	finding_add_reason(finding, reason);
}
