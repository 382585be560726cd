/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What reading a SYSTEM and a SOFTWARE hive have in common: which of the two a
 * hive is, told by the keys below its root and never by its file name.
 */
#include "machine/machinehive.h"

#include "base/array.h"
#include "mapi/property.h"
#include "snapshot/snapshotread.h"

#include <string.h>

#define CONTROL_SET "ControlSet"
#define EXPLORER "Microsoft\\Windows\\CurrentVersion\\Explorer"

/* ---- which kind ---- */

/* True if the key holds one of these values. */
static bool has_one_of(const struct key *key, const char *const *names, size_t n)
{
	for (size_t i = 0; key && i < n; i++)
		if (key_value(key, text_of(names[i])))
			return true;
	return false;
}

static bool is_system(const struct key *root)
{
	static const char *const numbers[] = { "Current", "Default", "LastKnownGood" };

	if (has_one_of(key_child(root, text_of("Select")), numbers, ARRAY_LEN(numbers)))
		return true;
	for (uint32_t i = 0; i < root->n_children; i++)
		if (text_starts_with(key_name(&root->children[i]), CONTROL_SET) &&
		    key_child(&root->children[i], text_of("Services")))
			return true;
	return false;
}

/*
 * The key Software of a user's hive, saved on its own, has the same keys as a
 * SOFTWARE hive.  But only a user has a folder of documents of his own, and
 * only a machine a version of Windows and a list of profiles.
 */
static bool is_users_software(const struct key *root)
{
	static const char *const folders[] = { "Personal", "AppData" };
	static const char *const versions[] = { "ProductName", "CurrentVersion" };
	const struct key *windows = key_at(root, "Microsoft\\Windows NT\\CurrentVersion");

	if (windows && (key_child(windows, text_of("ProfileList")) ||
			has_one_of(windows, versions, ARRAY_LEN(versions))))
		return false;
	return has_one_of(key_at(root, EXPLORER "\\Shell Folders"), folders,
			  ARRAY_LEN(folders)) ||
	       has_one_of(key_at(root, EXPLORER "\\User Shell Folders"), folders,
			  ARRAY_LEN(folders));
}

static bool has_windows(const struct key *root)
{
	return key_at(root, "Microsoft\\Windows NT\\CurrentVersion") ||
	       key_at(root, "Microsoft\\Windows\\CurrentVersion");
}

static bool is_software(const struct key *root)
{
	return has_windows(root) && !is_system(root) && !is_users_software(root);
}

/* What a hive that is not what it should be looks like; NULL if nothing tells. */
static const char *looks_like(const struct key *root)
{
	static const struct {
		const char *path, *what;
	} marks[] = {
		{ "Software\\Microsoft", "a user's hive (NTUSER.DAT or DEFAULT)" },
		{ "Control Panel", "a user's hive (NTUSER.DAT or DEFAULT)" },
		{ "SAM\\Domains", "a SAM hive" },
		{ "Policy\\Accounts", "a SECURITY hive" },
		{ "Local Settings", "a hive of a user's classes (UsrClass.dat)" },
	};

	if (is_system(root))
		return "a SYSTEM hive";
	if (is_software(root))
		return "a SOFTWARE hive";
	if (has_windows(root))
		return "the key Software of a user's hive";
	for (size_t i = 0; i < ARRAY_LEN(marks); i++)
		if (key_at(root, marks[i].path))
			return marks[i].what;
	return NULL;
}

enum status machinehive_open(const struct snapshot_source *source,
			     enum machinehive_kind kind, struct snapshot **out,
			     bool *fits, struct failure *failure)
{
	struct snapshot_source machine = *source;

	*fits = false;
	machine.machine = true;
	RETURN_IF_FAILED(snapshotread_source(&machine, out, failure));
	if (!(*out)->keys)
		return STATUS_OK;
	const struct key *root = (*out)->keys->root;
	*fits = kind == MACHINEHIVE_SYSTEM ? is_system(root) : is_software(root);
	if (*fits)
		return STATUS_OK;
	const char *other = looks_like(root);
	diag_at((*out)->diags, DIAG_WRONG_KIND, root->record_off,
		"this is no %s hive; %s%s",
		kind == MACHINEHIVE_SYSTEM ? "SYSTEM" : "SOFTWARE",
		other ? "it looks like " : "nothing in it tells what it is",
		other ? other : "");
	return STATUS_OK;
}

/* ---- rows and values ---- */

enum status machinehive_room(struct diag_list *diags, const struct key *list,
			     void **items, size_t n, size_t *cap, size_t size, bool *full)
{
	enum status status = array_reserve(items, n, cap, size, MACHINEHIVE_MAX_ROWS);

	*full = status == STATUS_LIMIT;
	if (!*full)
		return status;
	diag_at(diags, DIAG_COUNT_LIMIT, list->record_off,
		"more than %d rows; the rest is not looked at", MACHINEHIVE_MAX_ROWS);
	return STATUS_OK;
}

struct text machinehive_text(const struct key *key, const char *name)
{
	const struct value *value = key ? key_value(key, text_of(name)) : NULL;
	struct text text;

	return value && property_string(value, &text) ? text : text_of("");
}

bool machinehive_number(const struct key *key, const char *name, uint32_t *out)
{
	const struct value *value = key ? key_value(key, text_of(name)) : NULL;

	return value && property_number(value, out);
}

static bool is_one_of(uint16_t unit, const char *separators)
{
	return unit > 0 && unit < 0x80 && strchr(separators, unit) != NULL;
}

struct text machinehive_last(struct text path, const char *separators)
{
	size_t end = text_length(path), start;

	while (end > 0 && is_one_of(text_unit(path, end - 1), separators))
		end--;
	for (start = end; start > 0 && !is_one_of(text_unit(path, start - 1), separators);
	     start--)
		;
	return text_slice(path, start, end - start);
}
