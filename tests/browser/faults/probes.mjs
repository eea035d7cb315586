// All probes, in the order in which they run. Each gives its name, what it
// shows, how many rounds are short and long, and
//
//   run({ dist, rounds, first, seed, log }) -> { rounds, figures, failures }
//
// `dist` is the built program. A round has choices of its own from the seed and
// its number, so that one can be run again alone.
import * as crash from './crash.mjs';
import * as ime from './ime.mjs';
import * as narrative from './narrative.mjs';
import * as quota from './quota.mjs';
import * as reload from './reload.mjs';
import * as sigkill from './sigkill.mjs';
import * as windows from './windows.mjs';

export const PROBES = [crash, reload, sigkill, quota, windows, ime, narrative];
