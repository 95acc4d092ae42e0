/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/instrument_file.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "instrument/study_file.h"
#include "support/job_fixture.h"

#define CORPUS GAPMETER_SOURCE_DIR "/fuzz/corpus/instrument/"

/* What must be there; there may be more, for which no test needs to change. */
static const char *const required[] = {"ces",    "csat", "expectations-today", "five-needs",
                                       "gap-22", "nps",  "perception-22",      "zone-22"};

enum { REQUIRED = sizeof required / sizeof *required };

static const struct instrument *find(struct job *job, const char *name)
{
    const struct instrument *instrument = NULL;
    assert_ok(job, instrument_find(&job->ctx, name, &instrument));
    return instrument;
}

/* The shipped instruments, sorted by name. */
static size_t list(struct job *job, const char *const **out)
{
    size_t count = 0;
    assert_ok(job, instrument_list(&job->ctx, out, &count));
    return count;
}

/* "Ship, freshly worded in English": gap-22, perception-22, zone-22, five-needs, expectations-today, nps, csat, ces */
static void all_eight_are_listed(void **state)
{
    (void)state;
    struct job job;
    const char *const *names = NULL;
    job_begin(&job);
    size_t count = list(&job, &names), found = 0;
    for (size_t i = 0; i < count; i++) {
        found += found < REQUIRED && strcmp(names[i], required[found]) == 0;
        assert_true(i == 0 || strcmp(names[i - 1], names[i]) < 0);
    }
    assert_int_equal(found, REQUIRED);
    for (size_t i = 0; i < REQUIRED; i++) {
        const struct instrument *instrument = find(&job, required[i]);
        assert_false(instrument->validated);
        assert_string_equal(instrument->language, "en");
    }
    job_end(&job);
}

/* "a provenance note per item"; a "does not apply" answer; the name is that of the file */
static void every_shipped_one_is_whole(void **state)
{
    (void)state;
    struct job job;
    const char *const *names = NULL;
    job_begin(&job);
    for (size_t i = list(&job, &names); i-- > 0;) {
        const struct instrument *instrument = find(&job, names[i]);
        assert_string_equal(instrument->name, names[i]);
        for (uint32_t item = 0; item < instrument->item_count; item++)
            assert_non_null(instrument->provenance[item]);
        assert_non_null(instrument->not_applicable_text);
        assert_non_null(instrument->not_applicable_code);
    }
    job_end(&job);
}

static bool holds_word(const char *text, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = strstr(text, word); at != NULL; at = strstr(at + 1, word)) {
        bool begins = at == text || at[-1] == ' ';
        bool ends = at[length] == '\0' || strchr(" ,.?", at[length]) != NULL;
        if (begins && ends)
            return true;
    }
    return false;
}

/* "one idea per item, no negations, no "always"" */
static void check_wording(const char *instrument, const struct item *item)
{
    static const char *const unwanted[] = {"and",     "not",     "no",    "never",  "always",
                                           "without", "nothing", "don't", "cannot", "every"};
    for (size_t i = 0; i < sizeof unwanted / sizeof *unwanted; i++) {
        if (holds_word(item->text, unwanted[i]))
            fail_msg("%s, %s: \"%s\" holds \"%s\"", instrument, item->id, item->text, unwanted[i]);
    }
    assert_false(item->reverse);
}

static void items_are_worded_as_the_house_demands(void **state)
{
    (void)state;
    for (size_t i = 0; i < REQUIRED; i++) {
        struct job job;
        job_begin(&job);
        const struct instrument *instrument = find(&job, required[i]);
        for (uint32_t item = 0; item < instrument->item_count; item++)
            check_wording(required[i], &instrument->items[item]);
        job_end(&job);
    }
}

/* "gap-22 (the five classic dimensions, 4-5-4-4-5 items)"; separate stems for "will" and "excellent" or "should" */
static void gap_22_has_the_classic_dimensions(void **state)
{
    (void)state;
    static const struct {
        const char *id;
        uint32_t items;
    } dimensions[] = {{"tangibles", 4}, {"reliability", 5}, {"responsiveness", 4}, {"assurance", 4}, {"empathy", 5}};
    static const char *const names[] = {"gap-22", "perception-22", "zone-22"};
    for (size_t n = 0; n < 3; n++) {
        struct job job;
        job_begin(&job);
        const struct instrument *instrument = find(&job, names[n]);
        assert_int_equal(instrument->item_count, 22);
        assert_int_equal(instrument->dimension_count, 5);
        for (uint32_t i = 0; i < 5; i++) {
            assert_string_equal(instrument->dimensions[i].id, dimensions[i].id);
            assert_int_equal(instrument->dimensions[i].item_count, dimensions[i].items);
        }
        job_end(&job);
    }
    struct job job;
    job_begin(&job);
    const struct instrument *gap = find(&job, "gap-22");
    assert_int_equal(gap->standards, 1u << STANDARD_EXPECTATION | 1u << STANDARD_PERCEPTION);
    assert_int_equal(gap->kind, INSTRUMENT_GAP);
    for (enum expectation_kind kind = 0; kind < EXPECTATION_KIND_COUNT; kind++)
        assert_non_null(gap->stems[stem_of_expectation(kind)]);
    assert_string_not_equal(gap->stems[STEM_WILL], gap->stems[STEM_EXCELLENT]);
    assert_non_null(strstr(gap->stems[STEM_WILL], "this visit"));
    /* the same items, so that the two can be compared */
    const struct instrument *perception = find(&job, "perception-22");
    for (uint32_t i = 0; i < 22; i++)
        assert_string_equal(gap->items[i].text, perception->items[i].text);
    assert_int_equal(perception->standards, 1u << STANDARD_PERCEPTION);
    job_end(&job);
}

/* "zone-22 (minimum/desired/perceived, 1–9)"; "zone columns carry level anchors, not agreement" */
static void zone_22_asks_three_levels(void **state)
{
    (void)state;
    struct job job;
    job_begin(&job);
    const struct instrument *zone = find(&job, "zone-22");
    assert_int_equal(zone->kind, INSTRUMENT_ZONE);
    assert_int_equal(zone->standards, 1u << STANDARD_MINIMUM | 1u << STANDARD_DESIRED | 1u << STANDARD_PERCEPTION);
    assert_int_equal(zone->scales[0].steps, 9);
    assert_non_null(strstr(zone->scales[0].labels[0].text, "level"));
    assert_null(strstr(zone->scales[0].labels[1].text, "gree"));
    job_end(&job);
}

/* "five-needs and expectations-today are checklists without alpha": no dimension to compute one of */
static void checklists_have_no_dimensions(void **state)
{
    (void)state;
    static const char *const needs[] = {"action", "appreciation", "price", "service", "quality"};
    static const char *const themes[] = {"speed", "authenticity", "care"};
    struct job job;
    job_begin(&job);
    const struct instrument *five = find(&job, "five-needs");
    const struct instrument *today = find(&job, "expectations-today");
    assert_int_equal(five->item_count, 5);
    assert_int_equal(today->item_count, 3);
    for (uint32_t i = 0; i < 5; i++)
        assert_string_equal(five->items[i].id, needs[i]);
    for (uint32_t i = 0; i < 3; i++)
        assert_string_equal(today->items[i].id, themes[i]);
    assert_int_equal(five->kind, INSTRUMENT_CHECKLIST);
    assert_int_equal(five->dimension_count + today->dimension_count, 0);
    assert_int_equal(five->importance_scale, 1);
    job_end(&job);
}

/* "NPS asks its standard question and carries its owners' attribution (® at first use, footnote); CES likewise." */
static void marks_are_attributed(void **state)
{
    (void)state;
    struct job job;
    job_begin(&job);
    const struct instrument *nps = find(&job, "nps");
    assert_string_equal(nps->items[0].text, "How likely is it that you would recommend us to a friend or colleague?");
    assert_non_null(strstr(nps->title, "®"));
    assert_non_null(strstr(nps->attribution, "registered trademarks"));
    assert_int_equal(nps->scales[0].steps, 11);
    assert_non_null(find(&job, "ces")->attribution);
    assert_null(find(&job, "csat")->attribution);
    job_end(&job);
}

static void an_unknown_name_is_answered_with_the_list(void **state)
{
    (void)state;
    struct job job;
    const struct instrument *instrument = NULL;
    job_begin(&job);
    assert_int_equal(instrument_find(&job.ctx, "zone22", &instrument), STATUS_NO_INPUT);
    assert_string_equal(
        job.ctx.error.sentence,
        "\"zone22\" is not a shipped instrument; there are: ces, csat, expectations-today, five-needs, gap-22, nps, "
        "perception-22, zone-22. Did you mean \"zone-22\"?");
    assert_int_equal(instrument_find(&job.ctx, "schema", &instrument), STATUS_NO_INPUT);
    assert_int_equal(instrument_find(&job.ctx, "/nowhere/gap.json", &instrument), STATUS_NO_INPUT);
    job_end(&job);
}

static struct span copy_of(struct job *job, struct out *out)
{
    struct span text = out_bytes(out);
    return (struct span){arena_copy(job->ctx.arena, text), text.length};
}

static struct span written(struct job *job, const struct instrument *instrument)
{
    struct out *out = NULL;
    assert_ok(job, out_open_memory(&job->ctx, &out));
    assert_ok(job, instrument_write(&job->ctx, instrument, out));
    return copy_of(job, out);
}

/* "Writes an instrument as JSON, so that it reads back equal." */
static void written_ones_read_back_equal(void **state)
{
    (void)state;
    struct job job;
    const char *const *names = NULL;
    job_begin(&job);
    for (size_t i = list(&job, &names); i-- > 0;) {
        const struct instrument *again = NULL;
        struct span first = written(&job, find(&job, names[i]));
        assert_ok(&job, instrument_read_text(&job.ctx, first, "written.json", &again));
        struct span second = written(&job, again);
        assert_int_equal(first.length, second.length);
        assert_memory_equal(first.at, second.at, first.length);
    }
    job_end(&job);
}

/* "A study that asks an instrument's items": what `new` writes can be read */
static void every_instrument_makes_a_study(void **state)
{
    (void)state;
    struct job job;
    const char *const *names = NULL;
    job_begin(&job);
    for (size_t i = list(&job, &names); i-- > 0;) {
        struct out *out = NULL;
        const struct study *study = NULL, *again = NULL;
        const struct instrument *instrument = find(&job, names[i]);
        assert_ok(&job, instrument_study(&job.ctx, instrument, EXPECTATION_EXCELLENT, &study));
        assert_ok(&job, out_open_memory(&job.ctx, &out));
        assert_ok(&job, study_write(&job.ctx, study, out));
        assert_ok(&job, study_read_text(&job.ctx, copy_of(&job, out), "made.json", &again));
        for (enum standard standard = 0; standard < STANDARD_COUNT; standard++)
            assert_int_equal(study_asks_any(again, standard), (instrument->standards >> standard & 1) != 0);
        assert_int_equal(again->expectation, EXPECTATION_EXCELLENT);
        assert_int_equal(again->asked, study_asks_any(again, STANDARD_EXPECTATION) ? ASKED_BEFORE : ASKED_SAME_SITTING);
        if (study_asks_any(again, STANDARD_PERCEPTION))
            assert_string_equal(again->columns.of_item[STANDARD_PERCEPTION][0], "p1");
        assert_int_equal(again->missing_count, 3);
        for (uint32_t code = 1; code < 3; code++)
            assert_int_equal(again->missing[code].kind, MISSING_DECLARED);
    }
    job_end(&job);
}

struct bad_instrument {
    const char *name;     /* the file is bad_NAME.json */
    const char *path;     /* "" when the text is not JSON */
    const char *fragment; /* what the sentence must hold */
};

static const struct bad_instrument cases[] = {
    {"not_json", "", "This is not well-formed JSON"},
    {"study", "$", "This is a study, not an instrument"},
    {"version", "$.gapmeter_instrument", "reads instruments of version 1, not 3"},
    {"no_name", "$", "\"name\" is missing; it is text."},
    {"member", "$.license", "Did you mean \"licence\"?"},
    {"kind", "$.kind",
     "\"gaps\" is not a kind of instrument; there are: gap, rating, zone, checklist, index. Did you mean \"gap\"?"},
    {"validated", "$.validated", "\"no\" stands where true or false belongs"},
    {"standard", "$.standards[0]", "\"expected\" is not a standard"},
    {"standard_twice", "$.standards[1]", "\"perception\" stands here twice"},
    {"standards_none", "$", "\"standards\" is missing or empty"},
    {"stem", "$.stems.shall", "\"shall\" is not a member that is known here"},
    {"does_not_apply", "$.does_not_apply", "\"text\" is missing; it is text."},
    {"does_not_apply_answer", "$.does_not_apply", "\"3\" is an answer on the scale \"a5\""},
    {"does_not_apply_note", "$.does_not_apply", "\"note\" cannot"},
    {"does_not_apply_same", "$.does_not_apply", "The code and the text"},
    {"importance_scale", "$.importance_scale", "\"i4\" is not a scale of this instrument"},
    {"importance_scale_missing", "$", "\"importance_scale\" is missing"},
    {"importance_not_asked", "$.importance_scale", "does not ask importance"},
    {"provenance", "$.items[1]", "\"provenance\" is missing; it is text."},
    {"item_scale", "$.items[1].scale", "\"a6\" is not a scale of this instrument; there are: a5, i3."},
    {"items_none", "$.items", "An instrument needs at least one item"},
    {"kano_alone", "$.standards", "\"functional\" and \"dysfunctional\" are the two questions of Kano and go together"},
    {"translation_key", "$.translations.de.item.q9", "\"item.q9\" is not a text of this study or instrument"},
    {"translation_title", "$.translations.de.title", "\"title\" is not a text of this study or instrument"},
    {"translation_own", "$.translations.en", "\"en\" is the language in which all else is written"},
    {"translation_language", "$.translations.German", "\"German\" is not the tag of a language"},
    {"translation_list", "$.translations.de", "a list stands where an object belongs"},
    {"importance_alone", "$.standards", "Importance alone is not enough"},
};

enum { CASES = sizeof cases / sizeof *cases };

static void every_bad_instrument_is_told_where_and_why(void **state)
{
    (void)state;
    size_t files = 0;
    for (size_t i = 0; i < CASES; i++) {
        struct job job;
        char path[512];
        const struct instrument *instrument = NULL;
        (void)snprintf(path, sizeof path, CORPUS "bad_%s.json", cases[i].name);
        job_begin(&job);
        enum status status = instrument_find(&job.ctx, path, &instrument);
        const struct error *error = &job.ctx.error;
        if (status != STATUS_CONFIG || strcmp(error->place.path, cases[i].path) != 0 ||
            strstr(error->sentence, cases[i].fragment) == NULL || strcmp(error->place.file, path) != 0)
            fail_msg("%s: status %d, path %s: %s", cases[i].name, (int)status, error->place.path, error->sentence);
        job_end(&job);
    }
    DIR *folder = opendir(CORPUS);
    assert_non_null(folder);
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder))
        files += strncmp(entry->d_name, "bad_", 4) == 0;
    (void)closedir(folder);
    assert_int_equal(files, CASES);
}

/* Every k-th allocation of reading, writing and making a study fails in turn. */
static void any_allocation_may_fail(void **state)
{
    (void)state;
    enum status status = STATUS_MEMORY;
    uint64_t failing = 0;
    while (status != STATUS_OK) {
        struct job job;
        const struct instrument *instrument = NULL;
        const struct study *study = NULL;
        struct out *out = NULL;
        job_begin(&job);
        memory_fail_at(++failing, false);
        status = instrument_find(&job.ctx, "zone-22", &instrument);
        if (status == STATUS_OK)
            status = instrument_study(&job.ctx, instrument, EXPECTATION_WILL, &study);
        if (status == STATUS_OK)
            status = out_open_memory(&job.ctx, &out);
        if (status == STATUS_OK)
            status = instrument_write(&job.ctx, instrument, out);
        memory_fail_at(0, false);
        if (status != STATUS_OK)
            assert_int_equal(status, STATUS_MEMORY);
        job_end(&job);
    }
    assert_true(failing > 300);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_eight_are_listed),
        cmocka_unit_test(every_shipped_one_is_whole),
        cmocka_unit_test(items_are_worded_as_the_house_demands),
        cmocka_unit_test(gap_22_has_the_classic_dimensions),
        cmocka_unit_test(zone_22_asks_three_levels),
        cmocka_unit_test(checklists_have_no_dimensions),
        cmocka_unit_test(marks_are_attributed),
        cmocka_unit_test(an_unknown_name_is_answered_with_the_list),
        cmocka_unit_test(written_ones_read_back_equal),
        cmocka_unit_test(every_instrument_makes_a_study),
        cmocka_unit_test(every_bad_instrument_is_told_where_and_why),
        cmocka_unit_test(any_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
