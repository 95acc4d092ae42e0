/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is read from above to below: headings, paragraphs, lists. */
#ifndef GAPMETER_RENDER_PDF_FLOW_H
#define GAPMETER_RENDER_PDF_FLOW_H

#include "render/pdf_sheet.h"

/* Sizes in points. */
#define PDF_BODY   10.0
#define PDF_NOTE   8.0
#define PDF_CELL   8.5
#define PDF_MARGIN 16.0 /* above tables and charts */

/* A heading that waits for what it stands above, so that it never ends a page. */
struct pdf_heading {
    const char *text;
    unsigned level; /* 1: the title, 2, 3 */
    uint32_t target;
    struct pdf_layout *layout; /* NULL: only a bookmark */
};

#define PDF_WAITING_MOST 4u

struct pdf_flow {
    struct pdf_sheet sheet;
    struct pdf_heading waiting[PDF_WAITING_MOST];
    unsigned waiting_count;
};

/* A heading; it is placed with what follows.
 * takes   target  a number that links lead to; 0 = none */
enum status pdf_heading_add(struct ctx *ctx, struct pdf_flow *flow, const char *text, unsigned level, uint32_t target) MUST_USE;

/* A bookmark for what follows, which says what it is by itself. */
enum status pdf_target_add(struct ctx *ctx, struct pdf_flow *flow, const char *text, uint32_t target) MUST_USE;

/* Begins something below the headings that wait: leaves space and sees to it that so much of it stands on one page with them. */
enum status pdf_flow_begin(struct ctx *ctx, struct pdf_flow *flow, double before, double height) MUST_USE;

/* A paragraph of a size and tone, in lines of at most 75 letters or so. */
enum status pdf_paragraph_add(struct ctx *ctx, struct pdf_flow *flow, const struct pdf_words *words, double before) MUST_USE;

/* How high a paragraph is. */
enum status pdf_paragraph_height(struct ctx *ctx, struct pdf_flow *flow, const struct pdf_words *words, double *out) MUST_USE;

/* Points with bullets. */
enum status pdf_list_add(struct ctx *ctx, struct pdf_flow *flow, const char *const *texts, uint32_t count) MUST_USE;

/* The sentences that open a report, set apart by a line beside them; of several the last one is softer: it says why to be careful. */
enum status pdf_sentences_add(struct ctx *ctx, struct pdf_flow *flow, const char *const *texts, uint32_t count) MUST_USE;

/* Places headings that nothing followed. */
enum status pdf_flow_end(struct ctx *ctx, struct pdf_flow *flow) MUST_USE;

#endif
