/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/relative_importance.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "base/chance.h"
#include "base/limits.h"
#include "numeric/linear_algebra.h"

#define SINGULAR_BELOW 1e-10

enum undefined correlations_make(const double *covariance, size_t count, double *between, double *outcome)
{
    size_t side = count + 1;
    double own = covariance[count * side + count];
    for (size_t i = 0; i < count; i++) {
        if (!(covariance[i * side + i] > 0))
            return UNDEFINED_SINGULAR;
    }
    if (!(own > 0))
        return UNDEFINED_NO_VARIANCE;
    for (size_t i = 0; i < count; i++) {
        double a = covariance[i * side + i];
        outcome[i] = covariance[i * side + count] / (sqrt(a) * sqrt(own));
        for (size_t j = 0; j < count; j++)
            between[i * count + j] = i == j ? 1 : covariance[i * side + j] / (sqrt(a) * sqrt(covariance[j * side + j]));
    }
    return DEFINED;
}

size_t importance_room(size_t count)
{
    assert(count <= LMG_EXACT_MAX);
    return ((size_t)1 << count) + (count + 1) * (count + 1) * (count + 1);
}

/* A set of predictors and what is left of the later columns and the outcome beside them. */
struct subset {
    size_t members; /* bits */
    size_t next;    /* the first column not tried yet */
    double *left;   /* [side²] covariances given the members; the outcome is the last column */
};

/* What is left of the columns after j, once j has entered: one step of elimination. */
static void enter_column(const double *left, size_t side, size_t j, double *after)
{
    double pivot = left[j * side + j];
    for (size_t a = j + 1; a < side; a++) {
        double share = left[j * side + a] / pivot;
        for (size_t b = a; b < side; b++)
            after[a * side + b] = left[a * side + b] - share * left[j * side + b];
    }
}

/* R² of every subset, depth first: each is one elimination away from the subset without its last member, so
 * that rounding never piles up.
 * takes   levels  [(count + 1) × side²] room
 * gives   squares  [2^count], by bits
 * blank   as importance_lmg */
static enum undefined subset_squares(const struct correlations *of, double *levels, double *squares)
{
    size_t count = of->count, side = count + 1;
    struct subset stack[LMG_EXACT_MAX + 1] = {{.left = levels}};
    for (size_t i = 0; i < count; i++) {
        memcpy(levels + i * side, of->between + i * count, count * sizeof *levels);
        levels[i * side + count] = of->outcome[i];
    }
    squares[0] = 0;
    for (size_t depth = 0;;) {
        struct subset *at = &stack[depth];
        if (at->next == count) {
            if (depth == 0)
                return DEFINED;
            depth--;
            continue;
        }
        size_t j = at->next++;
        double pivot = at->left[j * side + j], along = at->left[j * side + count];
        if (pivot < SINGULAR_BELOW)
            return UNDEFINED_SINGULAR;
        size_t members = at->members | (size_t)1 << j;
        squares[members] = squares[at->members] + along * along / pivot;
        if (j + 1 < count) {
            depth++;
            stack[depth] = (struct subset){.members = members, .next = j + 1, .left = levels + depth * side * side};
            enter_column(at->left, side, j, stack[depth].left);
        }
    }
}

/* k! (p − k − 1)! / p! for k = 0 … p − 1: the share of orders in which just a given set of k stands before. */
static void order_shares(size_t p, double *shares)
{
    shares[0] = 1 / (double)p;
    for (size_t k = 1; k < p; k++)
        shares[k] = shares[k - 1] * (double)k / (double)(p - k);
}

/* How many predictors a set holds. */
static unsigned bits_of(size_t set)
{
    return (unsigned)__builtin_popcountll(set);
}

/* Σ over the sets that hold j, for every j at once: the sets with the last predictor are added up and then laid upon those
 * without it, which halves what is left.
 * takes   values  [2^count] by bits; overwritten */
static void sums_with_member(double *values, size_t count, double *out)
{
    for (size_t j = count; j-- > 0;) {
        size_t half = (size_t)1 << j;
        out[j] = 0;
        for (size_t set = 0; set < half; set++) {
            out[j] += values[half + set];
            values[set] += values[half + set];
        }
    }
}

enum undefined importance_lmg(const struct correlations *correlations, double *room, double *out, double *r_squared)
{
    size_t count = correlations->count, sets = (size_t)1 << count;
    assert(count >= 1 && count <= LMG_EXACT_MAX);
    double *squares = room, shares[LMG_EXACT_MAX + 1] = {0}, without = 0;
    enum undefined undefined = subset_squares(correlations, room + sets, squares);
    if (undefined)
        return undefined;
    order_shares(count, shares);
    *r_squared = squares[sets - 1];
    /* Σ w(|s|) (R²(s ∪ j) − R²(s)) over sets without j = Σ (w(|s| − 1) + w(|s|)) R²(s) over sets with j − Σ w(|s|) R²(s) over
     * all. */
    for (size_t set = 1; set < sets; set++) {
        unsigned members = bits_of(set);
        without += shares[members] * squares[set];
        squares[set] *= shares[members - 1] + shares[members];
    }
    sums_with_member(squares, count, out);
    for (size_t j = 0; j < count; j++)
        out[j] -= without;
    return DEFINED;
}

/* Which predictors each block holds.
 * gives   the number of blocks */
static size_t block_members(const struct correlations *of, const uint32_t *block_of, size_t *members)
{
    size_t blocks = 0;
    for (size_t j = 0; j < of->count; j++) {
        assert(block_of[j] < of->count);
        blocks = block_of[j] >= blocks ? block_of[j] + (size_t)1 : blocks;
        members[block_of[j]] |= (size_t)1 << j;
    }
    return blocks;
}

/* The number of whole blocks in a set of predictors outside block `own`; SIZE_MAX when one stands in it in part. */
static size_t whole_blocks(size_t set, const size_t *members, size_t blocks, size_t own)
{
    size_t whole = 0;
    for (size_t b = 0; b < blocks; b++) {
        size_t inside = set & members[b];
        if (b == own || !inside)
            continue;
        if (inside != members[b])
            return SIZE_MAX;
        whole++;
    }
    return whole;
}

enum undefined importance_owen(const struct correlations *correlations, const uint32_t *block_of, double *room, double *out,
                               double *r_squared)
{
    size_t count = correlations->count, sets = (size_t)1 << count;
    assert(count >= 1 && count <= LMG_EXACT_MAX);
    size_t members[LMG_EXACT_MAX] = {0}, blocks = block_members(correlations, block_of, members);
    double *squares = room, among[LMG_EXACT_MAX], within[LMG_EXACT_MAX];
    enum undefined undefined = subset_squares(correlations, room + sets, squares);
    if (undefined)
        return undefined;
    order_shares(blocks, among);
    for (size_t j = 0; j < count; j++) {
        size_t own = (size_t)1 << j, block = block_of[j];
        order_shares(bits_of(members[block]), within);
        out[j] = 0;
        for (size_t set = 0; set < sets; set++) {
            size_t whole = set & own ? SIZE_MAX : whole_blocks(set, members, blocks, block);
            if (whole != SIZE_MAX)
                out[j] += among[whole] * within[bits_of(set & members[block])] * (squares[set | own] - squares[set]);
        }
    }
    *r_squared = squares[sets - 1];
    return DEFINED;
}

size_t importance_sampled_room(size_t count)
{
    return (count + 1) * (count + 1) + 4 * count;
}

/* What each predictor adds when they enter in one order.
 * takes   order  [count], as doubles: the room is of doubles
 *         m      [side²] room
 * gives   gains  [count] by predictor
 * blank   as importance_lmg */
static enum undefined order_gains(const struct correlations *of, const double *order, double *m, double *gains)
{
    size_t count = of->count, side = count + 1;
    for (size_t a = 0; a < count; a++) {
        size_t i = (size_t)order[a];
        for (size_t b = a; b < count; b++)
            m[a * side + b] = of->between[i * count + (size_t)order[b]];
        m[a * side + count] = of->outcome[i];
    }
    for (size_t j = 0; j < count; j++) {
        double pivot = m[j * side + j], along = m[j * side + count];
        if (pivot < SINGULAR_BELOW)
            return UNDEFINED_SINGULAR;
        gains[(size_t)order[j]] = along * along / pivot;
        for (size_t a = j + 1; a < count; a++) {
            double share = m[j * side + a] / pivot;
            for (size_t b = a; b < side; b++)
                m[a * side + b] -= share * m[j * side + b];
        }
    }
    return DEFINED;
}

/* A random order: each position takes one of those not placed yet. */
static void order_draw(const struct importance_draw *draw, uint32_t pair, size_t count, double *order)
{
    for (size_t i = 0; i < count; i++)
        order[i] = (double)i;
    for (size_t i = count; i-- > 1;) {
        size_t other = (size_t)chance_below(draw->seed, draw->stream, (uint64_t)pair * count + i, i + 1);
        double kept = order[i];
        order[i] = order[other];
        order[other] = kept;
    }
}

enum undefined importance_lmg_sampled(const struct correlations *correlations, const struct importance_draw *draw, double *room,
                                      double *out, double *se, double *r_squared)
{
    size_t count = correlations->count, side = count + 1;
    assert(count >= 1 && draw->pairs >= 2);
    double *m = room, *order = room + side * side, *forth = order + count, *back = forth + count, *back_order = back + count;
    memset(out, 0, count * sizeof *out);
    memset(se, 0, count * sizeof *se);
    for (uint32_t pair = 0; pair < draw->pairs; pair++) {
        order_draw(draw, pair, count, order);
        for (size_t i = 0; i < count; i++)
            back_order[i] = order[count - 1 - i];
        enum undefined undefined = order_gains(correlations, order, m, forth);
        if (!undefined)
            undefined = order_gains(correlations, back_order, m, back);
        if (undefined)
            return undefined;
        /* Running mean and sum of squares, which lose nothing when the spread is small. */
        for (size_t j = 0; j < count; j++) {
            double gain = .5 * (forth[j] + back[j]), off = gain - out[j];
            out[j] += off / (pair + 1.0);
            se[j] += off * (gain - out[j]);
        }
    }
    *r_squared = 0;
    for (size_t j = 0; j < count; j++) {
        se[j] = sqrt(se[j] / (draw->pairs - 1.0) / draw->pairs);
        *r_squared += out[j];
    }
    return DEFINED;
}

size_t importance_johnson_room(size_t count)
{
    return count * count + 2 * count + symmetric_eigen_work(count);
}

enum undefined importance_johnson(const struct correlations *correlations, double *room, double *out)
{
    size_t p = correlations->count;
    double *vectors = room, *values = room + p * p, *slopes = values + p, *work = slopes + p;
    memcpy(vectors, correlations->between, p * p * sizeof *vectors);
    if (symmetric_eigen(vectors, p, values, work))
        return UNDEFINED_NOT_CONVERGED;
    if (values[0] < SINGULAR_BELOW)
        return UNDEFINED_SINGULAR;
    /* β = V Δ⁻¹ V′ r, then Λ = V Δ V′ squared times β squared. */
    memset(slopes, 0, p * sizeof *slopes);
    for (size_t k = 0; k < p; k++) {
        double along = 0;
        for (size_t i = 0; i < p; i++)
            along += vectors[k * p + i] * correlations->outcome[i];
        for (size_t i = 0; i < p; i++)
            slopes[i] += vectors[k * p + i] * along / sqrt(values[k]);
    }
    for (size_t j = 0; j < p; j++) {
        out[j] = 0;
        for (size_t i = 0; i < p; i++) {
            double root = 0;
            for (size_t k = 0; k < p; k++)
                root += vectors[k * p + j] * vectors[k * p + i] * sqrt(values[k]);
            out[j] += root * root * slopes[i] * slopes[i];
        }
    }
    return DEFINED;
}
