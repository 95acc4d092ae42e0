/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the answers to one version of an instrument belong in the answers of the newest. Private to store/. */
#ifndef GAPMETER_STORE_VERSION_TARGETS_H
#define GAPMETER_STORE_VERSION_TARGETS_H

#include "store/answers_gathering.h"

enum target_kind { TARGET_NONE, TARGET_SLOT, TARGET_OUTCOME, TARGET_POINTS, TARGET_SEGMENT };

/* Where the answer to one question goes. */
struct target {
    enum target_kind kind;
    bool expectation; /* TARGET_SLOT: of what was expected, desired, or the least that would do */
    uint32_t at;      /* slot, outcome, dimension or segment */
};

struct version_targets {
    const struct version_forms *version;
    bool foreign;                             /* a question that both versions ask has another scale */
    const struct target *targets[WAVE_COUNT]; /* [question of the form] */
    const uint8_t *wave_of_slot;              /* [slot] the wave that asks it; WAVE_COUNT: this version does not */
};

/* Finds items, outcomes, dimensions and segments of a version in the newest study, by their names.
 * takes   slots  of the answers that are built: STANDARD_COUNT × item_count
 * fails   STATUS_MEMORY
 * cost    items times questions, once per version
 * proof   tests/store/answers_gathering_test.c */
enum status version_targets_find(struct ctx *ctx, const struct study *study, const uint32_t *slots,
                                 const struct version_forms *version, struct version_targets *out) MUST_USE;

#endif
