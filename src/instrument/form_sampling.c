/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "base/chance.h"
#include "base/out.h"
#include "instrument/form_making.h"

/* Streams of chance: one for items within their dimension, one for dimensions. */
enum { STREAM_ITEM = 1, STREAM_DIMENSION = 2 };

/* An item that may be drawn. */
struct lot {
    uint32_t item, dimension, turn;
    uint64_t chance;
};

/* By dimension, then by chance. */
static int lot_within(const void *left, const void *right)
{
    const struct lot *a = left, *b = right;
    if (a->dimension != b->dimension)
        return a->dimension < b->dimension ? -1 : 1;
    if (a->chance != b->chance)
        return a->chance < b->chance ? -1 : 1;
    return a->item < b->item ? -1 : a->item > b->item;
}

/* By turn, then by the dimension's chance. */
static int lot_across(const void *left, const void *right)
{
    const struct lot *a = left, *b = right;
    if (a->turn != b->turn)
        return a->turn < b->turn ? -1 : 1;
    if (a->chance != b->chance)
        return a->chance < b->chance ? -1 : 1;
    return a->item < b->item ? -1 : a->item > b->item;
}

static bool may_be_drawn(const struct study *study, uint32_t item)
{
    for (enum standard standard = 0; standard < STANDARD_COUNT; standard++)
        if (study_asks(study, standard, item))
            return true;
    return false;
}

/* Each dimension gives one item, then each its second, and so on, until there are enough; the study alone and the seed decide,
 * so that every wave has the same.
 * gives   drawn  [item_count] */
static enum status items_draw(struct ctx *ctx, const struct study *study, uint32_t items_asked, uint64_t seed, bool *drawn)
{
    struct lot *lots = arena_array(ctx->arena, (size_t)study->item_count + 1, sizeof *lots);
    uint32_t count = 0;
    if (lots == NULL)
        return ctx_no_memory(ctx);
    for (uint32_t i = 0; i < study->item_count; i++)
        if (may_be_drawn(study, i))
            lots[count++] =
                (struct lot){.item = i, .dimension = study->items[i].dimension, .chance = chance_bits(seed, STREAM_ITEM, i)};
    qsort(lots, count, sizeof *lots, lot_within);
    for (uint32_t i = 0; i < count; i++) {
        lots[i].turn = i > 0 && lots[i].dimension == lots[i - 1].dimension ? lots[i - 1].turn + 1 : 0;
        lots[i].chance = chance_bits(seed, STREAM_DIMENSION, lots[i].dimension);
    }
    qsort(lots, count, sizeof *lots, lot_across);
    for (uint32_t i = 0; i < count && i < items_asked; i++)
        drawn[lots[i].item] = true;
    return STATUS_OK;
}

enum status form_sample(struct ctx *ctx, const struct form *form, uint32_t items_asked, uint64_t seed, const struct form **out)
{
    const struct study *study = form->study;
    *out = form;
    if (items_asked == 0 || items_asked >= study->item_count)
        return STATUS_OK;
    bool *drawn = arena_array(ctx->arena, (size_t)study->item_count + 1, sizeof *drawn);
    struct question *questions = arena_array(ctx->arena, (size_t)form->question_count + 1, sizeof *questions);
    struct form *sampled = arena_alloc(ctx->arena, sizeof *sampled);
    if (drawn == NULL || questions == NULL || sampled == NULL)
        return ctx_no_memory(ctx);
    enum status status = items_draw(ctx, study, items_asked, seed, drawn);
    for (uint32_t i = 0; i < form->question_count; i++) {
        questions[i] = form->questions[i];
        if (questions[i].kind == QUESTION_RATING)
            questions[i].asked = questions[i].asked && drawn[questions[i].of];
    }
    *sampled = *form;
    sampled->questions = questions;
    *out = sampled;
    return status;
}

static void decimal_put(struct out *text, struct decimal number)
{
    char digits[32];
    decimal_format(number, digits, sizeof digits);
    out_format(text, " %s", digits);
}

/* Each text with its length before it, so that no two lists of texts give the same bytes. */
static void text_put(struct out *text, const char *value)
{
    out_format(text, " %zu:%s", span_of(value).length, value);
}

/* Points and labels of an item's scale in one language. */
static void scale_put(struct out *text, const struct scale *scale)
{
    decimal_put(text, scale->min);
    decimal_put(text, scale->max);
    decimal_put(text, scale->step);
    for (uint32_t i = 0; i < scale->label_count; i++) {
        out_format(text, " %u", scale->labels[i].code);
        text_put(text, scale->labels[i].text);
    }
}

static enum status language_put(struct ctx *ctx, const struct study *study, const char *language, struct out *text)
{
    const struct form *form = NULL;
    enum status status = form_make(ctx, study, WAVE_PERCEPTION, language, &form);
    if (status != STATUS_OK)
        return status;
    text_put(text, language);
    for (uint32_t i = 0; i < form->question_count; i++) {
        const struct question *question = &form->questions[i];
        if (question->kind != QUESTION_RATING || question->standard != STANDARD_PERCEPTION)
            continue;
        const struct item *item = &study->items[question->of];
        text_put(text, item->id);
        out_text(text, item->reverse ? " reversed" : " straight");
        scale_put(text, question->scale);
    }
    return STATUS_OK;
}

enum status form_scales_digest(struct ctx *ctx, const struct study *study, struct digest *out)
{
    const struct collection *collection = NULL;
    struct out *text = NULL;
    enum status status = collection_default(ctx, study, &collection);
    if (status == STATUS_OK)
        status = out_open_memory(ctx, &text);
    if (status != STATUS_OK)
        return status;
    status = language_put(ctx, study, collection->language, text);
    for (uint32_t i = 0; i < collection->language_count && status == STATUS_OK; i++)
        status = language_put(ctx, study, collection->languages[i], text);
    if (status == STATUS_OK)
        status = out_close(ctx, text);
    if (status == STATUS_OK)
        digest_of(out_bytes(text), out);
    return status;
}
