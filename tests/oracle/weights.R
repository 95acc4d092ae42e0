# Weighted and clustered means of the gap, their errors, weighted spread, alpha and shares (6.0, F13, F20, F29). Made by R 4.2.2, survey 4.1.1.
# SPDX-License-Identifier: GPL-3.0-or-later
# survey::svydesign / svymean give the means and the clustered errors; a segment or an item with missing answers is a
# subpopulation of the whole design, never a design of its own. Weights alone: F20's error has n/(n-1) with the n of the row;
# survey uses the n of the whole design there, and the script proves that this is the only difference.
oracle_folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(oracle_folder, "support", "fixture_writer.R"))
suppressMessages(library(survey))
n_eff <- function(w) sum(w)^2 / sum(w^2)
wcov <- function(x, y, w) { mx <- sum(w * x) / sum(w); my <- sum(w * y) / sum(w); sum(w * (x - mx) * (y - my)) / sum(w) * n_eff(w) / (n_eff(w) - 1) }
wilson <- function(p, n, confidence = .95) { z <- qnorm((1 - confidence) / 2, lower.tail = FALSE); a <- p + z^2 / (2 * n); h <- z * sqrt(p * (1 - p) / n + z^2 / (4 * n^2)); pmin(1, pmax(0, (a + c(-1, 1) * h) / (1 + z^2 / n))) }

# One row of a table: `rows` says who belongs to the segment; people without a pair drop out of it.
row_of <- function(label, study, rows, clustered) {
  keep <- rows & !is.na(study$g); w <- study$w[keep]; g <- study$g[keep]; e <- study$e[keep]; p <- study$p[keep]; n <- length(g)
  design <- if (clustered) svydesign(ids = ~cluster, weights = ~w, data = study) else svydesign(ids = ~1, weights = ~w, data = study)
  part <- subset(design, keep)
  m <- svymean(~g, part); survey_se <- as.numeric(SE(m)); mean <- as.numeric(coef(m))
  linear <- sqrt(sum(w^2 * (g - mean)^2)) / sum(w) * sqrt(n / (n - 1))
  if (clustered) { c_row <- length(unique(study$cluster[keep])); se <- survey_se; df <- c_row - 1; stopifnot(df == degf(part))
    c_all <- length(unique(study$cluster)); by_hand <- sqrt(sum(tapply(w * (g - mean), study$cluster[keep], sum)^2) * c_all / (c_all - 1)) / sum(w)
    stopifnot(abs(by_hand / se - 1) < 1e-12)
  } else { se <- linear; df <- n - 1; total <- nrow(study); stopifnot(abs(survey_se * sqrt((total - 1) / total * n / (n - 1)) / se - 1) < 1e-12) }
  short <- as.numeric(g < 0); share <- sum(w * short) / sum(w); se_share <- NA; share_n <- n_eff(w)
  # with clusters, the number of people whose share would have the clustered error
  if (clustered) { part <- update(part, short = as.numeric(g < 0)); se_share <- as.numeric(SE(svymean(~short, part))); share_n <- share * (1 - share) / se_share^2 }
  ends <- wilson(share, share_n)
  sd_g <- sqrt(wcov(g, g, w)); t <- mean / se; q <- qt(.025, df, lower.tail = FALSE)
  list(label = label, n = n, n_eff = n_eff(w), clusters = if (clustered) c_row else NA, mean_expectation = sum(w * e) / sum(w), mean_perception = sum(w * p) / sum(w), gap = mean,
    sd_expectation = sqrt(wcov(e, e, w)), sd_perception = sqrt(wcov(p, p, w)), sd_gap = sd_g, r = wcov(e, p, w) / sqrt(wcov(e, e, w) * wcov(p, p, w)),
    se = se, df = df, t = t, p = 2 * pt(-abs(t), df), ci_low = mean - q * se, ci_high = mean + q * se, dz = mean / sd_g, share_short = share,
    share_short_low = ends[1], share_short_high = ends[2], se_share = se_share, se_survey = survey_se)
}
study_of <- function(label, study, clustered) {
  rows <- list(row_of("everyone", study, rep(TRUE, nrow(study)), clustered))
  for (s in sort(unique(study$segment))) rows <- c(rows, list(row_of(s, study, study$segment == s, clustered)))
  list(label = label, clustered = clustered, expectation = I(study$e), perception = I(study$p), weight = I(study$w), segment = I(study$segment), cluster = if (clustered) I(study$cluster) else NULL, rows = rows)
}
set.seed(68)
make <- function(n, clusters, equal = FALSE) {
  cluster <- sample(clusters, n, TRUE); effect <- rnorm(clusters, 0, .5)
  e <- pmin(7, pmax(1, round(rnorm(n, 5, 1)))); p <- pmin(7, pmax(1, round(.5 * e + 2.1 + effect[cluster] + rnorm(n))))
  e[sample(n, 3)] <- NA; p[sample(n, 4)] <- NA
  data.frame(e = e, p = p, g = p - e, w = if (equal) 1 else sample(2:24, n, TRUE) / 8, segment = sample(c("east", "north", "west"), n, TRUE, c(.5, .3, .2)), cluster = cluster)
}
plain <- make(60, 8); flat <- make(40, 8, TRUE); groups <- make(90, 15); equal_groups <- make(70, 12, TRUE)
groups$p[groups$cluster == 3] <- NA; groups$g <- groups$p - groups$e; groups$segment[groups$cluster > 11] <- "east"
studies <- list(study_of("weights", plain, FALSE), study_of("all weights 1", flat, FALSE), study_of("weights and clusters", groups, TRUE), study_of("clusters", equal_groups, TRUE))
for (r in studies[[2]]$rows) { x <- if (r$label == "everyone") flat$g else flat$g[flat$segment == r$label]; o <- t.test(x)
  stopifnot(abs(r$se / o$stderr - 1) < 1e-12, r$df == o$parameter, abs(r$sd_gap / sd(x, na.rm = TRUE) - 1) < 1e-12) }

f <- rnorm(40); answers <- sapply(1:4, function(j) pmin(5, pmax(1, round(3.2 + .8 * f + .7 * rnorm(40)))))
w <- sample(2:24, 40, TRUE) / 8; c <- sapply(1:4, function(i) sapply(1:4, function(j) wcov(answers[, i], answers[, j], w)))
alpha <- 4 / 3 * (1 - sum(diag(c)) / sum(c)); total <- rowSums(answers); ne <- n_eff(w)
rest <- sapply(1:4, function(j) { r <- total - answers[, j]; wcov(answers[, j], r, w) / sqrt(c[j, j] * wcov(r, r, w)) })
write_fixture("weights", "survey", list(
  note = "null answers are missing; a row uses the pairs of its segment; se_survey is what survey::svymean says of the subpopulation",
  studies = studies, alpha = list(answers = answers, weight = I(w), covariance = c, n_eff = ne, alpha = alpha,
    low = 1 - (1 - alpha) * qf(.025, ne - 1, (ne - 1) * 3, lower.tail = FALSE), high = 1 - (1 - alpha) * qf(.025, ne - 1, (ne - 1) * 3), item_rest_r = I(rest))))
