# Linear regressions in stratified designs: coefficients and linearised errors (F34, F20). Made by R 4.2.2, survey 4.1.1.
# SPDX-License-Identifier: GPL-3.0-or-later
# survey::svyglm on the whole design and on a subset of it, whose strata keep the units of the whole design; by hand they must come
# out equal. Cluster names are used again in every stratum.
oracle_folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(oracle_folder, "support", "fixture_writer.R"))
suppressMessages(library(survey))
case <- function(label, study, keep, clustered) {
  design <- svydesign(ids = if (clustered) ~cluster else ~1, strata = ~stratum, weights = ~w, data = study, nest = TRUE)
  m <- svyglm(y ~ x1 + x2, subset(design, keep)); d <- study[keep, ]; X <- cbind(1, d$x1, d$x2); b <- solve(crossprod(X, d$w * X))
  unit <- if (clustered) paste(d$stratum, d$cluster) else as.character(which(keep)); units <- unique(unit); of <- d$stratum[match(units, unit)]
  all <- tapply(if (clustered) paste(study$stratum, study$cluster) else seq_len(nrow(study)), study$stratum, function(u) length(unique(u)))
  score <- X * d$w * as.vector(d$y - X %*% coef(m)); meat <- matrix(0, 3, 3)
  for (h in unique(of)) { s <- rowsum(score[d$stratum == h, , drop = FALSE], unit[d$stratum == h]); k <- all[[h]]
    meat <- meat + k / (k - 1) * (crossprod(s) - tcrossprod(colSums(s)) / k) }
  v <- b %*% meat %*% b; stopifnot(max(abs(v / vcov(m) - 1)) < 1e-9)
  strata <- sort(unique(study$stratum))
  list(label = label, x = rbind(d$x1, d$x2), y = d$y, weights = d$w, units = if (clustered) I(match(unit, units) - 1) else NULL, strata = I(match(of, strata) - 1),
    sizes = I(unname(as.integer(all[strata]))), present = length(unique(of)), coefficients = I(unname(coef(m))), errors = I(unname(sqrt(diag(vcov(m))))), covariance = vcov(m)[2, 3])
}
set.seed(83)
n <- 60; study <- data.frame(x1 = sample(1:7, n, TRUE), x2 = sample(1:7, n, TRUE), stratum = sample(c("a", "b", "c"), n, TRUE), cluster = sample(5, n, TRUE), w = round(runif(n, .3, 3), 2))
study$y <- round(2 + .5 * study$x1 - .3 * study$x2 + match(study$stratum, letters) + rnorm(n), 2); part <- study$x1 + study$x2 > 6; part[study$stratum == "b" & study$cluster == 2] <- FALSE
flat <- study; flat$w <- 1
write_fixture("stratified_regression", "survey", list(note = "units: dense numbers of the rows; strata: of the units, or of the rows; sizes: units of each stratum in the whole design",
  cases = list(case("strata", flat, rep(TRUE, n), FALSE), case("strata and weights", study, rep(TRUE, n), FALSE), case("strata and clusters", flat, rep(TRUE, n), TRUE),
    case("a segment", study, part, FALSE), case("a segment with clusters", study, part, TRUE))))
