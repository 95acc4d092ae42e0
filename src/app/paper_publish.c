/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/paper_publish.h"

#include "app/desk.h"
#include "app/form_shelf.h"
#include "instrument/form_making.h"
#include "instrument/study_file.h"
#include "render/printed_form.h"
#include "store/study_rows.h"

static enum status form_save(struct ctx *ctx, const struct form *form, const char *link, const char *path)
{
    const struct printed_form paper = {.form = form, .link = link};
    struct out *out = NULL;
    enum status status = out_open_file(ctx, path, &out);
    if (!status)
        status = printed_form_write(ctx, &paper, out);
    return status ? status : out_close(ctx, out);
}

/* The language of the form: what was asked for, if the study speaks it. */
static enum status language_choose(struct ctx *ctx, const struct collection *collection, const struct paper_request *request,
                                   const char **out)
{
    struct out *known = NULL;
    *out = request->language ? request->language : collection->language;
    if (collection_speaks(collection, *out))
        return STATUS_OK;
    enum status status = out_open_memory(ctx, &known);
    if (status)
        return status;
    out_text(known, collection->language);
    for (uint32_t i = 0; i < collection->language_count; i++)
        out_format(known, ", %s", collection->languages[i]);
    const struct span languages = out_bytes(known);
    return ctx_fail(ctx, STATUS_INVALID, NULL, "The study does not speak \"%s\"; it speaks: %.*s.", *out, (int)languages.length,
                    languages.at);
}

static enum status wave_check(struct ctx *ctx, const struct form *form, enum wave wave)
{
    if (form->question_count)
        return STATUS_OK;
    return ctx_fail(ctx, STATUS_INVALID, NULL, "The study has no form of the kind \"%s\"; --wave names another.",
                    wave_name(wave));
}

enum status paper_publish_file(struct ctx *ctx, const char *study_path, const struct paper_request *request, const char *path)
{
    const struct study *study = NULL;
    const struct collection *collection = NULL;
    const struct form *form = NULL;
    const char *language = NULL;
    enum status status = study_read_file(ctx, study_path, &study);
    if (!status)
        status = collection_default(ctx, study, &collection);
    if (!status)
        status = language_choose(ctx, collection, request, &language);
    if (!status)
        status = form_make(ctx, study, request->wave, language, &form);
    if (!status)
        status = wave_check(ctx, form, request->wave);
    return status ? status : form_save(ctx, form, request->link, path);
}

/* A form of a store on its way to paper. */
struct live_paper {
    const char *name, *path;
    const struct paper_request *request;
};

static enum status live_save(struct ctx *ctx, struct desk *desk, struct store_session *session, void *state)
{
    const struct live_paper *paper = state;
    const struct version_sheet *sheet = NULL;
    const struct form *form = NULL;
    const char *language = NULL;
    struct live_study study;
    bool found = false;
    enum status status = study_by_name(ctx, session, span_of(paper->name), &study, &found);
    if (!status && !found)
        return ctx_fail(ctx, STATUS_NO_INPUT, NULL, "There is no study \"%s\"; `gapmeter study list` shows those there are.",
                        paper->name);
    if (!status)
        status = version_sheet_get(ctx, desk, session, &study.id, study.version, &sheet);
    if (!status)
        status = language_choose(ctx, sheet->collection, paper->request, &language);
    if (!status)
        status = version_sheet_form(ctx, desk, sheet, paper->request->wave, language, &form);
    if (!status)
        status = wave_check(ctx, form, paper->request->wave);
    return status ? status : form_save(ctx, form, paper->request->link, paper->path);
}

enum status paper_publish_live(struct ctx *ctx, const char *store, const char *name, const struct paper_request *request,
                               const char *path)
{
    struct live_paper paper = {.name = name, .path = path, .request = request};
    struct desk *desk = NULL;
    enum status status = desk_open(ctx, store, DESK_READ, "gapmeter paper", &desk);
    if (status)
        return status;
    status = desk_read(ctx, desk, live_save, &paper);
    desk_close(desk);
    return status;
}

enum status paper_publish_study(struct ctx *ctx, const struct study *study, enum wave wave, const char *path, bool *written)
{
    const struct collection *collection = NULL;
    const struct form *form = NULL;
    enum status status = collection_default(ctx, study, &collection);
    if (!status)
        status = form_make(ctx, study, wave, collection->language, &form);
    *written = !status && form->question_count > 0;
    return *written ? form_save(ctx, form, NULL, path) : status;
}
