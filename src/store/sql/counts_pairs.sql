-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT count(*) FROM submission AS after
WHERE after.study = $1 AND after.wave = 'perception'
  AND EXISTS (SELECT 1 FROM submission AS before
              WHERE before.study = after.study AND before.encounter = after.encounter
                AND before.wave = 'expectation' AND before.phase = 'before')
