/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_REPORT_SENTENCES_H
#define GAPMETER_REPORT_SENTENCES_H

#include "report/headline.h"

/* The three sentences that open every report, each chosen by the first case that fits. Private to report/. */
enum status sentence_first(struct ctx *ctx, const struct document_head *head, const struct report_tables *tables,
                           const struct headline *headline, const char **out) MUST_USE;
enum status sentence_second(struct ctx *ctx, const struct document_head *head, const struct report_tables *tables,
                            const struct headline *headline, const char **out) MUST_USE;

/* ", but small: inside ±0.33 points" of a clear difference that lies within the tolerance; "" of any other. */
enum status but_small(struct ctx *ctx, const struct document_head *head, const struct headline *headline, const struct row *row,
                      const char **out) MUST_USE;

/* Every reason for caution that holds, in order of weight. */
struct cautions {
    const char *texts[16];
    uint32_t count;
};

/* Tries every rule of caution on the tables. */
enum status cautions_find(struct ctx *ctx, const struct document_head *head, const struct report_tables *tables,
                          const struct headline *headline, struct cautions *out) MUST_USE;

/* At most two of them, and how many more. */
enum status sentence_third(struct ctx *ctx, const struct document_head *head, const struct cautions *cautions,
                           const char **out) MUST_USE;

/* "Below the minimum on 3 items, inside the zone of tolerance on 14, undecided on 5."; NULL without a zone table. */
enum status zone_sentence(struct ctx *ctx, const struct document_head *head, const struct report_tables *tables,
                          const char **out) MUST_USE;

#endif
