/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The .reg file of one profile: where it comes from and what it lacks in
 * comments, its ancestors, then all its keys and values.  Importing merges: it
 * takes nothing away from what is there.
 */
#include "report/restore/restorefile.h"

#include "base/filetime.h"
#include "mapi/content/content.h"
#include "mapi/secret.h"
#include "regf/recover/recovered.h"
#include "report/output.h"
#include "report/restore/regfile.h"
#include "report/restore/regseal.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void note(const struct rebuilt *rebuilt, enum restore_loss loss)
{
	rebuilt->restored->losses |= 1u << loss;
}

static bool has(const struct rebuilt *rebuilt, enum restore_loss loss)
{
	return rebuilt->restored->losses >> loss & 1;
}

/* ---- what can be written ---- */

/* All its data are known.  A value of another library's copy is whole. */
static bool is_whole(const struct value *value)
{
	return !(value->flags & VALUE_FLAG_SHORT) && value_head_lost(value) == 0;
}

static bool is_recovered(const struct key *key)
{
	return key->flags & (KEY_FLAG_RECOVERED | KEY_FLAG_PLACEHOLDER);
}

/* True if some of the data were not read but concluded. */
static bool is_concluded(const struct rebuilt *rebuilt, const struct key *key,
			 const struct value *value)
{
	const struct recovery *recovery = rebuilt->recovery;

	if (!is_recovered(key) || !recovery)
		return false;
	const struct recovery_part *part = recovery_part_of(recovery, key);
	return recovered_of_value(part->recovered, key, value)->inferred &
	       RECOVERED_INFERRED_DATA;
}

/* True if nothing but the times says that it is the profile's. */
static bool is_doubtful(const struct rebuilt *rebuilt, const struct key *key,
			const struct value *value)
{
	const struct recovery *recovery = rebuilt->recovery;

	if (!is_recovered(key) || !recovery)
		return false;
	const struct recovery_part *part = recovery_part_of(recovery, key);
	const struct recovered_key *info = recovered_of(part->recovered, key);
	return (key != rebuilt->profile->key && info->certainty > RECOVERED_PROBABLE) ||
	       recovered_of_value(part->recovered, key, value)->certainty >
		       RECOVERED_PROBABLE;
}

/* The name, and those of all keys above it below the profile. */
static bool can_name_key(const struct rebuilt *rebuilt, const struct key *key)
{
	for (; key != rebuilt->profile->key; key = key->parent)
		if (!regfiletext_can_key(rebuilt->options->format, key_name(key)))
			return false;
	return true;
}

/* Of a recovered value nothing but its record may be left. */
static bool has_data(const struct rebuilt *rebuilt, const struct key *key,
		     const struct value *value)
{
	const struct recovery *recovery = rebuilt->recovery;

	if (!is_recovered(key) || !recovery)
		return is_whole(value);
	const struct recovery_part *part = recovery_part_of(recovery, key);
	return is_whole(value) &&
	       !recovered_of_value(part->recovered, key, value)->data_lost;
}

static bool can_write(const struct rebuilt *rebuilt, const struct key *key,
		      const struct value *value)
{
	return has_data(rebuilt, key, value) &&
	       regfiletext_can_name(rebuilt->options->format, value_name(value)) &&
	       regfiletext_can_data(rebuilt->options->format, value->type,
				    value_data(value));
}

static void measure_value(const struct rebuilt *rebuilt, const struct key *key,
			  const struct value *value)
{
	if (!has_data(rebuilt, key, value))
		note(rebuilt, RESTORE_DATA);
	else if (!can_write(rebuilt, key, value))
		note(rebuilt, RESTORE_NAMES);
	if (!can_write(rebuilt, key, value)) {
		rebuilt->restored->n_left_out++;
		return;
	}
	rebuilt->restored->n_values++;
	if (secret_is(value))
		note(rebuilt, RESTORE_SECRETS);
	if (regfiletext_gains_nul(rebuilt->options->format, value->type,
				  value_data(value)))
		note(rebuilt, RESTORE_NUL);
	if (is_concluded(rebuilt, key, value))
		note(rebuilt, RESTORE_CONCLUDED);
	if (is_doubtful(rebuilt, key, value))
		note(rebuilt, RESTORE_DOUBTFUL);
}

static enum status measure_files(const struct rebuilt *rebuilt)
{
	AUTO(content_freep) struct content *content = NULL;

	RETURN_IF_FAILED(content_read(rebuilt->profile->key, &content));
	for (size_t i = 0; i < content->files.n; i++)
		if (strcmp(content->files.items[i].kind, "ost") == 0)
			note(rebuilt, RESTORE_OST_KEY);
	return STATUS_OK;
}

enum status restorefile_measure(const struct rebuilt *rebuilt, bool *fits)
{
	const struct key *top = rebuilt->profile->key;

	note(rebuilt, RESTORE_TIMES);
	note(rebuilt, RESTORE_SECURITY);
	note(rebuilt, RESTORE_CLASS_NAMES);
	for (const struct key *key = top; key; key = key_next(top, key)) {
		if (!can_name_key(rebuilt, key)) {
			note(rebuilt, RESTORE_NAMES);
			rebuilt->restored->n_left_out += 1 + key->n_values;
			continue;
		}
		rebuilt->restored->n_keys++;
		for (uint32_t i = 0; i < key->n_values; i++)
			measure_value(rebuilt, key, &key->values[i]);
	}
	*fits = (rebuilt->options->format != REGFILE_4 || !has(rebuilt, RESTORE_NAMES)) &&
		regfiletext_can_key(rebuilt->options->format, rebuilt->name);
	return measure_files(rebuilt);
}

/* ---- comments ---- */

/*
 * DefaultProfile named the profile and is gone: it is part of the loss.  One
 * that names another profile was set by somebody and stays.
 */
static bool takes_default(const struct rebuilt *rebuilt)
{
	const struct store *last = snapshot_same_store(rebuilt->last, rebuilt->store);

	return rebuilt->store->has_default && !(last && last->has_default) &&
	       text_equal(rebuilt->store->default_profile, rebuilt->was);
}

static void comment(struct regfile *file, const char *format, ...) PRINTF_LIKE(2, 3);

static void comment(struct regfile *file, const char *format, ...)
{
	va_list arguments;
	char *line = NULL;

	va_start(arguments, format);
	if (vasprintf(&line, format, arguments) < 0)
		line = NULL;
	regfile_comment(file, line);
	va_end(arguments);
	free(line);
}

/* A line of the head: label and text in columns, as Notepad shows them. */
#define LABELLED "%-10s%s"

static void write_state(struct regfile *file, const struct rebuilt *rebuilt)
{
	const struct recovered_profile *recovered = rebuilt->restored->recovered;
	uint64_t moment = recovered ? recovered->deleted_ft : rebuilt->profile->newest_ft;
	char time[FILETIME_TEXT_SIZE];

	if (recovered)
		comment(file, LABELLED,
			"state:", "recovered from bytes that the hive no longer uses");
	else if (snapshot_is_replayed(rebuilt->source))
		comment(file, LABELLED,
			"state:", "of the hive with its transaction logs");
	else if (rebuilt->source->borrowed)
		comment(file, LABELLED,
			"state:", "of the hive before its transaction logs");
	if (moment == 0)
		return;
	filetime_format(moment, time);
	/* Its deletion overwrote the last write of a recovered one. */
	comment(file, LABELLED, recovered ? "deleted:" : "written:", time);
}

/* As it was given; what is no UTF-8 becomes U+FFFD. */
static char *path_of(const struct evidence *evidence)
{
	struct text units;
	char *path;

	if (!text_from_utf8(evidence->path, strlen(evidence->path), &units))
		return NULL;
	path = text_to_utf8(units, NULL);
	text_free(units);
	return path;
}

/* Of no line is left out what memory does not suffice for: the file fails. */
static void labelled(struct regfile *file, const char *label, char *text)
{
	if (text)
		comment(file, LABELLED, label, text);
	else
		regfile_comment(file, NULL);
	free(text);
}

static void write_source(struct regfile *file, const struct rebuilt *rebuilt)
{
	const struct restored *restored = rebuilt->restored;
	const struct evidence *evidence = rebuilt->source->evidence;
	char time[FILETIME_TEXT_SIZE], hex[DIGEST_HEX_SIZE];
	bool named = text_length(rebuilt->was) > 0;

	filetime_format(rebuilt->options->started_ft, time);
	digest_hex(&evidence->sha256, hex);
	comment(file, "MAPI profile, brought back by %s %s, %s", PACKAGE_NAME,
		PACKAGE_VERSION, time);
	regfile_comment(file, "");
	labelled(file, "profile:",
		 named ? text_to_utf8(rebuilt->was, NULL) : strdup("(name lost)"));
	if (!text_same(rebuilt->was, rebuilt->name))
		labelled(file, "new name:", text_to_utf8(rebuilt->name, NULL));
	labelled(file, "of:", subject_describe(&rebuilt->source->subject));
	labelled(file, "from:", path_of(evidence));
	comment(file, LABELLED, "SHA-256:", hex);
	write_state(file, rebuilt);
	comment(file, "%-10s%zu key%s, %zu value%s", "holds:", restored->n_keys,
		restored->n_keys == 1 ? "" : "s", restored->n_values,
		restored->n_values == 1 ? "" : "s");
}

static void write_losses(struct regfile *file, const struct rebuilt *rebuilt)
{
	const struct restored *restored = rebuilt->restored;

	regfile_comment(file, "");
	if (restored->n_left_out > 0)
		comment(file,
			"INCOMPLETE: %zu key%s or value%s of the profile %s not here.",
			restored->n_left_out, restored->n_left_out == 1 ? "" : "s",
			restored->n_left_out == 1 ? "" : "s",
			restored->n_left_out == 1 ? "is" : "are");
	else if (restored->incomplete)
		regfile_comment(file, "INCOMPLETE: parts of the profile are lost.");
	if (restored->unsure)
		regfile_comment(file,
				"UNSURE: it may be, or hold parts of, another profile.");
	regfile_comment(file, "This file does not bring back, or not as it was:");
	for (int i = 0; i < RESTORE_N_LOSSES; i++)
		if (has(rebuilt, (enum restore_loss)i))
			comment(file, "- %s",
				restored_loss_sentence((enum restore_loss)i));
}

/* Whose hive is changed by it, and when that is there to be changed. */
static void write_advice(struct regfile *file, const struct rebuilt *rebuilt)
{
	static const char user[] = "HKEY_CURRENT_USER";

	regfile_comment(file, "");
	regfile_comment(file, "To import it:");
	regfile_comment(file, "- Close Outlook, and stop the services that use MAPI.");
	if (strncmp(rebuilt->root, user, sizeof(user) - 1) == 0)
		comment(file,
			"- Log on as the user whose profile it is: %s is the hive of "
			"the one who imports.",
			user);
	else
		comment(file,
			"- Log on as an administrator; the hive must be loaded under %s.",
			rebuilt->root);
	if (rebuilt->root_guessed)
		regfile_comment(file, "- First make sure whose hive it is: the hive does "
				      "not tell, so this key may be the wrong one.");
	regfile_comment(file, "- Keys and values are added or replaced, none removed.");
	if (rebuilt->restored->in_place)
		regfile_comment(file, "- The profile is there, damaged: what was changed "
				      "in it since is set back.");
	if (takes_default(rebuilt))
		regfile_comment(file, "- It becomes the default profile again.");
}

/* ---- keys and values ---- */

/* The root and the list's path, and with its backslash the profile's name. */
static bool top_path(const struct rebuilt *rebuilt, struct text *out)
{
	char *above = NULL;
	struct text list;
	bool joined;

	if (asprintf(&above, "%s\\%s\\", rebuilt->root, rebuilt->store->path) < 0)
		return false;
	joined = text_from_utf8(above, strlen(above), &list);
	free(above);
	if (!joined)
		return false;
	joined = text_join(list, rebuilt->name, out);
	text_free(list);
	return joined;
}

static bool write_default(struct regfile *file, const struct rebuilt *rebuilt)
{
	static const uint8_t nul[2];
	struct text data;

	if (!takes_default(rebuilt))
		return true;
	if (!text_join(rebuilt->name,
		       (struct text){ span_of(nul, sizeof(nul)), TEXT_UTF16LE }, &data))
		return false;
	if (regfiletext_can_data(rebuilt->options->format, KEY_TYPE_SZ, data.bytes))
		regfile_value(file, text_of("DefaultProfile"), KEY_TYPE_SZ, data.bytes);
	text_free(data);
	return true;
}

/* Outlook 2013 and later keep DefaultProfile beside the list, all others in it. */
static bool keeps_default(const struct store *store, const char *end)
{
	return store->kind == STORE_OFFICE ? end == strrchr(store->path, '\\') : !*end;
}

/*
 * Every key on the way to the list, the root left out: it is always there, and
 * hivexregedit dies of a key whose parent it has not met.
 */
static bool write_ancestors(struct regfile *file, const struct rebuilt *rebuilt)
{
	const char *path = rebuilt->store->path;

	for (const char *end = path; *end; end += *end == '\\') {
		struct text above;
		char *text = NULL;
		end += strcspn(end, "\\");
		if (asprintf(&text, "%s\\%.*s", rebuilt->root, (int)(end - path), path) <
		    0)
			return false;
		bool made = text_from_utf8(text, strlen(text), &above);
		free(text);
		if (!made)
			return false;
		regfile_key(file, above);
		text_free(above);
		if (keeps_default(rebuilt->store, end) && !write_default(file, rebuilt))
			return false;
	}
	return true;
}

static bool write_key(struct regfile *file, const struct rebuilt *rebuilt,
		      struct text top, const struct key *key)
{
	struct text below, path;
	bool joined;

	if (!can_name_key(rebuilt, key))
		return true;
	if (!key_path(key, rebuilt->profile->key,
		      key == rebuilt->profile->key ? "" : "\\", NULL, &below))
		return false;
	joined = text_join(top, below, &path);
	text_free(below);
	if (!joined)
		return false;
	regfile_key(file, path);
	text_free(path);
	for (uint32_t i = 0; i < key->n_values; i++) {
		const struct value *value = &key->values[i];
		if (can_write(rebuilt, key, value))
			regfile_value(file, value_name(value), value->type,
				      value_data(value));
	}
	return true;
}

static enum status write_keys(struct regfile *file, const struct rebuilt *rebuilt)
{
	const struct key *top = rebuilt->profile->key;
	struct text path;
	bool written;

	if (!write_ancestors(file, rebuilt) || !top_path(rebuilt, &path))
		return STATUS_NOMEM;
	written = true;
	for (const struct key *key = top; key && written; key = key_next(top, key))
		written = write_key(file, rebuilt, path, key);
	text_free(path);
	return written ? STATUS_OK : STATUS_NOMEM;
}

enum status restorefile_whose(const struct rebuilt *rebuilt, struct digest *out)
{
	char *subject = subject_describe(&rebuilt->source->subject);

	if (!subject)
		return STATUS_NOMEM;
	*out = digest_of(span_of((const uint8_t *)subject, strlen(subject)));
	free(subject);
	return STATUS_OK;
}

enum status restorefile_text(const struct rebuilt *rebuilt, const struct digest *whose,
			     struct output *output)
{
	struct regfile *file = NULL;

	RETURN_IF_FAILED(regfile_start(output, rebuilt->options->format, &file));
	write_source(file, rebuilt);
	write_losses(file, rebuilt);
	write_advice(file, rebuilt);
	enum status status = write_keys(file, rebuilt);
	if (status == STATUS_OK)
		regfile_seal(file, whose);
	enum status ended = regfile_finish(file);
	return status == STATUS_OK ? ended : status;
}

enum status restorefile_write(const struct rebuilt *rebuilt, const char *path,
			      struct failure *failure)
{
	struct output *output = NULL;
	struct digest whose;

	RETURN_IF_FAILED(restorefile_whose(rebuilt, &whose));
	const struct output_manner manner = { .is_own = regseal_is_whole,
					      .context = &whose,
					      .secret = has(rebuilt, RESTORE_SECRETS) };
	RETURN_IF_FAILED(
		output_create(path, &manner, rebuilt->options->kept, &output, failure));
	enum status status = restorefile_text(rebuilt, &whose, output);
	if (status == STATUS_NOMEM || status == STATUS_UNSUPPORTED) {
		failure_set(failure, status == STATUS_NOMEM
					     ? "out of memory"
					     : "a name cannot be written to a .reg file");
		output_abort(output);
		return status;
	}
	return output_commit(output, failure);
}
