/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the readers of a profile's content share while they fill it: what is
 * known so far of each section, and the rules for following a uid.  The
 * readers run in the order of content_read(): services and providers,
 * accounts, Exchange settings, files.
 */
#ifndef MAPI_CONTENT_CONTENTSTATE_H
#define MAPI_CONTENT_CONTENTSTATE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/array.h"
#include "base/compiler.h"
#include "base/status.h"
#include "mapi/content/contentparts.h"

/* What is known of one direct subkey of the profile. */
struct contentstate_section {
	enum proptag_owner owner;
	bool is_named;		 /* something refers to it */
	bool is_service;	 /* it is in the list of services: */
	size_t service;		 /* at this place */
	bool is_provider;	 /* it is in the list of providers */
	bool is_of_gone_account; /* settings of an account that is no longer there */
	bool is_taken;		 /* its Exchange settings have an entry */
	bool has_file;		 /* one of the service's providers named a file */
	bool holds_default_store;
};

struct contentstate {
	struct content *out;
	const struct key *profile;
	const struct key *root;		       /* its root section; NULL if missing */
	struct contentstate_section *sections; /* one for each subkey of the profile */
	size_t n_followed;
	enum profile_known is_whole; /* but for truncation; unknown: not asked yet */
};

/* Prepares c for a profile.  Return: STATUS_OK, to be cleared; STATUS_NOMEM. */
MUST_CHECK enum status contentstate_init(struct contentstate *c, struct content *out);
void contentstate_clear(struct contentstate *c);

/* What is known of a section, which is a direct subkey of the profile. */
struct contentstate_section *contentstate_section(struct contentstate *c,
						  const struct key *section);

/* Says to whom the section's 66xx tags belong, unless that is known already. */
void contentstate_own(struct contentstate *c, const struct key *section,
		      enum proptag_owner owner);

/* Called for each section that a uid list names, once for each time it does. */
typedef enum status (*contentstate_visit)(struct contentstate *c,
					  const struct key *section, size_t arg);

/*
 * Follows the uids of a value of `holder`: marks each section as named and
 * visits it (visit may be NULL); a uid that names no section is a problem,
 * one for each value.  A value that holds no uids has none.
 */
MUST_CHECK enum status contentstate_follow(struct contentstate *c,
					   const struct key *holder,
					   const struct value *value,
					   contentstate_visit visit, size_t arg);

/* The same by property id; STATUS_OK if the holder has no such value. */
MUST_CHECK enum status contentstate_follow_id(struct contentstate *c,
					      const struct key *holder, uint16_t id,
					      contentstate_visit visit, size_t arg);

/*
 * The same for a list whose sections may not be there yet or any more: a uid
 * without a section is no problem.
 */
MUST_CHECK enum status contentstate_mark_id(struct contentstate *c,
					    const struct key *holder, uint16_t id,
					    contentstate_visit visit, size_t arg);

/*
 * True if nothing of the profile is missing that another part of it names, or that could
 * not be read: only then what is not there is not there.  After service_read() and
 * account_read(), which find what is missing.
 */
bool contentstate_is_whole(struct contentstate *c);

/* The first section that a uid value names, or NULL; marks and reports nothing. */
const struct key *contentstate_target(const struct contentstate *c,
				      const struct key *holder, uint16_t id);

MUST_CHECK enum status contentstate_problem(struct contentstate *c,
					    enum profile_problem_code code,
					    const struct key *section,
					    const struct value *value);

/* The string of a section, or an empty text. */
struct text contentstate_string(const struct key *section, uint16_t id);

/* STATUS_LIMIT becomes the mark `truncated`: a full list stops growing, no more. */
MUST_CHECK enum status contentstate_grown(struct contentstate *c, enum status status);

/* Appends an item to a list of the content. */
#define CONTENTSTATE_ADD(c, list, ...)                                                   \
	__extension__({                                                                  \
		enum status added_ = ARRAY_RESERVE(&(c)->out->list, PROFILE_MAX_ITEMS);  \
		if (added_ == STATUS_OK)                                                 \
			(c)->out->list.items[(c)->out->list.n++] = __VA_ARGS__;          \
		contentstate_grown((c), added_);                                         \
	})

#endif
