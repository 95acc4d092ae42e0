# A simulated study of 32 units: groups compared, pairs, shrunken means and shares, norms, charts (F27, F111 to F117, F120). Made by R 4.2.2, metafor 3.8.1.
# SPDX-License-Identifier: GPL-3.0-or-later
# oneway.test, anova(lm), metafor's rma and the definitions on scores made from single answers; the units stand in order of time
# for the charts.
oracle_folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(oracle_folder, "support", "fixture_writer.R"))
suppressMessages(library(metafor))
set.seed(2727)
sizes <- c(6, 9, rep(c(8, 14, 11, 10), length.out = 30)); unit <- rep(seq_along(sizes), sizes); n <- length(unit)
e <- matrix(pmin(7, pmax(2, round(rnorm(4 * n, 5.6, 1)))), n)
p <- matrix(pmin(7, pmax(1, e + round(rnorm(4 * n, -.3 + rep(rnorm(32, 0, .5) - (1:32 > 25) * .6, sizes), 1.2)))), n)
p[sample(length(p), 25)] <- NA
dims <- list(d1 = 1:2, d2 = 3:4)
score <- function(cols) { g <- p[, cols] - e[, cols]; ok <- rowSums(!is.na(g)) >= ceiling(length(cols) / 2); x <- e; x[is.na(p)] <- NA; list(g = ifelse(ok, rowMeans(g, na.rm = TRUE), NA), e = ifelse(ok, rowMeans(x[, cols], na.rm = TRUE), NA), p = ifelse(ok, rowMeans(p[, cols], na.rm = TRUE), NA)) }
parts <- lapply(dims, score)
overall <- lapply(c(g = "g", e = "e", p = "p"), function(w) { m <- sapply(parts, `[[`, w); ok <- rowSums(!is.na(m)) >= 1; ifelse(ok, rowMeans(m, na.rm = TRUE), NA) })
subjects <- c(parts, list(overall = overall))
about <- function(name) {
  s <- subjects[[name]]; ok <- !is.na(s$g); g <- s$g[ok]; u <- factor(unit[ok], levels = seq_along(sizes)); k <- nlevels(u)
  m <- tapply(g, u, mean); size <- as.vector(table(u)); v <- tapply(g, u, var)
  w <- oneway.test(g ~ u); a <- anova(lm(s$p[ok] ~ s$e[ok]), lm(s$p[ok] ~ s$e[ok] + u))
  pooled <- sum((size - 1) * v) / sum(size - 1); used <- ifelse(size < 10, pooled, v) / size
  fit <- rma(as.vector(m), used, method = "PM", control = list(tol = 1e-13, maxiter = 5000)); shrunken <- fit$b[1] + fit$tau2 / (fit$tau2 + used) * (m - fit$b[1])
  short <- tapply(g < 0, u, sum); share <- sum(short) / sum(size); chi2 <- sum((short - size * share)^2 / (size * share * (1 - share))); rho <- (chi2 - k + 1) / sum((size - 1) * (1 - size / sum(size)))
  precision <- (1 - rho) / rho; shrunken_share <- if (rho > 0) (short + precision * share) / (size + precision) else rep(share, k)
  se <- sqrt(v / size); pairs <- lapply(list(c(1, 2), c(1, 20), c(5, 30), c(31, 32)), function(q) { i <- q[1]; j <- q[2]; t <- t.test(g[u == j], g[u == i]); list(a = sprintf("u%02d", i), b = sprintf("u%02d", j), gap_a = m[[i]], gap_b = m[[j]], difference = m[[j]] - m[[i]], se = unname(t$stderr), df = unname(t$parameter), q = unname(abs(t$statistic)) * sqrt(2), p = ptukey(unname(abs(t$statistic)) * sqrt(2), k, unname(t$parameter), lower.tail = FALSE)) })
  base <- 1:20; centre <- sum(size[base] * m[base]) / sum(size[base]); sigma2 <- sum((size[base] - 1) * v[base]) / sum(size[base] - 1); ve <- sigma2 / size
  z <- Reduce(function(z, x) .2 * x + .8 * z, as.vector(m), centre, accumulate = TRUE)[-1]; vz <- Reduce(function(a, b) .64 * a + .04 * b, ve, 0, accumulate = TRUE)[-1]
  up <- Reduce(function(c, x) max(0, c + x - .5), as.vector((m - centre) / sqrt(ve)), 0, accumulate = TRUE)[-1]; down <- Reduce(function(c, x) max(0, c - x - .5), as.vector((m - centre) / sqrt(ve)), 0, accumulate = TRUE)[-1]
  bar <- sum(short[base]) / sum(size[base]); sd <- sqrt(bar * (1 - bar) / size); zs <- (short / size - bar) / sd; sigma_z <- mean(abs(diff(zs[base]))) / 1.128; width <- 3 * if (sigma_z > 1.3) sigma_z else 1
  list(subject = name, n = sum(size), f = unname(w$statistic), df2 = unname(w$parameter[2]), p = w$p.value, ancova_f = a$F[2], ancova_df2 = a$Res.Df[2], ancova_p = a$`Pr(>F)`[2], tau2 = fit$tau2, mean = fit$b[1], rho = rho, common_share = share, centre = centre, sigma_z = sigma_z, share_centre = bar,
    units = if (name == "d1") NULL else data.frame(n = size, gap = as.vector(m), shrunken = as.vector(shrunken), funnel_low = fit$b[1] - qnorm(.999) * sqrt(used), funnel_high = fit$b[1] + qnorm(.999) * sqrt(used), share_short = as.vector(short / size), shrunken_share = as.vector(shrunken_share),
      norm = as.vector(100 * (rank(m) - .5) / k), ewma = z, ewma_low = centre - 2.86 * sqrt(vz), ewma_high = centre + 2.86 * sqrt(vz), cusum_above = up, cusum_below = down, limit_low = pmax(0, bar - width * sd), limit_high = pmin(1, bar + width * sd)), pairs = pairs)
}
write_fixture("group_measures", "metafor", list(note = "answers 1 to 7; null: missing. A row of units per unit u01 to u32", unit = unit, expectation = e, perception = p, subjects = lapply(names(subjects), about)))
