/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whose hive it is.  The root key of a user's hive gives full control to that
 * user's security id; the base block keeps the last 31 characters of the path
 * the hive was mounted from; Explorer's "Shell Folders" hold the profile's
 * paths.  Each can be missing, so they are asked in this order.
 */
#include "snapshot/subject.h"

#include "mapi/property.h"
#include "regf/record.h"
#include "snapshot/accountid.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Offsets in a self-relative security descriptor and its parts ([MS-DTYP] 2.4). */
#define DESCRIPTOR_OWNER 4
#define DESCRIPTOR_DACL 16
#define ACL_COUNT 4
#define ACL_FIRST 8
#define ACE_SIZE 2
#define ACE_SID 8
#define ACE_ALLOWED 0
#define SID_AUTHORITY 2
#define SID_NUMBERS 8
#define SID_MAX_NUMBERS 15

const char *subject_role_word(enum subject_role role)
{
	switch (role) {
	case SUBJECT_LOCAL_SYSTEM:
		return "local_system";
	case SUBJECT_USER:
		return "user";
	case SUBJECT_SERVICE_ACCOUNT:
		return "service_account";
	case SUBJECT_TEMPLATE:
		return "template";
	case SUBJECT_UNKNOWN:
		return "unknown";
	}
	return "unknown";
}

void subject_clear(struct subject *subject)
{
	free(subject->user);
	*subject = (struct subject){ .role = SUBJECT_UNKNOWN };
}

/* ---- security id ---- */

/* "S-1-5-21-..." from the SID that sid begins with.  Return: false if it is cut. */
static bool sid_text(struct span sid, char out[SUBJECT_SID_SIZE])
{
	uint8_t revision = 0, n = 0, byte = 0;
	uint64_t authority = 0;
	uint32_t number = 0;

	if (!span_u8(sid, 0, &revision) || !span_u8(sid, 1, &n) || revision != 1 ||
	    n > SID_MAX_NUMBERS)
		return false;
	for (size_t i = SID_AUTHORITY; i < SID_NUMBERS; i++) {
		if (!span_u8(sid, i, &byte))
			return false;
		authority = authority << 8 | byte;
	}
	int len = snprintf(out, SUBJECT_SID_SIZE, "S-1-%" PRIu64, authority);
	for (size_t i = 0; i < n; i++) {
		if (!span_le32(sid, SID_NUMBERS + 4 * i, &number))
			return false;
		len += snprintf(out + len, SUBJECT_SID_SIZE - (size_t)len, "-%" PRIu32,
				number);
	}
	return true;
}

bool subject_is_account(const char *sid)
{
	return accountid_is_user(sid) || accountid_is_service(sid);
}

bool subject_has_sid(const struct subject *subject, const char *sid)
{
	for (size_t i = 0; i < subject->n_sids; i++)
		if (strcmp(subject->sids[i], sid) == 0)
			return true;
	return false;
}

static void add_sid(struct subject *subject, const char sid[SUBJECT_SID_SIZE])
{
	if (subject_is_account(sid) && subject->n_sids < SUBJECT_MAX_SIDS &&
	    !subject_has_sid(subject, sid))
		memcpy(subject->sids[subject->n_sids++], sid, SUBJECT_SID_SIZE);
}

/* The accounts that the access list of a descriptor allows something. */
static void read_list(struct span descriptor, struct subject *subject)
{
	struct span ace;
	uint32_t dacl = 0;
	uint16_t count = 0, size = 0;
	uint8_t type = 0;

	if (!span_le32(descriptor, DESCRIPTOR_DACL, &dacl) || dacl == 0)
		return;
	struct span acl = span_from(descriptor, dacl);
	if (!span_le16(acl, ACL_COUNT, &count))
		return;
	acl = span_from(acl, ACL_FIRST);
	for (size_t i = 0; i < count; i++) {
		char sid[SUBJECT_SID_SIZE] = "";
		if (!span_u8(acl, 0, &type) || !span_le16(acl, ACE_SIZE, &size) ||
		    size < ACE_SID || !span_sub(acl, 0, size, &ace))
			return;
		if (type == ACE_ALLOWED && sid_text(span_from(ace, ACE_SID), sid))
			add_sid(subject, sid);
		acl = span_from(acl, size);
	}
}

void subject_read_descriptor(struct span descriptor, struct subject *subject)
{
	char owner[SUBJECT_SID_SIZE] = "";
	uint32_t at = 0;

	read_list(descriptor, subject);
	if (span_le32(descriptor, DESCRIPTOR_OWNER, &at) && at > 0 &&
	    sid_text(span_from(descriptor, at), owner) && subject_has_sid(subject, owner))
		memcpy(subject->sid, owner, sizeof(owner));
	else if (subject->n_sids == 1)
		memcpy(subject->sid, subject->sids[0], sizeof(subject->sid));
}

/* ---- paths ---- */

/* The unit index just behind the last backslash before `end`; 0 if there is none. */
static size_t component_start(struct text path, size_t end)
{
	while (end > 0 && text_unit(path, end - 1) != '\\')
		end--;
	return end;
}

/*
 * True if the folder whose name begins at `start` lies where users' folders
 * do.  The field keeps the end of the path only, so the name of the folder
 * above may have lost its beginning.
 */
static bool is_users_folder(struct text path, size_t start)
{
	static const char *const above[] = { "Users", "Documents and Settings",
					     "Profiles" };

	if (start < 2)
		return false;
	size_t from = component_start(path, start - 1);
	struct text name = text_slice(path, from, start - 1 - from);
	for (size_t i = 0; i < ARRAY_LEN(above); i++) {
		struct text whole = text_of(above[i]);
		size_t n = text_length(name), len = text_length(whole);
		if (n <= len && (from == 0 || n == len) &&
		    text_equal(text_slice(whole, len - n, n), name))
			return true;
	}
	return false;
}

enum status subject_read_name(struct text path, struct subject *subject)
{
	size_t file = component_start(path, text_length(path));

	if (text_ends_with(path, "\\config\\DEFAULT") ||
	    text_ends_with(path, "\\RegBack\\DEFAULT") ||
	    text_ends_with(path, "\\repair\\default"))
		subject->role = SUBJECT_LOCAL_SYSTEM;
	if (!text_ends_with(path, "\\ntuser.dat") &&
	    !text_ends_with(path, "\\ntuser.man"))
		return STATUS_OK;
	size_t start = component_start(path, file - 1);
	struct text folder = text_slice(path, start, file - 1 - start);
	if (text_is(folder, "Default") || text_is(folder, "Default User"))
		subject->role = SUBJECT_TEMPLATE;
	else if (text_is(folder, "LocalService") || text_is(folder, "NetworkService"))
		subject->role = SUBJECT_SERVICE_ACCOUNT;
	else if (is_users_folder(path, start))
		subject->role = SUBJECT_USER;
	if (text_length(folder) == 0 ||
	    (subject->role != SUBJECT_USER && subject->role != SUBJECT_SERVICE_ACCOUNT))
		return STATUS_OK;
	subject->user = text_to_utf8(folder, NULL);
	return subject->user ? STATUS_OK : STATUS_NOMEM;
}

/*
 * What the hive's own content tells: Explorer's folders, and from XP on the
 * name that logged on.
 */
static enum status read_content(const struct key *root, bool has_path,
				struct subject *subject)
{
	const struct key *explorer =
		key_at(root, "Software\\Microsoft\\Windows\\CurrentVersion\\Explorer");
	const struct key *folders =
		explorer ? key_child(explorer, text_of("Shell Folders")) : NULL;
	const struct value *logon =
		explorer ? key_value(explorer, text_of("Logon User Name")) : NULL;
	struct text text;

	for (uint32_t i = 0; folders && i < folders->n_values; i++) {
		if (!property_string(&folders->values[i], &text))
			continue;
		if (subject->role == SUBJECT_UNKNOWN && !has_path &&
		    text_has(text, "\\config\\systemprofile"))
			subject->role = SUBJECT_LOCAL_SYSTEM;
	}
	if (subject->user || subject->role == SUBJECT_LOCAL_SYSTEM ||
	    subject->role == SUBJECT_TEMPLATE || !logon ||
	    !property_string(logon, &text) || text_length(text) == 0)
		return STATUS_OK;
	subject->user = text_to_utf8(text, NULL);
	return subject->user ? STATUS_OK : STATUS_NOMEM;
}

/* True if one of the accounts is a user's. */
static bool has_user(const struct subject *subject)
{
	for (size_t i = 0; i < subject->n_sids; i++)
		if (accountid_is_user(subject->sids[i]))
			return true;
	return false;
}

void subject_settle_role(struct subject *subject)
{
	if (has_user(subject))
		subject->role = SUBJECT_USER;
	else if (subject->n_sids > 0)
		subject->role = SUBJECT_SERVICE_ACCOUNT;
}

enum status subject_read(const struct image *image, const struct key_tree *keys,
			 struct subject *out)
{
	struct subject subject = { .role = SUBJECT_UNKNOWN };
	struct span descriptor;
	enum status status = subject_read_name(image->base.embedded_name, &subject);

	if (keys && record_security(image, keys->root->security_rel, &descriptor))
		subject_read_descriptor(descriptor, &subject);
	if (keys && status == STATUS_OK)
		status = read_content(
			keys->root, text_length(image->base.embedded_name) > 0, &subject);
	subject_settle_role(&subject);
	if (status == STATUS_OK)
		*out = subject;
	else
		subject_clear(&subject);
	return status;
}

/*
 * While a user is logged on, the environment that logging on made is among his keys; it is
 * never in a hive file.
 */
static enum status read_logged_on(const struct key *root, struct subject *subject)
{
	const struct key *key = key_child(root, text_of("Volatile Environment"));
	const struct value *name = key ? key_value(key, text_of("USERNAME")) : NULL;
	struct text text;

	if (subject->user || subject->role == SUBJECT_LOCAL_SYSTEM || !name ||
	    !property_string(name, &text) || text_length(text) == 0)
		return STATUS_OK;
	subject->user = text_to_utf8(text, NULL);
	return subject->user ? STATUS_OK : STATUS_NOMEM;
}

enum status subject_of_export(const struct regtext_root *root, struct subject *out)
{
	struct subject subject = { .role = SUBJECT_UNKNOWN };
	char sid[SUBJECT_SID_SIZE] = "";

	/* A hive loaded by hand has any name. */
	if (root->kind == REGTEXT_USERS) {
		(void)snprintf(sid, sizeof(sid), "%s", root->name);
		for (char *c = sid; *c == 's'; c++)
			*c = 'S';
		add_sid(&subject, sid);
	}
	if (subject.n_sids == 1)
		memcpy(subject.sid, subject.sids[0], sizeof(subject.sid));
	if (has_user(&subject))
		subject.role = SUBJECT_USER;
	else if (subject.n_sids > 0)
		subject.role = SUBJECT_SERVICE_ACCOUNT;
	else if (root->kind == REGTEXT_USERS &&
		 (text_is(text_of(root->name), ".DEFAULT") ||
		  accountid_is_local_system(sid)))
		subject.role = SUBJECT_LOCAL_SYSTEM;
	enum status status = read_content(root->keys.root, false, &subject);
	if (status == STATUS_OK)
		status = read_logged_on(root->keys.root, &subject);
	if (status == STATUS_OK)
		*out = subject;
	else
		subject_clear(&subject);
	return status;
}

bool subject_is_known(const struct subject *subject)
{
	return subject->role != SUBJECT_UNKNOWN || subject->n_sids > 0 || subject->user;
}

/* ---- two subjects ---- */

bool subject_is_same_name(const char *a, const char *b)
{
	struct text x = { 0 }, y = { 0 };
	bool same = true;

	if (text_from_utf8(a, strlen(a), &x) && text_from_utf8(b, strlen(b), &y))
		same = text_equal(x, y);
	text_free(x);
	text_free(y);
	return same;
}

/* How many of the accounts of one are none of the other. */
static size_t count_others(const struct subject *a, const struct subject *b)
{
	size_t n = 0;

	for (size_t i = 0; i < a->n_sids; i++)
		n += !subject_has_sid(b, a->sids[i]);
	return n;
}

static bool names_differ(const struct subject *a, const struct subject *b)
{
	return a->user && b->user && !subject_is_same_name(a->user, b->user);
}

/* Both have accounts. */
static const char *sids_difference(const struct subject *a, const struct subject *b)
{
	size_t only_a = count_others(a, b), only_b = count_others(b, a);

	if (only_a == 0 && only_b == 0)
		return NULL;
	if (only_a == a->n_sids || (a->sid[0] && b->sid[0] && strcmp(a->sid, b->sid)))
		return "their security ids differ";
	/* The one account of a hive may be who was granted something in the other. */
	if (only_a == 0 || only_b == 0)
		return names_differ(a, b) ? "their user names differ" : NULL;
	return names_differ(a, b) ? "their security ids and user names differ" : NULL;
}

const char *subject_difference(const struct subject *a, const struct subject *b)
{
	if (a->n_sids > 0 && b->n_sids > 0)
		return sids_difference(a, b);
	if (a->role != SUBJECT_UNKNOWN && b->role != SUBJECT_UNKNOWN &&
	    a->role != b->role)
		return "their roles differ";
	return names_differ(a, b) ? "their user names differ" : NULL;
}

char *subject_describe(const struct subject *subject)
{
	const char *who = "unknown subject";
	const char *name = subject->user;
	char *out = NULL;

	switch (subject->role) {
	case SUBJECT_LOCAL_SYSTEM:
		return strdup("LocalSystem (HKU\\.DEFAULT)");
	case SUBJECT_TEMPLATE:
		return strdup("template for new users");
	case SUBJECT_USER:
		who = "user";
		break;
	case SUBJECT_SERVICE_ACCOUNT:
		who = "service account";
		break;
	case SUBJECT_UNKNOWN:
		break;
	}
	if (!name && subject->sid[0])
		name = subject->sid;
	size_t size = strlen(who) + (name ? strlen(name) : 0) + 2;
	out = malloc(size);
	if (out)
		(void)snprintf(out, size, name ? "%s %s" : "%s", who, name);
	return out;
}
