/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/form_shelf.h"

#include <string.h>

#include "app/desk_inside.h"
#include "base/mutex.h"
#include "instrument/form_making.h"
#include "instrument/study_file.h"
#include "store/study_rows.h"

/* One form on the shelf. */
struct shelf_form {
    enum wave wave;
    const struct form *form;
    struct shelf_form *next;
};

struct shelf_sheet {
    struct version_sheet sheet;
    struct shelf_form *forms;
    struct shelf_sheet *next;
};

/* All that is kept; under the mutex. What stands here is never changed and never taken away, so it may be used without it. */
struct form_shelf {
    struct arena *arena;
    struct mutex *mutex;
    struct shelf_sheet *sheets;
};

static void shelf_end(void *resource)
{
    struct form_shelf *shelf = resource;
    arena_destroy(shelf->arena);
}

enum status form_shelf_make(struct ctx *ctx, struct desk *desk)
{
    struct form_shelf *shelf = arena_alloc(desk->arena, sizeof *shelf);
    struct ctx making = {.arena = desk->arena};
    if (!shelf || mutex_create(&making, &shelf->mutex) || arena_create(NULL, &shelf->arena) ||
        arena_defer(desk->arena, shelf_end, shelf))
        return ctx_no_memory(ctx);
    desk->forms = shelf;
    return STATUS_OK;
}

static struct shelf_sheet *sheet_find(const struct form_shelf *shelf, const struct uuid *study, uint32_t version)
{
    struct shelf_sheet *at = shelf->sheets;
    while (at && !(at->sheet.version == version && uuid_equal(&at->sheet.study_id, study)))
        at = at->next;
    return at;
}

/* Reads a definition into the shelf's arena. */
static enum status sheet_read(struct ctx *ctx, const struct instrument_version *version, struct version_sheet *out)
{
    struct study *study = arena_alloc(ctx->arena, sizeof *study);
    const struct study *read = NULL;
    struct digest scales;
    if (!study)
        return ctx_no_memory(ctx);
    enum status status = study_read_text(ctx, version->definition, "the stored study", &read);
    if (status)
        return status;
    *study = *read;
    status = collection_default(ctx, read, &study->collection);
    if (!status)
        status = form_scales_digest(ctx, study, &scales);
    *out = (struct version_sheet){.study_id = version->study,
                                  .version = version->version,
                                  .study = study,
                                  .collection = study->collection,
                                  .consent = version->consent,
                                  .scales_hold = !status && digest_equal(&scales, &version->scales)};
    return status;
}

/* Under the mutex: adds a sheet for a version that was read from the store. */
static enum status sheet_add(struct ctx *ctx, struct form_shelf *shelf, const struct instrument_version *version,
                             const struct version_sheet **out)
{
    struct ctx inner = {.arena = shelf->arena};
    struct shelf_sheet *fresh = arena_alloc(shelf->arena, sizeof *fresh);
    /* The definition outlives the request: what was read may point into it. */
    struct instrument_version kept = *version;
    kept.definition.at = arena_copy(shelf->arena, version->definition);
    if (!fresh || !kept.definition.at)
        return ctx_no_memory(ctx);
    enum status status = sheet_read(&inner, &kept, &fresh->sheet);
    if (status) {
        ctx->error = inner.error;
        return status;
    }
    fresh->next = shelf->sheets;
    shelf->sheets = fresh;
    *out = &fresh->sheet;
    return STATUS_OK;
}

enum status version_sheet_get(struct ctx *ctx, struct desk *desk, struct store_session *session, const struct uuid *study,
                              uint32_t version, const struct version_sheet **out)
{
    struct form_shelf *shelf = desk->forms;
    mutex_lock(shelf->mutex);
    const struct shelf_sheet *known = sheet_find(shelf, study, version);
    mutex_unlock(shelf->mutex);
    if (known) {
        *out = &known->sheet;
        return STATUS_OK;
    }
    struct instrument_version row;
    bool found = false;
    enum status status = study_version(ctx, session, study, version, &row, &found);
    if (!status && !found)
        status = ctx_fail(ctx, STATUS_DATA, NULL, "The store lacks version %u of a study: restore a backup.", (unsigned)version);
    if (status)
        return status;
    mutex_lock(shelf->mutex);
    known = sheet_find(shelf, study, version);
    if (known)
        *out = &known->sheet;
    else
        status = sheet_add(ctx, shelf, &row, out);
    mutex_unlock(shelf->mutex);
    return status;
}

static const struct form *form_find(const struct shelf_sheet *sheet, enum wave wave, const char *language)
{
    const struct shelf_form *at = sheet->forms;
    while (at && !(at->wave == wave && strcmp(at->form->language, language) == 0))
        at = at->next;
    return at ? at->form : NULL;
}

/* Under the mutex. */
static enum status form_add(struct ctx *ctx, struct form_shelf *shelf, struct shelf_sheet *sheet, enum wave wave,
                            const char *language)
{
    struct ctx inner = {.arena = shelf->arena};
    struct shelf_form *fresh = arena_alloc(shelf->arena, sizeof *fresh);
    const char *kept = arena_copy(shelf->arena, span_of(language));
    if (!fresh || !kept)
        return ctx_no_memory(ctx);
    enum status status = form_make(&inner, sheet->sheet.study, wave, kept, &fresh->form);
    if (status) {
        ctx->error = inner.error;
        return status;
    }
    fresh->wave = wave;
    fresh->next = sheet->forms;
    sheet->forms = fresh;
    return STATUS_OK;
}

enum status version_sheet_form(struct ctx *ctx, struct desk *desk, const struct version_sheet *sheet, enum wave wave,
                               const char *language, const struct form **out)
{
    struct form_shelf *shelf = desk->forms;
    const struct collection *collection = sheet->collection;
    const char *spoken = collection_speaks(collection, language) ? language : collection->language;
    enum status status = STATUS_OK;
    mutex_lock(shelf->mutex);
    struct shelf_sheet *kept = sheet_find(shelf, &sheet->study_id, sheet->version);
    *out = form_find(kept, wave, spoken);
    if (!*out) {
        status = form_add(ctx, shelf, kept, wave, spoken);
        *out = status ? NULL : kept->forms->form;
    }
    mutex_unlock(shelf->mutex);
    return status;
}

enum status desk_form(struct ctx *ctx, struct desk *desk, struct store_session *session, const struct form_choice *choice,
                      const struct form **out)
{
    const struct version_sheet *sheet = NULL;
    enum status status = version_sheet_get(ctx, desk, session, &choice->study, choice->version, &sheet);
    return status ? status : version_sheet_form(ctx, desk, sheet, choice->wave, choice->language, out);
}
