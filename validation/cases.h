/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Recipes for the cases of the validation kit, in the four groups of the registry data set
 * cfreds-2017-winreg: normal hives (NR), normal hives with deleted keys and values (NRD),
 * corrupted hives (CR) and manipulated hives (MR). All are made of one user's hive that
 * holds three profiles; what each does to it is the truth that cases.tsv tells in words
 * and expected.tsv holds the program against.
 */
#ifndef VALIDATION_CASES_H
#define VALIDATION_CASES_H

#include "samples/mapi.h"

/* The list of profiles, and a profile of it. */
#define CASES_LIST MAPI_WMS "\\Profiles"
#define CASES_PROFILE(name) CASES_LIST "\\" name

/* A recipe: each function may be NULL, which does nothing. */
struct cases_recipe {
	const char *id;
	/* Adds to the hive as it was saved first. */
	void (*before)(struct builder *b);
	/* What was done until it was saved again. */
	void (*between)(struct builder *b);
	/* Bytes that Windows did not write, in the later file; the hive is finished. */
	void (*spoil)(struct builder *b);
	/* How many bytes the later file is cut to; 0: all of it. */
	size_t cut;
	/* The earlier file is spoilt, and the later one is not. */
	bool earlier;
};

/* The recipes of each group; the last one has no id. */
extern const struct cases_recipe cases_normal[];
extern const struct cases_recipe cases_deleted[];
extern const struct cases_recipe cases_corrupted[];
extern const struct cases_recipe cases_manipulated[];

/* When the hive was made, and when what happened between the two files happened. */
uint64_t cases_made(void);
uint64_t cases_moment(void);

/* Return: the key at a path from the root; the process stops if there is none. */
builder_key cases_key(const struct builder *b, const char *path);

/*
 * Adds a profile of a root section with a random instance id and one section named
 * `section` with the value 001f3001, the text "Personal Folders". Return: its key.
 */
builder_key cases_profile(struct builder *b, const char *name, const char *section,
			  uint64_t seed, uint64_t filetime);

/* Deletes the profile of that name at cases_moment(). */
void cases_delete(struct builder *b, const char *path);

#endif
