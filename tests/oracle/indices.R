# Single-figure indices of a survey with weights and clusters (F50 to F54, F60). Made by R 4.2.2.
# SPDX-License-Identifier: GPL-3.0-or-later
# Witnesses: the definitions, and survey::svymean for means and clustered errors.
oracle_folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(oracle_folder, "support", "fixture_writer.R"))
suppressMessages(library(survey))
set.seed(50)
n <- 60
draw <- function(low, high, tilt) { p <- exp(tilt * (low:high)); x <- sample(low:high, n, TRUE, p / sum(p)); x[sample(n, 4)] <- NA; x }
recommend <- draw(0, 10, .25); satisfaction <- draw(1, 7, .3); effort <- draw(1, 7, -.2); items <- sapply(1:4, function(j) draw(1, 5, .3 * (j - 2)))
weight <- sample(c(.5, 1, 1.5, 2.25), n, TRUE); cluster <- sample(1:14, n, TRUE); z <- qnorm(.975)
# survey's mean, its error, the number of answers it is worth, and df, in one design
mean_of <- function(x, w, k) {
  use <- !is.na(x); x <- x[use]; w <- w[use]; m <- sum(w * x) / sum(w); spread <- sum(w * (x - m)^2) / sum(w)
  if (is.null(k)) { d <- svydesign(ids = ~1, weights = ~w, data = data.frame(x, w)); df <- length(x) - 1 }
  else { d <- svydesign(ids = ~k, weights = ~w, data = data.frame(x, w, k = k[use])); df <- length(unique(k[use])) - 1 }
  s <- svymean(~x, d); se <- as.vector(SE(s)); stopifnot(abs(coef(s) - m) < 1e-12)
  worth <- if (is.null(k)) sum(w)^2 / sum(w^2) else spread / se^2
  list(n = length(x), mean = m, se = se, spread = spread, worth = worth, low = m - qt(.975, df) * se, high = m + qt(.975, df) * se)
}
wilson <- function(p, n) { centre <- p + z^2 / (2 * n); half <- z * sqrt(p * (1 - p) / n + z^2 / (4 * n^2)); (centre + c(-1, 1) * half) / (1 + z^2 / n) }
nps <- function(w, k) {
  class <- ifelse(recommend >= 9, 1, ifelse(recommend <= 6, -1, 0)); m <- mean_of(class, w, k); p <- mean_of(1 * (recommend >= 9), w, k)$mean; d <- mean_of(1 * (recommend <= 6), w, k)$mean
  stopifnot(abs(p + d - (p - d)^2 - m$spread) < 1e-12)
  worth <- m$worth; a <- c((worth * p + .75), (worth * d + .75)) / (worth + 3); centre <- a[1] - a[2]; half <- z * sqrt((sum(a) - centre^2) / (worth + 3))
  list(n = m$n, value = 100 * m$mean, se = 100 * sqrt(m$spread / worth), promoters = p, passives = 1 - p - d, detractors = d, n_effective = worth, ci_low = max(-100, 100 * (centre - half)), ci_high = min(100, 100 * (centre + half)))
}
share <- function(x, w, k) { s <- mean_of(1 * x, w, k); e <- wilson(s$mean, s$worth); list(share = s$mean, se = sqrt(s$spread / s$worth), low = e[1], high = e[2]) }
csat <- function(w, k) {
  s <- share(satisfaction >= 6, w, k); m <- mean_of(satisfaction, w, k); i <- function(x) 100 * (x - 1) / 6
  list(n = m$n, value = 100 * s$share, se = 100 * s$se, ci_low = 100 * s$low, ci_high = 100 * s$high, cut = 6, satisfied = s$share, dissatisfied = share(satisfaction <= 2, w, k)$share,
    between = share(satisfaction > 2 & satisfaction < 6, w, k)$share, mean = m$mean, index = i(m$mean), index_se = m$se * 100 / 6, index_low = i(m$low), index_high = i(m$high))
}
ces <- function(w, k, low_is_easy) {
  x <- if (low_is_easy) 8 - effort else effort; m <- mean_of(x, w, k); s <- share(x >= 5, w, k)
  list(n = m$n, value = m$mean, se = m$se, ci_low = m$low, ci_high = m$high, easy = s$share, easy_low = s$low, easy_high = s$high, hard = share(x <= 3, w, k)$share, index = 100 * (m$mean - 1) / 6)
}
index <- function(columns, w, k) {
  x <- items[, columns, drop = FALSE]; x <- ifelse(rowSums(!is.na(x)) >= ceiling(length(columns) / 2), 100 * (rowMeans(x, na.rm = TRUE) - 1) / 4, NA)
  m <- mean_of(x, w, k); list(n = m$n, value = m$mean, se = m$se, ci_low = m$low, ci_high = m$high, items = length(columns))
}
design <- function(label, w, k) list(label = label, nps = nps(w, k), csat = csat(w, k), ces = ces(w, k, FALSE), ces_turned = ces(w, k, TRUE), d1 = index(1:3, w, k), d2 = index(4, w, k), overall = index(1:4, w, k))
designs <- list(design("plain", rep(1, n), NULL), design("weights", weight, NULL), design("clusters", rep(1, n), cluster), design("weights and clusters", weight, cluster))
# changes between the first and the second half, as between different people
half <- function(rows) { all <- list(recommend, satisfaction, effort); lapply(all, function(x) x[rows]) }
old <- half(1:25); new <- half(26:60)
z_change <- function(a, b) { d <- b[1] - a[1]; se <- sqrt(a[2]^2 + b[2]^2); list(change = d, change_se = se, change_low = d - z * se, change_high = d + z * se, change_p = 2 * pnorm(-abs(d / se))) }
p_se <- function(x, f) { x <- f(x[!is.na(x)]); c(mean(x), sqrt(mean((x - mean(x))^2) / length(x))) }
class <- function(x) 100 * ((x >= 9) - (x <= 6)); top <- function(x) 100 * (x >= 6)
welch <- t.test(new[[3]], old[[3]])
changes <- list(nps = z_change(p_se(old[[1]], class), p_se(new[[1]], class)), csat = z_change(p_se(old[[2]], top), p_se(new[[2]], top)),
  ces = list(change = unname(welch$estimate[1] - welch$estimate[2]), change_se = welch$stderr, change_low = welch$conf.int[1], change_high = welch$conf.int[2], change_p = welch$p.value))
# a panel: people 1 to 40 before, 26 to 60 after, who then answer as the person ten places on did before
moved <- ((25:59 + 10) %% 60) + 1
panel <- function(x, f) {
  x <- f(x); a <- x[1:40]; b <- x[moved]; both <- cbind(a[26:40], b[1:15]); both <- both[!is.na(both[, 1]) & !is.na(both[, 2]), ]; a <- a[!is.na(a)]; b <- b[!is.na(b)]; r <- cor(both)[1, 2]; k <- nrow(both); p <- function(v) sqrt(mean((v - mean(v))^2))
  list(a = a, b = b, covariance = r * p(both[, 1]) * p(both[, 2]) * k / (length(a) * length(b)))
}
normal_panel <- function(x, f) { q <- panel(x, f); p <- function(v) mean((v - mean(v))^2) / length(v); d <- mean(q$b) - mean(q$a); se <- sqrt(p(q$a) + p(q$b) - 2 * q$covariance); list(change = d, change_se = se, change_low = d - z * se, change_high = d + z * se, change_p = 2 * pnorm(-abs(d / se))) }
t_panel <- function(x) { q <- panel(x, identity); d <- mean(q$b) - mean(q$a); se <- sqrt(var(q$a) / length(q$a) + var(q$b) / length(q$b) - 2 * q$covariance); df <- min(length(q$a), length(q$b)) - 1; t <- qt(.975, df); list(change = d, change_se = se, change_low = d - t * se, change_high = d + t * se, change_p = 2 * pt(-abs(d / se), df)) }
panels <- list(nps = normal_panel(recommend, class), csat = normal_panel(satisfaction, top), ces = t_panel(effort))
stopifnot(abs(panel(recommend, class)$covariance) > .1)
write_fixture("indices", "survey", list(note = "cluster sizes vary; items 1 to 3 are dimension d1, item 4 is d2; changes: first 25 people before, the others after",
  recommend = I(recommend), satisfaction = I(satisfaction), effort = I(effort), items = items, weight = I(weight), cluster = I(cluster), designs = designs, changes = changes, panels = panels))
