/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/checking.h"

#include "app/live_answers.h"
#include "formats/reading.h"
#include "instrument/study_file.h"
#include "pair/pairing.h"
#include "pair/weighting.h"

static struct inversion inversion_count(const struct study *study, const struct joint *zone, uint32_t item)
{
    struct inversion inversion = {.item = &study->items[item]};
    for (size_t c = 0; c < zone->cell_count; c++) {
        const struct joint_cell *cell = &zone->cells[c];
        if (!cell->code[0] || !cell->code[1])
            continue;
        inversion.asked += cell->sum.n;
        inversion.inverted += cell->code[0] > cell->code[1] ? cell->sum.n : 0;
    }
    return inversion;
}

static enum status inversions_find(struct ctx *ctx, const struct pairs *pairs, struct check *out)
{
    const struct study *study = pairs->study;
    struct inversion *list = arena_array(ctx->arena, study->item_count + 1u, sizeof *list);
    const struct joint *zones = pairs->sets[0].group_count ? pairs->sets[0].groups[0].zones : NULL;
    if (!list)
        return ctx_no_memory(ctx);
    for (uint32_t i = 0; zones && i < study->item_count; i++) {
        struct inversion inversion = inversion_count(study, &zones[i], i);
        if (inversion.inverted)
            list[out->inversion_count++] = inversion;
        out->findings += inversion.inverted;
    }
    out->inversions = list;
    return STATUS_OK;
}

static enum status answers_count(struct ctx *ctx, const struct answers *answers, struct check *out)
{
    struct plan *plan = arena_alloc(ctx->arena, sizeof *plan);
    const struct pairs *pairs = NULL;
    if (!plan)
        return ctx_no_memory(ctx);
    bool zone = study_asks_any(out->study, STANDARD_MINIMUM) && study_asks_any(out->study, STANDARD_DESIRED);
    *plan = (struct plan){.study = out->study, .needs = NEED_PAIRS | (zone ? NEED_ZONES : 0u), .set_count = 1};
    /* Margins that cannot be met are found here, before a report is asked for. */
    enum status status = weights_make(ctx, answers, &answers);
    if (!status)
        status = pairs_make(ctx, answers, plan, &pairs);
    if (status)
        return status;
    out->pairing = pairs->pairing;
    out->strata = pairs->strata;
    out->stratum_count = pairs->stratum_count;
    out->notes = answers->notes;
    out->note_count = answers->note_count;
    out->readable = true;
    return inversions_find(ctx, pairs, out);
}

/* A store in the place of a file: what stands there was checked when it came. */
static enum status store_check(struct ctx *ctx, const char *path, const char *name, struct check *out)
{
    struct live_answers live;
    enum status status = live_answers_read(ctx, path, name, &live);
    if (!status)
        status = problems_init(ctx, &out->problems, true);
    if (status)
        return status;
    out->study = live.study;
    return answers_count(ctx, live.answers, out);
}

enum status answers_check(struct ctx *ctx, const struct format_source *source, const char *study_path, struct check *out)
{
    const struct answers *answers = NULL;
    *out = (struct check){.readable = false};
    if (source_is_live(source))
        return store_check(ctx, source->path, study_path, out);
    enum status status = study_read_file(ctx, study_path, &out->study);
    if (!status)
        status = problems_init(ctx, &out->problems, true);
    if (!status)
        status = answers_read(ctx, source, out->study, &out->problems, &answers);
    out->findings = out->problems.total;
    if (status == STATUS_DATA && out->problems.total)
        return STATUS_OK;
    return status ? status : answers_count(ctx, answers, out);
}
