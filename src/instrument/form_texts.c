/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/form_texts.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "model/phrase.h"
#include "model/words.h"

const char *form_field_name(struct form_texts *texts, const char *kind, const char *name)
{
    const char *field = arena_format(texts->ctx->arena, "%s.%s", kind, name);
    texts->failed = texts->failed || field == NULL;
    return field;
}

const char *form_text(struct form_texts *texts, const char *kind, const char *name, const char *own)
{
    const char *key = name == NULL ? kind : form_field_name(texts, kind, name);
    return key == NULL ? own : collection_text(texts->collection, texts->language, key, own);
}

/* The same scale with its labels in the form's language.
 * takes   kind, name  of the labels' keys: "label", "agree5" */
static const struct scale *scale_translate(struct form_texts *texts, const char *kind, const char *name,
                                           const struct scale *scale)
{
    struct arena *arena = texts->ctx->arena;
    struct scale *out = arena_alloc(arena, sizeof *out);
    struct scale_label *labels = arena_array(arena, (size_t)scale->label_count + 1, sizeof *labels);
    const char *prefix = form_field_name(texts, kind, name);
    if (out == NULL || labels == NULL || prefix == NULL) {
        texts->failed = true;
        return scale;
    }
    *out = *scale;
    out->labels = labels;
    for (uint32_t i = 0; i < scale->label_count; i++) {
        struct decimal point = scale->min;
        char number[32];
        point.units += (int64_t)(scale->labels[i].code - 1) * scale->step.units;
        decimal_format(point, number, sizeof number);
        labels[i] = (struct scale_label){scale->labels[i].code, form_text(texts, prefix, number, scale->labels[i].text)};
    }
    return out;
}

/* A scale whose labels are words of the program.
 * takes   keys  [count] of the points from the first on */
static const struct scale *scale_in_words(struct form_texts *texts, const struct scale *scale, const char *const *keys,
                                          uint32_t count)
{
    struct scale *out = arena_alloc(texts->ctx->arena, sizeof *out);
    struct scale_label *labels = arena_array(texts->ctx->arena, count, sizeof *labels);
    if (out == NULL || labels == NULL) {
        texts->failed = true;
        return scale;
    }
    *out = *scale;
    out->labels = labels;
    out->label_count = count;
    for (uint32_t i = 0; i < count; i++)
        labels[i] = (struct scale_label){i + 1, words_or_english(texts->language, keys[i])};
    return out;
}

enum status form_texts_begin(struct form_texts *texts)
{
    static const char *const kano_keys[] = {"form.kano.1", "form.kano.2", "form.kano.3", "form.kano.4", "form.kano.5"};
    const struct study *study = texts->study;
    texts->scales = arena_array(texts->ctx->arena, (size_t)study->scale_count + 1, sizeof *texts->scales);
    if (texts->scales == NULL)
        return ctx_no_memory(texts->ctx);
    for (uint32_t i = 0; i < study->scale_count; i++)
        texts->scales[i] = scale_translate(texts, "label", study->scales[i].id, &study->scales[i]);
    texts->kano = scale_in_words(texts, &kano_scale, kano_keys, sizeof kano_keys / sizeof *kano_keys);
    return texts->failed ? ctx_no_memory(texts->ctx) : STATUS_OK;
}

/* The stem of the study that goes with a standard; STEM_COUNT: there is none. */
static enum stem study_stem(const struct study *study, enum standard standard)
{
    switch (standard) {
    case STANDARD_EXPECTATION:
        return stem_of_expectation(study->expectation);
    case STANDARD_PERCEPTION:
        return STEM_PERCEPTION;
    case STANDARD_DESIRED:
        return STEM_DESIRED;
    case STANDARD_MINIMUM:
        return STEM_MINIMUM;
    case STANDARD_IMPORTANCE:
        return STEM_IMPORTANCE;
    case STANDARD_FUNCTIONAL:
    case STANDARD_DYSFUNCTIONAL:
    case STANDARD_COUNT:
    default:
        return STEM_COUNT;
    }
}

static const char *general_stem(const struct form_texts *texts, enum standard standard, enum wave wave)
{
    static const char *const keys[STANDARD_COUNT] = {
        [STANDARD_PERCEPTION] = "form.stem.perception", [STANDARD_DESIRED] = "form.stem.desired",
        [STANDARD_MINIMUM] = "form.stem.minimum",       [STANDARD_IMPORTANCE] = "form.stem.importance",
        [STANDARD_FUNCTIONAL] = "form.stem.functional", [STANDARD_DYSFUNCTIONAL] = "form.stem.dysfunctional",
    };
    static const char *const expectation_keys[EXPECTATION_KIND_COUNT] = {
        [EXPECTATION_WILL] = "form.stem.expectation.will",
        [EXPECTATION_SHOULD] = "form.stem.expectation.should",
        [EXPECTATION_EXCELLENT] = "form.stem.expectation.excellent",
        [EXPECTATION_DESIRED] = "form.stem.expectation.desired",
    };
    assert(standard < STANDARD_COUNT);
    if (standard == STANDARD_EXPECTATION)
        return words_or_english(texts->language, expectation_keys[texts->study->expectation]);
    if (wave == WAVE_DURING)
        return words_or_english(texts->language, "form.stem.during");
    return words_or_english(texts->language, keys[standard]);
}

const char *form_stem(struct form_texts *texts, enum standard standard, enum wave wave)
{
    enum stem stem = study_stem(texts->study, standard);
    const char *own = stem < STEM_COUNT ? texts->study->stems[stem] : NULL;
    const char *text = own != NULL ? form_text(texts, "stem", stem_name(stem), own) : general_stem(texts, standard, wave);
    /* What was expected before is asked afterwards: the respondent has to know which of the two is meant. */
    bool recalled = wave == WAVE_PERCEPTION && texts->study->asked == ASKED_RECALLED && standard == STANDARD_EXPECTATION;
    const struct phrase_word words[] = {{"stem", text}, {NULL, NULL}};
    if (recalled && phrase_make(texts->ctx, texts->language, "form.stem.recalled", words, &text) != STATUS_OK)
        texts->failed = true;
    return text;
}

/* The key of an outcome's general question; NULL: it has no role that says what it is. */
static const char *general_outcome_key(const struct outcome *outcome)
{
    static const char *const keys[OUTCOME_ROLE_COUNT] = {
        [OUTCOME_ROLE_SATISFACTION] = "form.outcome.satisfaction",
        [OUTCOME_ROLE_RECOMMEND] = "form.outcome.recommend",
        [OUTCOME_ROLE_EFFORT] = "form.outcome.easy",
        [OUTCOME_ROLE_LOYALTY] = "form.outcome.loyalty",
        [OUTCOME_ROLE_DISCONFIRMATION] = "form.outcome.disconfirmation",
        [OUTCOME_ROLE_LEFT] = "form.outcome.left",
        [OUTCOME_ROLE_COMPLAINED] = "form.outcome.complained",
        [OUTCOME_ROLE_CAPTIVE] = "form.outcome.captive",
        [OUTCOME_ROLE_BAD_SERVICE] = "form.outcome.bad_service",
    };
    return outcome->easy_low ? "form.outcome.effort" : keys[outcome->role];
}

const char *form_outcome_text(struct form_texts *texts, uint32_t outcome)
{
    const struct outcome *asked = &texts->study->columns.outcomes[outcome];
    const char *own = texts->collection->outcome_texts ? texts->collection->outcome_texts[outcome] : NULL;
    const char *general = general_outcome_key(asked);
    if (own != NULL && *own == '\0')
        return NULL;
    if (own == NULL && general != NULL)
        own = words_or_english(texts->language, general);
    return own == NULL ? NULL : form_text(texts, "outcome", asked->name, own);
}

const char *form_comment_text(struct form_texts *texts, uint32_t comment)
{
    const struct columns *columns = &texts->study->columns;
    const char *own = texts->collection->comment_texts ? texts->collection->comment_texts[comment] : NULL;
    if (own != NULL && *own == '\0')
        return NULL;
    if (own == NULL && columns->comment_count == 1)
        own = words_or_english(texts->language, "form.comment");
    return own == NULL ? NULL : form_text(texts, "comment", columns->comments[comment], own);
}

const struct scale *form_outcome_scale(struct form_texts *texts, uint32_t outcome)
{
    static const char *const truth_keys[] = {"form.no", "form.yes"};
    const struct outcome *asked = &texts->study->columns.outcomes[outcome];
    if (asked->role >= OUTCOME_ROLE_LEFT && asked->scale.label_count == 0)
        return scale_in_words(texts, &asked->scale, truth_keys, 2);
    return scale_translate(texts, "outcome", asked->name, &asked->scale);
}

/* What cannot be asked, gathered for one sentence. */
struct unasked {
    char names[420];
    size_t length;
    uint32_t count;
};

static void unasked_add(struct unasked *unasked, const char *name)
{
    unasked->count++;
    char shown[80];
    text_printable(span_of(name), shown, sizeof shown);
    if (unasked->length + sizeof shown < sizeof unasked->names)
        unasked->length += (size_t)snprintf(unasked->names + unasked->length, sizeof unasked->names - unasked->length, "%s%s",
                                            unasked->count == 1 ? "" : ", ", shown);
    else if (unasked->length + 4 < sizeof unasked->names && unasked->names[unasked->length - 1] != '.')
        unasked->length += (size_t)snprintf(unasked->names + unasked->length, sizeof unasked->names - unasked->length, " ...");
}

static bool item_is_asked(const struct study *study, uint32_t item)
{
    for (enum standard standard = 0; standard < STANDARD_COUNT; standard++)
        if (study_asks(study, standard, item))
            return true;
    return false;
}

/* An item without words is called by its id; an id of several words is a question. */
static bool has_words(const struct item *item)
{
    return item->text != NULL && (strcmp(item->text, item->id) != 0 || strchr(item->text, ' ') != NULL);
}

static void items_check(const struct study *study, struct unasked *unasked)
{
    for (uint32_t i = 0; i < study->item_count; i++)
        if (!has_words(&study->items[i]) && item_is_asked(study, i))
            unasked_add(unasked, study->items[i].id);
}

static void outcomes_check(const struct study *study, const struct collection *collection, struct unasked *unasked)
{
    const struct columns *columns = &study->columns;
    for (uint32_t i = 0; i < columns->outcome_count; i++)
        if ((!collection->outcome_texts || !collection->outcome_texts[i]) && !general_outcome_key(&columns->outcomes[i]))
            unasked_add(unasked, columns->outcomes[i].name);
}

static void comments_check(const struct study *study, const struct collection *collection, struct unasked *unasked)
{
    const struct columns *columns = &study->columns;
    for (uint32_t i = 0; columns->comment_count > 1 && i < columns->comment_count; i++)
        if (!collection->comment_texts || !collection->comment_texts[i])
            unasked_add(unasked, columns->comments[i]);
}

enum status form_askable(struct ctx *ctx, const struct study *study, const struct collection *collection)
{
    struct unasked items = {.count = 0}, outcomes = {.count = 0}, comments = {.count = 0};
    struct place place = {.row = 0};
    (void)snprintf(place.file, sizeof place.file, "%s", study->source);
    if (study->columns.layout == LAYOUT_JOURNEY)
        return ctx_fail(ctx, STATUS_CONFIG, &place,
                        "A study with a row per moment is read from logs and cannot be asked by forms.");
    items_check(study, &items);
    outcomes_check(study, collection, &outcomes);
    comments_check(study, collection, &comments);
    (void)snprintf(place.path, sizeof place.path, "%s",
                   items.count      ? "$.items"
                   : outcomes.count ? "$.collection.outcomes"
                                    : "$.collection.comments");
    if (items.count > 0)
        return ctx_fail(ctx, STATUS_CONFIG, &place, "Forms can only ask items that have a \"text\"; these have none: %s.",
                        items.names);
    if (outcomes.count > 0)
        return ctx_fail(ctx, STATUS_CONFIG, &place,
                        "These outcomes have no question: %s. Give each one, or null when forms are not to ask it.",
                        outcomes.names);
    if (comments.count > 0)
        return ctx_fail(ctx, STATUS_CONFIG, &place,
                        "These columns of comments have no question: %s. Give each one, or null when forms are not to ask it.",
                        comments.names);
    return STATUS_OK;
}
