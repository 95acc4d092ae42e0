-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT respondent FROM contact WHERE study = $1 AND (email = $2 OR reference = $2)
UNION SELECT respondent FROM respondent WHERE study = $1 AND respondent = $3
ORDER BY respondent
