/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Outlook\AutoDiscover.  Read from a real hive: values named by domains, with
 * the path of an .xml file, and RedirectServers with a value without data for
 * autodiscover-s.outlook.com.  What the latter means: KB 2480582.
 */
#include "mapi/office/autodiscover.h"

#include "mapi/property.h"

static const struct key *key_of(const struct office *office)
{
	return office->outlook ? key_child(office->outlook, text_of("AutoDiscover"))
			       : NULL;
}

const struct key *autodiscover_redirects(const struct office *office)
{
	const struct key *key = key_of(office);

	return key ? key_child(key, text_of("RedirectServers")) : NULL;
}

size_t autodiscover_n_local_files(const struct office *office)
{
	const struct key *key = key_of(office);
	size_t n = 0;

	for (uint32_t i = 0; key && i < key->n_values; i++) {
		struct text path;
		if (text_has(value_name(&key->values[i]), ".") &&
		    property_string(&key->values[i], &path) &&
		    text_ends_with(path, ".xml"))
			n++;
	}
	return n;
}
