/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a profile lost that it still names itself. */
#include "compare/damage.h"

#include "mapi/content/content.h"
#include "mapi/section.h"

/*
 * True if after names, and lacks, something that before had: a section by its
 * uid below the profile key, an account by its number below the account
 * manager.  What never was there is a spoilt list, not a loss.
 */
static bool lacks_what_was(const struct content *before, const struct content *after,
			   enum profile_problem_code code)
{
	const struct key *above = before->key;

	if (code == PROFILE_DANGLING_ACCOUNT)
		above = key_child(above, text_of(SECTION_ACCOUNTS));
	for (size_t i = 0; above && i < after->problems.n; i++)
		if (after->problems.items[i].code == code &&
		    key_child(above, text_of(after->problems.items[i].uid)))
			return true;
	return false;
}

static bool has_problem(const struct content *content, enum profile_problem_code code)
{
	for (size_t i = 0; i < content->problems.n; i++)
		if (content->problems.items[i].code == code)
			return true;
	return false;
}

static void damaged(struct finding *finding, enum finding_reason reason)
{
	finding->kind = FINDING_DAMAGED;
	finding_add_reason(finding, reason);
}

/*
 * Damage: what the profile's own chain still names is gone, or its root
 * section is; and it was there before.
 */
enum status damage_find(const struct snapshot_profile *earlier,
			const struct snapshot_profile *later, struct finding *finding)
{
	AUTO(content_freep) struct content *before = NULL;
	AUTO(content_freep) struct content *after = NULL;

	RETURN_IF_FAILED(content_read(earlier->profile.key, &before));
	RETURN_IF_FAILED(content_read(later->profile.key, &after));
	/* A profile key without anything has no root section either. */
	bool had_root = earlier->profile.n_sections > 0 &&
			!has_problem(before, PROFILE_MISSING_ROOT_SECTION);
	if (lacks_what_was(before, after, PROFILE_DANGLING_UID))
		damaged(finding, FINDING_SECTIONS_MISSING);
	if (lacks_what_was(before, after, PROFILE_DANGLING_ACCOUNT))
		damaged(finding, FINDING_ACCOUNTS_MISSING);
	bool has_root = later->profile.n_sections > 0 &&
			!has_problem(after, PROFILE_MISSING_ROOT_SECTION);
	if (had_root && !has_root)
		damaged(finding, FINDING_ROOT_SECTION_MISSING);
	return STATUS_OK;
}
