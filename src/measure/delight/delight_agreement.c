/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/case_columns.h"
#include "measure/delight/impact_items.h"
#include "measure/delight/kano_items.h"
#include "measure/delight/tetraclasse_items.h"
#include "measure/delight/zone_kinds.h"
#include "measure/mean_error.h"
#include "numeric/fleiss_kappa.h"

enum { ITEM, DIMENSION, N, KANO, PENALTY_REWARD, TETRACLASSE, ZONE, METHODS, AGREEMENT, VERDICT, KAPPA, COLUMNS };

enum { BY_KANO, BY_IMPACT, BY_MARKS, BY_ZONE, METHOD_COUNT }; /* in the order of their columns, from KANO on */

#define WORDS "basic, performance, delight or none"
static const struct column columns[COLUMNS] = {
    [ITEM] = {"item", "Item", "", "The item, or overall.", 0, COLUMN_KEY, true, false},
    [DIMENSION] = {"dimension", "Dimension", "", "The dimension it belongs to.", 0, COLUMN_KEY, false, false},
    [N] = {"n", "n", "encounters", "Encounters that said what they got, or answered Kano's questions; overall: all encounters.",
           0, COLUMN_COUNT, true, false},
    [KANO] = {"kano", "Kano", "", "By Kano's questions: " WORDS ".", 0, COLUMN_WORD, true, false},
    [PENALTY_REWARD] = {"penalty_reward", "Penalty", "", "By penalty and reward: " WORDS ".", 0, COLUMN_WORD, true, false},
    [TETRACLASSE] = {"tetraclasse", "Marks", "", "By good and bad marks: " WORDS ".", 0, COLUMN_WORD, true, false},
    [ZONE] = {"zone", "Zone", "", "By loyalty outside and inside the zone of tolerance: " WORDS ".", 0, COLUMN_WORD, true, false},
    [METHODS] = {"methods", "Methods", "methods", "How many methods could class the item.", 0, COLUMN_COUNT, false, false},
    [AGREEMENT] = {"agreement", "Agree", "share of pairs",
                   "Share of the pairs of methods that agree; overall: their mean over the items that all methods could class.",
                   2, COLUMN_NUMBER, true, false},
    [VERDICT] = {"verdict", "Verdict", "", "What all methods say, or: differ.", 0, COLUMN_WORD, true, false},
    [KAPPA] = {"kappa", "Kappa", "from −1 to 1", "Agreement beyond chance over all items (Fleiss): 1 is full, 0 as by chance.", 2,
               COLUMN_NUMBER, true, false},
};

/* What one method says of all items. */
struct method {
    enum service_kind *kinds; /* [item_count] */
    enum reason *reasons;     /* [item_count] why it has no answer */
    uint64_t *respondents;
};

/* All methods in one group. */
struct comparison {
    struct method methods[METHOD_COUNT];
    uint32_t item_count;
};

/* Room for all methods, without an answer yet. */
static enum status comparison_make(struct ctx *ctx, uint32_t item_count, struct comparison *out)
{
    *out = (struct comparison){.item_count = item_count};
    for (size_t m = 0; m < METHOD_COUNT; m++) {
        struct method *method = &out->methods[m];
        *method = (struct method){.kinds = arena_array(ctx->arena, item_count + 1u, sizeof *method->kinds),
                                  .reasons = arena_array(ctx->arena, item_count + 1u, sizeof *method->reasons),
                                  .respondents = arena_array(ctx->arena, item_count + 1u, sizeof *method->respondents)};
        if (!method->kinds || !method->reasons || !method->respondents)
            return ctx_no_memory(ctx);
        for (uint32_t i = 0; i < item_count; i++) {
            method->kinds[i] = SERVICE_UNKNOWN;
            method->reasons[i] = REASON_NOT_ASKED;
        }
    }
    return STATUS_OK;
}

/* Notes what a method says of an item.
 * takes   blank  the method's own reason; REASON_NONE where it has an answer, or none that the classes know */
static void method_say(struct method *method, uint32_t item, enum service_kind kind, enum reason blank, uint64_t respondents)
{
    method->kinds[item] = kind;
    method->reasons[item] = blank ? blank : REASON_NOT_APPLICABLE;
    method->respondents[item] = respondents;
}

/* By Kano's questions. */
static enum status kano_compare(struct ctx *ctx, const struct measuring *measuring, const struct group *group,
                                struct method *method)
{
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < measuring->pairs->study->item_count && !status; i++) {
        struct kano_item item;
        status = kano_item_find(ctx, measuring, group, i, &item);
        if (!status)
            method_say(method, i, kano_service(&item), item.blank, item.respondents);
    }
    return status;
}

/* By penalty and reward. */
static enum status impact_compare(struct ctx *ctx, const struct measuring *measuring, const struct group *group,
                                  struct method *method, struct table *table)
{
    uint32_t outcomes[OUTCOMES_CHOSEN_MAX];
    struct impact_items items;
    if (outcomes_of_satisfaction(measuring->pairs->study, false, outcomes) == 0)
        return STATUS_OK;
    enum status status = impact_items_find(ctx, measuring, group, outcomes[0], &items);
    for (uint32_t i = 0; i < measuring->pairs->study->item_count && !status; i++) {
        const struct impact_item *item = &items.items[i];
        enum reason blank = item->blank ? item->blank : item->error_blank;
        method_say(method, i, impact_service(item, measuring->confidence), blank, item->respondents);
        table_rests_on_model(table, (uint32_t)item->fit.parameters);
    }
    return status;
}

/* By good and bad marks. */
static enum status marks_compare(struct ctx *ctx, const struct measuring *measuring, const struct group *group,
                                 struct method *method)
{
    uint32_t outcomes[OUTCOMES_CHOSEN_MAX];
    struct tetraclasse_items items;
    if (outcomes_of_satisfaction(measuring->pairs->study, true, outcomes) == 0)
        return STATUS_OK;
    enum status status = tetraclasse_items_find(ctx, measuring, group, outcomes[0], &items);
    for (uint32_t i = 0; i < measuring->pairs->study->item_count && !status; i++) {
        const struct tetraclasse_item *item = &items.items[i];
        method_say(method, i, tetraclasse_service(item), item->blank, item->respondents);
    }
    return status;
}

/* By loyalty outside and inside the zone. */
static enum status zone_compare(struct ctx *ctx, const struct measuring *measuring, const struct group *group,
                                struct method *method)
{
    uint32_t outcome = 0;
    if (!outcome_of_loyalty(measuring->pairs->study, &outcome))
        return STATUS_OK;
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < measuring->pairs->study->item_count && !status; i++) {
        struct zone_item item;
        status = zone_item_find(ctx, measuring, group, i, outcome, &item);
        if (status)
            return status;
        enum reason blank = item.blank ? item.blank : item.outcome_blank;
        if (!blank)
            blank = item.error_blank;
        if (!blank && item.few_units)
            blank = REASON_FEW_CLUSTERS;
        method_say(method, i, zone_service(&item, zone_alpha(measuring)), blank, item.outcome_respondents);
    }
    return status;
}

/* How many methods chose each class for an item, and how many chose any. */
static uint32_t votes_count(const struct comparison *comparison, uint32_t item, uint32_t votes[SERVICE_KIND_COUNT])
{
    uint32_t voters = 0;
    for (size_t k = 0; k < SERVICE_KIND_COUNT; k++)
        votes[k] = 0;
    for (size_t m = 0; m < METHOD_COUNT; m++) {
        enum service_kind kind = comparison->methods[m].kinds[item];
        if (kind == SERVICE_UNKNOWN)
            continue;
        votes[kind]++;
        voters++;
    }
    return voters;
}

/* The fewest respondents behind the methods that have an answer. */
static uint64_t support_of(const struct comparison *comparison, uint32_t item)
{
    uint64_t fewest = UINT64_MAX;
    for (size_t m = 0; m < METHOD_COUNT; m++) {
        const struct method *method = &comparison->methods[m];
        if (method->kinds[item] != SERVICE_UNKNOWN && method->respondents[item] < fewest)
            fewest = method->respondents[item];
    }
    return fewest;
}

/* How many encounters said what they got, or answered both questions of Kano. */
static uint64_t answers_count(const struct measuring *measuring, const struct group *group, uint32_t item)
{
    uint64_t count = 0;
    for (uint32_t i = 0; i < group->case_count; i++) {
        bool got = case_code(measuring, group->cases[i], STANDARD_PERCEPTION, item) != 0;
        bool felt = case_code(measuring, group->cases[i], STANDARD_FUNCTIONAL, item) != 0 &&
                    case_code(measuring, group->cases[i], STANDARD_DYSFUNCTIONAL, item) != 0;
        count += got || felt;
    }
    return count;
}

/* The cells of one item.
 * blank   fewer than two methods -> too_few */
static void fill_item(const struct comparison *comparison, uint32_t item, struct row *row)
{
    uint32_t votes[SERVICE_KIND_COUNT], voters = votes_count(comparison, item, votes), agreeing = 0;
    struct value *values = row->values;
    for (size_t m = 0; m < METHOD_COUNT; m++)
        values[KANO + m] = service_word(comparison->methods[m].kinds[item], comparison->methods[m].reasons[item]);
    values[METHODS] = value_count(voters);
    if (voters)
        row->support = support_of(comparison, item);
    if (voters < 2) {
        values[AGREEMENT] = values[VERDICT] = value_blank(REASON_TOO_FEW);
        return;
    }
    values[VERDICT] = value_text("differ");
    for (size_t k = 0; k < SERVICE_KIND_COUNT; k++) {
        agreeing += votes[k] * (votes[k] ? votes[k] - 1 : 0);
        if (votes[k] == voters)
            values[VERDICT] = service_word((enum service_kind)k, REASON_NOT_APPLICABLE);
    }
    values[AGREEMENT] = value_number((double)agreeing / (voters * (voters - 1)));
}

/* How many methods class at least one item: those that the kappa compares. */
static uint32_t raters_count(const struct comparison *comparison)
{
    uint32_t raters = 0;
    for (size_t m = 0; m < METHOD_COUNT; m++) {
        bool any = false;
        for (uint32_t i = 0; i < comparison->item_count; i++)
            any |= comparison->methods[m].kinds[i] != SERVICE_UNKNOWN;
        raters += any;
    }
    return raters;
}

/* The overall row: kappa over the items that all these methods could class.
 * blank   fewer than two methods or two items -> too_few; all in one class: kappa is no_variance
 * source  [F47] */
static enum status overall_make(struct ctx *ctx, const struct measuring *measuring, struct table *table, uint32_t group,
                                const struct comparison *comparison)
{
    uint32_t *counts = arena_array(ctx->arena, ((size_t)comparison->item_count + 1) * SERVICE_KIND_COUNT, sizeof *counts);
    struct row *row = NULL;
    enum status status = counts ? group_row_add(ctx, measuring, table, group, comparison->item_count, &row) : ctx_no_memory(ctx);
    if (status)
        return status;
    uint32_t raters = raters_count(comparison);
    uint64_t fewest = UINT64_MAX;
    size_t items = 0;
    for (uint32_t i = 0; i < comparison->item_count; i++) {
        if (votes_count(comparison, i, counts + items * SERVICE_KIND_COUNT) != raters || raters == 0)
            continue;
        items++;
        uint64_t support = support_of(comparison, i);
        fewest = support < fewest ? support : fewest;
    }
    struct value *values = row->values;
    values[ITEM] = value_text("overall");
    values[N] = value_count(measuring->set->groups[group].case_count);
    values[METHODS] = value_count(raters);
    row->support = items ? fewest : 0;
    struct fleiss_kappa kappa = {.kappa_undefined = UNDEFINED_TOO_FEW};
    enum undefined undefined = UNDEFINED_TOO_FEW;
    if (items >= 2)
        undefined = fleiss_kappa(counts, items, SERVICE_KIND_COUNT, raters, &kappa);
    values[AGREEMENT] = value_of(undefined, kappa.observed);
    values[KAPPA] = value_of(undefined ? undefined : kappa.kappa_undefined, kappa.kappa);
    return STATUS_OK;
}

/* All methods, the rows of the items, then the overall one. */
static enum status rows_make(struct ctx *ctx, const struct measuring *measuring, struct table *table, uint32_t index)
{
    const struct study *study = measuring->pairs->study;
    const struct group *group = &measuring->set->groups[index];
    struct comparison comparison;
    enum status status = comparison_make(ctx, study->item_count, &comparison);
    if (!status)
        status = kano_compare(ctx, measuring, group, &comparison.methods[BY_KANO]);
    if (!status)
        status = impact_compare(ctx, measuring, group, &comparison.methods[BY_IMPACT], table);
    if (!status)
        status = marks_compare(ctx, measuring, group, &comparison.methods[BY_MARKS]);
    if (!status)
        status = zone_compare(ctx, measuring, group, &comparison.methods[BY_ZONE]);
    for (uint32_t i = 0; i < study->item_count && !status; i++) {
        struct row *row = NULL;
        status = item_row_add(ctx, measuring, table, index, i, &row);
        if (status)
            return status;
        row->values[N] = value_count(answers_count(measuring, group, i));
        fill_item(&comparison, i, row);
    }
    return status ? status : overall_make(ctx, measuring, table, index, &comparison);
}

/* One row per group and item, then one for all items.
 * blank   what a method cannot class has that method's reason
 * source  [F47] */
static enum status delight_agreement_run(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    enum status status = STATUS_OK;
    table->needs_whole_model = true;
    for (uint32_t g = 0; g < measuring->set->group_count && !status; g++)
        status = rows_make(ctx, measuring, table, g);
    if (!status)
        status = table_add_note(ctx, table, "note.delight.methods", NULL);
    if (!status)
        status = table_add_note(ctx, table, "note.delight.classes", NULL);
    return status ? status : design_notes(ctx, measuring, table);
}

const struct measure measure_delight_agreement = {
    .name = "delight_agreement",
    .title = "Service or delight: do the methods agree?",
    .meaning = "What four ways of telling service from delight say of each item, side by side, and how far they agree.",
    .formula = "F40, F41, F43–F47",
    .source = "Bartikowski & Llosa 2004; Fleiss 1971; the common classes: our own",
    .example = "gapmeter analyze answers.csv --study study.json --table delight_agreement",
    .needs = NEED_CASES,
    .any_standards = 1u << STANDARD_PERCEPTION | 1u << STANDARD_FUNCTIONAL,
    .outcome_roles = OUTCOME_ROLES_USED,
    .minimum_n = 2,
    .columns = columns,
    .column_count = COLUMNS,
    .run = delight_agreement_run,
};
