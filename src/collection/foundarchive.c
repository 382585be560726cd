/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An archive's members.  The first bytes of each decide: what is evidence goes to the
 * spool as it comes, and is forgotten again if its checksum turns out wrong.  What many
 * members can have in common (encrypted, names of another code page) is said once.
 */
#include "collection/foundarchive.h"

#include "base/unicode.h"
#include "collection/origin.h"
#include "collection/place.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Something that many members have: said once, with the first of them. */
struct many {
	uint64_t n;
	char *first;
};

struct taking {
	const struct foundlist *list;
	const struct foundarchive *archive;
	struct spool *spool;
	struct many encrypted, nested, astray, not_utf8;
	/* The member at hand. */
	char *path;
	uint64_t said_size, mtime_ft;
	size_t head_len;
	bool decided, keeping;
	enum filekind kind;
	uint64_t off, size; /* in the spool; bytes that came */
};

static enum status count(const struct taking *t, struct many *many, const char *path)
{
	if (many->n++ > 0)
		return STATUS_OK;
	many->first = strdup(path);
	return many->first ? STATUS_OK : foundlist_no_memory(t->list);
}

/* ---- names ---- */

static bool is_utf8(const char *name)
{
	size_t len = strlen(name);
	uint32_t c;

	for (size_t i = 0; i < len;) {
		i += unicode_from_utf8((const uint8_t *)name + i, len - i, &c);
		if (c == UNICODE_NOT_UTF8 || c == UNICODE_CUT_OFF)
			return false;
	}
	return true;
}

/* True for names that would lead out of a folder: absolute, or with "..". */
static bool is_astray(const char *name)
{
	if (*name == '/' || *name == '\\' || (*name && name[1] == ':'))
		return true;
	while (*name) {
		size_t len = strcspn(name, "/\\");
		if (len == 2 && strncmp(name, "..", 2) == 0)
			return true;
		name += len;
		name += *name != '\0';
	}
	return false;
}

/* The path of a member: the archive's, '/', and its name without '/' at the end. */
static enum status set_path(struct taking *t, const char *name)
{
	size_t len = strlen(name), size = strlen(t->archive->path) + len + 2;

	while (len > 0 && name[len - 1] == '/')
		len--;
	free(t->path);
	t->path = malloc(size);
	if (!t->path)
		return foundlist_no_memory(t->list);
	(void)snprintf(t->path, size, "%s%s%.*s", t->archive->path, len > 0 ? "/" : "",
		       (int)len, name);
	if (is_astray(name))
		RETURN_IF_FAILED(count(t, &t->astray, t->path));
	if (!is_utf8(name))
		RETURN_IF_FAILED(count(t, &t->not_utf8, t->path));
	return STATUS_OK;
}

/* ---- one member ---- */

static enum status member(void *data, const struct archivefile_member *m)
{
	static const enum filekind kinds[] = {
		[ARCHIVEFILE_FILE] = FILEKIND_OTHER,
		[ARCHIVEFILE_FOLDER] = FILEKIND_FOLDER,
		[ARCHIVEFILE_LINK] = FILEKIND_LINK,
		[ARCHIVEFILE_SPECIAL] = FILEKIND_SPECIAL,
	};
	struct taking *t = data;
	bool is_file = m->type == ARCHIVEFILE_FILE;

	RETURN_IF_FAILED(set_path(t, m->name));
	if (is_file || m->type == ARCHIVEFILE_FOLDER)
		RETURN_IF_FAILED(foundlist_folders(t->list, t->path, !is_file,
						   strlen(t->archive->path) + 1));
	if (!is_file)
		foundlist_see(t->list, kinds[m->type]);
	if (!is_file && m->type != ARCHIVEFILE_FOLDER) {
		RETURN_IF_FAILED(
			foundlist_link(t->list, t->path, strlen(t->archive->path) + 1));
		RETURN_IF_FAILED(
			foundlist_no_hive(t->list, t->path, true, kinds[m->type]));
	}
	t->said_size = m->size;
	t->mtime_ft = m->mtime_ft ? m->mtime_ft : t->archive->mtime_ft;
	t->head_len = 0;
	t->decided = t->keeping = false;
	t->kind = FILEKIND_UNREAD;
	t->size = 0;
	return STATUS_OK;
}

static enum status keep(struct taking *t, struct span bytes)
{
	if (bytes.len > FOUND_MAX_KEPT - spool_size(t->spool)) {
		failure_set(t->list->failure,
			    "more than %" PRIu64 " bytes come out of archives; unpack "
			    "them and give the folders",
			    FOUND_MAX_KEPT);
		return STATUS_LIMIT;
	}
	return spool_append(t->spool, bytes, t->list->failure);
}

/* Decides by the first bytes whether the member is kept. */
static enum status decide(struct taking *t, bool whole)
{
	struct span head = span_of(t->list->finds->state->head, t->head_len);
	uint64_t size = whole ? t->head_len : t->said_size;

	t->decided = true;
	if (filekind_of(head, size, t->path, &t->kind) != STATUS_OK)
		return foundlist_no_memory(t->list);
	t->keeping =
		(filekind_is_evidence(t->kind) && (t->kind != FILEKIND_EVENT_LOG_XML ||
						   !origin_is_other_channel(t->path))) ||
		(t->kind == FILEKIND_PROGRAM &&
		 (t->said_size == UINT64_MAX || t->said_size <= FILEKIND_MAX_PROGRAM));
	if (!t->keeping)
		return STATUS_OK;
	RETURN_IF_FAILED(foundlist_spool(t->list, &t->spool));
	t->off = spool_size(t->spool);
	return keep(t, head);
}

static enum status bytes(void *data, struct span more, bool *enough)
{
	struct taking *t = data;

	t->size += more.len;
	if (!t->decided) {
		struct span part = span_clip(more, FILEKIND_HEAD - t->head_len);
		if (!span_copy(part, 0, t->list->finds->state->head + t->head_len,
			       part.len))
			return STATUS_OK;
		t->head_len += part.len;
		more = span_from(more, part.len);
		if (t->head_len == FILEKIND_HEAD)
			RETURN_IF_FAILED(decide(t, false));
	}
	*enough = t->decided && !t->keeping;
	return t->keeping ? keep(t, more) : STATUS_OK;
}

/*
 * Makes the path of a member that has the name of an earlier one another one, so that each
 * can be asked for: "NTUSER.DAT (2)".  Return: STATUS_OK with *out malloc'ed, or NULL if
 * there is no need to; STATUS_NOMEM.
 */
static enum status distinguish(struct taking *t, char **out)
{
	struct hashtable *members = &t->list->finds->state->members;
	size_t number = t->list->finds->n, size = strlen(t->path) + 32, ignored = 0;
	const char *path = t->path;
	bool known;

	*out = NULL;
	for (;; number++) {
		uint64_t hash =
			hashtable_hash(t->list->operand + 1, span_of(path, strlen(path)));
		RETURN_IF_FAILED(hashtable_add(members, hash, &ignored, &known));
		if (!known)
			return STATUS_OK;
		if (!*out)
			*out = malloc(size);
		if (!*out)
			return STATUS_NOMEM;
		(void)snprintf(*out, size, "%s (%zu)", t->path, number + 1);
		path = *out;
	}
}

static enum status list_member(struct taking *t, char *path)
{
	struct finds *finds = t->list->finds;
	struct found item = { .path = path,
			      .kind = t->kind,
			      .size = t->size,
			      .mtime_ft = t->mtime_ft,
			      .in_archive = true };
	struct found_source source = { .way = FOUND_IN_SPOOL,
				       .spool = t->spool,
				       .off = t->off };

	RETURN_IF_FAILED(foundlist_add(t->list, &item, &source));
	if (path == t->path)
		return STATUS_OK;
	foundlist_note(
		t->list, DIAG_MEMBER_REPEATED, t->path,
		"the archive has more than one member of this name; each is taken for "
		"itself, this one as %s",
		path + strlen(t->archive->path));
	place_clear(&finds->items[finds->n - 1].place);
	if (place_read(t->path, &finds->items[finds->n - 1].place) != STATUS_OK)
		return foundlist_no_memory(t->list);
	return STATUS_OK;
}

/* Lists a member that was kept, unless it is only a program. */
static enum status take(struct taking *t)
{
	char *other = NULL;

	if (filekind_settle(spool_fd(t->spool), t->off, t->size, &t->kind) != STATUS_OK)
		return foundlist_no_memory(t->list);
	foundlist_see(t->list, t->kind);
	if (!filekind_is_evidence(t->kind))
		return spool_cut(t->spool, t->off, t->list->failure);
	if (distinguish(t, &other) != STATUS_OK) {
		free(other);
		return foundlist_no_memory(t->list);
	}
	enum status status = list_member(t, other ? other : t->path);
	free(other);
	return status;
}

static enum diag_code code_of(const struct taking *t, enum diag_code code)
{
	return t->archive->inside ? DIAG_LEFT_OUT : code;
}

/* A member whose bytes are not to be had. */
static enum status lose(struct taking *t, enum archivefile_fault fault, const char *why)
{
	if (t->keeping)
		RETURN_IF_FAILED(spool_cut(t->spool, t->off, t->list->failure));
	if (fault == ARCHIVEFILE_ENCRYPTED) {
		RETURN_IF_FAILED(count(t, &t->encrypted, t->path));
		return foundlist_lose(t->list, t->path, true, "it is encrypted");
	}
	const char *said = fault == ARCHIVEFILE_TOO_LARGE
				   ? "it is larger than any hive can be"
				   : "its bytes are not those that were packed";
	foundlist_note(t->list, code_of(t, DIAG_MEMBER_DAMAGED), t->path,
		       "%s, so it is left out%s%s", said, why ? ": " : "",
		       why ? why : "");
	return foundlist_lose(t->list, t->path, true, said);
}

static enum status file_end(void *data, enum archivefile_fault fault, const char *why)
{
	struct taking *t = data;

	if (fault != ARCHIVEFILE_WHOLE)
		return lose(t, fault, why);
	if (!t->decided)
		RETURN_IF_FAILED(decide(t, true));
	if (t->keeping)
		return take(t);
	foundlist_see(t->list, t->kind);
	if (t->kind == FILEKIND_ARCHIVE || t->kind == FILEKIND_COMPRESSED ||
	    filekind_is_disk(t->kind))
		RETURN_IF_FAILED(count(t, &t->nested, t->path));
	return foundlist_no_hive(t->list, t->path, true, t->kind);
}

/* ---- the archive ---- */

static enum status lost(void *data, enum archivefile_loss loss, const char *why)
{
	static const struct {
		enum diag_code code;
		const char *sentence;
	} said[] = {
		[ARCHIVEFILE_LOST_DAMAGED] = { DIAG_ARCHIVE_DAMAGED,
					       "the archive is damaged or cut, and what "
					       "follows cannot be read" },
		[ARCHIVEFILE_LOST_UNENDED] = { DIAG_ARCHIVE_DAMAGED,
					       "the archive has no end mark, so it may be "
					       "cut off: what else it held is not known" },
		[ARCHIVEFILE_LOST_ENCRYPTED] = { DIAG_MEMBER_ENCRYPTED,
						 "the archive is encrypted: unpack it with "
						 "its password, then give the folder" },
		[ARCHIVEFILE_LOST_LIMIT] = { DIAG_ARCHIVE_LIMIT,
					     "the rest of the archive is not unpacked" },
		[ARCHIVEFILE_LOST_NESTED] = { DIAG_OPERAND_UNUSABLE,
					      "is compressed more than once: unpack it, "
					      "then give what comes out" },
		[ARCHIVEFILE_LOST_NO_LIBRARY] = { DIAG_OPERAND_UNUSABLE,
						  "is an archive, and this wmsdiff was built "
						  "without libarchive: unpack it, then give "
						  "the folder" },
	};
	struct taking *t = data;

	foundlist_note(t->list, code_of(t, said[loss].code), t->archive->path, "%s%s%s",
		       said[loss].sentence, why ? ": " : "", why ? why : "");
	foundlist_incomplete(t->list, t->archive->path, true);
	return STATUS_OK;
}

/* Says what many members have in common, and forgets it. */
static void tell(struct taking *t, enum diag_code code, struct many *many,
		 const char *sentence)
{
	if (many->n > 0)
		foundlist_note(t->list, code, t->archive->path,
			       "%" PRIu64 " %s %s; the first: %s", many->n,
			       many->n == 1 ? "member" : "members", sentence,
			       many->first + strlen(t->archive->path));
	free(many->first);
	*many = (struct many){ 0 };
}

static void tell_all(struct taking *t)
{
	tell(t, code_of(t, DIAG_MEMBER_ENCRYPTED), &t->encrypted,
	     "encrypted: unpack the archive with its password, then give the folder");
	tell(t, DIAG_LEFT_OUT, &t->nested,
	     "that are archives or disk images themselves are not looked into: unpack "
	     "the archive, then give the folder");
	tell(t, DIAG_MEMBER_NAME, &t->astray,
	     "with a name that would lead out of the folder when unpacked");
	tell(t, DIAG_MEMBER_NAME, &t->not_utf8,
	     "with a name in an unknown code page, of which bytes are shown as they are");
}

enum status foundarchive_read(const struct foundlist *list,
			      const struct foundarchive *archive)
{
	struct taking t = { .list = list, .archive = archive };
	struct archivefile_visitor visitor = { .data = &t,
					       .member = member,
					       .bytes = bytes,
					       .file_end = file_end,
					       .lost = lost };
	enum status status = archivefile_read(archive->fd, archive->size,
					      archive->kind == FILEKIND_COMPRESSED,
					      &archive->limits, &visitor);

	tell_all(&t);
	free(t.path);
	return status == STATUS_NOMEM ? foundlist_no_memory(list) : status;
}
