# Net promoter score: variance, intervals, change of two waves (F52, F54). Made by R 4.2.2.
# SPDX-License-Identifier: GPL-3.0-or-later
# Witnesses: the closed forms, and var / cov / t.test-like arithmetic on the answers 1, 0, -1 themselves.
oracle_folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(oracle_folder, "support", "fixture_writer.R"))
population <- function(x) mean((x - mean(x))^2)
clip <- function(x, limit) pmin(limit, pmax(-limit, x))
score <- function(pro, passive, det, confidence) {
  x <- rep(c(100, 0, -100), c(pro, passive, det)); n <- length(x); z <- qnorm((1 - confidence) / 2, lower.tail = FALSE)
  se <- sqrt(population(x) / n); p <- pro / n; d <- det / n
  stopifnot(abs(se - 100 * sqrt((p + d - (p - d)^2) / n)) < 1e-12)
  # the adjusted interval: three people more, 3/4 of one at each end, weighed as the others
  w <- c(pro + .75, passive + 1.5, det + .75) / (n + 3); centre <- sum(w * c(100, 0, -100))
  se_adjusted <- sqrt(sum(w * (c(100, 0, -100) - centre)^2) / (n + 3))
  wald <- clip(mean(x) + c(-1, 1) * z * se, 100); adjusted <- clip(centre + c(-1, 1) * z * se_adjusted, 100)
  list(promoters = pro, passives = passive, detractors = det, confidence = confidence, value = mean(x), se = se,
    wald_low = wald[1], wald_high = wald[2], adjusted_low = adjusted[1], adjusted_high = adjusted[2])
}
scores <- list(score(60, 25, 15, .95), score(60, 25, 15, .99), score(54, 36, 30, .95), score(9, 1, 0, .95), score(0, 0, 7, .95), score(3, 2, 5, .9), score(308, 549, 954, .95), score(1, 0, 1, .95))
s <- scores[[1]]
stopifnot(abs(s$wald_low - 30.50) < .005, abs(s$wald_high - 59.50) < .005, abs(s$adjusted_low - 29.34) < .005, abs(s$adjusted_high - 58.04) < .005)
change <- function(label, before, after, both, confidence) {
  # before, after: answers of those in one wave only; both: two columns
  a <- c(before, both[, 1]); b <- c(after, both[, 2]); z <- qnorm((1 - confidence) / 2, lower.tail = FALSE); n <- nrow(both)
  covariance <- if (n == 0) 0 else n * mean((both[, 1] - mean(both[, 1])) * (both[, 2] - mean(both[, 2]))) / (length(a) * length(b))
  se <- sqrt(population(a) / length(a) + population(b) / length(b) - 2 * covariance); d <- mean(b) - mean(a)
  if (length(before) == 0 && length(after) == 0) stopifnot(abs(se - sqrt(population(b - a) / length(a))) < 1e-12)
  ends <- clip(d + c(-1, 1) * z * se, 200)
  counts <- as.vector(table(factor(both[, 2], c(100, 0, -100)), factor(both[, 1], c(100, 0, -100))))
  three <- function(x) as.vector(table(factor(x, c(100, 0, -100))))
  list(label = label, confidence = confidence, before = three(a), after = three(b), both = counts, covariance = covariance, change = d, se = se, z = d / se,
    p = 2 * pnorm(abs(d / se), lower.tail = FALSE), low = ends[1], high = ends[2])
}
none <- matrix(numeric(), 0, 2)
set.seed(54)
first <- sample(c(100, 0, -100), 60, TRUE, c(.3, .3, .4)); second <- ifelse(runif(60) < .6, first, sample(c(100, 0, -100), 60, TRUE, c(.5, .3, .2)))
panel <- cbind(first, second)
changes <- list(change("different people", rep(c(100, 0, -100), c(54, 36, 30)), rep(c(100, 0, -100), c(60, 25, 15)), none, .95),
  change("the same people", numeric(), numeric(), panel, .95), change("some of the same", rep(c(100, 0, -100), c(8, 12, 30)), rep(c(100, 0), c(9, 12)), panel, .9),
  change("turned round", c(rep(-100, 4), 0), c(rep(100, 4), 0), none, .95))
stopifnot(abs(changes[[1]]$change - 25) < 1e-12, abs(changes[[1]]$z - 2.386) < .0005)
write_fixture("net_promoter", character(), list(note = "both: counts of promoter, passive, detractor before (row) by after (column)", scores = scores, changes = changes))
