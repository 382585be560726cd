/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Profiles known by the names of their keys; the sections: src/mapi/sections.tsv.  The
 * settings of accounts are those of real hives and of Outlook's account management.
 */
#include "mapi/recognize.h"

#include "mapi/hexname.h"
#include "mapi/property.h"
#include "mapi/proptag.h"
#include "mapi/section.h"

#include <string.h>

/* Sections with random uids that make a profile: one alone may be anything. */
#define MIN_OWN_SECTIONS 2

#define UID_DIGITS (PROPERTY_UID_NAME_SIZE - 1)
#define ACCOUNT_DIGITS 8

static const char *const manager_settings[] = {
	"NextAccountID",
	"LastChangeVer",
	"{ED475418-B0D6-11D2-8C3B-00104B2A6676}",
	"{ED475419-B0D6-11D2-8C3B-00104B2A6676}",
	"{ED475420-B0D6-11D2-8C3B-00104B2A6676}",
};

static const char *const account_settings[] = {
	"clsid",
	"Mini UID",
	"Account Name",
	"Display Name",
	"Email",
	"Reply Email",
	"Organization",
	"Preferences UID",
	"Service UID",
	"Service Name",
	"MAPI Provider",
	"XP Provider UID",
	"Leave on Server",
	"Delivery Store EntryID",
	"Delivery Folder EntryID",
	"POP3 Server",
	"POP3 Port",
	"POP3 User",
	"POP3 Password",
	"POP3 Use SSL",
	"POP3 Use SPA",
	"IMAP Server",
	"IMAP Port",
	"IMAP User",
	"IMAP Password",
	"IMAP Use SSL",
	"IMAP Use SPA",
	"SMTP Server",
	"SMTP Port",
	"SMTP User",
	"SMTP Password",
	"SMTP Use SSL",
	"SMTP Use SPA",
	"SMTP Use Auth",
	"SMTP Auth Method",
	"SMTP Secure Connection",
	"HTTP Server URL",
	"HTTP User",
	"HTTP Password",
	"LDAP Server",
	"LDAP Port",
	"LDAP User Name",
	"LDAP Password",
	"LDAP Search Base",
};

/* Settings of an account that are text. */
static const char *const account_texts[] = {
	"Account Name",	    "Display Name",    "Email",	      "Organization",
	"Reply Email",	    "Service Name",    "POP3 Server", "POP3 User",
	"IMAP Server",	    "IMAP User",       "SMTP Server", "SMTP User",
	"HTTP User",	    "HTTP Server URL", "LDAP Server", "LDAP User Name",
	"LDAP Search Base",
};

bool recognize_is_list_name(struct text name)
{
	return text_is(name, "Profiles") || text_is(name, "Deleted Profiles");
}

bool recognize_has_rival_list(const struct key *list)
{
	return text_is(key_name(list), "Deleted Profiles") && list->parent &&
	       !key_child(list->parent, text_of("Profiles"));
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

static bool is_one_of(struct text name, const char *const *names, size_t n)
{
	uint16_t first = text_upcase(text_unit(name, 0));

	for (size_t i = 0; i < n; i++)
		if (first == text_upcase((uint8_t)names[i][0]) && text_is(name, names[i]))
			return true;
	return false;
}

enum recovered_fit recognize_value_fit(struct text value, struct text key)
{
	struct proptag tag;
	bool fits = false;

	if (text_is(key, SECTION_ACCOUNTS))
		fits = is_one_of(value, manager_settings, ARRAY_LEN(manager_settings));
	else if (hexname_is(key, UID_DIGITS))
		fits = proptag_parse(value, &tag);
	else if (hexname_is(key, ACCOUNT_DIGITS))
		fits = is_one_of(value, account_settings, ARRAY_LEN(account_settings));
	else
		return RECOVERED_MAY_FIT;
	return fits ? RECOVERED_FITS : RECOVERED_FITS_NOT;
}

static bool is_unicode(struct text value, struct text key)
{
	struct proptag tag;

	if (hexname_is(key, ACCOUNT_DIGITS))
		return is_one_of(value, account_texts, ARRAY_LEN(account_texts));
	return proptag_parse(value, &tag) && tag.type == PROPTAG_UNICODE &&
	       hexname_is(key, UID_DIGITS);
}

bool recognize_data_fits(struct text value, struct text key, struct span data)
{
	uint16_t unit = 0;
	uint32_t upper = 0;

	if (is_unicode(value, key))
		return data.len % 2 == 0 &&
		       (data.len < 2 ||
			(span_le16(data, data.len - 2, &unit) && unit == 0));
	if (text_is(key, SECTION_ACCOUNTS) && text_is(value, "LastChangeVer"))
		return data.len < 4 ||
		       (span_le32(data, data.len - 4, &upper) && upper == 0);
	return true;
}

/* The length of the longest of the names with which the bytes begin, so many at least. */
static size_t longest_of(struct span bytes, const char *const *names, size_t n,
			 size_t least)
{
	for (size_t i = 0; i < n; i++) {
		size_t len = strlen(names[i]);
		if (len > least && span_starts(bytes, 0, names[i], len))
			least = len;
	}
	return least;
}

size_t recognize_name_end(struct span bytes)
{
	size_t longest =
		longest_of(bytes, manager_settings, ARRAY_LEN(manager_settings), 0);

	return longest_of(bytes, account_settings, ARRAY_LEN(account_settings), longest);
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
