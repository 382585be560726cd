// SPDX-License-Identifier: GPL-2.0-or-later
/* Only the bins are damaged, or the end of the file: the base block is another matter. */
#include "whole/falsifier/damage.h"

#include "samples/mapi.h"

#include <stdlib.h>
#include <string.h>

enum { BASE = 4096, PAGE = 4096, SECTOR = 512, MAX_RANGE = 600 };

static size_t choose(const struct builder_log_state *hive, struct random *r, size_t align)
{
	size_t at = BASE + random_below(r, hive->len - BASE);

	return at / align * align;
}

static struct damage overwrite(struct builder_log_state *hive, struct random *r,
			       bool zero)
{
	struct damage d = { zero ? "bytes zeroed" : "random bytes", choose(hive, r, 8),
			    0 };

	d.to = d.from + 1 + random_below(r, MAX_RANGE);
	if (d.to > hive->len)
		d.to = hive->len;
	for (size_t i = d.from; i < d.to; i++)
		hive->bytes[i] = zero ? 0 : (uint8_t)random_next(r);
	return d;
}

static struct damage sectors(struct builder_log_state *hive,
			     const struct builder_log_state *older, struct random *r)
{
	struct damage d = { "older sectors", choose(hive, r, SECTOR), 0 };

	d.to = d.from + SECTOR * (1 + random_below(r, 8));
	for (size_t i = d.from; i < d.to && i < hive->len && i < older->len; i++)
		hive->bytes[i] = older->bytes[i];
	return d;
}

static struct damage one_byte(struct builder_log_state *hive, struct random *r)
{
	size_t at = choose(hive, r, 1);

	hive->bytes[at] ^= (uint8_t)(1 + random_below(r, 255));
	return (struct damage){ "one byte", at, at + 1 };
}

static struct damage signature(struct builder_log_state *hive, struct random *r)
{
	size_t bin = choose(hive, r, PAGE);

	hive->bytes[bin + random_below(r, 4)] ^= 0x21;
	return (struct damage){ "bin signature", bin, bin + 4 };
}

static struct damage cut_off(struct builder_log_state *hive, struct random *r)
{
	size_t len = hive->len;

	hive->len = choose(hive, r, SECTOR);
	if (hive->len < BASE + PAGE)
		hive->len = BASE + PAGE; /* with less it is no hive at all */
	return (struct damage){ "cut off", hive->len, len };
}

struct damage damage_hive(struct builder_log_state *hive,
			  const struct builder_log_state *older, struct random *r)
{
	switch (random_below(r, 6)) {
	case 0:
		return overwrite(hive, r, true);
	case 1:
		return overwrite(hive, r, false);
	case 2:
		return signature(hive, r);
	case 3:
		return cut_off(hive, r);
	case 4:
		return one_byte(hive, r);
	default:
		return older == NULL ? overwrite(hive, r, true) : sectors(hive, older, r);
	}
}

struct damage damage_head(struct builder_log_state *hive, struct random *r, size_t *lost)
{
	size_t pages = (hive->len - BASE) / PAGE;

	*lost = 0;
	if (random_chance(r, 40)) {
		for (size_t i = 0; i < BASE; i++)
			hive->bytes[i] = (uint8_t)(i < SECTOR ? random_next(r) : 0);
		return (struct damage){ "base block overwritten", BASE, BASE };
	}
	*lost = BASE;
	if (pages > 1 && random_chance(r, 50))
		*lost += PAGE * (1 + random_below(r, pages - 1));
	memmove(hive->bytes, hive->bytes + *lost, hive->len - *lost);
	hive->len -= *lost;
	return (struct damage){ *lost == BASE ? "base block cut off"
					      : "beginning cut off",
				BASE, *lost };
}

struct builder *damage_foreign_hive(struct random *r)
{
	uint64_t then = builder_filetime(2013, 5, 6, 7, 8, 9) + random_below(r, 1000000);
	struct builder *b = builder_new(&(struct builder_options){
		.minor = 5,
		.user_sid = "S-1-5-21-1004917736-2153282411-739522115-1107",
		.last_written = then,
		.sequence = 7,
	});
	builder_key list = builder_path(b, MAPI_WMS "\\Profiles", then);
	static const char *const names[] = { "Foreign", "Outlook", "Other" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct mapi_profile p = mapi_profile_new(
			b, list, names[i], MAPI_UNICODE_64, then, random_next(r));

		mapi_pst_add(&p, "Foreign", "D:\\foreign.pst", true);
		mapi_instance(&p);
	}
	builder_key_delete(b, builder_key_find(b, list, names[random_below(r, 3)]),
			   then + 777777777);
	builder_finish(b);
	return b;
}

void damage_append_foreign(struct builder_log_state *hive, struct random *r)
{
	struct builder *b = damage_foreign_hive(r);
	size_t len;
	const uint8_t *bytes = builder_bytes(b, &len);
	uint8_t *room = realloc(hive->bytes, hive->len + len);

	if (room == NULL)
		abort();
	memcpy(room + hive->len, bytes + BASE, len - BASE);
	hive->bytes = room;
	hive->len += len - BASE;
	builder_free(b);
}
