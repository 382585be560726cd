/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Facts of the hives that bear on a cause: whose hive it is, from which lists
 * the profiles went, and what became of DefaultProfile.
 */
#include "cause/condition/hivefacts.h"

#include "cause/condition/result.h"
#include "regf/recover/unlisted.h"

/* The subject of the later hive, or of the earlier one where that does not tell. */
static const struct subject *subject_of(const struct incident *incident,
					const struct snapshot **snapshot)
{
	*snapshot = incident->after;
	if (incident->before && incident->after->subject.role == SUBJECT_UNKNOWN)
		*snapshot = incident->before;
	return &(*snapshot)->subject;
}

/* What tells whose hive it is: the security of its root key, and its own path. */
static void show_subject(struct incident *incident, struct condition *condition,
			 const struct snapshot *snapshot)
{
	const struct key *root = snapshot->keys ? snapshot->keys->root : NULL;
	struct text path = snapshot->image->base.embedded_name;

	if (root && root->security_rel != IMAGE_NIL && snapshot->subject.sid[0])
		result_show_base(condition, snapshot,
				 IMAGE_BASE_SIZE + root->security_rel +
					 snapshot->image->cell_header,
				 snapshot->subject.sid);
	if (text_length(path) > 0)
		result_show_base(condition, snapshot, IMAGE_AT_EMBEDDED_NAME,
				 incident_utf8(incident, path));
}

void hivefacts_subject(struct incident *incident, struct condition *condition)
{
	const struct snapshot *snapshot;
	const struct subject *subject = subject_of(incident, &snapshot);
	bool met = false;

	switch (subject->role) {
	case SUBJECT_UNKNOWN:
		result_is(incident, condition, CONDITION_UNKNOWN,
			  "the hive does not tell whose it is");
		return;
	case SUBJECT_LOCAL_SYSTEM:
		met = condition->kind->id == CONDITION_LOCAL_SYSTEM_HIVE;
		break;
	case SUBJECT_USER:
		met = condition->kind->id != CONDITION_LOCAL_SYSTEM_HIVE;
		break;
	case SUBJECT_SERVICE_ACCOUNT:
		met = condition->kind->id == CONDITION_ACCOUNT_HIVE;
		break;
	case SUBJECT_TEMPLATE:
		break;
	}
	result_is(incident, condition, met ? CONDITION_MET : CONDITION_NOT_MET,
		  "the hive says: %s%s%s",
		  subject->role == SUBJECT_LOCAL_SYSTEM ? "LocalSystem (HKU\\.DEFAULT)"
		  : subject->role == SUBJECT_TEMPLATE	? "template for new users"
		  : subject->role == SUBJECT_USER	? "user "
							: "service account ",
		  subject->user ? subject->user : "", subject->user ? "" : subject->sid);
	show_subject(incident, condition, snapshot);
}

/* ---- from which lists ---- */

/*
 * How many sure losses were in a list; *unknown: whose list is not known, and those of
 * it that are only possible, or left open.  Of a single hive only what is not
 * overwritten is known at all.
 */
static size_t count_from(const struct incident *incident, enum store_list list,
			 size_t *unknown)
{
	const struct losses *losses = &incident->losses;
	size_t n = 0;

	*unknown = 0;
	for (size_t i = 0; i < losses->n; i++) {
		const struct loss *loss = &losses->items[i];
		bool from = loss_is_from(loss, list);
		n += from && loss->sure;
		*unknown += loss->store == NULL || (from && !loss->sure);
	}
	for (size_t i = 0; i < losses->n_open; i++)
		*unknown += loss_is_from(&losses->open[i], list);
	*unknown += incident->before == NULL || losses->unread;
	return n;
}

static void show_from(struct incident *incident, struct condition *condition,
		      enum store_list list)
{
	for (size_t i = 0; i < incident->losses.n; i++)
		if (loss_is_from(&incident->losses.items[i], list))
			result_show_loss(incident, condition, &incident->losses.items[i]);
}

void hivefacts_wms_list(struct incident *incident, struct condition *condition)
{
	/* A single hive tells only what is not overwritten. */
	size_t n = 0, unknown = incident->losses.n_open;

	unknown += incident->before == NULL || incident->losses.unread;

	for (size_t i = 0; i < incident->losses.n; i++) {
		const struct loss *loss = &incident->losses.items[i];
		if (!loss->store || loss->store->kind != STORE_WMS || !loss->sure) {
			unknown += !loss->store || loss->store->kind == STORE_WMS;
			continue;
		}
		n++;
		result_show_loss(incident, condition, loss);
	}
	result_is(incident, condition,
		  n > 0		? CONDITION_MET
		  : unknown > 0 ? CONDITION_UNKNOWN
				: CONDITION_NOT_MET,
		  "%zu of %zu profiles that are gone were there", n, incident->losses.n);
}

void hivefacts_from_list(struct incident *incident, struct condition *condition)
{
	bool wants_deleted = condition->kind->id == CONDITION_FROM_DELETED;
	enum store_list list = wants_deleted ? STORE_DELETED_PROFILES : STORE_PROFILES;
	size_t unknown, moved, n = count_from(incident, list, &unknown);

	/* What was moved to Deleted Profiles was taken from Profiles, too. */
	if (!wants_deleted) {
		n += result_add_moved(incident, condition, &moved);
		unknown += moved;
	}
	result_is(incident, condition,
		  n > 0		? CONDITION_MET
		  : unknown > 0 ? CONDITION_UNKNOWN
				: CONDITION_NOT_MET,
		  "%zu from %s", n, wants_deleted ? "Deleted Profiles" : "Profiles");
	show_from(incident, condition, list);
}

void hivefacts_only_deleted(struct incident *incident, struct condition *condition)
{
	size_t unknown, n = count_from(incident, STORE_DELETED_PROFILES, &unknown);
	size_t others, from_list = count_from(incident, STORE_PROFILES, &others);
	enum condition_state state = from_list > 0	    ? CONDITION_NOT_MET
				     : unknown + others > 0 ? CONDITION_UNKNOWN
				     : n > 0		    ? CONDITION_MET
							    : CONDITION_NOT_MET;

	result_is(incident, condition, state, "%zu of %zu were in Deleted Profiles", n,
		  incident->losses.n);
	show_from(incident, condition,
		  from_list > 0 ? STORE_PROFILES : STORE_DELETED_PROFILES);
}

/* ---- DefaultProfile ---- */

static const struct value *default_value(const struct store *store)
{
	const struct value *value =
		store->key ? key_value(store->key, text_of("DefaultProfile")) : NULL;

	if (!value && store->parent)
		value = key_value(store->parent, text_of("DefaultProfile"));
	return value;
}

/* A single hive: it still names what is gone, so nobody changed it. */
static void check_default_alone(struct incident *incident, struct condition *condition)
{
	for (size_t i = 0; i < incident->losses.n; i++) {
		const struct loss *loss = &incident->losses.items[i];
		if (!loss->recovered || !loss->recovered->is_default)
			continue;
		result_is(incident, condition,
			  condition->kind->id == CONDITION_DEFAULT_UNTOUCHED
				  ? CONDITION_MET
				  : CONDITION_NOT_MET,
			  "it still names %s, which is gone",
			  incident_utf8(incident, loss->name));
		result_show_loss(incident, condition, loss);
		return;
	}
	result_is(incident, condition, CONDITION_UNKNOWN,
		  "a single hive does not tell what it was before");
}

/*
 * True if that is a list to look at: of Profiles, and something is gone from it or from
 * Deleted Profiles beside it; where nothing is gone, any.
 */
static bool is_touched(const struct incident *incident, const struct store *store)
{
	bool lost = incident->losses.n == 0;

	for (size_t i = 0; i < incident->losses.n && !lost; i++)
		lost = incident->losses.items[i].store &&
		       store_is_same_place(incident->losses.items[i].store, store);
	return store->list == STORE_PROFILES && lost;
}

static bool is_untouched(const struct store *before, const struct store *after)
{
	bool has = after && after->has_default;

	return before->has_default == has &&
	       (!has || text_equal(before->default_profile, after->default_profile));
}

/*
 * The list to look at: one whose value changed, else one that has it, else the first;
 * NULL if there is none.
 */
static const struct store *default_store(const struct incident *incident)
{
	const struct stores *stores = &incident->before->stores;
	const struct store *other = NULL;

	for (size_t k = 0; k < stores->n; k++) {
		const struct store *store = &stores->items[k];
		if (!is_touched(incident, store))
			continue;
		if (!is_untouched(store, snapshot_same_store(incident->after, store)))
			return store;
		if (!other || (store->has_default && !other->has_default))
			other = store;
	}
	return other;
}

/* True if DefaultProfile of the list named a profile that is gone. */
static bool named_a_loss(const struct incident *incident, const struct store *store)
{
	for (size_t i = 0; i < incident->losses.n; i++)
		if (incident->losses.items[i].store == store &&
		    text_equal(incident->losses.items[i].name, store->default_profile))
			return true;
	return false;
}

/* False if what was not found may be there: not read, or in a cell that nothing names. */
static bool default_is_sure(const struct snapshot *snapshot)
{
	return snapshot_is_complete(snapshot) &&
	       !(snapshot->image && unlisted_has_value(snapshot->image, &snapshot->usage,
						       text_of("DefaultProfile")));
}

/* The list had no DefaultProfile: services do without. */
static void check_no_default(struct incident *incident, struct condition *condition,
			     const struct store *after)
{
	if (after && after->has_default) {
		const char *is = incident_utf8(incident, after->default_profile);
		result_is(incident, condition,
			  default_is_sure(incident->before) ? CONDITION_NOT_MET
							    : CONDITION_UNKNOWN,
			  "there was none, and now it is %s", is);
		result_show_value(condition, incident->after, default_value(after), is);
		return;
	}
	bool whole =
		default_is_sure(incident->before) && default_is_sure(incident->after);
	result_is(incident, condition, whole ? CONDITION_MET : CONDITION_UNKNOWN,
		  whole ? "there was none and there is none" : "none was found");
}

void hivefacts_default_profile(struct incident *incident, struct condition *condition)
{
	bool wants_same = condition->kind->id == CONDITION_DEFAULT_UNTOUCHED;

	if (!incident->before) {
		check_default_alone(incident, condition);
		return;
	}
	const struct store *before = default_store(incident);
	const struct store *after =
		before ? snapshot_same_store(incident->after, before) : NULL;
	if (before && !before->has_default && wants_same) {
		check_no_default(incident, condition, after);
		return;
	}
	if (!before || (!wants_same && !named_a_loss(incident, before))) {
		result_is(incident, condition, CONDITION_UNKNOWN,
			  before ? "it did not name a profile that is gone"
				 : "the earlier hive has none");
		return;
	}
	bool has = after && after->has_default;
	bool same = has && text_equal(before->default_profile, after->default_profile);
	const char *was = incident_utf8(incident, before->default_profile);
	const char *is =
		has ? incident_utf8(incident, after->default_profile) : "not there";
	/* What a damaged hive lacks may have been there. */
	result_is(incident, condition,
		  !has && !default_is_sure(incident->after) ? CONDITION_UNKNOWN
		  : same == wants_same			    ? CONDITION_MET
							    : CONDITION_NOT_MET,
		  "it was %s and is %s", was, same ? "the same" : is);
	result_show_value(condition, incident->before, default_value(before), was);
	if (after)
		result_show_value(condition, incident->after, default_value(after), is);
}

/* ---- the kind of profile ---- */

void hivefacts_dynamic(struct incident *incident, struct condition *condition)
{
	enum basis best = BASIS_UNCONFIRMED;
	size_t n = 0, nameless = 0;

	for (size_t i = 0; i < incident->losses.n; i++) {
		const struct loss *loss = &incident->losses.items[i];
		bool listed = loss_is_from(loss, STORE_DELETED_PROFILES);
		bool dynamic = listed || (loss->pattern && loss->pattern->remade);
		nameless += text_length(loss->name) == 0;
		if (!dynamic)
			continue;
		n++;
		/* One that is sure is enough. */
		enum basis basis = listed ? BASIS_DOCUMENTED : loss->pattern->basis;
		best = basis < best ? basis : best;
		result_show_loss(incident, condition, loss);
	}
	if (n > 0)
		result_rests_on(condition, best);
	result_is(incident, condition,
		  n > 0		 ? CONDITION_MET
		  : nameless > 0 ? CONDITION_UNKNOWN
				 : CONDITION_NOT_MET,
		  "%zu of %zu, by their names or as they stood in Deleted Profiles", n,
		  incident->losses.n);
}
