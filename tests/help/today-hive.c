/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * today-hive BEFORE AFTER: the hive of a user of Outlook 2016 or Microsoft 365, whose one
 * profile is deleted after: an Exchange account in cached mode, a mailbox beside it, an
 * IMAP account, an account that is gone, a file that was detached; and what Office keeps
 * beside the profiles.  Every secret holds "nevershown", in one encoding or another.
 */
#include "samples/mapi.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OUTLOOK MAPI_OFFICE("16.0")
#define LIST OUTLOOK "\\Profiles"
#define COMMON "Software\\Microsoft\\Office\\16.0\\Common"
#define MACHINE "0123456789abcde" /* with its NUL the 16 bytes of an id */
#define WEB_TOKEN                                                                        \
	"eyJ0eXAiOiJKV1QiLCJhbGciOiJub25lIn0.eyJpc3MiOiJuZXZlcnNob3duIn0.nevershown"

static uint64_t made(void)
{
	return builder_filetime(2024, 5, 6, 7, 8, 9);
}

static struct mapi_uid uid_at(struct builder *b, builder_key key, const char *name)
{
	struct mapi_uid uid;
	size_t len = 0;
	const uint8_t *bytes = builder_value_data(b, key, name, &len);

	if (!bytes || len != sizeof(uid.bytes))
		abort();
	memcpy(uid.bytes, bytes, len);
	return uid;
}

static void add_exchange(struct mapi_profile *p)
{
	struct mapi_uid service = mapi_exchange2010(
		p, &(struct mapi_mailbox){ .server = "0f1e@example.com",
					   .domain = "example.com",
					   .organization = "ExchangeLabs",
					   .site = "Exchange Administrative Group",
					   .user = "ada",
					   .display = "Ada",
					   .config_flags = 0x984,
					   .ost_path = "C:\\ost\\ada@example.com.ost" });
	struct mapi_uid uid = uid_at(p->b, mapi_section_of(p, &service), "01023d15");
	builder_key settings = mapi_section_of(p, &uid);

	mapi_long(p, settings, 0x6649, 12);
	mapi_unicode(p, settings, 0x664a, "https://autodiscover.example.com/x.xml");
	mapi_unicode(p, settings, 0x6653, "https://outlook.example.com/mapi/emsmdb");
	mapi_boolean(p, settings, 0x665e, false);
	mapi_unicode(p, settings, 0x66a1, "nevershown");
	/* Texts that are told in other places than the properties, too. */
	mapi_unicode(p, settings, 0x6654, "https://in.example.com/?t=" WEB_TOKEN);
	mapi_unicode(p, settings, 0x66a0, WEB_TOKEN);
	mapi_unicode(p, settings, 0x6655, "https://out.example.com/?id_token=nevershown");
	mapi_account_service(p, MAPI_LIST_MAIL, "ada@example.com", "MSEMS", &service);
	uid = mapi_provider_add(p, &service, "MSEMS",
				&(struct mapi_provider){
					.type = MAPI_STORE,
					.name = "Microsoft Exchange Message Store",
					.display = "Sales",
					.dll = "EMSMDB.DLL",
				});
	builder_key shared = mapi_section_of(p, &uid);
	mapi_long(p, shared, 0x660a, 2);
	mapi_string8(p, shared, 0x660b, "/o=ExchangeLabs/cn=Recipients/cn=sales");
	mapi_string8(p, shared, 0x660c, "0f1e@example.com");
	mapi_unicode(p, shared, 0x6641, "sales@example.com");
}

static void add_imap(struct mapi_profile *p, const struct mapi_pst *pst)
{
	builder_key account = mapi_account_service(p, MAPI_LIST_MAIL, "Home", "INTERSTOR",
						   &pst->service);

	builder_value_string(p->b, account, "clsid",
			     "{ED475412-B0D6-11D2-8C3B-00104B2A6676}");
	builder_value_string(p->b, account, "IMAP Server", "imap.example.org");
	builder_value_dword(p->b, account, "IMAP Port", 993);
	builder_value_dword(p->b, account, "IMAP Use SSL", 1);
	builder_value_string(p->b, account, "IMAP Password", "nevershown");
	builder_value_string(p->b, account, "IMAP User", WEB_TOKEN);
	builder_value_string(p->b, account, "HTTP Server URL", "https://a:nevershown@b/");
	builder_value_string(p->b, account, "Email", "ada?" WEB_TOKEN);
	builder_value_string(p->b, account, "SMTP Server", "smtp.example.org");
	builder_value_dword(p->b, account, "SMTP Secure Connection", 2);
}

static void add_client(struct mapi_profile *p)
{
	builder_key client = mapi_section(p, MAPI_OUTLOOK);
	struct mapi_blob detached;
	struct mapi_uid machine = { MACHINE };

	mapi_long(p, client, 0x036f, 165266);
	mapi_long(p, client, 0x0487, 222657548); /* the minute of made() */
	mapi_pst_entry_id(&detached, "D:\\old\\detached.pst");
	mapi_mv_binary(p, client, 0x039b, &detached, 1);
	mapi_clsid(p, mapi_section(p, "f86ed2903a4a11cfb57e524153480001"), 0x6002,
		   &machine);
}

static void add_profile(struct builder *b)
{
	struct mapi_profile p = mapi_profile_new(b, builder_path(b, LIST, made()),
						 "Outlook", MAPI_UNICODE_64, made(), 11);
	struct mapi_pst pst;

	p.text_accounts = true;
	mapi_instance(&p);
	add_exchange(&p);
	pst = mapi_pst_add(&p, "Home", "C:\\mail\\home.pst", false);
	add_imap(&p, &pst);
	mapi_account_delete(&p, mapi_account_service(&p, MAPI_LIST_STORE, "Gone",
						     "MSUPST MS", &pst.service));
	add_client(&p);
}

static void add_office(struct builder *b)
{
	builder_key key = builder_path(b, OUTLOOK "\\Setup", made());

	builder_value_string(b, builder_path(b, OUTLOOK, made()), "DefaultProfile",
			     "Outlook");
	builder_value_dword(b, key, "UpdateProfiles", 165266);
	key = builder_path(b, OUTLOOK "\\UserInfo", made());
	builder_value_set(b, key, "RulesMachineID", BUILDER_BINARY, MACHINE, 16);
	key = builder_path(b, OUTLOOK "\\Search\\Catalog", made());
	builder_value_dword(b, key, "C:\\mail\\home.pst", 1);
	builder_value_dword(b, key, "E:\\elsewhere.pst", 1);
	key = builder_path(b, OUTLOOK "\\AutoDiscover\\RedirectServers", made());
	builder_value_string(b, key, "autodiscover-s.example.com", "");
	key = builder_path(b, OUTLOOK "\\BootDiagnostics", made());
	builder_value_string(b, key, "Profile", "Outlook");
	builder_value_string(b, key, "SessionCookie", "nevershown");
	key = builder_path(b, COMMON "\\Identity\\Identities\\0f1e_ADAL", made());
	builder_value_string(b, key, "SignInName", "ada@example.com");
	builder_value_string(b, key, "RefreshToken", "nevershown");
	builder_value_string(b, key, "Ticket", "nevershown");
	builder_value_string(b, key, "FriendlyName", WEB_TOKEN);
}

int main(int argc, char **argv)
{
	uint64_t later = made() + UINT64_C(36000000000);

	if (argc != 3)
		return 2;
	struct builder *b = builder_new(&(struct builder_options){
		.minor = 5,
		.embedded_name = "\\??\\C:\\Users\\ada\\ntuser.dat",
		.root_name = "CMI-CreateHive",
		.user_sid = "S-1-5-21-1-2-3-1001",
		.last_written = made(),
		.sequence = 10,
	});
	add_profile(b);
	add_office(b);
	struct builder *after = builder_clone(b);
	builder_key list = builder_path(after, LIST, made());
	builder_key_delete(after, builder_key_find(after, list, "Outlook"), later);
	builder_stamp(after, later, 20);
	bool written = builder_write(b, argv[1]) && builder_write(after, argv[2]);
	builder_free(after);
	builder_free(b);
	return written ? 0 : 1;
}
