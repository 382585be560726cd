/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Values made by hand, and whether they are sound as properties. */
#ifndef TESTS_HELP_PROPERTIES_H
#define TESTS_HELP_PROPERTIES_H

#include "help/unit.h"

#include "mapi/property.h"

#include "help/keys.h"

#include <stdbool.h>

static struct keys *keys;

static inline int set_up(void **state)
{
	(void)state;
	keys = keys_new("");
	return 0;
}

static inline int tear_down(void **state)
{
	(void)state;
	keys_free(keys);
	return 0;
}

static inline bool is_sound(const struct value *value)
{
	struct proptag tag;

	assert_true(proptag_parse(value_name(value), &tag));
	return property_is_sound(value, tag);
}

static inline bool hex_is_sound(const char *name, const char *hex)
{
	struct value value = keys_hex_value(keys, name, hex);

	return is_sound(&value);
}

#endif
