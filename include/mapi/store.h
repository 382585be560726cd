/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where profiles live in a hive: every `Profiles` and `Deleted Profiles` list
 * of every kind, also in a hive whose root is one of their ancestors (reg
 * save of a subtree) or the list itself.
 */
#ifndef MAPI_STORE_H
#define MAPI_STORE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/status.h"
#include "regf/key.h"

enum store_kind {
	STORE_WMS, /* Software\Microsoft\Windows NT\CurrentVersion\Windows Messaging Subsystem */
	STORE_WMS9X,  /* Software\Microsoft\Windows Messaging Subsystem */
	STORE_OFFICE, /* Software\Microsoft\Office\NN.0\Outlook */
};

enum store_list { STORE_PROFILES, STORE_DELETED_PROFILES };

struct store {
	enum store_kind kind;
	enum store_list list;
	char *office_version;  /* "16.0"; NULL unless STORE_OFFICE, or not known */
	char *path;	       /* of the list from the user's root, UTF-8 */
	const struct key *key; /* the list; NULL if it is not present */
	const struct key
		*parent; /* nearest key above the list that is present, or NULL */
	struct text default_profile; /* only on a STORE_PROFILES list */
	bool has_default;
	bool default_resolved; /* it names a profile of this list, without case */
};

struct stores {
	struct store *items;
	size_t n, cap;
	/*
	 * What stands between the user's root and the hive's root, with a
	 * backslash at the end; "" for a whole hive.  A part that cannot be
	 * known (an Office version) is "*".
	 */
	char *prefix;
};

/* Office versions looked at in one hive: real ones are below ten. */
#define STORE_MAX_OFFICE 100

/*
 * Finds the lists.  Both lists of kind wms are always there, if need be with
 * key NULL, but for a hive that is a saved subtree: there those that can be in
 * it.  Both of another kind and version if one of them or its DefaultProfile
 * is present.  In order of kind, Office version, list.
 * Return: STATUS_OK and stores filled (to be cleared by stores_clear);
 * STATUS_NOMEM.
 */
MUST_CHECK enum status stores_find(const struct key_tree *tree, struct diag_list *diags,
				   struct stores *out);
void stores_clear(struct stores *stores);

/*
 * The same lists as other stores has, in a tree whose root is the same key:
 * found by their paths alone.  Return: as stores_find().
 */
MUST_CHECK enum status stores_find_as(const struct key_tree *tree,
				      const struct stores *other, struct stores *out);

/*
 * True for the root and for a key that by its name may be on the way to a list, from a key
 * that is.  None is farther from the root than the longest way.
 */
bool store_is_on_the_way(const struct key *key);

/*
 * True if the list's key is a symbolic link: it has a value SymbolicLinkValue of type
 * REG_LINK (documentation of NtCreateKey, REG_OPTION_CREATE_LINK).
 */
bool store_is_link(const struct store *store);

/*
 * The order in which stores_find() gives the stores: by kind, Office version (as a
 * string, like the keys), list.  <0, 0, >0 as strcmp().
 */
int store_compare(const struct store *a, const struct store *b);
/* True if both are the same list of the same kind and Office version. */
bool store_is_same(const struct store *a, const struct store *b);
/*
 * True if both are of the same kind and Office version: Profiles and Deleted Profiles
 * of one place share one DefaultProfile.
 */
bool store_is_same_place(const struct store *a, const struct store *b);

const char *store_kind_word(enum store_kind kind);
const char *store_list_word(enum store_list list);

#endif
