/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/least_squares.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "numeric/distribution.h"
#include "numeric/row_compression.h"

#define CONSTANT_BELOW  1e-10 /* of a column's length: what is left of it beside the intercept */
#define DEPENDENT_BELOW 1e-7  /* of that: what is left beside the other columns, as in lm */
#define TAKES_PART      1e-6  /* of a column's length: its share in another column */
#define PERFECT_BELOW   1e-22 /* of the total squares: what rounding leaves over */

/* The decomposition: weighted column j = Σ q_i × triangle[i][j] over the columns kept. */
struct factor {
    const struct regression *of;
    size_t parameters, rows;
    const double *compressed; /* [(parameters + 1) × rows] the same regression in few rows, the outcome last; NULL = all rows */
    double *q;                /* [parameters × rows] orthonormal */
    double *triangle;         /* [parameters × parameters] row i, column j >= i */
    double *lengths;          /* [parameters] of the column beside the intercept */
    bool *kept;               /* [parameters] */
    bool *dependent;          /* [columns] */
};

/* Σ ab. */
static double dot(const double *a, const double *b, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

/* The weight of a row. */
static double weight_of(const struct regression *r, size_t row)
{
    return r->weights ? r->weights[row] : 1;
}

/* What a predictor or the intercept is in a row. */
static double cell_of(const struct regression *r, size_t row, size_t parameter)
{
    if (r->intercept && parameter == 0)
        return 1;
    return r->x[(parameter - r->intercept) * r->rows + row];
}

/* A column, weighted; the outcome stands after the parameters. */
static void column_read(const struct factor *f, size_t column, double *v)
{
    if (f->compressed) {
        memcpy(v, f->compressed + column * f->rows, f->rows * sizeof *v);
        return;
    }
    for (size_t row = 0; row < f->rows; row++)
        v[row] = sqrt(weight_of(f->of, row)) * (column == f->parameters ? f->of->y[row] : cell_of(f->of, row, column));
}

/* Takes from v what lies along q_first … q_last−1, and notes it in column `into` of the triangle (NULL: nowhere). */
static void project_out(const struct factor *f, double *v, size_t first, size_t last, double *shares)
{
    size_t n = f->rows;
    for (size_t i = first; i < last; i++) {
        if (!f->kept[i])
            continue;
        const double *q = f->q + i * n;
        double along = dot(q, v, n);
        for (size_t row = 0; row < n; row++)
            v[row] -= along * q[row];
        shares[i] += along;
    }
}

/* The columns before j that make up column j: back substitution in the triangle of those kept.
 * takes   shares  [j] of column j along each q; overwritten by its coefficients */
static void name_dependency(struct factor *f, size_t j, double *shares)
{
    size_t p = f->parameters, first = f->of->intercept;
    for (size_t i = j; i-- > 0;) {
        if (!f->kept[i])
            continue;
        double coefficient = shares[i] / f->triangle[i * p + i];
        for (size_t above = 0; above < i; above++)
            shares[above] -= coefficient * f->triangle[above * p + i];
        if (i >= first && fabs(coefficient) * f->lengths[i] > TAKES_PART * f->lengths[j])
            f->dependent[i - first] = true;
    }
    f->dependent[j - first] = true;
}

/* Adds column j; twice through the others, because once leaves rounding that grows with their correlation.
 * takes   shares  [parameters] room */
static void factor_column(struct factor *f, size_t j, double *shares)
{
    size_t n = f->rows, p = f->parameters, first = f->of->intercept;
    double *v = f->q + j * n;
    column_read(f, j, v);
    memset(shares, 0, p * sizeof *shares);
    double raw = sqrt(dot(v, v, n));
    if (j > 0 && first) {
        project_out(f, v, 0, 1, shares);
        project_out(f, v, 0, 1, shares);
    }
    f->lengths[j] = sqrt(dot(v, v, n));
    bool constant = !(f->lengths[j] > CONSTANT_BELOW * raw);
    for (int pass = 0; pass < 2 && !constant; pass++)
        project_out(f, v, 0, j, shares);
    double left = sqrt(dot(v, v, n));
    if (constant || !(left > DEPENDENT_BELOW * f->lengths[j])) {
        if (constant)
            f->dependent[j - first] = true;
        else
            name_dependency(f, j, shares);
        return;
    }
    f->kept[j] = true;
    for (size_t i = 0; i < j; i++)
        f->triangle[i * p + j] = shares[i];
    f->triangle[j * p + j] = left;
    for (size_t row = 0; row < n; row++)
        v[row] /= left;
}

/* Room for the decomposition, and all columns in it.
 * gives   *complete  no column depends on others
 * fails   STATUS_MEMORY */
static enum status factor_make(struct ctx *ctx, struct arena *room, struct factor *f, bool *complete)
{
    size_t p = f->parameters;
    f->q = arena_array(room, p * f->rows, sizeof *f->q);
    f->triangle = arena_array(room, p * p, sizeof *f->triangle);
    f->lengths = arena_array(room, p, sizeof *f->lengths);
    f->kept = arena_array(room, p, sizeof *f->kept);
    double *shares = arena_array(room, p, sizeof *shares);
    if (!f->q || !f->triangle || !f->lengths || !f->kept || !shares)
        return ctx_no_memory(ctx);
    *complete = true;
    for (size_t j = 0; j < p; j++) {
        factor_column(f, j, shares);
        *complete = *complete && f->kept[j];
    }
    return STATUS_OK;
}

/* Solves triangle × b = right, in place. */
static void back_substitute(const double *triangle, size_t p, double *right)
{
    for (size_t i = p; i-- > 0;) {
        right[i] /= triangle[i * p + i];
        for (size_t above = 0; above < i; above++)
            right[above] -= right[i] * triangle[above * p + i];
    }
}

/* (X′WX)⁻¹ = R⁻¹R⁻¹′.
 * takes   root  [parameters²] room, zero */
static void invert_squares(const double *triangle, size_t p, double *root, double *out)
{
    for (size_t j = 0; j < p; j++) {
        root[j * p + j] = 1; /* column j of R⁻¹ stands in row j */
        back_substitute(triangle, p, root + j * p);
    }
    for (size_t i = 0; i < p; i++) {
        for (size_t j = 0; j < p; j++) {
            double sum = 0;
            for (size_t k = i > j ? i : j; k < p; k++)
                sum += root[k * p + i] * root[k * p + j];
            out[i * p + j] = sum;
        }
    }
}

/* Coefficients, residuals and squares from a complete decomposition.
 * takes   v  [rows] room */
static void solve_outcome(const struct factor *f, double *v, struct least_squares *out)
{
    const struct regression *r = f->of;
    size_t n = f->rows, p = f->parameters;
    column_read(f, p, v);
    double raw = dot(v, v, n);
    if (r->intercept) {
        project_out(f, v, 0, 1, out->coefficients);
        project_out(f, v, 0, 1, out->coefficients);
    }
    out->total_squares = dot(v, v, n);
    if (!(sqrt(out->total_squares) > CONSTANT_BELOW * sqrt(raw))) {
        out->undefined = UNDEFINED_NO_VARIANCE;
        return;
    }
    project_out(f, v, 0, p, out->coefficients);
    project_out(f, v, 0, p, out->coefficients);
    back_substitute(f->triangle, p, out->coefficients);
    out->residual_squares = dot(v, v, n);
    out->perfect = out->residual_squares <= PERFECT_BELOW * out->total_squares;
    if (out->perfect)
        out->residual_squares = 0;
    for (size_t row = 0; row < n && !f->compressed; row++) {
        out->residuals[row] = v[row] / sqrt(weight_of(r, row));
        for (size_t i = 0; i < p; i++)
            out->leverages[row] += f->q[i * n + row] * f->q[i * n + row];
    }
    double left = out->residual_squares / out->total_squares;
    out->r_squared = 1 - left;
    out->adjusted_r_squared = 1 - left * (double)(r->rows - r->intercept) / out->df;
    out->sigma_squared = out->residual_squares / out->df;
}

/* Takes the room for what is given back.
 * fails   STATUS_MEMORY */
static enum status results_take(struct ctx *ctx, const struct regression *r, struct least_squares *out)
{
    size_t p = out->parameters;
    out->coefficients = arena_array(ctx->arena, p, sizeof *out->coefficients);
    out->inverse = arena_array(ctx->arena, p * p, sizeof *out->inverse);
    out->deviations = arena_array(ctx->arena, p, sizeof *out->deviations);
    bool taken = out->coefficients && out->inverse && out->deviations;
    if (r->rows <= LEAST_SQUARES_KEPT_MAX) {
        out->residuals = arena_array(ctx->arena, r->rows, sizeof *out->residuals);
        out->leverages = arena_array(ctx->arena, r->rows, sizeof *out->leverages);
        taken = taken && out->residuals && out->leverages;
    }
    return taken ? STATUS_OK : ctx_no_memory(ctx);
}

/* Puts very many rows into as few as there are columns.
 * fails   STATUS_MEMORY */
static enum status factor_compress(struct ctx *ctx, struct arena *room, struct factor *f)
{
    size_t side = f->parameters + 1;
    double *triangle = arena_array(room, side * side, sizeof *triangle);
    if (!triangle)
        return ctx_no_memory(ctx);
    f->compressed = triangle;
    f->rows = side;
    return regression_compress(ctx, f->of, triangle);
}

/* Holds rows that are read, when they are few.
 * gives   *held  the same regression
 * fails   STATUS_MEMORY */
static enum status regression_hold(struct ctx *ctx, struct arena *room, const struct regression *r, struct regression *held)
{
    size_t n = r->rows, columns = r->columns;
    double *x = arena_array(room, n * (columns + 2), sizeof *x), *row = arena_array(room, columns + 1, sizeof *row);
    if (!x || !row)
        return ctx_no_memory(ctx);
    double *y = x + columns * n, *weights = y + n;
    for (size_t i = 0; i < n; i++) {
        weights[i] = regression_row(r, i, row);
        for (size_t j = 0; j < columns; j++)
            x[j * n + i] = row[j];
        y[i] = row[columns];
    }
    *held = (struct regression){.rows = n, .columns = columns, .x = x, .y = y, .weights = weights, .intercept = r->intercept};
    return STATUS_OK;
}

/* The fit, with its working room in an arena of its own. */
static enum status fit_within(struct ctx *ctx, struct arena *room, const struct regression *r, struct least_squares *out)
{
    struct factor f = {.of = r, .parameters = out->parameters, .rows = r->rows, .dependent = out->dependent};
    struct regression held;
    bool complete = false, many = r->rows > LEAST_SQUARES_KEPT_MAX;
    enum status status = many ? factor_compress(ctx, room, &f) : STATUS_OK;
    if (r->read && !many) {
        status = regression_hold(ctx, room, r, &held);
        f.of = &held;
    }
    if (!status)
        status = factor_make(ctx, room, &f, &complete);
    if (status)
        return status;
    if (!complete) {
        out->undefined = UNDEFINED_SINGULAR;
        return STATUS_OK;
    }
    size_t p = out->parameters;
    double *root = arena_array(room, p * p, sizeof *root), *v = arena_array(room, f.rows, sizeof *v);
    if (!root || !v)
        return ctx_no_memory(ctx);
    status = results_take(ctx, r, out);
    if (status)
        return status;
    solve_outcome(&f, v, out);
    if (out->undefined)
        return STATUS_OK;
    invert_squares(f.triangle, p, root, out->inverse);
    for (size_t j = r->intercept; j < p; j++)
        out->deviations[j - r->intercept] = f.lengths[j] * f.lengths[j];
    return STATUS_OK;
}

enum status least_squares_fit(struct ctx *ctx, const struct regression *regression, struct least_squares *out)
{
    size_t parameters = regression->columns + regression->intercept;
    assert(parameters >= 1);
    *out = (struct least_squares){.intercept = regression->intercept, .rows = regression->rows, .parameters = parameters};
    out->dependent = arena_array(ctx->arena, regression->columns + 1, sizeof *out->dependent);
    if (!out->dependent)
        return ctx_no_memory(ctx);
    if (regression->rows <= parameters) {
        out->undefined = UNDEFINED_TOO_FEW;
        return STATUS_OK;
    }
    out->df = (double)(regression->rows - parameters);
    struct arena *room = NULL;
    enum status status = arena_create(ctx->arena, &room);
    if (status)
        return ctx_no_memory(ctx);
    status = fit_within(ctx, room, regression, out);
    arena_destroy(room);
    return status;
}

double least_squares_inflation(const struct least_squares *fit, size_t column)
{
    assert(!fit->undefined);
    size_t intercept = fit->intercept, at = column + intercept;
    return fit->inverse[at * fit->parameters + at] * fit->deviations[column];
}

enum undefined least_squares_compare(const struct least_squares *small, const struct least_squares *large,
                                     struct constraint_test *out)
{
    assert(!small->undefined && !large->undefined && small->rows == large->rows && small->parameters < large->parameters);
    if (large->perfect)
        return UNDEFINED_NO_VARIANCE;
    out->df1 = (double)(large->parameters - small->parameters);
    out->df2 = large->df;
    /* Nested models differ upwards but for rounding. */
    double more = fmax(0, small->residual_squares - large->residual_squares);
    out->f = more / out->df1 / large->sigma_squared;
    out->p = f_upper(out->f, out->df1, out->df2);
    return DEFINED;
}
