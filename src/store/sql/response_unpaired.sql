-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT one.wave, count(*) FROM submission AS one
WHERE one.study = $1 AND one.wave IN ('expectation', 'perception')
  AND NOT EXISTS (SELECT 1 FROM submission AS other
                  WHERE other.study = one.study AND other.encounter = one.encounter
                    AND other.wave IN ('expectation', 'perception') AND other.wave <> one.wave)
GROUP BY one.wave
