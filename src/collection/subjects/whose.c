/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Rules, in order.  A security id decides: that of the root key, else the one in the
 * file's name, else the one that the ProfileList of a SOFTWARE hive in the same operand
 * gives to the folder; one that the root key allows nothing is none.  Without an id the
 * name in the base block does, then the name that logged on, then the file's path.  What
 * says otherwise is kept beside it.  A user's hive is taken for one even if its base
 * block names another kind, where its root key or its place is a user's; what it proves
 * to be when it is read whole, is decided there.
 *
 * Of a .reg export the path of the root decides: HKEY_USERS\SID is that id's,
 * HKEY_USERS\.DEFAULT is LocalSystem's.  HKEY_CURRENT_USER and a hive that was loaded
 * under any name are whose the values in them say, else known by the file's path alone.
 * Whose folder an export lies in says nothing: anybody may have saved it there.  A list of
 * changes is no state; in a collection it is passed over, which is told.
 */
#include "collection/subjects/whose.h"

#include "base/array.h"
#include "collection/subjects/profilelist.h"
#include "regf/image.h"
#include "snapshot/accountid.h"
#include "snapshot/exportroots.h"
#include "snapshot/glance.h"
#include "snapshot/hivekind.h"
#include "snapshot/snapshotread.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What all steps share. */
struct whose_work {
	const struct finds *finds;
	const struct evidence_opener *opener;
	struct profilelist profiles;
	struct whose *whose;
	struct subject *subjects; /* of each hive, what it tells itself */
	struct failure *failure;
};

const char *whose_way_word(enum whose_way way)
{
	static const char *const words[] = {
#define X(constant, word) [constant] = (word),
		WHOSE_WAYS(X)
#undef X
	};

	return words[way];
}

static void clear_hive(struct whose_hive *hive)
{
	free(hive->why);
	free(hive->root);
	free(hive->name);
	free(hive->conflict);
}

void whose_free(struct whose *whose)
{
	if (!whose)
		return;
	for (size_t i = 0; i < whose->n; i++)
		clear_hive(&whose->items[i]);
	free(whose->items);
	free(whose);
}

void whose_freep(struct whose **whose)
{
	whose_free(*whose);
}

/* ---- what it is ---- */

static const struct found *found_of(const struct whose_work *work,
				    const struct whose_hive *hive)
{
	return &work->finds->items[hive->found];
}

static enum status set_unread(struct whose_hive *hive, const char *why)
{
	hive->kind = WHOSE_UNREAD;
	hive->why = strdup(why);
	return hive->why ? STATUS_OK : STATUS_NOMEM;
}

static void set_kind(struct whose_hive *hive, const struct hivekind *kind)
{
	hive->kind_name = kind->name;
	hive->kind = strcmp(kind->name, "SYSTEM") == 0	   ? WHOSE_SYSTEM
		     : strcmp(kind->name, "SOFTWARE") == 0 ? WHOSE_SOFTWARE
							   : WHOSE_OTHER;
}

static bool is_users_place(const struct place *place)
{
	return (place->user || place->sid[0] || place->default_hive || place->service ||
		place->template_user) &&
	       !place->classes;
}

/* From here on the subject is the work's. */
static struct subject take_subject(struct subject *subject)
{
	struct subject taken = *subject;

	*subject = (struct subject){ .role = SUBJECT_UNKNOWN };
	return taken;
}

/* By what the hive holds: its kind, and whose it is. */
static enum status read_whole(struct whose_work *work, struct whose_hive *hive,
			      struct subject *subject)
{
	AUTO(snapshot_freep) struct snapshot *snapshot = NULL;
	struct snapshot_source source =
		snapshot_source_beside(found_of(work, hive)->path, work->opener);
	struct stores none = { 0 };
	struct hivekind kind;
	char shown[4200];
	enum status status = snapshotread_source(&source, &snapshot, work->failure);

	if (status == STATUS_NOMEM)
		return status;
	if (status != STATUS_OK)
		return set_unread(hive, work->failure->sentence);
	if (!snapshot->image) {
		failure_set(work->failure, "%s: %s",
			    failure_path(source.path, shown, sizeof(shown)),
			    diag_item(snapshot->diags, 0)->sentence);
		return set_unread(hive, work->failure->sentence);
	}
	if (hivekind_is_other(snapshot->image, snapshot->keys, &none, &kind)) {
		set_kind(hive, &kind);
		return STATUS_OK;
	}
	subject_clear(subject);
	*subject = take_subject(&snapshot->subject);
	return STATUS_OK;
}

/* What no reading takes, however much of it is sound: it must not cost the others. */
static bool is_refused(const struct found *found, const struct image_base *base)
{
	return found->size < IMAGE_MIN_SIZE || (base->checksum_ok && base->major != 1);
}

static enum status look(struct whose_work *work, struct whose_hive *hive,
			struct subject *subject)
{
	const struct found *found = found_of(work, hive);
	struct glance *glance = calloc(1, sizeof(*glance));
	struct evidence_part part;
	int fd;
	bool opened = glance && evidence_open(work->opener, found->path, &fd, &part,
					      work->failure) == STATUS_OK;
	struct hivekind kind;
	enum status status = glance ? STATUS_OK : STATUS_NOMEM;

	if (opened) {
		status = glance_read(fd, &part, glance);
		close(fd);
	} else if (glance) {
		status = set_unread(hive, work->failure->sentence);
	}
	if (status != STATUS_OK || !opened) {
		free(glance);
		return status;
	}
	hive->written_ft = glance->base.last_written_ft > glance->root_ft
				   ? glance->base.last_written_ft
				   : glance->root_ft;
	hive->sequence = glance->base.primary_sequence;
	*subject = take_subject(&glance->subject);
	bool users = subject->n_sids > 0 || is_users_place(&found->place);
	if (!users && hivekind_by_name(glance->base.embedded_name, &kind))
		set_kind(hive, &kind);
	else if (found->place.classes)
		set_kind(hive, &(struct hivekind){ .name = "UsrClass.dat" });
	else if ((!users && subject->role == SUBJECT_UNKNOWN) ||
		 is_refused(found, &glance->base))
		status = read_whole(work, hive, subject);
	free(glance);
	return status;
}

/* ---- whose it is ---- */

static enum status add_conflict(struct whose_hive *hive, const char *what,
				const char *told)
{
	char *sentence = NULL;
	int n = asprintf(&sentence, "%s%s%s%s", hive->conflict ? hive->conflict : "",
			 hive->conflict ? "; " : "", what, told);

	if (n < 0)
		return STATUS_NOMEM;
	free(hive->conflict);
	hive->conflict = sentence;
	return STATUS_OK;
}

static void set_sid(struct whose_hive *hive, const char *sid, enum whose_way way)
{
	(void)snprintf(hive->sid, sizeof(hive->sid), "%s", sid);
	hive->way = way;
}

/* True if the root key says nothing against that id. */
static bool may_be(const struct subject *subject, const char *sid)
{
	return subject->n_sids == 0 || subject_has_sid(subject, sid);
}

static enum subject_role role_of_place(const struct place *place)
{
	return place->default_hive    ? SUBJECT_LOCAL_SYSTEM
	       : place->template_user ? SUBJECT_TEMPLATE
	       : place->service	      ? SUBJECT_SERVICE_ACCOUNT
	       : place->user	      ? SUBJECT_USER
				      : SUBJECT_UNKNOWN;
}

/* The ids that have no user's name; their hives may be known by names alone. */
static const char *sid_of_role(enum subject_role role, const char *name)
{
	if (role == SUBJECT_LOCAL_SYSTEM)
		return ACCOUNTID_LOCAL_SYSTEM;
	if (role != SUBJECT_SERVICE_ACCOUNT || !name)
		return NULL;
	return subject_is_same_name(name, "LocalService")     ? ACCOUNTID_LOCAL_SERVICE
	       : subject_is_same_name(name, "NetworkService") ? ACCOUNTID_NETWORK_SERVICE
							      : NULL;
}

static enum subject_role role_of_sid(const char *sid)
{
	return accountid_is_local_system(sid) ? SUBJECT_LOCAL_SYSTEM
	       : accountid_is_user(sid)	      ? SUBJECT_USER
	       : accountid_is_service(sid)    ? SUBJECT_SERVICE_ACCOUNT
					      : SUBJECT_UNKNOWN;
}

/* The id that is believed; what tells another one contradicts it. */
static enum status decide_sid(const struct whose_work *work, struct whose_hive *hive,
			      const struct subject *subject)
{
	const struct found *found = found_of(work, hive);
	const char *listed = NULL, *named = found->place.sid;

	RETURN_IF_FAILED(profilelist_sid(&work->profiles, found, &listed));
	if (subject->sid[0])
		set_sid(hive, subject->sid, WHOSE_SID_ROOT);
	else if (named[0] && may_be(subject, named))
		set_sid(hive, named, WHOSE_SID_NAME);
	else if (listed && may_be(subject, listed))
		set_sid(hive, listed, WHOSE_PROFILE_LIST);
	if (named[0] && strcmp(named, hive->sid) != 0)
		RETURN_IF_FAILED(add_conflict(hive, "its file's name has ", named));
	if (listed && strcmp(listed, hive->sid) != 0)
		RETURN_IF_FAILED(add_conflict(
			hive, "ProfileList gives the folder that it lies in to ",
			listed));
	return STATUS_OK;
}

static enum status decide_name(struct whose_hive *hive, const struct subject *subject,
			       const struct place *place, bool has_path)
{
	const char *name = subject->user ? subject->user : place->user;

	if (subject->user && place->user &&
	    !subject_is_same_name(subject->user, place->user))
		RETURN_IF_FAILED(
			add_conflict(hive, "it lies in the folder ", place->user));
	if (!hive->sid[0])
		hive->way = !subject_is_known(subject) ? WHOSE_PATH
			    : has_path		       ? WHOSE_BASE_BLOCK
						       : WHOSE_CONTENT;
	hive->name = name ? strdup(name) : NULL;
	return name && !hive->name ? STATUS_NOMEM : STATUS_OK;
}

/* What the hive tells of itself comes before where it lies. */
static enum status decide(const struct whose_work *work, struct whose_hive *hive,
			  const struct subject *subject)
{
	const struct place *place = &found_of(work, hive)->place;
	enum subject_role at_place = role_of_place(place);
	const char *sid;

	hive->role = subject->role != SUBJECT_UNKNOWN ? subject->role : at_place;
	RETURN_IF_FAILED(decide_sid(work, hive, subject));
	RETURN_IF_FAILED(
		decide_name(hive, subject, place, subject->role != SUBJECT_UNKNOWN));
	if (hive->role == SUBJECT_UNKNOWN && hive->sid[0])
		hive->role = role_of_sid(hive->sid);
	if (at_place != SUBJECT_UNKNOWN && at_place != hive->role)
		RETURN_IF_FAILED(add_conflict(hive, "by its path it would be a hive of: ",
					      subject_role_word(at_place)));
	sid = hive->sid[0] ? NULL : sid_of_role(hive->role, hive->name);
	if (sid)
		(void)snprintf(hive->sid, sizeof(hive->sid), "%s", sid);
	return STATUS_OK;
}

/* ---- exports ---- */

static enum status add_hive(struct whose *whose, size_t found, struct whose_hive **out)
{
	RETURN_IF_FAILED(ARRAY_RESERVE(whose, FOUND_MAX));
	*out = &whose->items[whose->n++];
	**out = (struct whose_hive){ .found = found,
				     .role = SUBJECT_UNKNOWN,
				     .way = WHOSE_PATH };
	return STATUS_OK;
}

static enum status decide_root(const struct whose_work *work, struct whose_hive *hive,
			       const struct exportroot *root)
{
	const struct subject *subject = &root->subject;
	const char *named = found_of(work, hive)->place.sid, *sid = subject->sid;
	bool by_root = root->kind == REGTEXT_USERS && subject->role != SUBJECT_UNKNOWN;

	hive->role = subject->role;
	hive->way = by_root			? WHOSE_EXPORT_ROOT
		    : subject_is_known(subject) ? WHOSE_CONTENT
						: WHOSE_PATH;
	if (!sid[0] && subject->role == SUBJECT_LOCAL_SYSTEM)
		sid = ACCOUNTID_LOCAL_SYSTEM;
	(void)snprintf(hive->sid, sizeof(hive->sid), "%s", sid);
	if (by_root && named[0] && strcmp(named, sid) != 0)
		RETURN_IF_FAILED(add_conflict(hive, "its file's name has ", named));
	hive->root = strdup(root->path);
	hive->name = subject->user ? strdup(subject->user) : NULL;
	return hive->root && (hive->name || !subject->user) ? STATUS_OK : STATUS_NOMEM;
}

/* One that is no snapshot: where it was named by itself, that is a mistake. */
static enum status pass_over(struct whose_work *work, size_t found, bool changes)
{
	const struct finds *finds = work->finds;
	struct whose_hive *hive = NULL;
	char shown[4200];

	if (!changes)
		failure_set(work->failure, "%s: a .reg file without lists of profiles",
			    failure_path(finds->items[found].path, shown, sizeof(shown)));
	RETURN_IF_FAILED(add_hive(work->whose, found, &hive));
	RETURN_IF_FAILED(set_unread(hive, work->failure->sentence));
	hive->kind_name = ".reg";
	if (finds->operands[finds->items[found].operand].kind != FOUND_FILE)
		hive->kind = changes ? WHOSE_CHANGES : WHOSE_OTHER;
	return STATUS_OK;
}

static enum status add_roots(struct whose_work *work, size_t found,
			     const struct exportroots *roots)
{
	for (size_t i = 0; i < roots->n; i++) {
		struct whose_hive *hive = NULL;
		RETURN_IF_FAILED(add_hive(work->whose, found, &hive));
		hive->n_roots_left = i == 0 ? roots->n_left_out : 0;
		RETURN_IF_FAILED(decide_root(work, hive, &roots->items[i]));
	}
	return STATUS_OK;
}

static enum status look_at_export(struct whose_work *work, size_t found)
{
	struct exportroots roots = { 0 };
	struct whose_hive *hive = NULL;
	enum status status = exportroots_read(work->finds->items[found].path,
					      work->opener, &roots, work->failure);

	if (status == STATUS_NOMEM)
		return status;
	if (status == STATUS_UNSUPPORTED)
		return pass_over(work, found, true);
	if (status != STATUS_OK) {
		RETURN_IF_FAILED(add_hive(work->whose, found, &hive));
		return set_unread(hive, work->failure->sentence);
	}
	status = roots.n > 0 ? add_roots(work, found, &roots)
			     : pass_over(work, found, false);
	exportroots_clear(&roots);
	return status;
}

static enum status look_at_exports(struct whose_work *work)
{
	for (size_t i = 0; i < work->finds->n; i++)
		if (work->finds->items[i].kind == FILEKIND_REG)
			RETURN_IF_FAILED(look_at_export(work, i));
	return STATUS_OK;
}

/* ---- all of it ---- */

static enum status look_at_hives(struct whose_work *work)
{
	struct whose *whose = work->whose;

	for (size_t i = 0; i < work->finds->n; i++) {
		const struct found *found = &work->finds->items[i];
		if (found->kind != FILEKIND_HIVE)
			continue;
		struct whose_hive *hive = NULL;
		RETURN_IF_FAILED(add_hive(whose, i, &hive));
		work->subjects[whose->n - 1].role = SUBJECT_UNKNOWN;
		RETURN_IF_FAILED(look(work, hive, &work->subjects[whose->n - 1]));
		if (hive->kind == WHOSE_SOFTWARE)
			RETURN_IF_FAILED(profilelist_add(&work->profiles, found,
							 work->opener, work->failure));
	}
	return STATUS_OK;
}

enum status whose_read(const struct finds *finds, const struct evidence_opener *opener,
		       struct whose **out, struct failure *failure)
{
	AUTO(whose_freep) struct whose *whose = calloc(1, sizeof(*whose));
	struct whose_work work = {
		.finds = finds,
		.opener = opener,
		.whose = whose,
		.subjects = calloc(finds->n + 1, sizeof(struct subject)),
		.failure = failure,
	};
	enum status status = whose && work.subjects ? look_at_hives(&work) : STATUS_NOMEM;
	size_t n_hives = whose ? whose->n : 0;

	profilelist_sort(&work.profiles);
	for (size_t i = 0; i < n_hives; i++) {
		if (status == STATUS_OK && whose->items[i].kind == WHOSE_USERS)
			status = decide(&work, &whose->items[i], &work.subjects[i]);
		subject_clear(&work.subjects[i]);
	}
	if (status == STATUS_OK)
		status = look_at_exports(&work);
	free(work.subjects);
	profilelist_clear(&work.profiles);
	if (status == STATUS_NOMEM)
		failure_set(failure, "out of memory");
	else if (status == STATUS_LIMIT)
		failure_set(failure, "more than %d hives or users", FOUND_MAX);
	RETURN_IF_FAILED(status);
	*out = STEAL(whose);
	return STATUS_OK;
}
