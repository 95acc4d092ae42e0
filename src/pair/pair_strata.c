/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pair/pair_strata.h"

#include <stdlib.h>
#include <string.h>

#include "pair/run_order.h"

/* A stratum while names are sorted. */
struct named_stratum {
    const char *name;
    uint32_t number;
};

static int named_compare(const void *a, const void *b)
{
    const struct named_stratum *x = a;
    const struct named_stratum *y = b;
    return strcmp(x->name, y->name);
}

/* gives   [stratum_count] sorted by name, or NULL without memory */
static struct named_stratum *names_sort(struct arena *arena, const struct answers *answers)
{
    uint32_t count = answers->stratum_count;
    struct named_stratum *names = arena_array(arena, (size_t)count + 1, sizeof *names);
    for (uint32_t i = 0; i < count && names != NULL; i++) {
        names[i] = (struct named_stratum){.name = answers->stratum_names[i], .number = i};
    }
    if (names != NULL && count > 1) {
        qsort(names, count, sizeof *names, named_compare);
    }
    return names;
}

enum status pair_strata_order(struct ctx *ctx, struct pair_frame *frame)
{
    const struct answers *answers = frame->answers;
    if (!frame->stratified) {
        return STATUS_OK;
    }
    const struct named_stratum *names = names_sort(ctx->arena, answers);
    uint32_t *places = arena_array(ctx->arena, (size_t)answers->stratum_count + 1, sizeof *places);
    if (names == NULL || places == NULL) {
        return ctx_no_memory(ctx);
    }
    for (uint32_t i = 0; i < answers->stratum_count; i++) {
        places[names[i].number] = i;
    }
    frame->strata = places;
    frame->stratum_count = answers->stratum_count;
    return STATUS_OK;
}

enum status pair_strata_count(struct ctx *ctx, struct arena *scratch, const struct pair_frame *frame, const struct stratum **out,
                              uint64_t *units)
{
    static const struct by_set everyone = {.segment_count = 0};
    const struct pair_grouping grouping = {.by = &everyone, .group_count = 1};
    struct run_order order;
    *out = NULL;
    *units = 0;
    if (!frame->stratified) {
        return STATUS_OK;
    }
    const struct named_stratum *names = names_sort(scratch, frame->answers);
    struct stratum *strata = arena_array(ctx->arena, (size_t)frame->stratum_count + 1, sizeof *strata);
    if (names == NULL || strata == NULL ||
        run_order_make(scratch, frame, &grouping, run_key_of_design(frame), true, &order) != STATUS_OK) {
        return ctx_no_memory(ctx);
    }
    for (uint32_t i = 0; i < frame->stratum_count; i++) {
        strata[i].name = names[i].name;
    }
    for (uint32_t at = 0; at < frame->answers->encounter_count; at++) {
        if (run_begins(frame, &order, at)) {
            strata[order.list[order.cells[at]].stratum].units++;
            ++*units;
        }
    }
    *out = strata;
    return STATUS_OK;
}
