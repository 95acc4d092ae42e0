/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "the same words as in study files, JSON, the database and word keys"; "A text in a language, or the fallback" */
#include "model/collection.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

/* "Reads the same words; false for any other": each name reads back as itself, and stands for itself alone. */
static void names_read_back(void **state)
{
    (void)state;
    static const char *const waves[] = {"expectation", "during", "perception"};
    static const char *const phases[] = {"before", "late", "recalled", "during", "after"};
    static const char *const identities[] = {"named", "code", "anonymous"};
    static const char *const sources[] = {"advertising",    "staff",       "friends", "reviews",
                                          "earlier_visits", "other_firms", "price",   "appearance"};
    for (enum wave i = 0; i < WAVE_COUNT; i++) {
        enum wave found = WAVE_COUNT;
        assert_string_equal(wave_name(i), waves[i]);
        assert_true(wave_parse(span_of(waves[i]), &found));
        assert_int_equal(found, i);
    }
    for (enum phase i = 0; i < PHASE_COUNT; i++) {
        enum phase found = PHASE_COUNT;
        assert_string_equal(phase_name(i), phases[i]);
        assert_true(phase_parse(span_of(phases[i]), &found));
        assert_int_equal(found, i);
    }
    for (enum identity i = 0; i < IDENTITY_COUNT; i++) {
        enum identity found = IDENTITY_COUNT;
        assert_string_equal(identity_name(i), identities[i]);
        assert_true(identity_parse(span_of(identities[i]), &found));
        assert_int_equal(found, i);
    }
    for (enum expectation_source i = 0; i < SOURCE_COUNT; i++)
        assert_string_equal(expectation_source_name(i), sources[i]);
}

static void other_words_are_no_names(void **state)
{
    (void)state;
    static const char *const others[] = {"", "expect", "expectations", "Before", "anon", "named "};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        enum wave wave = WAVE_DURING;
        enum phase phase = PHASE_LATE;
        enum identity identity = IDENTITY_CODE;
        assert_false(wave_parse(span_of(others[i]), &wave));
        assert_false(phase_parse(span_of(others[i]), &phase));
        assert_false(identity_parse(span_of(others[i]), &identity));
        assert_true(wave == WAVE_DURING && phase == PHASE_LATE && identity == IDENTITY_CODE);
    }
}

static const char *const languages[] = {"de", "ar"};
static const struct translation translations[] = {
    {"de", "item.q1", "Das Personal hört zu"}, {"de", "title", "Schalter"}, {"ar", "item.q1", "الموظفون يصغون"}};

static void texts_are_found_or_fall_back(void **state)
{
    (void)state;
    struct collection collection;
    collection_defaults(&collection);
    collection.languages = languages;
    collection.language_count = 2;
    collection.translations = translations;
    collection.translation_count = 3;
    assert_string_equal(collection_text(&collection, "en", "item.q1", "The staff listen"), "The staff listen");
    assert_string_equal(collection_text(&collection, "de", "item.q1", "The staff listen"), "Das Personal hört zu");
    assert_string_equal(collection_text(&collection, "ar", "item.q1", "The staff listen"), "الموظفون يصغون");
    assert_string_equal(collection_text(&collection, "ar", "title", "Counter"), "Counter");
    assert_null(collection_text(&collection, "de", "consent", NULL));
    assert_true(collection_speaks(&collection, "en") && collection_speaks(&collection, "de") &&
                collection_speaks(&collection, "ar"));
    assert_false(collection_speaks(&collection, "fr") || collection_speaks(&collection, "d") ||
                 collection_speaks(&collection, ""));
}

/* "named, opened by time, program and customer, in the language "en"" */
static void defaults_ask_everybody(void **state)
{
    (void)state;
    struct collection collection;
    memset(&collection, 0xff, sizeof collection);
    collection_defaults(&collection);
    assert_int_equal(collection.identity, IDENTITY_NAMED);
    assert_int_equal(collection.openings, OPENS_BY_TIME | OPENS_BY_PROGRAM | OPENS_BY_CUSTOMER);
    assert_string_equal(collection.language, "en");
    assert_int_equal(collection.perception_after_minutes, 60);
    assert_int_equal(collection.invitation_days, 30);
    assert_int_equal(collection.kiosk_seconds, 60);
    assert_true(collection.language_count == 0 && collection.items_asked == 0 && collection.retention_days == 0 &&
                collection.perception_only_permille == 0 && !collection.ask_noticed && !collection.ask_sources);
}

/* "the same but for the case, what is left of it when it is cut at its hyphens from behind, or one that only says more" */
static void languages_serve_readers(void **state)
{
    (void)state;
    static const char *const others[] = {"pt-BR", "zh-Hant", "ar"};
    const struct collection collection = {.language = "de", .languages = others, .language_count = 3};
    static const struct {
        const char *tag, *serves;
    } cases[] = {{"de", "de"},
                 {"DE-ch", "de"},
                 {"de-Latn-CH-1996", "de"},
                 {"pt", "pt-BR"},
                 {"pt-br", "pt-BR"},
                 {"pt-PT", NULL},
                 {"zh-Hant-TW", "zh-Hant"},
                 {"zh-Hans", NULL},
                 {"zh", "zh-Hant"},
                 {"ar-EG", "ar"},
                 {"ara", NULL},
                 {"d", NULL},
                 {"den", NULL},
                 {"", NULL},
                 {"-", NULL},
                 {"de-", "de"},
                 {"fr", NULL}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *found = collection_language(&collection, span_of(cases[i].tag));
        if (cases[i].serves)
            assert_string_equal(found, cases[i].serves);
        else
            assert_null(found);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_read_back),
        cmocka_unit_test(other_words_are_no_names),
        cmocka_unit_test(texts_are_found_or_fall_back),
        cmocka_unit_test(languages_serve_readers),
        cmocka_unit_test(defaults_ask_everybody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
