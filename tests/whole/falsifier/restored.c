// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The .reg files that were written: each holds what the profile held in one state, no
 * more and no less, and none is over a profile that is there.
 */
#include "whole/falsifier/check.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define ROOT "HKEY_CURRENT_USER\\"

/* The remark in a file that holds what may have been another profile's. */
#define DOUBTFUL "of which it is only possible that they were the profile's"

enum {
	MAX_FILE = 1 << 20,
	MAX_VALUES = 4096,
	MAX_TEXT = 1024,
	PATH_LEN = 512,
	REG_SZ_TYPE = 1,
	REG_BINARY_TYPE = 3,
	REG_DWORD_TYPE = 4,
};

struct reg_value {
	const char *path; /* of its key, from the user's root */
	const char *name;
	uint32_t type;
	uint32_t len;
	const uint8_t *data;
};

struct reg_file {
	struct arena arena;
	enum truth_list list;
	char name[TRUTH_NAME];
	const char *key;
	struct reg_value values[MAX_VALUES];
	size_t n;
	bool is_read;
	bool is_doubtful; /* it says that some of it is only possible */
};

/* --- reading --- */

static char *slurp(const char *path)
{
	FILE *f = fopen(path, "rb");
	char *text = calloc(1, MAX_FILE + 1);

	if (f == NULL || text == NULL)
		abort();
	size_t n = fread(text, 1, MAX_FILE, f);
	text[n] = '\0';
	fclose(f);
	return text;
}

/* Cuts the next line off, a value that goes on over several lines as one. */
static char *next_line(char **text)
{
	char *line = *text;
	char *to = line;
	char *from = line;

	if (*line == '\0')
		return NULL;
	for (; *from != '\0' && *from != '\n'; from++) {
		if (*from == '\r')
			continue;
		if (*from == '\\' && (from[1] == '\r' || from[1] == '\n')) {
			from += strcspn(from, "\n");
			while (from[1] == ' ')
				from++;
			continue;
		}
		*to++ = *from;
	}
	*text = *from == '\0' ? from : from + 1;
	*to = '\0';
	return line;
}

/* The profile that a key is, or is of. */
static void note_key(struct reg_file *reg, const char *path)
{
	for (unsigned i = 0; i < TRUTH_LISTS; i++) {
		const char *list = truth_list_path((enum truth_list)i);
		size_t len = strlen(list);

		if (strncasecmp(path, list, len) != 0 || path[len] != '\\')
			continue;
		reg->list = (enum truth_list)i;
		snprintf(reg->name, sizeof(reg->name), "%.*s",
			 (int)strcspn(path + len + 1, "\\"), path + len + 1);
	}
}

/* Text between quotes, a backslash before each of it and of quotes. Return: behind it. */
static const char *read_quoted(const char *p, char *out, size_t size)
{
	size_t n = 0;

	for (p++; *p != '\0' && *p != '"'; p++) {
		if (*p == '\\')
			p++;
		if (n + 1 < size)
			out[n++] = *p;
	}
	out[n] = '\0';
	return *p == '"' ? p + 1 : NULL;
}

static void read_hex(struct reg_file *reg, struct reg_value *value, const char *p)
{
	uint8_t *data = arena_take(&reg->arena, strlen(p) / 2 + 1, 1);

	while (*p != '\0') {
		data[value->len++] = (uint8_t)strtoul(p, NULL, 16);
		p += strcspn(p, ",");
		p += *p == ',';
	}
	value->data = data;
}

static bool read_data(struct reg_file *reg, struct reg_value *value, const char *p)
{
	if (strncmp(p, "dword:", 6) == 0) {
		uint32_t number = (uint32_t)strtoul(p + 6, NULL, 16);
		uint8_t bytes[4] = { (uint8_t)number, (uint8_t)(number >> 8),
				     (uint8_t)(number >> 16), (uint8_t)(number >> 24) };

		value->type = REG_DWORD_TYPE;
		value->len = sizeof(bytes);
		value->data = arena_copy(&reg->arena, bytes, sizeof(bytes));
		return true;
	}
	if (*p == '"') {
		char text[MAX_TEXT];
		uint8_t units[2 * MAX_TEXT + 2] = { 0 };

		if (read_quoted(p, text, sizeof(text)) == NULL)
			return false;
		value->type = REG_SZ_TYPE;
		value->len = (uint32_t)builder_utf16(text, units) + 2;
		value->data = arena_copy(&reg->arena, units, value->len);
		return true;
	}
	if (strncmp(p, "hex", 3) != 0)
		return false;
	value->type = p[3] == '(' ? (uint32_t)strtoul(p + 4, NULL, 16) : REG_BINARY_TYPE;
	p += strcspn(p, ":");
	if (*p != ':')
		return false;
	read_hex(reg, value, p + 1);
	return true;
}

static bool read_value(struct reg_file *reg, const char *line)
{
	char name[MAX_TEXT] = "";
	const char *p = line[0] == '@' ? line + 1 : read_quoted(line, name, sizeof(name));
	struct reg_value *value = &reg->values[reg->n];

	if (p == NULL || *p != '=' || reg->key == NULL || reg->n + 1 == MAX_VALUES)
		return false;
	*value = (struct reg_value){ .path = reg->key };
	value->name = arena_copy(&reg->arena, name, strlen(name));
	reg->n++;
	return read_data(reg, value, p + 1);
}

static void read_reg(struct reg_file *reg, const char *path)
{
	char *text = slurp(path);
	char *rest = text;
	char *line;

	memset(reg, 0, sizeof(*reg));
	reg->list = TRUTH_LISTS;
	reg->is_read = true;
	next_line(&rest); /* the version */
	while ((line = next_line(&rest)) != NULL) {
		size_t len = strlen(line);

		reg->is_doubtful |=
			len > 0 && line[0] == ';' && strstr(line, DOUBTFUL) != NULL;
		if (len == 0 || line[0] == ';')
			continue;
		if (line[0] != '[') {
			reg->is_read &= read_value(reg, line);
			continue;
		}
		reg->is_read &= line[len - 1] == ']' &&
				strncmp(line + 1, ROOT, strlen(ROOT)) == 0;
		if (!reg->is_read)
			break;
		line[len - 1] = '\0';
		reg->key = arena_copy(&reg->arena, line + 1 + strlen(ROOT),
				      strlen(line + 1 + strlen(ROOT)));
		note_key(reg, reg->key);
	}
	reg->is_read &= reg->list != TRUTH_LISTS;
	free(text);
}

/* --- against the truth --- */

static bool has_value(const struct walk *walk, const struct reg_value *value)
{
	const struct walk_key *key = walk_find(walk, value->path);
	const struct walk_value *v =
		key == NULL ? NULL : walk_value_find(walk, key, value->name);

	return v != NULL && v->type == value->type && v->len == value->len &&
	       memcmp(v->data, value->data, v->len) == 0;
}

/* Whether the file holds just what the profile key holds in a state. */
static bool holds_all(const struct reg_file *reg, const struct walk *walk,
		      const struct walk_key *profile)
{
	size_t n = 0;
	size_t in_file = 0;

	for (size_t i = 0; i < reg->n; i++) {
		if (!walk_is_below(profile->path, reg->values[i].path))
			continue; /* DefaultProfile */
		in_file++;
		if (!has_value(walk, &reg->values[i]))
			return false;
	}
	for (const struct walk_key *key = profile; key < walk->keys + walk->n_keys; key++)
		if (walk_is_below(profile->path, key->path))
			n += key->n_values;
	return n == in_file;
}

/* The last state in which the profile held that. Return: its tenure, or TRUTH_NONE. */
static uint32_t find_origin(const struct truth *t, const struct reg_file *reg,
			    uint32_t last, uint32_t *state)
{
	for (uint32_t s = last + 1; s-- > 0;) {
		uint32_t x = truth_find(t, s, reg->list, reg->name);

		if (x == TRUTH_NONE ||
		    !holds_all(reg, &t->states[s].walk, truth_key(t, s, x)))
			continue;
		*state = s;
		return x;
	}
	return TRUTH_NONE;
}

static uint32_t last_state(const struct check *c)
{
	uint32_t last = 0;

	for (size_t i = 0; i < c->n_views; i++)
		if (c->views[i].hi > last)
			last = c->views[i].hi;
	return last;
}

/* What is there in the end in the place of the file, and of the profile itself. */
static enum tally_truth judge(const struct check *c, const struct reg_file *reg,
			      uint32_t origin, uint32_t state, const char **why)
{
	const struct truth *t = c->truth;
	const struct check_view *end = &c->views[c->n_views - 1];
	uint32_t identity = t->tenures[origin].identity;
	uint32_t there = truth_find(t, end->lo, reg->list, reg->name);
	uint32_t lives = truth_identity(t, end->lo, identity);

	*why = "is gone";
	if (!check_sound(end))
		return TALLY_TRUE;
	if (there != TRUTH_NONE && t->tenures[there].identity != identity) {
		*why = "another one has its name";
		return TALLY_FALSE;
	}
	if (lives == TRUTH_NONE)
		return TALLY_TRUE;
	*why = "is there";
	if (lives == there)
		return truth_same_content(t, state, truth_key(t, state, origin), end->lo,
					  truth_key(t, end->lo, there))
			       ? TALLY_FALSE
			       : TALLY_TRUE;
	return truth_shares(t, state, origin, end->lo, lives) ? TALLY_FALSE
							      : TALLY_UNDECIDED;
}

/* The element of the report that tells of a file. */
static const xmlNode *find_restore(const xmlNode *node, const char *file)
{
	const xmlNode *found = NULL;

	for (node = node->children; node != NULL && found == NULL; node = node->next) {
		if (run_is(node, "restore") && strcmp(run_get(node, "file"), file) == 0)
			return node;
		if (node->type == XML_ELEMENT_NODE)
			found = find_restore(node, file);
	}
	return found;
}

static void check_file(struct check *c, const char *path)
{
	static struct reg_file reg;
	const xmlNode *told = find_restore(xmlDocGetRootElement(c->run->report), path);
	const xmlNode *of = told == NULL ? NULL : told->parent;
	const char *why = "holds what it never held";
	enum tally_truth truth = TALLY_FALSE;
	uint32_t state = 0;
	bool sound = true;

	read_reg(&reg, path);
	for (size_t i = 0; i < c->n_views; i++)
		sound &= check_sound(&c->views[i]);
	uint32_t origin = reg.is_read ? find_origin(c->truth, &reg, last_state(c), &state)
				      : TRUTH_NONE;
	if (origin != TRUTH_NONE)
		truth = judge(c, &reg, origin, state, &why);
	else if (reg.is_read && !sound)
		truth = TALLY_UNDECIDED;
	check_count(c, TALLY_RESTORED, reg.is_doubtful ? TALLY_POSSIBLE : TALLY_CERTAIN,
		    truth, "'%s' in %s, of a %s %s [%s%s], %s", reg.name,
		    reg.list == TRUTH_LISTS ? "no list" : truth_list_path(reg.list),
		    of == NULL ? "?" : (const char *)of->name, run_get(of, "kind"),
		    run_get(of, "certainty"), run_get(of, "path_certainty"), why);
	arena_clear(&reg.arena);
}

void check_restored(struct check *c, const char *folder)
{
	DIR *dir = opendir(folder);
	char path[PATH_LEN];

	if (dir == NULL)
		return;
	for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
		const char *end = strrchr(entry->d_name, '.');

		if (end == NULL || strcmp(end, ".reg") != 0)
			continue;
		snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
		check_file(c, path);
	}
	closedir(dir);
}
