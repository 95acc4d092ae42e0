/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/version_targets.h"

#include <string.h>

/* One question of a version, and the study that it is to be found in. */
struct target_search {
    const struct study *study; /* the newest */
    const uint32_t *slots;
    const struct form *form; /* of the version */
    const struct question *question;
    bool foreign; /* found, but asked on another scale */
};

static const char *label_find(const struct scale *scale, uint32_t code)
{
    for (uint32_t i = 0; i < scale->label_count; i++)
        if (scale->labels[i].code == code)
            return scale->labels[i].text;
    return "";
}

/* The same points with the same words? */
static bool scale_reads_same(const struct scale *a, const struct scale *b)
{
    if (!scale_same(a, b))
        return false;
    for (uint32_t i = 0; i < a->label_count; i++)
        if (strcmp(a->labels[i].text, label_find(b, a->labels[i].code)) != 0)
            return false;
    return a->label_count == b->label_count;
}

static void rating_find(struct target_search *search, struct target *out)
{
    const struct study *study = search->study, *old = search->form->study;
    const enum standard standard = search->question->standard;
    const struct item *item = &old->items[search->question->of];
    for (uint32_t i = 0; i < study->item_count; i++) {
        uint32_t slot = search->slots[standard * study->item_count + i];
        if (strcmp(study->items[i].id, item->id) != 0 || slot == UINT32_MAX)
            continue;
        search->foreign = study->items[i].reverse != item->reverse ||
                          !scale_reads_same(study_scale(study, standard, i), study_scale(old, standard, search->question->of));
        *out = (struct target){.kind = TARGET_SLOT,
                               .at = slot,
                               .expectation = standard == STANDARD_EXPECTATION || standard == STANDARD_DESIRED ||
                                              standard == STANDARD_MINIMUM};
    }
}

static void outcome_find(struct target_search *search, struct target *out)
{
    const struct columns *columns = &search->study->columns;
    const struct outcome *old = &search->form->study->columns.outcomes[search->question->of];
    for (uint32_t i = 0; i < columns->outcome_count; i++) {
        const struct outcome *outcome = &columns->outcomes[i];
        if (strcmp(outcome->name, old->name) != 0)
            continue;
        search->foreign =
            outcome->kind != old->kind || (outcome->kind == OUTCOME_SCALE ? !scale_reads_same(&outcome->scale, &old->scale)
                                                                          : outcome->decimals != old->decimals);
        *out = (struct target){.kind = TARGET_OUTCOME, .at = i};
    }
}

static void points_find(const struct target_search *search, struct target *out)
{
    const struct study *study = search->study;
    const char *id = search->form->study->dimensions[search->question->of].id;
    for (uint32_t i = 0; i < study->dimension_count && study->columns.importance == IMPORTANCE_POINTS; i++)
        if (strcmp(study->dimensions[i].id, id) == 0)
            *out = (struct target){.kind = TARGET_POINTS, .at = i};
}

static void segment_find(const struct target_search *search, struct target *out)
{
    const struct segment_question *asked = &search->form->collection->segment_questions[search->question->of];
    const char *name = search->form->study->columns.segments[asked->segment].column;
    uint32_t segment = study_segment(search->study, span_of(name));
    if (segment != UINT32_MAX)
        *out = (struct target){.kind = TARGET_SEGMENT, .at = segment};
}

static struct target target_find(struct target_search *search)
{
    struct target target = {.kind = TARGET_NONE};
    switch (search->question->kind) {
    case QUESTION_RATING:
        rating_find(search, &target);
        break;
    case QUESTION_OUTCOME:
    case QUESTION_NUMBER:
        outcome_find(search, &target);
        break;
    case QUESTION_POINTS:
        points_find(search, &target);
        break;
    case QUESTION_CHOICE:
        segment_find(search, &target);
        break;
    case QUESTION_CHOICES: /* where expectations come from, and texts, are no answers for tables */
    case QUESTION_TEXT:
    case QUESTION_CODE:
    case QUESTION_KIND_COUNT:
    default:
        break;
    }
    return target;
}

static uint32_t slot_count(const struct study *study, const uint32_t *slots)
{
    uint32_t count = 0;
    for (size_t i = 0; i < (size_t)STANDARD_COUNT * study->item_count; i++)
        count += slots[i] != UINT32_MAX;
    return count;
}

enum status version_targets_find(struct ctx *ctx, const struct study *study, const uint32_t *slots,
                                 const struct version_forms *version, struct version_targets *out)
{
    uint32_t count = slot_count(study, slots);
    uint8_t *wave_of_slot = arena_alloc(ctx->arena, count + 1u);
    if (wave_of_slot == NULL)
        return ctx_no_memory(ctx);
    memset(wave_of_slot, WAVE_COUNT, count + 1u);
    *out = (struct version_targets){.version = version, .wave_of_slot = wave_of_slot};
    for (unsigned wave = 0; wave < WAVE_COUNT; wave++) {
        const struct form *form = version->forms[wave];
        if (form == NULL)
            continue;
        struct target *targets = arena_array(ctx->arena, form->question_count + 1u, sizeof *targets);
        if (targets == NULL)
            return ctx_no_memory(ctx);
        out->targets[wave] = targets;
        for (uint32_t i = 0; i < form->question_count; i++) {
            struct target_search search = {.study = study, .slots = slots, .form = form, .question = &form->questions[i]};
            targets[i] = target_find(&search);
            out->foreign = out->foreign || search.foreign;
            if (targets[i].kind == TARGET_SLOT && wave != WAVE_DURING)
                wave_of_slot[targets[i].at] = (uint8_t)wave;
        }
    }
    return STATUS_OK;
}
