/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which values are secrets: by name, tag or content.  Too many are better
 * than one too few.  The ids are those that MAPI headers set aside for secure
 * properties (67f0 to 67ff) and those that mspst and emablt use.  Tokens are
 * known by their form (RFC 7519), or by the names that a text gives them
 * (RFC 6749); a user's password in a URL by its place (RFC 3986, 3.2.1).
 */
#include "mapi/secret.h"

#include "base/span.h"
#include "base/text.h"
#include "mapi/property.h"
#include "mapi/proptag.h"

/*
 * CryptProtectData puts its provider's GUID into every blob, after a version
 * number; Outlook puts a byte of its own before both.
 */
static const uint8_t dpapi_provider[16] = {
	0xd0, 0x8c, 0x9d, 0xdf, 0x01, 0x15, 0xd1, 0x11,
	0x8c, 0x7a, 0x00, 0xc0, 0x4f, 0xc2, 0x97, 0xeb,
};

/* In the names of values of any program. */
static const char *const secret_words[] = {
	"password", "token", "secret", "credential", "cookie",
};

/* PR_PROFILE_AUTH_PASSWORD; as a number the id is PR_LOCALE_ID. */
#define PASSWORD_ID 0x66a1

static bool is_secret_id(uint16_t id)
{
	return (id >= 0x67f0 && id <= 0x67ff) || id == 0x6703 || id == 0x6704 ||
	       id == 0x6617;
}

static bool is_secret_name(struct text name)
{
	struct proptag tag;

	if (proptag_parse(name, &tag))
		return tag.secure || is_secret_id(tag.id) ||
		       (tag.id == PASSWORD_ID && tag.type != PROPTAG_LONG);
	for (size_t i = 0; i < ARRAY_LEN(secret_words); i++)
		if (text_has(name, secret_words[i]))
			return true;
	return text_has(name, "passwd") && !text_has(name, "remember");
}

/* ---- tokens, by what they look like ---- */

/* A shorter one cannot hold a header, claims and a signature. */
#define TOKEN_MIN 40

static bool is_token_unit(uint16_t unit)
{
	return (unit >= 'A' && unit <= 'Z') || (unit >= 'a' && unit <= 'z') ||
	       (unit >= '0' && unit <= '9') || unit == '-' || unit == '_' || unit == '.';
}

/*
 * How many units at the front a token can have, and whether they are one.  dots: 1 if one
 * stands before them: the claims begin as the header does, of which the front may be lost.
 */
static size_t token_length(struct text t, size_t dots, bool *is_token)
{
	size_t n = 0;

	for (; n < text_length(t) && is_token_unit(text_unit(t, n)); n++)
		dots += text_unit(t, n) == '.';
	/* Three parts in base64url with dots between. */
	*is_token = n >= TOKEN_MIN && dots >= 2;
	return n;
}

/*
 * The head of a token, "{" and a quote, is looked for anywhere.  Where what follows is no
 * token, no part of it is one either, and all of it is passed over.
 */
static bool has_token(struct span data, const char *head, size_t len,
		      enum text_encoding encoding)
{
	size_t off = 0, size = encoding == TEXT_LATIN1 ? 1 : 2;
	bool is_token = false;

	while (!is_token && span_find(data, head, len, &off)) {
		struct text t = { span_from(data, off), encoding };
		bool dot = off >= size && span_starts(data, off - size, ".", size);
		off += size * token_length(t, dot, &is_token);
	}
	return is_token;
}

static bool holds_token(struct span data)
{
	/* Of both heads the rarest byte: without it no closer look is needed. */
	return span_has_byte(data, 'J') &&
	       (has_token(data, "eyJ", 3, TEXT_LATIN1) ||
		has_token(data, "e\0y\0J\0", 6, TEXT_UTF16LE));
}

/* ---- texts ---- */

/* "scheme://user:password@host" */
static bool is_login_url(struct text t)
{
	bool has_colon = false;
	size_t i = 0, n = text_length(t);

	while (i < n && !(text_unit(t, i) == ':' && text_unit(t, i + 1) == '/' &&
			  text_unit(t, i + 2) == '/'))
		i++;
	for (i += 3; i < n; i++) {
		uint16_t unit = text_unit(t, i);
		if (unit == '/' || unit == '?' || unit == '#')
			return false;
		if (unit == '@')
			return has_colon;
		has_colon |= unit == ':';
	}
	return false;
}

/*
 * "access_token", "refresh_token" and their kin, in a URL or in JSON.  Each has a character
 * that no other folds to: nearly no value has one of their bytes, and then none is read.
 */
static bool tells_secret(const struct value *value)
{
	struct span data = value_data(value);
	bool low_line = span_has_byte(data, '_'), equals = span_has_byte(data, '='),
	     at = span_has_byte(data, '@');
	struct text t;

	if ((!low_line && !equals && !at) || !property_string(value, &t))
		return false;
	return (low_line && (text_has(t, "_token") || text_has(t, "client_secret"))) ||
	       (equals && text_has(t, "password=")) || (at && is_login_url(t));
}

bool secret_is(const struct value *value)
{
	return is_secret_name(value_name(value)) ||
	       span_contains(value_data(value), dpapi_provider, sizeof(dpapi_provider)) ||
	       holds_token(value_data(value)) || tells_secret(value);
}
