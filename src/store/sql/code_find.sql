-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT code.encounter FROM code
WHERE code.study = $1 AND code.hash = $2 AND code.left_out = $3
  AND NOT EXISTS (SELECT 1 FROM submission
                  WHERE submission.study = code.study AND submission.encounter = code.encounter AND submission.wave = $4)
ORDER BY code.encounter
