/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "help/unit.h"

#include "help/witnessed.h"

struct witnessed witnessed_new(void)
{
	struct witnessed t = { .b = hives_new(5) };

	t.live = builder_path(t.b, "live", LATER(1));
	t.gone = builder_key_add(t.b, t.live, "gone", LATER(1));
	t.record = builder_key_offset(t.b, t.gone);
	builder_path(t.b, "elsewhere", LATER(3));
	builder_stamp(t.b, LATER(12), 7);
	builder_finish(t.b);
	t.before = recoveredkeys_of(builder_clone(t.b));
	return t;
}

void witnessed_take(struct witnessed *t)
{
	recoveredkeys_close(&t->before);
	t->before = recoveredkeys_of(builder_clone(t->b));
}

void witnessed_add(struct witnessed *t, const char *path, uint64_t time)
{
	builder_path(t->b, path, time);
	builder_finish(t->b);
	witnessed_take(t);
}

void witnessed_delete(struct witnessed *t)
{
	builder_key_delete(t->b, t->gone, LATER(9));
	builder_finish(t->b);
}

void witnessed_go_on(struct witnessed *t)
{
	builder_key_touch(t->b, builder_path(t->b, "elsewhere", 0), LATER(12));
	builder_finish(t->b);
}

void witnessed_wipe(struct builder *b, size_t record)
{
	for (size_t i = 0; i < 76; i += 4)
		builder_poke32(b, record + i, 0);
}

struct recoveredkeys witnessed_after(struct witnessed *t)
{
	return recoveredkeys_after(t->b, &t->before, NULL);
}

const struct recovered_key *witnessed_info(const struct recoveredkeys *l, size_t record)
{
	const struct key *key = recoveredkeys_record(l, record);

	assert_non_null(key);
	return recoveredkeys_of_key(l, key);
}

void witnessed_close(struct witnessed *t, struct recoveredkeys *l)
{
	recoveredkeys_close(l);
	recoveredkeys_close(&t->before);
}
