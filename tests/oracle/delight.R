# Simulated studies and the tables about service and delight: penalty_reward, tetraclasse, zone_delight, kano (F40-F46). Made by R 4.2.2, sandwich 3.0.2.
# SPDX-License-Identifier: GPL-3.0-or-later
oracle_folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(oracle_folder, "support", "fixture_writer.R"))
suppressMessages({library(sandwich)})
set.seed(4346)
n <- 220
mood <- rnorm(n)
mark <- function(load, lo, hi) pmin(hi, pmax(lo, round((lo + hi) / 2 + (hi - lo) / 3.4 * (load * mood + sqrt(1 - load^2) * rnorm(n)))))
got <- sapply(c(.4, .5, .3, .2), mark, lo = 1, hi = 5)
got[sample(n, 6), 4] <- NA
satisfied <- pmin(10, pmax(1, round(6 + 1.2 * (pmin(got[, 1], 3) - 3) + 1.5 * (pmax(got[, 2], 4) - 4) + .5 * (got[, 3] - 3) + rnorm(n))))
satisfied[sample(n, 3)] <- NA
weights <- sample(c(.5, 1, 2), n, TRUE); clusters <- sample(rep(1:22, each = 10))

level_of <- function(x, low, high) ifelse(x <= low, -1, ifelse(x >= high, 1, 0))
contrast_rows <- function(level, value, y, w = NULL, units = NULL) {
  complete <- complete.cases(level, y); level <- level[complete, , drop = FALSE]; value <- value[complete, , drop = FALSE]; y <- y[complete]
  if (!is.null(w)) w <- w[complete]; if (!is.null(units)) units <- units[complete]
  thick <- apply(level, 2, function(l) all(tabulate(l + 2, 3) >= 20 & tabulate(l + 2, 3) >= .05 * length(y)))
  d <- do.call(cbind, lapply(which(thick), function(j) cbind(level[, j] == -1, level[, j] == 1) + 0))
  model <- lm(y ~ d, weights = w)
  v <- if (is.null(units)) vcovHC(model, type = "HC3") else vcovCL(model, cluster = units, type = "HC1", cadjust = TRUE)
  df <- if (is.null(units)) df.residual(model) else length(unique(units)) - 1
  b <- coef(model); t <- qt(.975, df); ww <- if (is.null(w)) rep(1, length(y)) else w; at <- 2; ps <- numeric()
  rows <- lapply(seq_len(ncol(level)), function(j) {
    counts <- tabulate(level[, j] + 2, 3); m <- vapply(-1:1, function(l) weighted.mean(value[level[, j] == l, j], ww[level[, j] == l]), 0)
    linear <- ((m[3] - m[2]) - (m[2] - m[1])) / (m[3] - m[1])
    row <- list(n_regression = length(y), n_low = counts[1], n_reference = counts[2], n_high = counts[3], linear_asymmetry = linear)
    if (!thick[j]) return(c(row, list(penalty = NA, reward = NA, impact_range = NA, impact_asymmetry = NA, class = NA, class_share = NA, symmetry_p = NA, symmetry_p_holm = NA, r2 = NA)))
    p <- b[[at]]; r <- b[[at + 1]]; s <- sqrt(v[at, at]); q <- sqrt(v[at + 1, at + 1]); u <- v[at, at + 1]; at <<- at + 2
    take <- max(0, -p); add <- max(0, r); ia <- (add - take) / (add + take)
    none <- abs(p) <= t * s && abs(r) <= t * q
    word <- if (none) "no impact" else as.character(cut(ia, c(-Inf, -.7, -.2, .2, .7, Inf), c("frustrator", "dissatisfier", "hybrid", "satisfier", "delighter")))
    ps[length(ps) + 1] <<- 2 * pt(-abs((p + r) / sqrt(s^2 + q^2 + 2 * u)), df)
    c(row, list(penalty = p, reward = r, penalty_se = s, reward_se = q, penalty_ci_low = p - t * s, penalty_ci_high = p + t * s, reward_ci_low = r - t * q, reward_ci_high = r + t * q,
      impact_range = add + take, impact_asymmetry = ia, class = word, symmetry_p = ps[length(ps)], r2 = summary(model)$r.squared))
  })
  holm <- p.adjust(ps, "holm"); k <- 0
  lapply(rows, function(r) { if (!is.na(r$penalty)) { k <<- k + 1; r$symmetry_p_holm <- holm[k] }; r })
}
impact <- list(plain = contrast_rows(level_of(got, 3, 5), got, satisfied), weighted = contrast_rows(level_of(got, 3, 5), got, satisfied, weights),
  clustered = contrast_rows(level_of(got, 3, 5), got, satisfied, NULL, clusters))

# Tetraclasse by the singular value decomposition; marks above and below 3, outcomes above and below 5.5.
tetra <- function(w) {
  rows <- do.call(rbind, lapply(1:4, function(j) { there <- !is.na(got[, j]) & !is.na(satisfied) & got[, j] != 3
    good <- got[, j] > 3; happy <- satisfied > 5.5; s <- function(x) sum(w[which(there & x)])
    rbind(c(s(good & happy), s(good & !happy)), c(s(!good & happy), s(!good & !happy))) }))
  p <- rows / sum(rows); s <- svd((p - rowSums(p) %o% colSums(p)) / sqrt(rowSums(p) %o% colSums(p)))
  row <- s$u[, 1] / sqrt(rowSums(p)) * s$d[1] * sign(s$v[1, 1]); x <- row[c(TRUE, FALSE)]; y <- -row[c(FALSE, TRUE)]
  share <- rows[, 1] / rowSums(rows)
  lapply(1:4, function(j) { there <- !is.na(got[, j]) & !is.na(satisfied)
    list(n = sum(there & got[, j] != 3), n_good = sum(there & got[, j] > 3), n_bad = sum(there & got[, j] < 3), n_middle = sum(there & got[, j] == 3),
      satisfied_when_good = share[2 * j - 1], satisfied_when_bad = share[2 * j], gain = x[j], loss = y[j],
      class = c("secondary", "plus", "basic", "key")[1 + (x[j] > mean(x)) + 2 * (y[j] > mean(y))]) })
}

# Zone and loyalty: one item, asked on three standards.
m <- 180; minimum <- sample(3:6, m, TRUE); desired <- minimum + sample(c(0, 1, 2, 3, -1), m, TRUE, c(1, 3, 3, 2, .4)); desired <- pmin(9, desired)
perceived <- pmin(9, pmax(1, minimum + sample(-3:5, m, TRUE))); loyal <- pmin(10, pmax(0, round(5 + (perceived > desired) * 1.5 - (perceived < minimum) * 2 + rnorm(m, 0, 1.5)))); loyal[sample(m, 4)] <- NA
kind <- ifelse(minimum > desired, NA, ifelse(perceived - desired >= 1, 1, ifelse(perceived < minimum, -1, 0)))
fit <- lm(loyal ~ I(kind == 1) + I(kind == -1)); v <- vcovHC(fit, "HC3"); b <- coef(fit); t <- qt(.975, df.residual(fit)); k <- sum(!is.na(kind))
wilson <- function(x) as.vector(prop.test(x, k, correct = FALSE)$conf.int)
shares <- lapply(c(1, 0, -1), function(l) c(mean(kind == l, na.rm = TRUE), wilson(sum(kind == l, na.rm = TRUE))))
zone <- list(n = k, n_inverted = sum(is.na(kind)), delight_share = shares[[1]][1], delight_share_low = shares[[1]][2], delight_share_high = shares[[1]][3],
  service_share = shares[[2]][1], service_share_low = shares[[2]][2], service_share_high = shares[[2]][3], failure_share = shares[[3]][1], failure_share_low = shares[[3]][2], failure_share_high = shares[[3]][3], other_share = 0,
  n_outcome = nobs(fit), mean_service = b[[1]], mean_delight = b[[1]] + b[[2]], mean_failure = b[[1]] + b[[3]], lift = b[[2]], lift_ci_low = b[[2]] - t * sqrt(v[2, 2]), lift_ci_high = b[[2]] + t * sqrt(v[2, 2]),
  lift_p = 2 * pt(-abs(b[[2]] / sqrt(v[2, 2])), df.residual(fit)), loss = b[[3]], loss_ci_low = b[[3]] - t * sqrt(v[3, 3]), loss_ci_high = b[[3]] + t * sqrt(v[3, 3]), loss_p = 2 * pt(-abs(b[[3]] / sqrt(v[3, 3])), df.residual(fit)))

# Kano's questionnaire: three items.
h <- 120; draw <- function(p) sample(1:5, h, TRUE, p)
functional <- cbind(draw(c(6, 3, 3, 1, 1)), draw(c(1, 4, 5, 1, .3)), draw(c(4, 2, 2, 1, 2))); dysfunctional <- cbind(draw(c(1, 1, 2, 3, 5)), draw(c(.3, 1, 1, 2, 7)), draw(c(2, 1, 3, 2, 2)))
functional[c(3, 9), 2] <- NA
table6 <- rbind(c("Q", "A", "A", "A", "O"), c("R", "I", "I", "I", "M"), c("R", "I", "I", "I", "M"), c("R", "I", "I", "I", "M"), c("R", "R", "R", "R", "Q"))
points <- c(4, 2, 0, -1, -2); names6 <- c(M = "must-be", O = "one-dimensional", A = "attractive", I = "indifferent", R = "reverse", Q = "questionable")
# the mean's error as survey::svymean has it, with t on n - 1 degrees of freedom
mean_ci <- function(x, w) { m <- weighted.mean(x, w); n <- length(x); z <- w * (x - m) / sum(w); m + c(-1, 1) * qt(.975, n - 1) * sqrt(n / (n - 1) * sum(z^2)) }
kano_of <- function(w) lapply(1:3, function(j) {
  f <- functional[, j]; d <- dysfunctional[, j]; ok <- !is.na(f) & !is.na(d); f <- f[ok]; d <- d[ok]; wj <- w[ok]; k <- table6[cbind(f, d)]
  counts <- vapply(names(names6), function(l) sum(k == l), 0); x <- vapply(names(names6), function(l) sum(wj[k == l]), 0); total <- sum(x); neff <- total^2 / sum(wj^2)
  top <- function(which) names(sort(-x[which]))[1]; ordered <- sort(x, decreasing = TRUE) / total; effect <- sum(x[c("M", "O", "A", "I")])
  category <- if (sum(x[c("M", "O", "A")]) > sum(x[c("I", "R", "Q")])) top(c("M", "O", "A")) else top(c("I", "R", "Q"))
  bound <- qnorm(.95) * sqrt(sum(ordered[1:2]) * neff)
  there <- mean_ci(points[f], wj); missing <- mean_ci(rev(points)[d], wj)
  list(n = length(f), n_must_be = counts[["M"]], n_one_dimensional = counts[["O"]], n_attractive = counts[["A"]], n_indifferent = counts[["I"]], n_reverse = counts[["R"]], n_questionable = counts[["Q"]],
    category = names6[[category]], most_frequent = names6[[top(names(names6))]], better = sum(x[c("A", "O")]) / effect, worse = -sum(x[c("O", "M")]) / effect, total_strength = sum(x[c("M", "O", "A")]) / total,
    category_strength = unname(ordered[1] - ordered[2]), certainty = if (unname(ordered[1] - ordered[2]) < .06) "mixed" else if (category == top(names(names6)) && (ordered[1] - ordered[2]) * neff >= bound) "clear" else "undecided",
    functional_mean = weighted.mean(points[f], wj), dysfunctional_mean = weighted.mean(rev(points)[d], wj),
    functional_low = there[1], functional_high = there[2], dysfunctional_low = missing[1], dysfunctional_high = missing[2],
    continuous_certainty = if (any(c(there, missing) >= 2) && ((there[1] >= 2) != (there[2] >= 2) || (missing[1] >= 2) != (missing[2] >= 2))) "undecided" else "clear", questionable_share = unname(x["Q"]) / total)
})
kano_weights <- sample(c(1, 2, 3), h, TRUE)
write_fixture("delight", "sandwich", list(note = "a row per person; null: no answer, or no value",
  perception = got, satisfaction = satisfied, weights = weights, clusters = clusters, impact = impact, tetraclasse = list(plain = tetra(rep(1, n)), weighted = tetra(weights)),
  zone = list(minimum = minimum, desired = desired, perception = perceived, loyalty = loyal, row = zone),
  kano = list(functional = functional, dysfunctional = dysfunctional, weights = kano_weights, plain = kano_of(rep(1, h)), weighted = kano_of(kano_weights))))
