# SPDX-License-Identifier: GPL-3.0-or-later
# Do the cells of a workbook say what the JSON of the same report says? Rscript workbook_cells.R REPORT.json NUMBERS SHOWN REASONS
# NUMBERS and SHOWN are folders of CSV, one file for each sheet, written by another program: the numbers themselves, and as they are shown.
suppressPackageStartupMessages(library(jsonlite))
arguments <- commandArgs(trailingOnly = TRUE)
report <- fromJSON(arguments[1], simplifyVector = FALSE)
numbers_folder <- arguments[2]
shown_folder <- arguments[3]

# REASON(TOO_FEW, "too_few", "too few")
lines <- grep("^REASON\\(", readLines(arguments[4], encoding = "UTF-8"), value = TRUE)
reasons <- setNames(sub('.*", "(.*)"\\)$', "\\1", lines), sub('^[^"]*"([^"]*)".*', "\\1", lines))

read_sheet <- function(folder, sheet) {
    path <- file.path(folder, paste0("report-", sheet, ".csv"))
    if (!file.exists(path)) stop("no sheet ", sheet, " in ", folder)
    as.matrix(read.csv(path, header = FALSE, colClasses = "character", na.strings = character(), check.names = FALSE,
                       fileEncoding = "UTF-8", fill = TRUE, col.names = paste0("c", 1:200)))
}

# What a number of a column reads in a document, by the rules of look.md; C's printf rounds the exact value, halves to even.
as_shown <- function(value, column) {
    digits <- column$digits
    percent <- column$unit == "share"
    if (column$kind == "count") return(sprintf("%d", value))
    if (column$unit == "probability" && value < 10^-digits) return(sprintf("<%.*f", digits, 10^-digits))
    if (percent) {
        value <- value * 100
        digits <- max(digits - 2, 0)
    }
    text <- sprintf("%.*f", digits, abs(value))
    zero <- !grepl("[1-9]", text)
    sign <- if (zero) "" else if (value < 0) "\u2212" else if (column$name == "gap") "+" else ""
    paste0(sign, text, if (percent) "%" else "")
}

agreed <- 0
differing <- character()
say <- function(ok, where, is, should) {
    if (isTRUE(ok)) agreed <<- agreed + 1
    else differing <<- c(differing, sprintf("%s: '%s', not '%s'", where, is, should))
}

explained <- read_sheet(numbers_folder, "Columns")[-1, 1:3]
sheets <- unique(explained[explained[, 1] != "", 1])
tables <- Filter(function(table) length(table$rows) > 0, report$tables)
if (length(sheets) != length(tables)) stop(length(sheets), " sheets for ", length(tables), " tables")

hidden <- function(table, row) length(table$by) > 0 && identical(row$blank$n, "suppressed")

cell_compare <- function(column, row, number, shown, where) {
    value <- row[[column$name]]
    if (!is.null(row$blank[[column$name]])) {
        words <- reasons[[row$blank[[column$name]]]]
        say(number == words && shown == words, where, number, words)
    } else if (is.null(value)) {
        say(number == "" || number == "\u2013", where, number, "") # blank without a reason
    } else if (is.character(value)) {
        words <- if (column$kind == "word") gsub("_", " ", value) else value
        say(number == words, where, number, words)
    } else {
        percent <- grepl("%$", number)
        read <- suppressWarnings(as.numeric(sub("%$", "", number))) / if (percent) 100 else 1
        say(!is.na(read) && abs(read - value) <= 3e-14 * abs(value), where, number, format(value, digits = 17))
        say(shown == as_shown(value, column), paste(where, "as shown"), shown, as_shown(value, column))
    }
}

for (t in seq_along(tables)) {
    table <- tables[[t]]
    numbers <- read_sheet(numbers_folder, sheets[t])
    shown <- read_sheet(shown_folder, sheets[t])
    names <- explained[explained[, 1] == sheets[t], , drop = FALSE]
    at <- length(table$by)
    places <- list()
    for (i in seq_len(nrow(names))) {
        later <- which(numbers[1, ] == names[i, 2])
        at <- later[later > at][1]
        if (is.na(at)) stop("no column ", names[i, 2], " on ", sheets[t])
        places[[names[i, 3]]] <- at
    }
    r <- 1
    for (row in table$rows) {
        if (hidden(table, row)) next
        r <- r + 1
        for (b in seq_along(table$by)) {
            name <- table$by[[b]]
            value <- if (!is.null(row[[paste0("by.", name)]])) row[[paste0("by.", name)]] else row[[name]]
            if (!is.null(value)) say(numbers[r, b] == value, paste(sheets[t], r, name), numbers[r, b], value)
        }
        for (column in table$columns) {
            place <- places[[column$name]]
            if (is.null(place)) next # a key that no row has
            cell_compare(column, row, numbers[r, place], shown[r, place], paste(sheets[t], r, column$name))
        }
    }
    say(numbers[r + 1, 1] == "", paste(sheets[t], "rows"), numbers[r + 1, 1], "the end of the table")
}
if (length(differing)) cat(head(differing, 40), sep = "\n")
cat(sprintf("%d tables: %d cells agree, %d do not\n", length(tables), agreed, length(differing)))
quit(status = if (length(differing)) 1 else 0)
