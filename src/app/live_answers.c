/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/live_answers.h"

#include <string.h>

#include "base/out.h"
#include "instrument/form_making.h"
#include "instrument/study_file.h"
#include "store/answers_gathering.h"
#include "store/study_rows.h"

bool source_is_live(const struct format_source *source)
{
    return source->path && !source->perception_path && strcmp(source->path, "-") != 0 && store_is_store(source->path);
}

/* The study as one version of its instrument says.
 * fails   STATUS_DATA  the store has no such version */
static enum status version_read(struct ctx *ctx, struct store_session *session, const struct live_study *live, uint32_t number,
                                const struct study **out)
{
    struct instrument_version version;
    bool found = false;
    enum status status = study_version(ctx, session, &live->id, number, &version, &found);
    if (!status && !found)
        return ctx_fail(ctx, STATUS_DATA, NULL, "Version %u of the study \"%s\" is not in the store; restore a backup.",
                        (unsigned)number, live->name);
    return status ? status : study_read_text(ctx, version.definition, live->name, out);
}

/* The forms of a version: what its answers were packed by. */
static enum status forms_make(struct ctx *ctx, const struct study *study, struct version_forms *out)
{
    const struct collection *collection = NULL;
    enum status status = collection_default(ctx, study, &collection);
    for (unsigned wave = 0; wave < WAVE_COUNT && !status; wave++)
        status = form_make(ctx, study, (enum wave)wave, collection->language, &out->forms[wave]);
    return status;
}

enum status live_answers_of_session(struct ctx *ctx, struct store_session *session, const struct live_study *live,
                                    const enum phase *only, struct live_answers *out)
{
    struct version_forms *versions = arena_array(ctx->arena, live->version + 1u, sizeof *versions);
    if (!versions)
        return ctx_no_memory(ctx);
    enum status status = STATUS_OK;
    for (uint32_t v = 0; v < live->version && !status; v++) {
        versions[v].version = v + 1;
        status = version_read(ctx, session, live, v + 1, &out->study);
        if (!status)
            status = forms_make(ctx, out->study, &versions[v]);
    }
    uint64_t invited = 0;
    if (!status)
        status = study_invited(ctx, session, &live->id, &invited);
    const struct answers_wish wish = {.id = live->id,
                                      .invited = invited,
                                      .study = out->study,
                                      .versions = versions,
                                      .version_count = live->version,
                                      .only = only};
    return status ? status : answers_gather(ctx, session, &wish, &out->answers);
}

/* Which study a command line means. */
struct live_choice {
    const char *path, *name;
    struct live_answers *out;
};

static enum status choice_refuse(struct ctx *ctx, const struct live_choice *choice, const struct live_study *studies,
                                 size_t count)
{
    struct out *known = NULL;
    if (!count || !studies)
        return ctx_fail(ctx, STATUS_USAGE, NULL, "There is no study in %s yet; `gapmeter study create` makes one.", choice->path);
    enum status status = out_open_memory(ctx, &known);
    if (status)
        return status;
    for (size_t i = 0; i < count; i++)
        out_format(known, "%s%s", i ? ", " : "", studies[i].name);
    struct span list = out_bytes(known);
    if (choice->name)
        return ctx_fail(ctx, STATUS_USAGE, NULL, "There is no study called \"%s\" in %s; there are: %.*s.", choice->name,
                        choice->path, (int)list.length, list.at);
    return ctx_fail(ctx, STATUS_USAGE, NULL, "%s holds %zu studies; say which with --study NAME: %.*s.", choice->path, count,
                    (int)list.length, list.at);
}

static enum status choice_gather(struct ctx *ctx, struct desk *desk, struct store_session *session, void *state)
{
    (void)desk;
    const struct live_choice *choice = state;
    struct live_study *studies = NULL;
    const struct live_study *chosen = NULL;
    size_t count = 0;
    enum status status = study_list(ctx, session, &studies, &count);
    if (status)
        return status;
    for (size_t i = 0; i < count; i++) {
        if (choice->name ? strcmp(studies[i].name, choice->name) == 0 : count == 1)
            chosen = &studies[i];
    }
    return chosen ? live_answers_of_session(ctx, session, chosen, NULL, choice->out) : choice_refuse(ctx, choice, studies, count);
}

enum status live_answers_read(struct ctx *ctx, const char *path, const char *name, struct live_answers *out)
{
    struct desk *desk = NULL;
    struct live_choice choice = {.path = path, .name = name, .out = out};
    enum status status = desk_open(ctx, path, DESK_READ, "gapmeter analyze", &desk);
    if (status)
        return status;
    status = desk_read(ctx, desk, choice_gather, &choice);
    desk_close(desk);
    return status;
}
