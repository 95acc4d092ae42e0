/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/starting.h"

#include <string.h>

#include "base/csv_field.h"
#include "base/folder.h"
#include "base/out.h"
#include "instrument/instrument_file.h"
#include "instrument/study_file.h"

static enum status exists_refuse(struct ctx *ctx, const char *path)
{
    return ctx_fail(ctx, STATUS_USAGE, NULL, "%s exists already; give another name, or --replace.", path);
}

/* "hotel.json" → "hotel-answers.csv" */
static enum status answers_name(struct ctx *ctx, const char *path, const char **out)
{
    size_t length = strlen(path);
    bool json = length > 5 && strcmp(path + length - 5, ".json") == 0;
    *out = arena_format(ctx->arena, "%.*s-answers.csv", (int)(json ? length - 5 : length), path);
    return *out ? STATUS_OK : ctx_no_memory(ctx);
}

static void header_add(struct out *out, const char *name, bool *first)
{
    if (!name)
        return;
    if (!*first)
        out_char(out, ',');
    csv_field_write(out, span_of(name), ',');
    *first = false;
}

static void headers_write(struct out *out, const struct study *study)
{
    const struct columns *columns = &study->columns;
    bool first = true;
    header_add(out, columns->respondent, &first);
    header_add(out, columns->encounter, &first);
    for (unsigned s = 0; s < STANDARD_COUNT; s++) {
        for (uint32_t i = 0; columns->of_item[s] && i < study->item_count; i++)
            header_add(out, columns->of_item[s][i], &first);
    }
    for (uint32_t d = 0; columns->points_of_dimension && d < study->dimension_count; d++)
        header_add(out, columns->points_of_dimension[d], &first);
    for (uint32_t i = 0; i < columns->outcome_count; i++)
        header_add(out, columns->outcomes[i].column, &first);
    for (uint32_t i = 0; i < columns->segment_count; i++)
        header_add(out, columns->segments[i].column, &first);
    out_text(out, "\n");
}

static enum status template_save(struct ctx *ctx, const struct study *study, const char *path)
{
    struct out *out = NULL;
    enum status status = out_open_file(ctx, path, &out);
    if (status)
        return status;
    headers_write(out, study);
    return out_close(ctx, out);
}

static enum status study_save(struct ctx *ctx, const struct study *study, const char *path)
{
    struct out *out = NULL;
    enum status status = out_open_file(ctx, path, &out);
    if (!status)
        status = study_write(ctx, study, out);
    return status ? status : out_close(ctx, out);
}

enum status study_start(struct ctx *ctx, const char *instrument, const char *path, bool replace, const char **answers)
{
    const struct instrument *found = NULL;
    const struct study *study = NULL;
    enum status status = answers_name(ctx, path, answers);
    if (!status && !replace && path_exists(path))
        status = exists_refuse(ctx, path);
    if (!status && !replace && path_exists(*answers))
        status = exists_refuse(ctx, *answers);
    if (!status)
        status = instrument_find(ctx, instrument, &found);
    if (!status)
        status = instrument_study(ctx, found, EXPECTATION_WILL, &study);
    if (!status)
        status = template_save(ctx, study, *answers);
    return status ? status : study_save(ctx, study, path);
}
