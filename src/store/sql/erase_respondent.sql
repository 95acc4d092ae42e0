-- SPDX-License-Identifier: GPL-3.0-or-later
DELETE FROM respondent WHERE study = $1 AND respondent = $2
