import type { CorpusCase } from './case.ts'
import { cmd } from './cmd.ts'
import { finding } from './finding.ts'
import { pasted } from './pasted.ts'
import { powershell } from './powershell.ts'
import { refused } from './refused.ts'
import { shData1 } from './sh-data-1.ts'
import { shData2 } from './sh-data-2.ts'
import { shOptions1 } from './sh-options-1.ts'
import { shOptions2 } from './sh-options-2.ts'
import { shQuoting1 } from './sh-quoting-1.ts'
import { shQuoting2 } from './sh-quoting-2.ts'
import { vendorsOne1 } from './vendors-one-1.ts'
import { vendorsOne2 } from './vendors-one-2.ts'
import { vendorsTwo1 } from './vendors-two-1.ts'
import { vendorsTwo2 } from './vendors-two-2.ts'

/** Every command of the corpus, by the file it stands in. */
export const corpus: Record<string, CorpusCase[]> = {
  cmd: cmd,
  finding: finding,
  pasted: pasted,
  powershell: powershell,
  refused: refused,
  'sh-data-1': shData1,
  'sh-data-2': shData2,
  'sh-options-1': shOptions1,
  'sh-options-2': shOptions2,
  'sh-quoting-1': shQuoting1,
  'sh-quoting-2': shQuoting2,
  'vendors-one-1': vendorsOne1,
  'vendors-one-2': vendorsOne2,
  'vendors-two-1': vendorsTwo1,
  'vendors-two-2': vendorsTwo2,
}

export const allCases = Object.values(corpus).flat()
