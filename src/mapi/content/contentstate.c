/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the readers of the parts of a profile share; below all of them. */
#include "mapi/content/contentstate.h"

#include "mapi/section.h"

#include <stdlib.h>
#include <string.h>

enum status contentstate_init(struct contentstate *c, struct content *out)
{
	const struct key *profile = out->key;

	*c = (struct contentstate){
		.out = out,
		.profile = profile,
		.root = key_child(profile, text_of(SECTION_ROOT)),
	};
	/* One more than there are: calloc() of nothing may be NULL. */
	c->sections = calloc((size_t)profile->n_children + 1, sizeof(*c->sections));
	if (!c->sections)
		return STATUS_NOMEM;
	for (uint32_t i = 0; i < profile->n_children; i++)
		c->sections[i].owner = section_owner(key_name(&profile->children[i]));
	return STATUS_OK;
}

void contentstate_clear(struct contentstate *c)
{
	free(c->sections);
	c->sections = NULL;
}

struct contentstate_section *contentstate_section(struct contentstate *c,
						  const struct key *section)
{
	return &c->sections[section - c->profile->children];
}

void contentstate_own(struct contentstate *c, const struct key *section,
		      enum proptag_owner owner)
{
	struct contentstate_section *known = contentstate_section(c, section);

	if (known->owner == PROPTAG_OWNER_ANY)
		known->owner = owner;
}

enum status contentstate_grown(struct contentstate *c, enum status status)
{
	if (status != STATUS_LIMIT)
		return status;
	c->out->truncated = true;
	return STATUS_OK;
}

enum status contentstate_problem(struct contentstate *c, enum profile_problem_code code,
				 const struct key *section, const struct value *value)
{
	return CONTENTSTATE_ADD(c, problems,
				(struct profile_problem){ .code = code,
							  .section = section,
							  .value = value });
}

static int compare_uids(const void *a, const void *b)
{
	return strcmp(((const struct profile_problem *)a)->uid,
		      ((const struct profile_problem *)b)->uid);
}

/* Leaves one problem per uid of those from `first` on, which are of one value. */
static void unite_dangling(struct content *out, size_t first)
{
	size_t n = first;

	if (out->problems.n - first < 2)
		return;
	qsort(out->problems.items + first, out->problems.n - first,
	      sizeof(*out->problems.items), compare_uids);
	for (size_t i = first; i < out->problems.n; i++)
		if (i == first ||
		    compare_uids(&out->problems.items[n - 1], &out->problems.items[i]))
			out->problems.items[n++] = out->problems.items[i];
	out->problems.n = n;
}

enum status contentstate_follow(struct contentstate *c, const struct key *holder,
				const struct value *value, contentstate_visit visit,
				size_t arg)
{
	struct profile_problem problem = {
		.code = PROFILE_DANGLING_UID,
		.section = holder,
		.value = value,
	};
	struct span uids;
	size_t n_uids, n_before = c->out->problems.n;

	if (!value || !property_bytes(value, &uids))
		return STATUS_OK;
	n_uids = property_uid_count(uids, NULL);
	for (size_t i = 0; i < n_uids; i++) {
		const struct key *section;
		if (c->n_followed++ >= PROFILE_MAX_ITEMS) {
			c->out->truncated = true;
			break;
		}
		property_uid_name(uids, i, problem.uid);
		section = key_child(c->profile, text_of(problem.uid));
		if (!section) {
			RETURN_IF_FAILED(CONTENTSTATE_ADD(c, problems, problem));
			continue;
		}
		contentstate_section(c, section)->is_named = true;
		if (visit)
			RETURN_IF_FAILED(visit(c, section, arg));
	}
	unite_dangling(c->out, n_before);
	return STATUS_OK;
}

enum status contentstate_follow_id(struct contentstate *c, const struct key *holder,
				   uint16_t id, contentstate_visit visit, size_t arg)
{
	return contentstate_follow(
		c, holder, section_typed_value(holder, PROPTAG_BINARY, id), visit, arg);
}

enum status contentstate_mark_id(struct contentstate *c, const struct key *holder,
				 uint16_t id, contentstate_visit visit, size_t arg)
{
	size_t n_before = c->out->problems.n;

	RETURN_IF_FAILED(contentstate_follow_id(c, holder, id, visit, arg));
	c->out->problems.n = n_before;
	return STATUS_OK;
}

static bool names_nothing_missing(const struct content *out)
{
	for (size_t i = 0; i < out->problems.n; i++)
		if (out->problems.items[i].code == PROFILE_DANGLING_UID)
			return false;
	return true;
}

static bool is_read_whole(const struct key *profile)
{
	const uint16_t lacking = KEY_FLAG_RECOVERED | KEY_FLAG_PLACEHOLDER |
				 KEY_FLAG_SUBKEYS_PARTIAL | KEY_FLAG_VALUES_PARTIAL;

	for (const struct key *key = profile; key; key = key_next(profile, key)) {
		if (key->flags & lacking)
			return false;
		for (uint32_t i = 0; i < key->n_values; i++)
			if (key->values[i].flags &
			    (VALUE_FLAG_SHORT | VALUE_FLAG_HEAD_LOST))
				return false;
	}
	return true;
}

bool contentstate_is_whole(struct contentstate *c)
{
	if (c->is_whole == PROFILE_UNKNOWN)
		c->is_whole = c->root && names_nothing_missing(c->out) &&
					      is_read_whole(c->profile)
				      ? PROFILE_YES
				      : PROFILE_NO;
	return c->is_whole == PROFILE_YES && !c->out->truncated;
}

const struct key *contentstate_target(const struct contentstate *c,
				      const struct key *holder, uint16_t id)
{
	char uid[PROPERTY_UID_NAME_SIZE];
	struct span uids;

	if (!section_bytes(holder, id, &uids) || property_uid_count(uids, NULL) == 0)
		return NULL;
	property_uid_name(uids, 0, uid);
	return key_child(c->profile, text_of(uid));
}

struct text contentstate_string(const struct key *section, uint16_t id)
{
	struct text t;

	return section_string(section, id, &t) ? t : text_of("");
}
