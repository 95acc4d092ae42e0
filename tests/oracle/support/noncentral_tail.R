# SPDX-License-Identifier: GPL-3.0-or-later
# Both tails of the non-central t from its definition, P(T' > t) = E[ 1 - Phi(t S - ncp) ] with S = sqrt(chi-square(df)/df),
# in 256-bit arithmetic by the trapezoid rule on log S, and limits of the non-centrality. Needs exact_tails.R.

# Where log S carries the integral of a tail: to e^-70 below the peak, found in double arithmetic.
range_of <- function(t, df, ncp, lower_tail) {
  u <- c(seq(-150, -2, by = .02), seq(-2, 4, by = .0005))
  v <- df * u - df * exp(2 * u) / 2 + pnorm(t * exp(u) - ncp, lower.tail = lower_tail, log.p = TRUE)
  range(u[is.finite(v) & v > max(v[is.finite(v)]) - 70])
}
tail_by_trapezoid <- function(t, df, ncp, lower_tail, points) {
  ends <- range_of(asNumeric(t), df, asNumeric(ncp), lower_tail)
  step <- mp(ends[2] - ends[1]) / points
  u <- mp(ends[1]) + step * (0:points)
  s <- exp(u)
  z <- (t * s - ncp) / sqrt(mp(2))
  log_scale <- log(mp(2)) + mp(df) / 2 * log(mp(df) / 2) - lgamma(mp(df) / 2)
  density <- exp(log_scale + df * u - df * s^2 / 2)
  step * sum(density * erfc(if (lower_tail) -z else z)) / 2
}
noncentral_tail <- function(t, df, ncp, lower_tail) {
  t <- mp(t); ncp <- mp(ncp); points <- 250; before <- mp(0)
  repeat {
    now <- tail_by_trapezoid(t, df, ncp, lower_tail, points)
    if (abs(now - before) <= now * mp(10)^-22) return(now)
    before <- now; points <- 2 * points
    if (points > 20000) stop("no convergence at ", format(t, digits = 5), " ", df, " ", format(ncp, digits = 5))
  }
}
# The non-centrality at which t cuts off `level` in the named tail: secant steps on the log of that tail.
limit_of <- function(t, df, level, lower_tail) {
  z <- qnorm(level, lower.tail = FALSE) * sqrt(1 + t^2 / (2 * df))
  f <- function(ncp) log(noncentral_tail(t, df, ncp, lower_tail) / mp(level))
  a <- mp(t + (if (lower_tail) z else -z)); b <- a + mp(.01)
  fa <- f(a); fb <- f(b)
  for (i in 1:50) {
    step <- fb * (b - a) / (fb - fa)
    a <- b; fa <- fb; b <- b - step
    if (abs(step) < mp(10)^-20) return(b)
    fb <- f(b)
  }
  stop("no limit")
}
