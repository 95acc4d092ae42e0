/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/linear_algebra.h"

#include <math.h>
#include <printf.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "support/digits.h"

/* "eigenvector j is a[j × n + 0 … n−1]", "Eigenvalues, ascending": a·v = λ·v, and known eigenvalues of a tridiagonal matrix. */
static void eigenvalues_of_a_known_matrix(void **state)
{
    (void)state;
    enum { N = 20 };
    double a[N * N], copy[N * N], values[N], work[3 * N];
    assert_int_equal(symmetric_eigen_work(N), 3 * N);
    for (size_t i = 0; i < N * N; i++) {
        size_t row = i / N, column = i % N;
        copy[i] = a[i] = row == column ? 2 : row + 1 == column || column + 1 == row ? -1 : 0;
    }
    assert_int_equal(symmetric_eigen(a, N, values, work), DEFINED);
    for (size_t j = 0; j < N; j++) {
        assert_digits(values[j], 4 * pow(sin(3.14159265358979323846 * (double)(j + 1) / (2 * (N + 1))), 2), 12);
        for (size_t i = 0; i < N; i++) {
            double product = 0;
            for (size_t m = 0; m < N; m++)
                product += copy[i * N + m] * a[j * N + m];
            assert_true(fabs(product - values[j] * a[j * N + i]) < 1e-14);
        }
    }
}

/* "The lower Cholesky factor L with a = LL′, in place; the upper triangle is left as it was." */
static void cholesky_factor(void **state)
{
    (void)state;
    double a[9] = {4, 2, -2, 2, 10, 5, -2, 5, 9};
    assert_int_equal(cholesky(a, 3), DEFINED);
    const double expected[9] = {2, 2, -2, 1, 3, 5, -1, 2, 2};
    for (size_t i = 0; i < 9; i++)
        assert_digits(a[i], expected[i], 15);
    double one = 9;
    assert_int_equal(cholesky(&one, 1), DEFINED);
    assert_true(one == 3);
}

/* "not positive definite -> UNDEFINED_SINGULAR" */
static void no_factor_is_told(void **state)
{
    (void)state;
    double negative[4] = {1, 2, 2, 1}, zero = 0;
    assert_int_equal(cholesky(negative, 2), UNDEFINED_SINGULAR);
    assert_int_equal(cholesky(&zero, 1), UNDEFINED_SINGULAR);
}

/* "it brings libquadmath, which hooks itself into printf": no conversion is known that C does not have. */
static void printf_is_as_it_was(void **state)
{
    (void)state;
    double one = 1;
    int kinds[2] = {-1, -1};
    assert_int_equal(cholesky(&one, 1), DEFINED); /* LAPACK is in this program */
    assert_int_equal(parse_printf_format("%.3Lf", 2, kinds), 1);
    assert_int_equal(parse_printf_format("%.3Qf", 2, kinds), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(eigenvalues_of_a_known_matrix),
        cmocka_unit_test(cholesky_factor),
        cmocka_unit_test(no_factor_is_told),
        cmocka_unit_test(printf_is_as_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
