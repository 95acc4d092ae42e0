/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/starting.h"

#include <string.h>

#include "app/paper_publish.h"
#include "base/csv_field.h"
#include "base/folder.h"
#include "base/out.h"
#include "instrument/instrument_file.h"
#include "instrument/study_file.h"

static enum status exists_refuse(struct ctx *ctx, const char *path)
{
    return ctx_fail(ctx, STATUS_USAGE, NULL, "%s exists already; give another name, or --replace.", path);
}

/* "hotel.json" and "answers.csv" → "hotel-answers.csv", which must not be there unless it may be replaced. */
static enum status name_make(struct ctx *ctx, const char *path, const char *what, bool replace, const char **out)
{
    size_t length = strlen(path);
    bool json = length > 5 && strcmp(path + length - 5, ".json") == 0;
    *out = arena_format(ctx->arena, "%.*s-%s", (int)(json ? length - 5 : length), path, what);
    if (!*out)
        return ctx_no_memory(ctx);
    return !replace && path_exists(*out) ? exists_refuse(ctx, *out) : STATUS_OK;
}

static enum status names_make(struct ctx *ctx, const char *path, bool replace, struct study_started *out)
{
    enum status status = name_make(ctx, path, "answers.csv", replace, &out->answers);
    for (unsigned wave = 0; wave < WAVE_COUNT && !status; wave++) {
        const char *what = arena_format(ctx->arena, "%s.pdf", wave_name((enum wave)wave));
        status = what ? name_make(ctx, path, what, replace, &out->papers[wave]) : ctx_no_memory(ctx);
    }
    return status;
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

static enum status papers_save(struct ctx *ctx, const struct study *study, struct study_started *out)
{
    enum status status = STATUS_OK;
    for (unsigned wave = 0; wave < WAVE_COUNT && !status; wave++) {
        bool written = false;
        status = paper_publish_study(ctx, study, (enum wave)wave, out->papers[wave], &written);
        if (!written)
            out->papers[wave] = NULL;
    }
    return status;
}

enum status study_start(struct ctx *ctx, const char *instrument, const char *path, bool replace, struct study_started *out)
{
    const struct instrument *found = NULL;
    const struct study *study = NULL;
    enum status status = !replace && path_exists(path) ? exists_refuse(ctx, path) : STATUS_OK;
    if (!status)
        status = names_make(ctx, path, replace, out);
    if (!status)
        status = instrument_find(ctx, instrument, &found);
    if (!status)
        status = instrument_study(ctx, found, EXPECTATION_WILL, &study);
    if (!status)
        status = template_save(ctx, study, out->answers);
    if (!status)
        status = papers_save(ctx, study, out);
    return status ? status : study_save(ctx, study, path);
}
