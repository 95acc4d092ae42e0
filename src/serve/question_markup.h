/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The questions of a form as HTML. */
#ifndef GAPMETER_SERVE_QUESTION_MARKUP_H
#define GAPMETER_SERVE_QUESTION_MARKUP_H

#include "serve/page.h"

/* Questions that stand together: an item on all its standards, the points of all dimensions, or one question. */
struct question_block {
    const struct form *form;
    const struct given *given;       /* [question_count of the form]; NULL: nothing */
    uint32_t first, end;             /* indices of questions */
    uint32_t number, all;            /* "3 of 22" */
    const struct form_field *fields; /* as they were typed; NULL = none */
    size_t field_count;
    const struct form_problem *problems;
    size_t problem_count;
};

/* Writes a fieldset with its legend, native controls and their problems.
 * proof   tests/http/form_page_test.c, tests/browser */
void question_block_write(struct page *page, const struct question_block *block);

#endif
