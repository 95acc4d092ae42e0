// SPDX-License-Identifier: GPL-3.0-or-later
// What the peers under node share: timeWork prints task, seconds and megabytes of each run.
import { readFileSync } from 'node:fs';

export const folder = process.argv[2];

const megabytes = () => Math.round(Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]) / 1024);

export async function timeWork(task, work) {
  let runs = 5;
  for (let run = 0; run < runs; run++) {
    const begun = process.hrtime.bigint();
    await work();
    const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
    console.log(`${task}\t${seconds.toFixed(6)}\t${megabytes()}`);
    if (seconds > 10) runs = 3;
  }
}
