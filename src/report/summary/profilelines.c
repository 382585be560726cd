/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a profile held, in a few lines or words: what its owner will ask for first. */
#include "report/summary/profilelines.h"

#include "mapi/content/content.h"
#include "mapi/profile.h"
#include "mapi/profilename.h"
#include "report/summary/summarystate.h"
#include "report/summary/wording.h"

#include <string.h>

/* Whose mailbox: as typed or resolved, else its distinguished name. */
static struct text mailbox_of(const struct profile_exchange *exchange)
{
	if (text_length(exchange->mailbox) > 0)
		return exchange->mailbox;
	return text_length(exchange->mailbox_dn) > 0 ? exchange->mailbox_dn
						     : exchange->user_dn;
}

/* ---- what is lost ---- */

static bool has_account(const struct content *content, struct text id)
{
	for (size_t i = 0; i < content->accounts.n; i++)
		if (text_equal(content->accounts.items[i].id, id))
			return true;
	return false;
}

static bool has_service(const struct content *content, struct text uid)
{
	for (size_t i = 0; i < content->services.n; i++)
		if (text_equal(content->services.items[i].uid, uid))
			return true;
	return false;
}

/* False if that cannot be told: what was left out of the reading is not lost. */
static bool read_both(const struct profile *before, const struct profile *after,
		      struct content **old, struct content **new)
{
	return content_read(before->key, old) == STATUS_OK &&
	       content_read(after->key, new) == STATUS_OK && !(*new)->truncated;
}

/* ---- in some words ---- */

/* What tells a profile best, and so many of it. */
#define BRIEF_ITEMS 2

/* Begins one more thing; false if there are enough. */
static bool begin_item(struct screen *screen, size_t *n)
{
	if ((*n)++ >= BRIEF_ITEMS)
		return false;
	if (*n > 1)
		screen_print(screen, "; ");
	return true;
}

/* How many more there are than were told. */
static void put_rest(struct screen *screen, size_t n)
{
	if (n > BRIEF_ITEMS)
		screen_print(screen, "; and %zu more", n - BRIEF_ITEMS);
}

static void put_brief_files(struct screen *screen, const struct content *content,
			    bool stores, size_t *n)
{
	for (size_t i = 0; i < content->files.n; i++) {
		const struct profile_file *file = &content->files.items[i];
		bool store =
			strcmp(file->kind, "pst") == 0 || strcmp(file->kind, "ost") == 0;
		if (store != stores || !begin_item(screen, n))
			continue;
		screen_print(screen, "%s ", file->kind);
		screen_text(screen, file->path);
	}
}

/* Mail accounts; those of kind mapi only tell that there are services. */
static void put_brief_accounts(struct screen *screen, const struct content *content,
			       bool mapi, size_t *n)
{
	for (size_t i = 0; i < content->accounts.n; i++) {
		const struct profile_account *account = &content->accounts.items[i];
		if ((strcmp(account->kind, "mapi") == 0) != mapi ||
		    !begin_item(screen, n))
			continue;
		if (!mapi)
			screen_print(screen, "%s ", account->kind);
		screen_text(screen, account->name);
	}
}

/* What tells a profile best comes first; the others are for those that lack it. */
void profilelines_brief(struct screen *screen, const struct profile *profile)
{
	AUTO(content_freep) struct content *content = NULL;
	size_t n = 0;

	if (content_read(profile->key, &content) != STATUS_OK) {
		status_note_nomem();
		return;
	}
	for (size_t i = 0; i < content->exchanges.n; i++) {
		const struct profile_exchange *exchange = &content->exchanges.items[i];
		if (exchange->kind == PROFILE_MAILBOX_PUBLIC || !begin_item(screen, &n))
			continue;
		screen_text(screen, exchange->server);
		screen_print(screen, ": ");
		screen_text(screen, mailbox_of(exchange));
	}
	put_brief_accounts(screen, content, false, &n);
	put_brief_files(screen, content, true, &n);
	if (n == 0)
		put_brief_accounts(screen, content, true, &n);
	if (n == 0)
		put_brief_files(screen, content, false, &n);
	if (n == 0)
		screen_print(screen, "%u section%s, %u value%s", profile->n_sections,
			     wording_plural(profile->n_sections), profile->n_values,
			     wording_plural(profile->n_values));
	put_rest(screen, n);
}

bool profilelines_brief_losses(struct screen *screen, const struct profile *before,
			       const struct profile *after)
{
	AUTO(content_freep) struct content *old = NULL;
	AUTO(content_freep) struct content *new = NULL;
	size_t n = 0;

	if (!read_both(before, after, &old, &new))
		return false;
	for (size_t i = 0; i < old->services.n; i++) {
		const struct profile_service *service = &old->services.items[i];
		if (has_service(new, service->uid) || !begin_item(screen, &n))
			continue;
		screen_print(screen, "lost service ");
		screen_text(screen, service->name);
	}
	for (size_t i = 0; i < old->accounts.n; i++) {
		const struct profile_account *account = &old->accounts.items[i];
		if (has_account(new, account->id) || !begin_item(screen, &n))
			continue;
		screen_print(screen, "lost account %s ", account->kind);
		screen_text(screen, account->name);
	}
	put_rest(screen, n);
	return n > 0;
}

/* ---- spelled out ---- */

/* After the last of a list that is told in part only. */
static void put_more(struct screen *screen, size_t n, const char *one, const char *many)
{
	if (n <= SUMMARY_MAX_ITEMS)
		return;
	wording_line(screen, "");
	screen_print(screen, "... and %zu more %s in the report", n - SUMMARY_MAX_ITEMS,
		     n - SUMMARY_MAX_ITEMS == 1 ? one : many);
}

static void put_text(struct screen *screen, const char *what, struct text text)
{
	if (text_length(text) == 0)
		return;
	wording_line(screen, "");
	screen_print(screen, "%s ", what);
	screen_text(screen, text);
}

/* What someone needs who makes the account anew. */
static void put_exchange_account(struct screen *screen,
				 const struct profile_exchange *exchange)
{
	bool is_shown = text_equal(exchange->smtp_address, mailbox_of(exchange));

	put_text(screen, "address", is_shown ? text_of("") : exchange->smtp_address);
	put_text(screen, "signs in as", exchange->auth_user);
	put_text(screen, "autodiscover", exchange->autodiscover);
	put_text(screen, "MAPI over HTTP",
		 text_length(exchange->http.mailbox_outside) > 0
			 ? exchange->http.mailbox_outside
			 : exchange->http.mailbox_inside);
	/* Before there was cached mode, or on a server, nobody asks for it. */
	bool is_cached = exchange->cached == PROFILE_YES;
	if (!is_cached && !exchange->has_months)
		return;
	wording_line(screen, "");
	if (is_cached)
		screen_print(screen, "cached mode");
	if (exchange->has_months)
		screen_print(screen, "%s%u month%s kept offline (inferred)",
			     is_cached ? ", " : "", exchange->months,
			     wording_plural(exchange->months));
}

/* Public folders are every profile's; they are left to the report. */
static void put_exchanges(struct screen *screen, const struct content *content)
{
	size_t n = 0;

	for (size_t i = 0; i < content->exchanges.n; i++) {
		const struct profile_exchange *exchange = &content->exchanges.items[i];
		if (exchange->kind == PROFILE_MAILBOX_PUBLIC || n++ >= SUMMARY_MAX_ITEMS)
			continue;
		wording_line(screen, "exchange");
		screen_text(screen, exchange->server);
		screen_print(screen, ", %smailbox ",
			     exchange->kind == PROFILE_MAILBOX_DELEGATE ? "delegate "
									: "");
		screen_text(screen, mailbox_of(exchange));
		put_exchange_account(screen, exchange);
	}
	put_more(screen, n, "mailbox", "mailboxes");
}

static void put_generated_name(struct screen *screen,
			       const struct profile_generated_name *generated)
{
	if (!generated->present)
		return;
	wording_line(screen, "made");
	screen_print(screen, "by process %u at ", generated->pid);
	screen_time(screen, generated->created_ft);
	screen_utc(screen);
	screen_print(screen, ", as its name says");
}

/* Tags that nobody has named: the report has them raw. */
static void put_tags(struct screen *screen, const struct content *content)
{
	size_t unnamed = 0;

	for (size_t i = 0; i < content->values.n; i++)
		unnamed += content->values.items[i].name == NULL;
	if (unnamed == 0)
		return;
	wording_line(screen, "tags");
	screen_print(screen, "%zu without a known name, raw in the report", unnamed);
}

/* The build that Outlook noted; what version it is, is inferred. */
static void put_outlook(struct screen *screen, const struct profile_outlook *outlook)
{
	char version[OUTLOOK_VERSION_SIZE];

	if (!outlook->has_build || !outlook_version(outlook->build, version))
		return;
	wording_line(screen, "outlook");
	screen_print(screen, "version %s, inferred from build %u in the profile", version,
		     outlook->build);
}

/* Stores that are named and no longer part of the profile. */
static void put_detached(struct screen *screen, const struct content *content)
{
	size_t n = 0;

	for (size_t i = 0; i < content->named_files.n; i++) {
		const struct profile_named_file *file = &content->named_files.items[i];
		if (file->attached != PROFILE_NO ||
		    (i > 0 && text_equal(file[-1].path, file->path)) ||
		    n++ >= SUMMARY_MAX_ITEMS)
			continue;
		wording_line(screen, "named");
		screen_print(screen, "%s ", file->kind);
		screen_text(screen, file->path);
		screen_print(screen, ", no longer attached (inferred)");
	}
	put_more(screen, n, "file that is only named", "files that are only named");
}

static void put_account(struct screen *screen, const char *label, const char *what,
			const struct profile_account *account)
{
	wording_line(screen, label);
	screen_print(screen, "%s%s ", what, account->kind);
	screen_text(screen, account->name);
}

/* Where the account fetches and sends mail; what is not set is said to be a default. */
static void put_servers(struct screen *screen, const struct content *content,
			const struct profile_account *account)
{
	for (size_t i = 0; i < account->n_servers; i++) {
		const struct profile_server *server =
			&content->servers.items[account->first_server + i];
		const char *encryption = content_encryption_word(server->encryption);
		wording_line(screen, "");
		screen_print(screen, "%s ", server->protocol);
		screen_text(screen, server->host);
		if (server->port)
			screen_print(screen, ", port %u%s", server->port,
				     server->port_is_default ? " (default)" : "");
		if (encryption)
			screen_print(screen, ", encryption %s%s", encryption,
				     server->encryption_is_default ? " (default)" : "");
	}
}

/* Of accounts that the numbers tell of nothing is known but that they were there. */
static void put_gone_accounts(struct screen *screen,
			      const struct profile_account_numbers *numbers)
{
	if (!numbers->is_told || numbers->gone == 0)
		return;
	wording_line(screen, "gone");
	screen_print(
		screen, "%u account%s that %s numbered and %s no longer there (inferred)",
		numbers->gone, wording_plural(numbers->gone),
		numbers->gone == 1 ? "was" : "were", numbers->gone == 1 ? "is" : "are");
}

void profilelines_write(struct screen *screen, const struct profile *profile)
{
	AUTO(content_freep) struct content *content = NULL;

	if (content_read(profile->key, &content) != STATUS_OK) {
		status_note_nomem();
		return;
	}
	wording_line(screen, "held");
	screen_print(screen, "%u section%s, %u value%s", profile->n_sections,
		     wording_plural(profile->n_sections), profile->n_values,
		     wording_plural(profile->n_values));
	if (content->secrets.n > 0)
		screen_print(screen, ", %zu of them secret (not shown)",
			     content->secrets.n);
	put_generated_name(screen, &content->generated);
	put_outlook(screen, &content->outlook);
	put_exchanges(screen, content);
	for (size_t i = 0; i < content->files.n && i < SUMMARY_MAX_ITEMS; i++) {
		const struct profile_file *file = &content->files.items[i];
		wording_line(screen, file->kind);
		screen_text(screen, file->path);
		if (file->default_store)
			screen_print(screen, " (default store)");
		if (file->attached == PROFILE_NO)
			screen_print(screen, " (not attached)");
	}
	put_more(screen, content->files.n, "file", "files");
	put_detached(screen, content);
	for (size_t i = 0; i < content->accounts.n && i < SUMMARY_MAX_ITEMS; i++) {
		put_account(screen, "account", "", &content->accounts.items[i]);
		put_servers(screen, content, &content->accounts.items[i]);
	}
	put_more(screen, content->accounts.n, "account", "accounts");
	put_gone_accounts(screen, &content->account_numbers);
	put_tags(screen, content);
}

static void put_lost_accounts(struct screen *screen, const struct content *before,
			      const struct content *after)
{
	size_t n = 0;

	for (size_t i = 0; i < before->accounts.n; i++) {
		const struct profile_account *account = &before->accounts.items[i];
		if (!has_account(after, account->id) && n++ < SUMMARY_MAX_ITEMS)
			put_account(screen, "lost", "account ", account);
	}
	put_more(screen, n, "account", "accounts");
}

static void put_lost_services(struct screen *screen, const struct content *before,
			      const struct content *after)
{
	size_t n = 0;

	for (size_t i = 0; i < before->services.n; i++) {
		const struct profile_service *service = &before->services.items[i];
		if (has_service(after, service->uid) || n++ >= SUMMARY_MAX_ITEMS)
			continue;
		wording_line(screen, "lost");
		screen_print(screen, "service ");
		screen_text(screen, service->name);
		screen_print(screen, ", ");
		screen_text(screen, service->display_name);
	}
	put_more(screen, n, "service", "services");
}

void profilelines_write_losses(struct screen *screen, const struct profile *before,
			       const struct profile *after)
{
	AUTO(content_freep) struct content *old = NULL;
	AUTO(content_freep) struct content *new = NULL;

	if (!read_both(before, after, &old, &new))
		return;
	put_lost_services(screen, old, new);
	put_lost_accounts(screen, old, new);
}
