import { outcomeClasses, outcomeCodes } from '#shared/outcome.ts'
import type { Choice } from '../../../ui/find-choices.ts'
import { outcomeBrief } from '../outcome-brief.ts'
import { outcomeWords } from '../outcome-words.ts'

export const anyOutcome = 'any'

/** Verdicts, then what happened in particular; the accepted ones are a verdict of their own. */
export const outcomeChoices: Choice[] = [
  { value: anyOutcome, label: 'Any outcome' },
  ...outcomeClasses.map((value) => ({ value, label: outcomeWords[value].word, section: 'Verdict' })),
  ...outcomeCodes
    .filter((code) => code !== 'accepted')
    .map((value) => ({
      value,
      label: outcomeBrief(value),
      section: 'What happened',
      words: value.replaceAll('_', ' '),
    }))
    .toSorted((one, other) => one.label.localeCompare(other.label)),
]
