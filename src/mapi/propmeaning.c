/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Bits and numbers of properties.  Sources: mapidefs.h (SERVICE_*, STATUS_*,
 * MAPI_*), edkmdb.h (CONFIG_*, CONNECT_*, OPENSTORE_*, PROFILE_*), KB 898835
 * (ROHFLAGS_*, ROHAUTH_*), mspst.h (PSTF_*), MFCMAPI's flag tables.  What only
 * the names of unpublished constants tell is left out, and so is what differs
 * from source to source.
 */
#include "mapi/propmeaning.h"

#include "base/array.h"
#include "base/text.h"
#include "mapi/property.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

struct meaning {
	uint16_t id;
	enum proptag_owner owner;
	enum propmeaning_place place;
	bool is_number; /* the value is this number; else it has these bits */
	uint32_t number;
	const char *words;
};

#define SERVICE(bit, words)                                                              \
	{                                                                                \
		0x3009, PROPTAG_OWNER_ANY, PROPMEANING_SERVICE, false, bit, words        \
	}
#define PROVIDER(bit, words)                                                             \
	{                                                                                \
		0x3009, PROPTAG_OWNER_ANY, PROPMEANING_PROVIDER, false, bit, words       \
	}
#define BITS(id, owner, bits, words)                                                     \
	{                                                                                \
		id, PROPTAG_OWNER_##owner, PROPMEANING_ANY, false, bits, words           \
	}
#define IS(id, owner, number, words)                                                     \
	{                                                                                \
		id, PROPTAG_OWNER_##owner, PROPMEANING_ANY, true, number, words          \
	}

/* Of one id side by side; several bits of one meaning before each of them. */
static const struct meaning meanings[] = {
	SERVICE(0x1, "default store"),
	SERVICE(0x2, "only one of its kind"),
	SERVICE(0x4, "made with the store"),
	SERVICE(0x8, "primary identity"),
	SERVICE(0x20, "never primary identity"),
	PROVIDER(0x1, "default outbound"),
	PROVIDER(0x2, "default store"),
	PROVIDER(0x4, "primary identity"),
	PROVIDER(0x8, "simple store"),
	PROVIDER(0x10, "transport to be used last"),
	PROVIDER(0x20, "never primary identity"),
	PROVIDER(0x40, "never default store"),
	PROVIDER(0x80, "temporary section"),
	PROVIDER(0x100, "own store"),
	PROVIDER(0x200, "inbound hook"),
	PROVIDER(0x400, "outbound hook"),
	PROVIDER(0x800, "needs a folder tree"),
	PROVIDER(0x1000, "primary store"),
	PROVIDER(0x2000, "secondary store"),
	IS(0x3e03, ANY, 33, "message store"),
	IS(0x3e03, ANY, 34, "address book"),
	IS(0x3e03, ANY, 35, "address book provider"),
	IS(0x3e03, ANY, 36, "transport"),
	IS(0x3e03, ANY, 37, "spooler"),
	IS(0x3e03, ANY, 38, "profile"),
	IS(0x3e03, ANY, 39, "subsystem"),
	IS(0x3e03, ANY, 40, "hook"),
	BITS(0x0354, OUTLOOK, 0x1, "encrypt"),
	BITS(0x0354, OUTLOOK, 0x2, "sign"),
	BITS(0x6601, MSEMS, 0x1, "service"),
	BITS(0x6601, MSEMS, 0x2, "shows start-up dialogs"),
	BITS(0x6601, MSEMS, 0x4, "shows connect dialogs"),
	BITS(0x6601, MSEMS, 0x8, "asks for credentials"),
	BITS(0x6601, MSEMS, 0x10, "no automatic detection"),
	BITS(0x6601, MSEMS, 0x20, "offline file only"),
	BITS(0x6601, MSEMS, 0x40, "SMTP addresses"),
	BITS(0x6601, MSEMS, 0x180, "cached mode"),
	BITS(0x6601, MSEMS, 0x400, "cached public folder favourites"),
	BITS(0x6601, MSEMS, 0x800, "cached shared folders"),
	BITS(0x6604, MSEMS, 0x1, "as administrator"),
	BITS(0x6604, MSEMS, 0x2, "RPC without encryption"),
	BITS(0x6604, MSEMS, 0x4, "separate connection"),
	BITS(0x6604, MSEMS, 0x10, "anonymous"),
	BITS(0x6604, MSEMS, 0x20, "no notifications"),
	BITS(0x6604, MSEMS, 0x80, "restore database"),
	BITS(0x6605, MSEMS, 0x1, "download"),
	BITS(0x6605, MSEMS, 0x2, "upload"),
	BITS(0x6609, MSEMS_PROVIDER, 0x1, "as administrator"),
	BITS(0x6609, MSEMS_PROVIDER, 0x2, "public store"),
	BITS(0x6609, MSEMS_PROVIDER, 0x4, "at the home server"),
	BITS(0x6609, MSEMS_PROVIDER, 0x8, "takes ownership"),
	BITS(0x6609, MSEMS_PROVIDER, 0x10, "overrides the home server"),
	BITS(0x6609, MSEMS_PROVIDER, 0x20, "transport"),
	BITS(0x6609, MSEMS_PROVIDER, 0x40, "remote transport"),
	IS(0x660a, MSEMS_PROVIDER, 1, "primary mailbox"),
	IS(0x660a, MSEMS_PROVIDER, 2, "mailbox of another"),
	IS(0x660a, MSEMS_PROVIDER, 3, "public store"),
	IS(0x660a, MSEMS_PROVIDER, 4, "subscription"),
	IS(0x660a, MSEMS_PROVIDER, 10, "remote transport"),
	BITS(0x6623, MSEMS, 0x1, "HTTP"),
	BITS(0x6623, MSEMS, 0x2, "SSL only"),
	BITS(0x6623, MSEMS, 0x4, "mutual authentication"),
	BITS(0x6623, MSEMS, 0x8, "HTTP first on fast networks"),
	BITS(0x6623, MSEMS, 0x20, "HTTP first on slow networks"),
	IS(0x6627, MSEMS, 1, "basic authentication"),
	IS(0x6627, MSEMS, 2, "NTLM authentication"),
	IS(0x665e, MSEMS, 0, "not an Outlook.com account"),
	IS(0x665e, MSEMS, 1, "an Outlook.com account"),
	IS(0x6702, STORE, 0x80000000, "no encryption"),
	IS(0x6702, STORE, 0x40000000, "compressible encryption"),
	IS(0x6702, STORE, 0x20000000, "high encryption"),
	BITS(0x6770, STORE, 0x1, "made without a warning"),
	BITS(0x6770, STORE, 0x2, "display name is kept"),
	BITS(0x6770, STORE, 0x80000000, "Unicode file"),
};

/* As proptag_name() takes the ids of one for those of the other. */
static bool is_exchange(enum proptag_owner owner)
{
	return owner == PROPTAG_OWNER_MSEMS || owner == PROPTAG_OWNER_MSEMS_PROVIDER;
}

static bool suits(const struct meaning *meaning, struct proptag tag,
		  enum proptag_owner owner, enum propmeaning_place place)
{
	return meaning->id == tag.id &&
	       (meaning->place == PROPMEANING_ANY || meaning->place == place) &&
	       (meaning->owner == PROPTAG_OWNER_ANY || meaning->owner == owner ||
		(is_exchange(meaning->owner) && is_exchange(owner)));
}

static void put(FILE *out, bool *any, const char *words)
{
	(void)fprintf(out, "%s%s", *any ? "; " : "", words);
	*any = true;
}

/* True if some row suits; then the words are written. */
static bool print(FILE *out, uint32_t number, struct proptag tag,
		  enum proptag_owner owner, enum propmeaning_place place)
{
	uint32_t rest = number;
	bool known = false, any = false, is_number = false;
	char hex[32];

	for (size_t i = 0; i < ARRAY_LEN(meanings); i++) {
		const struct meaning *meaning = &meanings[i];
		if (!suits(meaning, tag, owner, place))
			continue;
		known = true;
		is_number = meaning->is_number;
		if (is_number ? number == meaning->number
			      : (rest & meaning->number) == meaning->number) {
			put(out, &any, meaning->words);
			rest = is_number ? 0 : rest & ~meaning->number;
		}
	}
	if (!known)
		return false;
	if (is_number && !any) {
		put(out, &any, "not known");
	} else if (rest != 0) {
		(void)snprintf(hex, sizeof(hex), "0x%" PRIx32 " not known", rest);
		put(out, &any, hex);
	}
	if (!any)
		put(out, &any, "nothing set");
	return true;
}

bool propmeaning_of(const struct value *value, struct proptag tag,
		    enum proptag_owner owner, enum propmeaning_place place, char **out)
{
	size_t size = 0;
	char *text = NULL;
	uint32_t number;
	FILE *stream;

	*out = NULL;
	if ((tag.type != PROPTAG_LONG && tag.type != PROPTAG_BOOLEAN) ||
	    !property_number(value, &number))
		return true;
	stream = open_memstream(&text, &size);
	bool known = stream && print(stream, number, tag, owner, place);
	text = text_of_stream(stream, &text);
	if (!text)
		return false;
	if (known)
		*out = text;
	else
		free(text);
	return true;
}
