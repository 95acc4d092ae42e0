/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/section.h"

#include <string.h>

#include "model/collection.h"
#include "model/measure.h"
#include "report/telling.h"

/* What this report does not hold, and why: a sentence for each section that is not there. */

#define ABSENCES_MOST 32u

/* What a study may lack. */
enum lack {
    LACK_NOTHING = 0,
    LACK_EXPECTATION = 1 << 0,
    LACK_PERCEPTION = 1 << 1,
    LACK_DIMENSIONS = 1 << 2,
    LACK_OUTCOME = 1 << 3,
    LACK_KANO_TOO = 1 << 4, /* neither an outcome nor Kano's questions */
    LACK_ZONE = 1 << 5,
    LACK_IMPORTANCE = 1 << 6,
    LACK_FIGURES = 1 << 7,
    LACK_LEFT = 1 << 8,
    LACK_PLACES = 1 << 9,
    LACK_MOMENTS = 1 << 10,
    LACK_GROUPS = 1 << 11,
    LACK_TIME = 1 << 12,
    LACK_SOURCES = 1 << 13,
};

/* Why a section is not there: the first row that holds is told. */
static const struct absence {
    const char *section, *heading; /* the heading by which it is known to be there */
    unsigned lack;                 /* LACK_NOTHING: all that was needed was asked */
    const char *key;
} absences[] = {
    {"gaps", "gaps", LACK_EXPECTATION, "absent.gaps"},
    {"gaps", "gaps", LACK_PERCEPTION, "absent.gaps.got"},
    {"gaps", "gaps", LACK_NOTHING, "absent.gaps.few"},
    {"dimensions", "dimensions", LACK_DIMENSIONS, "absent.dimensions"},
    {"dimensions", "dimensions", LACK_EXPECTATION | LACK_PERCEPTION, "absent.dimensions.gaps"},
    {"dimensions", "dimensions", LACK_NOTHING, "absent.dimensions.few"},
    {"validity", "validity", LACK_OUTCOME, "absent.validity"},
    {"validity", "validity", LACK_NOTHING, "absent.validity.few"},
    {"tolerance", "tolerance", LACK_ZONE, "absent.tolerance"},
    {"tolerance", "tolerance", LACK_PERCEPTION, "absent.tolerance.got"},
    {"tolerance", "tolerance", LACK_NOTHING, "absent.tolerance.few"},
    {"sources", "sources", LACK_SOURCES, "absent.sources"},
    {"sources", "sources", LACK_NOTHING, "absent.sources.few"},
    {"priorities", "priorities", LACK_NOTHING, "absent.priorities"},
    {"importance", "importance", LACK_IMPORTANCE, "absent.importance"},
    {"importance", "importance", LACK_EXPECTATION | LACK_PERCEPTION, "absent.importance.gaps"},
    {"importance", "importance", LACK_NOTHING, "absent.importance.few"},
    {"outcome_drivers", "drivers", LACK_OUTCOME, "absent.drivers"},
    {"outcome_drivers", "drivers", LACK_NOTHING, "absent.drivers.few"},
    {"touchpoints", "touchpoints", LACK_PLACES, "absent.touchpoints"},
    {"touchpoints", "touchpoints", LACK_NOTHING, "absent.touchpoints.few"},
    {"journeys", "journeys", LACK_MOMENTS, "absent.journeys"},
    {"journeys", "journeys", LACK_NOTHING, "absent.journeys.few"},
    {"delight", "delight", LACK_KANO_TOO, "absent.delight"},
    {"delight", "delight", LACK_NOTHING, "absent.delight.few"},
    {"indices", "indices", LACK_FIGURES, "absent.indices"},
    {"indices", "indices", LACK_NOTHING, "absent.indices.few"},
    {"loss", "loss", LACK_LEFT, "absent.loss"},
    {"loss", "loss", LACK_NOTHING, "absent.loss.few"},
    {"segments", "segments", LACK_GROUPS, "absent.segments"},
    {"trends", "trends", LACK_TIME, "absent.trends"},
    {"trends", "trends", LACK_NOTHING, "absent.trends.few"},
};

static bool role_asked(const struct study *study, enum outcome_role role)
{
    return study_outcome_of_role(study, role) != UINT32_MAX;
}

static bool groups_asked(const struct report_tables *tables)
{
    for (uint32_t i = 0; i < tables->count; i++) {
        const struct measure *measure = released_table_view(tables->tables[i])->measure;
        if (released_table_view(tables->tables[i])->by_count && (measure->by == BY_ANY || measure->by == BY_GROUPS))
            return true;
    }
    return false;
}

static unsigned lacks_find(const struct study *study, const struct report_tables *tables)
{
    bool kano = study_asks_any(study, STANDARD_FUNCTIONAL) && study_asks_any(study, STANDARD_DYSFUNCTIONAL);
    bool zone = study_asks_any(study, STANDARD_MINIMUM) || study_asks_any(study, STANDARD_DESIRED);
    bool figures = role_asked(study, OUTCOME_ROLE_SATISFACTION) || role_asked(study, OUTCOME_ROLE_EFFORT) ||
                   role_asked(study, OUTCOME_ROLE_RECOMMEND);
    const struct columns *columns = &study->columns;
    bool timed = columns->wave || columns->time || report_table(tables, "gap_change");
    unsigned lacks = 0;
    lacks |= study_asks_any(study, STANDARD_EXPECTATION) ? 0u : LACK_EXPECTATION;
    lacks |= study_asks_any(study, STANDARD_PERCEPTION) ? 0u : LACK_PERCEPTION;
    lacks |= study->dimension_count ? 0u : LACK_DIMENSIONS;
    lacks |= columns->outcome_count ? 0u : LACK_OUTCOME;
    lacks |= study_asks_sources(study) ? 0u : LACK_SOURCES;
    lacks |= columns->outcome_count || kano ? 0u : LACK_KANO_TOO;
    lacks |= zone ? 0u : LACK_ZONE;
    lacks |= columns->importance != IMPORTANCE_NONE ? 0u : LACK_IMPORTANCE;
    lacks |= figures ? 0u : LACK_FIGURES;
    lacks |= role_asked(study, OUTCOME_ROLE_LEFT) ? 0u : LACK_LEFT;
    lacks |= columns->touchpoint || columns->channel ? 0u : LACK_PLACES;
    lacks |= columns->layout == LAYOUT_JOURNEY ? 0u : LACK_MOMENTS;
    lacks |= groups_asked(tables) ? 0u : LACK_GROUPS;
    return lacks | (timed ? 0u : LACK_TIME);
}

static bool section_wished(const struct report_tables *tables, const char *name)
{
    for (const char *const *at = tables->sections; at && *at; at++) {
        if (strcmp(*at, name) == 0)
            return true;
    }
    return tables->sections == NULL;
}

static bool heading_there(const struct document *document, const char *id)
{
    for (uint32_t i = 0; i < document->block_count; i++) {
        const struct document_block *block = &document->blocks[i];
        if (block->kind == DOCUMENT_HEADING && block->id && strcmp(block->id, id) == 0)
            return true;
    }
    return false;
}

/* Does another heading stand there that says what the section would: two groups in place of gaps, journeys in place of
 * touchpoints? */
static bool other_there(const struct document *document, const char *section)
{
    static const char *const others[][2] = {{"gaps", "unpaired"}, {"touchpoints", "journeys"}};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (strcmp(section, others[i][0]) == 0 && heading_there(document, others[i][1]))
            return true;
    }
    return false;
}

/* A sentence for each section of the table that was wished for and is not there. */
static enum status absences_tell(struct telling *telling, const struct report_tables *tables)
{
    const struct document *document = telling->document;
    unsigned lacks = lacks_find(document->head.study, tables);
    const char *told = "";
    enum status status = STATUS_OK;
    for (size_t i = 0; i < sizeof absences / sizeof *absences && !status; i++) {
        const struct absence *absence = &absences[i];
        bool holds = absence->lack == LACK_NOTHING || (lacks & absence->lack);
        if (!holds || strcmp(told, absence->section) == 0 || !section_wished(tables, absence->section) ||
            heading_there(document, absence->heading) || other_there(document, absence->section))
            continue;
        told = absence->section;
        status = telling_say(telling, absence->key, NULL);
    }
    return status;
}

/* Words give people away: where too few wrote they stay in the export of answers. */
static enum status words_tell(struct telling *telling, const struct report_tables *tables)
{
    const struct study *study = telling->document->head.study;
    bool noticed = study->collection && study->collection->ask_noticed;
    bool told = !section_wished(tables, "comments") || heading_there(telling->document, "comments");
    return !told && (study->columns.comment_count || noticed) ? telling_say(telling, "absent.comments", NULL) : STATUS_OK;
}

static enum status left_out_build(struct ctx *ctx, const struct report_tables *tables, struct document *document)
{
    struct telling telling;
    enum status status = telling_begin(ctx, document, ABSENCES_MOST, &telling);
    if (!status)
        status = absences_tell(&telling, tables);
    if (!status && document->head.study->columns.arm && section_wished(tables, "asking") && !heading_there(document, "asking"))
        status = telling_say(&telling, "absent.asking", NULL);
    if (!status)
        status = words_tell(&telling, tables);
    if (status || !telling.count)
        return status;
    status = add_heading(ctx, document, 2, "heading.left_out", NULL);
    return status ? status : telling_end(&telling);
}

const struct section section_left_out = {
    .name = "left_out",
    .title = "heading.left_out",
    .meaning = "Why the sections that are not there are not there.",
    .measures = (const char *const[]){NULL},
    .order = 93,
    .build = left_out_build,
};
