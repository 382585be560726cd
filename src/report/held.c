/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a profile held, in a few lines: what its owner will ask for first. */
#include "report/line.h"

#include "mapi/profile.h"

#include <stdlib.h>

/* Whose mailbox: as typed or resolved, else its distinguished name. */
static struct text mailbox_of(const struct profile_exchange *exchange)
{
	if (text_length(exchange->mailbox) > 0)
		return exchange->mailbox;
	return text_length(exchange->mailbox_dn) > 0 ? exchange->mailbox_dn
						     : exchange->user_dn;
}

/* After the last of a list that is told in part only. */
static void put_more(FILE *out, size_t n, const char *one, const char *many)
{
	if (n > LINE_MAX_ITEMS)
		fprintf(out, LINE_LABEL "... and %zu more %s in the report\n", "",
			n - LINE_MAX_ITEMS, n - LINE_MAX_ITEMS == 1 ? one : many);
}

/* Public folders are every profile's; they are left to the report. */
static void put_exchanges(FILE *out, const struct profile_content *content)
{
	size_t n = 0;

	for (size_t i = 0; i < content->exchanges.n; i++) {
		const struct profile_exchange *exchange = &content->exchanges.items[i];
		if (exchange->kind == PROFILE_MAILBOX_PUBLIC || n++ >= LINE_MAX_ITEMS)
			continue;
		fprintf(out, LINE_LABEL, "exchange");
		line_text(out, exchange->server);
		fprintf(out, ", %smailbox ",
			exchange->kind == PROFILE_MAILBOX_DELEGATE ? "delegate " : "");
		line_text(out, mailbox_of(exchange));
		fputc('\n', out);
	}
	put_more(out, n, "mailbox", "mailboxes");
}

static void put_generated_name(FILE *out, const struct profile_generated_name *generated)
{
	if (!generated->present)
		return;
	fprintf(out, LINE_LABEL "by process %u at ", "made", generated->pid);
	line_time(out, generated->created_ft);
	fputs(" UTC, as its name says\n", out);
}

void held_write(FILE *out, const struct profile *profile)
{
	AUTO(profile_content_freep) struct profile_content *content = NULL;

	if (profile_content_read(profile->key, &content) != STATUS_OK)
		return;
	fprintf(out, LINE_LABEL "%u section%s, %u value%s", "held", profile->n_sections,
		line_plural(profile->n_sections), profile->n_values,
		line_plural(profile->n_values));
	if (content->secrets.n > 0)
		fprintf(out, ", %zu of them secret (not shown)", content->secrets.n);
	fputc('\n', out);
	put_generated_name(out, &content->generated);
	put_exchanges(out, content);
	for (size_t i = 0; i < content->files.n && i < LINE_MAX_ITEMS; i++) {
		fprintf(out, LINE_LABEL, content->files.items[i].kind);
		line_text(out, content->files.items[i].path);
		fputs(content->files.items[i].default_store ? " (default store)\n" : "\n",
		      out);
	}
	put_more(out, content->files.n, "file", "files");
	for (size_t i = 0; i < content->accounts.n && i < LINE_MAX_ITEMS; i++) {
		fprintf(out, LINE_LABEL "%s ", "account",
			content->accounts.items[i].kind);
		line_text(out, content->accounts.items[i].name);
		fputc('\n', out);
	}
	put_more(out, content->accounts.n, "account", "accounts");
}

static bool has_account(const struct profile_content *content, struct text id)
{
	for (size_t i = 0; i < content->accounts.n; i++)
		if (text_equal(content->accounts.items[i].id, id))
			return true;
	return false;
}

static bool has_service(const struct profile_content *content, struct text uid)
{
	for (size_t i = 0; i < content->services.n; i++)
		if (text_equal(content->services.items[i].uid, uid))
			return true;
	return false;
}

static void put_lost_accounts(FILE *out, const struct profile_content *before,
			      const struct profile_content *after)
{
	size_t n = 0;

	for (size_t i = 0; i < before->accounts.n; i++) {
		const struct profile_account *account = &before->accounts.items[i];
		if (has_account(after, account->id) || n++ >= LINE_MAX_ITEMS)
			continue;
		fprintf(out, LINE_LABEL "account %s ", "lost", account->kind);
		line_text(out, account->name);
		fputc('\n', out);
	}
	put_more(out, n, "account", "accounts");
}

static void put_lost_services(FILE *out, const struct profile_content *before,
			      const struct profile_content *after)
{
	size_t n = 0;

	for (size_t i = 0; i < before->services.n; i++) {
		const struct profile_service *service = &before->services.items[i];
		if (has_service(after, service->uid) || n++ >= LINE_MAX_ITEMS)
			continue;
		fprintf(out, LINE_LABEL "service ", "lost");
		line_text(out, service->name);
		fputs(", ", out);
		line_text(out, service->display_name);
		fputc('\n', out);
	}
	put_more(out, n, "service", "services");
}

void held_write_losses(FILE *out, const struct profile *before,
		       const struct profile *after)
{
	AUTO(profile_content_freep) struct profile_content *old = NULL;
	AUTO(profile_content_freep) struct profile_content *new = NULL;

	if (profile_content_read(before->key, &old) != STATUS_OK ||
	    profile_content_read(after->key, &new) != STATUS_OK)
		return;
	/* What was left out of the reading is not lost. */
	if (new->truncated)
		return;
	put_lost_services(out, old, new);
	put_lost_accounts(out, old, new);
}
