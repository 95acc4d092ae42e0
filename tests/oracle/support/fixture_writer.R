# SPDX-License-Identifier: GPL-3.0-or-later
# Writes a fixture as JSON: every double with as many digits as it needs to read back equal
# (jsonlite stops at 15), one line per vector and per row, so that a changed number is a changed line.
# A value that does not exist (NULL, NA) is null; anything infinite or not a number stops the script.

fixture_number <- function(x) {
  if (is.na(x)) return("null")
  stopifnot(is.finite(x))
  if (x == 0) return("0")
  if (x == round(x) && abs(x) < 1e15) return(formatC(x, format = "f", digits = 0, width = 1))
  for (digits in 1:17) {
    text <- formatC(x, digits = digits, format = "g", width = 1)
    if (as.numeric(text) == x) return(text)
  }
  stop("no text reads back equal to ", format(x, digits = 17))
}

fixture_text <- function(x) {
  as.character(jsonlite::toJSON(jsonlite::unbox(x)))
}

fixture_scalar <- function(x) {
  if (is.character(x)) { if (is.na(x)) "null" else fixture_text(x) }
  else if (is.logical(x)) { if (is.na(x)) "null" else if (x) "true" else "false" }
  else fixture_number(as.numeric(x))
}

# I(...) keeps a vector of length one an array.
fixture_vector <- function(x) {
  if (length(x) == 1 && !inherits(x, "AsIs")) return(fixture_scalar(x))
  paste0("[", paste(vapply(unclass(x), fixture_scalar, ""), collapse = ", "), "]")
}

fixture_json <- function(x, indent = "") {
  if (is.null(x)) return("null")
  if (is.matrix(x)) x <- lapply(seq_len(nrow(x)), function(i) I(as.vector(x[i, ])))
  if (is.data.frame(x)) x <- lapply(seq_len(nrow(x)), function(i) as.list(x[i, , drop = FALSE]))
  if (!is.list(x)) return(fixture_vector(x))
  named <- !is.null(names(x))
  if (length(x) == 0) return(if (named) "{}" else "[]")
  inner <- paste0(indent, "  ")
  parts <- vapply(x, fixture_json, "", indent = inner)
  if (named) parts <- paste0(vapply(names(x), fixture_text, ""), ": ", parts)
  flat <- paste(parts, collapse = ", ")
  open <- if (named) "{" else "["
  close <- if (named) "}" else "]"
  if (!grepl("\n", flat) && nchar(flat) < 160 && indent != "") return(paste0(open, flat, close))
  paste0(open, "\n", paste0(inner, parts, collapse = ",\n"), "\n", indent, close)
}

made_by <- function(packages = character()) {
  versions <- vapply(packages, function(p) paste(p, utils::packageVersion(p)), "")
  paste(c(sub("^R version ([0-9.]+).*", "R \\1", R.version.string), versions), collapse = ", ")
}

write_fixture <- function(topic, packages, members) {
  fixture <- c(list(made_by = made_by(packages)), members)
  path <- file.path(oracle_folder, paste0(topic, ".json"))
  writeLines(fixture_json(fixture), path, useBytes = TRUE)
  size <- file.size(path)
  cat(topic, ":", size, "bytes\n")
  if (size > 60000) stop(topic, ".json is over 60000 bytes")
}
