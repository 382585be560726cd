/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which loss each recovered profile is the remnant of.  A copy shares sections and
 * instance key with its original, and a name may be given twice; so one remnant can be
 * like several profiles that are gone.  It serves one of them: that whose own record it
 * is, else the one that it is most like.  If more than one claims it with equal right,
 * none gets it: what is left of a profile then is not known, and is told as lost.
 */
#include "compare/remnant.h"

#include "compare/ownrecord.h"

#include <stdlib.h>

/* Who has the best claim to a recovered profile. */
struct claim {
	const struct finding *best; /* NULL: nobody */
	bool tied;		    /* others have as good a one */
};

/* Its own record weighs more than all that is alike. */
static int compare_claims(const struct snapshot_pair *pair, const struct finding *a,
			  const struct finding *b)
{
	const struct recovered_profile *found = a->recovered.profile;
	bool own_a = ownrecord_is(pair, a->store, &a->before->profile, found);
	bool own_b = ownrecord_is(pair, b->store, &b->before->profile, found);

	if (own_a != own_b)
		return own_a - own_b;
	return (a->recovered.likeness > b->recovered.likeness) -
	       (a->recovered.likeness < b->recovered.likeness);
}

static void put_in(const struct snapshot_pair *pair, struct claim *claim,
		   const struct finding *finding)
{
	int order = claim->best ? compare_claims(pair, finding, claim->best) : 1;

	claim->tied = order == 0 || (claim->tied && order < 0);
	if (order > 0)
		claim->best = finding;
}

static void find_share(const struct recovery *recovery, struct finding *finding)
{
	recoveredshare_find(recovery, finding->store, &finding->before->profile,
			    &finding->recovered);
}

enum status remnant_assign(const struct snapshot_pair *pair, struct finding *findings,
			   size_t n)
{
	const struct recovery *recovery = pair->recovery;
	struct claim *claims =
		calloc((recovery ? recovery->n_profiles : 0) + 1, sizeof(*claims));

	if (!claims)
		return STATUS_NOMEM;
	for (size_t i = 0; i < n; i++) {
		struct finding *finding = &findings[i];
		if (!finding_is_loss(finding))
			continue;
		find_share(recovery, finding);
		if (finding->recovered.profile)
			put_in(pair,
			       &claims[finding->recovered.profile - recovery->profiles],
			       finding);
	}
	for (size_t i = 0; i < n; i++) {
		struct finding *finding = &findings[i];
		if (!finding_is_loss(finding) || !finding->recovered.profile)
			continue;
		const struct claim *claim =
			&claims[finding->recovered.profile - recovery->profiles];
		if (claim->tied || claim->best != finding)
			find_share(NULL, finding);
	}
	free(claims);
	return STATUS_OK;
}
