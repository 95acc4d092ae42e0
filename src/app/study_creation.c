/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/study_creation.h"

#include <string.h>

#include "base/limits.h"
#include "instrument/form_making.h"
#include "instrument/study_file.h"
#include "model/words.h"
#include "store/event_rows.h"
#include "store/study_rows.h"

/* A study file, read and found askable. */
struct reading {
    struct study study;
    const struct collection *collection;
    const char *consent;
    struct span definition;
    struct digest scales;
};

static bool name_byte(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '-';
}

static enum status name_check(struct ctx *ctx, const char *name)
{
    size_t length = strlen(name);
    bool good = length >= 1 && length <= STUDY_NAME_BYTES_MAX && name[0] != '-' && name[length - 1u] != '-';
    for (size_t i = 0; i < length && good; i++)
        good = name_byte(name[i]);
    char shown[96];
    text_printable(span_of(name), shown, sizeof shown);
    if (!good)
        return ctx_fail(ctx, STATUS_INVALID, NULL,
                        "\"%s\" cannot be the name of a study: use 1 to %u of a–z, 0–9 and -, such as hotel-spring.", shown,
                        STUDY_NAME_BYTES_MAX);
    return STATUS_OK;
}

/* "Harbour Hotels, spring" → "harbour-hotels-spring"; letters that are not ASCII are left out. */
static const char *name_of_title(struct ctx *ctx, const char *title)
{
    char name[STUDY_NAME_BYTES_MAX + 1u];
    size_t length = 0;
    for (const char *at = title; *at && length < STUDY_NAME_BYTES_MAX; at++) {
        char byte = *at >= 'A' && *at <= 'Z' ? (char)(*at - 'A' + 'a') : *at;
        if (name_byte(byte) && byte != '-')
            name[length++] = byte;
        else if (length > 0 && name[length - 1u] != '-' && !((unsigned char)byte & 0x80u))
            name[length++] = '-';
    }
    while (length > 0 && name[length - 1u] == '-')
        length--;
    return length > 0 ? arena_copy(ctx->arena, (struct span){name, length}) : "study";
}

/* Every form in every language can be made; something is asked before or after. */
static enum status forms_check(struct ctx *ctx, const struct reading *reading)
{
    const struct collection *collection = reading->collection;
    uint32_t questions = 0;
    for (uint32_t i = 0; i <= collection->language_count; i++)
        for (unsigned wave = 0; wave < WAVE_COUNT; wave++) {
            const struct form *form = NULL;
            const char *language = i == 0 ? collection->language : collection->languages[i - 1u];
            enum status status = form_make(ctx, &reading->study, (enum wave)wave, language, &form);
            if (status)
                return status;
            questions += form->question_count;
        }
    if (questions == 0)
        return ctx_fail(ctx, STATUS_CONFIG, NULL, "The study asks nothing: give it items or outcomes, and columns for them.");
    return STATUS_OK;
}

static enum status study_file_read(struct ctx *ctx, struct span text, struct reading *out)
{
    const struct study *study = NULL;
    struct out *definition = NULL;
    enum status status = study_read_text(ctx, text, "the study file", &study);
    if (status)
        return status;
    if (study->columns.layout == LAYOUT_JOURNEY)
        return ctx_fail(ctx, STATUS_CONFIG, NULL,
                        "A journey study is read from a log of moments; a live study asks items of people.");
    *out = (struct reading){.study = *study};
    status = collection_default(ctx, study, &out->collection);
    if (status || !out->collection)
        return status;
    out->study.collection = out->collection;
    out->consent =
        out->collection->consent ? out->collection->consent : words_or_english(out->collection->language, "form.consent");
    status = forms_check(ctx, out);
    if (!status)
        status = form_scales_digest(ctx, &out->study, &out->scales);
    if (!status)
        status = out_open_memory(ctx, &definition);
    if (!status)
        status = study_write(ctx, &out->study, definition);
    if (!status)
        status = out_close(ctx, definition);
    if (!status)
        out->definition = out_bytes(definition);
    return status;
}

static enum status creation_note(struct ctx *ctx, struct store_session *session, const struct live_study *study, const char *kind)
{
    const struct event event = {
        .study = study->id, .at_ms = desk_now_ms(), .kind = kind, .actor = "operator", .count = study->version};
    return event_add(ctx, session, &event);
}

static struct instrument_version version_of(const struct live_study *study, const struct reading *reading)
{
    struct instrument_version version = {.study = study->id,
                                         .version = study->version,
                                         .definition = reading->definition,
                                         .scales = reading->scales,
                                         .created_ms = desk_now_ms()};
    digest_of(span_of(reading->consent), &version.consent);
    return version;
}

enum status study_create(struct ctx *ctx, struct store_session *session, struct span text, const char *name,
                         struct live_study *out)
{
    struct reading reading;
    enum status status = study_file_read(ctx, text, &reading);
    if (status)
        return status;
    *out = (struct live_study){.name = *name ? name : name_of_title(ctx, reading.study.title),
                               .title = reading.study.title,
                               .state = LIVE_OPEN,
                               .identity = reading.collection->identity,
                               .version = 1,
                               .created_ms = desk_now_ms()};
    if (!out->name)
        return ctx_no_memory(ctx);
    uuid_ordered(&out->id);
    secret_bytes(out->salt, sizeof out->salt);
    const struct instrument_version version = version_of(out, &reading);
    status = name_check(ctx, out->name);
    if (!status)
        status = study_add(ctx, session, out, &version, reading.consent);
    return status ? status : creation_note(ctx, session, out, "study_created");
}

/* Nobody has answered yet, or both ask the same on the same scales. */
static enum status revision_check(struct ctx *ctx, struct store_session *session, const struct live_study *study,
                                  const struct reading *reading)
{
    struct instrument_version newest;
    struct live_counts counts;
    bool found = false;
    enum status status = study_version(ctx, session, &study->id, study->version, &newest, &found);
    if (!status)
        status = study_counts(ctx, session, &study->id, &counts);
    if (status)
        return status;
    if (reading->collection->identity != study->identity)
        return ctx_fail(ctx, STATUS_INVALID, NULL, "The study is %s, and stays so for ever; make a new study that is %s.",
                        identity_name(study->identity), identity_name(reading->collection->identity));
    bool answered = counts.answered[WAVE_EXPECTATION] + counts.answered[WAVE_DURING] + counts.answered[WAVE_PERCEPTION] > 0;
    if (answered && (!found || !digest_equal(&newest.scales, &reading->scales)))
        return ctx_fail(
            ctx, STATUS_INVALID, NULL,
            "Items, scales, labels or directions would change after the first answer, and expectations would no longer "
            "be compared with perceptions on the same scale: make a new study.");
    return STATUS_OK;
}

enum status study_revise(struct ctx *ctx, struct store_session *session, struct live_study *study, struct span text)
{
    struct reading reading;
    enum status status = study_file_read(ctx, text, &reading);
    if (!status)
        status = revision_check(ctx, session, study, &reading);
    if (status)
        return status;
    study->version++;
    study->title = reading.study.title;
    const struct instrument_version version = version_of(study, &reading);
    status = study_add_version(ctx, session, &version, study->title, reading.consent);
    return status ? status : creation_note(ctx, session, study, "study_revised");
}
