/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/packed_study.h"

#include "formats/packed_bytes.h"

static void put_number(struct out *out, uint64_t number)
{
    packed_put(out, number, 8);
}

/* takes   texts  NULL: none */
static void put_texts(struct out *out, const char *const *texts, uint32_t count)
{
    put_number(out, texts == NULL ? 0 : count);
    for (uint32_t i = 0; texts != NULL && i < count; i++)
        packed_put_text(out, texts[i]);
}

static void put_decimal(struct out *out, struct decimal number)
{
    put_number(out, (uint64_t)number.units);
    put_number(out, number.places);
}

static void put_scale(struct out *out, const struct scale *scale)
{
    put_decimal(out, scale->min);
    put_decimal(out, scale->step);
    put_number(out, scale->steps);
    put_number(out, scale->label_count);
    for (uint32_t i = 0; i < scale->label_count; i++) {
        put_number(out, scale->labels[i].code);
        packed_put_text(out, scale->labels[i].text);
    }
}

static void put_missing(struct out *out, const struct missing_code *codes, uint32_t count)
{
    put_number(out, count);
    for (uint32_t i = 0; i < count; i++) {
        packed_put_text(out, codes[i].text);
        put_number(out, (uint64_t)codes[i].kind);
        put_number(out, codes[i].is_number);
        put_decimal(out, codes[i].is_number ? codes[i].number : (struct decimal){0, 0});
    }
}

static void put_outcomes(struct out *out, const struct columns *columns)
{
    put_number(out, columns->outcome_count);
    for (uint32_t i = 0; i < columns->outcome_count; i++) {
        const struct outcome *outcome = &columns->outcomes[i];
        packed_put_text(out, outcome->column);
        put_number(out, (uint64_t)outcome->kind);
        put_number(out, outcome->decimals);
        if (outcome->kind == OUTCOME_SCALE)
            put_scale(out, &outcome->scale);
        put_missing(out, outcome->missing, outcome->missing_count);
    }
}

static void put_layout(struct out *out, const struct study *study)
{
    const struct columns *columns = &study->columns;
    put_number(out, (uint64_t)columns->layout);
    packed_put_text(out, columns->in_rows.item);
    packed_put_text(out, columns->in_rows.standard);
    packed_put_text(out, columns->in_rows.value);
    put_texts(out, columns->in_rows.standard_text, STANDARD_COUNT);
    put_texts(out, columns->in_rows.standard_column, STANDARD_COUNT);
    packed_put_text(out, columns->journey.order);
    packed_put_text(out, columns->journey.rating);
    put_scale(out, &columns->journey.rating_scale);
    for (uint32_t standard = 0; standard < STANDARD_COUNT; standard++)
        put_texts(out, columns->of_item[standard], study->item_count);
    put_texts(out, columns->points_of_dimension, study->dimension_count);
}

static void put_columns(struct out *out, const struct columns *columns)
{
    const char *const single[] = {columns->respondent, columns->encounter, columns->channel,      columns->touchpoint,
                                  columns->employee,   columns->wave,      columns->weight,       columns->cluster,
                                  columns->strata,     columns->time,      columns->sources.list, columns->arm};
    put_texts(out, single, sizeof single / sizeof *single);
    put_number(out, (uint64_t)columns->importance);
    put_number(out, columns->importance_scale);
    put_number(out, columns->segment_count);
    for (uint32_t i = 0; i < columns->segment_count; i++)
        packed_put_text(out, columns->segments[i].column);
    put_number(out, (uint64_t)columns->time_period);
    put_number(out, (uint64_t)columns->time_format);
    put_texts(out, columns->comments, columns->comment_count);
    put_number(out, columns->sources.implied);
    put_texts(out, columns->sources.codes, SOURCE_COUNT);
    put_texts(out, columns->sources.columns, SOURCE_COUNT);
    put_number(out, columns->arm_implied);
}

enum status packed_study_digest(struct ctx *ctx, const struct study *study, struct digest *out)
{
    struct out *text = NULL;
    enum status status = out_open_memory(ctx, &text);
    if (status != STATUS_OK)
        return status;
    put_number(text, (uint64_t)(unsigned char)study->decimal_mark);
    put_missing(text, study->missing, study->missing_count);
    put_number(text, study->scale_count);
    for (uint32_t i = 0; i < study->scale_count; i++)
        put_scale(text, &study->scales[i]);
    put_number(text, study->item_count);
    for (uint32_t i = 0; i < study->item_count; i++) {
        packed_put_text(text, study->items[i].id);
        put_number(text, study->items[i].scale);
    }
    put_layout(text, study);
    put_columns(text, &study->columns);
    put_outcomes(text, &study->columns);
    digest_of(out_bytes(text), out);
    return out_close(ctx, text);
}
