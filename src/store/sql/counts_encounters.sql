-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT count(*),
       sum(CASE WHEN encounter.arm = 'perception_only' THEN 1 ELSE 0 END)
FROM encounter
WHERE encounter.study = $1 AND encounter.invited = 1
