/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/guess_scale.h"

#include <string.h>

#define DIFFERENT_MOST 256u
#define PLACES_MOST    2u /* means of answers, as tables print them */

/* The different texts of all answer columns. */
struct seen {
    struct span texts[DIFFERENT_MOST];
    uint64_t rows[DIFFERENT_MOST];
    uint32_t count;
    uint64_t all;
};

static void seen_add(struct seen *seen, struct span text, uint64_t rows)
{
    seen->all += rows;
    for (uint32_t i = 0; i < seen->count; i++) {
        if (span_equal(seen->texts[i], text)) {
            seen->rows[i] += rows;
            return;
        }
    }
    if (seen->count == DIFFERENT_MOST)
        return;
    seen->texts[seen->count] = text;
    seen->rows[seen->count++] = rows;
}

static void columns_gather(const struct column_profile *profiles, const struct guessed_items *items, struct seen *seen)
{
    for (uint32_t i = 0; i < items->count; i++) {
        bool again = items->by == GUESSED_LONG && i > 0;
        for (unsigned s = 0; s < STANDARD_IMPORTANCE && !again; s++) {
            uint32_t column = items->items[i].columns[s];
            if (column == NO_COLUMN)
                continue;
            const struct column_profile *profile = &profiles[column];
            for (uint32_t v = 0; v < profile->value_count && v < VALUES_KEPT; v++)
                seen_add(seen, profile->values[v], profile->value_rows[v]);
        }
    }
}

static bool is_missing_text(struct span text)
{
    static const char *const texts[] = {
        "NA",  "N/A",  "n.a.",       "#N/A",           "-",  ".",          "?",         "null", "none",
        "nan", "k.A.", "don't know", "does not apply", "DK", "weiß nicht", "tidak tahu"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (span_equal_caseless(text, span_of(texts[i])))
            return true;
    }
    return false;
}

/* Numbers that people use for "no answer" when the scale does not hold them. */
static bool is_missing_number(int64_t number)
{
    static const int64_t numbers[] = {0, 9, 88, 97, 98, 99, 999, 998, -1, -9, -88, -98, -99, -999, -77, 77};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        if (numbers[i] == number)
            return true;
    }
    return false;
}

struct usual_scale {
    int64_t least, most;
};

static int64_t power_of_ten(unsigned places)
{
    int64_t power = 1;
    while (places-- > 0)
        power *= 10;
    return power;
}

/* Do all numbers lie on the scale, but for rare ones that look like missing codes? */
static bool usual_fits(const struct seen *seen, struct usual_scale usual, bool *ends_seen)
{
    uint64_t outside = 0;
    bool low = false, high = false;
    for (uint32_t i = 0; i < seen->count; i++) {
        struct decimal number;
        if (!decimal_parse(seen->texts[i], '.', &number))
            continue;
        int64_t one = power_of_ten(number.places);
        low = low || number.units == usual.least * one;
        high = high || number.units == usual.most * one;
        if (number.units >= usual.least * one && number.units <= usual.most * one)
            continue;
        if (number.places || !is_missing_number(number.units))
            return false;
        outside += seen->rows[i];
    }
    *ends_seen = low && high;
    return outside * 5 < seen->all;
}

static bool usual_find(const struct seen *seen, struct usual_scale *out, bool *ends_seen)
{
    static const struct usual_scale usual[] = {{1, 5}, {1, 7}, {1, 9}, {1, 10}, {0, 10}, {0, 100}};
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++) {
        *out = usual[i];
        if (usual_fits(seen, usual[i], ends_seen))
            return true;
    }
    return false;
}

static enum status missing_add(struct ctx *ctx, struct guessed_scale *out, struct span text, enum missing kind)
{
    struct missing_code *code = &out->missing[out->missing_count++];
    code->text = arena_copy(ctx->arena, text);
    code->kind = kind;
    code->is_number = decimal_parse(text, '.', &code->number);
    return code->text ? STATUS_OK : ctx_no_memory(ctx);
}

/* Everything seen that is no point of the scale and looks like a missing code. */
static enum status missing_find(struct ctx *ctx, const struct seen *seen, struct guessed_scale *out)
{
    out->missing = arena_array(ctx->arena, seen->count + 2u, sizeof *out->missing);
    if (!out->missing)
        return ctx_no_memory(ctx);
    enum status status = missing_add(ctx, out, span_of(""), MISSING_SKIPPED);
    for (uint32_t i = 0; i < seen->count && !status; i++) {
        struct decimal number;
        bool is_number = decimal_parse(seen->texts[i], '.', &number);
        if (out->found && scale_code_of_text(&out->scale, seen->texts[i], '.'))
            continue;
        if (is_number ? out->found && is_missing_number(number.units) : is_missing_text(seen->texts[i]))
            status = missing_add(ctx, out, seen->texts[i], MISSING_DECLARED);
    }
    return status;
}

static enum status labels_take(struct ctx *ctx, const struct seen *seen, struct guessed_scale *out)
{
    struct span texts[DIFFERENT_MOST];
    size_t count = 0;
    for (uint32_t i = 0; i < seen->count; i++) {
        if (!is_missing_text(seen->texts[i]))
            texts[count++] = seen->texts[i];
    }
    uint32_t steps = 0;
    const char *const *set = label_set_find(texts, count, &steps);
    if (!set)
        return STATUS_OK;
    struct scale_label *labels = arena_array(ctx->arena, steps, sizeof *labels);
    if (!labels)
        return ctx_no_memory(ctx);
    for (uint32_t i = 0; i < steps; i++)
        labels[i] = (struct scale_label){.code = i + 1, .text = set[i]};
    out->found = out->labels = out->ends_seen = true;
    out->scale = (struct scale){.id = "scale",
                                .min = {1, 0},
                                .max = {(int64_t)steps, 0},
                                .step = {1, 0},
                                .steps = steps,
                                .labels = labels,
                                .label_count = steps};
    return STATUS_OK;
}

enum status scale_guess(struct ctx *ctx, const struct column_profile *profiles, const struct guessed_items *items,
                        struct guessed_scale *out)
{
    struct seen *seen = arena_alloc(ctx->arena, sizeof *seen);
    struct usual_scale usual;
    *out = (struct guessed_scale){.found = false};
    if (!seen)
        return ctx_no_memory(ctx);
    columns_gather(profiles, items, seen);
    if (items_with(items, STANDARD_FUNCTIONAL) && !seen->count) {
        /* Nothing else was asked: an item has a scale all the same. */
        out->found = true;
        out->scale = (struct scale){.id = "scale", .min = {1, 0}, .max = {5, 0}, .step = {1, 0}, .steps = 5};
        return missing_find(ctx, seen, out);
    }
    enum status status = labels_take(ctx, seen, out);
    uint32_t numbers = 0, places = 0;
    for (uint32_t i = 0; i < seen->count; i++) {
        struct decimal number = {0, 0};
        numbers += decimal_parse(seen->texts[i], '.', &number);
        places = number.places > places ? number.places : places;
    }
    if (!status && !out->found && numbers && places <= PLACES_MOST && usual_find(seen, &usual, &out->ends_seen)) {
        int64_t one = power_of_ten(places);
        out->found = true;
        out->scale = (struct scale){.id = "scale",
                                    .min = {usual.least * one, places},
                                    .max = {usual.most * one, places},
                                    .step = {1, places},
                                    .steps = (uint32_t)((usual.most - usual.least) * one + 1)};
    }
    return status ? status : missing_find(ctx, seen, out);
}
