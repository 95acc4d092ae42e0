/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "model/words.h"
#include "support/demo_document.h"
#include "support/rendered_text.h"

/* No text that people see in the demo's report in another language is one of ours in English: pages, their tooltips, Markdown. */

enum { TEXT_ROOM = 8192 };

struct reading {
    const struct document *document;
    const struct words *english, *other;
    char text[TEXT_ROOM]; /* the one that is being read */
    size_t length;
    unsigned texts, compared;
};

static const struct words *words_of(const char *language)
{
    const struct words *words = words_languages;
    while (words->language && strcmp(words->language, language) != 0)
        words++;
    assert_non_null(words->language);
    return words;
}

/* Is it what the study's author wrote, or a line of an item's words in a picture? */
static bool is_of_study(const struct study *study, const char *text)
{
    bool same = strcasecmp(study->title, text) == 0;
    for (uint32_t i = 0; i < study->item_count && !same; i++)
        same = strcasestr(study->items[i].text, text) != NULL || strcasecmp(study->items[i].id, text) == 0;
    for (uint32_t i = 0; i < study->dimension_count && !same; i++)
        same = strcasecmp(study->dimensions[i].title, text) == 0 || strcasecmp(study->dimensions[i].id, text) == 0;
    for (uint32_t i = 0; i < study->columns.segment_count && !same; i++)
        same = strcasecmp(study->columns.segments[i].column, text) == 0;
    return same;
}

static bool has_word(const char *text)
{
    for (; *text; text++) {
        if (isalpha((unsigned char)text[0]) && isalpha((unsigned char)text[1]) && isalpha((unsigned char)text[2]))
            return true;
    }
    return false;
}

/* An entry that a language says in the English words too ("Alpha") leaks nothing. */
static bool entry_is_shared(const struct reading *reading, const char *english)
{
    for (size_t i = 0; i < reading->other->count; i++) {
        if (strcasecmp(reading->other->words[i].text, english) == 0)
            return true;
    }
    return false;
}

static void text_end(struct reading *reading)
{
    size_t from = 0, to = reading->length;
    while (to > from && isspace((unsigned char)reading->text[to - 1]))
        to--;
    while (from < to && isspace((unsigned char)reading->text[from]))
        from++;
    reading->text[to] = '\0';
    reading->length = 0;
    const char *text = reading->text + from;
    if (!has_word(text))
        return;
    reading->texts++;
    for (size_t i = 0; i < reading->english->count; i++) {
        const struct word *word = &reading->english->words[i];
        reading->compared++;
        if (strcasecmp(word->text, text) == 0 && !is_of_study(reading->document->head.study, text) &&
            !entry_is_shared(reading, text))
            fail_msg("%s: \"%s\" is the English of %s", reading->other->language, text, word->key);
    }
}

static void text_add(struct reading *reading, char letter)
{
    assert_true(reading->length + 1 < TEXT_ROOM);
    reading->text[reading->length++] = letter;
}

/* Reads an entity of a page, or one letter.
 * gives   how many bytes it took */
static size_t letter_read(struct reading *reading, const char *at)
{
    static const struct {
        const char *entity;
        char letter;
    } entities[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}};
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++) {
        if (strncmp(at, entities[i].entity, strlen(entities[i].entity)) == 0) {
            text_add(reading, entities[i].letter);
            return strlen(entities[i].entity);
        }
    }
    text_add(reading, *at);
    return 1;
}

/* The tooltips and labels of a tag. */
static void tag_read(struct reading *reading, const char *tag, size_t length)
{
    static const char *const shown[] = {" title=\"", " aria-label=\"", " alt=\""};
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
        const char *at = strstr(tag, shown[i]);
        if (!at || at >= tag + length)
            continue;
        for (at += strlen(shown[i]); *at && *at != '"';)
            at += letter_read(reading, at);
        text_end(reading);
    }
}

static void page_read(struct reading *reading, const char *page)
{
    for (const char *at = page; *at;) {
        if (*at != '<') {
            at += letter_read(reading, at);
            continue;
        }
        text_end(reading);
        size_t length = strcspn(at, ">");
        tag_read(reading, at, length);
        at += length + (at[length] == '>');
    }
    text_end(reading);
}

static void markdown_read(struct reading *reading, const char *text)
{
    for (; *text; text++) {
        if (*text == '\n' || *text == '|' || (*text == '*' && text[1] == '*'))
            text_end(reading);
        else if (*text != '#' && *text != '*' && *text != '>' && *text != '\\')
            text_add(reading, *text);
    }
    text_end(reading);
}

static void no_english_is_left(struct job *job, const char *answers, const char *study, const char *language)
{
    struct reading *reading = calloc(1, sizeof *reading);
    assert_non_null(reading);
    reading->document = demo_document(job, answers, study, language);
    reading->english = words_of("en");
    reading->other = words_of(language);
    page_read(reading, rendered_text(job, reading->document, "html", rendering_page));
    unsigned page_texts = reading->texts;
    markdown_read(reading, rendered_text(job, reading->document, "markdown", (struct rendering){.utf8 = true}));
    assert_true(page_texts > 400 && reading->texts > page_texts + 200 && reading->compared > 100000);
    free(reading);
}

/* "notes under tables, meanings of columns and notes of the reading speak the report's language" */
static void no_text_of_ours_is_left_in_english(void **state)
{
    (void)state;
    static const char *const languages[] = {"ar", "de"};
    char answers[SCRATCH_ROOM], study[SCRATCH_ROOM];
    struct scratch scratch;
    struct job job;
    scratch_create(&scratch);
    job_begin(&job);
    demo_write(&job, &scratch, answers, study);
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++)
        no_english_is_left(&job, answers, study, languages[i]);
    job_end(&job);
    scratch_destroy(&scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_text_of_ours_is_left_in_english),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
