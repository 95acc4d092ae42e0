-- SPDX-License-Identifier: GPL-3.0-or-later
DELETE FROM draft WHERE hash = $1 AND study = $2
