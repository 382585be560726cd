/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Finding the profile lists.  The path of a list is known; what may be missing
 * is its beginning, when a subtree was saved as a hive of its own.  Then the
 * rest of the path is looked for from the root, the longest rest first, and
 * at the very end the root's own name and shape decide.
 */
#include "mapi/store.h"

#include "base/array.h"
#include "mapi/property.h"
#include "mapi/section.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WMS "Windows Messaging Subsystem"
#define WMS_PARENT "Software\\Microsoft\\Windows NT\\CurrentVersion\\"
#define WMS9X_PARENT "Software\\Microsoft\\"
#define OFFICE_PARENT "Software\\Microsoft\\Office\\"
#define OUTLOOK "Outlook"

#define STORES_MAX (2 * (STORE_MAX_OFFICE + 2))

/* A finding in progress. */
struct search {
	const struct key *root;
	struct diag_list *diags;
	struct stores *stores;
};

const char *store_kind_word(enum store_kind kind)
{
	switch (kind) {
	case STORE_WMS:
		return "wms";
	case STORE_WMS9X:
		return "wms9x";
	case STORE_OFFICE:
		return "office";
	}
	return "?";
}

const char *store_list_word(enum store_list list)
{
	return list == STORE_PROFILES ? "profiles" : "deleted_profiles";
}

static const char *list_key_name(enum store_list list)
{
	return list == STORE_PROFILES ? "Profiles" : "Deleted Profiles";
}

static int compare_places(const struct store *a, const struct store *b)
{
	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	return strcmp(a->office_version ? a->office_version : "",
		      b->office_version ? b->office_version : "");
}

int store_compare(const struct store *a, const struct store *b)
{
	int order = compare_places(a, b);

	if (order == 0 && a->list != b->list)
		order = a->list < b->list ? -1 : 1;
	return order;
}

bool store_is_link(const struct store *store)
{
	const struct value *link =
		store->key ? key_value(store->key, text_of("SymbolicLinkValue")) : NULL;

	return link && link->type == KEY_TYPE_LINK;
}

bool store_is_same(const struct store *a, const struct store *b)
{
	return store_compare(a, b) == 0;
}

bool store_is_same_place(const struct store *a, const struct store *b)
{
	return compare_places(a, b) == 0;
}

void stores_clear(struct stores *stores)
{
	for (size_t i = 0; i < stores->n; i++) {
		free(stores->items[i].office_version);
		free(stores->items[i].path);
	}
	free(stores->items);
	free(stores->prefix);
	*stores = (struct stores){ 0 };
}

static void read_default(struct store *store, const struct key *holder)
{
	const struct value *value =
		holder ? key_value(holder, text_of("DefaultProfile")) : NULL;

	if (!value || !property_string(value, &store->default_profile))
		return;
	store->has_default = true;
	store->default_resolved = store->key && text_length(store->default_profile) > 0 &&
				  key_child(store->key, store->default_profile);
}

/*
 * Adds one list.  holder: the key above both lists (NULL if it is not there);
 * present: the nearest key above it that is; list: the list key or NULL.
 */
static enum status add_list(struct search *search, enum store_kind kind,
			    const char *version, const char *parent_path,
			    const struct key *holder, const struct key *present,
			    enum store_list which, const struct key *list)
{
	struct stores *stores = search->stores;
	size_t size = strlen(parent_path) + sizeof("\\Deleted Profiles");

	RETURN_IF_FAILED(ARRAY_RESERVE(stores, STORES_MAX));
	struct store *store = &stores->items[stores->n];
	*store = (struct store){ .kind = kind, .list = which, .key = list };
	store->parent = holder ? holder : present;
	store->path = malloc(size);
	store->office_version = version ? strdup(version) : NULL;
	if (!store->path || (version && !store->office_version)) {
		free(store->path);
		free(store->office_version);
		return STATUS_NOMEM;
	}
	(void)snprintf(store->path, size, "%s\\%s", parent_path, list_key_name(which));
	if (which == STORE_PROFILES)
		/* Outlook 2013 and later keep it one level up. */
		read_default(store, kind == STORE_OFFICE ? holder : list);
	stores->n++;
	return STATUS_OK;
}

static enum status add_both(struct search *search, enum store_kind kind,
			    const char *version, const char *parent_path,
			    const struct key *holder, const struct key *present)
{
	for (int which = STORE_PROFILES; which <= STORE_DELETED_PROFILES; which++) {
		enum store_list list = (enum store_list)which;
		RETURN_IF_FAILED(add_list(
			search, kind, version, parent_path, holder, present, list,
			holder ? key_child(holder, text_of(list_key_name(list))) : NULL));
	}
	return STATUS_OK;
}

/* "16.0": digits, a dot, digits; the key names of Office releases. */
static bool is_office_version(struct text name, char out[16])
{
	size_t n = text_length(name), dots = 0;

	if (n < 3 || n > 15)
		return false;
	for (size_t i = 0; i < n; i++) {
		uint16_t unit = text_unit(name, i);
		if (unit == '.')
			dots++;
		else if (unit < '0' || unit > '9')
			return false;
		out[i] = (char)unit;
	}
	out[n] = '\0';
	return dots == 1 && out[0] != '.' && out[n - 1] != '.';
}

/* Levels of the longest way to a list: Software\\Microsoft\\Office\\NN.0\\Outlook. */
#define WAY_DEPTH 5

bool store_is_on_the_way(const struct key *key)
{
	static const char *const names[] = {
		"Software", "Microsoft", "Windows NT", "CurrentVersion",
		WMS,	    "Office",	 OUTLOOK,
	};
	char version[16];

	if (!key->parent || key->depth > WAY_DEPTH)
		return !key->parent;
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (text_is(key_name(key), names[i]))
			return true;
	/* A root may be a saved Office. */
	return (!key->parent->parent || text_is(key_name(key->parent), "Office")) &&
	       is_office_version(key_name(key), version);
}

static bool has_lists(const struct key *key)
{
	return key_child(key, text_of("Profiles")) ||
	       key_child(key, text_of("Deleted Profiles"));
}

/*
 * The Outlook key of one Office version, if it has anything to do with
 * profiles: older versions keep other settings there.
 */
static enum status add_office(struct search *search, const struct key *version_key,
			      const char *version)
{
	char path[sizeof(OFFICE_PARENT) + 16 + sizeof(OUTLOOK) + 2];
	const struct key *outlook = key_child(version_key, text_of(OUTLOOK));

	if (!outlook ||
	    (!has_lists(outlook) && !key_value(outlook, text_of("DefaultProfile"))))
		return STATUS_OK;
	(void)snprintf(path, sizeof(path), OFFICE_PARENT "%s\\" OUTLOOK,
		       version ? version : "*");
	return add_both(search, STORE_OFFICE, version, path, outlook, outlook);
}

static enum status add_all_office(struct search *search, const struct key *office)
{
	size_t n = 0;

	for (uint32_t i = 0; office && i < office->n_children; i++) {
		char version[16];
		if (!is_office_version(key_name(&office->children[i]), version))
			continue;
		if (n++ == STORE_MAX_OFFICE) {
			diag_at(search->diags, DIAG_COUNT_LIMIT, office->record_off,
				"more than %d Office versions; the rest is not looked at",
				STORE_MAX_OFFICE);
			break;
		}
		RETURN_IF_FAILED(add_office(search, &office->children[i], version));
	}
	return STATUS_OK;
}

/*
 * All stores below the key that stands for Software\Microsoft; NULL if only
 * part of that path is there, present then being the nearest key above.
 */
static enum status add_below_microsoft(struct search *search, const struct key *microsoft,
				       const struct key *present)
{
	const struct key *wms =
		microsoft ? key_at(microsoft, "Windows NT\\CurrentVersion\\" WMS) : NULL;
	const struct key *wms9x = microsoft ? key_child(microsoft, text_of(WMS)) : NULL;

	if (microsoft)
		present = key_nearest(microsoft, text_of("Windows NT\\CurrentVersion"),
				      NULL);
	RETURN_IF_FAILED(add_both(search, STORE_WMS, NULL, WMS_PARENT WMS, wms, present));
	if (wms9x)
		RETURN_IF_FAILED(add_both(search, STORE_WMS9X, NULL, WMS9X_PARENT WMS,
					  wms9x, microsoft));
	return add_all_office(search,
			      microsoft ? key_child(microsoft, text_of("Office")) : NULL);
}

/* True if some subkey of the key looks like a profile: it has its root section. */
static bool looks_like_list(const struct key *key)
{
	for (uint32_t i = 0; i < key->n_children; i++)
		if (key_child(&key->children[i], text_of(SECTION_ROOT)) ||
		    key_child(&key->children[i], text_of(SECTION_INSTANCE)))
			return true;
	return false;
}

static enum status set_prefix(struct search *search, const char *prefix)
{
	search->stores->prefix = strdup(prefix);
	if (!search->stores->prefix)
		return STATUS_NOMEM;
	if (*prefix)
		diag_at(search->diags, DIAG_ROOT_IS_SUBKEY, search->root->record_off,
			"the hive's root is taken for a subtree that was saved from %.*s",
			(int)strlen(prefix) - 1, prefix);
	return STATUS_OK;
}

/* The root is one list itself: the last rest of the path, told by name and shape. */
static enum status root_is_list(struct search *search)
{
	const struct key *root = search->root;
	struct text name = key_name(root);
	bool deleted = text_is(name, "Deleted Profiles");
	/* Only lists of Messaging Subsystem keep DefaultProfile themselves. */
	bool wms = key_value(root, text_of("DefaultProfile")) != NULL;
	const char *prefix = deleted ? WMS_PARENT WMS "\\Deleted Profiles\\"
				     : WMS_PARENT WMS "\\Profiles\\";

	RETURN_IF_FAILED(set_prefix(search, prefix));
	if (!wms)
		diag_at(search->diags, DIAG_STORE_AMBIGUOUS, root->record_off,
			"nothing in the saved list tells whether it belongs to Windows "
			"Messaging Subsystem or to an Office version; the former is assumed");
	return add_list(search, STORE_WMS, NULL, WMS_PARENT WMS, NULL, root,
			deleted ? STORE_DELETED_PROFILES : STORE_PROFILES, root);
}

/* The root is the key above both lists: Windows Messaging Subsystem or Outlook. */
static enum status root_holds_lists(struct search *search)
{
	const struct key *root = search->root;
	bool outlook = text_is(key_name(root), OUTLOOK) ||
		       key_value(root, text_of("DefaultProfile"));

	if (outlook) {
		RETURN_IF_FAILED(set_prefix(search, OFFICE_PARENT "*\\" OUTLOOK "\\"));
		return add_both(search, STORE_OFFICE, NULL, OFFICE_PARENT "*\\" OUTLOOK,
				root, root);
	}
	RETURN_IF_FAILED(set_prefix(search, WMS_PARENT WMS "\\"));
	return add_both(search, STORE_WMS, NULL, WMS_PARENT WMS, root, root);
}

/* Rests of the path that begin below Microsoft.  *done says whether one was found. */
static enum status from_deeper_root(struct search *search, bool *done)
{
	const struct key *root = search->root, *child;
	char version[16];

	*done = true;
	if ((child = key_at(root, "CurrentVersion\\" WMS))) {
		RETURN_IF_FAILED(set_prefix(search, "Software\\Microsoft\\Windows NT\\"));
		return add_both(search, STORE_WMS, NULL, WMS_PARENT WMS, child, child);
	}
	if ((child = key_child(root, text_of(WMS)))) {
		RETURN_IF_FAILED(set_prefix(search, WMS_PARENT));
		return add_both(search, STORE_WMS, NULL, WMS_PARENT WMS, child, child);
	}
	if ((child = key_child(root, text_of(OUTLOOK))) && has_lists(child)) {
		bool known = is_office_version(key_name(root), version);
		char prefix[sizeof(OFFICE_PARENT) + 18];
		(void)snprintf(prefix, sizeof(prefix), OFFICE_PARENT "%s\\",
			       known ? version : "*");
		RETURN_IF_FAILED(set_prefix(search, prefix));
		return add_office(search, root, known ? version : NULL);
	}
	for (uint32_t i = 0; i < root->n_children; i++)
		if (is_office_version(key_name(&root->children[i]), version) &&
		    (child = key_child(&root->children[i], text_of(OUTLOOK))) &&
		    has_lists(child)) {
			RETURN_IF_FAILED(set_prefix(search, OFFICE_PARENT));
			return add_all_office(search, root);
		}
	if (has_lists(root))
		return root_holds_lists(search);
	if (looks_like_list(root) || ((text_is(key_name(root), "Profiles") ||
				       text_is(key_name(root), "Deleted Profiles")) &&
				      root->n_children == 0))
		return root_is_list(search);
	*done = false;
	return STATUS_OK;
}

/* True if the key holds what Software\Microsoft holds for our purpose. */
static bool is_microsoft(const struct key *key)
{
	const struct key *office = key_child(key, text_of("Office"));

	return key_at(key, "Windows NT\\CurrentVersion") ||
	       (key_child(key, text_of(WMS)) && text_is(key_name(key), "Microsoft")) ||
	       (office && text_is(key_name(key), "Microsoft"));
}

static enum status find(struct search *search)
{
	const struct key *root = search->root, *microsoft;
	bool done = false;

	if (key_child(root, text_of("Software"))) {
		RETURN_IF_FAILED(set_prefix(search, ""));
		return add_below_microsoft(search, key_at(root, "Software\\Microsoft"),
					   key_child(root, text_of("Software")));
	}
	if ((microsoft = key_child(root, text_of("Microsoft"))) &&
	    is_microsoft(microsoft)) {
		RETURN_IF_FAILED(set_prefix(search, "Software\\"));
		return add_below_microsoft(search, microsoft, microsoft);
	}
	if (is_microsoft(root)) {
		RETURN_IF_FAILED(set_prefix(search, "Software\\Microsoft\\"));
		return add_below_microsoft(search, root, root);
	}
	RETURN_IF_FAILED(from_deeper_root(search, &done));
	if (done)
		return STATUS_OK;
	RETURN_IF_FAILED(set_prefix(search, ""));
	return add_below_microsoft(search, NULL, root);
}

enum status stores_find(const struct key_tree *tree, struct diag_list *diags,
			struct stores *out)
{
	struct stores stores = { 0 };
	struct search search = { .root = tree->root, .diags = diags, .stores = &stores };
	enum status status = find(&search);

	if (status == STATUS_OK)
		*out = stores;
	else
		stores_clear(&stores);
	return status;
}

static enum status add_as(const struct key_tree *tree, const struct store *like,
			  const char *prefix, struct stores *stores)
{
	size_t skip =
		strncmp(like->path, prefix, strlen(prefix)) == 0 ? strlen(prefix) : 0;
	bool root_itself = strlen(like->path) + 1 == strlen(prefix) &&
			   strncmp(like->path, prefix, strlen(like->path)) == 0;

	RETURN_IF_FAILED(ARRAY_RESERVE(stores, STORES_MAX));
	struct store *store = &stores->items[stores->n];
	*store = (struct store){ .kind = like->kind, .list = like->list };
	store->path = strdup(like->path);
	store->office_version =
		like->office_version ? strdup(like->office_version) : NULL;
	store->key = root_itself ? tree->root : key_at(tree->root, like->path + skip);
	store->parent = store->key ? store->key->parent : NULL;
	stores->n++;
	return store->path && (store->office_version || !like->office_version)
		       ? STATUS_OK
		       : STATUS_NOMEM;
}

enum status stores_find_as(const struct key_tree *tree, const struct stores *other,
			   struct stores *out)
{
	struct stores stores = { 0 };
	const char *prefix = other->prefix ? other->prefix : "";
	enum status status = STATUS_OK;

	for (size_t i = 0; i < other->n && status == STATUS_OK; i++)
		status = add_as(tree, &other->items[i], prefix, &stores);
	if (status == STATUS_OK)
		*out = stores;
	else
		stores_clear(&stores);
	return status;
}
