/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/form_making.h"

#include <string.h>

#include "instrument/form_texts.h"
#include "model/words.h"

/* A form that grows. */
struct form_making {
    struct form_texts texts;
    enum wave wave;
    struct question *questions;
    uint32_t count;
};

enum status collection_default(struct ctx *ctx, const struct study *study, const struct collection **out)
{
    *out = study->collection;
    if (study->collection != NULL)
        return STATUS_OK;
    struct collection *collection = arena_alloc(ctx->arena, sizeof *collection);
    if (collection == NULL)
        return ctx_no_memory(ctx);
    collection_defaults(collection);
    *out = collection;
    return STATUS_OK;
}

static struct question *question_add(struct form_making *making, enum question_kind kind, const char *field, const char *text)
{
    struct question *question = &making->questions[making->count++];
    *question = (struct question){.kind = kind, .field = field, .text = text, .asked = true};
    return question;
}

static void code_add(struct form_making *making)
{
    const struct collection *collection = making->texts.collection;
    for (uint32_t i = 0; i < collection->fragment_count; i++) {
        const struct code_fragment *fragment = &collection->fragments[i];
        question_add(making, QUESTION_CODE, form_field_name(&making->texts, "code", fragment->id),
                     form_text(&making->texts, "code", fragment->id, fragment->text))
            ->of = i;
    }
}

static void sources_add(struct form_making *making)
{
    static const char *const keys[SOURCE_COUNT] = {
        "form.source.advertising",    "form.source.staff",       "form.source.friends", "form.source.reviews",
        "form.source.earlier_visits", "form.source.other_firms", "form.source.price",   "form.source.appearance"};
    struct form_texts *texts = &making->texts;
    if (!texts->collection->ask_sources)
        return;
    const char **options = arena_array(texts->ctx->arena, SOURCE_COUNT, sizeof *options);
    const char **option_texts = arena_array(texts->ctx->arena, SOURCE_COUNT, sizeof *option_texts);
    if (options == NULL || option_texts == NULL) {
        texts->failed = true;
        return;
    }
    for (enum expectation_source i = 0; i < SOURCE_COUNT; i++) {
        options[i] = expectation_source_name(i);
        option_texts[i] = words_or_english(texts->language, keys[i]);
    }
    struct question *question =
        question_add(making, QUESTION_CHOICES, "sources", words_or_english(texts->language, "form.sources"));
    question->options = options;
    question->option_texts = option_texts;
    question->option_count = SOURCE_COUNT;
}

static void rating_add(struct form_making *making, enum standard standard, uint32_t item)
{
    struct form_texts *texts = &making->texts;
    const struct study *study = texts->study;
    const struct item *asked = &study->items[item];
    if (!study_asks(study, standard, item))
        return;
    struct question *question = question_add(making, QUESTION_RATING, form_field_name(texts, standard_name(standard), asked->id),
                                             form_text(texts, "item", asked->id, asked->text));
    question->standard = standard;
    question->of = item;
    question->stem = form_stem(texts, standard, making->wave);
    bool kano = standard == STANDARD_FUNCTIONAL || standard == STANDARD_DYSFUNCTIONAL;
    uint32_t scale = standard == STANDARD_IMPORTANCE ? study->columns.importance_scale : asked->scale;
    question->scale = kano ? texts->kano : texts->scales[scale];
}

/* Items one after another, each on all of the standards. */
static void ratings_add(struct form_making *making, const enum standard *standards, unsigned count)
{
    for (uint32_t item = 0; item < making->texts.study->item_count; item++)
        for (unsigned i = 0; i < count; i++)
            rating_add(making, standards[i], item);
}

static bool asks_expectations(const struct study *study)
{
    return study_asks_any(study, STANDARD_EXPECTATION) || study_asks_any(study, STANDARD_DESIRED) ||
           study_asks_any(study, STANDARD_MINIMUM);
}

/* What is compared with the perception, and how much it matters. */
static void expectations_add(struct form_making *making)
{
    static const enum standard standards[] = {STANDARD_EXPECTATION, STANDARD_DESIRED, STANDARD_MINIMUM, STANDARD_IMPORTANCE};
    if (asks_expectations(making->texts.study))
        sources_add(making);
    ratings_add(making, standards, sizeof standards / sizeof *standards);
}

static void noticed_add(struct form_making *making)
{
    if (making->texts.collection->ask_noticed)
        question_add(making, QUESTION_TEXT, "noticed", words_or_english(making->texts.language, "form.noticed"));
}

static void points_add(struct form_making *making)
{
    struct form_texts *texts = &making->texts;
    const struct study *study = texts->study;
    if (study->columns.importance != IMPORTANCE_POINTS)
        return;
    for (uint32_t i = 0; i < study->dimension_count; i++) {
        const struct dimension *dimension = &study->dimensions[i];
        const char *own = dimension->title != NULL ? dimension->title : dimension->id;
        if (study->columns.points_of_dimension[i] == NULL)
            continue;
        struct question *question = question_add(making, QUESTION_POINTS, form_field_name(texts, "points", dimension->id),
                                                 form_text(texts, "dimension", dimension->id, own));
        question->of = i;
        question->stem = words_or_english(texts->language, "form.stem.points");
    }
}

static void outcomes_add(struct form_making *making)
{
    struct form_texts *texts = &making->texts;
    const struct columns *columns = &texts->study->columns;
    for (uint32_t i = 0; i < columns->outcome_count; i++) {
        const struct outcome *outcome = &columns->outcomes[i];
        const char *text = form_outcome_text(texts, i);
        bool scale = outcome->kind == OUTCOME_SCALE;
        if (text == NULL)
            continue;
        struct question *question = question_add(making, scale ? QUESTION_OUTCOME : QUESTION_NUMBER,
                                                 form_field_name(texts, "outcome", outcome->name), text);
        question->of = i;
        question->scale = scale ? form_outcome_scale(texts, i) : NULL;
    }
}

static void comments_add(struct form_making *making)
{
    struct form_texts *texts = &making->texts;
    const struct columns *columns = &texts->study->columns;
    for (uint32_t i = 0; i < columns->comment_count; i++) {
        const char *text = form_comment_text(texts, i);
        if (text != NULL)
            question_add(making, QUESTION_TEXT, form_field_name(texts, "comment", columns->comments[i]), text)->of = i;
    }
}

static void segments_add(struct form_making *making)
{
    struct form_texts *texts = &making->texts;
    for (uint32_t i = 0; i < texts->collection->segment_question_count; i++) {
        const struct segment_question *segment = &texts->collection->segment_questions[i];
        const char *name = texts->study->columns.segments[segment->segment].column;
        const char **option_texts = arena_array(texts->ctx->arena, segment->option_count, sizeof *option_texts);
        const char *prefix = form_field_name(texts, "segment", name);
        if (option_texts == NULL || prefix == NULL) {
            texts->failed = true;
            return;
        }
        for (uint32_t option = 0; option < segment->option_count; option++)
            option_texts[option] = form_text(texts, prefix, segment->options[option], segment->option_texts[option]);
        struct question *question =
            question_add(making, QUESTION_CHOICE, prefix, form_text(texts, "segment", name, segment->text));
        question->of = i;
        question->options = segment->options;
        question->option_texts = option_texts;
        question->option_count = segment->option_count;
    }
}

/* Is there a form before the encounter? */
static bool asks_before(const struct study *study)
{
    return study->asked == ASKED_BEFORE && asks_expectations(study);
}

static void expectation_form(struct form_making *making)
{
    if (!asks_before(making->texts.study))
        return;
    code_add(making);
    expectations_add(making);
}

static void during_form(struct form_making *making)
{
    const struct collection *collection = making->texts.collection;
    if (collection->during_item_count == 0)
        return;
    code_add(making);
    for (uint32_t i = 0; i < collection->during_item_count; i++)
        rating_add(making, STANDARD_PERCEPTION, collection->during_items[i]);
}

static void perception_form(struct form_making *making)
{
    static const enum standard perception[] = {STANDARD_PERCEPTION}, kano[] = {STANDARD_FUNCTIONAL, STANDARD_DYSFUNCTIONAL};
    code_add(making);
    noticed_add(making);
    if (!asks_before(making->texts.study))
        expectations_add(making);
    ratings_add(making, perception, 1);
    ratings_add(making, kano, 2);
    points_add(making);
    outcomes_add(making);
    comments_add(making);
    segments_add(making);
}

static size_t questions_most(const struct study *study, const struct collection *collection)
{
    return 2u + collection->fragment_count + (size_t)study->item_count * STANDARD_COUNT + study->dimension_count +
           study->columns.outcome_count + study->columns.comment_count + collection->segment_question_count;
}

static enum status form_end(struct form_making *making, const struct form **out)
{
    struct form_texts *texts = &making->texts;
    struct form *form = arena_alloc(texts->ctx->arena, sizeof *form);
    if (form == NULL || texts->failed)
        return ctx_no_memory(texts->ctx);
    const char *consent = form_text(texts, "consent", NULL, texts->collection->consent);
    *form = (struct form){.study = texts->study,
                          .collection = texts->collection,
                          .wave = making->wave,
                          .language = texts->language,
                          .right_to_left = language_is_right_to_left(texts->language),
                          .title = form_text(texts, "title", NULL, texts->study->title),
                          .consent = consent != NULL ? consent : words_or_english(texts->language, "form.consent"),
                          .questions = making->questions,
                          .question_count = making->count};
    *out = form;
    return STATUS_OK;
}

enum status form_make(struct ctx *ctx, const struct study *study, enum wave wave, const char *language, const struct form **out)
{
    static void (*const asks[WAVE_COUNT])(struct form_making *) = {
        [WAVE_EXPECTATION] = expectation_form, [WAVE_DURING] = during_form, [WAVE_PERCEPTION] = perception_form};
    const struct collection *collection = NULL;
    enum status status = collection_default(ctx, study, &collection);
    if (status == STATUS_OK)
        status = form_askable(ctx, study, collection);
    if (status != STATUS_OK)
        return status;
    if (!collection_speaks(collection, language))
        return ctx_fail(ctx, STATUS_CONFIG, NULL, "The study is not asked in \"%.40s\".", language);
    struct form_making making = {
        .texts = {.ctx = ctx, .study = study, .collection = collection, .language = arena_copy(ctx->arena, span_of(language))},
        .wave = wave,
        .questions = arena_array(ctx->arena, questions_most(study, collection), sizeof *making.questions)};
    if (making.questions == NULL || making.texts.language == NULL)
        return ctx_no_memory(ctx);
    status = form_texts_begin(&making.texts);
    if (status != STATUS_OK)
        return status;
    asks[wave](&making);
    return form_end(&making, out);
}
