# Share of events attributable to an exposure (F84). Made by R 4.2.2.
# SPDX-License-Identifier: GPL-3.0-or-later
# Witnesses: Levin's, Miettinen's and the direct form; the variance by the delta method with a numerical gradient over the multinomial covariance;
# the standardised fraction by glm, whose predicted events equal those observed.
oracle_folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(oracle_folder, "support", "fixture_writer.R"))
direct <- function(x) 1 - (x[3] / (x[3] + x[4])) / ((x[1] + x[3]) / sum(x))
loss <- function(label, x, confidence = .95) {
  counts <- x; corrected <- x[3] == 0; if (corrected) x <- x + .5
  n <- sum(x); exposed <- x[1] / (x[1] + x[2]); unexposed <- x[3] / (x[3] + x[4]); rr <- exposed / unexposed; pe <- (x[1] + x[2]) / n; pc <- x[1] / (x[1] + x[3])
  paf <- direct(x)
  stopifnot(abs(pe * (rr - 1) / (1 + pe * (rr - 1)) - paf) < 1e-12, rr == 0 || abs(pc * (rr - 1) / rr - paf) < 1e-12)
  p <- x / n; g <- function(p) log(1 - direct(p)); h <- 1e-6
  gradient <- sapply(1:4, function(i) { e <- replace(numeric(4), i, h * p[i]); if (p[i] == 0) { e[i] <- h; (g(p + e) - g(p)) / h } else (g(p + e) - g(p - e)) / (2 * h * p[i]) })
  delta <- sqrt(drop(gradient %*% ((diag(p) - p %o% p) / n) %*% gradient))
  se <- sqrt((x[2] + paf * (x[1] + x[4])) / (n * x[3])); stopifnot(abs(delta / se - 1) < 1e-5)
  z <- qnorm((1 - confidence) / 2, lower.tail = FALSE); ends <- 1 - exp(log(1 - paf) + c(1, -1) * z * se)
  list(label = label, cells = counts, confidence = confidence, corrected = corrected, exposed_risk = exposed, unexposed_risk = unexposed, ratio = rr, fraction = paf, log_error = se, low = ends[1], high = ends[2])
}
losses <- list(loss("textbook", c(60, 240, 70, 630)), loss("better when exposed", c(5, 95, 40, 160)), loss("nobody unexposed left", c(7, 33, 0, 60)), loss("rare", c(3, 9997, 20, 89980), .9), loss("nobody exposed left", c(0, 12, 5, 33)),
  loss("weights", c(12.25, 30.5, 8.75, 60.125), .99), loss("all exposed left", c(10, 0, 4, 16)))
e <- losses[[1]]; stopifnot(abs(e$ratio - 2) < 1e-12, abs(e$fraction - .2308) < 5e-5, abs(e$low - .108) < 5e-4, abs(e$high - .337) < 5e-4)
mh <- function(label, strata) {
  a <- strata[, 1]; n1 <- a + strata[, 2]; c <- strata[, 3]; n0 <- c + strata[, 4]; n <- n1 + n0; use <- n1 > 0 & n0 > 0
  rr <- sum((a * n0 / n)[use]) / sum((c * n1 / n)[use])
  # second witness: the weighted mean of the strata's ratios with weights c n1 / N
  own <- use & c > 0; w <- (c * n1 / n)[own]; if (all(own == use)) stopifnot(abs(sum(w * ((a / n1) / (c / n0))[own]) / sum(w) - rr) < 1e-12)
  pc <- sum(a) / sum(a + c)
  list(label = label, strata = strata, ratio = rr, fraction = pc * (rr - 1) / rr)
}
strata <- list(mh("formula sheet", rbind(c(30, 70, 40, 360), c(30, 170, 30, 270))), mh("a stratum without exposed", rbind(c(0, 0, 4, 16), c(9, 21, 5, 45), c(6, 4, 3, 7))),
  mh("a stratum without events", rbind(c(0, 10, 0, 20), c(9, 21, 5, 45))), mh("one stratum", rbind(c(60, 240, 70, 630))))
stopifnot(abs(strata[[1]]$ratio - 2.1) < 1e-12, abs(strata[[4]]$fraction - e$fraction) < 1e-12)
set.seed(84)
n <- 60; exposed <- rbinom(n, 1, .4); tenure <- round(runif(n, 0, 10)); left <- rbinom(n, 1, plogis(-1 + 1.2 * exposed - .1 * tenure)); w <- sample(1:3, n, TRUE)
adjusted <- function(label, weights) {
  m <- suppressWarnings(glm(left ~ exposed + tenure, family = binomial, weights = weights, epsilon = 1e-14, maxit = 100)); full <- fitted(m); none <- predict(m, data.frame(exposed = 0, tenure), type = "response")
  stopifnot(abs(sum(weights * full) - sum(weights * left)) < 1e-8)
  list(label = label, left = left, exposed = exposed, tenure = tenure, weights = weights, risk = as.vector(full), risk_unexposed = as.vector(none), coefficients = as.vector(coef(m)), fraction = 1 - sum(weights * none) / sum(weights * full))
}
write_fixture("attributable_fraction", character(), list(note = "cells: exposed and left, exposed and stayed, unexposed and left, unexposed and stayed",
  losses = losses, strata = strata, adjusted = list(adjusted("plain", rep(1, n)), adjusted("weights", w))))
