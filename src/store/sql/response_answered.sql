-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT submission.wave, encounter.arm, count(*)
FROM submission
JOIN encounter ON encounter.study = submission.study AND encounter.encounter = submission.encounter
WHERE submission.study = $1 AND encounter.invited = 1
GROUP BY submission.wave, encounter.arm
