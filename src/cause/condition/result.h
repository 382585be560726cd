/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The result of checking a condition, as the check says it: the state, what was seen,
 * and where.
 */
#ifndef CAUSE_CONDITION_RESULT_H
#define CAUSE_CONDITION_RESULT_H

#include "cause/condition/condition.h"
#include "cause/incident/incident.h"

/* Sets the state and says what was seen. */
void result_is(struct incident *incident, struct condition *condition,
	       enum condition_state state, const char *format, ...) PRINTF_LIKE(4, 5);

/* The state rests on no more than this: the weakest counts. */
void result_rests_on(struct condition *condition, enum basis basis);

/*
 * Each adds a place and what stands there, UTF-8, which must live as long as the
 * condition; nothing if there is no room.  In the image of a snapshot: a key, a value
 * (nothing if it is NULL or has no record), or an offset in the base file; or in
 * another file, DIAG_NOWHERE standing for the whole of it.
 */
void result_show_key(struct condition *condition, const struct snapshot *snapshot,
		     const struct key *key, const char *value);
void result_show_value(struct condition *condition, const struct snapshot *snapshot,
		       const struct value *value, const char *text);
void result_show_base(struct condition *condition, const struct snapshot *snapshot,
		      uint32_t offset, const char *value);
void result_show_file(struct condition *condition, const struct evidence *file,
		      uint64_t offset, const char *value);
/* Adds the change of a loss, and where its profile's key stands. */
void result_show_loss(struct incident *incident, struct condition *condition,
		      const struct loss *loss);

/* Unknown: a single hive does not tell what there was before. */
void result_needs_earlier(struct incident *incident, struct condition *condition);

/*
 * The state where something was looked for in the later hive and not found: not met, but
 * unknown where that could not be read whole, or an unresolved change may be it.
 */
enum condition_state result_absent(const struct incident *incident);

/* Adds a change; nothing if it is NULL or there is no room. */
void result_add_change(struct condition *condition, const struct finding *finding);
/*
 * Adds the changes by which profiles went to Deleted Profiles, if they are certain or
 * probable.  Return: how many; *doubtful: how many there are that are not so sure.
 */
size_t result_add_moved(const struct incident *incident, struct condition *condition,
			size_t *doubtful);

#endif
