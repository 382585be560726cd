/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Both readers compared.  hivex's handles are the file offsets
 * of cells (hivexml's byte runs rely on that too), so keys and values are
 * brought together by place, not by name.
 */
#include "regf/treecheck.h"

#include "regf/hivexhandle.h"

#include <stdlib.h>
#include <string.h>

/* One check in progress. */
struct check {
	struct tree *tree;
	hive_h *hive;
	bool whole;
	struct diag_list *diags;
	enum treecheck_verdict verdict;
	enum status status; /* STATUS_NOMEM: what was not looked at says nothing */
};

/* ---- one hivex name against one own name ---- */

/* Names compared eight characters at a time: most are plain ASCII in Latin-1. */
#define NOT_ASCII UINT64_C(0x8080808080808080)

/* True if both are the same ASCII; false says nothing. */
static bool same_ascii(const char *utf8, size_t len, struct text own)
{
	uint64_t word;
	size_t i = 0;

	if (own.encoding != TEXT_LATIN1 || !span_equal(span_of(utf8, len), own.bytes))
		return false;
	for (; span_le64(own.bytes, i, &word); i += sizeof(word))
		if (word & NOT_ASCII)
			return false;
	for (; i < len; i++)
		if ((unsigned char)utf8[i] > 0x7f)
			return false;
	return true;
}

/* True if both are the same UTF-16; len is the bytes of utf8. */
static bool same_name(const char *utf8, size_t len, struct text own)
{
	const uint8_t *at = (const uint8_t *)utf8;
	size_t n = text_length(own), i = 0;
	uint16_t units[2];
	uint32_t c;

	if (same_ascii(utf8, len, own))
		return true;
	while (len > 0) {
		size_t used = unicode_from_utf8(at, len, &c);
		at += used;
		len -= used;
		/* hivex makes no other, but for what is no character in UTF-16 either. */
		size_t n_units = c <= 0x10FFFF ? unicode_to_utf16(c, units) : 0;
		if (n_units == 0 || n_units > n - i)
			return false;
		for (size_t k = 0; k < n_units; k++)
			if (text_unit(own, i++) != units[k])
				return false;
	}
	return i == n;
}

/* ---- what comes of it ---- */

static void refuses(struct check *check, uint64_t offset, const char *what)
{
	if (hivexhandle_refused(check->diags, offset, what) != STATUS_OK)
		check->status = STATUS_NOMEM;
	if (check->verdict < TREECHECK_REFUSES)
		check->verdict = TREECHECK_REFUSES;
}

static void differs(struct check *check, uint64_t offset, const char *what)
{
	diag_at(check->diags, DIAG_READER_DIFFERS, offset,
		"hivex reads %s than the own reader", what);
	check->verdict = TREECHECK_DIFFERS;
}

/* What was not compared is not known to be the same. */
static void not_asked(struct check *check, uint64_t offset, const char *why)
{
	diag_at(check->diags, DIAG_READER_NOT_ASKED, offset, "%s", why);
	if (check->verdict < TREECHECK_REFUSES)
		check->verdict = TREECHECK_REFUSES;
}

/* Return: false, which is told once for a hive, if hivex was asked for too much. */
static bool may_ask(struct check *check, uint64_t bytes)
{
	bool told = check->tree->spent;

	if (hivexhandle_spend(check->tree, bytes))
		return true;
	if (!told)
		not_asked(check, DIAG_NOWHERE,
			  "hivex was asked for many times the bytes of this hive; what "
			  "is left was not compared");
	else if (check->verdict < TREECHECK_REFUSES)
		check->verdict = TREECHECK_REFUSES;
	return false;
}

/* ---- order by place ---- */

static int by_size(const void *a, const void *b)
{
	size_t x = *(const size_t *)a, y = *(const size_t *)b;

	return (x > y) - (x < y);
}

static int by_key_place(const void *a, const void *b)
{
	const struct key *x = *(const struct key *const *)a;
	const struct key *y = *(const struct key *const *)b;

	return (x->record_off > y->record_off) - (x->record_off < y->record_off);
}

/* Lists come in order of place as a rule: looking is cheaper than sorting. */
static void sort(void *items, size_t n, size_t size,
		 int (*order)(const void *, const void *))
{
	const char *item = items;

	for (size_t i = 1; i < n; i++, item += size)
		if (order(item, item + size) > 0) {
			qsort(items, n, size, order);
			return;
		}
}

/* ---- keys and values compared ---- */

static void check_value(struct check *check, hive_value_h handle, const struct value *own)
{
	if (!may_ask(check, HIVEXHANDLE_VALUE + (uint64_t)own->name_len))
		return;
	AUTO(hivexhandle_freep) char *name = hivex_value_key(check->hive, handle);
	size_t len = name ? strlen(name) : 0;
	hive_type type = hive_t_REG_NONE;

	if (!name)
		return refuses(check, own->record_off, "the name of a value");
	/* Only a name that holds a NUL is longer than strlen() says. */
	if (!same_name(name, len, value_name(own)) &&
	    !same_name(name, hivex_value_key_len(check->hive, handle), value_name(own)))
		return differs(check, own->record_off, "another name of a value");
	if (hivex_value_type(check->hive, handle, &type, &len) != 0)
		return refuses(check, own->record_off, "the type of a value");
	if ((uint32_t)type != own->type || len != own->declared_len)
		return differs(check, own->record_off, "another type or size of a value");
	if (len == 0 || !may_ask(check, len))
		return;
	AUTO(hivexhandle_freep)
	char *data = hivex_value_value(check->hive, handle, &type, &len);
	if (!data)
		return refuses(check, own->record_off, "the data of a value");
	if (!span_equal(span_of(data, len), value_data(own)))
		differs(check, own->record_off, "other data of a value");
}

/*
 * hivex hands out the places of values and subkeys before it looks at them.
 * One that it cannot name is one that the own reader refused too: both agree
 * that it is damaged, and the own reader has said so.
 */
static void check_extra_value(struct check *check, hive_value_h handle,
			      const struct key *own)
{
	if (!may_ask(check, HIVEXHANDLE_VALUE))
		return;
	AUTO(hivexhandle_freep) char *name = hivex_value_key(check->hive, handle);

	if (name)
		differs(check, own->record_off, "more values of a key");
	else if (hivexhandle_lacked_memory())
		check->status = STATUS_NOMEM;
}

static void check_extra_key(struct check *check, hive_node_h handle,
			    const struct key *own)
{
	if (!may_ask(check, HIVEXHANDLE_KEY))
		return;
	AUTO(hivexhandle_freep) char *name = hivex_node_name(check->hive, handle);

	if (name)
		differs(check, own->record_off, "more subkeys of a key");
	else if (hivexhandle_lacked_memory())
		check->status = STATUS_NOMEM;
}

/* Both read the same list, so its positions bring the values together. */
static void check_values(struct check *check, hive_node_h node, const struct key *own)
{
	if (own->flags & KEY_FLAG_VALUES_REFUSED)
		return not_asked(check, own->record_off,
				 "hivex is not asked for the values of a key whose list "
				 "is none of its own");
	if (!may_ask(check, HIVEXHANDLE_ELEMENT * ((uint64_t)own->n_values + 1)))
		return;
	hive_value_h *handles = hivex_node_values(check->hive, node);
	if (!handles)
		return refuses(check, own->record_off, "the values of a key");

	size_t n = hivexhandle_count(handles);
	const struct value **mine = calloc(n + 1, sizeof(struct value *));
	if (!mine)
		check->status = STATUS_NOMEM;
	for (uint32_t v = 0; mine && v < own->n_values; v++)
		if (own->values[v].position < n)
			mine[own->values[v].position] = &own->values[v];
		else
			differs(check, own->record_off, "fewer values of a key");
	for (size_t i = 0; mine && !check->tree->spent && i < n; i++)
		if (!mine[i])
			check_extra_value(check, handles[i], own);
		else if (handles[i] + HIVEXHANDLE_TO_RECORD == mine[i]->record_off)
			check_value(check, handles[i], mine[i]);
		else
			differs(check, mine[i]->record_off, "other values of a key");
	free(mine);
	free(handles);
}

static void check_key(struct check *check, hive_node_h node, const struct key *own);

/* Bounded by the depth of the own tree, RECORD_MAX_DEPTH. */
static void check_children(struct check *check, hive_node_h node, const struct key *own)
{
	if (own->flags & KEY_FLAG_SUBKEYS_REFUSED)
		return not_asked(check, own->record_off,
				 "hivex is not asked for the subkeys of a key whose list "
				 "is none of its own or nested too deep");
	if (!may_ask(check, HIVEXHANDLE_ELEMENT * ((uint64_t)own->n_children + 1)))
		return;
	hive_node_h *handles = hivex_node_children(check->hive, node);
	if (!handles)
		return refuses(check, own->record_off, "the subkeys of a key");

	size_t n = hivexhandle_count(handles), i = 0, k = 0;
	if (n == 0 && own->n_children == 0) {
		free(handles);
		return;
	}
	const struct key **mine =
		calloc((size_t)own->n_children + 1, sizeof(struct key *));
	if (!mine)
		check->status = STATUS_NOMEM;
	for (uint32_t c = 0; mine && c < own->n_children; c++)
		mine[c] = &own->children[c];
	sort(handles, n, sizeof(*handles), by_size);
	if (mine)
		sort(mine, own->n_children, sizeof(struct key *), by_key_place);
	while (mine && !check->tree->spent && (i < n || k < own->n_children)) {
		size_t theirs = i < n ? handles[i] + HIVEXHANDLE_TO_RECORD : SIZE_MAX;
		size_t ours = k < own->n_children ? mine[k]->record_off : SIZE_MAX;
		if (theirs < ours)
			check_extra_key(check, handles[i], own);
		else if (theirs > ours)
			differs(check, own->record_off, "fewer subkeys of a key");
		else if (check->whole)
			check_key(check, handles[i], mine[k]);
		i += theirs <= ours;
		k += ours <= theirs;
	}
	free(mine);
	free(handles);
}

static void check_key(struct check *check, hive_node_h node, const struct key *own)
{
	if (!may_ask(check, HIVEXHANDLE_KEY + (uint64_t)own->name_len))
		return;
	AUTO(hivexhandle_freep) char *name = hivex_node_name(check->hive, node);

	if (!name)
		refuses(check, own->record_off, "the name of a key");
	else if (!same_name(name, strlen(name), key_name(own)) &&
		 !same_name(name, hivex_node_name_len(check->hive, node), key_name(own)))
		differs(check, own->record_off, "another name of a key");
	/* hivex gives -1 for times with the top bit set. */
	if (own->mtime_ft <= INT64_MAX &&
	    hivex_node_timestamp(check->hive, node) != (int64_t)own->mtime_ft)
		differs(check, own->record_off, "another time of a key");
	check_values(check, node, own);
	check_children(check, node, own);
}

static bool may_ask_on_the_way(struct check *check, const struct key *own)
{
	if (own->flags & KEY_FLAG_SUBKEYS_REFUSED) {
		not_asked(check, own->record_off,
			  "hivex is not asked for the subkeys of a key on the way, whose "
			  "list is none of its own or nested too deep");
		return false;
	}
	return may_ask(check, HIVEXHANDLE_ELEMENT * ((uint64_t)own->n_children + 1));
}

/*
 * The handle of own, if hivex reaches it from its root; a list that it refuses
 * on the way is said.  Return: 0 if it does not.
 */
static hive_node_h find_node(struct check *check, const struct key *own, bool *refused)
{
	if (!own->parent) {
		hive_node_h root = hivex_root(check->hive);
		if (root && root + HIVEXHANDLE_TO_RECORD != own->record_off)
			root = 0;
		return root;
	}
	hive_node_h parent = find_node(check, own->parent, refused), found = 0;
	if (parent && !may_ask_on_the_way(check, own->parent)) {
		*refused = true;
		return 0;
	}
	hive_node_h *handles = parent ? hivex_node_children(check->hive, parent) : NULL;

	if (parent && !handles) {
		refuses(check, own->parent->record_off, "the subkeys of a key");
		*refused = true;
	}
	for (size_t i = 0; handles && handles[i] && !found; i++)
		if (handles[i] + HIVEXHANDLE_TO_RECORD == own->record_off)
			found = handles[i];
	free(handles);
	return found;
}

enum status treecheck_key(struct tree *tree, const struct key *own, bool whole,
			  struct diag_list *diags, enum treecheck_verdict *verdict)
{
	struct check check = { .tree = tree,
			       .hive = tree->hive,
			       .whole = whole,
			       .diags = diags,
			       .verdict = *verdict };
	bool refused = false;
	hive_node_h node = find_node(&check, own, &refused);

	if (node)
		check_key(&check, node, own);
	else if (!refused)
		differs(&check, own->record_off, "other keys on the way to a key");
	if (check.status == STATUS_OK)
		*verdict = check.verdict;
	return check.status;
}
