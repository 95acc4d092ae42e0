/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "disclose/audit.h"

#include "base/limits.h"

#define PRIME 2147483647u /* 2^31 − 1: products fit 64 bits, and 0, 1, −1 stay apart */

struct audit {
    uint32_t rows, columns;
    uint32_t *column_of; /* [node] its unknown, UINT32_MAX when it is shown */
    uint32_t *node_of;   /* [column] */
    uint32_t *at;        /* [row × columns + column] modulo PRIME */
    uint32_t *filled;    /* [columns] where the row that is taken from the others is not 0: few places, at first */
};

static uint32_t unknowns_number(struct audit *audit, uint32_t nodes, const bool *hidden)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < nodes; i++) {
        audit->column_of[i] = hidden[i] ? count : UINT32_MAX;
        if (hidden[i])
            audit->node_of[count++] = i;
    }
    return count;
}

enum status audit_create(struct ctx *ctx, uint32_t sums, uint32_t nodes, const bool *hidden, struct audit **out)
{
    struct audit *audit = arena_alloc(ctx->arena, sizeof *audit);
    *out = NULL;
    if (!audit)
        return ctx_no_memory(ctx);
    audit->rows = sums;
    audit->column_of = arena_array(ctx->arena, nodes + 1u, sizeof *audit->column_of);
    audit->node_of = arena_array(ctx->arena, nodes + 1u, sizeof *audit->node_of);
    if (!audit->column_of || !audit->node_of)
        return ctx_no_memory(ctx);
    audit->columns = unknowns_number(audit, nodes, hidden);
    double steps = (double)sums * (double)sums * (double)audit->columns;
    if (steps > AUDIT_STEPS_MAX)
        return STATUS_OK;
    audit->at = arena_array(ctx->arena, (size_t)sums * audit->columns + 1u, sizeof *audit->at);
    audit->filled = arena_array(ctx->arena, audit->columns + 1u, sizeof *audit->filled);
    if (!audit->at || !audit->filled)
        return ctx_no_memory(ctx);
    *out = audit;
    return STATUS_OK;
}

void audit_member(struct audit *audit, uint32_t sum, uint32_t node, bool cell)
{
    uint32_t column = audit->column_of[node];
    if (column != UINT32_MAX)
        audit->at[(size_t)sum * audit->columns + column] = cell ? 1 : PRIME - 1;
}

/* 1 / value modulo PRIME, by Fermat. */
static uint32_t inverse(uint32_t value)
{
    uint64_t result = 1, power = value;
    for (uint32_t exponent = PRIME - 2; exponent; exponent >>= 1) {
        if (exponent & 1)
            result = result * power % PRIME;
        power = power * power % PRIME;
    }
    return (uint32_t)result;
}

static uint32_t *row_of(const struct audit *audit, uint32_t row)
{
    return audit->at + (size_t)row * audit->columns;
}

static void rows_swap(const struct audit *audit, uint32_t a, uint32_t b)
{
    for (uint32_t k = 0; k < audit->columns; k++) {
        uint32_t swap = row_of(audit, a)[k];
        row_of(audit, a)[k] = row_of(audit, b)[k];
        row_of(audit, b)[k] = swap;
    }
}

/* Makes the pivot 1 and clears its column in all other rows. */
static void column_clear(const struct audit *audit, uint32_t pivot, uint32_t column)
{
    uint32_t *from = row_of(audit, pivot), filled = 0;
    uint64_t scale = inverse(from[column]);
    for (uint32_t k = column; k < audit->columns; k++) {
        if (!from[k])
            continue;
        from[k] = (uint32_t)(from[k] * scale % PRIME);
        audit->filled[filled++] = k;
    }
    for (uint32_t r = 0; r < audit->rows; r++) {
        uint32_t *to = row_of(audit, r);
        uint64_t factor = to[column];
        if (r == pivot || !factor)
            continue;
        for (uint32_t i = 0; i < filled; i++) {
            uint32_t k = audit->filled[i];
            to[k] = (uint32_t)((to[k] + (PRIME - factor) * from[k]) % PRIME);
        }
    }
}

static uint32_t reduce(const struct audit *audit)
{
    uint32_t rank = 0;
    for (uint32_t column = 0; column < audit->columns && rank < audit->rows; column++) {
        uint32_t pivot = rank;
        while (pivot < audit->rows && !row_of(audit, pivot)[column])
            pivot++;
        if (pivot == audit->rows)
            continue;
        rows_swap(audit, pivot, rank);
        column_clear(audit, rank++, column);
    }
    return rank;
}

uint32_t audit_first_fixed(struct audit *audit, const bool *open)
{
    uint32_t rank = reduce(audit);
    for (uint32_t r = 0; r < rank; r++) {
        uint32_t filled = 0, last = 0;
        for (uint32_t k = 0; k < audit->columns; k++) {
            filled += row_of(audit, r)[k] != 0;
            last = row_of(audit, r)[k] ? k : last;
        }
        if (filled == 1 && !open[audit->node_of[last]])
            return audit->node_of[last];
    }
    return UINT32_MAX;
}
