/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What cannot all have been below one key at one time. */
#include "help/unit.h"

#include "help/keys.h"

#include "recovery/mixture.h"

#include <string.h>

#define OWN "00112233445566778899aabbccddeeff"
#define OTHER "ffeeddccbbaa99887766554433221100"

enum { NOON = 1000, N_INFOS = 8 };

/* A recovered profile with two sections, made by hand. */
struct recipe {
	struct keys *keys, *then;
	struct key *top;
	struct recovered_place place;
	struct recovered_key infos[N_INFOS];
	struct recovered_keys all;
};

static void start(struct recipe *r)
{
	*r = (struct recipe){ .keys = keys_new("Work"),
			      .then = keys_new("Work"),
			      .place = { .origin = RECOVERED_FREE } };
	keys_add(r->keys, OWN);
	keys_add(r->keys, OTHER);
	keys_add(r->then, OWN);
	r->top = keys_root(r->keys);
	r->all = (struct recovered_keys){ .keys = r->infos, .n_nodes = N_INFOS };
	uint32_t n = 0;
	for (struct key *key = r->top; key; key = key_next_mutable(r->top, key)) {
		key->recovered = n++;
		key->flags |= KEY_FLAG_RECOVERED;
		key->mtime_ft = NOON;
		r->infos[key->recovered] = (struct recovered_key){ .places = &r->place,
								   .n_places = 1,
								   .is_empty = true };
	}
}

static void end(struct recipe *r)
{
	keys_free(r->keys);
	keys_free(r->then);
}

static void test_one_profile(void **state)
{
	struct recipe r;

	(void)state;
	start(&r);
	assert_false(mixture_is(&r.all, r.top));
	assert_false(mixture_has_later(&r.all, r.top));
	end(&r);
}

static void test_name_twice(void **state)
{
	struct recipe r;

	(void)state;
	start(&r);
	r.top->children[1].name = r.top->children[0].name;
	r.top->children[1].name_len = r.top->children[0].name_len;
	assert_true(mixture_is(&r.all, r.top));
	/* What only holds a place is no second one. */
	r.top->children[1].flags = KEY_FLAG_PLACEHOLDER;
	assert_false(mixture_is(&r.all, r.top));
	end(&r);
}

static void test_written_after_the_end(void **state)
{
	struct recipe r;

	(void)state;
	start(&r);
	r.top->children[0].mtime_ft = NOON + 1;
	assert_true(mixture_is(&r.all, r.top));
	assert_true(mixture_has_later(&r.all, r.top));
	/* A key that was cut off, or of which a log tells, shows no end. */
	r.infos[r.top->recovered].is_empty = false;
	assert_false(mixture_is(&r.all, r.top));
	r.infos[r.top->recovered].is_empty = true;
	r.place.origin = RECOVERED_LOG;
	assert_false(mixture_is(&r.all, r.top));
	end(&r);
}

/* A section that was deleted while the profile was there without it. */
static void test_freed_before(void **state)
{
	struct recipe r;

	(void)state;
	start(&r);
	struct recovered_key *other =
		&r.infos[key_child(r.top, text_of(OTHER))->recovered];
	other->since = RECOVERED_SINCE_EARLIER;
	assert_false(mixture_is(&r.all, r.top));
	r.infos[r.top->recovered].witness = keys_root(r.then);
	assert_true(mixture_is(&r.all, r.top));
	other->since = RECOVERED_SINCE_BETWEEN;
	assert_false(mixture_is(&r.all, r.top));
	end(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_one_profile),
		cmocka_unit_test(test_name_twice),
		cmocka_unit_test(test_written_after_the_end),
		cmocka_unit_test(test_freed_before),
	};

	return UNIT_RUN(tests);
}
