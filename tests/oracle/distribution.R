# Tails and quantiles of the normal, t, F, chi-square and beta distributions. Made by R 4.2.2, Rmpfr 0.9.1.
# SPDX-License-Identifier: GPL-3.0-or-later
# Each value comes from a power series in 256-bit and longer arithmetic and is rounded once to double. R's own functions
# (which are libRmath, the library under test) only start the root finder and are compared at the end.
oracle_folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(oracle_folder, "support", "fixture_writer.R"))
source(file.path(oracle_folder, "support", "exact_tails.R"))
# A tail below 1e-300 is not asked for: subnormal doubles have no full precision.
num <- function(x) { v <- asNumeric(x); if (abs(v) < 1e-300 && v != 0) NA_real_ else v }

normal <- lapply(c(-37, -8.5, -3, -1, -.25, 0, 1e-8, .1, .5, 1, 1.5, 1.959963984540054, 2.5, 3, 4, 5.5, 6, 8, 10, 15, 20, 26.5, 30, 37),
  function(x) list(x = x, upper = num(with_bits_for(pnorm(x, lower.tail = FALSE, log.p = TRUE), function() normal_upper(x)))))
normal_quantile <- lapply(c(.75, .5 + 1e-9, .4, .25, .1, .05, .025, .01, .005, .0005, 1e-5, 1e-7, 1e-10, 1e-15, 1e-20, 1e-50, 1e-100, 1e-200, 1e-300),
  function(p) list(upper = p, x = num(with_bits_for(log(p), function() exact_root(function(x) normal_upper(x) - mp(p), qnorm(p, lower.tail = FALSE))))))

t_grid <- rbind(expand.grid(t = c(-2.5, 0, .001, .5, 1, 2, 3.5, 6, 12, 40), df = c(1, 2, 3, 5.5, 9, 29, 99, 249, 1234)),
  data.frame(t = c(1e10, 1e50, 1e150, 1e10, 1e30, 1000, 40, 60, 200, 37, 37, 30, 5), df = c(1, 2, 2, 29, 10, 99, 1000, 1000, 300, 99999, 1e7, 1e6, 1e7)))
t_tail <- lapply(seq_len(nrow(t_grid)), function(i) with(t_grid[i, ], list(t = t, df = df, upper = num(with_bits_for(pt(t, df, lower.tail = FALSE, log.p = TRUE), function() t_upper(t, df))))))
t_cases <- expand.grid(upper = c(.4, .1, .05, .025, .005, .00113636363636363637, 1e-6, 1e-12, 1e-100), df = c(1, 2, 3, 4.5, 9, 29, 99, 249, 5000))
t_cases <- rbind(t_cases, data.frame(upper = c(1e-300, 1e-300, 1e-200), df = c(10, 99, 2)))
t_quantile <- lapply(seq_len(nrow(t_cases)), function(i) with(t_cases[i, ],
  list(upper = upper, df = df, t = num(with_bits_for(log(upper), function() exact_root(function(t) t_upper(t, df) - mp(upper), qt(upper, df, lower.tail = FALSE)))))))

f_grid <- rbind(expand.grid(f = c(.01, .5, 1, 1.5, 4, 20), df1 = c(1, 4, 9, 59), df2 = c(2, 9, 177, 1500)),
  data.frame(f = c(.8, 1.25, 300, 1000, 30, 5), df1 = c(249, 249, 20, 59, 59, 249), df2 = c(1494, 1494, 1000, 500, 2000, 1494)))
f_tail <- lapply(seq_len(nrow(f_grid)), function(i) with(f_grid[i, ], { b <- with_bits_for(min(pf(f, df1, df2, log.p = TRUE), pf(f, df1, df2, lower.tail = FALSE, log.p = TRUE)), function() f_both(f, df1, df2)); list(f = f, df1 = df1, df2 = df2, lower = num(b$lower), upper = num(b$upper)) }))
f_cases <- expand.grid(upper = c(.995, .975, .95, .5, .05, .025, .005), df = c(1, 9, 59, 249), ratio = c(1, 3, 8))
f_cases <- rbind(f_cases, data.frame(upper = c(1e-12, 1e-100, 1 - 2^-30), df = c(20, 59, 20), ratio = c(3, 4, 3)))
f_quantile <- lapply(seq_len(nrow(f_cases)), function(i) with(f_cases[i, ],
  list(upper = upper, df1 = df, df2 = df * ratio, f = num(with_bits_for(log(upper), function() exact_root(function(f) f_both(f, df, df * ratio)$upper - mp(upper), qf(upper, df, df * ratio, lower.tail = FALSE)))))))

chi_grid <- rbind(expand.grid(x = c(.001, .5, 3, 10, 40, 150), df = c(1, 2, 5, 30, 200)), data.frame(x = c(1300, 1400, 1500, 2500), df = c(1, 2, 30, 600)))
chi_tail <- lapply(seq_len(nrow(chi_grid)), function(i) with(chi_grid[i, ], { b <- with_bits_for(min(pchisq(x, df, log.p = TRUE), pchisq(x, df, lower.tail = FALSE, log.p = TRUE)), function() chi_square_both(x, df)); list(x = x, df = df, lower = num(b$lower), upper = num(b$upper)) }))
chi_cases <- rbind(expand.grid(upper = c(.975, .95, .5, .05, .025, 1e-6), df = c(1, 4, 30, 500)), data.frame(upper = c(1e-100, 1e-300), df = c(3, 50)))
chi_quantile <- lapply(seq_len(nrow(chi_cases)), function(i) with(chi_cases[i, ],
  list(upper = upper, df = df, x = num(with_bits_for(log(upper), function() exact_root(function(x) chi_square_both(x, df)$upper - mp(upper), qchisq(upper, df, lower.tail = FALSE)))))))

beta_grid <- rbind(expand.grid(x = c(1e-6, .03125, .5, .84375, .9990234375), a = c(.5, 2, 13, 120), b = c(.5, 7, 40)),
  data.frame(x = c(1e-60, 1e-150, .0625, .9375), a = c(5, 2, 200, 3), b = c(3, .5, 90, 250)))
beta_tail <- lapply(seq_len(nrow(beta_grid)), function(i) with(beta_grid[i, ], { v <- with_bits_for(min(pbeta(x, a, b, log.p = TRUE), pbeta(x, a, b, lower.tail = FALSE, log.p = TRUE)), function() beta_both(x, 1 - mp(x), a, b)); list(x = x, a = a, b = b, lower = num(v$lower), upper = num(v$upper)) }))
beta_cases <- rbind(expand.grid(lower = c(.005, .025, .5, .95), a = c(1, 2.5, 13, 43), b = c(1, 8.5, 50)), data.frame(lower = c(1e-10, 1e-100), a = c(3, 20), b = c(9, 7)))
beta_quantile <- lapply(seq_len(nrow(beta_cases)), function(i) with(beta_cases[i, ],
  list(lower = lower, a = a, b = b, x = num(with_bits_for(log(lower), function() exact_root(function(x) beta_both(x, 1 - x, a, b)$lower - mp(lower), qbeta(lower, a, b)))))))

whole <- function(rows) Filter(function(r) !anyNA(unlist(r)), rows)
t_tail <- whole(t_tail); f_tail <- whole(f_tail); chi_tail <- whole(chi_tail); beta_tail <- whole(beta_tail)

worst <- function(rows, f) max(vapply(rows, function(r) { v <- f(r); d <- abs(v[1] - v[2]) / abs(v[2]); if (!is.finite(d)) d <- 0; if (d > 1e-13) cat("  R is", d, "off at", unlist(r), "\n"); d }, 0))
cat("largest relative distance of R's own functions:",
  "normal", worst(normal, function(r) c(pnorm(r$x, lower.tail = FALSE), r$upper)),
  "t", worst(t_tail, function(r) c(pt(r$t, r$df, lower.tail = FALSE), r$upper)),
  "qt", worst(t_quantile, function(r) c(qt(r$upper, r$df, lower.tail = FALSE), r$t)),
  "F", worst(f_tail, function(r) c(pf(r$f, r$df1, r$df2, lower.tail = FALSE), r$upper)),
  "qF", worst(f_quantile, function(r) c(qf(r$upper, r$df1, r$df2, lower.tail = FALSE), r$f)),
  "chi-square", worst(chi_tail, function(r) c(pchisq(r$x, r$df, lower.tail = FALSE), r$upper)),
  "qchisq", worst(chi_quantile, function(r) c(qchisq(r$upper, r$df, lower.tail = FALSE), r$x)),
  "beta", worst(beta_tail, function(r) c(pbeta(r$x, r$a, r$b), r$lower)),
  "qbeta", worst(beta_quantile, function(r) c(qbeta(r$lower, r$a, r$b), r$x)), "\n")

write_fixture("distribution", "Rmpfr", list(
  note = "upper = P(X > x), lower = P(X < x), both correctly rounded; a quantile row gives the x that has this tail",
  normal = normal, normal_quantile = normal_quantile, t = t_tail, t_quantile = t_quantile, f = f_tail, f_quantile = f_quantile,
  chi_square = chi_tail, chi_square_quantile = chi_quantile, beta = beta_tail, beta_quantile = beta_quantile))
