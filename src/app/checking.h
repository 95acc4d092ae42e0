/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_APP_CHECKING_H
#define GAPMETER_APP_CHECKING_H

#include "model/format.h"
#include "model/pairs.h"

/* Whose minimum lies above what they desire (F11). */
struct inversion {
    const struct item *item;
    uint64_t inverted, asked; /* encounters with both answers */
};

/* What check found. */
struct check {
    const struct study *study;
    struct problems problems; /* every problem counted */
    bool readable;            /* no problems: the rest was counted */
    struct pairing pairing;
    const struct stratum *strata; /* [stratum_count] of the design */
    uint32_t stratum_count;
    const struct inversion *inversions; /* items with at least one; inversion_count of them */
    uint32_t inversion_count;
    const struct note *notes; /* of the reading */
    uint32_t note_count;
    uint64_t findings; /* problems and inversions: what --strict fails for */
};

/* Looks at the quality of the answers without computing a gap.
 * takes   source, study_path  as struct analysis_request: the source may be a store
 * fails   what reading says, but not for problems in cells: those are the result */
enum status answers_check(struct ctx *ctx, const struct format_source *source, const char *study_path,
                          struct check *out) MUST_USE;

#endif
