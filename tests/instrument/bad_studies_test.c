/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "errors name the JSON path" (the outside of Gapmeter, Study file); "Messages show the offending value and what would be
 * accepted" (the house, Errors). The files of the cases seed the fuzzer: fuzz/corpus/study/bad_NAME.json. */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "instrument/study_file.h"
#include "support/job_fixture.h"
#include "support/scratch_folder.h"

#define CORPUS GAPMETER_SOURCE_DIR "/fuzz/corpus/study/"

struct bad_study {
    const char *name;     /* the file is bad_NAME.json */
    const char *path;     /* where the error must be; "" when the text is not JSON: then there is a line */
    const char *fragment; /* what the sentence must hold */
};

static const struct bad_study cases[] = {
    {"empty", "", "This is not well-formed JSON"},
    {"not_json", "", "This is not well-formed JSON"},
    {"cut_short", "", "This is not well-formed JSON"},
    {"comma_too_many", "", "This is not well-formed JSON"},
    {"member_twice", "", "duplicate object key"},
    {"nul_in_text", "", "This is not well-formed JSON"},
    {"too_deep", "", "more than 32 deep"},
    {"list_as_file", "$", "a list stands where an object belongs"},
    {"version_missing", "$", "\"gapmeter\" is missing; it is a whole number."},
    {"version_other", "$.gapmeter", "reads study files of version 1, not 2"},
    {"version_text", "$.gapmeter", "\"1\" stands where a whole number belongs"},
    {"instrument_as_study", "$", "This is an instrument, not a study"},
    {"member_unknown", "$.titel", "Did you mean \"title\"?"},
    {"columns_missing", "$", "\"columns\" is missing; it is an object."},
    {"title_number", "$.title", "7 stands where text belongs"},
    {"title_empty", "$.title", "An empty text stands where words belong"},
    {"title_control", "$.title", "A control character stands in the text (byte 2, code 27)"},
    {"simulated_text", "$.simulated", "\"yes\" stands where true or false belongs"},
    {"decimal_mark", "$.decimal_mark", "\";\" is not a decimal mark; there are: ., ,."},
    {"design_missing", "$", "Expectations are asked, but \"design\" is missing"},
    {"design_no_time", "$.design", "but \"asked\" is missing"},
    {"design_kind", "$.design.expectation",
     "\"wil\" is not a kind of expectation; there are: will, should, excellent, desired. Did you mean \"will\"?"},
    {"design_time", "$.design.asked", "\"later\" is not a time of asking; there are: before, same sitting, recalled."},
    {"design_member", "$.design.when", "\"when\" is not a member that is known here; there are: expectation, asked."},
    {"scale_and_scales", "$.scale", "cannot stand beside \"scales\""},
    {"scale_no_max", "$.scales.agree5", "\"max\" is missing; it is a number."},
    {"scale_upside_down", "$.scales.agree9", "min is 1 and max is 0; min must lie below max."},
    {"scale_one_point", "$.scales.agree9", "min must lie below max"},
    {"scale_step_zero", "$.scales.agree9", "step is 0; it must lie above 0"},
    {"scale_step_uneven", "$.scales.agree9", "from 1 to 9 is not a whole number of steps of 0.3"},
    {"scale_too_fine", "$.scales.agree9", "are more than 32767 points"},
    {"scale_exponent", "$.scales.a.max", "1e+300 is not a number of at most 15 digits"},
    {"scale_digits", "$.scales.a", "together take more than 18 digits"},
    {"scale_min_text", "$.scales.agree5.min", "\"1\" stands where a number belongs"},
    {"scale_member", "$.scales.agree5.lables", "Did you mean \"labels\"?"},
    {"label_no_point", "$.scales.agree5.labels.6", "\"6\" is no point of the scale 1–5"},
    {"label_no_number", "$.scales.agree5.labels.five", "\"five\" is no point of the scale"},
    {"label_same_words", "$.scales.agree5.labels.4", "is the label of another point too"},
    {"label_same_point", "$.scales.agree5.labels.5.0", "This point has a label already: \"Agree\""},
    {"label_other_number", "$.scales.agree5.labels.2", "is a number, but not that of its point"},
    {"dimensions_object", "$.dimensions", "an object stands where a list belongs"},
    {"dimension_overall", "$.dimensions[0].id", "\"overall\" is the name of the score over all dimensions"},
    {"dimension_twice", "$.dimensions[1].id", "\"reliability\" is the id of dimension 1 too"},
    {"dimension_empty", "$.dimensions[1]", "No item belongs to \"empathy\""},
    {"dimension_no_id", "$.dimensions[0]", "\"id\" is missing; it is text."},
    {"item_no_id", "$.items[2]", "\"id\" is missing; it is text."},
    {"item_twice", "$.items[2].id", "\"q1\" is the id of item 1 too"},
    {"item_id_note", "$.items[2].id", "\"note\" cannot be an id"},
    {"item_id_lines", "$.items[2].id", "A control character stands in the text"},
    {"item_id_long", "$.items[2].id", "A text of 201 bytes stands here; at most 200 are accepted"},
    {"item_scale", "$.items[1].scale", "\"agree7\" is not a scale of this study; there are: agree5, agree9."},
    {"item_no_scale", "$.items[1]", "\"scale\" is missing, and there is not just one to take; there are: agree5, agree9."},
    {"item_dimension", "$.items[1].dimension",
     "\"Empathy\" is not a dimension of this study; there are: reliability, empathy. Did you mean \"empathy\"?"},
    {"item_reverse", "$.items[1].reverse", "1 stands where true or false belongs"},
    {"item_member", "$.items[1].provenance", "\"provenance\" is not a member that is known here"},
    {"item_text", "$.items[0]", "\"q1\" stands where an object belongs"},
    {"sources_name", "$.columns.sources.advertisement", "is not a source of expectations; there are: advertising"},
    {"sources_code_name", "$.columns.sources.codes.stuff", "Did you mean \"staff\"?"},
    {"sources_code_twice", "$.columns.sources.codes", "\"1\" is to mean both staff and price; each needs its own code."},
    {"sources_code_of_other", "$.columns.sources.codes", "\"price\" is to mean both staff and price"},
    {"sources_code_mark", "$.columns.sources.codes", "\"1;2\" cannot be a code, because ; , and | stand between sources."},
    {"sources_same_column", "$.columns.sources", "Column \"told\" is to be both staff and price; each needs its own."},
    {"sources_number", "$.columns.sources", "7 stands where"},
    {"sources_pattern", "$.columns.sources", "{x}"},
    {"column_member", "$.columns.perceptions", "Did you mean \"perception\"?"},
    {"pattern_braces", "$.columns.perception", "\"{i}\" is not known in a pattern; accepted are {n}"},
    {"pattern_open", "$.columns.perception", "\"{n\" is not known in a pattern"},
    {"pattern_constant", "$.columns.perception",
     "Column \"p\" is to be both the perception of \"q1\" and the perception of \"q2\""},
    {"same_column", "$.columns.perception", "Column \"h1\" is to be both the expectation of \"q1\" and the perception of \"q3\""},
    {"map_item", "$.columns.perception.Q2", "\"Q2\" is not an item of this study; there are: q1, q2, q3."},
    {"map_number", "$.columns.perception.q1", "3 stands where text belongs"},
    {"nothing_asked", "$.columns", "No column holds answers; name at least one of expectation"},
    {"nothing_at_all", "$.columns", "neither items nor outcomes"},
    {"respondent_list", "$.columns.respondent", "a list stands where text or null belongs"},
    {"segment_twice", "$.columns.segments[1]", "\"sex\" is named twice"},
    {"segment_object", "$.columns.segments[0]", "an object stands where text belongs"},
    {"segments_too_many", "$.columns.segments", "65 segments stand here; there is room for 64"},
    {"segments_with_channel", "$.columns", "there are 65 segments; at most 64 fit"},
    {"layout_at_top", "$.layout", "\"layout\" stands in \"columns\": write \"columns\": {\"layout\": …, …}."},
    {"layout", "$.columns.layout", "\"tall\" is not a layout; there are: wide, long, journey."},
    {"value_in_wide", "$.columns.value", "add \"layout\": \"long\" beside it"},
    {"long_no_respondent", "$.columns", "\"respondent\" is missing: with a row per item"},
    {"long_no_item", "$.columns", "\"item\" is missing: the header of the column that names the item"},
    {"long_no_value", "$.columns", "\"value\" is missing"},
    {"long_no_standards", "$.columns", "\"standards\" is missing"},
    {"long_standard_word", "$.columns.standards.E",
     "\"expected\" is not a standard; there are: expectation, perception, desired, minimum, importance, functional, "
     "dysfunctional."},
    {"long_standard_twice", "$.columns.standards.e", "\"E\" means expectation already"},
    {"long_both_ways", "$.columns.perception", "\"standard\" says which standard a row holds"},
    {"long_value_alone", "$.columns.value", "This goes with \"standard\""},
    {"long_map", "$.columns.perception", "an object stands where text belongs"},
    {"long_same_column", "$.columns.perception", "Column \"v\" is to hold both expectation and perception"},
    {"outcome_no_column", "$.columns.outcomes.sat", "\"column\" is missing; it is text."},
    {"outcome_no_scale", "$.columns.outcomes.sat",
     "\"min\" is missing: the outcome is a scale with min and max, or \"kind\": \"real\""},
    {"outcome_kind", "$.columns.outcomes.sat.kind", "\"money\" is not a kind of outcome; there are: scale, real."},
    {"outcome_real_scale", "$.columns.outcomes.eur.min", "has no scale"},
    {"outcome_no_decimals", "$.columns.outcomes.eur", "\"decimals\" is missing"},
    {"outcome_decimals", "$.columns.outcomes.eur.decimals", "12 decimals cannot be kept; 0 to 9 are accepted"},
    {"outcome_decimals_scale", "$.columns.outcomes.sat.decimals", "goes with \"kind\": \"real\""},
    {"outcome_upside_down", "$.columns.outcomes.sat", "min must lie below max"},
    {"outcome_role", "$.columns.outcomes.sat.role",
     "\"satisfied\" is not a role of an outcome; there are: none, satisfaction, recommend, effort, loyalty, disconfirmation, "
     "left, "
     "complained, captive, bad_service."},
    {"outcome_role_twice", "$.columns.outcomes.again.role",
     "\"satisfaction\" has the role \"satisfaction\" already; one outcome may have it"},
    {"outcome_role_implied_twice", "$.columns.outcomes.loyalty", "\"again\" has the role \"loyalty\" already"},
    {"outcome_role_real", "$.columns.outcomes.sat.role", "has no scale; leave \"role\" out"},
    {"outcome_recommend", "$.columns.outcomes.nps.role",
     "\"recommend\" is asked from 0 to 10 in steps of 1, and this scale is 1–10; take \"min\": 0, \"max\": 10"},
    {"outcome_recommend_step", "$.columns.outcomes.recommend", "and this scale is 0–10 in steps of 0.5"},
    {"outcome_left", "$.columns.outcomes.left",
     "\"left\" is a yes or no, 1 or 0, and this scale is 1–2; take \"min\": 0, \"max\": 1"},
    {"outcome_bad_service", "$.columns.outcomes.trouble.role", "\"bad_service\" is a yes or no, 1 or 0, and this scale is 0–3"},
    {"outcome_easy", "$.columns.outcomes.effort.easy", "\"left\" is not an end of the scale; there are: high, low."},
    {"outcome_easy_alone", "$.columns.outcomes.sat.easy", "it goes with \"role\": \"effort\""},
    {"importance_no_kind", "$.columns.importance", "\"kind\" is missing; it is \"points\" or \"rating\""},
    {"importance_kind", "$.columns.importance.kind", "\"stars\" is not a kind of importance; there are: points, rating."},
    {"importance_of", "$.columns.importance.of", "write \"of\": \"dimension\""},
    {"importance_dimension", "$.columns.importance.reliabilty", "Did you mean \"reliability\"?"},
    {"importance_incomplete", "$.columns.importance", "\"empathy\" has no column of points"},
    {"importance_same", "$.columns.importance", "Column \"w1\" is to hold the points of both \"reliability\" and \"empathy\""},
    {"importance_points_scale", "$.columns.importance.scale", "Points are shares of 100 and have no scale"},
    {"importance_which_scale", "$.columns", "Importance needs a \"scale\"; there are: agree5, agree9."},
    {"importance_scale", "$.columns.importance.scale", "\"agree\" is not a scale of this study"},
    {"importance_both", "$.columns.importance.columns", "\"columns\" names all headers"},
    {"importance_long", "$.columns.importance", "No cell of \"standards\" means importance"},
    {"kano_alone", "$.columns.functional",
     "\"wifi\" has an answer column for \"functional\" but none for \"dysfunctional\"; the two questions of Kano go together."},
    {"kano_half", "$.columns.functional", "\"quiet\" has an answer column for \"functional\" but none for \"dysfunctional\""},
    {"kano_long", "$.columns", "\"wifi\" has an answer column for \"dysfunctional\" but none for \"functional\""},
    {"kano_same", "$.columns.dysfunctional",
     "Column \"wifi\" is to be both the functional of \"wifi\" and the dysfunctional of \"wifi\""},
    {"time_no_column", "$.columns.time", "\"column\" is missing; it is text."},
    {"time_period", "$.columns.time.period",
     "\"weekly\" is not a period; there are: day, week, month, quarter, year. Did you mean \"week\"?"},
    {"time_format", "$.columns.time.format", "\"ymd\" is not a way to write dates; there are: iso, dmy, mdy."},
    {"time_list", "$.columns.time", "a list stands where text, an object or null belongs"},
    {"journey_no_touchpoint", "$.columns",
     "\"touchpoint\" is missing: the header of the column that names what the customer met"},
    {"journey_no_case", "$.columns", "\"respondent\" and \"encounter\" are missing: with a row per moment one of them says"},
    {"journey_no_time", "$.columns", "\"time\" and \"order\" are missing: one of them says which moment came first"},
    {"journey_rating", "$.columns.rating", "\"max\" is missing; it is a number."},
    {"journey_rating_upside_down", "$.columns.rating", "min is 7 and max is 1; min must lie below max"},
    {"journey_perception", "$.columns.perception",
     "A row per moment holds no answers to items; leave \"perception\" out. How a moment was rated is \"rating\"."},
    {"journey_items", "$.columns", "The study has items, but a row per moment holds no answers to them"},
    {"journey_segment", "$.columns.segments", "Column \"what\" is of moments and differs within a journey"},
    {"journey_item", "$.columns.item", "belongs to a file with a row per item"},
    {"order_in_wide", "$.columns.order",
     "\"order\" belongs to a file with a row per moment; add \"layout\": \"journey\" beside it."},
    {"margin_segment", "$.margins.gender", "\"gender\" is not a segment of this study; there are: sex, age."},
    {"margin_zero", "$.margins.sex.m", "A share lies above 0; leave out a category that does not exist."},
    {"margin_negative", "$.margins.sex.f", "A share lies above 0"},
    {"margin_text", "$.margins.sex.m", "\"49\" stands where a number belongs"},
    {"margin_one", "$.margins.sex", "A margin names every category of \"sex\" with its share, and there are two at least"},
    {"margin_list", "$.margins.sex", "a list stands where an object belongs"},
    {"margin_twice", "$.margins.sex. m", "This category has a share already"},
    {"margin_segment_twice", "$.margins.sex ", "This segment has a margin already"},
    {"margin_missing", "$.margins.sex.NA", "\"NA\" means that there is no answer (\"missing\"), so it can have no share."},
    {"trim_alone", "$.trim_weights", "Only weights that are made from \"margins\" are trimmed, and there are none."},
    {"outcome_missing", "$.columns.outcomes.comfort.missing", "\"0\" stands where an object or a list belongs"},
    {"outcome_missing_kind", "$.columns.outcomes.comfort.missing.0", "\"unrated\" is not a kind of missing answer"},
    {"outcome_missing_twice", "$.columns.outcomes.comfort.missing[1]", "This missing code stands here twice"},
    {"outcome_answer_missing", "$.columns.outcomes.left",
     "\"0\" is an answer to \"left\" and missing in the whole study; list it under \"missing\" of those outcomes"},
    {"missing_kind", "$.missing.99", "\"unknown\" is not a kind of missing answer; there are: skipped, not_asked, declared."},
    {"missing_twice", "$.missing[1]", "This missing code stands here twice"},
    {"missing_same_number", "$.missing.99.0", "This is the same number as \"99\", which is skipped"},
    {"missing_truth", "$.missing[0]", "true stands where text or a number belongs"},
    {"missing_note", "$.missing[0]", "\"note\" cannot be a missing code"},
    {"instrument_unknown", "$.instrument", "Did you mean \"gap-22\"?"},
    {"instrument_and_items", "$.items", "\"items\" cannot stand beside \"instrument\""},
    {"instrument_path", "$.instrument", "Only shipped instruments can be named here"},
    {"collection_member", "$.collection.kiosk", "\"kiosk\" is not a member that is known here"},
    {"collection_identity", "$.collection.identity",
     "\"anon\" is not a way in which persons and answers hang together; there are: named, code, anonymous."},
    {"collection_language", "$.collection.language", "\"English\" is not the tag of a language, such as"},
    {"collection_language_twice", "$.collection.languages[2]", "\"de\" is the study's language, or stands here already"},
    {"collection_language_own", "$.collection.languages[0]", "\"en\" is the study's language"},
    {"collection_language_tag", "$.collection.languages[0]", "\"pt_BR\" is not the tag of a language"},
    {"collection_translation_language", "$.collection.translations.fr", "\"fr\" is not one of \"languages\"; there are: de, ar"},
    {"collection_translation_own", "$.collection.translations.en", "\"en\" is the language in which all else is written"},
    {"collection_translation_key", "$.collection.translations.de.item.q3", "\"item.q3\" is not a text of this study"},
    {"collection_translation_empty", "$.collection.translations.de.title", "An empty text stands where words belong"},
    {"collection_translation_list", "$.collection.translations.de", "a list stands where an object belongs"},
    {"collection_opens_never", "$.collection.opens",
     "Nothing would ever open the perception form; name time, program or customer."},
    {"collection_opens_word", "$.collection.opens[0]",
     "\"staff\" is not something that opens the perception form; there are: time, program, customer."},
    {"collection_opens_twice", "$.collection.opens[1]", "\"time\" stands here already"},
    {"collection_minutes", "$.collection.perception_after_minutes", "-1 lies outside what is accepted: 0 to"},
    {"collection_days", "$.collection.invitation_days", "0 lies outside what is accepted: 1 to"},
    {"collection_kiosk", "$.collection.kiosk_seconds", "5 lies outside what is accepted: 10 to 3600"},
    {"collection_retention", "$.collection.retention_days", "36501 lies outside what is accepted: 0 to 36500"},
    {"collection_items_asked", "$.collection.items_asked", "3 lies outside what is accepted: 0 to 2"},
    {"collection_share", "$.collection.perception_only_share", "A share lies between 0 and 1"},
    {"collection_share_fine", "$.collection.perception_only_share", "three decimals at most"},
    {"collection_share_below", "$.collection.perception_only_share", "A share lies between 0 and 1"},
    {"collection_during", "$.collection.during_items[0]", "\"q9\" is not an item of this study; there are: q1, q2"},
    {"collection_during_twice", "$.collection.during_items[1]", "This item stands here already"},
    {"collection_during_not_asked", "$.collection.during_items[0]", "Perception is not asked of this item"},
    {"collection_code_missing", "$.collection", "5 to 7 pieces"},
    {"collection_code_alone", "$.collection.code", "\"code\" goes with \"identity\": \"code\""},
    {"collection_code_short", "$.collection.code", "A code of 4 pieces stands here; 5 to 7"},
    {"collection_code_twice", "$.collection.code[1].id", "This piece of the code stands here already"},
    {"collection_code_text", "$.collection.code[2]", "\"text\" is missing; it is text."},
    {"collection_segment", "$.collection.segments.town", "\"town\" is not a segment of this study; there are: sex, branch"},
    {"collection_segment_time", "$.collection.segments.at", "The time of an answer is known"},
    {"collection_segment_text", "$.collection.segments.sex", "\"text\" is missing"},
    {"collection_segment_one", "$.collection.segments.sex.options", "There are two values at least to choose from"},
    {"collection_segment_one_named", "$.collection.segments.sex.options", "There are two values at least to choose from"},
    {"collection_segment_twice", "$.collection.segments.sex.options[1]", "This value stands here already"},
    {"collection_segment_kind", "$.collection.segments.sex.options", "\"a, b\" stands where an object or a list belongs"},
    {"collection_outcome", "$.collection.outcomes.satisfacton", "Did you mean \"satisfaction\"?"},
    {"collection_outcome_number", "$.collection.outcomes.satisfaction", "7 stands where text or null belongs"},
    {"collection_comment", "$.collection.comments.whom",
     "\"whom\" is not a column of comments of this study; there are: why, more"},
    {"collection_consent", "$.collection.consent", "An empty text stands where words belong"},
    {"stems_unknown", "$.stems.would", "\"would\" is not a member that is known here"},
    {"collection_language_instrument", "$.collection.language",
     "The texts of the instrument \"csat\" are in \"en\"; leave this out"},
    {"collection_journey", "$.collection", "read from logs and cannot be asked by forms"},
};

enum { CASES = sizeof cases / sizeof *cases };

static bool check_case(const struct bad_study *bad)
{
    struct job job;
    const struct study *study = NULL;
    char file[512];
    size_t length = 0;
    (void)snprintf(file, sizeof file, CORPUS "bad_%s.json", bad->name);
    char *text = scratch_read(file, &length);
    job_begin(&job);
    enum status status = study_read_text(&job.ctx, (struct span){text, length}, "bad.json", &study);
    const struct error *error = &job.ctx.error;
    bool right = status == STATUS_CONFIG && error->status == STATUS_CONFIG && strcmp(error->place.file, "bad.json") == 0 &&
                 strcmp(error->place.path, bad->path) == 0 && strstr(error->sentence, bad->fragment) != NULL &&
                 (error->place.row > 0) == (bad->path[0] == '\0');
    if (!right)
        print_error("%s: status %d, row %d, path %s: %s\n    expected path %s: %s\n", bad->name, (int)status,
                    (int)error->place.row, error->place.path, error->sentence, bad->path, bad->fragment);
    job_end(&job);
    free(text);
    return right;
}

static void every_bad_study_is_told_where_and_why(void **state)
{
    (void)state;
    int wrong = 0;
    for (size_t i = 0; i < CASES; i++)
        wrong += !check_case(&cases[i]);
    assert_int_equal(wrong, 0);
}

/* A case without a row here would prove nothing. */
static void every_bad_file_is_a_case(void **state)
{
    (void)state;
    size_t files = 0;
    DIR *folder = opendir(CORPUS);
    assert_non_null(folder);
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder))
        files += strncmp(entry->d_name, "bad_", 4) == 0;
    (void)closedir(folder);
    assert_int_equal(files, CASES);
}

/* Limits that would make large files: counts are made here. */
static enum status read_made(struct job *job, const char *beginning, const char *piece, unsigned count, const char *end)
{
    const struct study *study = NULL;
    size_t room = strlen(beginning) + count * (strlen(piece) + 12) + strlen(end) + 1, length = 0;
    char *text = malloc(room);
    assert_non_null(text);
    length += (size_t)snprintf(text, room, "%s", beginning);
    for (unsigned i = 0; i < count; i++) {
        const char *number = strchr(piece, '#');
        length += (size_t)snprintf(text + length, room - length, "%s%.*s%u%s", i == 0 ? "" : ",", (int)(number - piece), piece, i,
                                   number + 1);
    }
    length += (size_t)snprintf(text + length, room - length, "%s", end);
    enum status status = study_read_text(&job->ctx, (struct span){text, length}, "made.json", &study);
    free(text);
    return status;
}

/* "Nothing grows without a stated ceiling" */
static void ceilings_hold_and_are_reached(void **state)
{
    (void)state;
    static const struct {
        const char *beginning, *piece, *end;
        unsigned most;
        const char *path;
    } limits[] = {
        {"{\"gapmeter\":1,\"scale\":{\"min\":1,\"max\":5},\"items\":[", "{\"id\":\"q#\"}",
         "],\"columns\":{\"perception\":\"p{n}\"}}", 1000, "$.items"},
        {"{\"gapmeter\":1,\"scales\":{", "\"s#\":{\"min\":1,\"max\":5}",
         "},\"items\":[{\"id\":\"q\",\"scale\":\"s0\"}],\"columns\":{\"perception\":\"p{n}\"}}", 200, "$.scales"},
        {"{\"gapmeter\":1,\"columns\":{\"outcomes\":{", "\"o#\":{\"column\":\"c\",\"min\":1,\"max\":5}", "}}}", 64,
         "$.columns.outcomes"},
        {"{\"gapmeter\":1,\"columns\":{\"outcomes\":{\"o\":{\"column\":\"c\",\"min\":1,\"max\":5}},\"comments\":[", "\"c#\"",
         "]}}", 64, "$.columns.comments"},
        {"{\"gapmeter\":1,\"columns\":{\"outcomes\":{\"o\":{\"column\":\"c\",\"min\":1,\"max\":5}}},\"missing\":[\"\",", "\"m#\"",
         "]}", 255, "$.missing"},
        {"{\"gapmeter\":1,\"scale\":{\"min\":1,\"max\":5},\"dimensions\":[{\"id\":\"d\"}],\"items\":[",
         "{\"id\":\"q#\",\"dimension\":\"d\"}", "],\"columns\":{\"perception\":\"p{n}\"}}", 40, "$.dimensions[0]"},
    };
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        struct job job;
        job_begin(&job);
        assert_ok(&job, read_made(&job, limits[i].beginning, limits[i].piece, limits[i].most, limits[i].end));
        assert_int_equal(read_made(&job, limits[i].beginning, limits[i].piece, limits[i].most + 1, limits[i].end), STATUS_CONFIG);
        assert_string_equal(job.ctx.error.place.path, limits[i].path);
        job_end(&job);
    }
}

/* A scale of 32767 points is the largest */
static void the_finest_scale_is_accepted(void **state)
{
    (void)state;
    static const char *const studies[] = {
        "{\"gapmeter\":1,\"columns\":{\"outcomes\":{\"o\":{\"column\":\"c\",\"min\":1,\"max\":32767}}}}",
        "{\"gapmeter\":1,\"columns\":{\"outcomes\":{\"o\":{\"column\":\"c\",\"min\":1,\"max\":32768}}}}",
    };
    for (size_t i = 0; i < 2; i++) {
        struct job job;
        const struct study *study = NULL;
        job_begin(&job);
        assert_int_equal(study_read_text(&job.ctx, span_of(studies[i]), "fine.json", &study), i == 0 ? STATUS_OK : STATUS_CONFIG);
        job_end(&job);
    }
}

/* A file that is too large is refused by its size, before it is parsed. */
static void a_file_too_large_is_refused(void **state)
{
    (void)state;
    struct job job;
    const struct study *study = NULL;
    size_t length = (16u << 20) + 1;
    char *text = malloc(length);
    assert_non_null(text);
    memset(text, ' ', length);
    job_begin(&job);
    assert_int_equal(study_read_text(&job.ctx, (struct span){text, length}, "large.json", &study), STATUS_CONFIG);
    assert_non_null(strstr(job.ctx.error.sentence, "larger than 16 MB"));
    job_end(&job);
    free(text);
}

/* Syntax errors "carry line and column" */
static void bad_syntax_has_line_and_column(void **state)
{
    (void)state;
    static const char text[] = "{\"gapmeter\": 1,\n \"title\": \"a\",\n  oops}\n";
    struct job job;
    const struct study *study = NULL;
    job_begin(&job);
    assert_int_equal(study_read_text(&job.ctx, span_of(text), "syntax.json", &study), STATUS_CONFIG);
    assert_int_equal(job.ctx.error.place.row, 3);
    assert_string_equal(job.ctx.error.place.column, "6");
    job_end(&job);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_bad_study_is_told_where_and_why), cmocka_unit_test(every_bad_file_is_a_case),
        cmocka_unit_test(ceilings_hold_and_are_reached),         cmocka_unit_test(the_finest_scale_is_accepted),
        cmocka_unit_test(a_file_too_large_is_refused),           cmocka_unit_test(bad_syntax_has_line_and_column),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
