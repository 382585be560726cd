/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is known of the sections of one profile while its content is read, and
 * the lists that need no reader of their own: values, secrets, problems.
 */
#include "mapi/content.h"

#include "mapi/secret.h"

#include <stdlib.h>
#include <string.h>

enum status content_init(struct content *c, struct profile_content *out)
{
	const struct key *profile = out->key;

	*c = (struct content){
		.out = out,
		.profile = profile,
		.root = key_child(profile, text_of(PROFILE_SECTION_ROOT)),
	};
	/* One more than there are: calloc() of nothing may be NULL. */
	c->sections = calloc((size_t)profile->n_children + 1, sizeof(*c->sections));
	if (!c->sections)
		return STATUS_NOMEM;
	for (uint32_t i = 0; i < profile->n_children; i++)
		c->sections[i].owner =
			profile_section_owner(key_name(&profile->children[i]));
	return STATUS_OK;
}

void content_clear(struct content *c)
{
	free(c->sections);
	c->sections = NULL;
}

struct content_section *content_section(struct content *c, const struct key *section)
{
	return &c->sections[section - c->profile->children];
}

void content_own(struct content *c, const struct key *section, enum proptag_owner owner)
{
	struct content_section *known = content_section(c, section);

	if (known->owner == PROPTAG_OWNER_ANY)
		known->owner = owner;
}

enum status content_grown(struct content *c, enum status status)
{
	if (status != STATUS_LIMIT)
		return status;
	c->out->truncated = true;
	return STATUS_OK;
}

enum status content_problem(struct content *c, enum profile_problem_code code,
			    const struct key *section, const struct value *value)
{
	return CONTENT_ADD(c, problems,
			   (struct profile_problem){
				   .code = code, .section = section, .value = value });
}

static int compare_uids(const void *a, const void *b)
{
	return strcmp(((const struct profile_problem *)a)->uid,
		      ((const struct profile_problem *)b)->uid);
}

/* Leaves one problem per uid of those from `first` on, which are of one value. */
static void unite_dangling(struct profile_content *out, size_t first)
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

enum status content_follow(struct content *c, const struct key *holder,
			   const struct value *value, content_visit visit, size_t arg)
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
			RETURN_IF_FAILED(CONTENT_ADD(c, problems, problem));
			continue;
		}
		content_section(c, section)->is_named = true;
		if (visit)
			RETURN_IF_FAILED(visit(c, section, arg));
	}
	unite_dangling(c->out, n_before);
	return STATUS_OK;
}

enum status content_follow_id(struct content *c, const struct key *holder, uint16_t id,
			      content_visit visit, size_t arg)
{
	return content_follow(c, holder, profile_typed_value(holder, PROPTAG_BINARY, id),
			      visit, arg);
}

enum status content_mark_id(struct content *c, const struct key *holder, uint16_t id,
			    content_visit visit, size_t arg)
{
	size_t n_before = c->out->problems.n;

	RETURN_IF_FAILED(content_follow_id(c, holder, id, visit, arg));
	c->out->problems.n = n_before;
	return STATUS_OK;
}

const struct key *content_target(const struct content *c, const struct key *holder,
				 uint16_t id)
{
	char uid[PROPERTY_UID_NAME_SIZE];
	struct span uids;

	if (!profile_bytes(holder, id, &uids) || property_uid_count(uids, NULL) == 0)
		return NULL;
	property_uid_name(uids, 0, uid);
	return key_child(c->profile, text_of(uid));
}

struct text content_string(const struct key *section, uint16_t id)
{
	struct text t;

	return profile_string(section, id, &t) ? t : text_of("");
}

static enum status list_value(struct content *c, const struct key *key,
			      const struct value *value, enum proptag_owner owner)
{
	struct proptag tag;

	if (secret_is(value))
		return CONTENT_ADD(c, secrets, (struct profile_secret){ key, value });
	if (!proptag_parse(value_name(value), &tag))
		return STATUS_OK;
	RETURN_IF_FAILED(CONTENT_ADD(c, values,
				     (struct profile_value){
					     .section = key,
					     .value = value,
					     .tag = tag,
					     .name = proptag_name(tag, owner),
				     }));
	/* What is lost contradicts nothing. */
	bool lost = value_head_lost(value) > 0 ||
		    (value->data_len == 0 && value->declared_len > 0);
	if (lost || property_is_sound(value, tag))
		return STATUS_OK;
	return content_problem(c, PROFILE_UNDECODABLE, key, value);
}

enum status content_list_values(struct content *c)
{
	enum proptag_owner owner = PROPTAG_OWNER_ANY;

	for (const struct key *key = c->profile; key; key = key_next(c->profile, key)) {
		if (key != c->profile && key->parent == c->profile)
			owner = content_section(c, key)->owner;
		for (uint32_t i = 0; i < key->n_values; i++) {
			if (c->out->truncated)
				return STATUS_OK;
			RETURN_IF_FAILED(list_value(c, key, &key->values[i], owner));
		}
	}
	return STATUS_OK;
}

enum status content_list_orphans(struct content *c)
{
	for (uint32_t i = 0; i < c->profile->n_children; i++) {
		const struct key *section = &c->profile->children[i];
		if (!c->sections[i].is_named && profile_is_own_section(section))
			RETURN_IF_FAILED(content_problem(c, PROFILE_ORPHAN_SECTION,
							 section, NULL));
	}
	return STATUS_OK;
}
