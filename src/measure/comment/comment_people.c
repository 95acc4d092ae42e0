/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/comment/comment_people.h"

#include <stdlib.h>
#include <string.h>

#include "measure/case_columns.h"

/* Comments of columns, and what was noticed; what else is a text is no comment. */
static bool field_is_comment(const char *field)
{
    return strncmp(field, "comment.", 8) == 0 || strcmp(field, "noticed") == 0;
}

/* By person, then by text. */
static int comment_order(const void *a, const void *b)
{
    const struct comment *x = a, *y = b;
    if (x->respondent != y->respondent)
        return x->respondent < y->respondent ? -1 : 1;
    return strcmp(x->text, y->text);
}

/* Every comment that says something. */
static enum status comments_gather(struct ctx *ctx, const struct answers *answers, struct comment_people *out)
{
    struct comment *comments = arena_array(ctx->arena, (size_t)answers->text_count + 1, sizeof *comments);
    if (!comments)
        return ctx_no_memory(ctx);
    for (uint64_t i = 0; i < answers->text_count; i++) {
        const struct answer_text *text = &answers->texts[i];
        if (field_is_comment(text->field) && span_trim(span_of(text->text)).length > 0)
            comments[out->comment_count++] =
                (struct comment){.text = text->text, .respondent = answers_respondent_of(answers, text->encounter)};
    }
    qsort(comments, out->comment_count, sizeof *comments, comment_order);
    for (size_t i = 0; i < out->comment_count; i++)
        out->people += i == 0 || comments[i].respondent != comments[i - 1].respondent;
    out->comments = comments;
    return STATUS_OK;
}

/* The side of each person.
 * source  [F2] */
static enum status sides_find(struct ctx *ctx, const struct measuring *measuring, struct comment_people *out)
{
    const struct answers *answers = measuring->pairs->answers;
    const struct case_variable gap = {.of = measuring->pairs->study->dimension_count ? CASE_OVERALL : CASE_ITEMS_MEAN,
                                      .standard = STANDARD_EXPECTATION,
                                      .gap = true};
    struct case_matrix matrix;
    enum status status = case_matrix_make(ctx, measuring, &measuring->set->groups[0], &gap, 1, &matrix);
    unsigned char *sides = arena_array(ctx->arena, answers->respondent_count + 1u, sizeof *sides);
    double *sums = arena_array(ctx->arena, answers->respondent_count + 1u, sizeof *sums);
    if (!status && (!sides || !sums))
        status = ctx_no_memory(ctx);
    for (size_t i = 0; i < matrix.rows && !status; i++) {
        uint32_t respondent = answers_respondent_of(answers, matrix.cases[i]);
        sums[respondent] += matrix.values[i];
        sides[respondent] = sums[respondent] < 0 ? SIDE_SHORT : SIDE_OTHER;
    }
    out->sides = sides;
    return status;
}

enum status comment_people_gather(struct ctx *ctx, const struct measuring *measuring, struct comment_people *out)
{
    *out = (struct comment_people){.people = 0};
    enum status status = comments_gather(ctx, measuring->pairs->answers, out);
    return status ? status : sides_find(ctx, measuring, out);
}
