# SPDX-License-Identifier: GPL-3.0-or-later
# Tails of the classic distributions from their series in 256-bit and longer arithmetic (Rmpfr): no code in common with
# libRmath. Every series has positive terms only; a small tail is found as one minus a large one, which costs
# as many bits as the tail is small by, so with_bits_for adds those.

suppressMessages(library(Rmpfr))
bits <- 256L
mp <- function(x) mpfr(x, bits)

# Works with bits enough for a tail that is exp(log_tail) small.
with_bits_for <- function(log_tail, f) {
  bits <<- as.integer(256 + ceiling(max(0, -log_tail) / log(2)))
  on.exit(bits <<- 256L)
  f()
}

log_beta <- function(a, b) lgamma(a) + lgamma(b) - lgamma(a + b)

# first * (1 + r0 + r0 r1 + r0 r1 r2 + ...), all positive, in blocks of 500 terms
series_sum <- function(first, ratio) {
  total <- first; term <- first; n <- 0
  repeat {
    ratios <- ratio(n + 0:499)
    terms <- term * cumprod(ratios)
    total <- total + sum(terms)
    term <- terms[500]
    if (ratios[500] < 1 && term < total * mpfr(2, bits)^(-bits)) return(total)
    n <- n + 500
  }
}

# Regularised incomplete beta I_x(a, b); y = 1 - x is passed so that nothing is lost near 1.
beta_series <- function(x, y, a, b) {
  series_sum(exp(a * log(x) + b * log(y) - log_beta(a, b)) / a, function(n) (a + b + n) / (a + 1 + n) * x)
}
beta_both <- function(x, y, a, b) {
  x <- mp(x); y <- mp(y); a <- mp(a); b <- mp(b)
  if (x == 0) return(list(lower = mp(0), upper = mp(1)))
  if (y == 0) return(list(lower = mp(1), upper = mp(0)))
  if (x <= y) { lower <- beta_series(x, y, a, b); list(lower = lower, upper = 1 - lower) }
  else { upper <- beta_series(y, x, b, a); list(lower = 1 - upper, upper = upper) }
}
t_upper <- function(t, df) {
  t <- mp(t); df <- mp(df)
  half <- beta_both(df / (df + t^2), t^2 / (df + t^2), df / 2, mp(1) / 2)$lower / 2
  if (t >= 0) half else 1 - half
}
f_both <- function(f, df1, df2) {
  f <- mp(f); df1 <- mp(df1); df2 <- mp(df2)
  beta_both(df1 * f / (df1 * f + df2), df2 / (df1 * f + df2), df1 / 2, df2 / 2)
}
gamma_lower <- function(x, a) {
  if (x == 0) return(mp(0))
  series_sum(exp(a * log(x) - x - lgamma(a + 1)), function(n) x / (a + 1 + n))
}
chi_square_both <- function(x, df) {
  lower <- gamma_lower(mp(x) / 2, mp(df) / 2)
  list(lower = lower, upper = 1 - lower)
}
normal_upper <- function(x) erfc(mp(x) / sqrt(mp(2))) / 2

# Root of a monotone function by the secant method from two double starts, to 40 digits.
exact_root <- function(f, start) {
  a <- mp(start); b <- a * (1 + mp(2)^-30) + mp(2)^-80
  fa <- f(a); fb <- f(b)
  for (i in 1:60) {
    if (fb == fa) return(b)
    step <- fb * (b - a) / (fb - fa)
    a <- b; fa <- fb
    b <- b - step
    if (abs(step) <= abs(b) * mp(10)^-40) return(b)
    fb <- f(b)
  }
  stop("no root")
}
