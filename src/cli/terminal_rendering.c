/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/terminal_rendering.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static unsigned terminal_columns(void)
{
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40)
        return size.ws_col;
    return 0;
}

/* Only a locale that says plain C or POSIX does not welcome UTF-8; none at all, as in a container, does. */
static bool utf8_welcome(void)
{
    static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value && *value)
            return strcmp(value, "C") != 0 && strcmp(value, "POSIX") != 0;
    }
    return true;
}

struct rendering terminal_rendering(bool wide)
{
    bool terminal = isatty(STDOUT_FILENO) == 1;
    const char *plain = getenv("NO_COLOR");
    return (struct rendering){.wide = wide,
                              .colour = terminal && !(plain && *plain),
                              .utf8 = utf8_welcome(),
                              .columns = terminal ? terminal_columns() : 0};
}
