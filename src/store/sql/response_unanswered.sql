-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT token.wave, encounter.arm, count(*),
       sum(CASE WHEN token.opens_ms <= $1 THEN 1 ELSE 0 END),
       sum(CASE WHEN token.opens_ms <= $1 AND draft.hash IS NOT NULL THEN 1 ELSE 0 END),
       sum(CASE WHEN token.withdrawn_ms > 0 THEN 1 ELSE 0 END)
FROM token
JOIN encounter ON encounter.study = token.study AND encounter.encounter = token.encounter
LEFT JOIN draft ON draft.study = token.study AND draft.hash = token.hash
WHERE token.study = $2 AND token.used_ms = 0
  AND NOT EXISTS (SELECT 1 FROM submission
                  WHERE submission.study = token.study AND submission.encounter = token.encounter
                    AND submission.wave = token.wave)
  AND NOT EXISTS (SELECT 1 FROM token AS newer
                  WHERE newer.study = token.study AND newer.encounter = token.encounter AND newer.wave = token.wave
                    AND (CASE WHEN newer.withdrawn_ms = 0 THEN 1 ELSE 0 END > CASE WHEN token.withdrawn_ms = 0 THEN 1 ELSE 0 END
                         OR (CASE WHEN newer.withdrawn_ms = 0 THEN 1 ELSE 0 END = CASE WHEN token.withdrawn_ms = 0 THEN 1 ELSE 0 END
                             AND newer.hash > token.hash)))
GROUP BY token.wave, encounter.arm
