# Where expectations come from: shares, and expectation and gap of those who name a source against the others (F27, F29). Made by R 4.2.2.
# SPDX-License-Identifier: GPL-3.0-or-later
# Witnesses: the definitions, t.test and prop.test of plain answers, survey::svyby with svycontrast under weights and clusters.
oracle_folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(oracle_folder, "support", "fixture_writer.R"))
suppressMessages(library(survey))
set.seed(118)
n <- 90
sources <- sample(0:255, n, TRUE); sources[sample(n, 12)] <- 0L
likes <- (sources %% 2 == 1) * 1
draw <- function(shift) { x <- pmin(7, pmax(1, round(rnorm(n, 4.5 + shift, 1.3)))); x[sample(n, 5)] <- NA; x }
expectation <- sapply(1:4, function(j) draw(.9 * likes)); perception <- sapply(1:4, function(j) draw(-.3))
weight <- sample(c(.5, 1, 1.5, 2.25), n, TRUE); cluster <- sample(1:15, n, TRUE)
# the mean of two dimensions of two items each, over items with both answers for gaps; of one item of two is enough
overall <- function(x) { d <- sapply(1:2, function(k) { y <- x[, 2 * k - 1:0]; ifelse(rowSums(!is.na(y)) >= 1, rowMeans(y, na.rm = TRUE), NA) }); ifelse(rowSums(!is.na(d)) >= 1, rowMeans(d, na.rm = TRUE), NA) }
figures <- list(expectation = overall(expectation), gap = overall(perception - expectation))
bit <- function(s) (sources %/% 2^s) %% 2
design_of <- function(w, k, use) if (is.null(k)) svydesign(ids = ~1, weights = ~w, data = data.frame(w = w[use])) else svydesign(ids = ~k, weights = ~w, data = data.frame(w = w[use], k = k[use]))
z <- qnorm(.975)
share <- function(s, w, k) {
  use <- sources > 0; x <- bit(s)[use]; v <- w[use]; p <- sum(v * x) / sum(v); spread <- p * (1 - p)
  d <- update(design_of(w, k, use), x = x); se <- as.vector(SE(svymean(~x, d))); stopifnot(abs(coef(svymean(~x, d)) - p) < 1e-12)
  worth <- if (is.null(k)) sum(v)^2 / sum(v^2) else spread / se^2
  centre <- p + z^2 / (2 * worth); half <- z * sqrt(p * (1 - p) / worth + z^2 / (4 * worth^2)); e <- (centre + c(-1, 1) * half) / (1 + z^2 / worth)
  if (is.null(k) && all(w == 1)) stopifnot(max(abs(prop.test(sum(x), length(x), correct = FALSE)$conf.int - e)) < 1e-12)
  list(n = length(x), named = sum(x), share = p, share_low = e[1], share_high = e[2])
}
compare <- function(s, figure, w, k) {
  y <- figures[[figure]]; use <- sources > 0 & !is.na(y); x <- bit(s)[use]; y <- y[use]; v <- w[use]
  m <- sapply(1:0, function(g) sum((v * y)[x == g]) / sum(v[x == g])); d <- m[1] - m[2]
  if (is.null(k) && all(w == 1)) {
    t <- t.test(y[x == 1], y[x == 0]); se <- t$stderr; df <- unname(t$parameter); p <- t$p.value; e <- as.vector(t$conf.int)
  } else {
    des <- update(design_of(w, k, use), x = factor(x), y = y); by <- svyby(~y, ~x, des, svymean, covmat = TRUE)
    con <- svycontrast(by, c("0" = -1, "1" = 1)); stopifnot(abs(coef(con) - d) < 1e-12); se <- as.vector(SE(con))
    df <- if (is.null(k)) length(y) - 1 else length(unique(k[use])) - 1; p <- 2 * pt(-abs(d / se), df); e <- d + c(-1, 1) * qt(.975, df) * se
    infl <- ifelse(x == 1, v * (y - m[1]) / sum(v[x == 1]), -v * (y - m[2]) / sum(v[x == 0])); u <- if (is.null(k)) infl else tapply(infl, k[use], sum)
    stopifnot(abs(se - sqrt(length(u) / (length(u) - 1) * sum(u^2))) < 1e-12)
  }
  list(n = length(y), n_named = sum(x == 1), mean_named = m[1], n_others = sum(x == 0), mean_others = m[2], difference = d, se = se, ci_low = e[1], ci_high = e[2], df = df, p = p)
}
design <- function(label, w, k) {
  rows <- unlist(lapply(0:7, function(s) lapply(c("expectation", "gap"), function(f) compare(s, f, w, k))), recursive = FALSE)
  holm <- p.adjust(sapply(rows, function(r) r$p), "holm"); rows <- Map(function(r, h) c(r, list(p_holm = h)), rows, holm)
  list(label = label, shares = lapply(0:7, share, w, k), gaps = rows)
}
one <- rep(1, n)
designs <- list(design("plain", one, NULL), design("weights", weight, NULL), design("clusters", one, cluster), design("weights and clusters", weight, cluster))
stopifnot(designs[[1]]$gaps[[1]]$p_holm < .05, designs[[1]]$gaps[[5]]$p_holm > .05)
write_fixture("sources", "survey", list(note = "sources: bits 1, 2, 4 … 128 in the order of forms; items 1 and 2 are dimension d1, 3 and 4 are d2",
  sources = I(sources), expectation = expectation, perception = perception, weight = I(weight), cluster = I(cluster), designs = designs))
