/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

int main(void)
{
    return puts("gapmeter " GAPMETER_VERSION) < 0;
}
