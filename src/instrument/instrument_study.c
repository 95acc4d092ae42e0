/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/instrument_file.h"

/* e1, e2, … for expectations, and so on: short enough for a sheet that is typed in. */
static enum status headers_make(struct ctx *ctx, const char *letter, uint32_t count, const char *const **out)
{
    const char **headers = arena_array(ctx->arena, (size_t)count + 1, sizeof *headers);
    if (headers == NULL)
        return ctx_no_memory(ctx);
    for (uint32_t i = 0; i < count; i++) {
        headers[i] = arena_format(ctx->arena, "%s%u", letter, i + 1);
        if (headers[i] == NULL)
            return ctx_no_memory(ctx);
    }
    *out = headers;
    return STATUS_OK;
}

static enum status missing_make(struct ctx *ctx, const struct instrument *instrument, struct study *study)
{
    struct missing_code *missing = arena_array(ctx->arena, 3, sizeof *missing);
    if (missing == NULL)
        return ctx_no_memory(ctx);
    missing[0] = (struct missing_code){.text = "", .kind = MISSING_SKIPPED};
    missing[1] = (struct missing_code){.text = instrument->not_applicable_code, .kind = MISSING_DECLARED};
    missing[2] = (struct missing_code){.text = instrument->not_applicable_text, .kind = MISSING_DECLARED};
    for (uint32_t i = 1; i < 3; i++)
        missing[i].is_number = decimal_parse(span_of(missing[i].text), '.', &missing[i].number);
    study->missing = missing;
    study->missing_count = 3;
    return STATUS_OK;
}

enum status instrument_study(struct ctx *ctx, const struct instrument *instrument, enum expectation_kind expectation,
                             const struct study **out)
{
    static const char *const letters[STANDARD_COUNT] = {"e", "p", "d", "m", "i", "with", "without"};
    struct study *study = arena_alloc(ctx->arena, sizeof *study);
    if (study == NULL)
        return ctx_no_memory(ctx);
    *study = (struct study){.title = instrument->title,
                            .source = instrument->name,
                            .expectation = expectation,
                            .asked = ASKED_SAME_SITTING,
                            .attribution = instrument->attribution,
                            .scales = instrument->scales,
                            .scale_count = instrument->scale_count,
                            .dimensions = instrument->dimensions,
                            .dimension_count = instrument->dimension_count,
                            .items = instrument->items,
                            .item_count = instrument->item_count};
    study->columns.respondent = "respondent";
    for (enum stem stem = 0; stem < STEM_COUNT; stem++)
        study->stems[stem] = instrument->stems[stem];
    /* Levels of a zone are rated side by side; an expectation is worth most when it is asked before. */
    if ((instrument->standards & 1u << STANDARD_EXPECTATION) != 0)
        study->asked = ASKED_BEFORE;
    enum status status = missing_make(ctx, instrument, study);
    for (enum standard standard = 0; standard < STANDARD_COUNT && status == STATUS_OK; standard++) {
        if ((instrument->standards & 1u << standard) != 0)
            status = headers_make(ctx, letters[standard], study->item_count, &study->columns.of_item[standard]);
    }
    if ((instrument->standards & 1u << STANDARD_IMPORTANCE) != 0) {
        study->columns.importance = IMPORTANCE_RATING;
        study->columns.importance_scale = instrument->importance_scale;
    }
    *out = study;
    return status;
}
