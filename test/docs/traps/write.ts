import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { printTraps } from './print';

writeFileSync(join(__dirname, '../../../docs/traps.md'), printTraps());
