-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT sequence, chain FROM event ORDER BY sequence DESC LIMIT 1
