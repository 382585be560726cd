/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Listings as files of their own, and their rows as text. */
#include "help/listings.h"

#include "help/hives.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct listing *listings_read(const void *bytes, size_t len)
{
	struct listing *listing = NULL;
	struct failure failure = { 0 };
	char *path = hives_temporary(bytes, len);

	assert_int_equal(listing_read(NULL, path, &listing, &failure), STATUS_OK);
	assert_string_equal(failure.sentence, "");
	assert_non_null(listing);
	(void)remove(path);
	free(path);
	return listing;
}

uint8_t *listings_utf16(const char *ascii, bool big_endian, bool mark, size_t *len)
{
	size_t n = strlen(ascii), at = 0;
	uint8_t *out = calloc(n + 1, 2);

	assert_non_null(out);
	if (mark) {
		out[at++] = big_endian ? 0xfe : 0xff;
		out[at++] = big_endian ? 0xff : 0xfe;
	}
	for (size_t i = 0; i < n; i++, at += 2)
		out[at + big_endian] = (uint8_t)ascii[i];
	*len = at;
	return out;
}

static void print_names(FILE *f, char what, const struct listing_names *names)
{
	for (size_t i = 0; i < names->n; i++)
		if (i == 0)
			fprintf(f, " %c:%s", what, names->items[i]);
		else
			fprintf(f, "|%s", names->items[i]);
}

char *listings_rows(const struct listing *listing)
{
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	assert_non_null(f);
	for (size_t i = 0; i < listing->n_processes; i++) {
		const struct listing_process *p = &listing->processes[i];
		fprintf(f, "%u %s%s", p->pid, p->image, p->image_cut ? "~" : "");
		print_names(f, 'm', &p->modules);
		print_names(f, 's', &p->services);
		if (p->window)
			fprintf(f, " w:%s", p->window);
		fputs(p->holds_mapi32 ? " !\n" : "\n", f);
	}
	assert_int_equal(fclose(f), 0);
	return text;
}

static void check_parts(const struct listing *listing, enum listing_kind kind,
			enum listing_format format, bool answers, const char *rows)
{
	char *text = listings_rows(listing);

	assert_string_equal(text, rows);
	free(text);
	assert_string_equal(listing_kind_word(listing->kind), listing_kind_word(kind));
	assert_string_equal(listing_format_word(listing->format),
			    listing_format_word(format));
	assert_int_equal(listing->answers_mapi32, answers);
}

void listings_check(struct listing *listing, enum listing_kind kind,
		    enum listing_format format, bool answers, const char *rows)
{
	check_parts(listing, kind, format, answers, rows);
	listing_free(listing);
}

void listings_check_clean(struct listing *listing, enum listing_kind kind,
			  enum listing_format format, bool answers, const char *rows)
{
	if (diag_count(listing->diags) > 0)
		fail_msg("%s", diag_item(listing->diags, 0)->sentence);
	listings_check(listing, kind, format, answers, rows);
}

void listings_check_wrong(struct listing *listing)
{
	check_parts(listing, LISTING_UNKNOWN, LISTING_LINES, false, "");
	assert_int_equal(diag_count_of(listing->diags, DIAG_WRONG_KIND), 1);
	listing_free(listing);
}

void listings_check_refused(const struct listing *listing, size_t n, uint64_t first)
{
	assert_int_equal(diag_count_of(listing->diags, DIAG_LISTING_LINE), n);
	for (size_t i = 0; i < diag_count(listing->diags); i++) {
		const struct diag *diag = diag_item(listing->diags, i);
		if (diag->code != DIAG_LISTING_LINE)
			continue;
		assert_int_equal(diag->offset, first);
		return;
	}
}
