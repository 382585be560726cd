// SPDX-License-Identifier: GPL-2.0-or-later
/* Recovered keys and values: where they stood, whose they were, what they held. */
#include "whole/falsifier/check.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { CELL_SIZE = 4, NO_PLACE = 0, MAX_DATA = 32768 };

static const struct {
	const char *word;
	uint32_t type;
} types[] = {
	{ "REG_NONE", 0 },   { "REG_SZ", 1 },	 { "REG_EXPAND_SZ", 2 },
	{ "REG_BINARY", 3 }, { "REG_DWORD", 4 }, { "REG_MULTI_SZ", 7 },
	{ "REG_QWORD", 11 },
};

/* Return: the offset of the record's cell from the first bin, or NO_PLACE. */
static uint32_t place_of(const struct check *c, const xmlNode *cell)
{
	const xmlNode *run = run_child(run_child(cell, "byte_runs"), "byte_run");
	int64_t offset = (int64_t)run_number(run, "file_offset") - c->bins_at - CELL_SIZE;

	if (run == NULL || *run_get(run, "input") != '\0' || offset < 0)
		return NO_PLACE;
	return (uint32_t)offset;
}

static const char *text_of(const xmlNode *cell, const char *name)
{
	return run_text(run_child(cell, name));
}

static bool is_inferred(const xmlNode *cell, const char *what)
{
	return strstr(run_get(cell, "inferred"), what) != NULL;
}

const struct walk_key *check_cell_key(const struct check *c, const xmlNode *cell,
				      uint32_t state, size_t from, bool by_time)
{
	const struct walk *walk = &c->truth->states[state].walk;
	uint32_t place = place_of(c, cell);
	uint64_t filetime = run_number(run_child(cell, "mtime"), "filetime");
	const char *name = text_of(cell, "basename");

	if (place == NO_PLACE && !by_time)
		return NULL;
	for (size_t i = from; i < walk->n_keys; i++) {
		const struct walk_key *key = &walk->keys[i];

		if ((place == NO_PLACE || key->cell == place) &&
		    (!by_time || key->filetime == filetime) &&
		    strcasecmp(key->name, name) == 0)
			return key;
	}
	return NULL;
}

/* Whether a path as reported is the true one, or of a partial one its lower end. */
static bool is_path(const char *reported, const char *path, bool partial)
{
	size_t n = strlen(reported);
	size_t len = strlen(path);

	if (!partial)
		return strcasecmp(reported, path) == 0;
	return n <= len && strcasecmp(path + len - n, reported) == 0 &&
	       (n == len || path[len - n - 1] == '\\');
}

/* Asks all states where a key stood. Return: whether one says what the report says. */
static bool find_path(const struct check *c, const xmlNode *cell,
		      const struct check_view *view, bool by_time, const char **truly)
{
	const char *path = text_of(cell, "cellpath");
	bool partial = strcmp(run_get(cell, "path_certainty"), "partial") == 0;

	for (uint32_t s = 0; s <= view->hi; s++) {
		const struct walk_key *keys = c->truth->states[s].walk.keys;
		const struct walk_key *key = check_cell_key(c, cell, s, 0, by_time);

		while (key != NULL) {
			*truly = key->path;
			if (is_path(path, key->path, partial))
				return true;
			key = check_cell_key(c, cell, s, (size_t)(key - keys) + 1,
					     by_time);
		}
	}
	return false;
}

/* Whether there was a key of that path in any state. */
static bool was_there(const struct check *c, const char *path,
		      const struct check_view *view)
{
	for (uint32_t s = 0; s <= view->hi; s++)
		if (walk_find(&c->truth->states[s].walk, path) != NULL)
			return true;
	return false;
}

/* Return: the path of the key of a value, as reported. */
static const char *path_above(const xmlNode *cell)
{
	static char owner[1024];
	const char *path = text_of(cell, "cellpath");
	size_t name = strlen(text_of(cell, "basename"));
	size_t above = strlen(path) > name ? strlen(path) - name - 1 : 0;

	if (above >= sizeof(owner))
		above = 0;
	memcpy(owner, path, above);
	owner[above] = '\0';
	return owner;
}

static void check_key(struct check *c, const xmlNode *cell, const struct check_view *view)
{
	const char *certainty = run_get(cell, "path_certainty");
	const char *path = text_of(cell, "cellpath");
	const char *truly = NULL;
	bool right = find_path(c, cell, view, true, &truly);

	if (truly == NULL)
		right = find_path(c, cell, view, false, &truly);
	enum tally_truth truth = right ? TALLY_TRUE : TALLY_FALSE;
	if (truly == NULL &&
	    (is_inferred(cell, "name") ||
	     (place_of(c, cell) == NO_PLACE && was_there(c, path, view))))
		truth = TALLY_UNDECIDED; /* its last write fell between two states */
	if (!right && !check_sound(view) && (truly == NULL || !was_there(c, path, view)))
		truth = TALLY_UNDECIDED; /* damage can have made the name */
	check_count(c, TALLY_KEY_PATH, check_level(certainty), truth,
		    "'%s' [%s] in bytes that are %s at cell %u; really %s; %s %s", path,
		    certainty, run_get(cell, "origin"), place_of(c, cell),
		    truly == NULL ? "no such key" : truly,
		    disk_kind_name(view->snapshot->kind), view->snapshot->how);
}

/* --- values --- */

static int digit(char c)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *at = c == '\0' ? NULL : strchr(digits, c);

	return at == NULL ? -1 : (int)(at - digits);
}

/* Data as reported, with the bytes that are told as lost left open. */
struct content {
	uint8_t bytes[MAX_DATA];
	bool known[MAX_DATA];
	size_t len;
};

static bool is_unknown(const char *unknown, size_t at, size_t *skip)
{
	for (const char *p = unknown; *p != '\0';) {
		char *end;
		size_t offset = strtoul(p, &end, 10);
		size_t len = *end == '+' ? strtoul(end + 1, &end, 10) : 0;

		if (at == offset && len != 0) {
			*skip = len;
			return true;
		}
		if (end == p)
			break;
		p = end + strspn(end, " ");
	}
	return false;
}

static bool add_byte(struct content *content, uint8_t byte, bool known)
{
	if (content->len == MAX_DATA)
		return false;
	content->bytes[content->len] = byte;
	content->known[content->len++] = known;
	return true;
}

static bool add_unknown(struct content *content, const char *unknown)
{
	size_t skip;

	while (is_unknown(unknown, content->len, &skip))
		while (skip-- > 0)
			if (!add_byte(content, 0, false))
				return false;
	return true;
}

static bool decode(struct content *content, const xmlNode *data)
{
	const char *unknown = run_get(data, "unknown");
	uint32_t bits = 0;
	unsigned n = 0;

	content->len = 0;
	for (const char *p = run_text(data); *p != '\0'; p++) {
		int value = digit(*p);

		if (value < 0)
			continue;
		bits = bits << 6 | (uint32_t)value;
		n += 6;
		if (n < 8)
			continue;
		n -= 8;
		if (!add_unknown(content, unknown) ||
		    !add_byte(content, (uint8_t)(bits >> n), true))
			return false;
	}
	return add_unknown(content, unknown);
}

static bool same_type(const char *word, uint32_t type)
{
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (strcmp(types[i].word, word) == 0)
			return types[i].type == type;
	return true;
}

static bool same_data(const struct content *content, const struct walk_value *value)
{
	if (content->len != value->len)
		return false;
	for (size_t i = 0; i < content->len; i++)
		if (content->known[i] && content->bytes[i] != value->data[i])
			return false;
	return true;
}

/* What all states say of a value: whether it was there, whose it was, what it held. */
struct answers {
	const char *truly; /* a path of a key that had it */
	bool there;
	bool owner;
	bool bytes;
};

static void ask(const struct check *c, const xmlNode *cell, const struct check_view *view,
		const struct content *content, struct answers *answers)
{
	uint32_t place = place_of(c, cell);
	const char *name = text_of(cell, "basename");
	bool partial = strcmp(run_get(cell, "path_certainty"), "partial") == 0;
	const char *type = text_of(cell, "data_type");
	const char *owner = path_above(cell);

	for (uint32_t s = 0; s <= view->hi; s++) {
		const struct walk *walk = &c->truth->states[s].walk;

		for (size_t i = 0; i < walk->n_values; i++) {
			const struct walk_value *v = &walk->values[i];
			const char *has = walk->keys[v->key].path;

			if ((place != NO_PLACE && v->cell != place) ||
			    strcasecmp(v->name, name) != 0)
				continue;
			if (place == NO_PLACE && !is_path(owner, has, partial))
				continue;
			answers->there = true;
			answers->truly = has;
			if (*owner == '\0' || is_path(owner, has, partial))
				answers->owner = true;
			else
				continue;
			answers->bytes |=
				same_type(type, v->type) && same_data(content, v);
		}
	}
}

/*
 * Whether a hive before that one is damaged, perhaps without a sign, as one with sectors
 * of an older state is: the bytes can be what that one holds as live.
 */
static bool has_damaged_witness(const struct check *c, const struct check_view *view)
{
	for (const struct check_view *v = c->views; v < view; v++)
		if (!check_sound(v))
			return true;
	return false;
}

static void check_value(struct check *c, const xmlNode *cell,
			const struct check_view *view)
{
	static struct content content;
	const xmlNode *data = run_child(cell, "data");
	const char *certainty = run_get(cell, "path_certainty");
	enum tally_level level = check_level(certainty);
	struct answers answers = { .truly = "no such value" };

	if (!decode(&content, data))
		return;
	ask(c, cell, view, &content, &answers);
	if (level == TALLY_CERTAIN && is_inferred(cell, "first_value"))
		level = TALLY_PROBABLE;
	enum tally_truth owner = answers.owner ? TALLY_TRUE : TALLY_FALSE;
	if (!answers.there && (!check_sound(view) || is_inferred(cell, "name_length")))
		owner = TALLY_UNDECIDED;
	if (owner == TALLY_FALSE && !check_sound(view) &&
	    !was_there(c, path_above(cell), view))
		owner = TALLY_UNDECIDED; /* damage can have made a name above it */
	check_count(c, TALLY_VALUE_OWNER, level, owner,
		    "'%s' [%s] %s in bytes that are %s, cell %u; really of %s; %s %s",
		    text_of(cell, "cellpath"), certainty, run_get(cell, "inferred"),
		    run_get(cell, "origin"), place_of(c, cell), answers.truly,
		    disk_kind_name(view->snapshot->kind), view->snapshot->how);
	if (owner != TALLY_TRUE || *run_get(data, "redacted") != '\0')
		return;
	enum tally_truth bytes = answers.bytes ? TALLY_TRUE : TALLY_FALSE;
	if (bytes == TALLY_FALSE && (!check_sound(view) || has_damaged_witness(c, view)))
		bytes = TALLY_UNDECIDED;
	check_count(c, TALLY_VALUE_BYTES, level, bytes,
		    "'%s' [%s] %s in bytes that are %s, cell %u never held that; %s %s",
		    text_of(cell, "cellpath"), certainty, run_get(cell, "inferred"),
		    run_get(cell, "origin"), place_of(c, cell),
		    disk_kind_name(view->snapshot->kind), view->snapshot->how);
}

void check_cells(struct check *c, const xmlNode *parent, const struct check_view *view)
{
	for (const xmlNode *cell = run_child(parent, "cellobject"); cell != NULL;
	     cell = run_next(cell, "cellobject")) {
		if (strcmp(text_of(cell, "alloc"), "0") != 0)
			continue;
		if (strcmp(text_of(cell, "name_type"), "k") == 0)
			check_key(c, cell, view);
		else
			check_value(c, cell, view);
	}
}
