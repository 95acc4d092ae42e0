-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT wave, phase, door, count(*) FROM submission WHERE study = $1 GROUP BY wave, phase, door
