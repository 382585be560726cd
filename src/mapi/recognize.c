/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Profiles known by the names of their keys; the sections: src/mapi/sections.tsv. */
#include "mapi/recognize.h"

#include "mapi/hexname.h"
#include "mapi/property.h"
#include "mapi/proptag.h"
#include "mapi/section.h"

/* Sections with random uids that make a profile: one alone may be anything. */
#define MIN_OWN_SECTIONS 2

#define UID_DIGITS (PROPERTY_UID_NAME_SIZE - 1)
#define ACCOUNT_DIGITS 8

bool recognize_is_list_name(struct text name)
{
	return text_is(name, "Profiles") || text_is(name, "Deleted Profiles");
}

static bool is_name_above_list(struct text name)
{
	return text_is(name, "Windows Messaging Subsystem") || text_is(name, "Outlook");
}

enum recovered_fit recognize_fit(struct text name, struct text parent, struct text above)
{
	bool section = hexname_is(name, UID_DIGITS);

	/* Sections fit any profile, so their names do not tell which one. */
	if (recognize_is_list_name(above))
		return RECOVERED_MAY_FIT;
	if (section_is_fixed(name))
		/* Below a list itself, or below what is no profile. */
		return text_length(above) > 0 || recognize_is_list_name(parent)
			       ? RECOVERED_FITS_NOT
			       : RECOVERED_MAY_FIT;
	if (text_is(parent, SECTION_ACCOUNTS) && hexname_is(name, ACCOUNT_DIGITS))
		return RECOVERED_FITS;
	if (recognize_is_list_name(parent) && is_name_above_list(above))
		return section ? RECOVERED_MAY_FIT : RECOVERED_FITS;
	return RECOVERED_MAY_FIT;
}

bool recognize_is_common(struct text name)
{
	return section_is_fixed(name) || text_is(name, SECTION_ACCOUNTS) ||
	       hexname_is(name, ACCOUNT_DIGITS);
}

bool recognize_has_properties(const struct key *key)
{
	struct proptag tag;

	for (uint32_t i = 0; i < key->n_values; i++)
		if (proptag_parse(value_name(&key->values[i]), &tag))
			return true;
	return false;
}

bool recognize_is_profile(const struct key *key)
{
	unsigned n = 0;

	for (uint32_t i = 0; i < key->n_children; i++) {
		const struct key *section = &key->children[i];
		if (section_is_fixed(key_name(section)))
			return true;
		n += section_is_own(section) && recognize_has_properties(section);
	}
	return n >= MIN_OWN_SECTIONS;
}

size_t recognize_shared_sections(const struct key *a, const struct key *b)
{
	size_t n = 0;

	for (uint32_t i = 0; i < a->n_children; i++)
		n += key_child(b, key_name(&a->children[i])) != NULL &&
		     section_is_own(&a->children[i]);
	return n;
}
