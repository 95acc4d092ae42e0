-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT respondent FROM respondent
WHERE respondent.study = $1 AND respondent.created_ms < $2
  AND NOT EXISTS (SELECT 1 FROM encounter
                  WHERE encounter.study = respondent.study AND encounter.respondent = respondent.respondent)
ORDER BY respondent
