# Change from wave to wave with an overlapping panel; percentile ranks (F114, F120). Made by R 4.2.2.
# SPDX-License-Identifier: GPL-3.0-or-later
# Independent waves and full panels must be t.test's; for a part of a panel the variance of the difference is written out from
# the covariance matrix of the single answers, for a known covariance.
oracle_folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(oracle_folder, "support", "fixture_writer.R"))
set.seed(114)
case <- function(label, x, y, n_both, confidence = .95) {
  n1 <- length(x); n2 <- length(y); both <- seq_len(n_both); rho <- if (n_both > 2) cor(x[both], y[both]) else NA
  v1 <- var(x) / n1; v2 <- var(y) / n2; d <- mean(y) - mean(x)
  if (n_both == 0) { t <- t.test(y, x, conf.level = confidence); se <- t$stderr; df <- unname(t$parameter); p <- t$p.value; ends <- t$conf.int }
  else {
    # Var(ȳ − x̄) = a'Sa over all single answers, those of one person correlated
    s <- diag(c(rep(var(x), n1), rep(var(y), n2))); for (i in both) s[i, n1 + i] <- s[n1 + i, i] <- rho * sd(x) * sd(y)
    a <- c(rep(-1 / n1, n1), rep(1 / n2, n2)); se <- sqrt(drop(t(a) %*% s %*% a)); df <- min(n1, n2) - 1
    p <- 2 * pt(abs(d / se), df, lower.tail = FALSE); ends <- d + c(-1, 1) * qt(1 - (1 - confidence) / 2, df) * se
    if (n_both == n1 && n_both == n2) { t <- t.test(y, x, paired = TRUE, conf.level = confidence); stopifnot(abs(t$p.value - p) < 1e-10, max(abs(t$conf.int - ends)) < 1e-10) }
  }
  list(label = label, n_first = n1, n_second = n2, n_both = n_both, correlation = rho, mean_first = mean(x), mean_second = mean(y), sd_first = sd(x), sd_second = sd(y),
    confidence = confidence, difference = d, se = se, t = d / se, df = df, p = p, low = ends[1], high = ends[2])
}
x <- rnorm(40, -.5); y <- .6 * x + rnorm(40, -.3, .8)
changes <- list(case("independent", x, rnorm(25, 0, 2), 0), case("full panel", x, y, 40), case("part of a panel", x, c(y[1:15], rnorm(45)), 15), case("against each other", x, c(-y[1:30], rnorm(3)), 30, .9))
ranks <- function(v) list(values = I(v), ranks = I(vapply(v, function(a) 100 * (mean(v < a) + mean(v == a) / 2), 0)))
norms <- list(ranks(round(rnorm(30), 1)), ranks(sample(1:5, 64, TRUE)), ranks(rnorm(31)))
for (n in norms) stopifnot(max(abs(n$ranks - 100 * (rank(n$values) - .5) / length(n$values))) < 1e-10)
write_fixture("wave_change", character(), list(note = "correlation of those in both waves; null: independent waves", changes = changes, norms = norms))
