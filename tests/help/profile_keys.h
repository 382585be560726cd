/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One profile made by hand for each test, and its content once that is read. */
#ifndef TESTS_HELP_PROFILE_KEYS_H
#define TESTS_HELP_PROFILE_KEYS_H

#include "help/unit.h"

#include "mapi/content/content.h"

#include "mapi/profile.h"

#include "help/keys.h"

static struct keys *keys;
static struct content *content;

static inline int set_up_as(const char *name)
{
	keys = keys_new(name);
	content = NULL;
	return 0;
}

static inline int set_up(void **state)
{
	(void)state;
	return set_up_as("Outlook");
}

static inline int tear_down(void **state)
{
	(void)state;
	content_free(content);
	keys_free(keys);
	return 0;
}

static inline void read_content(void)
{
	assert_int_equal(content_read(keys_root(keys), &content), STATUS_OK);
}

#endif
