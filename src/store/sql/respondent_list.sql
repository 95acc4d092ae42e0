-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT respondent FROM respondent WHERE study = $1 AND respondent > $2 ORDER BY respondent LIMIT $3
