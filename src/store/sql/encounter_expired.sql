-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT encounter FROM encounter
WHERE encounter.study = $1 AND encounter.created_ms < $2
  AND NOT EXISTS (SELECT 1 FROM submission
                  WHERE submission.study = encounter.study AND submission.encounter = encounter.encounter
                    AND submission.received_ms >= $2)
ORDER BY encounter
