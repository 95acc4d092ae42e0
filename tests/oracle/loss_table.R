# Customers lost with bad service, and silent leavers, of a whole survey (F84). Made by R 4.2.2.
# SPDX-License-Identifier: GPL-3.0-or-later
# Witnesses: the closed forms; survey::svycontrast for errors with weights and clusters; glm; R's own resampling for the intervals of adjusted losses.
oracle_folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(oracle_folder, "support", "fixture_writer.R"))
suppressMessages(library(survey))
set.seed(84)
n <- 240
tenure <- sample(c("new", "middle", "old"), n, TRUE, c(.3, .4, .3)); captive <- rbinom(n, 1, .35)
bad <- rbinom(n, 1, c(new = .5, middle = .35, old = .2)[tenure]); left <- rbinom(n, 1, plogis(-1.5 + 1.1 * bad - .9 * captive + .8 * (tenure == "new")))
complained <- rbinom(n, 1, .1 + .3 * bad); satisfaction <- pmin(7, pmax(1, round(rnorm(n, 5 - 1.4 * bad, 1.4))))
weight <- sample(c(.5, 1, 1.5, 2.25), n, TRUE); cluster <- sample(1:24, n, TRUE)
left[sample(n, 5)] <- NA; bad[sample(n, 5)] <- NA; complained[sample(n, 6)] <- NA; satisfaction[sample(n, 6)] <- NA; captive[sample(n, 4)] <- NA
z <- qnorm(.975); ones <- rep(1, n); use <- !is.na(left) & !is.na(bad)
cells <- function(w, rows) c(sum(w[rows & bad == 1 & left == 1]), sum(w[rows & bad == 1 & left == 0]), sum(w[rows & bad == 0 & left == 1]), sum(w[rows & bad == 0 & left == 0]))
crude <- function(w, k) {
  x <- cells(w, use); paf <- 1 - (x[3] / (x[3] + x[4])) / ((x[1] + x[3]) / sum(x)); d <- data.frame(exposed = 1 * (bad == 1 & left == 1), other = 1 * (bad == 0 & left == 1), stayed = 1 * (bad == 0 & left == 0), w, k = if (is.null(k)) seq_len(n) else k)[use, ]
  design <- svydesign(ids = ~k, weights = ~w, data = d); stopifnot(is.null(k) || length(unique(k[use])) == 24); se <- as.vector(SE(svycontrast(svymean(~exposed + other + stayed, design), quote(log(other) - log(other + stayed) - log(exposed + other)))))
  if (is.null(k) && all(w == 1)) { closed <- sqrt((x[2] + paf * (x[1] + x[4])) / (sum(x) * x[3])); stopifnot(abs(se / sqrt(nrow(d) / (nrow(d) - 1)) / closed - 1) < 1e-10); se <- closed }
  ends <- 1 - exp(log(1 - paf) + c(1, -1) * z * se); leavers <- (x[1] + x[3]) / sum(x) * sum(use)
  list(n = sum(use), fraction = paf, ci_low = ends[1], ci_high = ends[2], customers_lost = paf * leavers, lost_low = max(0, ends[1]) * leavers, lost_high = ends[2] * leavers,
    risk_ratio = (x[1] / (x[1] + x[2])) / (x[3] / (x[3] + x[4])), exposed_risk = x[1] / (x[1] + x[2]), unexposed_risk = x[3] / (x[3] + x[4]))
}
captivity <- ifelse(is.na(captive), "unknown", captive)
stratified <- function(by, w, rows = use) {
  s <- sapply(unique(by[rows]), function(v) cells(w, rows & by == v)); n1 <- s[1, ] + s[2, ]; n0 <- s[3, ] + s[4, ]; both <- n1 > 0 & n0 > 0
  rr <- sum((s[1, ] * n0 / (n1 + n0))[both]) / sum((s[3, ] * n1 / (n1 + n0))[both]); pc <- sum(s[1, ]) / sum(s[1, ] + s[3, ])
  list(risk_ratio = rr, fraction = pc * (rr - 1) / rr)
}
# unknown captivity (four people) is thin: it joins the largest level, the free
level <- ifelse(is.na(captive), 0, captive)
stopifnot(sum(level[use] == 0) > sum(level[use] == 1))
adjusted <- function(w, rows = which(use)) {
  d <- data.frame(left, bad, level, tenure, w)[rows, ]; m <- suppressWarnings(glm(left ~ bad + level + tenure, binomial, d, weights = w, epsilon = 1e-14, maxit = 100))
  1 - sum(d$w * predict(m, transform(d, bad = 0), type = "response")) / sum(d$w * fitted(m))
}
draws <- replicate(3000, { r <- sample(which(use), replace = TRUE); x <- data.frame(left, bad, level, tenure, captivity)[r, ]
  s <- sapply(split(x, x$tenure), function(v) c(sum(v$bad & v$left), sum(v$bad & !v$left), sum(!v$bad & v$left), sum(!v$bad & !v$left))); n1 <- s[1, ] + s[2, ]; n0 <- s[3, ] + s[4, ]
  rr <- sum(s[1, ] * n0 / (n1 + n0)) / sum(s[3, ] * n1 / (n1 + n0)); c(sum(s[1, ]) / sum(s[1, ] + s[3, ]) * (rr - 1) / rr, suppressWarnings(adjusted(ones, r))) })
ends <- apply(draws, 1, quantile, c(.025, .975))
wilson <- function(p, m) { centre <- p + z^2 / (2 * m); half <- z * sqrt(p * (1 - p) / m + z^2 / (4 * m^2)); (centre + c(-1, 1) * half) / (1 + z^2 / m) }
share <- function(rows, holds, w, k) {
  rows <- rows & !is.na(rows) & !is.na(holds); x <- 1 * holds[rows]; v <- w[rows]; p <- sum(v * x) / sum(v)
  m <- if (is.null(k)) sum(v)^2 / sum(v^2) else { d <- svydesign(ids = ~k, weights = ~w, data = data.frame(x = 1 * holds, w, k, rows)); p * (1 - p) / as.vector(SE(svymean(~x, subset(d, rows))))^2 }
  c(p, wilson(p, m))
}
silent <- function(w, k, who) {
  known <- !is.na(left) & who; low <- satisfaction < 4; s <- share(known & left == 1, complained == 0, w, k); t <- share(known & low, left == 0, w, k); u <- share(known & low, complained == 1, w, k)
  both <- known & !is.na(low) & !is.na(complained)
  list(n = sum(known), left = sum(left[known]), left_silent = sum(known & left == 1 & complained == 0, na.rm = TRUE), silent_share = s[1], silent_low = s[2], silent_high = s[3], dissatisfied = sum(known & low, na.rm = TRUE),
    complained = sum(known & complained == 1, na.rm = TRUE), iceberg_ratio = sum(w[both & low]) / sum(w[both & complained == 1]), spoke_share = u[1], spoke_low = u[2], spoke_high = u[3], stayed_dissatisfied = t[1], stayed_low = t[2], stayed_high = t[3])
}
yes <- rep(TRUE, n); is_captive <- !is.na(captive) & captive == 1; is_free <- !is.na(captive) & captive == 0
design <- function(label, w, k) list(label = label, crude = crude(w, k), captive = stratified(captivity, w), tenure = stratified(tenure, w), adjusted = list(fraction = adjusted(w)),
  all = silent(w, k, yes), captive_only = if (is.null(k)) silent(w, k, is_captive) else NULL, free_only = if (is.null(k)) silent(w, k, is_free) else NULL)
designs <- list(design("plain", ones, NULL), design("weights", weight, NULL), design("clusters", ones, cluster), design("weights and clusters", weight, cluster))
write_fixture("loss_table", "survey", list(note = "null: not answered; bootstrap: ends of R's own 3000 samples, tenure stratified then adjusted", tenure = I(tenure), captive = I(captive), bad = I(bad), left = I(left),
  complained = I(complained), satisfaction = I(satisfaction), weight = I(weight), cluster = I(cluster), designs = designs, bootstrap = t(ends)))
