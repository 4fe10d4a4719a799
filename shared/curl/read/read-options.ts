import { curlOptions, shortOptions, type OptionEffect } from './option-table.ts'
import { shorten } from './pick-command.ts'
import type { Note } from '../curl-words.ts'

/** An option as curl would take it. */
export interface GivenOption {
  effect: OptionEffect
  /** As it was written, with its dashes. */
  written: string
  /** Empty for a switch. */
  value: string
  /** False for `--no-…`. */
  on: boolean
}

export interface GivenOptions {
  options: GivenOption[]
  notes: Note[]
}

/** Reads curl's arguments as curl does: combined short options, long ones cut short, `--no-…`, addresses between. */
export function readOptions(words: readonly string[]): GivenOptions {
  const given: GivenOptions = { options: [], notes: [] }
  let flags = true
  for (let index = 0; index < words.length; index += 1) {
    const word = flags ? withHyphens(words[index] ?? '', given.notes) : (words[index] ?? '')
    const next = words[index + 1]
    if (!flags || !word.startsWith('-') || word === '-') {
      given.options.push({ effect: 'url', written: 'address', value: word, on: true })
    } else if (word === '--') flags = false
    else {
      const usesNext = word.startsWith('--') ? readLong(word, next, given) : readShorts(word, next, given)
      if (usesNext) index += 1
    }
  }
  return given
}

/** Web pages print hyphens as dashes, which curl would take for an address. */
function withHyphens(word: string, notes: Note[]): string {
  if (!/^[\u2013\u2014]/.test(word)) return word
  const why = 'It begins with a typographic dash, which curl does not know; it was read as hyphens.'
  notes.push({ kind: 'check', what: shorten(word), why })
  const rest = word.replace(/^[\u2013\u2014-]+/, '')
  return (curlOptions.has(rest) ? '--' : '-') + rest
}

/** True when the next word was its value. */
function readLong(word: string, next: string | undefined, given: GivenOptions): boolean {
  const name = word.slice(2)
  const found = findLong(name)
  if (typeof found === 'string') {
    given.notes.push({ kind: 'unsupported', what: shorten(word), why: found })
    return false
  }
  const { option, on } = found
  if (option.takesValue) return take(option.effect, word, next, given)
  given.options.push({ effect: option.effect, written: word, value: '', on })
  return false
}

function take(
  effect: OptionEffect,
  written: string,
  value: string | undefined,
  given: GivenOptions,
): boolean {
  if (value === undefined) {
    given.notes.push({ kind: 'unsupported', what: written, why: 'Its value is missing.' })
    return false
  }
  given.options.push({ effect, written, value, on: true })
  return true
}

/** The option of that name, or in words why there is none. Names may be cut short as long as they stay clear. */
function findLong(name: string) {
  const exact = curlOptions.get(name)
  if (exact) return { option: exact, on: true }
  if (name.includes('='))
    return 'curl takes an option’s value as the next word, not after “=”; it was left out.'
  const negated = name.startsWith('no-') ? curlOptions.get(name.slice(3)) : undefined
  if (negated && !negated.takesValue) return { option: negated, on: false }
  const fitting = name === '' ? [] : [...curlOptions.keys()].filter((known) => known.startsWith(name))
  const option = fitting.length === 1 ? curlOptions.get(fitting[0] ?? '') : undefined
  if (option) return { option, on: true }
  return fitting.length > 1
    ? `Several options of curl begin like this: ${fitting.slice(0, 4).join(', ')}.`
    : 'curl has no such option; it was left out.'
}

/** `-sSLX POST`: letters without a value may stand together; the first that takes one takes the rest of the word. */
function readShorts(word: string, next: string | undefined, given: GivenOptions): boolean {
  for (let at = 1; at < word.length; at += 1) {
    const letter = word[at] ?? ''
    const written = `-${letter}`
    const name = shortOptions.get(letter) ?? ''
    const found = name === '' ? 'curl has no such option; it was left out.' : findLong(name)
    if (typeof found === 'string') {
      given.notes.push({ kind: 'unsupported', what: shorten(at === 1 ? word : written), why: found })
      return false
    }
    const { option, on } = found
    if (option.takesValue) {
      const rest = word.slice(at + 1)
      return rest === ''
        ? take(option.effect, written, next, given)
        : !take(option.effect, written, rest, given)
    }
    given.options.push({ effect: option.effect, written, value: '', on })
  }
  return false
}
