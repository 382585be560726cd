/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The keys of a user's hive made by hand, and what Office keeps in it. */
#ifndef TESTS_HELP_OFFICE_KEYS_H
#define TESTS_HELP_OFFICE_KEYS_H

#include "help/unit.h"

#include "mapi/office/office.h"

#include "help/keys.h"

#define OFFICE "Software\\Microsoft\\Office"
#define OFFICE_14 OFFICE "\\14.0"
#define OFFICE_16 OFFICE "\\16.0"

static struct keys *keys;
static struct offices offices;

static inline int set_up(void **state)
{
	(void)state;
	keys = keys_new("CMI-CreateHive");
	offices = (struct offices){ 0 };
	return 0;
}

static inline int tear_down(void **state)
{
	(void)state;
	office_clear(&offices);
	keys_free(keys);
	return 0;
}

/* prefix: what stands above the hive's root. */
static inline void find_offices(const char *prefix)
{
	struct key_tree tree = { .root = keys_root(keys) };
	char copy[64];

	strcpy(copy, prefix);
	assert_int_equal(office_find(&tree, &(struct stores){ .prefix = copy }, &offices),
			 STATUS_OK);
}

#endif
