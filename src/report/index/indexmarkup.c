/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/index/indexmarkup.h"

#include "base/filetime.h"
#include "base/text.h"
#include "report/index/indextext.h"
#include "report/page/pagestyle.h"
#include "report/page/pagetext.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void put_bytes(struct index_markup *page, const char *bytes, size_t n)
{
	(void)output_write(page->output, span_of(bytes, n));
}

void indexmarkup_put(struct index_markup *page, const char *format, ...)
{
	char *text = NULL;
	va_list arguments;

	va_start(arguments, format);
	int n = vasprintf(&text, format, arguments);
	va_end(arguments);
	if (n < 0) {
		page->nomem = true;
		return;
	}
	put_bytes(page, text, (size_t)n);
	free(text);
}

static const char *entity_of(char c)
{
	return c == '&'	  ? "&amp;"
	       : c == '<' ? "&lt;"
	       : c == '>' ? "&gt;"
	       : c == '"' ? "&quot;"
			  : "&#39;";
}

void indexmarkup_words(struct index_markup *page, const char *utf8)
{
	while (*utf8) {
		size_t n = strcspn(utf8, "&<>\"'");
		put_bytes(page, utf8, n);
		utf8 += n;
		if (!*utf8)
			break;
		const char *entity = entity_of(*utf8++);
		put_bytes(page, entity, strlen(entity));
	}
}

void indexmarkup_text(struct index_markup *page, const char *bytes, const char *utf16)
{
	struct text units = { .bytes = { 0 } };
	char *shown = NULL, *utf8 = NULL;

	if (utf16) {
		shown = pagetext_exact(utf16, strlen(utf16));
	} else if (indextext_units(bytes, NULL, &units)) {
		utf8 = text_to_utf8(units, NULL);
		shown = utf8 ? pagetext_visible(utf8, strlen(utf8), strlen(utf8)) : NULL;
		text_free(units);
	}
	page->nomem |= !shown;
	indexmarkup_put(page, "<bdi>");
	indexmarkup_words(page, shown ? shown : "");
	indexmarkup_put(page, "</bdi>");
	free(utf8);
	free(shown);
}

/* What stands for itself in the path of an address (RFC 3986, unreserved), and "/". */
static bool is_plain(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || (c && strchr("-._~/", c));
}

void indexmarkup_link(struct index_markup *page, const char *path, const char *text)
{
	/* Two slashes at the beginning would name a host. */
	size_t slashes = strspn(path, "/");

	path += slashes > 1 ? slashes - 1 : 0;
	indexmarkup_put(page, "<a href=\"");
	for (const char *c = path; *c; c++) {
		if (is_plain(*c))
			put_bytes(page, c, 1);
		else
			indexmarkup_put(page, "%%%02X", (unsigned)(unsigned char)*c);
	}
	indexmarkup_put(page, "\">");
	indexmarkup_text(page, text, NULL);
	indexmarkup_put(page, "</a>");
}

void indexmarkup_time(struct index_markup *page, uint64_t filetime)
{
	char text[FILETIME_TEXT_SIZE];

	/* Years past 9999 have a digit more: seconds end where the point stands. */
	filetime_format(filetime, text);
	text[strcspn(text, ".")] = '\0';
	size_t date = strcspn(text, "T");
	indexmarkup_put(page, "<time datetime=\"%sZ\">%.*s %s UTC</time>", text,
			(int)date, text, text + date + 1);
}

/* How a word looks, and the sign before it, so that colour is never all that tells. */
struct look {
	const char *words, *class, *sign;
};

static const struct look *look_of(const char *word)
{
	static const struct look looks[] = {
		{ "|deleted|other_hive|store_removed|recreated|damaged|gone|lost|"
		  "missing|"
		  "hive_missing|recovered|unreadable|refused|",
		  "bad", "\xE2\x9C\x95" },
		{ "|certain|confirmed|supported|written|back|whole|unchanged|", "good",
		  "\xE2\x9C\x93" },
		{ "|probable|possible|partial|unresolved|unknown|moved|renamed|left_out|"
		  "incomplete|in_doubt|unpaired|contradictory|",
		  "warn", "\xE2\x96\xB3" },
	};
	static const struct look plain = { "", "plain", "\xC2\xB7" };
	char key[64];

	(void)snprintf(key, sizeof(key), "|%s|", word);
	for (size_t i = 0; i < ARRAY_LEN(looks); i++)
		if (strstr(looks[i].words, key))
			return &looks[i];
	return &plain;
}

void indexmarkup_badge(struct index_markup *page, const char *word)
{
	const struct look *look = look_of(word);

	indexmarkup_put(page,
			"<span class=\"badge %s\"><span aria-hidden=\"true\">%s </span>",
			look->class, look->sign);
	for (const char *c = word; *c; c++)
		put_bytes(page, *c == '_' ? " " : c, 1);
	indexmarkup_put(page, "</span>");
}

void indexmarkup_head(struct index_markup *page, const char *sentence)
{
	char hash[PAGESTYLE_HASH_SIZE];

	pagestyle_hash(hash);
	indexmarkup_put(
		page,
		"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"UTF-8\">\n"
		"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
		"'none'; style-src '%s'; base-uri 'none'; form-action 'none'\">\n"
		"<meta name=\"viewport\" content=\"width=device-width, "
		"initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n"
		"<meta name=\"referrer\" content=\"no-referrer\">\n"
		"<meta name=\"generator\" content=\"wmsdiff\">\n<title>wmsdiff: ",
		hash);
	indexmarkup_words(page, sentence);
	indexmarkup_put(page,
			"</title>\n<style>%s</style>\n</head>\n<body>\n"
			"<a class=\"skip\" href=\"#page-answer\">Skip to the "
			"answer</a>\n",
			pagestyle_text());
}
