/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "model/document.h"
#include "model/measure.h"
#include "model/problem.h"
#include "model/shown.h"
#include "model/words.h"
#include "render/chart/chart.h"
#include "support/demo_document.h"

/* Reports in every language that claims to tell them: the same numbers in the same blocks, no English, nothing left to fill in. */

enum { TEXT_ROOM = 4096, NUMBERS_MOST = 128 };

/* Words that every English sentence has and no other language of ours. */
static const char *const english_words[] = {"the", "of", "and", "is", "with", "than", "by", "not", "to", "from", "are", "which"};

/* Finds one of them standing alone. */
static const char *english_word_find(const char *text)
{
    for (size_t i = 0; i < sizeof english_words / sizeof *english_words; i++) {
        size_t length = strlen(english_words[i]);
        for (const char *at = strstr(text, english_words[i]); at; at = strstr(at + 1, english_words[i])) {
            bool begins = at == text || (!isalpha((unsigned char)at[-1]) && (unsigned char)at[-1] < 0x80);
            if (begins && !isalpha((unsigned char)at[length]) && (unsigned char)at[length] < 0x80)
                return english_words[i];
        }
    }
    return NULL;
}

static int text_order(const void *a, const void *b)
{
    return strcmp(a, b);
}

/* The runs of digits of a text, sorted, since another language may say them in another order: "3 of 12" → "12 3". */
struct numbers {
    char texts[NUMBERS_MOST][32];
    size_t count;
};

static void numbers_find(const char *text, struct numbers *out)
{
    out->count = 0;
    while (*(text += strcspn(text, "0123456789"))) {
        size_t length = strspn(text, "0123456789");
        assert_true(out->count < NUMBERS_MOST);
        (void)snprintf(out->texts[out->count++], sizeof *out->texts, "%.*s", (int)length, text);
        text += length;
    }
    qsort(out->texts, out->count, sizeof *out->texts, text_order);
}

/* All numbers of the English stand in the other text, and no more than those; a single digit more may be a word of English
 * ("zero", "the first three"). */
static void assert_same_numbers(const char *english, const char *text, const char *language, const char *where)
{
    struct numbers expected, found;
    numbers_find(english, &expected);
    numbers_find(text, &found);
    size_t met = 0;
    for (size_t i = 0; i < found.count; i++) {
        bool same = met < expected.count && strcmp(expected.texts[met], found.texts[i]) == 0;
        met += same;
        if (!same && found.texts[i][1])
            fail_msg("%s, %s: \"%s\" holds %s, \"%s\" does not", language, where, text, found.texts[i], english);
    }
    if (met < expected.count)
        fail_msg("%s, %s: \"%s\" lacks %s of \"%s\"", language, where, text, expected.texts[met], english);
}

/* Every language beside English in which a report can be told, one after another; NULL at the end. */
static const struct words *language_next(const struct words *before)
{
    const struct words *next = before ? before + 1 : words_languages;
    while (next->language && (strcmp(next->language, "en") == 0 || !words_tell_reports(next->language)))
        next++;
    return next->language ? next : NULL;
}

/* A text without the names of the words that are filled in. */
static void names_leave_out(const char *text, char *into)
{
    while (*text) {
        size_t plain = strcspn(text, "{");
        (void)snprintf(into, TEXT_ROOM / 2, "%.*s", (int)plain, text);
        into += plain;
        text += plain;
        text += strcspn(text, "}");
        text += *text == '}';
    }
    *into = '\0';
}

static size_t words_count(const char *text)
{
    size_t count = 0;
    for (; *text; text++)
        count += isalpha((unsigned char)*text) && !isalpha((unsigned char)text[1]);
    return count;
}

/* No text of a complete language is left in English, and each holds the numbers of its English. */
static void every_text_is_translated(void **state)
{
    (void)state;
    const struct words *english = words_languages;
    while (strcmp(english->language, "en") != 0)
        english++;
    size_t languages = 0;
    for (const struct words *language = language_next(NULL); language; language = language_next(language), languages++) {
        for (size_t i = 0; i < english->count; i++) {
            const char *key = english->words[i].key, *text = words_text(language->language, key);
            if (!text)
                fail_msg("%s does not say %s", language->language, key);
            char own[TEXT_ROOM];
            names_leave_out(text, own);
            bool same = strcmp(text, english->words[i].text) == 0 && words_count(own) > 4;
            if (same || english_word_find(own))
                fail_msg("%s, %s is in English: %s", language->language, key, text);
            assert_same_numbers(english->words[i].text, text, language->language, key);
        }
    }
    assert_true(languages >= 1);
}

static bool title_has_words(const char *title)
{
    for (; *title; title++) {
        bool two = isupper((unsigned char)title[0]) && islower((unsigned char)title[1]);
        if (two || (islower((unsigned char)title[0]) && islower((unsigned char)title[1]) && islower((unsigned char)title[2])))
            return true;
    }
    return false;
}

/* All that is missing is named before the test fails: a new measure lacks many. */
static size_t english_missing;

static void english_expect(const char *kind, const char *name, const char *text)
{
    char key[512];
    assert_true(snprintf(key, sizeof key, "%s.%s", kind, name) < (int)sizeof key);
    const char *found = words_text("en", key);
    if (found && (!text || strcmp(found, text) == 0))
        return;
    print_error("data/words/en.json and the other languages need \"%s\": \"%s\"\n", key, text ? text : "what the table shows");
    english_missing++;
}

/* A head is the title of its column or made for an interval; both ends of an interval share one. */
static void columns_expect(const struct measure *measure)
{
    const struct table table = {.measure = measure, .column_count = measure->column_count};
    for (uint32_t i = 0; i < measure->column_count; i++) {
        const struct column *column = &measure->columns[i];
        bool interval_end = i > 0 && shown_is_interval(&table, i - 1);
        if (!shown_is_interval(&table, i) && !interval_end && title_has_words(column->title))
            english_expect("column", column->title, column->title);
        const char *unit = shown_unit(column);
        if (*unit && strcmp(unit, "%") != 0)
            english_expect("unit", unit, unit);
        if (*column->unit)
            english_expect("unit", column->unit, column->unit);
        english_expect("meaning", column->meaning, column->meaning);
    }
}

/* What tables say stands in the words files too: captions, heads, units, what columns mean, and why a cell is blank. */
static void tables_can_be_said_in_every_language(void **state)
{
    (void)state;
    english_missing = 0;
    for (size_t m = 0; m < measure_register_count; m++) {
        english_expect("table", measure_register[m]->name, NULL);
        columns_expect(measure_register[m]);
    }
    for (unsigned reason = REASON_NONE + 1; reason < REASON_COUNT; reason++) {
        const char *words = reason_words((enum reason)reason);
        if (reason != REASON_NOT_APPLICABLE)
            english_expect("reason", words, words);
    }
    assert_int_equal(english_missing, 0);
}

/* Blots out what the study's author wrote, with a large first letter too. */
static void own_words_blot(char *text, const char *own)
{
    size_t length = own ? strlen(own) : 0;
    for (char *at = text; length > 1 && (at = strstr(at, own + 1)) != NULL; at++) {
        if (at > text && tolower((unsigned char)at[-1]) == tolower((unsigned char)own[0]))
            memset(at - 1, '_', length);
    }
}

/* The longest source of a measure that a text names; "" when there is none. */
static const char *source_of(const char *text)
{
    const char *longest = "";
    for (size_t m = 0; m < measure_register_count; m++) {
        const char *source = measure_register[m]->source;
        if (strlen(source) > strlen(longest) && strstr(text, source))
            longest = source;
    }
    return longest;
}

/* Nothing of a text is English but what the study's author wrote and the sources of measures, and no name is left to be filled in. */
static void assert_no_english(const struct document_head *head, const char *text)
{
    char copy[TEXT_ROOM];
    assert_true(snprintf(copy, sizeof copy, "%s", text) < (int)sizeof copy);
    for (uint32_t i = 0; i < head->study->item_count; i++)
        own_words_blot(copy, head->study->items[i].text);
    for (uint32_t i = 0; i < head->study->dimension_count; i++)
        own_words_blot(copy, head->study->dimensions[i].title);
    own_words_blot(copy, source_of(text));
    const char *residue = english_word_find(copy);
    if (strpbrk(copy, "{}") || residue)
        fail_msg("%s: \"%s\" holds %s", head->language, text, residue ? residue : "a name that was not filled in");
}

/* A text of a document against its English. */
static void assert_told(const struct document_head *head, const char *english, const char *text)
{
    assert_int_equal(english == NULL, text == NULL);
    if (!text)
        return;
    assert_same_numbers(english, text, head->language, "demo");
    assert_no_english(head, text);
}

/* The notes below a table, or of the reading, against those of English. */
static void assert_notes_told(struct job *job, const struct document_head *head, const struct note *notes, uint32_t count)
{
    const char *const *texts = NULL;
    assert_ok(job, notes_say(&job->ctx, head->language, notes, count, &texts));
    for (uint32_t i = 0; i < count; i++)
        assert_told(head, notes[i].english, texts[i]);
}

/* The heads and cells of a table against those of English. */
static void assert_table_told(const struct document_head *english, const struct document_head *head, const struct table *table)
{
    char expected[256], found[256];
    for (uint32_t i = 0; i < table->column_count; i++) {
        const struct column *column = &table->measure->columns[i];
        bool interval_end = i > 0 && shown_is_interval(table, i - 1); /* shares the head before it */
        shown_head(english, table, i, expected, sizeof expected);
        shown_head(head, table, i, found, sizeof found);
        if (!interval_end)
            assert_told(head, expected, found);
        for (uint32_t r = 0; r < table->row_count; r++) {
            const struct value *value = &table->rows[r].values[i];
            if (value->kind != VALUE_BLANK && column->kind != COLUMN_WORD)
                continue; /* numbers and keys are the same in every language */
            shown_cell(english, column, value, expected, sizeof expected);
            shown_cell(head, column, value, found, sizeof found);
            assert_told(head, expected, found);
            if (value->kind == VALUE_TEXT && column->kind == COLUMN_WORD && strcmp(column->name, "other") != 0)
                english_expect("word", value->text, expected);
        }
    }
}

/* Is a text a part of another, large and small letters alike? */
static bool part_of(const char *text, size_t length, const char *whole)
{
    for (; *whole; whole++) {
        if (strncasecmp(text, whole, length) == 0)
            return true;
    }
    return false;
}

/* Is it a line of what the study's author wrote, or its beginning with an ellipsis? */
static bool is_line_of_study(const struct document_head *head, const char *text)
{
    const char *ellipsis = strstr(text, "…");
    size_t length = ellipsis ? (size_t)(ellipsis - text) : strlen(text);
    for (uint32_t i = 0; i < head->study->item_count; i++) {
        if (part_of(text, length, head->study->items[i].text))
            return true;
    }
    return false;
}

/* The texts of a picture against those of English: what it says of itself, and every mark. */
static void assert_picture_told(struct job *job, const struct document *english, const struct document *document, uint32_t block)
{
    struct picture original, picture;
    assert_ok(job, chart_draw(&job->ctx, &english->head, &english->blocks[block], ROOM_PAPER, &original));
    assert_ok(job, chart_draw(&job->ctx, &document->head, &document->blocks[block], ROOM_PAPER, &picture));
    assert_told(&document->head, original.description, picture.description);
    for (size_t i = 0; i < picture.mark_count; i++) {
        char text[TEXT_ROOM];
        const struct mark *mark = &picture.marks[i];
        if (mark->kind == MARK_TEXT) {
            assert_true(snprintf(text, sizeof text, "%.*s", (int)mark->text.length, mark->text.at) < (int)sizeof text);
            if (!is_line_of_study(&document->head, text))
                assert_no_english(&document->head, text);
        }
        if (mark->tip)
            assert_no_english(&document->head, mark->tip);
    }
}

/* "the same numbers in the same blocks as in English": the demo's report, told in each language. */
static void the_demo_is_told_in_every_language(void **state)
{
    (void)state;
    struct job job;
    struct scratch scratch;
    char answers[SCRATCH_ROOM], study[SCRATCH_ROOM];
    scratch_create(&scratch);
    job_begin(&job);
    demo_write(&job, &scratch, answers, study);
    const struct document *english = demo_document(&job, answers, study, "en");
    assert_true(english->block_count > 40);
    for (const struct words *language = language_next(NULL); language; language = language_next(language)) {
        const struct document *document = demo_document(&job, answers, study, language->language);
        assert_int_equal(document->block_count, english->block_count);
        assert_notes_told(&job, &document->head, document->head.notes, document->head.note_count);
        for (uint32_t i = 0; i < document->block_count; i++) {
            const struct document_block *block = &document->blocks[i], *original = &english->blocks[i];
            assert_int_equal(block->kind, original->kind);
            assert_int_equal(block->text_count, original->text_count);
            assert_told(&document->head, original->text, block->text);
            assert_told(&document->head, original->subtitle, block->subtitle);
            for (uint32_t t = 0; t < block->text_count; t++)
                assert_told(&document->head, original->texts[t], block->texts[t]);
            if (block->kind == DOCUMENT_CHART)
                assert_picture_told(&job, english, document, i);
            if (block->kind == DOCUMENT_TABLE)
                assert_table_told(&english->head, &document->head, released_table_view(block->table));
            const struct table *table = block->table ? released_table_view(block->table) : NULL;
            if (table)
                assert_notes_told(&job, &document->head, table->notes, table->note_count);
        }
    }
    job_end(&job);
    scratch_destroy(&scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_text_is_translated),
        cmocka_unit_test(tables_can_be_said_in_every_language),
        cmocka_unit_test(the_demo_is_told_in_every_language),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
