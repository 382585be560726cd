/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the readers of a profile's content share while they fill it: what is
 * known so far of each section, and the rules for following a uid.  The
 * readers run in the order of profile_content_read(): services and providers,
 * accounts, Exchange settings, files.
 */
#ifndef MAPI_CONTENT_H
#define MAPI_CONTENT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/array.h"
#include "base/compiler.h"
#include "base/status.h"
#include "mapi/profile.h"

/* What is known of one direct subkey of the profile. */
struct content_section {
	enum proptag_owner owner;
	bool is_named;	  /* something refers to it */
	bool is_service;  /* it is in the list of services: */
	size_t service;	  /* at this place */
	bool is_provider; /* it is in the list of providers */
	bool is_taken;	  /* its Exchange settings have an entry */
	bool has_file;	  /* one of the service's providers named a file */
	bool holds_default_store;
};

struct content {
	struct profile_content *out;
	const struct key *profile;
	const struct key *root;		  /* its root section; NULL if missing */
	struct content_section *sections; /* one for each subkey of the profile */
	size_t n_followed;
};

/* Prepares c for a profile.  Return: STATUS_OK, to be cleared; STATUS_NOMEM. */
MUST_CHECK enum status content_init(struct content *c, struct profile_content *out);
void content_clear(struct content *c);

/* What is known of a section, which is a direct subkey of the profile. */
struct content_section *content_section(struct content *c, const struct key *section);

/* Says to whom the section's 66xx tags belong, unless that is known already. */
void content_own(struct content *c, const struct key *section, enum proptag_owner owner);

/* Called for each section that a uid list names, once for each time it does. */
typedef enum status (*content_visit)(struct content *c, const struct key *section,
				     size_t arg);

/*
 * Follows the uids of a value of `holder`: marks each section as named and
 * visits it (visit may be NULL); a uid that names no section is a problem,
 * one for each value.  A value that holds no uids has none.
 */
MUST_CHECK enum status content_follow(struct content *c, const struct key *holder,
				      const struct value *value, content_visit visit,
				      size_t arg);

/* The same by property id; STATUS_OK if the holder has no such value. */
MUST_CHECK enum status content_follow_id(struct content *c, const struct key *holder,
					 uint16_t id, content_visit visit, size_t arg);

/*
 * The same for a list whose sections may not be there yet or any more: a uid
 * without a section is no problem.
 */
MUST_CHECK enum status content_mark_id(struct content *c, const struct key *holder,
				       uint16_t id, content_visit visit, size_t arg);

/* The first section that a uid value names, or NULL; marks and reports nothing. */
const struct key *content_target(const struct content *c, const struct key *holder,
				 uint16_t id);

MUST_CHECK enum status content_problem(struct content *c, enum profile_problem_code code,
				       const struct key *section,
				       const struct value *value);

/* The string of a section, or an empty text. */
struct text content_string(const struct key *section, uint16_t id);

/* STATUS_LIMIT becomes the mark `truncated`: a full list stops growing, no more. */
MUST_CHECK enum status content_grown(struct content *c, enum status status);

/* Appends an item to a list of the content. */
#define CONTENT_ADD(c, list, ...)                                                        \
	__extension__({                                                                  \
		enum status added_ = ARRAY_RESERVE(&(c)->out->list, PROFILE_MAX_ITEMS);  \
		if (added_ == STATUS_OK)                                                 \
			(c)->out->list.items[(c)->out->list.n++] = __VA_ARGS__;          \
		content_grown((c), added_);                                              \
	})

/* Every tagged value, every secret, and the values that contradict their type. */
MUST_CHECK enum status content_list_values(struct content *c);
/* The sections that nothing names; after all that could name one was read. */
MUST_CHECK enum status content_list_orphans(struct content *c);

/* The value that a section names by this type and id, or NULL. */
const struct value *profile_typed_value(const struct key *section, uint16_t type,
					uint16_t id);
/* To whom the 66xx tags of a section belong that every profile names alike. */
enum proptag_owner profile_section_owner(struct text section_name);

/* The readers, each in the file of its name. */
MUST_CHECK enum status service_read(struct content *c);
MUST_CHECK enum status account_read(struct content *c);
MUST_CHECK enum status exchange_read(struct content *c);
MUST_CHECK enum status datafile_read(struct content *c);

#endif
