/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "tests/registry_test.c walks every register and fails if an entry lacks a sentence, a citation, a unit, a test or an
 * example, if two share a name, or if a section needs a measure that does not exist." (design, One more X = one file) */
#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <glob.h>

#include "cli/command.h"
#include "model/format.h"
#include "model/measure.h"
#include "model/renderer.h"
#include "model/section.h"
#include "model/words.h"

static unsigned mistakes;

/* Counts one mistake and says it; a test walks to the end, so that all are seen at once. */
static void complain(const char *kind, const char *name, const char *what)
{
    print_error("%s %s: %s\n", kind, name ? name : "(no name)", what);
    mistakes++;
}

static bool is_snake_case(const char *name)
{
    if (!name || !islower((unsigned char)name[0]))
        return false;
    for (const char *at = name; *at; at++) {
        if (!islower((unsigned char)*at) && !isdigit((unsigned char)*at) && *at != '_')
            return false;
    }
    return !strstr(name, "__") && name[strlen(name) - 1] != '_';
}

/* A sentence begins with a capital letter (or a name) and ends with a full stop, a question mark or a colon-free word. */
static bool is_sentence(const char *text)
{
    size_t length = text ? strlen(text) : 0;
    return length >= 8 && text[length - 1] == '.' && text[0] != ' ';
}

static bool is_text(const char *text)
{
    return text && text[0] && text[0] != ' ';
}

/* Is there a file of the source whose path is before, name, after? Both may hold the stars of a pattern. */
static bool file_matches(const char *before, const char *name, const char *after)
{
    char pattern[512];
    int length = snprintf(pattern, sizeof pattern, "%s/%s%s%s", GAPMETER_SOURCE_DIR, before, name, after);
    assert_true(length > 0 && (size_t)length < sizeof pattern);
    glob_t found;
    bool exists = glob(pattern, 0, NULL, &found) == 0;
    globfree(&found);
    return exists;
}

/* Has the room tests at all? One without any is still being built; from its first test on each entry must have one. */
static bool room_has_tests(const char *room)
{
    char folder[64];
    int length = snprintf(folder, sizeof folder, "tests/%s/*_test.", room);
    assert_true(length > 0);
    return file_matches(folder, "", "c");
}

/* The whole text of a file of the source, or NULL when there is no such file. */
static char *source_text(const char *path)
{
    char full[512];
    int length = snprintf(full, sizeof full, "%s/%s", GAPMETER_SOURCE_DIR, path);
    assert_true(length > 0 && (size_t)length < sizeof full);
    FILE *file = fopen(full, "rb");
    if (!file)
        return NULL;
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    long size = ftell(file);
    rewind(file);
    char *text = malloc((size_t)size + 1);
    assert_non_null(text);
    assert_int_equal(fread(text, 1, (size_t)size, file), (size_t)size);
    text[size] = '\0';
    fclose(file);
    return text;
}

/* Does the page number this formula: "F20" not followed by another digit? */
static bool page_has_formula(const char *page, unsigned number)
{
    char wanted[16];
    int length = snprintf(wanted, sizeof wanted, "F%u", number);
    assert_true(length > 0);
    for (const char *at = strstr(page, wanted); at; at = strstr(at + 1, wanted)) {
        bool begins = at == page || !isalnum((unsigned char)at[-1]);
        if (begins && !isdigit((unsigned char)at[length]))
            return true;
    }
    return false;
}

/* Complains of each formula from `first` to `last` that the page does not number. */
static void check_numbers(const struct measure *measure, const char *page, unsigned first, unsigned last)
{
    for (unsigned number = first; page && number <= last; number++) {
        if (!page_has_formula(page, number))
            complain("measure", measure->name, "names a formula that docs/formulas.md does not number");
    }
}

/* Reads "F1, F20–F24, F29": every number of every range must be on the page. */
static void check_formula(const struct measure *measure, const char *page)
{
    const char *at = measure->formula;
    unsigned last = 0, count = 0;
    bool range = false;
    while (at && *at) {
        if (*at == 'F' && isdigit((unsigned char)at[1])) {
            char *end = NULL;
            unsigned number = (unsigned)strtoul(at + 1, &end, 10);
            check_numbers(measure, page, range ? last + 1 : number, number);
            last = number;
            range = false;
            count++;
            at = end;
        } else if (strncmp(at, "–", 3) == 0) {
            range = true;
            at += 3;
        } else if (*at == ',' || *at == ' ') {
            at++;
        } else {
            break;
        }
    }
    if (count == 0 || range || !at || *at)
        complain("measure", measure->name, "has a formula list that is not like \"F1, F20–F22\"");
}

static void check_column(const struct measure *measure, const struct column *column)
{
    char where[160];
    int length = snprintf(where, sizeof where, "%s.%s", measure->name, column->name ? column->name : "(no name)");
    assert_true(length > 0);
    if (!is_snake_case(column->name))
        complain("column", where, "has a name that is not snake_case");
    if (!is_text(column->title))
        complain("column", where, "has no title");
    if (!is_sentence(column->meaning))
        complain("column", where, "has no sentence");
    if ((column->kind == COLUMN_NUMBER || column->kind == COLUMN_COUNT) && !is_text(column->unit))
        complain("column", where, "has no unit");
    if ((column->kind == COLUMN_KEY || column->kind == COLUMN_WORD) && (!column->unit || column->unit[0]))
        complain("column", where, "is no number, so its unit is the empty text");
    if (column->digits > 6)
        complain("column", where, "shows more than six digits");
    for (const struct column *other = measure->columns; other < column; other++) {
        if (strcmp(other->name, column->name) == 0)
            complain("column", where, "stands twice");
    }
}

static void check_measure(const struct measure *measure, const char *page)
{
    const char *name = measure->name;
    if (!is_snake_case(name))
        complain("measure", name, "has a name that is not snake_case");
    if (!is_text(measure->title))
        complain("measure", name, "has no title");
    if (!is_sentence(measure->meaning))
        complain("measure", name, "has no sentence");
    if (!is_text(measure->source))
        complain("measure", name, "has no citation");
    if (!measure->example || !strstr(measure->example, "gapmeter ") || !strstr(measure->example, name))
        complain("measure", name, "has no example that names it");
    bool named = (measure->standards | measure->any_standards) != 0 || measure->outcomes || measure->outcome_roles ||
                 measure->sources || measure->arms || measure->comments || measure->by != BY_ANY || measure->compares ||
                 measure->resamples || measure->journeys;
    if (!measure->run || measure->needs == 0 || !named)
        complain("measure", name, "does not say what it needs");
    if (!file_matches("tests/measure/*/", name, "_test.c"))
        complain("measure", name, "has no tests/measure/<theme>/<name>_test.c");
    if (!file_matches("src/measure/*/", name, ".c"))
        complain("measure", name, "does not stand in src/measure/<theme>/<name>.c");
    check_formula(measure, page);
    unsigned compact = 0;
    bool has_n = false;
    for (uint32_t i = 0; i < measure->column_count; i++) {
        check_column(measure, &measure->columns[i]);
        compact += measure->columns[i].compact;
        has_n |= strcmp(measure->columns[i].name, "n") == 0;
    }
    if (compact == 0 || compact > 10)
        complain("measure", name, "shows nothing, or more than ten columns, on a terminal");
    if (!has_n)
        complain("measure", name, "has no n: every row carries its base");
}

static void every_measure(void **state)
{
    (void)state;
    mistakes = 0;
    char *page = source_text("docs/formulas.md");
    assert_true(measure_register_count >= 1);
    for (size_t i = 0; i < measure_register_count; i++) {
        check_measure(measure_register[i], page);
        if (i > 0 && strcmp(measure_register[i - 1]->name, measure_register[i]->name) >= 0)
            complain("measure", measure_register[i]->name, "shares its name or is out of order");
        if (measure_find(span_of(measure_register[i]->name)) != measure_register[i])
            complain("measure", measure_register[i]->name, "is not found by its name");
        for (size_t j = 0; j < i; j++) {
            bool both = measure_register[i]->by_default && measure_register[j]->by_default;
            if (both && measure_register[i]->order == measure_register[j]->order)
                complain("measure", measure_register[i]->name, "has the same place as another default table");
        }
    }
    free(page);
    assert_int_equal(mistakes, 0);
}

/* The permanent names of the interface page: adding to them is free, losing or renaming one is not. */
static void permanent_columns(void **state)
{
    (void)state;
    static const char gap[] = "n mean_expectation mean_perception sd_expectation sd_perception gap sd_gap se ci_low ci_high "
                              "ci_simultaneous_low ci_simultaneous_high t df p p_holm dz gz wilcoxon_z wilcoxon_p "
                              "n_expectation_only n_perception_only n_negative n_zero n_positive share_short share_short_low "
                              "share_short_high r_expectation_perception gap_reliability difference_reliability ceiling_share "
                              "verdict ";
    static const struct {
        const char *measure, *keys, *columns;
    } promised[] = {
        {"item_gap", "item dimension ", gap},
        {"dimension_gap", "dimension ", gap},
        {"overall_gap", "", gap},
        {"weighted_gap", "", "item dimension n weight gap weighted "},
        {"zone", "item dimension ",
         "n mean_minimum mean_desired mean_perception adequacy adequacy_ci_low adequacy_ci_high superiority superiority_ci_low "
         "superiority_ci_high zone_width zone_position inversions status "},
        {"reliability", "dimension standard ", "n k alpha alpha_ci_low alpha_ci_high alpha_standardized omega omega_observed "},
        {"item_total", "item dimension scope standard ", "n item_total_r item_rest_r alpha_if_deleted "},
    };
    for (size_t i = 0; i < sizeof promised / sizeof *promised; i++) {
        const struct measure *measure = measure_find(span_of(promised[i].measure));
        assert_non_null(measure);
        char found[2048] = "", wanted[2048];
        int length = snprintf(wanted, sizeof wanted, "%s%s", promised[i].keys, promised[i].columns);
        assert_true(length > 0 && (size_t)length < sizeof wanted);
        size_t at = 0;
        for (uint32_t c = 0; c < measure->column_count; c++)
            at += (size_t)snprintf(found + at, sizeof found - at, "%s ", measure->columns[c].name);
        found[strlen(wanted)] = '\0';
        assert_string_equal(found, wanted);
    }
}

/* "A section needs a measure that does not exist" */
static void check_needs(const struct section *section, const char *const *names)
{
    for (; names && *names; names++) {
        char what[160];
        int length = snprintf(what, sizeof what, "needs the measure %s, which does not exist", *names);
        assert_true(length > 0);
        if (!measure_find(span_of(*names)))
            complain("section", section->name, what);
    }
}

static void every_section(void **state)
{
    (void)state;
    mistakes = 0;
    for (size_t i = 0; i < section_register_count; i++) {
        const struct section *section = section_register[i];
        if (!is_snake_case(section->name))
            complain("section", section->name, "has a name that is not snake_case");
        if (!is_sentence(section->meaning))
            complain("section", section->name, "has no sentence");
        if (!section->build)
            complain("section", section->name, "builds nothing");
        if (!file_matches("tests/report/*", section->name, "*_test.c"))
            complain("section", section->name, "has no test in tests/report/");
        check_needs(section, section->measures);
        check_needs(section, section->by_measures);
        for (size_t j = 0; j < i; j++) {
            if (strcmp(section_register[j]->name, section->name) == 0)
                complain("section", section->name, "shares its name");
        }
    }
    assert_int_equal(mistakes, 0);
}

static void every_format(void **state)
{
    (void)state;
    mistakes = 0;
    for (size_t i = 0; i < format_register_count; i++) {
        const struct format *format = format_register[i];
        if (!is_snake_case(format->name))
            complain("format", format->name, "has a name that is not snake_case");
        if (!is_sentence(format->meaning))
            complain("format", format->name, "has no sentence");
        if (!format->extensions || !format->extensions[0] || format->extensions[0][0] != '.')
            complain("format", format->name, "has no extension");
        if (!format->read && !format->sample)
            complain("format", format->name, "neither reads nor samples");
        if (!file_matches("tests/formats/*", format->name, "*_test.c"))
            complain("format", format->name, "has no test in tests/formats/");
        for (size_t j = 0; j < i; j++) {
            if (strcmp(format_register[j]->name, format->name) == 0)
                complain("format", format->name, "shares its name");
        }
    }
    assert_int_equal(mistakes, 0);
}

static void every_renderer(void **state)
{
    (void)state;
    mistakes = 0;
    for (size_t i = 0; i < renderer_register_count; i++) {
        const struct renderer *renderer = renderer_register[i];
        if (!is_snake_case(renderer->name))
            complain("renderer", renderer->name, "has a name that is not snake_case");
        if (!is_sentence(renderer->meaning))
            complain("renderer", renderer->name, "has no sentence");
        if (renderer->extension && renderer->extension[0] != '.')
            complain("renderer", renderer->name, "has an extension without its point");
        if (renderer->extension && (!renderer->media_type || !strchr(renderer->media_type, '/')))
            complain("renderer", renderer->name, "is for files and does not say their media type");
        if (!renderer->render)
            complain("renderer", renderer->name, "renders nothing");
        if (room_has_tests("render") && !file_matches("tests/render/*", renderer->name, "*_test.c"))
            complain("renderer", renderer->name, "has no test in tests/render/");
        for (size_t j = 0; j < i; j++) {
            if (strcmp(renderer_register[j]->name, renderer->name) == 0)
                complain("renderer", renderer->name, "shares its name");
        }
    }
    assert_int_equal(mistakes, 0);
}

static void check_options(const struct command *command)
{
    for (const struct option_row *option = command->options; option && option->name; option++) {
        if (strncmp(option->name, "--", 2) != 0)
            complain("command", command->name, "has an option that does not begin with --");
        if (!is_text(option->meaning))
            complain("option", option->name, "has no meaning");
        for (const struct option_row *other = command->options; other < option; other++) {
            if (strcmp(other->name, option->name) == 0 || (other->letter && other->letter == option->letter))
                complain("option", option->name, "stands twice");
        }
    }
}

/* Is the command run by a file of tests/cli/, or by a page of the guide (whose console blocks are run)? */
static bool command_is_run(const char *name)
{
    char quoted[64], typed[64];
    assert_true(snprintf(quoted, sizeof quoted, "\"%s\"", name) > 0);
    assert_true(snprintf(typed, sizeof typed, "gapmeter %s", name) > 0);
    glob_t found;
    bool run = false;
    assert_int_equal(glob(GAPMETER_SOURCE_DIR "/tests/cli/*_test.*", 0, NULL, &found), 0);
    int none = glob(GAPMETER_SOURCE_DIR "/docs/guide/*.md", GLOB_APPEND, NULL, &found);
    assert_true(none == 0 || none == GLOB_NOMATCH);
    for (size_t i = 0; i < found.gl_pathc && !run; i++) {
        char *text = source_text(found.gl_pathv[i] + strlen(GAPMETER_SOURCE_DIR) + 1);
        assert_non_null(text);
        run = strstr(text, quoted) || strstr(text, typed);
        free(text);
    }
    globfree(&found);
    return run;
}

static void every_command(void **state)
{
    (void)state;
    mistakes = 0;
    assert_true(command_register_count >= 1);
    for (size_t i = 0; i < command_register_count; i++) {
        const struct command *command = command_register[i];
        if (!is_snake_case(command->name))
            complain("command", command->name, "has a name that is not snake_case");
        if (!is_sentence(command->sentence))
            complain("command", command->name, "has no sentence");
        if (!is_text(command->description))
            complain("command", command->name, "has no description");
        if (!command->example || strncmp(command->example, "gapmeter ", 9) != 0 || !strstr(command->example, command->name))
            complain("command", command->name, "has no example that names it");
        if (!command->run)
            complain("command", command->name, "runs nothing");
        if (!command_is_run(command->name))
            complain("command", command->name, "is run by no test in tests/cli/ and no page of docs/guide/");
        check_options(command);
        for (size_t j = 0; j < i; j++) {
            if (strcmp(command_register[j]->name, command->name) == 0)
                complain("command", command->name, "shares its name");
        }
    }
    assert_int_equal(mistakes, 0);
}

/* "perceptions only: this report ranks experience only" (sentences): perception is a default table of such a study alone;
 * what needs a standard that was not asked is not applicable, and says which. */
static void defaults_by_study(void **state)
{
    (void)state;
    const struct scale scale = {.id = "s", .max = {.units = 4}, .step = {.units = 1}, .steps = 5};
    const struct item item = {.id = "q1"};
    const char *const header[] = {"q1"};
    struct study study = {.scales = &scale, .scale_count = 1, .items = &item, .item_count = 1};
    const struct measure *perception = measure_find(span_of("perception")), *gap = measure_find(span_of("item_gap"));
    const struct measure *zone = measure_find(span_of("zone")), *weighted = measure_find(span_of("weighted_gap"));
    assert_true(perception && gap && zone && weighted);
    const char *missing = NULL;
    study.columns.of_item[STANDARD_PERCEPTION] = header;
    assert_true(measure_is_default(perception, &study));
    assert_false(measure_is_default(gap, &study));
    assert_int_equal(measure_applies(gap, &study, &missing), REASON_NOT_ASKED);
    assert_string_equal(missing, "expectation");
    assert_int_equal(measure_applies(zone, &study, &missing), REASON_NOT_ASKED);
    study.columns.of_item[STANDARD_EXPECTATION] = header;
    assert_false(measure_is_default(perception, &study));
    assert_true(measure_is_default(gap, &study));
    assert_false(measure_is_default(weighted, &study));
    assert_int_equal(measure_applies(weighted, &study, &missing), REASON_NOT_ASKED);
    assert_string_equal(missing, "importance");
    study.columns.importance = IMPORTANCE_POINTS;
    assert_true(measure_is_default(weighted, &study));
    study.columns.of_item[STANDARD_MINIMUM] = header;
    assert_true(measure_is_default(zone, &study));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_measure), cmocka_unit_test(permanent_columns), cmocka_unit_test(defaults_by_study),
        cmocka_unit_test(every_section), cmocka_unit_test(every_format),      cmocka_unit_test(every_renderer),
        cmocka_unit_test(every_command),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
