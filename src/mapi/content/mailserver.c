/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Mail servers.  Names and numbers of the values: real hives, and the .prf
 * files of the Office Customization Tool, which set the same and give their
 * defaults: ports 110, 143 and 25 and no encryption.  "SMTP Secure Connection"
 * counts what Outlook's dialog lists: none, SSL, TLS, automatic.
 */
#include "mapi/content/mailserver.h"

#include "mapi/section.h"

#include <stdio.h>
#include <string.h>

struct protocol {
	const char *name;
	const char *prefix; /* of its values */
	const char *host;   /* name of the value, behind the prefix */
	uint16_t port;	    /* without encryption; 0: it has none to set */
};

static const struct protocol protocols[] = {
	{ "pop3", "POP3", "Server", 110 }, { "imap", "IMAP", "Server", 143 },
	{ "smtp", "SMTP", "Server", 25 },  { "http", "HTTP", "Server URL", 0 },
	{ "eas", "EAS", "Server URL", 0 },
};

/* "Leave on Server": three bits, and the days in the upper half. */
#define LEAVE 1u
#define LEAVE_DAYS 2u
#define LEAVE_UNTIL_DELETED 4u

#define NAME_SIZE 40

static const char *full_name(const char *prefix, const char *name, char out[NAME_SIZE])
{
	(void)snprintf(out, NAME_SIZE, "%s %s", prefix, name);
	return out;
}

static const struct value *find(const struct key *account, const char *prefix,
				const char *name)
{
	char full[NAME_SIZE];

	return key_value(account, text_of(full_name(prefix, name, full)));
}

static struct text string(const struct key *account, const char *prefix, const char *name)
{
	char full[NAME_SIZE];

	return section_text(account, full_name(prefix, name, full));
}

static bool number(const struct key *account, const char *prefix, const char *name,
		   uint32_t *out)
{
	const struct value *value = find(account, prefix, name);

	return value && property_number(value, out);
}

/*
 * A value that is there and no number tells nothing, not even a default; nor does one that
 * may be among those that could not be read.
 */
static bool is_absent(const struct key *account, const char *prefix, const char *name)
{
	return !find(account, prefix, name) &&
	       !(account->flags & (KEY_FLAG_VALUES_PARTIAL | KEY_FLAG_PLACEHOLDER));
}

/* A port that is set, and is not the one without encryption, makes a default doubtful. */
static bool is_plain_port(const struct key *account, const struct protocol *protocol)
{
	uint32_t port;

	return !number(account, protocol->prefix, "Port", &port) ||
	       port == protocol->port;
}

static void read_encryption(const struct key *account, const struct protocol *protocol,
			    struct profile_server *server)
{
	static const enum profile_encryption by_number[] = {
		PROFILE_NO_ENCRYPTION,
		PROFILE_SSL,
		PROFILE_TLS,
		PROFILE_AUTOMATIC,
	};
	const char *prefix = protocol->prefix;
	uint32_t secure, ssl;

	if (number(account, prefix, "Secure Connection", &secure)) {
		/* Where an older value beside "none" says otherwise, nothing is known. */
		if (secure < ARRAY_LEN(by_number) &&
		    (secure != 0 || !number(account, prefix, "Use SSL", &ssl) ||
		     ssl == 0))
			server->encryption = by_number[secure];
	} else if (number(account, prefix, "Use SSL", &ssl)) {
		server->encryption = ssl ? PROFILE_SSL : PROFILE_NO_ENCRYPTION;
	} else if (is_absent(account, prefix, "Use SSL") &&
		   is_absent(account, prefix, "Secure Connection") &&
		   is_plain_port(account, protocol)) {
		server->encryption = PROFILE_NO_ENCRYPTION;
		server->encryption_is_default = true;
	}
}

static void read_port(const struct key *account, const struct protocol *protocol,
		      struct profile_server *server)
{
	uint32_t port;

	if (number(account, protocol->prefix, "Port", &port)) {
		server->port = port;
	} else if (is_absent(account, protocol->prefix, "Port") &&
		   server->encryption == PROFILE_NO_ENCRYPTION) {
		server->port = protocol->port;
		server->port_is_default = true;
	}
}

static void read_login(const struct key *account, struct profile_server *server)
{
	uint32_t use, method = 0;

	if (!number(account, "SMTP", "Use Auth", &use))
		return;
	if (use == 0) {
		server->login = PROFILE_LOGIN_NONE;
		return;
	}
	if (!number(account, "SMTP", "Auth Method", &method) &&
	    !is_absent(account, "SMTP", "Auth Method"))
		return;
	if (method == 0)
		server->login = PROFILE_LOGIN_AS_INCOMING;
	else if (method == 1)
		server->login = PROFILE_LOGIN_OWN;
	else if (method == 2)
		server->login = PROFILE_LOGIN_INCOMING_FIRST;
}

static void read_leave(const struct key *account, struct profile_server *server)
{
	uint32_t leave;

	if (!number(account, "Leave on", "Server", &leave))
		return;
	server->has_leave = true;
	server->leave = leave & LEAVE;
	if (leave & LEAVE && leave & LEAVE_DAYS)
		server->leave_days = leave >> 16;
	server->leave_until_deleted = leave & LEAVE && leave & LEAVE_UNTIL_DELETED;
}

enum status mailserver_read(struct contentstate *c, const struct key *account)
{
	for (size_t i = 0; i < ARRAY_LEN(protocols); i++) {
		const struct protocol *protocol = &protocols[i];
		struct profile_server server = {
			.protocol = protocol->name,
			.host = string(account, protocol->prefix, protocol->host),
			.user = string(account, protocol->prefix, "User"),
		};
		uint32_t spa;
		if (span_is_empty(server.host.bytes))
			continue;
		if (protocol->port) {
			read_encryption(account, protocol, &server);
			read_port(account, protocol, &server);
		}
		server.spa =
			number(account, protocol->prefix, "Use SPA", &spa) && spa != 0;
		if (strcmp(protocol->name, "smtp") == 0)
			read_login(account, &server);
		if (strcmp(protocol->name, "pop3") == 0)
			read_leave(account, &server);
		RETURN_IF_FAILED(CONTENTSTATE_ADD(c, servers, server));
	}
	return STATUS_OK;
}
