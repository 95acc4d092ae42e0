# Means of gaps, scores, contrasts and zones in stratified designs, with and without clusters and weights, by segment (F20, F29). Made by R 4.2.2, survey 4.1.1.
# SPDX-License-Identifier: GPL-3.0-or-later
# survey::svydesign(strata =, nest = TRUE) and svymean on subsets of the whole design; cluster names are used again in every
# stratum. survey's default for a stratum of one unit is to fail: the script proves that it does, and the figures are null.
oracle_folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(oracle_folder, "support", "fixture_writer.R"))
suppressMessages(library(survey))
confidence <- .95; few <- 10
wilson <- function(p, n) { z <- qnorm((1 - confidence) / 2, lower.tail = FALSE); a <- p + z^2 / (2 * n); h <- z * sqrt(p * (1 - p) / n + z^2 / (4 * n^2)); pmin(1, pmax(0, (a + c(-1, 1) * h) / (1 + z^2 / n))) }

# The mean of a variable over the rows of a segment that have it: what survey says, and the same by hand.
mean_of <- function(study, design, x, rows, clustered) {
  study$x <- x; design$variables$x <- x
  keep <- rows & !is.na(x); part <- subset(design, keep); none <- list(n = sum(keep), mean = NULL, se = NULL, df = NULL, low = NULL, high = NULL, p = NULL)
  if (sum(keep) < 2) return(none)
  w <- study$w[keep]; mean <- sum(w * x[keep]) / sum(w); none$mean <- mean
  if (any(table(unique(study[, c("stratum", "unit")])$stratum)[unique(study$stratum[keep])] < 2)) {
    stopifnot(inherits(try(svymean(~x, part), silent = TRUE), "try-error")); return(none) }
  m <- svymean(~x, part); se <- as.numeric(SE(m)); df <- degf(part)
  stopifnot(abs(as.numeric(coef(m)) - mean) < 1e-12)
  square <- 0
  for (h in unique(study$stratum)) { units <- unique(study$unit[study$stratum == h])
    z <- sapply(units, function(u) { of <- keep & study$stratum == h & study$unit == u; sum(study$w[of] * (x[of] - mean)) })
    square <- square + length(units) / (length(units) - 1) * sum((z - mean(z))^2) }
  if (is.finite(square)) stopifnot(abs(sqrt(square) / sum(w) - se) < 1e-12 * (1 + se))
  if (df < 1) return(none)
  q <- qt((1 - confidence) / 2, df, lower.tail = FALSE); tested <- !clustered || df + 1 >= few
  list(n = sum(keep), mean = mean, se = se, df = df, low = mean - q * se, high = mean + q * se, p = if (tested) 2 * pt(-abs(mean / se), df) else NULL, tested = tested)
}
share_of <- function(study, design, g, rows, clustered) {
  m <- mean_of(study, design, as.numeric(g < 0), rows, clustered); keep <- rows & !is.na(g)
  if (is.null(m$se) || !m$tested) return(list(share = m$mean, low = NULL, high = NULL))
  n <- if (m$se > 0) m$mean * (1 - m$mean) / m$se^2 else sum(study$w[keep])^2 / sum(study$w[keep]^2)
  e <- wilson(m$mean, n); list(share = m$mean, low = e[1], high = e[2])
}
row <- function(table, item, segment, figures) list(table = table, item = item, segment = segment, figures = figures)
gap_figures <- function(m, s) list(n = m$n, gap = m$mean, se = m$se, df = m$df, ci_low = m$low, p = m$p, share_short = s$share, share_short_low = s$low, share_short_high = s$high)
zone_figures <- function(a, s, m) list(n = a$n, adequacy = a$mean, adequacy_ci_high = a$high, superiority = s$mean, superiority_ci_low = s$low, superiority_p = s$p)
rows_of <- function(study, clustered) {
  ids <- if (clustered) ~cluster else ~1
  design <- svydesign(ids = ids, strata = ~stratum, weights = ~w, data = study, nest = TRUE)
  g1 <- study$p1 - study$e1; g2 <- study$p2 - study$e2; out <- list()
  score <- rowMeans(cbind(g1, g2), na.rm = TRUE); score[is.nan(score)] <- NA
  for (segment in c("everyone", sort(unique(study$segment)))) {
    rows <- segment == "everyone" | study$segment == segment
    for (j in 1:2) { g <- list(g1, g2)[[j]]
      out <- c(out, list(row("item_gap", paste0("q", j), segment, gap_figures(mean_of(study, design, g, rows, clustered), share_of(study, design, g, rows, clustered)))))
    }
    m <- study$m1; d <- study$d1; p <- study$p1; whole <- rows & !is.na(m) & !is.na(d) & !is.na(p)
    out <- c(out, list(row("zone", "q1", segment, zone_figures(mean_of(study, design, p - m, whole, clustered), mean_of(study, design, p - d, whole, clustered)))))
    s <- mean_of(study, design, score, rows, clustered)
    out <- c(out, list(row("dimension_gap", "d", segment, gap_figures(s, share_of(study, design, score, rows, clustered)))))
    means <- lapply(list(g1, g2), function(g) mean_of(study, design, g, rows, clustered)); sure <- sapply(means, function(m) !is.null(m$se))
    best <- if (any(sure) && !all(sure)) which(!sure) else which.max(sapply(means, function(m) m$mean))  # the worst is the lowest that has an interval
    c <- mean_of(study, design, if (best == 1) g1 - g2 else g2 - g1, rows, clustered)
    out <- c(out, list(row("gap_contrasts", paste0("q", best), segment, list(n = c$n, difference = c$mean, se = c$se, df = c$df, ci_high = c$high, p = c$p))))
    o <- mean_of(study, design, study$spend, rows, clustered)
    out <- c(out, list(row("outcome_mean", "spend", segment, list(n = o$n, mean = o$mean, se = o$se, df = o$df, ci_low = o$low))))
  }
  out
}
study_of <- function(label, study, clustered, weighted) list(label = label, clustered = clustered, weighted = weighted,
  e1 = I(study$e1), e2 = I(study$e2), p1 = I(study$p1), p2 = I(study$p2), m1 = I(study$m1), d1 = I(study$d1), spend = I(study$spend),
  weight = I(study$w), stratum = I(study$stratum), cluster = I(study$cluster), segment = I(study$segment), rows = rows_of(study, clustered))
set.seed(20)
make <- function(n, clusters, weighted, strata = c("south", "10", "9", "west")) {
  stratum <- sample(strata, n, TRUE, c(.4, .3, .2, .1)[seq_along(strata)]); cluster <- sample(clusters, n, TRUE); level <- match(stratum, strata) / 2
  effect <- matrix(rnorm(length(strata) * clusters, 0, .5), length(strata)); shift <- effect[cbind(match(stratum, strata), cluster)]
  seven <- function(x) pmin(7, pmax(1, round(x)))
  s <- data.frame(e1 = seven(rnorm(n, 4.6)), e2 = seven(rnorm(n, 5)), p1 = seven(3 + level + shift + rnorm(n)), p2 = seven(2.6 + level + shift + rnorm(n)))
  s$m1 <- seven(s$e1 - 1.5); s$d1 <- seven(s$e1 + .8 + rnorm(n, 0, .4)); s$spend <- round(20 + 9 * level + rnorm(n, 0, 4), 2)
  for (c in c("e1", "p1", "p2", "m1", "d1", "spend")) s[sample(n, 4), c] <- NA
  cbind(s, w = if (weighted) sample(2:24, n, TRUE) / 8 else 1, stratum = stratum, cluster = cluster, segment = sample(c("east", "north"), n, TRUE, c(.7, .3)))
}
finish <- function(study, clustered) { study$unit <- if (clustered) paste(study$stratum, study$cluster) else seq_len(nrow(study)); study }
plain <- make(36, 4, FALSE); weighted <- make(46, 4, TRUE); clustered <- make(84, 6, FALSE); both <- make(84, 5, TRUE)
both$segment[both$stratum == "west"] <- "east"; both$p1[both$stratum == "10" & both$cluster == 2] <- NA  # a stratum and a cluster that a row lacks
lonely <- make(38, 4, TRUE); lonely$stratum[1] <- "alone"; lonely$segment[1] <- "north"; lonely$p2[1] <- NA; lonely[1, c("e1", "p1", "m1", "d1", "spend")] <- c(3, 4, 2, 5, 20)
pairs <- make(44, 2, FALSE); pairs$stratum <- paste0("s", sprintf("%02d", sample(20, 44, TRUE))); one <- names(which(table(pairs$stratum) == 1)); pairs$stratum[pairs$stratum %in% one] <- "s01"
studies <- list(study_of("strata", finish(plain, FALSE), FALSE, FALSE), study_of("strata and weights", finish(weighted, FALSE), FALSE, TRUE),
  study_of("strata and clusters", finish(clustered, TRUE), TRUE, FALSE), study_of("strata, clusters and weights", finish(both, TRUE), TRUE, TRUE),
  study_of("a stratum of one", finish(lonely, FALSE), FALSE, TRUE), study_of("many small strata", finish(pairs, FALSE), FALSE, FALSE))
write_fixture("strata", "survey", list(note = "null answers are missing; null figures do not exist", studies = studies))
