/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/index/indextext.h"

#include "report/redact/redacttext.h"

#include <stdlib.h>
#include <string.h>

const char *indextext_keep(struct index_texts *texts, const char *bytes)
{
	const char *copy = bytes ? arena_strdup(texts->arena, bytes) : NULL;

	texts->nomem |= bytes && !copy;
	return copy;
}

/* Takes what is shown; NULL: out of memory. */
static const char *keep_shown(struct index_texts *texts, char *shown)
{
	const char *kept = indextext_keep(texts, shown);

	texts->nomem |= !shown;
	free(shown);
	return kept;
}

const char *indextext_as(struct index_texts *texts, enum redact_kind kind,
			 const char *bytes)
{
	return bytes ? keep_shown(texts, redact_as(texts->redact, kind, bytes)) : NULL;
}

const char *indextext_keys(struct index_texts *texts, const char *path)
{
	return path ? keep_shown(texts, redacttext_evidence(texts->redact, path)) : NULL;
}

const char *indextext_sentence(struct index_texts *texts, const char *utf8)
{
	return utf8 ? keep_shown(texts, redacttext_sentence(texts->redact, utf8)) : NULL;
}

const char *indextext_file(struct index_texts *texts, const char *path)
{
	size_t n = strlen(texts->folder);

	if (!path || strcmp(path, "-") == 0)
		return NULL;
	if (n > 0 && strncmp(path, texts->folder, n) == 0 &&
	    (path[n] == '/' || texts->folder[n - 1] == '/')) {
		path += n;
		path += strspn(path, "/");
		/* Its folder is called by a stand-in already, and links lead there. */
		return indextext_keep(texts, path);
	}
	return indextext_as(texts, REDACT_PATH, path);
}

const char *indextext_name(struct index_texts *texts, struct text name,
			   const char **utf16)
{
	bool lossy = false;
	char *utf8 = text_to_utf8(name, &lossy), *exact = text_exact(name), *hex = NULL;
	const char *kept = indextext_keep(texts, utf8);

	*utf16 = NULL;
	if (utf8 && texts->redact)
		kept = indextext_as(texts, REDACT_PROFILE, utf8);
	else if (!utf8 || !exact) {
		texts->nomem = true;
	} else if (lossy || strcmp(utf8, exact) != 0) {
		hex = text_to_utf16_hex(name);
		texts->nomem |= !hex;
		*utf16 = indextext_keep(texts, hex);
	}
	free(hex);
	free(exact);
	free(utf8);
	return kept;
}

bool indextext_units(const char *bytes, const char *utf16, struct text *out)
{
	if (utf16)
		return text_from_utf16_hex(utf16, strlen(utf16), out);
	return text_from_utf8(bytes, strlen(bytes), out);
}
