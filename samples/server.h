/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The hives of a machine, SYSTEM and SOFTWARE, part by part: control sets with their
 * services, name and time zone; Exchange, hotfixes, Outlook, profiles. What is not asked
 * for is not there.
 */
#ifndef SERVER_H
#define SERVER_H

#include "builder.h"

/* The bits of a service's Type, and its Start, as CreateService() has them. */
enum {
	SERVER_DRIVER = 0x1,
	SERVER_OWN = 0x10,
	SERVER_SHARED = 0x20,
	SERVER_INTERACTIVE = 0x100,
};
enum { SERVER_BOOT, SERVER_SYSTEM, SERVER_AUTO, SERVER_DEMAND, SERVER_DISABLED };

struct server_service {
	const char *name, *display;
	const char *image;   /* ImagePath, a REG_EXPAND_SZ; NULL: none */
	const char *account; /* ObjectName; NULL: none */
	uint32_t type, start;
	const char *depends; /* names with a blank between them; NULL: on nothing */
};

/* --- SYSTEM --- */

/* A SYSTEM hive of its root only. Return: the builder, given. */
struct builder *server_system(uint64_t filetime);

/* Select, with all three numbers; a control set need not be there. */
void server_select(struct builder *b, uint32_t current, uint32_t by_default,
		   uint32_t last_known_good, uint64_t filetime);

void server_add_service(struct builder *b, unsigned control_set,
			const struct server_service *service, uint64_t filetime);
void server_name(struct builder *b, unsigned control_set, const char *name,
		 uint64_t filetime);
/* Biases in minutes: UTC is local time and the bias; `active` is what holds now. */
void server_time_zone(struct builder *b, unsigned control_set, const char *name, int bias,
		      int active, uint64_t filetime);
/* TSAppCompat: 1 for application mode, 0 for remote administration. */
void server_terminal_mode(struct builder *b, unsigned control_set, uint32_t mode,
			  uint64_t filetime);

/* --- SOFTWARE --- */

/* A SOFTWARE hive of Windows, such as "Microsoft Windows 2000" and "5.0". */
struct builder *server_software(const char *product, const char *version,
				uint64_t filetime);

/* What a number is not given for (0) is not there. */
struct server_exchange {
	const char *folder;    /* "Services"; NULL: the administrator program alone */
	uint32_t version;      /* "Services Version": 60 */
	uint32_t build;	       /* "NewestBuild" */
	uint32_t service_pack; /* "ServicePackNumber" */
	uint32_t service_pack_build; /* "ServicePackBuild" */
};
void server_add_exchange(struct builder *b, const struct server_exchange *exchange,
			 uint64_t filetime);

/* Microsoft\Updates\PRODUCT\PACK\NAME; without a pack (NULL) right below the product. */
void server_add_update(struct builder *b, const char *product, const char *pack,
		       const char *name, uint64_t filetime);
/* Microsoft\Windows NT\CurrentVersion\Hotfix\NAME */
void server_add_hotfix(struct builder *b, const char *name, uint64_t filetime);
/* A program of Add/Remove Programs; of 32 bits on 64-bit Windows if `wow`. */
void server_add_program(struct builder *b, bool wow, const char *key, const char *display,
			uint64_t filetime);
void server_add_outlook(struct builder *b, bool wow, const char *version,
			const char *folder, uint64_t filetime);
/* A row of ProfileList. */
void server_add_owner(struct builder *b, const char *sid, const char *path,
		      uint64_t filetime);

/* --- both --- */

/* REG_EXPAND_SZ from UTF-8, with its final NUL. */
void server_expand(struct builder *b, builder_key key, const char *name,
		   const char *text);

#endif
