/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/section.h"

#include "model/measure.h"
#include "report/headline.h"
#include "report/telling.h"
#include "report/wording.h"

/* A radar has so many spokes. */
#define SPOKES_FEWEST 3u
#define SPOKES_MOST   30u

/* What the zone table says, counted. */
struct zone_finding {
    uint32_t told;   /* items with anything to say */
    uint32_t placed; /* items with a status */
    uint32_t whole;  /* items with all three means */
    uint32_t below, below_desired, within, at_least, above;
    uint64_t most;            /* the largest n */
    const struct row *lowest; /* by adequacy; NULL when there is none */
};

static struct zone_finding zone_find(const struct table *table)
{
    struct zone_finding finding = {.placed = 0};
    for (uint32_t r = 0; r < table->row_count; r++) {
        const struct row *row = &table->rows[r];
        uint64_t n = row_has(table, row, "n") ? row_count_of(table, row, "n") : 0;
        finding.most = n > finding.most ? n : finding.most;
        finding.told += row_has(table, row, "status") || row_has(table, row, "adequacy") || row_has(table, row, "superiority");
        finding.placed += row_has(table, row, "status");
        finding.below += row_is(table, row, "status", "below");
        finding.below_desired += row_is(table, row, "status", "below_desired");
        finding.at_least += row_is(table, row, "status", "at_least_minimum");
        finding.within += row_is(table, row, "status", "within");
        finding.above += row_is(table, row, "status", "above");
        finding.whole +=
            row_has(table, row, "mean_minimum") && row_has(table, row, "mean_desired") && row_has(table, row, "mean_perception");
        if (row_has(table, row, "adequacy") &&
            (!finding.lowest || row_number(table, row, "adequacy", 0) < row_number(table, finding.lowest, "adequacy", 0)))
            finding.lowest = row;
    }
    return finding;
}

enum { COUNTS = 7 };

/* A chart of the zone: its title tells how many items lie where, or which lies lowest.
 * takes   names  the chart, the key of its title, the key of its base */
static enum status zone_chart_add(struct ctx *ctx, struct document *document, const struct released_table *zone,
                                  const char *const names[3])
{
    const struct table *table = released_table_view(zone);
    const struct zone_finding finding = zone_find(table);
    const uint64_t counts[COUNTS] = {finding.below, finding.within,   finding.above,        finding.placed,
                                     finding.most,  finding.at_least, finding.below_desired};
    const char *texts[COUNTS] = {NULL}, *level = NULL, *adequacy = NULL;
    struct document_block *chart = NULL;
    enum status status = say_confidence(ctx, document->head.confidence, &level);
    for (size_t i = 0; i < COUNTS && !status; i++)
        status = say_count(ctx, counts[i], &texts[i]);
    if (!status)
        status = say_signed(ctx, finding.lowest ? row_number(table, finding.lowest, "adequacy", 0) : 0, &adequacy);
    if (!status)
        status = document_add(ctx, document, DOCUMENT_CHART, &chart);
    if (status)
        return status;
    chart->chart = names[0];
    chart->table = zone;
    const char *name = finding.lowest ? row_item_name(&document->head, table, finding.lowest) : "";
    const struct phrase_word words[] = {
        {"below", texts[0]},    {"within", texts[1]},        {"above", texts[2]}, {"items", texts[3]},
        {"n", texts[4]},        {"confidence", level},       {"name", name},      {"adequacy", adequacy},
        {"at_least", texts[5]}, {"below_desired", texts[6]}, {NULL, NULL}};
    status = say(ctx, &document->head, names[1], words, &chart->text);
    return status ? status : say(ctx, &document->head, names[2], words, &chart->subtitle);
}

/* The bands, or the distances from the only edge that was asked; the title says where items lie once that is known of one.
 * gives   the chart, the key of its title, the key of its base */
static const char *const *picture_find(const struct study *study, bool placed)
{
    static const char *const bands[] = {"zone_bands", "chart.zone", "chart.zone.base"};
    static const char *const minimum_alone[] = {"zone_bands", "chart.zone.minimum", "chart.zone.base"};
    static const char *const desired_alone[] = {"zone_bands", "chart.zone.desired", "chart.zone.desired.base"};
    static const char *const unplaced[] = {"zone_bands", "zone.none", "chart.zone.base"};
    static const char *const desired_unplaced[] = {"zone_bands", "zone.none", "chart.zone.desired.base"};
    bool minimum = study_asks_any(study, STANDARD_MINIMUM), desired = study_asks_any(study, STANDARD_DESIRED);
    if (!placed)
        return desired && !minimum ? desired_unplaced : unplaced;
    return minimum == desired ? bands : minimum ? minimum_alone : desired_alone;
}

static enum status tolerance_build(struct ctx *ctx, const struct report_tables *tables, struct document *document)
{
    static const char *const radar[] = {"zone_radar", "chart.radar.title", "chart.radar.base"};
    const struct released_table *zone = report_table(tables, "zone");
    const struct zone_finding finding = zone ? zone_find(released_table_view(zone)) : (struct zone_finding){.told = 0};
    if (!finding.told)
        return STATUS_OK;
    enum status status = add_heading(ctx, document, 2, "heading.tolerance", NULL);
    if (!status)
        status = zone_chart_add(ctx, document, zone, picture_find(document->head.study, finding.placed > 0));
    if (!status && finding.lowest && finding.whole >= SPOKES_FEWEST && finding.whole <= SPOKES_MOST)
        status = zone_chart_add(ctx, document, zone, radar);
    return status ? status : add_table(ctx, document, zone, false);
}

const struct section section_tolerance = {
    .name = "tolerance",
    .title = "heading.tolerance",
    .meaning = "Where the experience lies between the minimum and what is desired.",
    .measures = (const char *const[]){"zone", NULL},
    .order = 30,
    .build = tolerance_build,
};
