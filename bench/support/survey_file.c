/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/survey_file.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/chance.h"

enum {
    SEED = 20260107,
    ITEMS = 22,
    DIMENSIONS = 5,
    BRANCHES = 200,
    STEPS = 7,
    ROW_BLOCKS = 13, /* of 16 bytes of chance */
    ROW_BYTES_MOST = 256,
    BUFFER_BYTES = 1 << 20
};

/* Streams of chance: what differs between items and branches, and the rows. */
enum { STREAM_ITEMS = 1, STREAM_BRANCHES, STREAM_ROWS };

/* In thousandths of a point of the scale. */
struct survey {
    int32_t expected[ITEMS], perceived[ITEMS]; /* means of items */
    int32_t branch[BRANCHES];                  /* what a branch adds to perceptions */
};

/* The bytes of chance that a row has left. */
struct dice {
    const uint8_t *at;
};

static const uint8_t dimension_of[ITEMS] = {0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 4};

static void give_up(const char *path)
{
    (void)fprintf(stderr, "%s could not be written\n", path);
    exit(1);
}

/* About normal, with a standard deviation of 1,000: the sum of four bytes less its mean, which deviates by 147.8. */
static int32_t dice_normal(struct dice *dice)
{
    int32_t sum = dice->at[0] + dice->at[1] + dice->at[2] + dice->at[3] - 510;
    dice->at += 4;
    return sum * 1000 / 148;
}

/* The same of two bytes, for the many errors of answers. */
static int32_t dice_error(struct dice *dice)
{
    int32_t sum = dice->at[0] + dice->at[1] - 255;
    dice->at += 2;
    return sum * 1000 / 105;
}

static uint32_t dice_word(struct dice *dice)
{
    uint32_t word = dice->at[0] | (uint32_t)dice->at[1] << 8 | (uint32_t)dice->at[2] << 16 | (uint32_t)dice->at[3] << 24;
    dice->at += 4;
    return word;
}

static uint32_t dice_below(struct dice *dice, uint32_t count)
{
    return (uint32_t)((uint64_t)dice_word(dice) * count >> 32);
}

static void survey_fill(struct survey *survey)
{
    for (uint64_t i = 0; i < ITEMS; i++) {
        survey->expected[i] = 5300 + (int32_t)chance_below(SEED, STREAM_ITEMS, 2 * i, 700);
        survey->perceived[i] = 4600 + (int32_t)chance_below(SEED, STREAM_ITEMS, 2 * i + 1, 1000);
    }
    for (uint64_t b = 0; b < BRANCHES; b++)
        survey->branch[b] = (int32_t)chance_below(SEED, STREAM_BRANCHES, b, 1200) - 600;
}

static char *number_put(char *to, uint32_t number, int digits)
{
    char text[10];
    int length = 0;
    do {
        text[length++] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0 || length < digits);
    while (length > 0)
        *to++ = text[--length];
    return to;
}

static char *text_put(char *to, const char *text)
{
    size_t length = strlen(text);
    memcpy(to, text, length);
    return to + length;
}

/* A second of the year 2026, as 2026-03-09T18:30:05Z. */
static char *time_put(char *to, uint32_t second)
{
    static const uint8_t days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    uint32_t day = second / 86400, month = 0;
    while (day >= days[month])
        day -= days[month++];
    to = number_put(text_put(to, "2026-"), month + 1, 2);
    *to++ = '-';
    to = number_put(to, day + 1, 2);
    *to++ = 'T';
    to = number_put(to, second / 3600 % 24, 2);
    *to++ = ':';
    to = number_put(to, second / 60 % 60, 2);
    *to++ = ':';
    to = number_put(to, second % 60, 2);
    *to++ = 'Z';
    return to;
}

/* Who answered, when and where; gives the branch too. */
static char *person_put(char *to, struct dice *dice, uint64_t row, uint32_t *branch)
{
    static const char *const channels[4] = {"web", "sms", "kiosk", "qr"};
    static const char *const ages[6] = {"18-24", "25-34", "35-44", "45-54", "55-64", "65+"};
    uint32_t weight = 500 + dice_below(dice, 1500);
    /* The product of two uniform numbers: the first tenth of the branches gets a third of the customers. */
    *branch = (uint32_t)(((uint64_t)dice_word(dice) * dice_word(dice) >> 32) * BRANCHES >> 32);
    uint32_t bits = dice_word(dice);
    to = number_put(to, (uint32_t)row + 1, 1);
    *to++ = ',';
    /* Any second of the year: the id scatters them, so that no chance is used up. */
    to = time_put(to, (uint32_t)((row * 2654435761u ^ bits) % 31536000u));
    to = number_put(text_put(to, ",B"), *branch + 1, 3);
    *to++ = ',';
    to = text_put(to, channels[bits & 3]);
    *to++ = ',';
    to = text_put(to, ages[(bits >> 8 & 0xFFFF) * 6 >> 16]);
    *to++ = ',';
    to = number_put(to, weight / 1000, 1);
    *to++ = '.';
    return number_put(to, weight % 1000, 3);
}

static uint8_t answer_draw(struct dice *dice, int32_t latent, int32_t least, int32_t most)
{
    int32_t point = latent < 0 ? 0 : (latent + 500) / 1000;
    if (*dice->at++ < 8) /* of 256: 3.1 % are missing */
        return SURVEY_MISSING;
    return (uint8_t)(point < least ? least : point > most ? most : point);
}

static void answers_draw(struct dice *dice, const struct survey *survey, uint32_t branch, uint8_t answers[SURVEY_ANSWERS])
{
    int32_t wants = dice_normal(dice), gets = dice_normal(dice), sum = 0;
    int32_t expected[DIMENSIONS], perceived[DIMENSIONS];
    for (int d = 0; d < DIMENSIONS; d++) {
        expected[d] = (7 * wants + 5 * dice_normal(dice)) / 10;
        perceived[d] = (2 * wants + 6 * gets + 5 * dice_normal(dice)) / 10 + survey->branch[branch];
        sum += perceived[d];
    }
    int32_t satisfaction = 6500 + sum * 3 / 10 + 8 * dice_normal(dice) / 10;
    int32_t loyalty = satisfaction - 300 + 9 * dice_normal(dice) / 10;
    for (int i = 0; i < ITEMS; i++)
        *answers++ = answer_draw(dice, survey->expected[i] + expected[dimension_of[i]] + 8 * dice_error(dice) / 10, 1, STEPS);
    for (int i = 0; i < ITEMS; i++)
        *answers++ = answer_draw(dice, survey->perceived[i] + perceived[dimension_of[i]] + 8 * dice_error(dice) / 10, 1, STEPS);
    *answers++ = answer_draw(dice, satisfaction, 1, 10);
    *answers = answer_draw(dice, loyalty, 0, 10);
}

/* A row as text; gives its answers too. */
static char *row_put(char *to, const struct survey *survey, uint64_t row, uint8_t answers[SURVEY_ANSWERS])
{
    uint32_t words[4 * ROW_BLOCKS], branch;
    uint8_t bytes[sizeof words];
    chance_words(SEED, STREAM_ROWS, row * ROW_BLOCKS, ROW_BLOCKS, words);
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (uint8_t)(words[i / 4] >> (8 * (i % 4)));
    struct dice dice = {bytes};
    to = person_put(to, &dice, row, &branch);
    answers_draw(&dice, survey, branch, answers);
    for (int i = 0; i < SURVEY_ANSWERS; i++) {
        *to++ = ',';
        if (answers[i] != SURVEY_MISSING)
            to = number_put(to, answers[i], 1);
    }
    *to++ = '\n';
    return to;
}

static void header_write(FILE *file)
{
    (void)fputs("id,ts,branch,channel,age,weight", file);
    for (int i = 0; i < 2 * ITEMS; i++)
        (void)fprintf(file, ",%c%d", "ep"[i / ITEMS], i % ITEMS + 1);
    (void)fputs(",sat,loyal\n", file);
}

void survey_file_write(const char *path, uint64_t rows)
{
    struct survey survey;
    static char buffer[BUFFER_BYTES + ROW_BYTES_MOST];
    FILE *file = fopen(path, "wb");
    if (!file)
        give_up(path);
    survey_fill(&survey);
    header_write(file);
    char *to = buffer;
    for (uint64_t row = 0; row < rows; row++) {
        uint8_t answers[SURVEY_ANSWERS];
        to = row_put(to, &survey, row, answers);
        if (to - buffer >= BUFFER_BYTES || row + 1 == rows) {
            (void)fwrite(buffer, 1, (size_t)(to - buffer), file);
            to = buffer;
        }
    }
    bool failed = ferror(file) != 0;
    if (fclose(file) != 0 || failed)
        give_up(path);
}

void survey_codes_write(const char *path, uint64_t rows)
{
    struct survey survey;
    FILE *file = fopen(path, "wb");
    if (!file)
        give_up(path);
    survey_fill(&survey);
    for (uint64_t row = 0; row < rows; row++) {
        char text[ROW_BYTES_MOST];
        uint8_t answers[SURVEY_ANSWERS];
        (void)row_put(text, &survey, row, answers);
        (void)fwrite(answers, 1, sizeof answers, file);
    }
    bool failed = ferror(file) != 0;
    if (fclose(file) != 0 || failed)
        give_up(path);
}

void survey_study_write(const char *path)
{
    static const char *const dimensions[DIMENSIONS] = {"tangibles", "reliability", "responsiveness", "assurance", "empathy"};
    FILE *file = fopen(path, "wb");
    if (!file)
        give_up(path);
    (void)fputs("{ \"gapmeter\": 1,\n  \"title\": \"A chain with 200 branches\",\n  \"simulated\": true,\n"
                "  \"design\": {\"expectation\": \"will\", \"asked\": \"before\"},\n"
                "  \"scale\": {\"min\": 1, \"max\": 7},\n  \"dimensions\": [",
                file);
    for (int d = 0; d < DIMENSIONS; d++)
        (void)fprintf(file, "%s{\"id\": \"%s\", \"title\": \"%s\"}", d ? ", " : "", dimensions[d], dimensions[d]);
    (void)fputs("],\n  \"items\": [", file);
    for (int i = 0; i < ITEMS; i++)
        (void)fprintf(file, "%s\n    {\"id\": \"q%d\", \"dimension\": \"%s\", \"text\": \"Question %d\"}", i ? "," : "", i + 1,
                      dimensions[dimension_of[i]], i + 1);
    (void)fputs("],\n  \"columns\": {\"respondent\": \"id\", \"expectation\": \"e{n}\", \"perception\": \"p{n}\", \"weight\": "
                "\"weight\",\n"
                "    \"segments\": [\"branch\", \"age\"], \"channel\": \"channel\",\n"
                "    \"outcomes\": {\"satisfaction\": {\"column\": \"sat\", \"min\": 1, \"max\": 10},\n"
                "      \"recommend\": {\"column\": \"loyal\", \"min\": 0, \"max\": 10}}} }\n",
                file);
    if (fclose(file) != 0)
        give_up(path);
}
