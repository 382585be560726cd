/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/redact/redactshape.h"

#include "base/array.h"
#include "base/text.h"
#include "mapi/profilename.h"

#include <string.h>
#include <strings.h>

#define DIGITS "0123456789"
#define HEX DIGITS "abcdefABCDEF"

static bool is_one_of(char c, const char *all)
{
	return c && strchr(all, c);
}

/* Bytes at the beginning of the text that are of a set. */
static size_t span(const char *text, size_t len, const char *all)
{
	size_t n = 0;

	while (n < len && is_one_of(text[n], all))
		n++;
	return n;
}

static bool begins(const char *text, size_t len, const char *with)
{
	return len >= strlen(with) && strncasecmp(text, with, strlen(with)) == 0;
}

static bool has(const char *text, size_t len, const char *what)
{
	return memmem(text, len, what, strlen(what)) != NULL;
}

/* ---- what it is ---- */

bool redactshape_is_word_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_' || (unsigned char)c >= 0x80;
}

static bool is_sid(const char *text, size_t len)
{
	return begins(text, len, "S-1-") && len > 4 &&
	       span(text + 4, len - 4, DIGITS "-") == len - 4;
}

/* "x@y", with or without "SMTP:" in front of it, as one word. */
static bool is_address(const char *text, size_t len)
{
	const char *at = memchr(text, '@', len);

	return at && at > text && at + 1 < text + len &&
	       redactshape_is_word_byte(at[1]) && !memchr(text, ' ', len) &&
	       !memchr(text, '/', len) && !memchr(text, '\\', len);
}

/* "/o=First/ou=..." of Exchange, "CN=..." of a directory. */
static bool is_dn(const char *text, size_t len)
{
	static const char *const heads[] = { "/o=", "/ou=", "/cn=", "/dc=",
					     "cn=", "ou=",  "dc=" };

	for (size_t i = 0; i < ARRAY_LEN(heads); i++)
		if (begins(text, len, heads[i]))
			return true;
	return false;
}

static bool is_path(const char *text, size_t len)
{
	bool drive = len >= 3 && redactshape_is_word_byte(text[0]) && text[1] == ':' &&
		     (text[2] == '\\' || text[2] == '/');

	return drive || (len >= 3 && begins(text, len, "\\\\")) ||
	       (len >= 2 && text[0] == '/' && redactshape_is_word_byte(text[1])) ||
	       (len >= 4 && text[0] == '%' && has(text, len, "%\\")) ||
	       begins(text, len, "\\??\\") || begins(text, len, "~/") ||
	       begins(text, len, "./") || begins(text, len, "../");
}

/* Parts of up to `most` digits, parted by dots: how many, and the greatest. */
static size_t count_parts(const char *text, size_t len, size_t most, unsigned *greatest)
{
	size_t n = 0, at = 0;

	*greatest = 0;
	for (;;) {
		size_t digits = span(text + at, len - at, DIGITS);
		unsigned number = 0;
		if (digits == 0 || digits > most)
			return 0;
		for (size_t i = 0; i < digits; i++)
			number = 10 * number + (unsigned)(text[at + i] - '0');
		if (number > *greatest)
			*greatest = number;
		n++;
		at += digits;
		if (at == len)
			return n;
		if (text[at++] != '.')
			return 0;
	}
}

/* An IPv4 address, which a version of four small parts may be as well. */
static bool is_ip(const char *text, size_t len)
{
	unsigned greatest;

	return count_parts(text, len, 3, &greatest) == 4 && greatest < 256;
}

bool redactshape_read(const char *text, size_t len, enum redact_kind *kind)
{
	if (is_sid(text, len))
		*kind = REDACT_SID;
	else if (is_dn(text, len))
		*kind = REDACT_DN;
	else if (is_path(text, len))
		*kind = REDACT_PATH;
	else if (is_address(text, len))
		*kind = REDACT_ADDRESS;
	else if (is_ip(text, len) || has(text, len, "://"))
		*kind = REDACT_SERVER;
	else
		return false;
	return true;
}

/* ---- what stays ---- */

/* Names that Outlook and Exchange give to a profile, or that their guides tell to give. */
static const char *const profiles[] = {
	"Outlook",
	"Microsoft Outlook",
	"Microsoft Exchange",
	"Default Outlook Profile",
	"Microsoft Outlook Internet Settings",
	"MS Exchange Settings",
	"Windows Messaging Settings",
	"SQLServerAgent Profile",
	"BlackBerryServer",
};

static const char *const users[] = {
	"LocalSystem",
	"SYSTEM",
	"NT AUTHORITY\\SYSTEM",
	"NT AUTHORITY\\LocalService",
	"NT AUTHORITY\\NetworkService",
	"NT AUTHORITY\\Local Service",
	"NT AUTHORITY\\Network Service",
	/* What Outlook calls accounts that are nobody's. */
	"Outlook Address Book",
	"Personal Address Book",
	"Personal Folders",
	"Outlook Data File",
	"Microsoft Exchange Server",
	"Microsoft Exchange",
	"Contacts Address Book",
};

/* LocalSystem, LocalService and NetworkService; Everyone; Administrators and Users. */
static const char *const sids[] = {
	"S-1-5-18", "S-1-5-19", "S-1-5-20", "S-1-1-0", "S-1-5-32-544", "S-1-5-32-545",
};

static bool is_among(const char *text, const char *const *all, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcasecmp(text, all[i]) == 0)
			return true;
	return false;
}

/* A process id and a time are all that it holds. */
static bool is_generated(const char *text)
{
	struct profile_generated_name generated;

	profilename_read(text_of(text), &generated);
	return generated.present && text_length(generated.prefix) == 0;
}

bool redactshape_stays(enum redact_kind kind, const char *text)
{
	if (kind == REDACT_PROFILE)
		return is_among(text, profiles, ARRAY_LEN(profiles)) ||
		       is_generated(text);
	if (kind == REDACT_USER)
		return is_among(text, users, ARRAY_LEN(users));
	return kind == REDACT_SID && is_among(text, sids, ARRAY_LEN(sids));
}

/* ---- numbers ---- */

bool redactshape_is_id(const char *text, size_t len)
{
	if (len == 38 && text[0] == '{' && text[37] == '}')
		return span(text + 1, 36, HEX "-") == 36;
	return len == 32 && span(text, len, HEX) == len;
}

/* d: a digit; all else is itself. */
static bool fits(const char *text, size_t len, const char *form)
{
	if (len < strlen(form))
		return false;
	for (; *form; form++, text++)
		if (*form == 'd' ? !is_one_of(*text, DIGITS) : *text != *form)
			return false;
	return true;
}

size_t redactshape_time(const char *text, size_t len)
{
	size_t n = sizeof("dddd-dd-ddTdd:dd:dd") - 1;

	if (!fits(text, len, "dddd-dd-ddTdd:dd:dd") &&
	    !fits(text, len, "dddd-dd-dd dd:dd:dd"))
		return 0;
	if (n < len && text[n] == '.')
		n += 1 + span(text + n + 1, len - n - 1, DIGITS);
	if (n < len && text[n] == 'Z')
		n++;
	return n < len && redactshape_is_word_byte(text[n]) ? 0 : n;
}

/* Types of MAPI properties, as tags have them in front or at the end. */
static bool has_type(const char *tag)
{
	static const char *const types[] = {
		"0002", "0003", "0004", "0005", "0006", "0007", "000a", "000b", "000d",
		"0014", "001e", "001f", "0040", "0048", "00fb", "00fd", "00fe", "0102",
		"1002", "1003", "1014", "101e", "101f", "1040", "1048", "1102", "0000"
	};

	for (size_t i = 0; i < ARRAY_LEN(types); i++)
		if (strncasecmp(tag, types[i], 4) == 0 ||
		    strncasecmp(tag + 4, types[i], 4) == 0)
			return true;
	return false;
}

/* "4096 (0x1000)": how a number of 32 bits is shown. */
static bool is_both(const char *text, size_t len)
{
	size_t n = span(text, len, DIGITS);

	if (n == 0 || n > 10 || len < n + 6 || memcmp(text + n, " (0x", 4) != 0 ||
	    text[len - 1] != ')')
		return false;
	size_t hex = span(text + n + 4, len - n - 5, HEX);
	return hex == len - n - 5 && hex <= 8;
}

bool redactshape_is_number(const char *text, size_t len)
{
	unsigned greatest;

	if (len > 2 && len <= 10 && text[0] == '0' && text[1] == 'x')
		return span(text + 2, len - 2, HEX) == len - 2;
	if (len == 8 && span(text, len, HEX) == len && has_type(text))
		return true;
	if (is_both(text, len))
		return true;
	if (len >= 5 && len <= 10 && begins(text, len, "KB") &&
	    span(text + 2, len - 2, DIGITS) == len - 2)
		return true;
	if (len > 0 && len <= 5 && span(text, len, DIGITS) == len)
		return true;
	/* A telephone number has no part of one or two digits and then a dot. */
	size_t parts = count_parts(text, len, 5, &greatest);
	return parts >= 2 && parts <= 4 && span(text, len, DIGITS) <= 2 &&
	       !is_ip(text, len);
}
